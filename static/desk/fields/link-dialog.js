// The dialog for a link in a text: its address, typed or found among our own articles and facts.

import { button, freshId, make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";
import { get } from "../shared/server.js";
import { isGoodAddress } from "../text/dialect.js";
import { linkDestination } from "./urls.js";

const PAUSE = 250; // milliseconds after the last key of a search
const HOST = /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+(:\d+)?([/?#]\S*)?$/u;
const MAIL = /^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/;

/** Asks for the link at the caret of a TextField, around its selection, or with words of its own. */
export function openLinkDialog(field) {
  new LinkDialog(field, field.link());
}

class LinkDialog {
  latest = 0;
  results = []; // of the words that stand in the search; empty while they are on their way

  constructor(field, { words, address, isLink }) {
    Object.assign(this, { field, words });
    this.address = make("input", { inputmode: "url", autocomplete: "off", spellcheck: "false", placeholder: "https://" });
    this.address.value = address;
    this.label = words ? null : make("input", { autocomplete: "off" });
    this.search = make("input", { type: "search", autocomplete: "off" });
    this.wrong = make("p", { class: "errorlist link-wrong", role: "alert" });
    this.status = make("p", { class: "help", role: "status" });
    this.list = make("ul", { class: "link-found" });
    const id = freshId("link");
    const form = make(
      "form",
      { class: "desk-form", novalidate: true, submit: (event) => this.submit(event) },
      make("h2", { id }, isLink ? gettext("Change the link") : gettext("Make a link")),
      row(gettext("Address"), this.address, this.wrong),
      ...(this.label ? [row(gettext("Words of the link"), this.label)] : []),
      row(gettext("Find an article or a fact of ours"), this.search, this.status, this.list),
      this.acts(isLink),
    );
    this.dialog = make("dialog", { class: "desk-dialog link-dialog", "aria-labelledby": id }, form);
    this.addListeners();
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.address.focus();
    this.address.select();
  }

  acts(isLink) {
    const submit = make("button", { class: "desk-button" }, isLink ? gettext("Change it") : gettext("Make the link"));
    const remove = button(gettext("Take the link off"), () => this.finish(() => this.field.run("link")));
    const close = button(gettext("Not now"), () => this.dialog.close());
    return make("div", { class: "desk-acts" }, submit, ...(isLink ? [remove] : []), close);
  }

  addListeners() {
    const { dialog, search, list } = this;
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.field.focus();
    });
    let pause;
    search.addEventListener("input", () => {
      clearTimeout(pause);
      this.latest += 1;
      this.results = [];
      pause = setTimeout(() => this.look(), PAUSE);
    });
    search.addEventListener("keydown", (event) => this.onSearchKey(event));
    list.addEventListener("keydown", (event) => this.onListKey(event));
  }

  onSearchKey(event) {
    if (event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault(); // Enter here does not mean the address above
    if (event.key === "Enter" && this.results.length) this.choose(this.results[0]);
    else this.list.querySelector("button")?.focus();
  }

  onListKey(event) {
    const buttons = [...this.list.querySelectorAll("button")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const wanted = buttons.indexOf(event.target) + step;
    (wanted < 0 ? this.search : buttons[Math.min(wanted, buttons.length - 1)]).focus();
  }

  async look() {
    const request = this.latest;
    const q = this.search.value.trim();
    const answer = q ? await get(`${this.field.textarea.dataset.links}?${new URLSearchParams({ q })}`) : null;
    if (request !== this.latest) return; // a later search is on its way
    this.results = answer?.body.found ?? [];
    this.status.textContent = answer ? statusOf(answer) : "";
    this.list.replaceChildren(...this.results.map((found) => this.line(found)));
  }

  line(found) {
    const { title, note } = found;
    const choose = () => this.choose(found);
    return make("li", {}, make("button", { type: "button", click: choose }, title, make("small", {}, note)));
  }

  choose({ url, words }) {
    this.use(url, this.words || this.label?.value.trim() || words);
  }

  submit(event) {
    event.preventDefault();
    const address = wholeAddress(this.address.value);
    if (!address) return this.refuse();
    this.use(linkDestination(address), this.words || this.label?.value.trim() || address);
  }

  refuse() {
    this.wrong.textContent = gettext("Write a whole web address, such as https://example.org/page.");
    this.address.setAttribute("aria-invalid", "true");
    this.address.focus();
  }

  use(address, words) {
    const label = this.words || words.replace(/[\\`*_[\]]/g, "\\$&");
    this.finish(() => this.field.run("setLink", { address, words: label }));
  }

  finish(act) {
    this.dialog.close();
    act();
  }
}

function row(words, control, ...below) {
  control.id = freshId("link");
  return make("div", { class: "desk-field" }, make("label", { for: control.id }, words), control, ...below);
}

function statusOf({ status, body }) {
  if (status !== 200) return body.sentence ?? gettext("The site cannot be reached just now. Try again when there is a connection.");
  const { length } = body.found;
  return length ? ngettext("%(count)s found", "%(count)s found", length) : gettext("Nothing of ours has all of these words.");
}

/** What was typed as an address that a link may have; "" when it is none. */
function wholeAddress(typed) {
  const text = typed.trim();
  if (HOST.test(text)) return `https://${text}`;
  if (MAIL.test(text)) return `mailto:${text}`;
  return isGoodAddress(text) && !/^https?:\/\/$/i.test(text) ? text : "";
}
