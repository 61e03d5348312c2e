// Whole lines: the marks that they begin with, lists, and Enter and Backspace behind such a mark.

import { EditorSelection, syntaxTree } from "../vendor/codemirror.js";

export const BULLET = /^\s*[-*+]\s+/;
export const NUMBER = /^\s*\d{1,9}[.)]\s+/;
const LEAD = /^(?:\s*> ?)*/; // the signs of quotations

/** A line in pieces: { line, lead: the signs of quotations, words: what comes after, at: where that begins }. */
export function splitLine(line) {
  const [lead] = LEAD.exec(line.text);
  return { line, lead, words: line.text.slice(lead.length), at: line.from + lead.length };
}

/** The lines that a range touches; one that it ends in front of is not touched. */
export function selectedLines(doc, { from, to, empty }) {
  const last = doc.lineAt(to);
  const end = !empty && last.from === to && to > from ? last.number - 1 : last.number;
  return lineRange(doc, doc.lineAt(from).number, end);
}

export const lineRange = (doc, first, last) =>
  Array.from({ length: last - first + 1 }, (_none, place) => doc.line(first + place));

/** Makes the changes, each as small as it is so that ranges around them survive. What was selected stays selected. */
export function applyChanges(view, changes, caret) {
  const { state } = view;
  const set = state.changes(changes);
  const { anchor, head, empty } = state.selection.main;
  const side = (place, other) => set.mapPos(place, empty || place < other ? 1 : -1);
  const selection = caret?.(set) ?? EditorSelection.single(side(anchor, head), side(head, anchor));
  view.dispatch({ changes: set, selection, scrollIntoView: true, userEvent: "input.format" });
  return true;
}

/** Empty lines that keep a block apart from its neighbours, or they would become a part of it: { above, below }. */
export function blankLines(doc, first, last, isSame, lead = "") {
  const needs = (number) => {
    if (number < 1 || number > doc.lines) return false;
    const { words } = splitLine(doc.line(number));
    return Boolean(words.trim()) && !isSame(doc.line(number));
  };
  return { above: needs(first.number - 1) ? `${lead}\n` : "", below: needs(last.number + 1) ? `\n${lead}` : "" };
}

/** A command: marks the selected lines as items, or takes the marks away when all of them have one. */
export const toggleList = (pattern) => (view) => {
  const { doc, selection } = view.state;
  const parts = selectedLines(doc, selection.main).map(splitLine);
  const written = parts.filter(({ words }) => words.trim());
  if (written.length && written.every(({ words }) => pattern.test(words))) {
    return applyChanges(
      view,
      written.map(({ at, words }) => ({ from: at, to: at + pattern.exec(words)[0].length })),
    );
  }
  const [first, last] = [parts[0], parts.at(-1)];
  const isSame = (line) => pattern.test(splitLine(line).words);
  const { above, below } = blankLines(doc, first.line, last.line, isSame, first.lead.trimEnd());
  let count = 0;
  const sign = () => (pattern === NUMBER ? `${(count += 1)}. ` : "- ");
  const changes = (written.length ? written : parts.slice(0, 1)).map(({ at, words }) => {
    const old = (BULLET.exec(words) ?? NUMBER.exec(words))?.[0] ?? "";
    const indent = /^\s*/.exec(old)[0];
    return { from: at + indent.length, to: at + old.length, insert: sign() };
  });
  const { empty, head } = selection.main;
  changes.unshift({ from: first.line.from, insert: above });
  changes.push({ from: last.line.to, insert: below });
  const caret = (set) => EditorSelection.single(set.mapPos(head, 1) - (head === last.line.to ? below.length : 0));
  return applyChanges(view, changes, empty ? caret : undefined);
};

export function isInCode(state, at) {
  for (let node = syntaxTree(state).resolveInner(at, -1); node; node = node.parent)
    if (node.name === "FencedCode") return true;
  return false;
}

/** Enter in a list goes on with it, or ends it on an empty item. False where it is an ordinary Enter. */
export function continueList(view) {
  const { state } = view;
  const { head, empty } = state.selection.main;
  const { line, lead, words, at } = splitLine(state.doc.lineAt(head));
  const [mark, indent, sign] = /^(\s*)([-*+]|\d{1,9}[.)])\s+/.exec(words) ?? [""];
  if (!empty || !mark || head < at + mark.length || isInCode(state, head)) return false;
  if (words.trim() === sign || !words.slice(mark.length).trim()) {
    const isUnder = line.number > 1 && !lead && state.doc.line(line.number - 1).text.trim();
    return applyChanges(view, { from: at, to: line.to, insert: isUnder ? "\n" : "" });
  }
  const number = Number.parseInt(sign, 10) + 1;
  const next = Number.isNaN(number) ? sign : sign.replace(/\d+/, number);
  const insert = `\n${lead}${indent}${next}${mark.slice(indent.length + sign.length)}`;
  const renumbering = Number.isNaN(number) ? [] : renumber(state.doc, line.number + 1, lead + indent, number);
  return applyChanges(view, [{ from: head, insert }, ...renumbering]);
}

// The numbers of the items below, one higher each, as long as they count on.
function renumber(doc, first, lead, number) {
  const changes = [];
  for (let at = first, next = number; at <= doc.lines; at += 1) {
    const { from, text } = doc.line(at);
    const found = text.startsWith(lead) && /^\d{1,9}(?=[.)]\s)/.exec(text.slice(lead.length));
    if (found && Number(found[0]) === next) {
      next += 1;
      const start = from + lead.length;
      changes.push({ from: start, to: start + found[0].length, insert: String(next) });
    } else if (!/^\s{2}/.test(text.slice(lead.length))) break; // deeper items and further lines of one stand between
  }
  return changes;
}

/** Backspace directly behind the mark of an item or quotation takes the mark away. */
export function deleteMark(view) {
  const { state } = view;
  const { head, empty } = state.selection.main;
  const { line, lead, words, at } = splitLine(state.doc.lineAt(head));
  const mark = (BULLET.exec(words) ?? NUMBER.exec(words))?.[0] ?? "";
  if (!empty || isInCode(state, head) || head !== at + mark.length) return false;
  if (mark) return applyChanges(view, { from: at, to: head });
  return lead ? applyChanges(view, { from: line.from + lead.replace(/> ?$/, "").length, to: at }) : false;
}
