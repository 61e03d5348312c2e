// The desk by keyboard: walking from part to part, acting on the one where the focus is, the palette, the menu. Loaded soon
// after the page. Saving, closing and adding from inside a form are in actions.js, which is there at once.

import { setUpComments } from "../comments/loader.js";
import { isPressed, isSingleKey, register } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

const group = gettext("The desk");
const HELP = [
  ["J / K, ↓ / ↑", gettext("To the next or previous part")],
  ["Enter", gettext("Open the part")],
  ["Esc", gettext("Close the part, or select nothing")],
  ["N", gettext("Add a fact, or question, below this one")],
  ["Mod+Enter", gettext("The same from inside a form")],
  ["Alt+↑ / Alt+↓", gettext("Move the fact, or all that are selected, up or down")],
  ["X", gettext("Select the fact; Shift and an arrow, or Shift and a click, select all on the way")],
  ["Mod+Z / Mod+Shift+Z", gettext("Undo what was done to the list, or do it again (outside of text)")],
  ["Mod+S", gettext("Save now")],
  ["Mod+K", gettext("Find an action, a fact or an article (outside of text)")],
  ["P", gettext("Live preview")],
  ["C", gettext("To the checklist")],
  ["H", gettext("The next step, such as handing in")],
];

export function setUpKeyboard(desk) {
  let loading = null; // one promise for all, so that what is asked for meanwhile happens in its order
  const selection = async () => {
    loading ??= desk.loadOrNotify(() => import("./selection.js"));
    const module = await loading;
    if (!module) loading = null;
    return module?.selectionOf(desk);
  };
  document.addEventListener("keydown", (event) => onKeydown(desk, selection, event));
  document.addEventListener("click", (event) => {
    closeMenus(event.target);
    onClick(selection, event);
  });
  const button = desk.root.querySelector("[data-show-palette]");
  button.addEventListener("click", () => openPalette(desk));
  button.hidden = false; // from now on it does something
  for (const [keys, words] of HELP) register({ keys, words, group });
  setUpComments(desk);
}

function onKeydown(desk, selection, event) {
  if (event.defaultPrevented) return;
  const { key, target } = event;
  if (isPressed(event, "Mod+K") && !target.closest("textarea, [data-text-field], dialog")) {
    event.preventDefault();
    return openPalette(desk);
  }
  if (key === "Escape") return onEscape(desk, event);
  if (!isSingleKey(event)) return;
  const act = actions(desk, selection, event)[key.length === 1 ? key.toLowerCase() : key];
  if (!act) return;
  event.preventDefault();
  act();
}

function actions(desk, selection, { shiftKey: isRange, target }) {
  const here = target.closest("[data-part]");
  const walk = (step) => {
    const from = here;
    const to = neighbour(desk, here, step);
    to?.querySelector("[data-open]").focus();
    to?.scrollIntoView({ block: "nearest" });
    if (isRange && to) selection().then((found) => found?.extend(from, to));
  };
  // In the rest of the page the arrows scroll.
  const arrows = here && !target.closest(".select-bar, details") ? { ArrowDown: () => walk(1), ArrowUp: () => walk(-1) } : {};
  const press = (selector) => desk.root.querySelector(selector)?.click();
  return {
    ...arrows,
    j: () => walk(1),
    k: () => walk(-1),
    n: () => desk.partList.add(here?.dataset.part.startsWith("faq:") ? "faq" : "card", here?.classList.contains("line") ? here : null),
    x: () => here?.dataset.part.startsWith("card:") && selection().then((found) => found?.toggle(here)),
    p: () => press("[data-show-preview]"),
    c: () => focusChecklist(desk),
    h: () => press("[data-next-step]"),
  };
}

/** The part below or above; from outside of the list the first, or the last. */
function neighbour(desk, here, step) {
  const all = [...desk.root.querySelectorAll("[data-part]")].filter((part) => part.querySelector("[data-open]"));
  return here ? all[all.indexOf(here) + step] : all.at(step > 0 ? 0 : -1);
}

function focusChecklist(desk) {
  const panel = desk.root.querySelector("[data-checklist-panel]");
  const heading = panel.querySelector("h2");
  heading.tabIndex = -1;
  (panel.querySelector(".problems:not([hidden]) a, .advice:not([hidden]) a") ?? heading).focus();
}

function onEscape(desk, event) {
  if (event.target.closest("dialog, form.part-form")) return;
  const menu = event.target.closest("[data-menu][open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (desk.selection?.ids.size) desk.selection.clear();
  else return;
  event.preventDefault();
}

function closeMenus(target) {
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(target)) menu.open = false;
}

function onClick(selection, event) {
  const box = event.target.closest("[data-select]");
  const line = event.target.closest("[data-part^='card:']");
  if (!line || event.target.closest("form, a:not([data-open]), button")) return;
  if (box) selection().then((found) => (event.shiftKey ? found?.extendTo(line) : found?.set(line, box.checked)));
  else if (event.shiftKey && !event.target.closest("label")) {
    event.preventDefault(); // a new window, or the selection of words
    getSelection().removeAllRanges();
    selection().then((found) => found?.extendTo(line));
  }
}

async function openPalette(desk) {
  const palette = await desk.loadOrNotify(() => import("./palette.js"));
  palette?.openPalette(desk);
}
