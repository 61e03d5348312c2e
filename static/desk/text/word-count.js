// Words and characters of what a reader will see: marks, addresses and list signs do not count.

import { ensureSyntaxTree, syntaxTree } from "../vendor/codemirror.js";

const HIDDEN_NODES = new Set(
  (
    "CodeInfo CodeMark EmphasisMark HeaderMark LinkLabel LinkMark LinkReference LinkTitle ListMark QuoteMark " +
    "StrikethroughMark TableDelimiter HorizontalRule"
  ).split(" "),
);
const CJK_SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu; // a script without spaces: each sign counts
// From the first letter on to the next space, so that a Korean word keeps its particle; never tried from a sign before it.
const WORDS = /[\p{L}\p{N}]\S*/gu;

/** { words, characters, selection }: the same of what is selected, or null. Characters with the spaces between words. */
export function countWords(state) {
  const { from, to, empty } = state.selection.main;
  return {
    ...countText(visibleText(state, 0, state.doc.length)),
    selection: empty ? null : countText(visibleText(state, from, to)),
  };
}

export function countText(text) {
  const signs = text.match(CJK_SIGNS)?.length ?? 0;
  const words = text.replace(CJK_SIGNS, " ").match(WORDS)?.length ?? 0;
  return { words: signs + words, characters: [...text.replace(/\s+/g, " ").trim()].length };
}

function visibleText(state, from, to) {
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
      else if (
        HIDDEN_NODES.has(name) ||
        (name === "URL" && node.parent.name !== "Autolink" && node.parent.name !== "Paragraph")
      )
        skip(start, end);
    },
  });
  return text + state.sliceDoc(at, Math.max(at, to));
}
