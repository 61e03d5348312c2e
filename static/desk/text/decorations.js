// Shows Markdown as it will stand while it is written. The marks stay in the text and are only covered: where the caret
// comes to one, it shows, and nothing here ever changes a text.

import { Decoration, EditorView, StateEffect, ViewPlugin, syntaxTree } from "../vendor/codemirror.js";
import { addressOf, isGoodAddress } from "./dialect.js";
import { splitLine } from "./lines.js";
import { findAttribution, isEmptyAttribution } from "./quotations.js";
import { Pictures, bullet, ghostName, ghostWords } from "./widgets.js";

const markOf = (name) => Decoration.mark({ class: name });
const SIGN = markOf("sign");
const HIDDEN = Decoration.replace({});
const BULLET = Decoration.replace({ widget: bullet });
const [GHOST_WORDS, GHOST_NAME] = [ghostWords, ghostName].map((widget) => Decoration.widget({ widget, side: 1 }));
const MARKS = Object.fromEntries(
  ["attribution-sign", "bold", "code", "italic", "missing", "number", "quote-sign", "struck"].map((name) => [
    name,
    markOf(name),
  ]),
);
const LINES = Object.fromEntries(
  ["attribution", "code-line", "heading", "item", "item deep", "quotation", "quotation open", "rule", "table-line"].map(
    (name) => [name, Decoration.line({ class: name })],
  ),
);
const redraw = StateEffect.define();

/** The extension. `picture(address)` finds what an image shows: see Pictures. */
export const markdownDecorations = (picture) =>
  ViewPlugin.define((view) => new MarkdownDecorations(view, picture), {
    decorations: (plugin) => plugin.decorations,
    eventHandlers: {
      // What opens under a moving pointer would move away from it.
      mousedown() {
        this.isPointerDown = true;
        window.addEventListener("mouseup", () => this.onPointerUp(), { once: true });
      },
    },
  });

class MarkdownDecorations {
  isPointerDown = false;
  isOutdated = false;

  constructor(view, picture) {
    this.view = view;
    this.pictures = new Pictures(picture, () => this.redraw());
    this.decorations = new Builder(view, this.pictures).build();
  }

  update(update) {
    const { view, docChanged, viewportChanged, selectionSet, focusChanged, startState, state, transactions } = update;
    const isRequested = transactions.some(({ effects }) => effects.some((effect) => effect.is(redraw)));
    const isReparsed = syntaxTree(startState) !== syntaxTree(state);
    if (docChanged || viewportChanged || selectionSet || focusChanged || isRequested || isReparsed)
      this.isOutdated = true;
    if (docChanged) this.decorations = this.decorations.map(update.changes);
    // What an input method writes is drawn when it is done, so that nothing jumps beside its window.
    if (!this.isOutdated || view.compositionStarted || (this.isPointerDown && !docChanged)) return;
    this.decorations = new Builder(view, this.pictures).build();
    this.isOutdated = false;
  }

  onPointerUp() {
    this.isPointerDown = false;
    if (this.isOutdated) this.redraw();
  }

  redraw() {
    if (this.view.dom.isConnected) this.view.dispatch({ effects: redraw.of(null) });
  }

  destroy() {
    this.redraw = () => {};
  }
}

// The decorations of what can be seen now.
class Builder {
  found = [];

  constructor(view, pictures) {
    Object.assign(this, { view, pictures, state: view.state, doc: view.state.doc });
    this.selections = view.hasFocus ? view.state.selection.ranges : [];
  }

  build() {
    for (const { from, to } of this.view.visibleRanges) {
      this.visible = { from, to };
      syntaxTree(this.state).iterate({ from, to, enter: (found) => RULES[found.name]?.(this, found.node) });
    }
    return Decoration.set(this.found, true);
  }

  add(mark, from, to = from) {
    this.found.push(mark.range(from, to));
  }

  /** Whether the caret is at it, so that its marks show. */
  isRevealed({ from, to }) {
    return this.selections.some((range) => range.from <= to && range.to >= from);
  }

  isLineRevealed({ from, to }) {
    return this.isRevealed({ from: this.doc.lineAt(from).from, to: this.doc.lineAt(to).to });
  }

  /** Covers signs, or shows them quietly. A line break is never covered. */
  hideSign(from, to, isRevealed) {
    if (from < to) this.add(isRevealed || this.state.sliceDoc(from, to).includes("\n") ? SIGN : HIDDEN, from, to);
  }

  lines(name, { from, to }, isFirstOnly = false) {
    const end = Math.min(to, isFirstOnly ? from : this.visible.to);
    for (
      let line = this.doc.lineAt(Math.max(from, isFirstOnly ? from : this.visible.from));
      ;
      line = this.doc.line(line.number + 1)
    ) {
      this.add(LINES[name], line.from);
      if (line.to >= end) return;
    }
  }
}

// --- how each part of a text is drawn ------------------------------------------------------------------------------------

const inlineRule = (name) => (builder, node) => {
  const [open, close] = [node.firstChild, node.lastChild];
  const isRevealed = builder.isRevealed(node);
  builder.add(MARKS[name], open.to, Math.max(open.to, close.from) || open.to);
  builder.hideSign(open.from, open.to, isRevealed);
  builder.hideSign(close.from, close.to, isRevealed);
};

function heading(builder, node) {
  const isRevealed = builder.isLineRevealed(node);
  builder.lines("heading", node);
  for (const mark of node.getChildren("HeaderMark")) {
    const { from, to, text } = builder.doc.lineAt(mark.from);
    const behind = mark.from > node.from ? 0 : /^\s*/.exec(text.slice(mark.to - from))[0].length;
    builder.hideSign(mark.from, Math.min(mark.to + behind, to), isRevealed);
  }
}

function quotation(builder, node) {
  builder.lines(builder.isLineRevealed(node) ? "quotation open" : "quotation", node);
  const name = findAttribution(builder.state, node);
  if (!name) return;
  builder.add(LINES.attribution, name.line.from);
  if (name.from < name.to) builder.add(MARKS["attribution-sign"], name.from, name.to);
  if (isEmptyAttribution(name.line)) builder.add(GHOST_NAME, name.line.to);
  const first = builder.doc.lineAt(node.from);
  if (first.number === name.line.number - 1 && !splitLine(first).words.trim()) builder.add(GHOST_WORDS, first.to);
}

function item(builder, node) {
  const mark = node.getChild("ListMark");
  if (!mark) return;
  const { from, to, text } = builder.doc.lineAt(mark.from);
  const end = Math.min(to, mark.to + /^\s*/.exec(text.slice(mark.to - from))[0].length);
  const isDeep = node.parent.parent?.name === "ListItem";
  if (!text.slice(0, mark.from - from).trim()) builder.lines(isDeep ? "item deep" : "item", node, true);
  if (node.parent.name === "OrderedList") builder.add(MARKS.number, mark.from, mark.to);
  else if (!builder.isRevealed({ from: mark.from, to: Math.max(mark.from, end - 1) }))
    builder.add(BULLET, mark.from, end);
}

function link(builder, node) {
  const address = addressOf(builder.state, node);
  if (!isGoodAddress(address)) return;
  const [open, close] = node.getChildren("LinkMark");
  const isRevealed = builder.isRevealed(node);
  if (open.to < close.from) {
    builder.add(Decoration.mark({ class: "link", attributes: { title: address } }), open.to, close.from);
    builder.hideSign(open.from, open.to, isRevealed);
    builder.hideSign(close.from, node.to, isRevealed);
  }
}

function autolink(builder, node) {
  const url = node.getChild("URL");
  const isRevealed = builder.isRevealed(node);
  const address = url ? builder.state.sliceDoc(url.from, url.to) : "";
  if (!isGoodAddress(address) && !/^[^:]+@/.test(address)) return;
  builder.add(Decoration.mark({ class: "link" }), url.from, url.to);
  builder.hideSign(node.from, url.from, isRevealed);
  builder.hideSign(url.to, node.to, isRevealed);
}

function image(builder, node) {
  const address = addressOf(builder.state, node);
  const [open, close] = node.getChildren("LinkMark");
  if (!address || !close) return;
  const alt = builder.state.sliceDoc(open.to, close.from);
  const widget = builder.pictures.at(address, alt);
  const isRevealed = builder.isRevealed(node) || builder.state.sliceDoc(node.from, node.to).includes("\n");
  if (!widget) builder.add(MARKS.missing, node.from, node.to);
  else if (isRevealed) builder.add(Decoration.widget({ widget, side: 1 }), node.to);
  else builder.add(Decoration.replace({ widget }), node.from, node.to);
}

const quietSign = (builder, { from, to }) => builder.add(SIGN, from, to);

const RULES = {
  StrongEmphasis: inlineRule("bold"),
  Emphasis: inlineRule("italic"),
  Strikethrough: inlineRule("struck"),
  InlineCode: inlineRule("code"),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`ATXHeading${level}`, heading])),
  Blockquote: quotation,
  QuoteMark: (builder, { from, to }) => builder.add(MARKS["quote-sign"], from, to),
  ListItem: item,
  Link: link,
  Autolink: autolink,
  Image: image,
  Escape: (builder, node) => builder.hideSign(node.from, node.from + 1, builder.isRevealed(node)),
  FencedCode: (builder, node) => builder.lines("code-line", node),
  CodeInfo: quietSign,
  Table: (builder, node) => builder.lines("table-line", node),
  TableHeader: (builder, { from, to }) => builder.add(MARKS.bold, from, to),
  TableDelimiter: quietSign,
  HorizontalRule(builder, node) {
    if (builder.isLineRevealed(node)) return;
    builder.lines("rule", node);
    builder.hideSign(node.from, node.to, false);
  },
};
