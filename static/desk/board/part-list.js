// Adding, removing and restoring the cards and questions of the article. Deleting on the server is in delete.js.

import { newId, setLineId } from "./outline.js";
import { gettext } from "../shared/i18n.js";

export class PartList {
  constructor(desk) {
    this.desk = desk;
  }

  /** Adds a part and its line: before the line that is at index `at` now, or at the end. */
  insert(place, { at = Infinity, isNew = false } = {}) {
    const { outline } = this.desk;
    const [kind, id] = place.split(":");
    const line = outline.createLine(kind, id);
    const list = outline.listElement(kind);
    list.insertBefore(line, list.children[at] ?? null);
    const part = this.desk.addPart(line, isNew);
    line.querySelector("[data-open]").href = part.url;
    outline.updateLine(part, 0, { heading: "", emoji: "", body: "" });
    outline.renumber(kind);
    return part;
  }

  async add(kind, after = null) {
    const { outline, root, status } = this.desk;
    const all = outline.lines(kind);
    const most = Number(root.dataset[kind === "card" ? "mostCards" : "mostFaqs"]);
    if (all.length >= most) return status.notify("note", gettext("An article takes at most %(most)s of them.", { most }));
    const at = after ? all.indexOf(after) + 1 : all.length;
    const part = this.insert(`${kind}:${newId()}`, { at, isNew: true });
    await part.open({ focus: kind === "card" ? "heading" : "question" });
    part.root.scrollIntoView({ block: "nearest" });
  }

  /** The server has stored a new part, perhaps under another id than the one proposed. */
  onCreated(part, { value, position, order_token: token }) {
    const { order, parts, presence } = this.desk;
    const was = part.place;
    part.isNew = false;
    part.id = value.public_id;
    setLineId(part.root, part.kind, part.id);
    part.root.querySelector("[data-open]").href = part.url;
    parts.delete(was);
    parts.set(part.place, part);
    order.onAdded(part.kind, part.id, position, token);
    if (presence.place === was) presence.place = part.place;
  }

  /** Removes a part from the page only. */
  discard(part, isFocused = part.root.contains(document.activeElement)) {
    const { outline, parts, status } = this.desk;
    const next = part.root.nextElementSibling ?? part.root.previousElementSibling;
    parts.delete(part.place);
    part.destroy();
    outline.renumber(part.kind);
    if (isFocused) (next?.querySelector("[data-open]") ?? outline.headingElement(part.kind)).focus();
    status.update();
  }

  async remove(part) {
    if (part.isDeletedElsewhere) return this.discard(part);
    const module = await this.desk.loadOrNotify(() => import("./delete.js"));
    await module?.deletePart(this.desk, part);
  }

  // --- drafts of this device ---------------------------------------------------------------------------------------

  async restoreAllDrafts() {
    for (const [place, entry] of this.desk.drafts.all()) await this.restoreDraft(place, entry);
  }

  async restoreDraft(place, entry) {
    const { desk } = this;
    const isThere = desk.parts.has(place);
    if (!isThere && !place.includes(":")) return;
    const part = desk.parts.get(place) ?? this.insert(place, { at: entry.position - 1, isNew: entry.isNew });
    if (!isThere && !entry.isNew) Object.assign(part, { value: {}, isDeletedElsewhere: true }); // somebody deleted it
    await part.restoreDraft(entry);
  }

  /** Puts the text of a part that somebody deleted into a new part at the same place. */
  async saveAsNew(part) {
    const at = this.desk.outline.lines(part.kind).indexOf(part.root);
    const fresh = this.insert(`${part.kind}:${newId()}`, { at, isNew: true });
    const { encoded: fields } = part;
    this.discard(part);
    await fresh.restoreDraft({ fields, token: "" });
    fresh.root.querySelector("[data-open]").focus();
  }
}
