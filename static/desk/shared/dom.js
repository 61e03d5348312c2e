// Creating elements, and changing a field so that undo and autosave notice.

let lastId = 0;
export const freshId = (stem) => `${stem}-${(lastId += 1)}`;

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

/** Fires `input`, so that autosave notices a change that a script made. */
export const fireInput = (field) => field.dispatchEvent(new Event("input", { bubbles: true }));

/** Replaces a range of the field's text in a way that the browser's own undo can take back where possible. */
export function replaceRange(field, start, end, text) {
  if (field.replaceRange) return field.replaceRange(start, end, text); // text/field.js stands in its place
  field.focus();
  field.setSelectionRange(start, end);
  if (field.readOnly || (start === end && !text)) return;
  // Browsers take seconds to write a very long text that way.
  if (text.length < 100_000 && document.execCommand(text ? "insertText" : "delete", false, text)) return;
  field.setRangeText(text, start, end, "end");
  fireInput(field);
}

/** A button that does something. */
export const button = (words, click, look = "desk-button desk-button-quiet") =>
  make("button", { type: "button", class: look, click }, words);
