// Dragging entries of the calendar to another day, or plans to the tray. Without it the form of each entry does the same.

import { gettext } from "../shared/i18n.js";
import { post } from "../shared/server.js";

const root = document.querySelector("[data-calendar]");
const status = root.querySelector("[data-calendar-status]");
let dragged = null;

const dayAt = (event) => event.target.closest("[data-day]");
// A scheduled event has a day for as long as it is scheduled: the tray takes plans alone.
const takes = (day) => day && dragged && (day.dataset.day || !("event" in dragged.dataset));

function unmark() {
  for (const marked of root.querySelectorAll(".is-over")) marked.classList.remove("is-over");
}

async function move(entry, day) {
  const form = new FormData();
  form.set("day", day.dataset.day);
  entry.classList.add("is-moving");
  const answer = await post(entry.dataset.move, form);
  entry.classList.remove("is-moving");
  if (answer.status === 200) {
    location.reload(); // what stands where is the server's to say
    return;
  }
  status.textContent = answer.body.sentence ?? gettext("There is no connection: nothing was moved.");
  status.classList.add("is-refused");
}

root.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-move]") ?? null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.querySelector("a").textContent);
});
root.addEventListener("dragend", () => {
  dragged = null;
  unmark();
});
root.addEventListener("dragover", (event) => {
  const day = dayAt(event);
  if (!takes(day)) return;
  event.preventDefault();
  unmark();
  day.classList.add("is-over");
});
root.addEventListener("drop", (event) => {
  const day = dayAt(event);
  if (!takes(day)) return;
  event.preventDefault();
  unmark();
  if (dragged.closest("[data-day]") !== day) move(dragged, day);
});
