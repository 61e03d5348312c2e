// The commands of a text by the names that tools.js has for them, and the keys of an editor.

import { Prec, insertNewline, keymap } from "../vendor/codemirror.js";
import { emphasis, link, setLink } from "./inline-marks.js";
import { BULLET, NUMBER, toggleList, continueList, deleteMark } from "./lines.js";
import { continueQuotation, newQuotationLine, toggleQuotation } from "./quotations.js";
import { TOOLS } from "./tools.js";

const bold = emphasis("StrongEmphasis", "**");
const italic = emphasis("Emphasis", "*");

/** name: run(view, values). Each takes its marks off again. */
export const COMMANDS = {
  bold,
  italic,
  link,
  setLink,
  bullets: toggleList(BULLET),
  numbers: toggleList(NUMBER),
  quotation: toggleQuotation,
};

const binding = (keys, run) => ({
  key: keys.replaceAll("+", "-").replace(/[A-Z]$/, (letter) => letter.toLowerCase()),
  run: (view) => view.state.readOnly || run(view) || true,
  ...{ preventDefault: true, stopPropagation: true }, // outside of a text the keys may mean something else
});

const unlessReadOnly =
  (...acts) =>
  (view) =>
    !view.state.readOnly && acts.some((act) => act(view));

/**
 * The extension: the commands' keys, Enter and Backspace behind the mark of a line. Tab leaves the field. `instead` has
 * other acts for some of the names.
 */
export const commandKeys = (instead) =>
  Prec.high(
    keymap.of([
      ...TOOLS.map(({ name, keys }) => binding(keys, instead[name] ?? COMMANDS[name])),
      {
        key: "Enter",
        run: unlessReadOnly(continueList, continueQuotation, insertNewline),
        shift: unlessReadOnly(newQuotationLine, insertNewline),
      },
      { key: "Backspace", run: unlessReadOnly(deleteMark) },
    ]),
  );

/** Browsers offer bold and italic by menus and gestures of their own. */
export function browserFormat(event, view) {
  const act = { formatBold: bold, formatItalic: italic }[event.inputType];
  if (!event.inputType?.startsWith("format")) return false;
  event.preventDefault();
  act?.(view);
  return true;
}
