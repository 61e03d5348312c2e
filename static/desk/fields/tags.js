// Suggestions for a row of tags with commas between them: a combobox (ARIA 1.2) over the name at the caret.

import { announce } from "../shared/announce.js";
import { freshId, make, replaceRange } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";

const PAUSE = 150; // milliseconds

export function setUpTags(field, { tagsUrl }) {
  if (!tagsUrl) return;
  const id = freshId("tags");
  const list = make("ul", { role: "listbox", id, class: "tag-list", hidden: true });
  list.ariaLabel = gettext("Suggested tags");
  const state = { field, list, tagsUrl, active: -1, timer: 0, asked: null };
  const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);
  const box = make("div", { class: "tag-field" });
  field.before(box);
  box.append(field, list);
  field.addEventListener("input", (event) => event.isTrusted && ask(state, PAUSE));
  field.addEventListener("blur", () => close(state));
  field.addEventListener("keydown", (event) => onKey(state, event));
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus
  list.addEventListener("click", ({ target }) => choose(state, target.closest("li")));
}

// The name at the caret: where it begins and ends, and the other names. A comma in quotation marks parts nothing.
function segment({ value, selectionStart }) {
  let [from, until, quoted] = [0, value.length, false];
  for (let at = 0; at < value.length; at += 1) {
    if (value[at] === '"') quoted = !quoted;
    if (quoted || !",，".includes(value[at])) continue;
    if (at < selectionStart) from = at + 1;
    else until = Math.min(until, at);
  }
  const words = value.slice(from, until).replaceAll('"', "").trim();
  return { from, until, words, others: `${value.slice(0, from)}${value.slice(until + 1)}` };
}

function ask(state, pause) {
  close(state);
  state.timer = setTimeout(async () => {
    const { words, others } = segment(state.field);
    state.asked = new AbortController();
    const { signal } = state.asked;
    try {
      const asked = new URLSearchParams({ q: words, have: others });
      const answer = await fetch(`${state.tagsUrl}?${asked}`, { signal, headers: { Accept: "application/json" } });
      if (answer.ok) show(state, words, await answer.json());
    } catch {
      // Without an answer, or with a later question on its way, it is a field to type in.
    }
  }, pause);
}

function show(state, words, { tags, is_new: isNew }) {
  const rows = isNew ? [...tags, { name: words, note: gettext("a new tag") }] : tags;
  if (!rows.length || document.activeElement !== state.field) return;
  const option = ({ name, note }, place) => {
    const words = [make("span", {}, name), " ", make("small", {}, note)];
    return make("li", { role: "option", id: `${state.list.id}-${place}`, "data-name": name }, ...words);
  };
  state.list.replaceChildren(...rows.map(option));
  state.list.hidden = false;
  state.field.setAttribute("aria-expanded", "true");
  announce(ngettext("%(count)s suggestion", "%(count)s suggestions", rows.length));
}

function close(state) {
  clearTimeout(state.timer);
  state.asked?.abort();
  state.list.hidden = true;
  state.field.setAttribute("aria-expanded", "false");
  point(state, -1);
}

function point(state, place) {
  state.active = place;
  [...state.list.children].forEach((option, at) => option.setAttribute("aria-selected", at === place));
  const option = state.list.children[place];
  option?.scrollIntoView({ block: "nearest" });
  if (option) state.field.setAttribute("aria-activedescendant", option.id);
  else state.field.removeAttribute("aria-activedescendant");
}

function choose(state, option) {
  if (!option) return;
  const { field } = state;
  const { name } = option.dataset;
  const { from, until } = segment(field);
  const isLast = !field.value.slice(until + 1).trim();
  const written = name.includes(",") ? `"${name}"` : name;
  replaceRange(field, from, isLast ? field.value.length : until, `${from ? " " : ""}${written}${isLast ? ", " : ""}`);
  close(state);
}

function onKey(state, event) {
  if (event.isComposing) return;
  const { list, active } = state;
  const count = list.children.length;
  const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (list.hidden) {
    if (isArrow && !event.altKey) {
      event.preventDefault();
      ask(state, 0);
    }
  } else if (isArrow) {
    event.preventDefault();
    // From the last to the first by way of the field itself, and back.
    point(state, ((active + 1 + (event.key === "ArrowDown" ? 1 : count) + count + 1) % (count + 1)) - 1);
  } else if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    close(state);
  } else if ((event.key === "Enter" || event.key === "Tab") && active >= 0) {
    if (event.key === "Enter") event.preventDefault();
    choose(state, list.children[active]);
  } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") close(state);
}
