// The order of the outline: by drag, by buttons, by number, by Alt and the arrow keys. Each move is saved at once, announced
// and can be undone; the focus stays on the button that was pressed.

import { FOLDERS, idOf, ITEMS, KINDS } from "./outline.js";
import { gettext } from "../shared/i18n.js";

const MAX_TRIES = 3;

export class Order {
  moved = new Set(); // kinds whose order on this page is not saved
  isOffline = false;
  isDragging = false;
  known = { card: { ids: [], token: "" }, faq: { ids: [], token: "" } }; // as last received from the server

  constructor(desk) {
    this.desk = desk;
    for (const kind of KINDS) {
      const list = desk.outline.listElement(kind);
      list.addEventListener("click", (event) => this.onClick(event, kind));
      list.addEventListener("keydown", (event) => this.onKeydown(event, kind));
      list.addEventListener("pointerdown", (event) => this.onPointerdown(event, kind));
    }
  }

  // --- moving ------------------------------------------------------------------------------------------------------

  onClick(event, kind) {
    const button = event.target.closest("[data-move-up], [data-move-down], [data-move-to]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const line = button.closest(".line");
    if ("moveTo" in button.dataset) this.withMoving((module) => module.moveToNumber(this, kind, line));
    else this.step(kind, line, "moveUp" in button.dataset ? -1 : 1);
  }

  onKeydown(event, kind) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.target.closest("form")) return;
    event.preventDefault();
    this.step(kind, event.target.closest(".line"), step);
  }

  onPointerdown(event, kind) {
    const handle = event.target.closest("[data-drag-handle]");
    if (!handle || event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    this.withMoving((module) => handle.hasPointerCapture(event.pointerId) && module.drag(this, kind, handle, event));
  }

  step(kind, line, step) {
    this.withMoving((module) => module.step(this, kind, line, step));
  }

  async withMoving(callback) {
    const module = await this.desk.loadOrNotify(() => import("./move-line.js"));
    if (module) callback(module);
  }

  /** Puts the lines in this order; those that it does not name stay behind the one that they follow now. */
  arrange(kind, ids) {
    const { outline } = this.desk;
    const list = outline.listElement(kind);
    const byId = new Map(outline.lines(kind).map((line) => [idOf(line), line]));
    const wanted = ids.map((id) => byId.get(id)).filter(Boolean);
    for (const line of byId.values()) {
      if (!wanted.includes(line)) wanted.splice(wanted.indexOf(line.previousElementSibling) + 1, 0, line);
    }
    const focused = document.activeElement;
    wanted.forEach((line, at) => {
      if (list.children[at] !== line) list.insertBefore(line, list.children[at] ?? null);
    });
    if (focused !== document.activeElement) focused.focus?.();
    outline.renumber(kind);
  }

  // --- the server's side -------------------------------------------------------------------------------------------

  /** Takes over the server's order. A move that is not saved yet stays, unless somebody else moved lines too. */
  applyServer(order) {
    for (const kind of KINDS) {
      const { ids, token } = order[ITEMS[kind]];
      const mine = this.moved.has(kind) ? merge(this.desk.outline.ids(kind), this.known[kind].ids, ids) : ids;
      this.known[kind] = { ids, token };
      this.arrange(kind, mine ?? ids);
      if (mine) continue;
      this.moved.delete(kind);
      this.desk.undo?.clear();
      const words = gettext("Somebody else changed the order meanwhile. It stands here as it is now: move again what you want to move.");
      this.desk.status.notify("note", words);
    }
  }

  onAdded(kind, id, position, token) {
    this.known[kind].ids.splice(position - 1, 0, id);
    this.known[kind].token = token;
  }

  onRemoved(kind, id, token) {
    this.known[kind] = { ids: this.known[kind].ids.filter((other) => other !== id), token };
  }

  revert() {
    this.moved.clear();
    for (const kind of KINDS) this.arrange(kind, this.known[kind].ids);
  }

  async save(kind) {
    this.moved.add(kind);
    this.desk.status.update();
    if (this.desk.approval.mayChange()) await this.desk.sync.enqueue(() => this.send(kind));
  }

  async saveAll() {
    for (const kind of [...this.moved]) await this.save(kind);
  }

  async send(kind) {
    const { base, outline, parts, sync } = this.desk;
    for (let left = MAX_TRIES; left && this.moved.has(kind); left -= 1) {
      const ids = outline.ids(kind).filter((id) => !parts.get(`${kind}:${id}`).isNew);
      const { token } = this.known[kind];
      const { status, body } = await sync.send(`${base}${FOLDERS[kind]}/order/`, { order: ids.join(" "), token });
      this.isOffline = !status || status === 401 || status >= 500;
      if (status === 200) {
        this.known[kind] = { ids: body.order, token: body.token };
        const now = outline.ids(kind).filter((id) => body.order.includes(id));
        if (now.join() === body.order.join()) this.moved.delete(kind);
        sync.acknowledge(body.change, body.token !== token);
      } else if (this.isOffline || body.lapses) {
        if (status !== 401 && this.isOffline) sync.retryLater();
        return;
      } else await this.onRejected(kind, body.sentence, left === 1);
    }
  }

  // Others added, deleted or moved something: their order is fetched, and merged with the move by applyServer.
  async onRejected(kind, sentence, isLast) {
    if (isLast) {
      this.moved.delete(kind);
      this.desk.status.notify("note", sentence ?? gettext("The new order was not saved."));
    }
    await this.desk.sync.refresh();
  }
}

/** My order with what others added or deleted; null when they moved something too. */
function merge(mine, base, theirs) {
  const isCommon = (id) => base.includes(id) && theirs.includes(id);
  if (base.filter(isCommon).join() !== theirs.filter(isCommon).join()) return null;
  const result = mine.filter(isCommon);
  theirs.forEach((id, at) => {
    if (!base.includes(id)) result.splice(result.indexOf(theirs[at - 1]) + 1, 0, id);
  });
  return result;
}
