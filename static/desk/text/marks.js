// Shows Markdown as it will stand while it is written. The marks stay in the text and are only covered: where the caret
// comes to one, it shows, and nothing here ever changes a text.

import { Decoration, EditorView, StateEffect, ViewPlugin, syntaxTree } from "../vendor/codemirror.js";
import { addressOf, isGoodAddress } from "./dialect.js";
import { attributionOf, isWaiting } from "./quotations.js";
import { Pictures, bullet, ghost } from "./widgets.js";

const look = (name) => Decoration.mark({ class: name });
const SIGN = look("sign");
const HIDDEN = Decoration.replace({});
const BULLET = Decoration.replace({ widget: bullet });
const GHOST = Decoration.widget({ widget: ghost, side: 1 });
const LOOKS = Object.fromEntries(
  ["attribution-sign", "bold", "code", "italic", "missing", "number", "quote-sign", "struck"].map((name) => [name, look(name)]),
);
const LINES = Object.fromEntries(
  ["attribution", "code-line", "heading", "item", "item deep", "quotation", "quotation open", "rule", "table-line"].map((name) => [
    name,
    Decoration.line({ class: name }),
  ]),
);
const redraw = StateEffect.define();

/** The extension. `picture(address)` finds what an image shows: see Pictures. */
export const showMarks = (picture) =>
  ViewPlugin.define((view) => new Marks(view, picture), {
    decorations: (marks) => marks.drawn,
    eventHandlers: {
      // What opens under a moving pointer would move away from it.
      mousedown() {
        this.isPressed = true;
        window.addEventListener("mouseup", () => this.released(), { once: true });
      },
    },
  });

class Marks {
  isPressed = false;
  isStale = false;

  constructor(view, picture) {
    this.view = view;
    this.pictures = new Pictures(picture, () => this.redraw());
    this.drawn = new Drawing(view, this.pictures).done();
  }

  update(update) {
    const { view, docChanged, viewportChanged, selectionSet, focusChanged, startState, state, transactions } = update;
    const isWanted = transactions.some(({ effects }) => effects.some((effect) => effect.is(redraw)));
    const isParsed = syntaxTree(startState) !== syntaxTree(state);
    if (docChanged || viewportChanged || selectionSet || focusChanged || isWanted || isParsed) this.isStale = true;
    if (docChanged) this.drawn = this.drawn.map(update.changes);
    // An input method loses its place when what it writes is drawn anew.
    if (!this.isStale || view.compositionStarted || (this.isPressed && !docChanged)) return;
    this.drawn = new Drawing(view, this.pictures).done();
    this.isStale = false;
  }

  released() {
    this.isPressed = false;
    if (this.isStale) this.redraw();
  }

  redraw() {
    if (this.view.dom.isConnected) this.view.dispatch({ effects: redraw.of(null) });
  }

  destroy() {
    this.redraw = () => {};
  }
}

// The decorations of what can be seen now.
class Drawing {
  marks = [];

  constructor(view, pictures) {
    Object.assign(this, { view, pictures, state: view.state, doc: view.state.doc });
    this.carets = view.hasFocus ? view.state.selection.ranges : [];
  }

  done() {
    for (const { from, to } of this.view.visibleRanges) {
      this.seen = { from, to };
      syntaxTree(this.state).iterate({ from, to, enter: (found) => RULES[found.name]?.(this, found.node) });
    }
    return Decoration.set(this.marks, true);
  }

  add(mark, from, to = from) {
    this.marks.push(mark.range(from, to));
  }

  /** Whether the caret is at it, so that its marks show. */
  isOpen({ from, to }) {
    return this.carets.some((range) => range.from <= to && range.to >= from);
  }

  isOnLines({ from, to }) {
    return this.isOpen({ from: this.doc.lineAt(from).from, to: this.doc.lineAt(to).to });
  }

  /** Covers signs, or shows them quietly. A line break is never covered. */
  sign(from, to, isOpen) {
    if (from < to) this.add(isOpen || this.state.sliceDoc(from, to).includes("\n") ? SIGN : HIDDEN, from, to);
  }

  lines(name, { from, to }, isFirstOnly = false) {
    const end = Math.min(to, isFirstOnly ? from : this.seen.to);
    for (let line = this.doc.lineAt(Math.max(from, isFirstOnly ? from : this.seen.from)); ; line = this.doc.line(line.number + 1)) {
      this.add(LINES[name], line.from);
      if (line.to >= end) return;
    }
  }
}

// --- how each part of a text is drawn ------------------------------------------------------------------------------------

const span = (name) => (drawing, node) => {
  const [open, close] = [node.firstChild, node.lastChild];
  const isOpen = drawing.isOpen(node);
  drawing.add(LOOKS[name], open.to, Math.max(open.to, close.from) || open.to);
  drawing.sign(open.from, open.to, isOpen);
  drawing.sign(close.from, close.to, isOpen);
};

function heading(drawing, node) {
  const isOpen = drawing.isOnLines(node);
  drawing.lines("heading", node);
  for (const mark of node.getChildren("HeaderMark")) {
    const { from, to, text } = drawing.doc.lineAt(mark.from);
    const behind = mark.from > node.from ? 0 : /^\s*/.exec(text.slice(mark.to - from))[0].length;
    drawing.sign(mark.from, Math.min(mark.to + behind, to), isOpen);
  }
}

function quotation(drawing, node) {
  drawing.lines(drawing.isOnLines(node) ? "quotation open" : "quotation", node);
  const name = attributionOf(drawing.state, node);
  if (!name) return;
  drawing.add(LINES.attribution, name.line.from);
  if (name.from < name.to) drawing.add(LOOKS["attribution-sign"], name.from, name.to);
  if (isWaiting(name.line)) drawing.add(GHOST, name.line.to);
}

function item(drawing, node) {
  const mark = node.getChild("ListMark");
  if (!mark) return;
  const { from, to, text } = drawing.doc.lineAt(mark.from);
  const end = Math.min(to, mark.to + /^\s*/.exec(text.slice(mark.to - from))[0].length);
  const isDeep = node.parent.parent?.name === "ListItem";
  if (!text.slice(0, mark.from - from).trim()) drawing.lines(isDeep ? "item deep" : "item", node, true);
  if (node.parent.name === "OrderedList") drawing.add(LOOKS.number, mark.from, mark.to);
  else if (!drawing.isOpen({ from: mark.from, to: Math.max(mark.from, end - 1) })) drawing.add(BULLET, mark.from, end);
}

function link(drawing, node) {
  const address = addressOf(drawing.state, node);
  if (!isGoodAddress(address)) return;
  const [open, close] = node.getChildren("LinkMark");
  const isOpen = drawing.isOpen(node);
  if (open.to < close.from) {
    drawing.add(Decoration.mark({ class: "link", attributes: { title: address } }), open.to, close.from);
    drawing.sign(open.from, open.to, isOpen);
    drawing.sign(close.from, node.to, isOpen);
  }
}

function bareLink(drawing, node) {
  const url = node.getChild("URL");
  const isOpen = drawing.isOpen(node);
  const address = url ? drawing.state.sliceDoc(url.from, url.to) : "";
  if (!isGoodAddress(address) && !/^[^:]+@/.test(address)) return;
  drawing.add(Decoration.mark({ class: "link" }), url.from, url.to);
  drawing.sign(node.from, url.from, isOpen);
  drawing.sign(url.to, node.to, isOpen);
}

function image(drawing, node) {
  const address = addressOf(drawing.state, node);
  const [open, close] = node.getChildren("LinkMark");
  if (!address || !close) return;
  const alt = drawing.state.sliceDoc(open.to, close.from);
  const widget = drawing.pictures.at(address, alt);
  const isOpen = drawing.isOpen(node) || drawing.state.sliceDoc(node.from, node.to).includes("\n");
  if (!widget) drawing.add(LOOKS.missing, node.from, node.to);
  else if (isOpen) drawing.add(Decoration.widget({ widget, side: 1 }), node.to);
  else drawing.add(Decoration.replace({ widget }), node.from, node.to);
}

const sign = (drawing, { from, to }) => drawing.add(SIGN, from, to);

const RULES = {
  StrongEmphasis: span("bold"),
  Emphasis: span("italic"),
  Strikethrough: span("struck"),
  InlineCode: span("code"),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((level) => [`ATXHeading${level}`, heading])),
  Blockquote: quotation,
  QuoteMark: (drawing, { from, to }) => drawing.add(LOOKS["quote-sign"], from, to),
  ListItem: item,
  Link: link,
  Autolink: bareLink,
  Image: image,
  Escape: (drawing, node) => drawing.sign(node.from, node.from + 1, drawing.isOpen(node)),
  FencedCode: (drawing, node) => drawing.lines("code-line", node),
  CodeInfo: sign,
  Table: (drawing, node) => drawing.lines("table-line", node),
  TableHeader: (drawing, { from, to }) => drawing.add(LOOKS.bold, from, to),
  TableDelimiter: sign,
  HorizontalRule(drawing, node) {
    if (drawing.isOnLines(node)) return;
    drawing.lines("rule", node);
    drawing.sign(node.from, node.to, false);
  },
};
