// What can be checked of a part, listed below its heading: each line leads to its words in the text field. The counts come
// with the page and then with the checklist; a list is fetched when it is opened, and again after each save.

import { announce } from "../shared/announce.js";
import { fromCodePoints, nearest } from "../shared/code-points.js";
import { make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";
import { get } from "../shared/server.js";
import { fieldOf } from "../text/load-field.js";

const EDITOR_COMES_WITHIN = 3000; // milliseconds; without a connection the textarea stays

const boxOf = (part) => part.root.querySelector(":scope > [data-claims]");

export class Claims {
  constructor(desk) {
    this.desk = desk;
    const onToggle = ({ target }) => target.open && target.matches("[data-claims]") && this.fill(this.partOf(target));
    desk.root.addEventListener("toggle", onToggle, { capture: true }); // it does not bubble
    for (const box of desk.root.querySelectorAll("[data-claims][open]")) this.fill(this.partOf(box)); // before this came
  }

  partOf(element) {
    return this.desk.parts.get(element.closest("[data-part]").dataset.part);
  }

  /** `counts` by place: parts without any are not named. */
  update(counts) {
    for (const part of this.desk.parts.values()) {
      const box = boxOf(part);
      if (!box) continue;
      showCount(box, counts[part.place] ?? 0);
      if (box.open) this.fill(part);
    }
  }

  async fill(part) {
    const box = boxOf(part);
    const { status, body } = await get(`${this.desk.base}claims/?place=${encodeURIComponent(part.place)}`);
    if (status !== 200) return; // the link to the whole list stays
    showCount(box, body.claims.length);
    const focused = [...box.querySelectorAll("button")].indexOf(document.activeElement);
    box.querySelector("[data-claims-list]").replaceChildren(...body.claims.map((claim) => this.line(part, claim)));
    box.querySelectorAll("button")[focused]?.focus();
  }

  line(part, claim) {
    const select = () => this.select(part, claim);
    const button = make("button", { type: "button", class: "claim", click: select }, claim.words);
    return make("li", {}, button, " ", make("span", { class: "quiet" }, claim.label));
  }

  /** Opens the part and selects the words, as near to their place as they stand in what is written by now. */
  async select(part, { field: name, start, stop }) {
    await part.open({ focus: name });
    const control = part.form?.elements[name];
    if (!control) return;
    const field = control.matches("[data-markdown]") ? await editorOf(control) : null;
    const saved = part.value?.[name] ?? "";
    const from = fromCodePoints(saved, start);
    const words = saved.slice(from, fromCodePoints(saved, stop));
    const at = nearest(control.value, words, from);
    if (at < 0) return announce(gettext("These words do not stand there any more."));
    control.focus();
    if (field) field.focus({ anchor: at, head: at + words.length });
    else control.setSelectionRange(at, at + words.length);
  }
}

function showCount(box, count) {
  box.hidden = !count;
  const words = ngettext("%(count)s thing to check", "%(count)s things to check", count);
  const summary = box.querySelector("summary");
  if (summary.textContent !== words) summary.textContent = words;
}

/** The text field that takes the textarea's place; null where none comes. */
function editorOf(textarea) {
  const field = fieldOf(textarea);
  if (field) return field;
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      textarea.removeEventListener("desk:field", done);
      resolve(fieldOf(textarea) ?? null);
    };
    const timer = setTimeout(done, EDITOR_COMES_WITHIN);
    textarea.addEventListener("desk:field", done);
  });
}
