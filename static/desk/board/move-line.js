// Moving a line of the outline: by one step, by drag, or to a number asked for. Each move is announced and can be undone.

import { announce } from "../shared/announce.js";
import { idOf } from "./outline.js";
import { record } from "./undo.js";
import { gettext, ngettext } from "../shared/i18n.js";

const EDGE = 110; // pixels from the edge of the window where dragging scrolls
const SLACK = 12; // pixels that a hand may shake
const MAX_SPEED = 38; // pixels a frame, at the very edge

/** One step up or down; with the line all that are selected. */
export function step(order, kind, line, by) {
  const ids = order.desk.outline.ids(kind);
  const chosen = order.desk.selection?.inOrder() ?? [];
  if (chosen.length > 1 && chosen.includes(idOf(line))) moveBlock(order, chosen, ids.indexOf(chosen[0]) + by);
  else move(order, kind, line, ids.indexOf(idOf(line)) + by);
}

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

/** Announces a move, notes its undo (back behind `above`), and saves the order. */
function onMoved(order, kind, line, was, above) {
  const { outline } = order.desk;
  const [id, wasBehind, isBehind] = [line, above, line.previousElementSibling].map((each) => each && idOf(each));
  const all = outline.lines(kind);
  const [from, to, total] = [was + 1, all.indexOf(line) + 1, all.length];
  const words =
    kind === "card"
      ? gettext("Fact %(from)s moved to %(to)s of %(total)s", { from, to, total })
      : gettext("Question %(from)s moved to %(to)s of %(total)s", { from, to, total });
  announce(words);
  record(order.desk, words, {
    undo: () => putBehind(order, kind, id, wasBehind),
    redo: () => putBehind(order, kind, id, isBehind),
  });
  saveOrder(order, kind, line);
}

/** Moves several facts, which stand together then, so that the first of them is at this index. */
export function moveBlock(order, ids, index) {
  const { outline } = order.desk;
  const before = outline.ids("card");
  const rest = before.filter((id) => !ids.includes(id));
  const at = Math.max(0, Math.min(index, rest.length));
  const after = [...rest.slice(0, at), ...ids, ...rest.slice(at)];
  if (after.join() === before.join()) return;
  const arrange = (wanted) => {
    order.arrange("card", wanted);
    const [first] = outline.lines("card").filter((line) => ids.includes(idOf(line)));
    if (!first) return false;
    first.scrollIntoView({ block: "nearest" });
    saveOrder(order, "card", first);
    return true;
  };
  const words = ngettext("%(count)s fact moved to %(to)s", "%(count)s facts moved to %(to)s", ids.length, { to: at + 1 });
  announce(words);
  record(order.desk, words, { undo: () => arrange(before), redo: () => arrange(after) });
  arrange(after);
}

/** False where the line is gone. A line may have been drawn anew since: ids are what stays. */
function putBehind(order, kind, id, behind) {
  const byId = new Map(order.desk.outline.lines(kind).map((line) => [idOf(line), line]));
  const line = byId.get(id);
  if (!line) return false;
  const focused = line.contains(document.activeElement) ? document.activeElement : null;
  if (byId.has(behind)) byId.get(behind).after(line);
  else order.desk.outline.listElement(kind).prepend(line);
  focused?.focus();
  line.scrollIntoView({ block: "nearest" });
  saveOrder(order, kind, line);
  return true;
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
  const top = order.desk.root.querySelector(".article-head").getBoundingClientRect().bottom; // the list begins below
  let y = event.clientY;
  let frame = 0;
  const step = () => {
    // Not where the line was taken up near the edge, until it is drawn towards it.
    const speed = Math.abs(y - event.clientY) > SLACK ? scrollSpeed(y, top, y < event.clientY) : 0;
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

/** Pixels a frame: the nearer to the edge, the quicker, and quickest beyond it. */
function scrollSpeed(y, top, isUpwards) {
  const depth = (isUpwards ? top + EDGE - y : y - innerHeight + EDGE) / EDGE; // 0 where it begins, 1 at the edge
  if (depth <= 0) return 0;
  return Math.ceil(Math.min(depth, 1) ** 2 * MAX_SPEED) * (isUpwards ? -1 : 1);
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
export function askForNumber(desk, name, now, total) {
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
