// A dialog with a field and a list that grows shorter while one types: a combobox (ARIA 1.2). For the palette, and for
// choosing an article.

import { announce } from "../shared/announce.js";
import { button, freshId, make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";

const PAUSE = 120; // milliseconds

/**
 * find(query) gives, or promises, [{ group, words, note, act }]; `act` is called once the dialog is closed.
 * It is called again with each change of the field, and answers that come late are left out.
 */
export function openChooser({ title, label, find }) {
  const list = make("ul", { role: "listbox", id: freshId("choices"), class: "choices" });
  list.ariaLabel = title;
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "true", "aria-controls": list.id, autocomplete: "off" };
  const field = make("input", { type: "text", id: freshId("choose"), ...roles, spellcheck: "false" });
  const nothing = make("p", { class: "quiet", hidden: true }, gettext("Nothing is called so."));
  const heading = make("h2", { id: freshId("chooser") }, title);
  const head = make("div", { class: "chooser-head" }, heading, button(gettext("Close"), () => dialog.close()));
  const dialog = make(
    "dialog",
    { class: "desk-dialog chooser", "aria-labelledby": heading.id, close: () => dialog.remove() },
    head,
    make("label", { for: field.id }, label),
    field,
    list,
    nothing,
  );
  const state = { dialog, field, list, nothing, find, active: 0, found: [], asked: 0 };
  field.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(state), PAUSE);
  });
  field.addEventListener("keydown", (event) => onKey(state, event));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus
  list.addEventListener("click", ({ target }) => choose(state, options(state).indexOf(target.closest("[role=option]"))));
  document.body.append(dialog);
  dialog.showModal();
  field.focus();
  ask(state);
}

const options = ({ list }) => [...list.querySelectorAll("[role=option]")];

async function ask(state) {
  const turn = (state.asked += 1);
  const found = await state.find(state.field.value.trim());
  if (turn !== state.asked || !state.dialog.open) return;
  const groups = byGroup(found);
  state.found = [...groups.values()].flat(); // as they stand in the list
  state.list.replaceChildren(...[...groups].map(([group, rows]) => groupOf(group, rows)));
  options(state).forEach((option, at) => (option.id = `${state.list.id}-${at}`));
  state.nothing.hidden = found.length > 0;
  point(state, 0);
  if (state.field.value) announce(ngettext("%(count)s suggestion", "%(count)s suggestions", found.length));
}

function byGroup(found) {
  const groups = new Map();
  for (const each of found) groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  return groups;
}

function groupOf(group, rows) {
  const name = make("li", { role: "presentation", class: "choices-group", id: freshId("group") }, group);
  const items = rows.map(({ words, note }) => make("li", { role: "option" }, make("span", {}, words), make("small", {}, note ?? "")));
  return make("li", { role: "presentation" }, make("ul", { role: "group", "aria-labelledby": name.id }, name, ...items));
}

function point(state, at) {
  const all = options(state);
  state.active = all.length ? (at + all.length) % all.length : -1;
  all.forEach((option, place) => option.setAttribute("aria-selected", place === state.active));
  const option = all[state.active];
  option?.scrollIntoView({ block: "nearest" });
  if (option) state.field.setAttribute("aria-activedescendant", option.id);
  else state.field.removeAttribute("aria-activedescendant");
}

function choose(state, at) {
  const chosen = state.found[at];
  if (!chosen) return;
  state.dialog.close();
  chosen.act();
}

function onKey(state, event) {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    point(state, state.active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    event.preventDefault();
    choose(state, state.active);
  }
}
