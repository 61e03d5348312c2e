// Offsets in a text: JavaScript counts UTF-16 units, Python code points. And words whose offset is of an older text.

/** How many code points stand before an offset. */
export const toCodePoints = (text, offset) => [...text.slice(0, offset)].length;

/** The offset behind so many code points. */
export const fromCodePoints = (text, count) => [...text].slice(0, count).join("").length;

/** Where `words` stand in a text that may have changed since they stood at `wanted`; -1 for nowhere. */
export function nearest(text, words, wanted) {
  if (text.startsWith(words, wanted)) return wanted;
  const [before, after] = [text.lastIndexOf(words, wanted), text.indexOf(words, wanted)];
  if (before < 0 || after < 0) return Math.max(before, after);
  return wanted - before < after - wanted ? before : after;
}
