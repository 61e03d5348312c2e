/* Leaves of a list what has the typed letters, while they are typed. Without it the form asks the server. */
import { plain } from "./plain.js";

const form = document.querySelector("[data-filter]");
const items = [...document.getElementById(form.dataset.filter).querySelectorAll("li")];
const none = document.querySelector("[data-filter-none]");
const names = items.map((item) => plain(item.textContent));

function filter() {
  const wanted = plain(form.elements.q.value);
  items.forEach((item, at) => (item.hidden = !names[at].includes(wanted)));
  none.hidden = items.some((item) => !item.hidden);
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => {
  // An alias may have the letters that no name has: then the server knows.
  if (none.hidden) event.preventDefault();
});
addEventListener("pageshow", filter); // a browser may bring back what was typed
