// Comments on the writer's board: beside their part, their words marked in its text field and in the closed part.

import { Threads } from "./threads.js";
import { highlight } from "./highlight.js";
import { fieldOf } from "../text/load-field.js";
import { fromCodePoints, nearest, toCodePoints } from "../shared/code-points.js";
import { make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const FIELDS = "heading safe_heading body question answer introduction conclusion conclusion_heading title dek".split(" ");
const NEW = "comment:new"; // the words of a comment that is being written
const idOf = (thread) => `comment:${thread.id}`;

export class BoardComments {
  static async start(desk, { wasEmpty }) {
    const comments = new BoardComments(desk);
    if (wasEmpty) comments.threads.stamp = "";
    await comments.threads.refresh();
    await comments.threads.restoreComposers();
    return comments;
  }

  constructor(desk) {
    this.desk = desk;
    this.change = desk.sync.change;
    this.threads = new Threads({
      base: desk.base,
      account: desk.root.dataset.accountName,
      hostOf: (place) => (place ? desk.parts.get(place)?.root : this.wholeArticle),
      send: (url, fields) => desk.sync.send(url, fields),
      beforeSending: (sending) => this.saveBefore(sending),
      onShown: (threads) => this.onShown(threads),
      onDone: ({ change }) => change && desk.sync.refresh(),
      onEntered: (thread) => this.goToWords(thread),
      onCurrent: (thread) => this.mark(thread),
      textOf: (place, name) => this.textOf(desk.parts.get(place), name),
    });
    const { root } = desk;
    root.addEventListener("desk:field", () => this.mark());
    root.addEventListener("desk:select", ({ detail }) => this.onCaret(detail));
    root.addEventListener("desk:ranges", ({ detail }) => this.onRanges(detail));
    const parts = root.querySelector(".desk-parts");
    const observer = new MutationObserver((changes) => this.onPartsChanged(changes.map(({ target }) => target)));
    observer.observe(parts, { subtree: true, attributeFilter: ["class"] });
  }

  /** What is about the whole article, or about parts that are gone, stands below the checklist. */
  get wholeArticle() {
    this.whole ??= make("section", { class: "threads-whole" }, make("h2", {}, gettext("Comments on the whole article")));
    if (!this.whole.isConnected) this.desk.root.querySelector(".desk-side").append(this.whole);
    this.whole.hidden = false;
    return this.whole;
  }

  /** `stamp` is what the server says of all comments; they are fetched when it, or the text, is another one. */
  onPulse(stamp) {
    const { change } = this.desk.sync;
    if (stamp === (this.threads.stamp ?? "") && change === this.change) return;
    this.change = change;
    this.threads.refresh();
  }

  /** What is written of the part is saved first: the words have to stand in it, and a suggestion has to fit. */
  async saveBefore({ place, act }) {
    const part = this.desk.parts.get(place);
    if (["reply", "resolve", "decline"].includes(act)) return true;
    if (part?.isUnsaved) await part.save();
    return !part?.isUnsaved;
  }

  /** Parts were opened or closed: the threads stand behind the form, and the words are marked where they show now. */
  onPartsChanged(elements) {
    const places = elements.map(({ dataset }) => dataset.part).filter((place) => this.threads.boxes.has(place));
    if (!places.length) return;
    places.forEach((place) => this.threads.boxOf(place));
    this.mark();
  }

  onShown(threads) {
    const open = threads.filter((thread) => thread.open);
    for (const part of this.desk.parts.values()) {
      const count = open.filter(({ place }) => place === part.place).length;
      if (part.comments === count) continue;
      part.comments = count;
      part.updateLine();
    }
    // The number in the header came with the page; the rest of it may be newer by now, too.
    if (this.openBefore !== undefined && this.openBefore !== open.length) {
      import("../board/plain-pages.js").then(({ refreshHeader }) => refreshHeader(this.desk)).catch(() => {});
    }
    this.openBefore = open.length;
    this.mark();
  }

  // --- the words -----------------------------------------------------------------------------------------------------

  textOf(part, name) {
    const control = part?.form?.elements[name];
    return control?.value ?? part?.value?.[name] ?? "";
  }

  /** Marks the words of the open threads where their parts are on the page. */
  mark(current = this.threads.list.find(({ id }) => id === this.threads.current)) {
    const open = this.threads.list.filter((thread) => thread.open && thread.quoted);
    for (const part of this.desk.parts.values()) {
      for (const textarea of part.form?.querySelectorAll("textarea[data-markdown]") ?? []) {
        const field = fieldOf(textarea);
        const isHere = ({ place, field: name }) => place === part.place && name === textarea.name;
        if (field) markField(field, part.value?.[textarea.name] ?? "", open.filter(isHere), current);
      }
    }
    highlight(open.filter(({ start }) => start !== null).map((thread) => [this.desk.parts.get(thread.place), thread]));
  }

  onCaret({ ranges }) {
    const id = ranges.map((each) => Number(/^comment:(\d+)$/.exec(each)?.[1])).find(Boolean);
    if (!id || id === this.threads.current) return;
    this.threads.setCurrent(id);
    this.threads.lines.get(id)?.line.scrollIntoView({ block: "nearest" });
  }

  /** From a thread to its words: opens the part and selects them. */
  async goToWords(thread) {
    const part = this.desk.parts.get(thread.place);
    if (!part) return;
    await part.open({ focus: thread.field });
    const field = fieldOf(part.form?.elements[thread.field]);
    const range = field?.ranges().find(({ id, isGone }) => id === idOf(thread) && !isGone);
    if (range) field.focus({ anchor: range.from, head: range.to });
  }

  /** Words that were deleted are said to be gone at once, before the server knows. */
  onRanges({ gone, back }) {
    const tell = (ids, isGone) => {
      for (const id of ids) this.threads.lines.get(Number(id.split(":")[1]))?.line.classList.toggle("is-gone-here", isGone);
    };
    tell(gone, true);
    tell(back, false);
  }

  // --- a new comment ---------------------------------------------------------------------------------------------------

  /** On the words that are selected where `target` is, on its part, or on the whole article. */
  composeAt(target) {
    const part = this.desk.parts.get(target.closest("[data-part]")?.dataset.part);
    if (!part) return this.threads.compose("");
    if (part.isNew) return this.desk.status.notify("note", gettext("Save this part first: nobody else can see it yet."));
    const control = controlOf(target);
    const field = control && fieldOf(control);
    const thread = field && this.threadAt(field);
    if (thread) return this.threads.focus(thread);
    const words = control && FIELDS.includes(control.name) ? wordsOf(control) : selectedIn(part);
    const composer = this.threads.compose(part.place, words);
    if (field && words.quoted) this.followWords(composer, field, control);
    composer.onDiscarded = () => (field ?? control ?? part.root.querySelector("[data-open]"))?.focus();
    return composer;
  }

  /** The thread at the caret, where nothing is selected. */
  threadAt(field) {
    const { from, to } = field.selection;
    if (from !== to) return null;
    const found = field.ranges().find((range) => range.from <= from && range.to >= from && /^comment:\d/.test(range.id));
    return found && Number(found.id.split(":")[1]);
  }

  /** Marks the words while the comment is written, so that they are known after edits around them. */
  followWords(composer, field, control) {
    const { from, to } = field.selection;
    field.addRange(NEW, from, to, "comment");
    composer.startNow = () => {
      const range = field.ranges().find(({ id }) => id === NEW);
      return range && !range.isGone ? toCodePoints(control.value, range.from) : undefined;
    };
    composer.onClosed = () => field.removeRanges(NEW);
  }
}

// The field in which, or beside which, something was pressed.
function controlOf(target) {
  const host = target.closest("[data-text-field]");
  if (host) return host.previousElementSibling;
  return target.matches("textarea, input:not([type=checkbox])") ? target : null;
}

function wordsOf(control) {
  const { name, selectionStart: from, selectionEnd: to, value } = control;
  if (from === to) return { field: name };
  return { field: name, quoted: value.slice(from, to), start: toCodePoints(value, from) };
}

/** Words that are selected in the closed part: the server looks for them in its texts. */
function selectedIn(part) {
  const selection = getSelection();
  const isHere = !selection.isCollapsed && part.root.contains(selection.anchorNode) && part.root.contains(selection.focusNode);
  return isHere ? { quoted: selection.toString().trim() } : {};
}

/** `saved` is the text that the server's offsets count in. What is marked already follows by itself. */
function markField(field, saved, threads, current) {
  const there = new Map(field.ranges().map((range) => [range.id, range]));
  const wanted = new Set(threads.map(idOf));
  const old = [...there.keys()].filter((id) => /^comment:\d/.test(id) && !wanted.has(id));
  if (old.length) field.removeRanges(...old);
  const ranges = threads.map((thread) => rangeOf(field.text, saved, thread, there.get(idOf(thread)), current));
  const isNew = (range) => range && there.get(range.id)?.className !== range.className;
  const isBack = (range) => range && there.get(range.id)?.isGone && range.from >= 0;
  const fresh = ranges.filter((range) => isNew(range) || isBack(range));
  if (fresh.length) field.addRanges(fresh);
}

function rangeOf(text, saved, thread, there, current) {
  const className = `${thread.suggests ? "suggestion" : "comment"}${thread.id === current?.id ? " current" : ""}`;
  if (there && !there.isGone) return { ...there, className };
  if (thread.start === null) return null;
  const from = fromCodePoints(saved, thread.start);
  const words = saved.slice(from, fromCodePoints(saved, thread.stop));
  const at = nearest(text, words, from);
  return at < 0 ? null : { id: idOf(thread), from: at, to: at + words.length, className };
}
