// Whatever is written into a form of the desk is stored on this device until the server has saved it: an expired
// session, a lost connection or a closed tab lose nothing. Before a form is sent, the server is asked whether it would
// take it; what could not be sent is back in the form when its page is opened again.
//
// A form is known by the address that it is sent to, and by its data-draft where several of a page go to the same one.
// A script that sends a form by itself marks it with data-sent-here and keeps its text with a FormDraft of its own.
// What it held when it was opened (`version`, `token`) is stored with its text, so that nobody else's is written over.

import { LocalDrafts } from "./local-drafts.js";
import { button, freshId, make } from "./dom.js";
import { gettext } from "./i18n.js";
import { get } from "./server.js";

const { account, session, login } = document.getElementById("logout-form").dataset;
const PAUSE = 250; // milliseconds
const SENT = "fanguide:sent"; // the id of the form that was sent from this tab
const BASIS = ["version", "token"]; // what the text is based on
const NEVER_STORED = new Set(["csrfmiddlewaretoken", "draft", "change"]);
const CONTENT = document.getElementById("content");
const WRONG = ".errornote, .errorlist";
const OF_A_LIST = "#changelist-form, [data-of-a-list]"; // ticks belong to the rows that are shown now, and are no words
const WRITABLE = "textarea, select, input:not([type=hidden], [type=submit], [type=button], [type=password])";

const SECRET = "[type=password], [autocomplete=one-time-code]"; // a form with one is stored nowhere

let isLeaving = false; // by a form that is on its way, or by signing out

export const pathOf = (form) => new URL(form.getAttribute("action") ?? "", location.href).pathname;

/** The stored texts of the forms that are sent to the same address. */
export const draftsFor = (form) => LocalDrafts.ofForm(account, pathOf(form));

function encode(form) {
  const isStored = ([name, value]) => typeof value === "string" && !NEVER_STORED.has(name);
  return new URLSearchParams([...new FormData(form)].filter(isStored)).toString();
}

// What a person has written: scripts add and remove empty rows, and count them.
function written(encoded) {
  const isWritten = ([name, value]) => value && !BASIS.includes(name) && !name.endsWith("_FORMS");
  return new URLSearchParams([...new URLSearchParams(encoded)].filter(isWritten)).toString();
}

/** The text of one form. `isSentHere`: a script sends it and says when it is saved, by `remove`. */
export class FormDraft {
  constructor(form, { isSentHere = false } = {}) {
    Object.assign(this, { form, drafts: draftsFor(form), place: form.dataset.draft ?? "form" });
    this.opened = written(encode(form));
    const entry = this.drafts.get(this.place);
    this.id = entry?.id ?? crypto.randomUUID();
    const isAnswer = isSentHere ? form.querySelector(WRONG) : entry && sessionStorage.getItem(SENT) === entry.id && CONTENT.querySelector(WRONG);
    if ("draftUnsaved" in form.dataset || isAnswer) this.isUnsaved = true; // the page holds what was sent last, and what is wrong with it
    else if (entry) this.restore(entry);
    if (this.isUnsaved) this.store();
    sessionStorage.removeItem(SENT);
    form.addEventListener("input", () => this.storeSoon());
    form.addEventListener("change", () => this.storeSoon());
    if (!isSentHere) form.addEventListener("submit", (event) => this.onSubmit(event));
  }

  /** Whether it holds something that the server has not got. */
  get hasUnsaved() {
    return this.form.isConnected && !this.isGone && (this.isUnsaved || written(encode(this.form)) !== this.opened);
  }

  storeSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.store(), PAUSE);
  }

  store() {
    clearTimeout(this.timer);
    if (!this.form.isConnected || this.isGone) return;
    if (!this.hasUnsaved) this.drafts.remove(this.place);
    else if (!this.drafts.store(this.place, { fields: encode(this.form), id: this.id })) {
      this.say(gettext("This device cannot keep what you write here: send it before you leave the page."));
    }
  }

  remove() {
    this.isGone = true;
    clearTimeout(this.timer);
    this.drafts.remove(this.place);
  }

  restore({ fields, at }) {
    if (written(fields) === this.opened) return this.drafts.remove(this.place);
    put(this.form, new URLSearchParams(fields));
    this.form.closest("details")?.setAttribute("open", "");
    const discard = button(gettext("Discard it"), () => {
      this.remove();
      location.reload();
    });
    const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(at);
    this.say(gettext("What you wrote here (%(when)s) was not sent. It is back in the form.", { when }), discard);
  }

  async onSubmit(event) {
    if (event.defaultPrevented || this.isAllowed) return;
    event.preventDefault();
    if (this.isAsking) return;
    const { submitter } = event;
    this.isAsking = true;
    this.isUnsaved = true;
    this.store();
    const answer = await get(session);
    this.isAsking = false;
    const refusal = refusalOf(answer);
    if (refusal) return this.say(...refusal);
    hidden(this.form, "csrfmiddlewaretoken").value = answer.body.csrf;
    hidden(this.form, "draft").value = this.id;
    sessionStorage.setItem(SENT, this.id);
    isLeaving = true;
    this.isAllowed = true;
    this.form.requestSubmit(submitter);
    this.isAllowed = false;
  }

  /** Says something above the form, in place of what was said before. */
  say(sentence, ...more) {
    this.notice?.remove();
    this.notice = make("div", { class: "desk-note form-draft", role: "status" }, make("p", {}, sentence), ...more);
    this.form.prepend(this.notice);
    if (this.isUnsaved) this.notice.scrollIntoView({ block: "nearest" });
  }
}

// Why a form is not sent now: a sentence, and what helps. null where nothing is in the way.
function refusalOf({ status, body }) {
  if (status !== 200) return [gettext("There is no connection to the site. What you wrote is kept on this device: send it again in a moment.")];
  if (String(body.account) === account) return null;
  if (body.account) return [gettext("Another account has signed in here meanwhile, so nothing was sent. What you wrote is kept on this device.")];
  const link = make("a", { href: login, target: "_blank" }, gettext("Sign in in a new tab"));
  return [gettext("You are signed out, so nothing was sent. What you wrote is kept on this device. Sign in, then send it again."), link];
}

function hidden(form, name) {
  const found = form.querySelector(`input[type=hidden][name=${name}]`);
  if (found) return found;
  form.append(make("input", { type: "hidden", name }));
  return form.lastElementChild;
}

// Fills the form with what `encode` gave.
function put(form, fields) {
  const controls = [...form.elements].filter(({ name }) => name && !NEVER_STORED.has(name));
  const taken = {};
  for (const control of controls) {
    const values = fields.getAll(control.name);
    if (control.type === "file" || control.type === "submit") continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else if (control.multiple) for (const option of control.options) option.selected = values.includes(option.value);
    else {
      const place = (taken[control.name] = (taken[control.name] ?? -1) + 1);
      if (place >= values.length) continue;
      const isListed = control.tagName !== "SELECT" || [...control.options].some(({ value }) => value === values[place]);
      if (!isListed) control.add(new Option(values[place], values[place])); // long lists show a part of the choices
      control.value = values[place];
    }
    control.dispatchEvent(new Event("desk:filled", { bubbles: true }));
  }
  if (form.querySelector("[data-sources]")) putSources(form, fields);
}

async function putSources(form, fields) {
  const [{ setSources }, { sourcesIn }] = await Promise.all([import("../fields/sources.js"), import("../fields/part-form.js")]);
  setSources(form, sourcesIn(fields));
}

const isWatched = (form) =>
  form.getAttribute("method")?.toLowerCase() === "post" && form.querySelector(WRITABLE) && !form.querySelector(SECRET) && !form.matches(OF_A_LIST) && !form.closest("dialog, [data-desk]") && !("sentHere" in form.dataset);

const watched = [...CONTENT.querySelectorAll("form")].filter(isWatched).map((form) => new FormDraft(form));

window.addEventListener("beforeunload", (event) => {
  if (!isLeaving && watched.some((draft) => draft.hasUnsaved)) event.preventDefault();
});
window.addEventListener("pagehide", () => isLeaving || watched.forEach((draft) => draft.store()));
window.addEventListener("pageshow", () => (isLeaving = false)); // come back to from the browser's memory
document.addEventListener("submit", (event) => {
  if (event.target.id === "logout-form") isLeaving = !event.defaultPrevented;
});
