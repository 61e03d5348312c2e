// The field beside the list of subjects: what is typed there fills the list, and the only one that is found is chosen.

import { announce } from "../shared/announce.js";
import { fireInput } from "../shared/dom.js";
import { ngettext } from "../shared/i18n.js";

const PAUSE = 200; // milliseconds

export function setUpSubjectSearch(field) {
  const select = field.form.elements.subject;
  const state = { timer: 0, asked: null };
  field.removeAttribute("name"); // the list alone is saved
  field.addEventListener("input", (event) => {
    event.stopPropagation(); // nothing of the article is changed by looking
    clearTimeout(state.timer);
    state.timer = setTimeout(() => look(field, select, state), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    select.focus();
  });
}

async function look(field, select, state) {
  state.asked?.abort();
  const words = field.value.trim();
  if (!words) return;
  state.asked = new AbortController();
  const url = `${field.dataset.subjectSearch}?${new URLSearchParams({ q: words })}`;
  try {
    const answer = await fetch(url, { signal: state.asked.signal, headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { subjects } = await answer.json();
    fill(select, subjects);
    tell(field, ngettext("%(count)s subject in the list", "%(count)s subjects in the list", subjects.length));
  } catch {
    // Without an answer, or with a later question on its way, the list stays as it is.
  }
}

function fill(select, subjects) {
  const chosen = [...select.options].filter(({ value, selected }) => !value || selected);
  const there = new Set(chosen.map(({ value }) => value));
  const found = subjects.filter(({ slug }) => !there.has(slug)).map(({ slug, name }) => new Option(name, slug));
  select.replaceChildren(...chosen, ...found);
  if (subjects.length === 1 && select.value !== subjects[0].slug) {
    select.value = subjects[0].slug;
    fireInput(select);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function tell(field, words) {
  const help = document.getElementById(field.getAttribute("aria-describedby")?.split(" ")[0]);
  if (help) help.textContent = words;
  announce(words);
}
