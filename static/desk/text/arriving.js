// Texts that come from outside while somebody writes: the server's, another tab's. They come in as small changes, which
// leave the caret, the undo history and the ranges in their places. A change that touches the line in which an input
// method is writing would corrupt what it writes: such a change waits until it is done.

import { ChangeSet, Transaction, ViewPlugin } from "../vendor/codemirror.js";
import { hunks } from "./hunks.js";

const A_LITTLE = 120; // milliseconds: browsers go on changing the text shortly after they say that a composition ended

const after = (text, changes) =>
  changes.reduceRight((whole, { from, to, insert }) => whole.slice(0, from) + insert + whole.slice(to), text);

export const isFromOutside = (transaction) => Boolean(transaction.annotation(Transaction.remote));

/** The extension. `whenLate()` is called when a change that had to wait has come in. */
export const arrivals = (whenLate) =>
  ViewPlugin.define((view) => new Arrivals(view, whenLate), {
    eventHandlers: {
      compositionstart() {
        this.begin();
      },
      compositionend() {
        this.end();
      },
    },
  });

class Arrivals {
  base = null; // the text without what is being composed, while there is such
  waiting = null; // a ChangeSet for the text as it stands

  constructor(view, whenLate) {
    Object.assign(this, { view, whenLate });
  }

  update({ changes, docChanged }) {
    if (docChanged && this.waiting) this.waiting = this.waiting.map(changes, this.isAbove);
  }

  begin() {
    clearTimeout(this.ending);
    this.base ??= this.view.state.sliceDoc();
  }

  end() {
    clearTimeout(this.ending);
    this.ending = setTimeout(() => (this.view.compositionStarted ? this.end() : this.settle()), A_LITTLE);
  }

  settle() {
    const { waiting } = this;
    Object.assign(this, { base: null, waiting: null });
    if (waiting && !waiting.empty && this.apply(waiting)) this.whenLate();
  }

  /** Changes what differs between `base` and `text`; what was written here since `base` stays. */
  receive(text, base = this.base ?? this.view.state.sliceDoc()) {
    const now = this.view.state.sliceDoc();
    const asSet = (changes) => ChangeSet.of(changes, base.length, "\n");
    const ours = asSet(hunks(base, now));
    const theirs = hunks(base, text);
    // Both may have added in one place: whole lines go above what is written here, anything else behind it.
    this.isAbove = theirs.some(({ from, to, insert }) => from === to && insert.endsWith("\n"));
    const late = theirs.filter((hunk) => this.base !== null && this.touchesLine(asSet(hunk).map(ours, this.isAbove)));
    const soon = theirs.filter((hunk) => !late.includes(hunk));
    const set = asSet(soon);
    if (this.base !== null) this.base = after(base, soon);
    this.waiting = null; // the newer text holds it, if it still holds
    this.apply(set.map(ours, this.isAbove));
    this.waiting = late.length ? asSet(late).map(set).map(ours.map(set, !this.isAbove), this.isAbove) : null;
  }

  touchesLine(changes) {
    const { doc, selection } = this.view.state;
    const line = doc.lineAt(selection.main.head);
    let touches = false;
    changes.iterChangedRanges((from, to) => (touches ||= from <= line.to && to >= line.from));
    return touches;
  }

  apply(changes) {
    if (changes.empty) return false;
    this.view.dispatch({ changes, annotations: [Transaction.addToHistory.of(false), Transaction.remote.of(true)] });
    return true;
  }

  destroy() {
    clearTimeout(this.ending);
  }
}
