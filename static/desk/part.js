// One part of the article: its form, and the truth about whether its words are saved.
//
// What is typed is kept on this device at once and sent after a pause, with the token of the words that it replaces.
// `baseline` is what the form held when server and form last agreed; whatever differs from it is not saved.

import { showConflict } from "./conflict.js";
import { enhance } from "./fields.js";
import { clearErrors, cloned, fill, fillAgain, glance, read, showErrors } from "./forms.js";
import { enhancePictureChoice } from "./pictures.js";
import { post } from "./server.js";
import { gettext } from "./words.js";

const KEEP_AFTER = 300; // milliseconds after the last key
const SAVE_AFTER = 1200;
const SAVE_AT_LATEST = 8000; // for those who never pause
const KEEPALIVE_LIMIT = 60_000; // browsers refuse more on leaving

export class Part {
  constructor(desk, place, root, { url, isNew = false } = {}) {
    Object.assign(this, { desk, place, root, url, isNew, token: "", value: null, form: null, conflict: false });
    this.kind = place.split(":")[0];
    this.id = place.split(":")[1] ?? "";
    this.state = "saved";
  }

  get isOpen() {
    return Boolean(this.form && !this.form.hidden);
  }

  get isDirty() {
    return Boolean(this.form) && read(this.form) !== this.baseline;
  }

  // --- the form --------------------------------------------------------------------------------------------------

  async open({ focus = "" } = {}) {
    if (!this.form && !(await this.build())) return;
    this.form.hidden = false;
    this.root.classList.add("is-open");
    this.root.querySelector("[data-open]")?.setAttribute("aria-expanded", "true");
    const control = focus && this.form.elements[focus];
    if (focus) (control?.focus ? control : this.form.querySelector("input:not([type=hidden]), textarea, select")).focus();
    this.desk.opened(this);
  }

  close({ focus = false } = {}) {
    if (!this.form) return;
    this.save();
    this.form.hidden = true;
    this.root.classList.remove("is-open");
    const link = this.root.querySelector("[data-open]");
    link?.setAttribute("aria-expanded", "false");
    if (focus) link?.focus();
    if (this.isNew && !this.isDirty && !this.busy) this.desk.discard(this);
    else this.showLine();
  }

  async build() {
    const fields = this.kind === "details" ? await this.desk.detailsFields(this.url) : this.clonedFields();
    if (!fields) return false;
    const form = document.createElement("form");
    form.className = "desk-form part-form";
    form.noValidate = true;
    form.append(fields, this.desk.template("foot"));
    this.root.append(form);
    this.form = form;
    if (this.value) fill(form, this.value);
    enhance(form, this.desk.root.dataset);
    enhancePictureChoice(form);
    this.baseline = read(form);
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.save();
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) this.save();
    });
    form.querySelector("[data-close]").addEventListener("click", () => this.close({ focus: true }));
    return true;
  }

  clonedFields() {
    return cloned(document.querySelector(`template[data-template=${this.kind}]`));
  }

  changed() {
    if (!this.isDirty) return;
    clearTimeout(this.keeping);
    clearTimeout(this.saving);
    this.dirtySince ??= Date.now();
    this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    const latest = Math.max(0, this.dirtySince + SAVE_AT_LATEST - Date.now());
    this.saving = setTimeout(() => this.save(), Math.min(SAVE_AFTER, latest));
    if (this.state === "saved") this.show("writing", gettext("Not saved yet"));
    this.desk.changed(this);
  }

  keep() {
    clearTimeout(this.keeping);
    if (!this.isDirty) return;
    const entry = { fields: read(this.form), token: this.token, isNew: this.isNew };
    this.isKept = this.desk.keeper.keep(this.place, entry);
  }

  /** Words of an earlier visit that never reached the server. */
  async bringBack(entry) {
    if (!this.form && !(await this.build())) return;
    fillAgain(this.form, entry.fields);
    if (!this.isDirty) return this.desk.keeper.drop(this.place);
    this.token = entry.token;
    this.form.hidden = !this.isOpen && !this.isNew;
    this.show("writing", gettext("Brought back from this device"));
    await this.save();
  }

  /** What stands on the server now. Words that are being written stay; their save will meet the other text. */
  news(token, value) {
    if (token === this.token || this.isNew) return;
    const wasDirty = this.isDirty || this.busy;
    if (wasDirty && this.token) return;
    Object.assign(this, { token, value });
    if (this.form && !wasDirty) this.agree(value);
    this.showLine();
  }

  agree(value) {
    if (this.kind === "details" && !this.isOpen) {
      this.form.remove();
      this.form = null;
      return;
    }
    fill(this.form, value);
    this.baseline = read(this.form);
  }

  // --- saving ----------------------------------------------------------------------------------------------------

  async save({ leaving = false } = {}) {
    clearTimeout(this.saving);
    this.keep();
    if (this.busy) return void (this.again = true);
    if (this.conflict || !this.isDirty || !this.desk.maySave(this)) return;
    const sent = read(this.form);
    const fields = new URLSearchParams(sent);
    for (const [name, value] of this.desk.alongside(this)) fields.set(name, value);
    if (leaving && fields.toString().length > KEEPALIVE_LIMIT) return;
    this.busy = true;
    this.dirtySince = undefined;
    if (this.state !== "offline") this.show("saving", gettext("Saving …"));
    const answer = await post(this.url, fields, { renew: () => this.desk.renew(), keepalive: leaving });
    this.busy = false;
    this.settle(answer, sent);
    if (this.again) {
      this.again = false;
      await this.save();
    }
  }

  settle({ status, body }, sent) {
    const { desk } = this;
    if (status === 200) return this.arrived(body, sent);
    if (status === 401) desk.signedOut();
    if (status === 409 && body.lapses) return desk.askToLapse(this);
    if (status === 409 && body.current) return this.collided(body);
    if (status === 400) {
      if (this.form) showErrors(this.form, body.errors ?? {});
      return this.show("invalid", body.sentence);
    }
    if (status === 404) return this.lost();
    if (status === 401) return this.show("offline", this.keptWords(gettext("Not saved: you are signed out")));
    if (status === 403 || status === 409) return this.show("refused", this.keptWords(body.sentence || gettext("Not saved")));
    this.show("offline", this.keptWords(gettext("Not saved: no connection")));
    desk.tryAgainLater();
  }

  keptWords(sentence) {
    return this.isKept ? gettext("%(sentence)s. Kept on this device.", { sentence: sentence.replace(/\.$/, "") }) : sentence;
  }

  arrived(body, sent) {
    Object.assign(this, { token: body.token, value: body.value, baseline: sent });
    clearErrors(this.form);
    this.desk.keeper.drop(this.place);
    if (this.isNew) this.desk.settled(this, body);
    if (this.isDirty) this.keep();
    else {
      // Under the writer's hands nothing moves; the server's own spelling comes in when they have left.
      if (!this.form.contains(document.activeElement)) this.agree(body.value);
      this.show("saved", [gettext("Saved %(time)s", { time: clock() }), ...body.notes].join(" "));
    }
    this.showLine();
    this.desk.saved(this, body);
  }

  async collided(body) {
    this.conflict = true;
    this.keep();
    this.show("conflict", gettext("Changed by someone else meanwhile"));
    await this.open();
    showConflict(this, body);
  }

  /** The collision is dealt with: the next save replaces the text that was shown. */
  resolve(token) {
    this.conflict = false;
    this.token = token;
    this.show("writing", gettext("Not saved yet"));
    this.save();
  }

  /** Somebody deleted it. Nothing is saved into nothing: the words become a new part, if their writer wants. */
  lost() {
    this.show("refused", this.keptWords(gettext("Somebody else deleted this meanwhile")));
    this.open();
    const state = this.form.querySelector("[data-part-state]");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "desk-button" });
    button.textContent = gettext("Save it as a new one");
    button.addEventListener("click", () => this.desk.renewPart(this));
    state.append(" ", button);
  }

  // --- what is shown ---------------------------------------------------------------------------------------------

  show(state, words) {
    this.state = state;
    this.root.dataset.state = state;
    const line = this.form?.querySelector("[data-part-state]");
    if (line) line.textContent = words;
    this.desk.tell(this, words);
  }

  showLine() {
    this.desk.lines.show(this, this.form ? glance(this.form) : null);
  }
}

export function clock() {
  return new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
