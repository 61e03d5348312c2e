// The order of the lines: by drag, by buttons, by number, by Alt and the arrow keys. Each move is saved at once, said
// aloud and can be undone; the focus stays on the button that was pressed.

import { FOLDERS, idOf, ITEMS, KINDS } from "./lines.js";
import { gettext } from "../shared/words.js";

const TRIES = 3;

export class Order {
  moved = new Set(); // kinds whose order here is not saved
  isOffline = false;
  isDragging = false;
  known = { card: { ids: [], token: "" }, faq: { ids: [], token: "" } }; // as the server told it

  constructor(desk) {
    this.desk = desk;
    for (const kind of KINDS) {
      const list = desk.lines.list(kind);
      list.addEventListener("click", (event) => this.clicked(event, kind));
      list.addEventListener("keydown", (event) => this.pressed(event, kind));
      list.addEventListener("pointerdown", (event) => this.grabbed(event, kind));
    }
  }

  // --- moving ------------------------------------------------------------------------------------------------------

  clicked(event, kind) {
    const button = event.target.closest("[data-up], [data-down], [data-to]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const line = button.closest(".line");
    if ("to" in button.dataset) this.moving((moving) => moving.ask(this, kind, line));
    else this.step(kind, line, "up" in button.dataset ? -1 : 1);
  }

  pressed(event, kind) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.target.closest("form")) return;
    event.preventDefault();
    this.step(kind, event.target.closest(".line"), step);
  }

  grabbed(event, kind) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    this.moving((moving) => grip.hasPointerCapture(event.pointerId) && moving.drag(this, kind, grip, event));
  }

  step(kind, line, step) {
    this.moving((moving) => moving.move(this, kind, line, this.desk.lines.of(kind).indexOf(line) + step));
  }

  async moving(act) {
    const moving = await this.desk.fetched(() => import("./moving.js"));
    if (moving) act(moving);
  }

  /** Puts the lines in this order; those that it does not name stay behind the one that they follow now. */
  arrange(kind, ids) {
    const { lines } = this.desk;
    const list = lines.list(kind);
    const byId = new Map(lines.of(kind).map((line) => [idOf(line), line]));
    const wanted = ids.map((id) => byId.get(id)).filter(Boolean);
    for (const line of byId.values()) {
      if (!wanted.includes(line)) wanted.splice(wanted.indexOf(line.previousElementSibling) + 1, 0, line);
    }
    const focused = document.activeElement;
    wanted.forEach((line, at) => {
      if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    });
    if (focused !== document.activeElement) focused.focus?.();
    lines.number(kind);
  }

  // --- the server's side -------------------------------------------------------------------------------------------

  /** The order as the server tells it. A move that is not saved yet stays, unless somebody else moved lines too. */
  take(order) {
    for (const kind of KINDS) {
      const { ids, token } = order[ITEMS[kind]];
      const mine = this.moved.has(kind) ? merged(this.desk.lines.ids(kind), this.known[kind].ids, ids) : ids;
      this.known[kind] = { ids, token };
      this.arrange(kind, mine ?? ids);
      if (mine) continue;
      this.moved.delete(kind);
      this.desk.undo?.clear();
      const words = gettext("Somebody else changed the order meanwhile. It stands here as it is now: move again what you want to move.");
      this.desk.status.say("note", words);
    }
  }

  added(kind, id, position, token) {
    this.known[kind].ids.splice(position - 1, 0, id);
    this.known[kind].token = token;
  }

  removed(kind, id, token) {
    this.known[kind] = { ids: this.known[kind].ids.filter((other) => other !== id), token };
  }

  revert() {
    this.moved.clear();
    for (const kind of KINDS) this.arrange(kind, this.known[kind].ids);
  }

  async save(kind) {
    this.moved.add(kind);
    this.desk.status.tell();
    if (this.desk.lapse.allows()) await this.desk.exchange.inTurn(() => this.send(kind));
  }

  async saveAll() {
    for (const kind of [...this.moved]) await this.save(kind);
  }

  async send(kind) {
    const { exchange, lines, parts, base } = this.desk;
    for (let left = TRIES; left && this.moved.has(kind); left -= 1) {
      const ids = lines.ids(kind).filter((id) => !parts.get(`${kind}:${id}`).isNew);
      const { token } = this.known[kind];
      const { status, body } = await exchange.send(`${base}${FOLDERS[kind]}/order/`, { order: ids.join(" "), token });
      this.isOffline = !status || status === 401 || status >= 500;
      if (status === 200) {
        this.known[kind] = { ids: body.order, token: body.token };
        const now = lines.ids(kind).filter((id) => body.order.includes(id));
        if (now.join() === body.order.join()) this.moved.delete(kind);
        exchange.reached(body.change, body.token !== token);
      } else if (this.isOffline || body.lapses) {
        if (status !== 401 && this.isOffline) exchange.tryAgainLater();
        return;
      } else await this.meet(kind, body.sentence, left === 1);
    }
  }

  // Others added, deleted or moved something: what they did is asked for, and taken into account.
  async meet(kind, sentence, isLast) {
    if (isLast) {
      this.moved.delete(kind);
      this.desk.status.say("note", sentence ?? gettext("The new order was not saved."));
    }
    await this.desk.exchange.refresh();
  }
}

/** My order with what others added or deleted; nothing when they moved something too. */
function merged(mine, base, theirs) {
  const isCommon = (id) => base.includes(id) && theirs.includes(id);
  if (base.filter(isCommon).join() !== theirs.filter(isCommon).join()) return null;
  const result = mine.filter(isCommon);
  theirs.forEach((id, at) => {
    if (!base.includes(id)) result.splice(result.indexOf(theirs[at - 1]) + 1, 0, id);
  });
  return result;
}
