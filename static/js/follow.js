/* The page of feeds: a field that leaves of the tags what has the typed letters. */
import { plain } from "./later/plain.js";

const filter = document.querySelector("[data-filter]");
if (filter) {
  filter.hidden = false;
  filter.addEventListener("input", () => {
    for (const row of filter.nextElementSibling.children) row.hidden = !plain(row.textContent).includes(plain(filter.value));
  });
}
