// Quotations: a block quotation whose last line is a dash and a name. Where that line stands, the command that makes and
// unmakes quotations, and Enter, which goes from the words to the line that waits for the name.

import { EditorSelection, ensureSyntaxTree, syntaxTree } from "../vendor/codemirror.js";
import { applyChanges, blankLines, isInCode, selectedLines, lineRange, splitLine } from "./lines.js";

const DASH = /^(?:—|–|―|--)-*\s*/;
const QUOTE = /^\s*> ?/;
const NAME = "\n> — ";
const SPAN = new Set(["Emphasis", "StrongEmphasis", "Strikethrough", "Link"]);

/** Whether a line is "> — " and waits for a name. */
export function isEmptyAttribution(line) {
  const { lead, words } = splitLine(line);
  return Boolean(lead.trim()) && DASH.test(words) && !words.replace(DASH, "");
}

/** The line with the name of a Blockquote node: { line, from, to } of its dash; null when there is none. */
export function findAttribution(state, quotation) {
  const blocks = childNodes(quotation).filter(({ name }) => name !== "QuoteMark");
  const last = blocks.at(-1);
  if (last?.name !== "Paragraph") return null;
  const line = state.doc.lineAt(last.to);
  const { at, words } = splitLine(line);
  const opening = /^[\s*_~[]*/.exec(words)[0].length; // the dash may stand inside of emphasis
  const dash = DASH.exec(words.slice(opening))?.[0];
  if (!dash) return null;
  const found = { line, from: at + opening, to: at + opening + dash.length };
  if (isEmptyAttribution(line)) return found;
  const isBelowWords = blocks.length > 1 || line.from > last.from;
  const hasName = /[^\s*_~]/.test(words.slice(opening + dash.length));
  return isBelowWords && hasName && !isInsideInline(state, line.from, last) ? found : null;
}

function childNodes(node) {
  const found = [];
  for (let child = node.firstChild; child; child = child.nextSibling) found.push(child);
  return found;
}

// A break inside of emphasis or a link ends no line.
function isInsideInline(state, at, paragraph) {
  for (let node = syntaxTree(state).resolveInner(at, -1); node && node.from >= paragraph.from; node = node.parent) {
    if (SPAN.has(node.name) && node.from < at && node.to > at) return true;
  }
  return false;
}

// --- the command -----------------------------------------------------------------------------------------------------

/** Makes a quotation of the selected lines, with a line for the name; of a quotation, ordinary lines. */
export function toggleQuotation(view) {
  const { doc, selection } = view.state;
  const lines = selectedLines(doc, selection.main);
  const isQuotation =
    lines.some(({ text }) => text.trim()) && lines.every(({ text }) => !text.trim() || QUOTE.test(text));
  return isQuotation ? removeQuotation(view, wholeQuotation(view.state, lines)) : addQuotation(view, lines);
}

function addQuotation(view, lines) {
  const [first, last] = [lines[0], lines.at(-1)];
  const isEmpty = lines.every(({ text }) => !text.trim());
  const name = isEmpty || !DASH.test(splitLine(last).words) ? NAME : "";
  const { above, below } = blankLines(view.state.doc, first, last, ({ text }) => QUOTE.test(text));
  const changes = lines.map(({ from, text }) => ({ from, insert: QUOTE.test(text) ? "" : "> " }));
  changes[0].insert = above + changes[0].insert;
  changes.push({ from: last.to, insert: name + below });
  // The name is what is missing; of an empty quotation, the words come first.
  const caret = (set) => EditorSelection.single(set.mapPos(last.to, 1) - below.length - (isEmpty ? name.length : 0));
  return applyChanges(view, changes, caret);
}

function removeQuotation(view, lines) {
  const changes = lines
    .filter(({ text }) => QUOTE.test(text))
    .map((line) => {
      const { from, to, text } = line;
      if (isEmptyAttribution(line)) return { from: line.number > lines[0].number ? from - 1 : from, to };
      return { from, to: from + QUOTE.exec(text)[0].length };
    });
  return applyChanges(view, changes);
}

// The lines with all others of the quotations that they belong to.
function wholeQuotation(state, lines) {
  let [first, last] = [lines[0], lines.at(-1)];
  ensureSyntaxTree(state, last.to, 100)?.iterate({
    from: first.from,
    to: last.to,
    enter({ name, from, to }) {
      if (name !== "Blockquote") return;
      if (from < first.from) first = state.doc.lineAt(from);
      if (to > last.to) last = state.doc.lineAt(to);
    },
  });
  return lineRange(state.doc, first.number, last.number);
}

// --- Enter -----------------------------------------------------------------------------------------------------------

/** Enter in a quotation: on to the name, out of the quotation behind it, or one more line. False anywhere else. */
export function continueQuotation(view) {
  const { state } = view;
  const { doc } = state;
  const { head, empty } = state.selection.main;
  const line = doc.lineAt(head);
  const { lead, words, at } = splitLine(line);
  if (!empty || !lead.trim() || head < at || isInCode(state, head)) return false;
  const isAtEnd = !doc.sliceString(head, line.to).trim();
  const below = line.number < doc.lines ? doc.line(line.number + 1) : null;
  if (isAtEnd && isEmptyAttribution(line))
    return applyChanges(view, { from: line.number > 1 ? line.from - 1 : line.from, to: line.to, insert: "\n\n" });
  if (isAtEnd && DASH.test(words)) return applyChanges(view, { from: head, to: line.to, insert: "\n\n" });
  if (isAtEnd && below && isEmptyAttribution(below)) return moveToAttribution(view, line, below);
  if (words.trim() || !isAtEnd) return newQuotationLine(view);
  const isUnder = line.number > 1 && doc.line(line.number - 1).text.trim();
  return applyChanges(view, { from: line.from, to: line.to, insert: isUnder ? "\n" : "" });
}

// An empty line between the words and the name goes; the first line of an empty quotation stays for its words.
function moveToAttribution(view, line, below) {
  const { words } = splitLine(line);
  const isSpare = !words.trim() && line.number > 1 && QUOTE.test(view.state.doc.line(line.number - 1).text);
  const changes = isSpare ? { from: line.from, to: below.from } : [];
  return applyChanges(view, changes, (set) => EditorSelection.single(set.mapPos(below.to, 1)));
}

/** One more line of the quotation, whatever comes below (Shift+Enter). */
export function newQuotationLine(view) {
  const { state } = view;
  const { from, to, head } = state.selection.main;
  const { lead, at } = splitLine(state.doc.lineAt(head));
  if (!lead.trim() || head < at) return false;
  return applyChanges(view, { from, to, insert: `\n${lead}` });
}
