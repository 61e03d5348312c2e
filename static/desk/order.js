// The order of the lines: by drag, by buttons, by number, by Alt and the arrow keys. Each move is saved at once, said
// aloud and can be undone; the focus stays on the button that was pressed.

import { announce } from "./announce.js";
import { gettext } from "./words.js";

const EDGE = 60; // pixels from the edge of the window where dragging scrolls
const PACE = 12;

export class Order {
  constructor(desk) {
    this.desk = desk;
    for (const kind of ["card", "faq"]) {
      const list = desk.lines.list(kind);
      list.addEventListener("click", (event) => this.clicked(event, kind));
      list.addEventListener("keydown", (event) => this.pressed(event, kind));
      list.addEventListener("pointerdown", (event) => this.grabbed(event, kind));
    }
  }

  clicked(event, kind) {
    const button = event.target.closest("[data-up], [data-down], [data-to]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const line = button.closest(".line");
    const at = this.desk.lines.of(kind).indexOf(line);
    if ("up" in button.dataset) this.move(kind, line, at - 1);
    else if ("down" in button.dataset) this.move(kind, line, at + 1);
    else this.ask(kind, line, at);
  }

  pressed(event, kind) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.target.tagName === "TEXTAREA") return;
    const line = event.target.closest(".line");
    event.preventDefault();
    this.move(kind, line, this.desk.lines.of(kind).indexOf(line) + step);
  }

  async ask(kind, line, at) {
    const lines = this.desk.lines.of(kind);
    const dialog = this.desk.template("move").firstElementChild;
    document.body.append(dialog);
    const field = dialog.querySelector("input");
    Object.assign(field, { value: at + 1, max: lines.length });
    dialog.querySelector("[data-name]").textContent = this.desk.lines.name(line);
    dialog.addEventListener("close", () => {
      dialog.remove();
      const wish = Math.round(Number(field.value));
      if (dialog.returnValue === "move" && wish >= 1) this.move(kind, line, Math.min(wish, lines.length) - 1);
      line.querySelector("[data-to]").focus();
    });
    dialog.showModal();
    field.select();
  }

  move(kind, line, to) {
    const lines = this.desk.lines.of(kind);
    const from = lines.indexOf(line);
    if (to < 0 || to >= lines.length || to === from) return;
    const focused = line.contains(document.activeElement) ? document.activeElement : null;
    const before = this.desk.lines.ids(kind);
    lines[to][to > from ? "after" : "before"](line);
    focused?.focus();
    line.scrollIntoView({ block: "nearest" });
    this.moved(kind, line, from, to, before);
  }

  moved(kind, line, from, to, before) {
    const total = before.length;
    const words =
      kind === "card"
        ? gettext("Fact %(from)s moved to %(to)s of %(total)s", { from: from + 1, to: to + 1, total })
        : gettext("Question %(from)s moved to %(to)s of %(total)s", { from: from + 1, to: to + 1, total });
    this.desk.lines.number(kind);
    announce(words);
    this.desk.undo.offer(words, () => {
      this.arrange(kind, before);
      announce(gettext("The order is as it was"));
      this.desk.saveOrder(kind);
    });
    this.desk.saveOrder(kind);
  }

  /** Puts the lines in this order; those that it does not name stay behind the one that they follow now. */
  arrange(kind, ids) {
    const list = this.desk.lines.list(kind);
    const known = new Set(ids);
    const byId = new Map(this.desk.lines.of(kind).map((line) => [line.dataset.part.split(":")[1], line]));
    const wanted = [];
    for (const [id, line] of byId) {
      if (known.has(id)) continue;
      const previous = line.previousElementSibling?.dataset.part.split(":")[1];
      wanted.push([line, previous]);
    }
    const order = ids.map((id) => byId.get(id)).filter(Boolean);
    for (const [line, previous] of wanted) {
      const at = previous ? order.findIndex((other) => other.dataset.part.endsWith(`:${previous}`)) + 1 : 0;
      order.splice(at || (previous ? order.length : 0), 0, line);
    }
    const focused = document.activeElement;
    order.forEach((line, at) => {
      if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    });
    if (focused !== document.activeElement) focused.focus?.();
    this.desk.lines.number(kind);
  }

  grabbed(event, kind) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    const line = grip.closest(".line");
    const before = this.desk.lines.ids(kind);
    const from = this.desk.lines.of(kind).indexOf(line);
    let y = event.clientY;
    let frame = 0;
    const step = () => {
      const speed = y < EDGE ? -PACE : y > innerHeight - EDGE ? PACE : 0;
      if (speed) window.scrollBy(0, speed);
      place(line, y);
      frame = requestAnimationFrame(step);
    };
    const follow = (moved) => (y = moved.clientY);
    const drop = (ended) => {
      cancelAnimationFrame(frame);
      grip.removeEventListener("pointermove", follow);
      grip.removeEventListener("pointerup", drop);
      grip.removeEventListener("pointercancel", drop);
      line.classList.remove("is-dragged");
      this.dragging = false;
      if (ended.type === "pointercancel") this.arrange(kind, before);
      const to = this.desk.lines.of(kind).indexOf(line);
      if (to !== from) this.moved(kind, line, from, to, before);
    };
    this.dragging = true;
    line.classList.add("is-dragged");
    grip.setPointerCapture(event.pointerId);
    grip.addEventListener("pointermove", follow);
    grip.addEventListener("pointerup", drop);
    grip.addEventListener("pointercancel", drop);
    frame = requestAnimationFrame(step);
  }
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
