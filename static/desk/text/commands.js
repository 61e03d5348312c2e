// The commands of a text by their names, with their keys. The toolbar and the list of shortcuts may be made of them.

import { Prec, insertNewline, keymap } from "../vendor/codemirror.js";
import { emphasis, link } from "./inline-marks.js";
import { BULLET, NUMBER, toggleList, continueList, deleteMark } from "./lines.js";
import { continueQuotation, newQuotationLine, toggleQuotation } from "./quotations.js";

const bold = emphasis("StrongEmphasis", "**");
const italic = emphasis("Emphasis", "*");

/** name: { keys, run(view, values) }; keys as shared/shortcuts.js writes them. Each takes its marks off again. */
export const COMMANDS = {
  bold: { keys: "Mod+B", run: bold },
  italic: { keys: "Mod+I", run: italic },
  link: { keys: "Mod+K", run: link },
  bullets: { keys: "Mod+Shift+8", run: toggleList(BULLET) },
  numbers: { keys: "Mod+Shift+7", run: toggleList(NUMBER) },
  quotation: { keys: "Mod+Shift+9", run: toggleQuotation },
};

const binding = ({ keys, run }) => ({
  key: keys.replaceAll("+", "-").replace(/[A-Z]$/, (letter) => letter.toLowerCase()),
  run: (view) => view.state.readOnly || run(view) || true,
  ...{ preventDefault: true, stopPropagation: true }, // outside of a text the keys may mean something else
});

const unlessReadOnly =
  (...acts) =>
  (view) =>
    !view.state.readOnly && acts.some((act) => act(view));

/** The extension: the commands' keys, Enter and Backspace behind the mark of a line. Tab leaves the field. */
export const commandKeys = Prec.high(
  keymap.of([
    ...Object.values(COMMANDS).map(binding),
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
