// Which facts are selected, and the bar with what can be done with them. What is done is in several.js.

import { announce } from "../shared/announce.js";
import { button, make } from "../shared/dom.js";
import { idOf } from "./outline.js";
import { gettext, ngettext } from "../shared/i18n.js";

export const selectionOf = (desk) => (desk.selection ??= new Selection(desk));

class Selection {
  ids = new Set();
  last = ""; // the id of the line that was selected last: where a range begins

  constructor(desk) {
    this.desk = desk;
    this.words = make("p", { class: "select-count" });
    const act = (name) => () => this.act(name);
    this.bar = make(
      "div",
      { class: "select-bar", role: "group", "aria-label": gettext("Selected facts"), hidden: true },
      this.words,
      button(gettext("Tags …"), act("tag")),
      button(gettext("Move to place …"), act("place")),
      button(gettext("Move to an article …"), act("move")),
      button(gettext("Copy to an article …"), act("copy")),
      button(gettext("Delete"), act("remove")),
      button(gettext("Select all"), () => this.add(this.lines())),
      button(gettext("Select none"), () => this.clear()),
    );
    desk.root.append(this.bar);
  }

  lines() {
    return this.desk.outline.lines("card");
  }

  /** The selected ids in the order of the list; those that are gone are left out. */
  inOrder() {
    return this.desk.outline.ids("card").filter((id) => this.ids.has(id));
  }

  set(line, isSelected) {
    const id = idOf(line);
    if (isSelected) this.ids.add(id);
    else this.ids.delete(id);
    this.last = id;
    this.show();
  }

  toggle(line) {
    this.set(line, !this.ids.has(idOf(line)));
  }

  add(lines) {
    for (const line of lines) this.ids.add(idOf(line));
    this.show();
  }

  /** All lines from the one that was selected last to this one. */
  extendTo(line) {
    const lines = this.lines();
    const from = lines.findIndex((each) => idOf(each) === this.last);
    const to = lines.indexOf(line);
    if (from < 0) return this.set(line, true);
    this.add(lines.slice(Math.min(from, to), Math.max(from, to) + 1));
  }

  /** From the line that is left to the one that is reached, as Shift and an arrow do. */
  extend(from, to) {
    this.add([from, to].filter((line) => line?.dataset.part.startsWith("card:")));
    this.last = idOf(to);
  }

  clear() {
    const isFocused = this.bar.contains(document.activeElement);
    this.ids.clear();
    this.last = "";
    this.show();
    if (isFocused) this.desk.outline.headingElement("card").focus();
  }

  show() {
    const ids = new Set(this.inOrder());
    this.ids = ids;
    for (const line of this.lines()) {
      const isSelected = ids.has(idOf(line));
      line.classList.toggle("is-selected", isSelected);
      line.querySelector("[data-select]").checked = isSelected;
    }
    const words = ngettext("%(count)s fact selected", "%(count)s facts selected", ids.size);
    this.desk.root.classList.toggle("has-selection", ids.size > 0);
    this.bar.hidden = !ids.size;
    if (this.words.textContent !== words) announce(ids.size ? words : gettext("Nothing is selected"));
    this.words.textContent = words;
  }

  async act(name) {
    const several = await this.desk.loadOrNotify(() => import("./several.js"));
    if (several && (await this.desk.saveAll())) several[name](this);
    else if (several) this.desk.status.notify("note", gettext("Not everything is saved yet. See to the marked parts first."));
  }
}
