// Threads of comments beside the parts that they are about, on the board and on any page with places:
//
//   const threads = new Threads({ base, account, hostOf, send, beforeSending, onShown, onCurrent, textOf });
//   await threads.refresh();
//   await threads.restoreComposers();
//
//   base            the address of the article's pages, with a slash
//   account         the user name of the person who reads: what they write themselves is no news
//   hostOf(place)   the element beside whose words the threads of a place stand ("" for the whole article and for what is
//                   gone); undefined for a place that the page does not show
//   send(url, fields)             as `post` of shared/server.js, which it is by default
//   beforeSending({ place, act }) a promise: true when what is written of that part is saved
//   onShown(threads), onCurrent(thread), onEntered(thread)   when they have come, when one is the one in question, on Enter
//   onDone(answer)                what the server says after an act: `change` when a suggestion was taken
//   textOf(place, field)          what stands in a field now (or a promise of it), for a suggestion on all of it
//
// The server draws each thread (templates/desk/review/_thread.html); its forms work by themselves on the plain page.

import { Composer } from "./composer.js";
import { sendForm } from "./sending.js";
import { setUpMentions } from "./mentions.js";
import { announce } from "../shared/announce.js";
import { make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";
import { get, post } from "../shared/server.js";
import { isSingleKey } from "../shared/shortcuts.js";

const ACTS = { t: "form[data-act=take]", d: ".thread-acts form[data-act=decline]", e: "form[data-act=resolve]" };

export class Threads {
  list = [];
  people = [];
  stamp = null; // of what was fetched last
  boxes = new Map(); // by place
  lines = new Map(); // by id: { html, line }
  composers = new Map(); // by place
  kept = new Set(); // the texts of forms, on this device

  constructor(options) {
    Object.assign(this, { send: post, beforeSending: async () => true, onShown() {}, onCurrent() {}, onDone() {}, onEntered() {}, textOf: () => "", ...options });
    this.url = `${this.base}comments/`;
    this.drafts = import("../shared/form-drafts.js"); // it is on the page already
    window.addEventListener("pagehide", () => this.kept.forEach((draft) => draft.store()));
  }

  /** Whether they came. */
  refresh() {
    return (this.refreshing ??= this.fetch().finally(() => (this.refreshing = null)));
  }

  async fetch() {
    const { status, body } = await get(this.url);
    if (status !== 200) return false;
    const isFirst = this.stamp === null;
    const known = new Map(this.list.map((thread) => [thread.id, thread]));
    Object.assign(this, { list: body.threads, people: body.people, stamp: body.stamp });
    this.show();
    if (!isFirst) this.tellOfNews(this.list.filter((thread) => thread.last_by !== this.account && (known.get(thread.id)?.answers ?? -1) < thread.answers));
    return true;
  }

  tellOfNews(news) {
    if (!news.length) return;
    const [first] = news;
    const text = [...this.lines.get(first.id).line.querySelectorAll(".remark")].at(-1).textContent.replace(/\s+/g, " ");
    if (news.length > 1) announce(ngettext("%(count)s new comment", "%(count)s new comments", news.length));
    else announce(gettext("New comment: %(words)s", { words: text.slice(0, 200) }));
  }

  // --- what is shown -----------------------------------------------------------------------------------------------

  /** Puts each thread beside its part as the page stands now. */
  show() {
    const places = groupBy(this.list, (thread) => this.shownAt(thread));
    for (const place of [...this.boxes.keys()]) if (!places.has(place) && !this.composers.has(place)) this.removeBox(place);
    for (const [place, threads] of places) {
      const box = this.boxOf(place);
      if (!box) continue;
      fill(box.open, threads.filter(({ open }) => open).map((thread) => this.lineOf(thread)));
      const resolved = threads.filter(({ open }) => !open).map((thread) => this.lineOf(thread));
      fill(box.resolved, resolved);
      box.more.hidden = !resolved.length;
      box.summary.textContent = ngettext("%(count)s resolved", "%(count)s resolved", resolved.length);
    }
    const ids = new Set(this.list.map(({ id }) => id));
    for (const id of [...this.lines.keys()]) if (!ids.has(id)) this.lines.delete(id);
    this.onShown(this.list);
  }

  shownAt({ place }) {
    return this.hostOf(place) ? place : "";
  }

  /** The box of a place in its host, made if need be; undefined where the page has no room for it. */
  boxOf(place) {
    const host = this.hostOf(place);
    if (!host) return undefined;
    const found = this.boxes.get(place);
    // Behind all that belongs to the part, such as a form that was made later; but nobody's focus is moved.
    if (found && (found.root === host.lastElementChild || found.root.contains(document.activeElement))) return found;
    const box = found ?? this.makeBox(place);
    host.append(box.root);
    host.classList.add("has-threads");
    this.boxes.set(place, box);
    return box;
  }

  makeBox(place) {
    const open = make("ol", { class: "threads" });
    const resolved = make("ol", { class: "threads" });
    const summary = make("summary");
    const more = make("details", { class: "threads-resolved", hidden: true }, summary, resolved);
    const root = make("div", { class: "threads-beside", role: "group", "data-threads": place, "aria-label": gettext("Comments") }, open, more);
    root.addEventListener("submit", (event) => this.onSubmit(event));
    root.addEventListener("keydown", (event) => this.onKeydown(event));
    root.addEventListener("focusin", ({ target }) => this.onFocus(target));
    root.addEventListener("click", ({ target }) => this.onFocus(target));
    return { root, open, resolved, more, summary };
  }

  removeBox(place) {
    const { root } = this.boxes.get(place);
    root.parentElement?.classList.remove("has-threads");
    root.remove();
    this.boxes.delete(place);
  }

  /** The thread's element: the one that is there while it is the same, with what is being written in it. */
  lineOf({ id, html }) {
    const known = this.lines.get(id);
    if (known?.html === html) return known.line;
    const holder = document.createElement("template");
    holder.innerHTML = html; // drawn by the server, words escaped
    const line = holder.content.firstElementChild;
    this.lines.set(id, { html, line });
    for (const form of line.querySelectorAll("form[data-act]:has(textarea)")) this.keepOnDevice(form);
    for (const field of line.querySelectorAll("[data-mentions]")) setUpMentions(field, () => this.people);
    if (known) takeOver(known.line, line);
    return line;
  }

  async keepOnDevice(form) {
    const { FormDraft, draftsFor } = await this.drafts;
    const keep = () => this.kept.add((form.draft ??= new FormDraft(form, { isSentHere: true })));
    if (draftsFor(form).get(form.dataset.draft ?? "form")) keep();
    else form.addEventListener("focusin", keep, { once: true });
  }

  // --- the focus ---------------------------------------------------------------------------------------------------

  /** Goes to a thread, as to a link's target. */
  focus(id) {
    const line = this.lines.get(id)?.line;
    if (!line?.isConnected) return;
    const around = line.closest("details.threads-resolved");
    if (around) around.open = true;
    line.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  }

  onFocus(target) {
    const line = target.closest("[data-thread]");
    if (line) this.setCurrent(Number(line.dataset.thread));
  }

  /** Marks a thread as the one in question, without taking the focus to it. */
  setCurrent(id) {
    if (this.current === id) return;
    this.current = id;
    for (const [each, { line }] of this.lines) line.classList.toggle("is-current", each === id);
    this.onCurrent(this.list.find((thread) => thread.id === id));
  }

  onKeydown(event) {
    const line = event.target.closest("[data-thread]");
    const key = event.key.toLowerCase();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if (event.target === line && event.key === "Enter") {
      event.preventDefault();
      this.onEntered(this.list.find(({ id }) => id === Number(line.dataset.thread)));
    } else if (line && isSingleKey(event) && (key === "r" || ACTS[key])) {
      event.preventDefault();
      event.stopPropagation();
      if (key === "r") openReply(line);
      else line.querySelector(ACTS[key])?.requestSubmit();
    }
  }

  // --- what is sent ------------------------------------------------------------------------------------------------

  async onSubmit(event) {
    const form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    const id = Number(form.closest("[data-thread]").dataset.thread);
    const { place } = this.list.find((thread) => thread.id === id);
    const answer = await sendForm(form, { threads: this, place });
    if (!answer) return;
    announce(answer.sentence);
    this.onDone(answer);
    await this.refresh();
    this.focus(id);
  }

  // --- a new one ---------------------------------------------------------------------------------------------------

  /** Opens the form of a new comment: words: { field, quoted, start } or empty; `suggests`: other words are asked for. */
  compose(place, words = {}, { isFocused = true } = {}) {
    const box = this.boxOf(this.hostOf(place) ? place : "");
    if (!box) return null;
    this.composers.get(place)?.close();
    const composer = new Composer(this, place, words);
    this.composers.set(place, composer);
    box.root.prepend(composer.form);
    if (isFocused) composer.focus();
    return composer;
  }

  onComposed(composer) {
    this.composers.delete(composer.place);
    const box = this.boxes.get(composer.place);
    if (box && !box.root.querySelector("[data-thread]")) this.removeBox(composer.place);
  }

  /** Forms that were being written when this page was left. */
  async restoreComposers() {
    const { draftsFor } = await this.drafts;
    for (const [name, { fields }] of draftsFor(make("form", { action: this.url })).all()) {
      const { place, field, quoted, start } = Object.fromEntries(new URLSearchParams(fields));
      if (name !== "form" && this.hostOf(place)) this.compose(place, { field, quoted, start }, { isFocused: false });
    }
  }
}

function groupBy(list, keyOf) {
  const groups = new Map();
  for (const item of list) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

// Replaces the children only where they differ: what has the focus keeps it.
function fill(list, lines) {
  for (const old of [...list.children]) if (!lines.includes(old)) old.remove();
  lines.forEach((line, at) => list.children[at] === line || list.insertBefore(line, list.children[at] ?? null));
}

function openReply(line) {
  const reply = line.querySelector(".thread-reply");
  if (!reply) return;
  reply.open = true;
  reply.querySelector("textarea").focus();
}

// A form in which something is written goes over to the thread as it came anew, with the caret.
function takeOver(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  for (const form of fresh.querySelectorAll("form")) {
    const before = [...old.querySelectorAll("form")].find(({ action }) => action === form.action);
    const isInUse = before && [...before.querySelectorAll("textarea")].some((field) => field.value || field === focused);
    if (!isInUse) continue;
    form.replaceWith(before);
    before.closest("details")?.setAttribute("open", "");
  }
  fresh.classList.toggle("is-current", old.classList.contains("is-current"));
  old.replaceWith(fresh);
  if (focused) (fresh.contains(focused) ? focused : fresh).focus({ preventScroll: true });
}
