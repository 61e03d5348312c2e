// What the text tools share: making elements, and changing a field so that undo and autosave know of it.

let made = 0;
export const freshId = (stem) => `${stem}-${(made += 1)}`;

/** make("button", { type: "button", hidden: true, click: act }, "Words"): functions listen, `false` is left out. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** Tells whoever listens (autosave) that a script changed this field. */
export const changed = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

/** Puts `text` in the place of a range, so that the browser's own undo takes it back where it can. */
export function replace(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  if (field.readOnly || (start === end && !text)) return;
  // Browsers take seconds to write a very long text that way.
  if (text.length < 100_000 && document.execCommand(text ? "insertText" : "delete", false, text)) return;
  field.setRangeText(text, start, end, "end");
  changed(field);
}

/** A button that does something. */
export const button = (words, click, look = "desk-button desk-button-quiet") =>
  make("button", { type: "button", class: look, click }, words);
