// Moving a line of the outline: by one step, by drag, or to a number asked for. Each move is announced and can be undone.

import { announce } from "../shared/announce.js";
import { offerUndo } from "./undo.js";
import { gettext } from "../shared/i18n.js";

const EDGE = 60; // pixels from the edge of the window where dragging scrolls
const SCROLL_SPEED = 12; // pixels a frame

export function move(order, kind, line, to) {
  const lines = order.desk.outline.lines(kind);
  const from = lines.indexOf(line);
  if (to < 0 || to >= lines.length || to === from) return;
  const focused = line.contains(document.activeElement) ? document.activeElement : null;
  const above = line.previousElementSibling;
  lines[to][to > from ? "after" : "before"](line);
  focused?.focus();
  line.scrollIntoView({ block: "nearest" });
  onMoved(order, kind, line, from, above);
}

/** Announces a move, offers its undo (back behind `above`), and saves the order. */
function onMoved(order, kind, line, was, above) {
  const { outline } = order.desk;
  const all = outline.lines(kind);
  const [from, to, total] = [was + 1, all.indexOf(line) + 1, all.length];
  const words =
    kind === "card"
      ? gettext("Fact %(from)s moved to %(to)s of %(total)s", { from, to, total })
      : gettext("Question %(from)s moved to %(to)s of %(total)s", { from, to, total });
  announce(words);
  offerUndo(order.desk, words, () => {
    if (!line.isConnected) return;
    if (above?.isConnected) above.after(line);
    else outline.listElement(kind).prepend(line);
    announce(gettext("The order is as it was"));
    saveOrder(order, kind, line);
  });
  saveOrder(order, kind, line);
}

function saveOrder(order, kind, line) {
  const { outline, preview } = order.desk;
  outline.renumber(kind);
  preview?.changed();
  outline.partOf(line).storeDraft(); // the draft of a new part holds its position
  order.save(kind);
}

/** Moves the line with the pointer, which the handle has captured, until it is released. */
export function drag(order, kind, handle, event) {
  const { outline } = order.desk;
  const line = handle.closest(".line");
  const before = outline.ids(kind);
  const from = outline.lines(kind).indexOf(line);
  const above = line.previousElementSibling;
  const listening = new AbortController();
  let y = event.clientY;
  let frame = 0;
  const step = () => {
    const speed = y < EDGE ? -SCROLL_SPEED : y > innerHeight - EDGE ? SCROLL_SPEED : 0;
    if (speed) window.scrollBy(0, speed);
    swapWithNeighbour(line, y);
    frame = requestAnimationFrame(step);
  };
  const drop = ({ type }) => {
    cancelAnimationFrame(frame);
    listening.abort();
    line.classList.remove("is-dragged");
    order.isDragging = false;
    if (type !== "pointerup") order.arrange(kind, before);
    if (outline.lines(kind).indexOf(line) !== from) onMoved(order, kind, line, from, above);
  };
  const { signal } = listening;
  handle.addEventListener("pointermove", (moved) => (y = moved.clientY), { signal });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) handle.addEventListener(end, drop, { signal });
  order.isDragging = true;
  line.classList.add("is-dragged");
  frame = requestAnimationFrame(step);
}

function swapWithNeighbour(line, y) {
  const middle = (other) => {
    const box = other.getBoundingClientRect();
    return box.top + box.height / 2;
  };
  // The neighbour moves, never the dragged line: taken out of the page for a moment it would lose the pointer.
  const { previousElementSibling: above, nextElementSibling: below } = line;
  if (above && y < middle(above)) line.after(above);
  else if (below && y > middle(below)) line.before(below);
}

export async function moveToNumber(order, kind, line) {
  const { outline } = order.desk;
  const all = outline.lines(kind);
  const wish = await askForNumber(order.desk, outline.headingOf(line), all.indexOf(line) + 1, all.length);
  if (wish) move(order, kind, line, wish - 1);
  line.querySelector("[data-move-to]").focus();
}

/** The number written into the dialog, from 1; null when it was cancelled. */
function askForNumber(desk, name, now, total) {
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
