// Suggestions for a mention: while a name is written behind an @, a list below the field offers those who may see the
// article. Up and down choose, Enter or Tab takes, Escape closes.

import { announce } from "../shared/announce.js";
import { freshId, make, replaceRange } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";

const WANTED = /(?:^|[^\w@.+-])@([\w.+-]*)$/u;
const MOST = 8;

/** `people()`: [{ name, full }]. */
export function setUpMentions(field, people) {
  const list = make("ul", { class: "tag-list", role: "listbox", id: freshId("mentions"), hidden: true });
  list.ariaLabel = gettext("People who may be mentioned");
  const state = { field, list, people, active: -1 };
  field.setAttribute("aria-autocomplete", "list");
  field.after(list);
  field.addEventListener("input", () => show(state));
  field.addEventListener("blur", () => close(state));
  field.addEventListener("keydown", (event) => onKey(state, event));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus
  list.addEventListener("click", ({ target }) => choose(state, target.closest("li")));
}

const wanted = ({ value, selectionStart }) => WANTED.exec(value.slice(0, selectionStart))?.[1];

function show(state) {
  const { field, list } = state;
  const begun = wanted(field)?.toLocaleLowerCase();
  const fits = ({ name, full }) => [name, ...full.split(" ")].some((word) => word.toLocaleLowerCase().startsWith(begun));
  const found = begun === undefined ? [] : state.people().filter(fits).slice(0, MOST);
  if (!found.length) return close(state);
  const rows = found.map(({ name, full }, at) =>
    make("li", { role: "option", id: `${list.id}-${at}`, "data-name": name }, make("span", {}, name), " ", make("small", {}, full)),
  );
  if (list.hidden) announce(ngettext("%(count)s suggestion", "%(count)s suggestions", rows.length));
  list.replaceChildren(...rows);
  list.hidden = false;
  field.setAttribute("aria-controls", list.id);
  point(state, 0);
}

function close(state) {
  state.list.hidden = true;
  state.list.replaceChildren();
  state.field.removeAttribute("aria-controls");
  state.field.removeAttribute("aria-activedescendant");
}

function point(state, at) {
  const rows = [...state.list.children];
  state.active = (at + rows.length) % rows.length;
  rows.forEach((row, place) => row.setAttribute("aria-selected", place === state.active));
  state.field.setAttribute("aria-activedescendant", rows[state.active].id);
}

function onKey(state, event) {
  if (state.list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) point(state, state.active + step);
  else if (["Enter", "Tab"].includes(event.key)) choose(state, state.list.children[state.active]);
  else if (event.key === "Escape") close(state);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function choose(state, row) {
  if (!row) return;
  const { field } = state;
  const end = field.selectionStart;
  replaceRange(field, end - wanted(field).length, end, `${row.dataset.name} `);
  close(state);
}
