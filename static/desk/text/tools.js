// The tools of a text: the names that commands.js knows them by, their keys, and what the toolbar calls them. This module
// is small, so that the list of shortcuts has them before the editor is there.

import { register } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

export const TOOLS = [
  { name: "bold", keys: "Mod+B", words: gettext("Bold"), sign: "B" },
  { name: "italic", keys: "Mod+I", words: gettext("Italic"), sign: "I" },
  { name: "link", keys: "Mod+K", words: gettext("Link") },
  { name: "bullets", keys: "Mod+Shift+8", words: gettext("List") },
  { name: "numbers", keys: "Mod+Shift+7", words: gettext("Numbered list"), sign: "1. 2." },
  { name: "quotation", keys: "Mod+Shift+9", words: gettext("Quotation") },
];

const group = gettext("In a text");
for (const { keys, words } of TOOLS) register({ keys, words, group });
const enter = gettext("Goes on with a list, or from a quotation to the name; on an empty line of it, ends it");
register({ keys: "Enter", words: enter, group });
register({ keys: "Mod+Shift+V", words: gettext("Pastes the bare words"), group });
