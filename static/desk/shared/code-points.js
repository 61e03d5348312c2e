// Offsets in a text: JavaScript counts UTF-16 units, Python code points.

/** How many code points stand before an offset. */
export const toCodePoints = (text, offset) => [...text.slice(0, offset)].length;

/** The offset behind so many code points. */
export const fromCodePoints = (text, count) => [...text].slice(0, count).join("").length;
