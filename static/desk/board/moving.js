// Moving a line: by a step, by drag, or to a number that is asked for. It is said aloud, and can be undone.

import { announce } from "../shared/announce.js";
import { offer } from "./undo.js";
import { gettext } from "../shared/words.js";

const EDGE = 60; // pixels from the edge of the window where dragging scrolls
const PACE = 12;

export function move(order, kind, line, to) {
  const lines = order.desk.lines.of(kind);
  const from = lines.indexOf(line);
  if (to < 0 || to >= lines.length || to === from) return;
  const focused = line.contains(document.activeElement) ? document.activeElement : null;
  const above = line.previousElementSibling;
  lines[to][to > from ? "after" : "before"](line);
  focused?.focus();
  line.scrollIntoView({ block: "nearest" });
  hasMoved(order, kind, line, from, above);
}

/** Tells of a move, offers the way back behind `above`, and saves the order. */
function hasMoved(order, kind, line, was, above) {
  const { lines } = order.desk;
  const all = lines.of(kind);
  const [from, to, total] = [was + 1, all.indexOf(line) + 1, all.length];
  const words =
    kind === "card"
      ? gettext("Fact %(from)s moved to %(to)s of %(total)s", { from, to, total })
      : gettext("Question %(from)s moved to %(to)s of %(total)s", { from, to, total });
  announce(words);
  offer(order.desk, words, () => {
    if (!line.isConnected) return;
    if (above?.isConnected) above.after(line);
    else lines.list(kind).prepend(line);
    announce(gettext("The order is as it was"));
    changed(order, kind, line);
  });
  changed(order, kind, line);
}

function changed(order, kind, line) {
  const { lines, preview } = order.desk;
  lines.number(kind);
  preview?.changed();
  lines.partOf(line).keep(); // its place, when it is new
  order.save(kind);
}

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
    if (lines.of(kind).indexOf(line) !== from) hasMoved(order, kind, line, from, above);
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

export async function ask(order, kind, line) {
  const { lines } = order.desk;
  const wish = await askForPlace(order.desk, lines.name(line), lines.of(kind).indexOf(line) + 1, lines.of(kind).length);
  if (wish) move(order, kind, line, wish - 1);
  line.querySelector("[data-to]").focus();
}

/** The place that was written into the dialog, counted from 1; nothing when it was left. */
function askForPlace(desk, name, now, total) {
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
