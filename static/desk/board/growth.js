// Parts that come and go: new ones, and those that come back from this device. Deleting has a module of its own.

import { name, newId } from "./lines.js";
import { gettext } from "../shared/words.js";

export class Growth {
  constructor(desk) {
    this.desk = desk;
  }

  /** A line of its own for a part, before the one that stands at this place now, or at the end. */
  insert(place, { at = Infinity, isNew = false } = {}) {
    const { lines } = this.desk;
    const [kind, id] = place.split(":");
    const line = lines.make(kind, id);
    const list = lines.list(kind);
    list.insertBefore(line, list.children[at] ?? null);
    const part = this.desk.equip(line, isNew);
    line.querySelector("[data-open]").href = part.url;
    lines.show(part, 0, { heading: "", emoji: "", body: "" });
    lines.number(kind);
    return part;
  }

  async add(kind, after = null) {
    const { lines, root, status } = this.desk;
    const all = lines.of(kind);
    const most = Number(root.dataset[kind === "card" ? "mostCards" : "mostFaqs"]);
    if (all.length >= most) return status.say("note", gettext("An article takes at most %(most)s of them.", { most }));
    const at = after ? all.indexOf(after) + 1 : all.length;
    const part = this.insert(`${kind}:${newId()}`, { at, isNew: true });
    await part.open({ focus: kind === "card" ? "heading" : "question" });
    part.root.scrollIntoView({ block: "nearest" });
  }

  /** A new part has arrived, under the id that the server gave it. */
  settled(part, { value, position, order_token: token }) {
    const { order, parts, pulse } = this.desk;
    const was = part.place;
    part.isNew = false;
    part.id = value.public_id;
    name(part.root, part.kind, part.id);
    part.root.querySelector("[data-open]").href = part.url;
    parts.delete(was);
    parts.set(part.place, part);
    order.added(part.kind, part.id, position, token);
    if (pulse.place === was) pulse.place = part.place;
  }

  discard(part, isFocused = part.root.contains(document.activeElement)) {
    const { lines, parts, status } = this.desk;
    const next = part.root.nextElementSibling ?? part.root.previousElementSibling;
    parts.delete(part.place);
    part.end();
    lines.number(part.kind);
    if (isFocused) (next?.querySelector("[data-open]") ?? lines.title(part.kind)).focus();
    status.tell();
  }

  async remove(part) {
    if (part.isLost) return this.discard(part);
    const removing = await this.desk.fetched(() => import("./removing.js"));
    await removing?.remove(this.desk, part);
  }

  // --- from this device --------------------------------------------------------------------------------------------

  async bringAllBack() {
    for (const [place, entry] of this.desk.keeper.all()) await this.bringBack(place, entry);
  }

  async bringBack(place, entry) {
    const { desk } = this;
    const isThere = desk.parts.has(place);
    if (!isThere && !place.includes(":")) return;
    const part = desk.parts.get(place) ?? this.insert(place, { at: entry.position - 1, isNew: entry.isNew });
    if (!isThere && !entry.isNew) Object.assign(part, { value: {}, isLost: true }); // somebody deleted it
    await part.bringBack(entry);
  }

  /** Its words go into a new part in its place: the old one is no more. */
  async startAnew(part) {
    const at = this.desk.lines.of(part.kind).indexOf(part.root);
    const fresh = this.insert(`${part.kind}:${newId()}`, { at, isNew: true });
    const { words: fields } = part;
    this.discard(part);
    await fresh.bringBack({ fields, token: "" });
    fresh.root.querySelector("[data-open]").focus();
  }
}
