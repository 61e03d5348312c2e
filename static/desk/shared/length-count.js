// Counts what is written into a field with a longest length (data-most), once it comes near it: nothing is cut, the
// server refuses what is longer.

import { announce } from "./announce.js";
import { make } from "./dom.js";
import { gettext } from "./i18n.js";

const NEAR = 0.8; // of what a field takes
const counts = new WeakMap(); // of each field, the words below it

const lengthOf = (text) => [...text].length; // a sign outside of the first plane is one, as on the server

function count(field) {
  const most = Number(field.dataset.most);
  const length = lengthOf(field.value);
  const isNear = length >= most * NEAR;
  if (!isNear && !counts.has(field)) return;
  if (!counts.has(field)) {
    counts.set(field, make("p", { class: "length-count" }));
    field.after(counts.get(field));
  }
  const words = gettext("%(length)s of %(most)s characters", { length, most });
  const shown = counts.get(field);
  if (length > most && !shown.classList.contains("is-over")) announce(gettext("Too long: %(words)s", { words }));
  shown.textContent = words;
  shown.hidden = !isNear;
  shown.classList.toggle("is-over", length > most);
}

for (const type of ["input", "desk:filled"]) {
  document.addEventListener(type, ({ target }) => target.dataset?.most && count(target));
}
document.querySelectorAll("[data-most]").forEach(count);
