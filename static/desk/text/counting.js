// Words and characters of what a reader will see: marks, addresses and list signs do not count.

import { ensureSyntaxTree, syntaxTree } from "../vendor/codemirror.js";

const UNSEEN = new Set(
  ("CodeInfo CodeMark EmphasisMark HeaderMark LinkLabel LinkMark LinkReference LinkTitle ListMark QuoteMark " +
    "StrikethroughMark TableDelimiter HorizontalRule").split(" "),
);
const SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu; // a script without spaces: each sign counts
const WORDS = /\S*[\p{L}\p{N}]\S*/gu; // between spaces, so that a Korean word keeps its particle

/** { words, characters, selection }: the same of what is selected, or null. Characters with the spaces between words. */
export function countIn(state) {
  const { from, to, empty } = state.selection.main;
  return { ...counted(seen(state, 0, state.doc.length)), selection: empty ? null : counted(seen(state, from, to)) };
}

export function counted(text) {
  const signs = text.match(SIGNS)?.length ?? 0;
  const words = text.replace(SIGNS, " ").match(WORDS)?.length ?? 0;
  return { words: signs + words, characters: [...text.replace(/\s+/g, " ").trim()].length };
}

function seen(state, from, to) {
  let [text, at] = ["", from];
  const skip = (start, end) => {
    if (start > at) text += state.sliceDoc(at, Math.min(start, to));
    at = Math.max(at, end);
  };
  (ensureSyntaxTree(state, to, 200) ?? syntaxTree(state)).iterate({
    from,
    to,
    enter({ name, from: start, to: end, node }) {
      if (name === "Escape") skip(start, start + 1);
      else if (UNSEEN.has(name) || (name === "URL" && node.parent.name !== "Autolink" && node.parent.name !== "Paragraph")) skip(start, end);
    },
  });
  return text + state.sliceDoc(at, Math.max(at, to));
}
