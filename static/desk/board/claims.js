// What can be checked of a part, listed below its heading with how far it is proved: each line leads to its words in the
// text field, and is bound to its source, ticked, set aside or taken back by its buttons, or by a letter while the focus
// is in the list. The counts come with the page and then with the checklist; a list is fetched when it is opened, and again
// after each save.

import { announce } from "../shared/announce.js";
import { fromCodePoints, nearest } from "../shared/code-points.js";
import { freshId, make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";
import { get, post } from "../shared/server.js";
import { fieldOf } from "../text/load-field.js";

const EDITOR_COMES_WITHIN = 3000; // milliseconds; without a connection the textarea stays

const boxOf = (part) => part.root.querySelector(":scope > [data-claims]");

export class Claims {
  constructor(desk) {
    this.desk = desk;
    const onToggle = ({ target }) => target.open && target.matches("[data-claims]") && this.fill(this.partOf(target));
    desk.root.addEventListener("toggle", onToggle, { capture: true }); // it does not bubble
    desk.root.addEventListener("keydown", (event) => event.target.closest("[data-claims-list]") && onKey(event));
    for (const box of desk.root.querySelectorAll("[data-claims][open]")) this.fill(this.partOf(box)); // before this came
  }

  partOf(element) {
    return this.desk.parts.get(element.closest("[data-part]").dataset.part);
  }

  /** `counts` and `checked` by place: parts without any are not named. */
  update(counts, checked = {}) {
    for (const part of this.desk.parts.values()) {
      const box = boxOf(part);
      if (!box) continue;
      showCount(box, counts[part.place] ?? 0, checked[part.place] ?? 0);
      if (box.open) this.fill(part);
    }
  }

  async fill(part) {
    const box = boxOf(part);
    const { status, body } = await get(`${this.desk.base}claims/?place=${encodeURIComponent(part.place)}`);
    if (status !== 200 || box.querySelector(".claim-form")) return; // the link to the whole list stays, and what is typed
    this.show(part, body);
  }

  /** The list, in which the focus stays on the same claim. */
  show(part, { claims, may }) {
    const box = boxOf(part);
    showCount(box, claims.length, claims.filter(({ settled }) => settled).length);
    const list = box.querySelector("[data-claims-list]");
    const focused = document.activeElement?.closest?.("[data-claim]")?.dataset.claim;
    const proposed = claims.filter(({ state }) => state === "proposed").length;
    const all = may && proposed > 1 ? [this.bindAll(part, proposed)] : [];
    list.replaceChildren(...all, ...claims.map((claim) => this.line(part, claim, may)));
    if (focused) list.querySelector(`[data-claim="${CSS.escape(focused)}"] .claim`)?.focus();
  }

  bindAll(part, count) {
    const words = gettext("Bind all that stand in the sources: %(count)s", { count });
    return make("li", {}, button(words, () => this.act(part, { act: "bind_all" })));
  }

  line(part, claim, may) {
    const words = make("button", { type: "button", class: "claim", click: () => this.select(part, claim) }, claim.words);
    const state = make("span", { class: `claim-state is-${claim.state}` }, claim.state_label);
    const line = make("li", { "data-claim": claim.identity }, words, make("span", { class: "quiet" }, claim.label), state);
    if (may) line.append(...this.buttons(part, claim, line));
    if (claim.sentence) line.append(make("span", { class: "claim-says quiet" }, claim.sentence, ...quoted(claim)));
    return line;
  }

  buttons(part, claim, line) {
    const given = { claim: claim.identity };
    const named = (name, letter, words, click) => {
      const made = button(words, click);
      made.dataset.key = letter;
      made.setAttribute("aria-keyshortcuts", letter);
      made.setAttribute("aria-label", `${words}: ${claim.words}`);
      made.dataset.act = name;
      return made;
    };
    if (claim.act) {
      return [named("take_back", "z", gettext("Take back"), () => this.act(part, { act: "take_back", row: claim.act }, line))];
    }
    const bind = () => this.act(part, { act: "bind", ...given }, line);
    const ask = (act) => () => this.ask(part, { act, ...given }, line);
    return [
      ...(claim.state === "proposed" ? [named("bind", "b", gettext("Bind"), bind)] : []),
      named("tick", "t", gettext("Tick …"), ask("tick")),
      named("set_aside", "s", gettext("Set aside …"), ask("set_aside")),
      this.more(part, claim),
    ];
  }

  more(part, claim) {
    const query = new URLSearchParams({ place: part.place, claim: claim.identity });
    const label = `${gettext("Other words …")}: ${claim.words}`;
    const url = `${this.desk.base}claims/one/?${query}`;
    return make("a", { href: url, class: "claim-act", "aria-label": label }, gettext("Other words …"));
  }

  /** Asks for the remark that the act wants, in the line. */
  ask(part, given, line) {
    line.querySelector(".claim-form")?.remove();
    const id = freshId("remark");
    const field = make("input", { id, type: "text", autocomplete: "off" });
    const label = given.act === "tick" ? gettext("How did you check it?") : gettext("Why has nobody to prove it?");
    const send = () => this.act(part, { ...given, remark: field.value }, line);
    const form = make("span", { class: "claim-form" }, make("label", { for: id }, label), field, button(gettext("Save"), send));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") send();
      else if (event.key === "Escape") close(form, line);
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    line.append(form);
    field.focus();
  }

  /** Sends an act; the focus goes on to the next claim, as one works down the list, and stays where one goes back. */
  async act(part, given, line) {
    const following = given.act === "take_back" ? undefined : line?.nextElementSibling?.dataset.claim;
    const next = following ?? line?.dataset.claim;
    const fields = new URLSearchParams({ place: part.place, ...given });
    const { status, body } = await post(`${this.desk.base}claims/act/`, fields);
    if (status !== 200) return announce(body.sentence ?? gettext("There was no answer: try it again."));
    this.show(part, body);
    const list = boxOf(part).querySelector("[data-claims-list]");
    const at = next ? `[data-claim="${CSS.escape(next)}"] .claim` : ".claim";
    list.querySelector(at)?.focus();
    announce(body.sentence);
    this.desk.checklist?.refreshSoon();
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

const button = (words, click) => make("button", { type: "button", class: "claim-act", click }, words);
const quoted = ({ quoted: words, source }) => [
  ...(words ? [" ", make("q", {}, words)] : []),
  ...(source ? [" ", make("cite", {}, source)] : []),
];

function close(form, line) {
  form.remove();
  line.querySelector(".claim").focus();
}

// Up and down go from claim to claim; a letter presses the button of the line that has it. In a field they are letters.
function onKey(event) {
  const line = event.target.closest("[data-claim]");
  if (!line || event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const target = step ? line[step]?.querySelector(".claim") : line.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  if (step) target.focus();
  else target.click();
}

function showCount(box, count, done) {
  box.hidden = !count;
  const things = ngettext("%(count)s thing to check", "%(count)s things to check", count);
  const words = done ? gettext("%(things)s, %(done)s done", { things, done }) : things;
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
