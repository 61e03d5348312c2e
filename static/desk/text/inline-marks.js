// Bold, italic and links around words: put there, and taken off again. The syntax tree says what is marked already.

import { EditorSelection, ensureSyntaxTree, syntaxTree } from "../vendor/codemirror.js";
import { addressOf } from "./dialect.js";
import { applyChanges, selectedLines } from "./lines.js";

const SIGNS = /^\s*(?:(?:[-*+]|\d{1,9}[.)]|>|#{1,6})\s+|>)*/; // what a line begins with stays outside of a mark
const WORD_END = /[\p{L}\p{M}\p{N}]*$/u;
const WORD_START = /^[\p{L}\p{M}\p{N}]*/u;
const PLACEHOLDER_URL = "https://";
const ADDRESS = /^https?:\/\/\S+$/i;

// --- bold and italic ---------------------------------------------------------------------------------------------------

/** A command: marks the selected words or the word at the caret; takes the mark off where all of them have it. */
export const emphasis = (kind, mark) => (view) => {
  const { state } = view;
  const { empty, head } = state.selection.main;
  const segments = empty ? wordAt(state, head) : selectedSegments(state);
  if (!segments.length) return empty ? toggleAtCaret(view, kind, mark) : false;
  const marked = segments.map((segment) => findNodes(state, kind, segment));
  const isMarked = ({ from, to }, place) => marked[place].some((node) => node.from <= from && node.to >= to);
  const isAllMarked = segments.every(isMarked);
  const changes = segments.flatMap((segment, place) => {
    if (isAllMarked) return removeMark(state, segment, marked[place][0], mark);
    return isMarked(segment, place) ? [] : addMark(segment, marked[place], mark);
  });
  return applyChanges(
    view,
    changes,
    empty
      ? undefined
      : (set) => EditorSelection.single(set.mapPos(segments[0].from, 1), set.mapPos(segments.at(-1).to, -1)),
  );
};

// The caret between the marks just made, or directly in front of the closing one: it takes them away or steps out.
function toggleAtCaret(view, kind, mark) {
  const { state } = view;
  const { head } = state.selection.main;
  const [before, after] = [state.sliceDoc(Math.max(0, head - 3), head), state.sliceDoc(head, head + 3)];
  const [opens, closes] = [runAtEnd(before), runAtStart(after)];
  const isOpening = findNodes(state, kind, { from: head, to: head }).some(({ from }) => from === head);
  if (includesMark(opens, mark) && includesMark(closes, mark))
    return applyChanges(view, { from: head - mark.length, to: head + mark.length });
  if (includesMark(closes, mark) && !isOpening)
    return applyChanges(view, [], () => EditorSelection.single(head + mark.length));
  const node = findNodes(state, kind, { from: head, to: head }).find(({ from, to }) => from < head && to > head);
  if (node) return applyChanges(view, [node.open, node.close]);
  return applyChanges(view, { from: head, insert: mark + mark }, () => EditorSelection.single(head + mark.length));
}

// Of a run of asterisks: one or three hold an italic mark, two or three a bold one.
const includesMark = (run, mark) => (mark.length === 1 ? run.length % 2 === 1 : run.length > 1);
const runAtStart = (text) => /^\**/.exec(text)[0];
const runAtEnd = (text) => /\**$/.exec(text)[0];

// The word in which the caret stands; nothing at its ends, where one goes on writing.
function wordAt(state, head) {
  const { from, text } = state.doc.lineAt(head);
  const [left] = WORD_END.exec(text.slice(0, head - from));
  const [right] = WORD_START.exec(text.slice(head - from));
  return left && right ? [{ from: head - left.length, to: head + right.length }] : [];
}

// What is selected, line by line (a mark reaches no farther than its paragraph), without signs and spaces at the ends.
function selectedSegments(state) {
  const { main } = state.selection;
  return selectedLines(state.doc, main).flatMap((line) => {
    const [signs] = SIGNS.exec(line.text);
    const from = Math.max(main.from, line.from + signs.length);
    const words = state.sliceDoc(from, Math.max(from, Math.min(main.to, line.to)));
    if (!words.trim()) return [];
    return [{ from: from + words.length - words.trimStart().length, to: from + words.trimEnd().length }];
  });
}

// Marked spans of one kind that a segment touches: { node, from, to, open, close }.
function findNodes(state, kind, { from, to }) {
  const found = [];
  (ensureSyntaxTree(state, to, 100) ?? syntaxTree(state)).iterate({
    ...{ from, to },
    enter({ name, node }) {
      if (name !== kind) return;
      const [open, close] = [node.firstChild, node.lastChild].map((mark) => ({ from: mark.from, to: mark.to }));
      found.push({ node, from: node.from, to: node.to, open, close });
    },
  });
  return found;
}

function addMark({ from, to }, nodes, mark) {
  const inner = nodes.filter((node) => node.from < to && node.to > from);
  const [first, last] = [inner.find((node) => node.from <= from), inner.find((node) => node.to >= to)];
  const changes = inner.flatMap((node) => [node === first ? [] : node.open, node === last ? [] : node.close].flat());
  if (!first) changes.push({ from, insert: mark });
  if (!last) changes.push({ from: to, insert: mark });
  return changes;
}

// Takes the mark off a segment of a marked span: what is left on either side keeps it.
function removeMark(state, { from, to }, { open, close }, mark) {
  const left = state.sliceDoc(open.to, Math.max(open.to, from)).replace(/[\s*_~]+$/, "");
  const right = state.sliceDoc(Math.min(close.from, to), close.from).replace(/^[\s*_~]+/, "");
  return [
    left ? { from: open.to + left.length, insert: mark } : open,
    right ? { from: close.from - right.length, insert: mark } : close,
  ];
}

// --- links -------------------------------------------------------------------------------------------------------------

/** A command: makes the selected words a link, or words of a link at the caret. `address` is known or still to write. */
export function link(view, { address = "", words = "" } = {}) {
  const { state } = view;
  const { main } = state.selection;
  const node = address ? null : findLink(state, main);
  if (node) return removeLink(view, node);
  const { from, to } = (main.empty ? wordAt(state, main.head) : selectedSegments(state))[0] ?? main;
  const chosen = state.sliceDoc(from, to);
  const isAddress = ADDRESS.test(chosen);
  const label = isAddress ? words : chosen || words;
  const target = address || (isAddress ? chosen : PLACEHOLDER_URL);
  const text = `[${label}](${target})`;
  const changes =
    isAddress || !chosen
      ? { from, to, insert: text }
      : [
          { from, insert: "[" },
          { from: to, insert: `](${target})` },
        ];
  return applyChanges(view, changes, () => caretInLink(from, label, target, address || isAddress));
}

/** The link at the caret or around the selection, else the words that would become one: { words, address, isLink }. */
export function linkAt(state) {
  const { main } = state.selection;
  const node = findLink(state, main);
  if (node) {
    const [open, close] = node.getChildren("LinkMark");
    return { words: state.sliceDoc(open.to, close.from), address: addressOf(state, node), isLink: true };
  }
  const { from, to } = (main.empty ? wordAt(state, main.head) : selectedSegments(state))[0] ?? main;
  const chosen = state.sliceDoc(from, to);
  return ADDRESS.test(chosen)
    ? { words: "", address: chosen, isLink: false }
    : { words: chosen, address: "", isLink: false };
}

/** A command: gives the link at the caret another address, or makes a link as `link` does. */
export function setLink(view, { address, words }) {
  const node = findLink(view.state, view.state.selection.main);
  if (!node) return link(view, { address, words });
  const { from, to } = node.getChild("URL");
  return applyChanges(view, { from, to, insert: address });
}

// Where something is missing: the words, or the address.
function caretInLink(from, label, target, isKnown) {
  const end = from + label.length + target.length + 4;
  if (!label) return EditorSelection.single(from + 1);
  return isKnown ? EditorSelection.single(end) : EditorSelection.single(end - 1 - target.length, end - 1);
}

function findLink(state, { from, to, empty }) {
  const isInside = (node) => node.from <= from && node.to >= to && !(empty && (node.from === from || node.to === to));
  return findNodes(state, "Link", { from, to })
    .map(({ node }) => node)
    .find((node) => isInside(node) && node.getChild("URL"));
}

function removeLink(view, node) {
  const [opening, closing] = node.getChildren("LinkMark");
  return applyChanges(view, [
    { from: opening.from, to: opening.to },
    { from: closing.from, to: node.to },
  ]);
}
