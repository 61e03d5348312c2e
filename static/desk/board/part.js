// One part of the article: its form, and the truth about whether its words are saved.
//
// What is typed is kept on this device at once and sent after a pause, with the token of the words that it replaces.
// `baseline` is what the form held when server and form last agreed; whatever differs from it is not saved (saving.js).

import { button, make } from "../shared/dom.js";
import { FOLDERS } from "./lines.js";
import { gettext } from "../shared/words.js";

const KEEP_AFTER = 300; // milliseconds after the last key
const SAVE_AFTER = 1200;
const SAVE_AT_LATEST = 8000; // for those who never pause

export class Part {
  state = "saved"; // writing, saving, held, offline, invalid, refused, conflict
  token = "";
  value = null; // what the server told last
  form = null;
  busy = null; // the promise of what is on its way
  isTouched = false;
  isInConflict = false;
  isLost = false; // somebody deleted it while it was being written
  isGone = false;

  constructor(desk, root, isNew) {
    Object.assign(this, { desk, root, isNew });
    [this.kind, this.id = ""] = root.dataset.part.split(":");
  }

  get place() {
    return this.root.dataset.part;
  }

  get url() {
    const { desk, id, isNew, kind } = this;
    return desk.base + (id ? `${FOLDERS[kind]}/${isNew ? "add" : id}/` : `${kind}/`);
  }

  get isOpen() {
    return this.root.classList.contains("is-open");
  }

  get isDirty() {
    return this.isTouched && Boolean(this.unanswered || this.words !== this.baseline);
  }

  /** What the form holds, URL-encoded. */
  get words() {
    return this.tools.read(this.form);
  }

  /** The module that writing takes: see `Desk.toWrite`. */
  get tools() {
    return this.desk.tools;
  }

  get isUnsaved() {
    return Boolean(this.busy) || this.isInConflict || this.isDirty;
  }

  // --- the form ----------------------------------------------------------------------------------------------------

  async open({ focus = "" } = {}) {
    if (!(await this.build())) return;
    this.form.hidden = false;
    this.root.classList.add("is-open");
    this.root.querySelector("[data-open]")?.setAttribute("aria-expanded", "true");
    if (focus) this.tools.focusOn(this.form, focus);
    this.desk.opened(this);
  }

  close({ focus = false } = {}) {
    if (!this.isOpen) return;
    this.save();
    this.form.hidden = true;
    this.root.classList.remove("is-open");
    const link = this.root.querySelector("[data-open]");
    link?.setAttribute("aria-expanded", "false");
    if (focus) link?.focus();
    if (this.isNew && !this.isUnsaved) this.desk.growth.discard(this, focus);
  }

  /** Makes the form when there is none. False where that is not possible now. */
  build() {
    return (this.building ??= this.make().finally(() => (this.building = null)));
  }

  async make() {
    if (this.form) return true;
    const { desk } = this;
    if (!this.value && !this.isNew && !(await desk.exchange.refresh())) {
      desk.status.say("note", gettext("This part cannot be reached just now. Try again when there is a connection."));
      return false;
    }
    const fields = (await desk.toWrite()) && (await this.fields());
    if (!fields || this.isGone) return false;
    this.form = make("form", { class: "desk-form part-form", novalidate: true }, fields, desk.template("foot"));
    this.root.append(this.form);
    if (this.value) this.tools.fill(this.form, this.value);
    this.tools.enhance(this.form, desk.root.dataset);
    this.tools.enhancePictureChoice(this.form);
    this.baseline = this.words;
    this.listen(this.form);
    return true;
  }

  async fields() {
    if (this.kind !== "details") return this.tools.cloned(document.querySelector(`template[data-template=${this.kind}]`));
    const details = await this.desk.fetched(() => import("./details.js"));
    return details && this.desk.fetched(() => details.fieldsAt(this.url));
  }

  listen(form) {
    const acts = {
      input: () => this.changed(),
      change: () => this.changed(),
      submit: (event) => {
        event.preventDefault();
        this.save();
      },
      focusout: (event) => form.contains(event.relatedTarget) || this.tools.left(this),
      compositionstart: () => (this.isComposing = true),
      compositionend: () => {
        this.isComposing = false;
        if (this.waiting) this.news(...this.waiting);
      },
    };
    for (const [name, act] of Object.entries(acts)) form.addEventListener(name, act);
    form.querySelector("[data-close]").addEventListener("click", () => this.close({ focus: true }));
  }

  changed() {
    this.isTouched = true;
    if (this.busy || this.isDirty) {
      this.schedule();
      if (this.state === "saved") this.show("writing", gettext("Not saved yet"));
    } else this.clean();
    this.showLine();
    this.desk.changed(this);
  }

  schedule() {
    this.stop();
    this.dirtySince ??= Date.now();
    const rest = this.dirtySince + SAVE_AT_LATEST - Date.now();
    this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    this.saving = setTimeout(() => this.save(), Math.max(0, Math.min(SAVE_AFTER, rest)));
  }

  stop() {
    clearTimeout(this.keeping);
    clearTimeout(this.saving);
  }

  /** The form holds what the server holds: nothing is left to be kept or sent. */
  clean(words = "") {
    this.stop();
    if (this.isInConflict || this.isLost) return;
    this.isTouched = false;
    this.dirtySince = undefined;
    this.desk.keeper.drop(this.place);
    this.show("saved", words);
  }

  keep() {
    clearTimeout(this.keeping);
    if (this.isGone || !this.isDirty) return;
    const { isNew, token, unanswered } = this;
    const position = this.id ? this.desk.lines.of(this.kind).indexOf(this.root) + 1 : 0;
    this.isKept = this.desk.keeper.keep(this.place, { fields: this.words, token, unanswered, isNew, position });
  }

  /** Words of an earlier visit that never reached the server. */
  async bringBack({ fields, token, unanswered }) {
    if (!(await this.build())) return;
    this.tools.fillAgain(this.form, fields);
    this.isTouched = true;
    if (!this.isDirty) return this.clean();
    Object.assign(this, { token, unanswered });
    await this.open();
    this.showLine();
    this.show("writing", gettext("Brought back from this device"));
    await (this.isLost ? this.lost() : this.save());
  }

  /** What stands on the server now. Words that are being written stay; their save will meet the other text. */
  news(token, value, remarks) {
    if (this.isNew) return;
    this.waiting = this.isComposing ? [token, value, remarks] : null;
    if (this.waiting) return;
    const isFirst = this.remarks === undefined && this.isDrawn;
    const isOther = token !== this.token && !(this.token && this.isUnsaved);
    if (isOther) Object.assign(this, { token, value });
    if (isOther && this.form) this.agree(value);
    if (!isFirst && (isOther || remarks !== this.remarks)) this.desk.lines.show(this, remarks);
    this.remarks = remarks;
    if (!this.isLost) return;
    this.isLost = false; // it was brought back
    this.save();
  }

  agree(value) {
    if (this.kind === "details" && !this.isOpen) {
      this.form.remove();
      this.form = null;
      this.isTouched = false;
      return;
    }
    this.tools.fill(this.form, value);
    this.tools.clearErrors(this.form);
    this.baseline = this.words;
  }

  // --- saving ------------------------------------------------------------------------------------------------------

  /** Sends what is not saved, if that may be. Gives the promise of the end of it. */
  save({ leaving = false } = {}) {
    clearTimeout(this.saving);
    if (this.isGone) return;
    this.keep();
    if (this.busy) this.again = true;
    else if (!this.isInConflict && !this.isLost && this.isDirty && this.desk.lapse.allows()) {
      this.busy = this.tools.sendAll(this, leaving).finally(() => {
        this.busy = null;
        this.desk.status.tell();
      });
    }
    return this.busy;
  }

  /** The writer has chosen: the next save replaces the text that was shown, whatever the form holds. */
  resolve(token) {
    this.isInConflict = false;
    Object.assign(this, { token, baseline: null, isTouched: true });
    this.show("writing", gettext("Not saved yet"));
    this.save();
  }

  /** Takes back what was written since the last saving. */
  revert() {
    if (this.isNew || this.isLost) return this.desk.growth.discard(this);
    Object.assign(this, { isInConflict: false, unanswered: null });
    this.form.querySelector("[data-conflict]")?.remove();
    this.clean();
    this.agree(this.value);
    this.showLine();
  }

  // --- ends --------------------------------------------------------------------------------------------------------

  /** The article has no such part (any more). */
  missing() {
    if (this.isNew) return;
    if (this.isUnsaved) this.lost();
    else this.desk.growth.discard(this);
  }

  /** Somebody deleted it. Nothing is saved into nothing: the words become a new part, if their writer wants. */
  async lost() {
    if (this.isLost && this.state === "refused") return;
    this.isLost = true;
    this.show("refused", this.tools.keptWords(this, gettext("Somebody else deleted this meanwhile")));
    await this.open();
    const again = button(gettext("Save it as a new one"), () => this.desk.growth.startAnew(this), "desk-button");
    this.form.querySelector("[data-part-state]").append(" ", again);
  }

  end() {
    this.isGone = true;
    this.stop();
    this.desk.keeper.drop(this.place);
    this.root.remove();
  }

  // --- what is shown -----------------------------------------------------------------------------------------------

  show(state, words) {
    this.state = state;
    this.root.dataset.state = state;
    const line = this.form?.querySelector("[data-part-state]");
    if (line) line.textContent = words;
    this.desk.status.tell();
  }

  showLine() {
    this.desk.lines.show(this, this.remarks, this.form ? this.tools.glance(this.form) : undefined);
  }
}
