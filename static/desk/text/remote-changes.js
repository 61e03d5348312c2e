// Texts that come from outside while somebody writes: the server's, another tab's. They come in as small changes, which
// leave the caret, the undo history and the ranges in their places. A change that touches the line in which an input
// method is writing would corrupt what it writes: such a change waits until it is done.

import { ChangeSet, Transaction, ViewPlugin } from "../vendor/codemirror.js";
import { diff } from "./diff.js";

const SETTLE_DELAY = 120; // milliseconds: browsers go on changing the text shortly after they say that a composition ended

const applyHunks = (text, changes) =>
  changes.reduceRight((whole, { from, to, insert }) => whole.slice(0, from) + insert + whole.slice(to), text);

export const isRemote = (transaction) => Boolean(transaction.annotation(Transaction.remote));

/** The extension. `onDeferred()` is called when a change that had to wait has come in. */
export const remoteChanges = (onDeferred) =>
  ViewPlugin.define((view) => new RemoteChanges(view, onDeferred), {
    eventHandlers: {
      compositionstart() {
        this.begin();
      },
      compositionend() {
        this.end();
      },
    },
  });

class RemoteChanges {
  base = null; // the text without what is being composed, while there is such
  deferred = null; // a ChangeSet for the text as it stands

  constructor(view, onDeferred) {
    Object.assign(this, { view, onDeferred });
  }

  update({ changes, docChanged }) {
    if (docChanged && this.deferred) this.deferred = this.deferred.map(changes, this.isAbove);
  }

  begin() {
    clearTimeout(this.ending);
    this.base ??= this.view.state.sliceDoc();
  }

  end() {
    clearTimeout(this.ending);
    this.ending = setTimeout(() => (this.view.compositionStarted ? this.end() : this.applyDeferred()), SETTLE_DELAY);
  }

  applyDeferred() {
    const { deferred } = this;
    Object.assign(this, { base: null, deferred: null });
    if (deferred && !deferred.empty && this.apply(deferred)) this.onDeferred();
  }

  /** Changes what differs between `base` and `text`; what was written here since `base` stays. */
  receive(text, base = this.base ?? this.view.state.sliceDoc()) {
    const now = this.view.state.sliceDoc();
    const asSet = (changes) => ChangeSet.of(changes, base.length, "\n");
    const local = asSet(diff(base, now));
    const remote = diff(base, text);
    // Both may have added in one place: whole lines go above what is written here, anything else behind it.
    this.isAbove = remote.some(({ from, to, insert }) => from === to && insert.endsWith("\n"));
    const held = remote.filter(
      (hunk) => this.base !== null && this.touchesCursorLine(asSet(hunk).map(local, this.isAbove)),
    );
    const immediate = remote.filter((hunk) => !held.includes(hunk));
    const set = asSet(immediate);
    if (this.base !== null) this.base = applyHunks(base, immediate);
    this.deferred = null; // the newer text holds it, if it still holds
    this.apply(set.map(local, this.isAbove));
    this.deferred = held.length ? asSet(held).map(set).map(local.map(set, !this.isAbove), this.isAbove) : null;
  }

  touchesCursorLine(changes) {
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
