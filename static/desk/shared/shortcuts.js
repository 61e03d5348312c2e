// The list of all shortcuts: each script registers its own; `?` outside of fields and the toolbar's button open it.

import { gettext } from "./i18n.js";

const IS_MAC = /Mac|iP/.test(navigator.platform);
const HELP_KEY_OFF = "desk-no-question-mark"; // a shortcut of a single key can be switched off (WCAG 2.1.4)
const groups = {};

/** register({ keys: "Mod+Shift+8", words: "List", group: "In a text" }): `Mod` is Ctrl, or ⌘ on a Mac. */
export function register({ keys, words, group }) {
  (groups[group] ??= {})[keys] = words;
}

/** Whether these keys were pressed: letters by what they write or, on a layout of another script, by their place. */
export function isPressed(event, keys) {
  const parts = keys.split("+");
  const key = parts.pop();
  const isNamed = event.key.length > 1 || /[a-z]/i.test(event.key);
  const isThere = isNamed
    ? event.key.toLowerCase() === key.toLowerCase()
    : /^(Key|Digit)/.test(event.code) && event.code.endsWith(key);
  return (
    isThere &&
    (IS_MAC ? event.metaKey : event.ctrlKey) === parts.includes("Mod") &&
    event.shiftKey === parts.includes("Shift") &&
    !event.altKey
  );
}

/** The keys as they are named on this platform. */
export const formatKeys = (keys) => keys.replace("Mod", IS_MAC ? "⌘" : "Ctrl");

/** Nothing happens without a connection; the next call tries again. */
export const openHelp = () => import("./shortcut-help.js").then(({ open }) => open(groups, formatKeys, HELP_KEY_OFF), () => {});

/** Whether keys without Ctrl act here: not where somebody writes, and not while they are switched off. */
export function isSingleKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || localStorage.getItem(HELP_KEY_OFF)) return false;
  return !event.target.closest("input:not([type=checkbox]), textarea, select, form, dialog, [popover], iframe");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "?" || !isSingleKey(event)) return;
  event.preventDefault();
  openHelp();
});

register({ keys: "?", words: gettext("This list"), group: gettext("Everywhere") });
