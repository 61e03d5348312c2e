// The lesser fields of a form as one line of chips: each says what its section holds, and opens it below. One is open at a
// time, so that a form stays as high as a screen.

import { freshId, make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const valueOf = (section, name) => section.querySelector(`[name="${name}"]`)?.value.trim() ?? "";

/** What a section holds, in a few words; "" when it is empty. */
const SUMMARIES = {
  sources: (section) => {
    const count = [...section.querySelectorAll('[name$="-url"], [name$="-title"]')].reduce(
      (found, field) => (field.value.trim() ? found.add(field.closest(".source")) : found),
      new Set(),
    ).size;
    return count ? String(count) : "";
  },
  picture: (section) => {
    const { value, selectedOptions } = section.querySelector("select");
    return value && selectedOptions[0].textContent;
  },
  spoiler: (section) => {
    const episode = valueOf(section, "spoiler_after");
    return episode && gettext("after episode %(episode)s", { episode });
  },
  tags: (section) => valueOf(section, "tags").replace(/,\s*$/, ""),
  check: (section) => {
    const day = valueOf(section, "check_on");
    return day && new Date(`${day}T00:00`).toLocaleDateString(document.documentElement.lang || [], { dateStyle: "medium" });
  },
  caveat: (section) => {
    const { value, selectedOptions } = section.querySelector("select");
    return value && selectedOptions[0].textContent;
  },
};

export function setUpChips(root) {
  for (const box of root.querySelectorAll("[data-chips]")) if (!box.querySelector(".chip-row")) setUp(box);
}

function setUp(box) {
  const chips = [...box.querySelectorAll("[data-chip]")].map((section) => chipOf(box, section));
  const row = make("div", { class: "chip-row" }, ...chips.map(({ button }) => button));
  box.prepend(row);
  const show = () => chips.forEach(describe);
  for (const type of ["input", "change", "desk:filled", "desk:described"]) box.addEventListener(type, show);
  // Whoever puts the focus into a closed section, or marks a field of it, asks for it here.
  box.addEventListener("desk:reveal", ({ target }) => {
    const chip = chips.find(({ section }) => section.contains(target));
    if (chip) open(chips, chip);
  });
  for (const chip of chips) {
    chip.button.addEventListener("click", () => {
      const isOpening = chip.section.hidden;
      open(chips, isOpening ? chip : null);
      if (isOpening) chip.section.querySelector("input:not([type=hidden]), textarea, select")?.focus();
    });
  }
  show();
}

function chipOf(box, section) {
  section.id ||= freshId("chip");
  section.hidden = !section.querySelector("[aria-invalid=true], .errorlist");
  const name = section.querySelector("legend").textContent;
  const words = make("span", { class: "chip-words" });
  const button = make("button", { type: "button", class: "chip", "aria-controls": section.id, "aria-expanded": String(!section.hidden) });
  button.append(make("span", { class: "chip-name" }, name), words);
  return { section, button, words };
}

function describe({ section, button, words }) {
  const summary = SUMMARIES[section.dataset.chip](section);
  const text = summary || gettext("none");
  if (words.textContent !== text) words.textContent = text;
  button.classList.toggle("is-empty", !summary);
  button.classList.toggle("is-wrong", Boolean(section.querySelector("[aria-invalid=true]")));
}

function open(chips, wanted) {
  for (const chip of chips) {
    const isOpen = chip === wanted;
    if (isOpen || !chip.section.querySelector("[aria-invalid=true]")) chip.section.hidden = !isOpen;
    chip.button.setAttribute("aria-expanded", !chip.section.hidden);
  }
}
