// The form of a new comment or suggestion.

import { sendForm } from "./sending.js";
import { setUpMentions } from "./mentions.js";
import { announce } from "../shared/announce.js";
import { button, freshId, make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const MAIN = { card: "body", faq: "answer", introduction: "introduction", conclusion: "conclusion", details: "dek" };

export class Composer {
  /** words: { field, quoted, start }. */
  constructor(threads, place, { field = "", quoted = "", start = "" }) {
    Object.assign(this, { threads, place, words: { field, quoted } });
    const hidden = (name, value) => make("input", { type: "hidden", name, value });
    this.text = textarea("text", 3);
    this.suggested = textarea("suggested", 3);
    this.box = make("input", { type: "checkbox", name: "suggests", id: freshId("suggests"), change: () => this.onSuggests() });
    this.start = hidden("start", String(start));
    this.field = hidden("field", field);
    this.wording = labelled(gettext("Suggested words"), this.suggested);
    this.form = make(
      "form",
      { class: "desk-form thread-new", method: "post", action: threads.url, novalidate: true, "data-draft": `${place} ${field} ${quoted.slice(0, 60)}` },
      ...(quoted ? [make("blockquote", { class: "thread-words" }, quoted)] : []),
      ...[hidden("place", place), this.field, hidden("quoted", quoted), this.start],
      labelled(gettext("Comment"), this.text),
      make("p", { class: "checkbox-row", hidden: !this.canSuggest }, this.box, make("label", { for: this.box.id }, quoted ? gettext("Suggest other words") : gettext("Suggest another text"))),
      this.wording,
      make("div", { class: "desk-acts" }, make("button", { type: "submit", class: "desk-button" }, gettext("Comment")), button(gettext("Discard"), () => this.discard())),
    );
    this.wording.hidden = true;
    setUpMentions(this.text, () => threads.people);
    this.form.addEventListener("submit", (event) => this.onSubmit(event));
    this.form.addEventListener("keydown", (event) => this.onKeydown(event));
    this.ready = this.keepOnDevice();
  }

  get canSuggest() {
    return Boolean(this.place);
  }

  async keepOnDevice() {
    const { FormDraft } = await this.threads.drafts;
    this.form.draft = new FormDraft(this.form, { isSentHere: true });
    this.threads.kept.add(this.form.draft);
    this.form.querySelectorAll(".form-draft button").forEach((discard) => discard.remove()); // its own button does it
    this.onSuggests({ isRestored: true });
  }

  focus() {
    this.text.focus();
    this.form.scrollIntoView({ block: "nearest" });
  }

  async onSuggests({ isRestored = false } = {}) {
    this.wording.hidden = !this.box.checked;
    if (!this.box.checked || isRestored) return;
    const { field, quoted } = this.words;
    if (!quoted) this.field.value = field || MAIN[this.place.split(":")[0]];
    this.suggested.focus();
    const words = quoted || (await this.threads.textOf(this.place, this.field.value));
    this.suggested.value ||= words; // unless something was typed meanwhile
    this.suggested.setSelectionRange(0, this.suggested.value.length);
  }

  onKeydown(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault(); // on the board it would add a fact
      this.form.requestSubmit();
    } else if (event.key === "Escape" && !this.text.value && !this.box.checked) {
      event.preventDefault();
      this.discard();
    }
  }

  async onSubmit(event) {
    event.preventDefault();
    event.stopPropagation();
    const { threads, place } = this;
    const fields = () => {
      this.start.value = this.startNow?.() ?? this.start.value;
      return new FormData(this.form);
    };
    const answer = await sendForm(this.form, { threads, place, fields });
    if (!answer) return;
    this.close();
    announce(answer.sentence);
    await threads.refresh();
    threads.focus(answer.id);
  }

  discard() {
    this.form.draft?.remove();
    this.close();
    this.onDiscarded?.();
  }

  /** Takes the form away; what is written stays on this device unless it was sent or discarded. */
  close() {
    this.form.draft?.store();
    this.form.remove();
    this.threads.onComposed(this);
    this.onClosed?.();
  }
}

function textarea(name, rows) {
  return make("textarea", { name, rows, id: freshId(name) });
}

function labelled(words, control) {
  return make("div", { class: "desk-field" }, make("label", { for: control.id }, words), control);
}
