// Moving a line farther than a step: by drag, or to a number that is asked for.

const EDGE = 60; // pixels from the edge of the window where dragging scrolls
const PACE = 12;

/** Follows the pointer, which the grip has captured, until it lets go. */
export function drag(order, kind, grip, event) {
  const { lines } = order.desk;
  const line = grip.closest(".line");
  const before = lines.ids(kind);
  const from = lines.of(kind).indexOf(line);
  const above = line.previousElementSibling;
  const listening = new AbortController();
  let y = event.clientY;
  let frame = 0;
  const step = () => {
    const speed = y < EDGE ? -PACE : y > innerHeight - EDGE ? PACE : 0;
    if (speed) window.scrollBy(0, speed);
    place(line, y);
    frame = requestAnimationFrame(step);
  };
  const drop = ({ type }) => {
    cancelAnimationFrame(frame);
    listening.abort();
    line.classList.remove("is-dragged");
    order.isDragging = false;
    if (type !== "pointerup") order.arrange(kind, before);
    if (lines.of(kind).indexOf(line) !== from) order.hasMoved(kind, line, from, above);
  };
  const { signal } = listening;
  grip.addEventListener("pointermove", (moved) => (y = moved.clientY), { signal });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) grip.addEventListener(end, drop, { signal });
  order.isDragging = true;
  line.classList.add("is-dragged");
  frame = requestAnimationFrame(step);
}

function place(line, y) {
  const middle = (other) => {
    const box = other.getBoundingClientRect();
    return box.top + box.height / 2;
  };
  // The neighbour moves, never the dragged line: taken out of the page for a moment it would lose the pointer.
  const { previousElementSibling: above, nextElementSibling: below } = line;
  if (above && y < middle(above)) line.after(above);
  else if (below && y > middle(below)) line.before(below);
}

/** The place that was written into the dialog, counted from 1; nothing when it was left. */
export function askForPlace(desk, name, now, total) {
  const dialog = desk.template("move").firstElementChild;
  document.body.append(dialog);
  const field = dialog.querySelector("input");
  Object.assign(field, { value: now, max: total });
  dialog.querySelector("[data-name]").textContent = name;
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      const wish = Math.min(Math.round(Number(field.value)), total);
      resolve(dialog.returnValue === "move" && wish >= 1 ? wish : null);
    });
    dialog.showModal();
    field.select();
  });
}
