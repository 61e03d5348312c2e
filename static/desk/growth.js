// Parts that come and go: new ones, deleted ones and those that come back, out of the bin or from this device.

import { announce } from "./announce.js";
import { read } from "./forms.js";
import { FOLDERS, name, newId } from "./lines.js";
import { gettext } from "./words.js";

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

  // --- deleting, and the way back ----------------------------------------------------------------------------------

  async remove(part) {
    const { exchange, lapse, lines, parts } = this.desk;
    if (part.isLost) return this.discard(part);
    if (part.busy) await part.save();
    if (!part.isNew && !lapse.allows(() => parts.has(part.place) && this.remove(part))) return;
    await part.save();
    if (part.isGone) return;
    // What could not be saved, because it is not valid or never arrived, comes back with the rest.
    const position = lines.of(part.kind).indexOf(part.root) + 1;
    const words = part.isDirty ? { fields: read(part.form), position, isNew: part.isNew } : null;
    if (part.isNew) return this.removed(part, () => words && this.bringBack(part.place, words));
    await exchange.inTurn(() => this.delete(part, words));
  }

  async delete(part, words) {
    const { exchange, order, status } = this.desk;
    const { status: code, body } = await exchange.send(`${part.url}delete/`, { token: part.token });
    if (part.isGone) return;
    if (code !== 200) {
      if (!body.lapses) status.say("note", body.sentence || gettext("It is not deleted: no connection."));
      exchange.refresh();
      return;
    }
    this.removed(part, () => this.bringFromBin(body.undo, part.kind, words));
    order.removed(part.kind, part.id, body.order_token);
    exchange.reached(body.change);
  }

  removed(part, bringBack) {
    const title = this.desk.lines.name(part.root);
    const words = part.isNew
      ? gettext("Deleted: “%(name)s”.", { name: title })
      : gettext("Deleted: “%(name)s”. It waits in the bin for 30 days.", { name: title });
    this.discard(part);
    announce(words);
    this.desk.undo.offer(words, bringBack);
  }

  async bringFromBin(url, kind, words) {
    const { checklist, exchange, lapse, parts, status } = this.desk;
    if (!lapse.allows(() => this.bringFromBin(url, kind, words))) return;
    const answer = await exchange.inTurn(() => exchange.send(url, {}));
    if (answer.status !== 200 && !answer.body.lapses) {
      const sentence = gettext("It could not be brought back just now. It is in the bin.");
      status.say("note", answer.body.sentence || sentence);
    }
    await exchange.refresh();
    checklist.soon();
    const part = answer.status === 200 && parts.get(`${kind}:${answer.body.value.public_id}`);
    if (!part) return;
    if (words) await part.bringBack({ ...words, token: part.token });
    part.root.querySelector("[data-open]").focus();
    announce(gettext("It is back."));
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
    const fields = read(part.form);
    this.discard(part);
    await fresh.bringBack({ fields, token: "" });
    fresh.root.querySelector("[data-open]").focus();
  }
}
