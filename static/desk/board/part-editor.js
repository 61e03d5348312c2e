// The editor of one part of the article: its form, and whether what the form holds is saved.
//
// Each change is stored on this device at once and sent after a pause, with the token of the version that it replaces.
// `baseline` is what the form held when it last matched the server; what differs from it is unsaved (saving.js).

import { make } from "../shared/dom.js";
import { bodyOf, FOLDERS } from "./outline.js";
import { gettext } from "../shared/i18n.js";

const STORE_AFTER = 300; // milliseconds after the last key
const SAVE_AFTER = 1200;
const SAVE_AT_LATEST = 8000; // for those who never pause

export class PartEditor {
  state = "saved"; // writing, saving, held, offline, invalid, refused, conflict
  token = "";
  value = null; // what the server sent last
  rendered = null; // { of: a body, html: the same as readers see it }
  form = null;
  pendingSave = null; // the promise of a save that is under way
  isTouched = false;
  isInConflict = false;
  isDeletedElsewhere = false; // somebody else deleted it while it was being written
  isRemoved = false; // from this page

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
    return this.isTouched && Boolean(this.unconfirmed || this.encoded !== this.baseline);
  }

  /** What the form holds, URL-encoded. */
  get encoded() {
    return this.tools.read(this.form);
  }

  /** editing-tools.js, once it is loaded (Desk.loadTools): only parts with a form may use it. */
  get tools() {
    return this.desk.tools;
  }

  get isUnsaved() {
    return Boolean(this.pendingSave) || this.isInConflict || this.isDirty;
  }

  // --- the form ----------------------------------------------------------------------------------------------------

  async open({ focus = "" } = {}) {
    const asked = focus && (this.desk.focusAsked = {});
    if (!(await this.ensureForm())) return;
    this.form.hidden = false;
    this.root.classList.add("is-open");
    this.root.querySelector("[data-open]")?.setAttribute("aria-expanded", "true");
    // Late: who has asked for another field since, or clicked, is not called back.
    if (focus && asked === this.desk.focusAsked) {
      this.tools.focusOn(this.form, focus);
      this.root.scrollIntoView({ block: "nearest" }); // all of it, not the field alone
    }
    this.desk.opened(this);
  }

  close({ focus = false } = {}) {
    if (!this.isOpen) return;
    this.save();
    this.form.hidden = true;
    this.root.classList.remove("is-open");
    this.updateLine();
    const link = this.root.querySelector("[data-open]");
    link?.setAttribute("aria-expanded", "false");
    if (focus) link?.focus();
    if (this.isNew && !this.isUnsaved) this.desk.partList.discard(this, focus);
  }

  /** Builds the form if there is none yet. False where that is not possible now. */
  ensureForm() {
    return (this.formPending ??= this.buildForm().finally(() => (this.formPending = null)));
  }

  async buildForm() {
    if (this.form) return true;
    const { desk } = this;
    if (!this.value && !this.isNew && !(await desk.sync.refresh())) {
      desk.status.notify("note", gettext("This part cannot be reached just now. Try again when there is a connection."));
      return false;
    }
    const fields = (await desk.loadTools()) && (await this.loadFields());
    if (!fields || this.isRemoved) return false;
    this.form = make("form", { class: "desk-form part-form", novalidate: true }, fields, desk.template("foot"));
    this.root.append(this.form);
    if (this.value) this.tools.fill(this.form, this.value);
    this.tools.enhance(this.form, desk.root.dataset);
    this.tools.enhancePictureChoice(this.form);
    this.baseline = this.encoded;
    this.addListeners(this.form);
    return true;
  }

  async loadFields() {
    if (this.kind !== "details") return this.tools.cloneTemplate(document.querySelector(`template[data-template=${this.kind}]`));
    const details = await this.desk.loadOrNotify(() => import("./plain-pages.js"));
    return details && this.desk.loadOrNotify(() => details.fetchDetailsFields(this.url));
  }

  addListeners(form) {
    const handlers = {
      input: () => this.changed(),
      change: () => this.changed(),
      submit: (event) => {
        event.preventDefault();
        this.save();
      },
      focusout: (event) => form.contains(event.relatedTarget) || this.tools.onFormLeft(this),
      compositionstart: () => (this.isComposing = true),
      compositionend: () => {
        this.isComposing = false;
        if (this.heldUpdate) this.serverUpdate(...this.heldUpdate);
      },
    };
    for (const [name, handler] of Object.entries(handlers)) form.addEventListener(name, handler);
    form.querySelector("[data-close]").addEventListener("click", () => this.close({ focus: true }));
    Object.assign(form.querySelector("[data-versions]"), { href: `${this.desk.base}versions/${this.place}/`, hidden: this.isNew });
  }

  changed() {
    this.isTouched = true;
    if (this.pendingSave || this.isDirty) {
      this.scheduleSave();
      if (this.state === "saved") this.setState("writing", gettext("Not saved yet"));
    } else this.markSaved();
    this.updateLine();
    this.desk.changed(this);
  }

  scheduleSave() {
    this.cancelTimers();
    this.dirtySince ??= Date.now();
    const rest = this.dirtySince + SAVE_AT_LATEST - Date.now();
    this.storeTimer = setTimeout(() => this.storeDraft(), STORE_AFTER);
    this.saveTimer = setTimeout(() => this.save(), Math.max(0, Math.min(SAVE_AFTER, rest)));
  }

  cancelTimers() {
    clearTimeout(this.storeTimer);
    clearTimeout(this.saveTimer);
  }

  /** The form matches the server: cancels what was to be sent and removes the local draft. */
  markSaved(message = "") {
    this.cancelTimers();
    if (this.isInConflict || this.isDeletedElsewhere) return;
    this.isTouched = false;
    this.dirtySince = undefined;
    this.desk.drafts.remove(this.place);
    this.setState("saved", message);
  }

  storeDraft() {
    clearTimeout(this.storeTimer);
    if (this.isRemoved || !this.isDirty) return;
    const { isNew, token, unconfirmed } = this;
    const position = this.id ? this.desk.outline.lines(this.kind).indexOf(this.root) + 1 : 0;
    this.isStoredLocally = this.desk.drafts.store(this.place, { fields: this.encoded, token, unconfirmed, isNew, position });
  }

  /** Puts back a local draft of an earlier visit, which never reached the server. */
  async restoreDraft({ fields, token, unconfirmed }) {
    if (!(await this.ensureForm())) return;
    this.tools.fillFromEncoded(this.form, fields);
    this.isTouched = true;
    if (!this.isDirty) return this.markSaved();
    Object.assign(this, { token, unconfirmed });
    await this.open();
    this.updateLine();
    this.setState("writing", gettext("Brought back from this device"));
    await (this.isDeletedElsewhere ? this.tools.onDeletedElsewhere(this) : this.save());
  }

  /** The server's current version. Unsaved text stays: its save will be answered with a conflict, and both are shown. */
  serverUpdate(token, value, comments, html) {
    if (this.isNew) return;
    this.heldUpdate = this.isComposing ? [token, value, comments, html] : null;
    if (this.heldUpdate) return;
    const isFirst = this.comments === undefined && this.isServerRendered;
    if (html !== undefined) this.rendered = { of: bodyOf(value), html };
    const isDrawn = isFirst && html === undefined;
    if (isDrawn) this.shown = { body: bodyOf(value) };
    const isNewer = token !== this.token && !(this.token && this.isUnsaved);
    if (isNewer) Object.assign(this, { token, value });
    if (isNewer && this.form) this.acceptServer(value);
    if (!isDrawn && (isNewer || comments !== this.comments)) this.desk.outline.updateLine(this, comments);
    this.comments = comments;
    if (!this.isDeletedElsewhere) return;
    this.isDeletedElsewhere = false; // it was brought back
    this.save();
  }

  /** Shows the server's version in the form. A closed form of the details is built anew when it is opened: its lists change. */
  acceptServer(value) {
    if (this.kind === "details" && !this.isOpen) {
      this.form.remove();
      this.form = null;
      this.isTouched = false;
      return;
    }
    this.tools.fill(this.form, value);
    this.tools.clearErrors(this.form);
    this.baseline = this.encoded;
  }

  // --- saving ------------------------------------------------------------------------------------------------------

  /** Sends what is unsaved, unless a conflict, a deletion or an approval is in the way. Returns the promise of its end. */
  save({ leaving = false } = {}) {
    clearTimeout(this.saveTimer);
    if (this.isRemoved) return;
    this.storeDraft();
    if (this.pendingSave) this.saveAgain = true;
    else if (!this.isInConflict && !this.isDeletedElsewhere && this.isDirty && this.desk.approval.mayChange()) {
      this.pendingSave = this.tools.sendAll(this, leaving).finally(() => {
        this.pendingSave = null;
        this.desk.status.update();
      });
    }
    return this.pendingSave;
  }

  /** Drops everything unsaved. */
  revert() {
    if (this.isNew || this.isDeletedElsewhere) return this.desk.partList.discard(this);
    Object.assign(this, { isInConflict: false, unconfirmed: null });
    this.form.querySelector("[data-conflict]")?.remove();
    this.markSaved();
    this.acceptServer(this.value);
    this.updateLine();
  }

  // --- deletion ----------------------------------------------------------------------------------------------------

  /** The server's list does not hold this part. */
  onMissing() {
    if (this.isNew) return;
    if (this.isUnsaved) this.tools.onDeletedElsewhere(this);
    else this.desk.partList.discard(this);
  }

  destroy() {
    this.isRemoved = true;
    this.cancelTimers();
    this.desk.drafts.remove(this.place);
    if (this.form) this.tools.closeFields(this.form);
    this.root.remove();
  }

  // --- display -----------------------------------------------------------------------------------------------------

  setState(state, message) {
    this.state = state;
    this.root.dataset.state = state;
    const line = this.form?.querySelector("[data-part-state]");
    if (line) line.textContent = message;
    this.desk.status.update();
  }

  updateLine() {
    this.desk.outline.updateLine(this, this.comments, this.form ? this.tools.summaryOf(this.form) : undefined);
  }
}
