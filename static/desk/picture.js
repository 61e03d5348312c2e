// The page of a picture: a click on it sets what has to stay in sight, and a button copies the Markdown.
// Without this script the two number fields and the text field do the same.

document.addEventListener("DOMContentLoaded", () => {
  const frame = document.querySelector("[data-focus]");
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  if (frame && across && down) setUpFocus(frame, across, down);
  document.querySelectorAll("[data-copy]").forEach(setUpCopy);
});

function setUpFocus(frame, across, down) {
  const point = document.createElement("span");
  point.className = "desk-focus-point";
  frame.append(point);
  const show = () => {
    point.style.left = `${across.value}%`;
    point.style.top = `${down.value}%`;
  };
  frame.addEventListener("click", (event) => {
    const box = frame.getBoundingClientRect();
    across.value = percent(event.clientX - box.left, box.width);
    down.value = percent(event.clientY - box.top, box.height);
    show();
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
}

function percent(part, whole) {
  return Math.min(100, Math.max(0, Math.round((100 * part) / whole)));
}

function setUpCopy(row) {
  const field = row.querySelector("input");
  const button = row.querySelector("button");
  field.addEventListener("focus", () => field.select());
  if (!navigator.clipboard) return; // not over plain HTTP
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = button.dataset.done;
  });
}
