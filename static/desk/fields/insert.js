// Markdown put into a text: a picture, what was pasted.

import { replaceRange } from "../shared/dom.js";

/** Puts Markdown in the place of what is selected, with empty lines around a block. Gives where it begins. */
export function insertMarkdown(field, markdown) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const [before, after] = [value.slice(0, start), value.slice(end)];
  const isBlock = /\n\n|^(?:#{1,6} |> |[-*+] |\d+[.)] |!\[|\|)/.test(markdown);
  const gap = (text, lines) => (isBlock && text.trim() ? "\n".repeat(Math.max(0, 2 - lines.exec(text)[0].length)) : "");
  const head = gap(before, /\n*$/);
  replaceRange(field, start, end, head + markdown + gap(after, /^\n*/));
  return start + head.length;
}
