/* How far the reader has seen a subject: kept on the device, applied before the first paint, changed in place.
   An address with ?seen= speaks for its own page: somebody else's link shall not be remembered as the reader's word. */
import { keep, kept } from "./kept.js";

const page = document.querySelector("[data-subject]");
const form = document.querySelector("[data-seen]");
const name = `seen:${page.dataset.subject}`;
const isInAddress = () => new URLSearchParams(location.search).has("seen");

function show(seen) {
  let waiting = 0;
  for (const part of page.querySelectorAll("[data-opens-at]")) {
    const isSafe = Number(part.dataset.opensAt) <= seen;
    if (!isSafe) waiting += 1;
    if (isSafe !== part.hasAttribute("data-safe")) turn(part, isSafe);
  }
  if (form) tell(seen, waiting);
}

function turn(part, isSafe) {
  part.toggleAttribute("data-safe", isSafe);
  part.open = isSafe;
  const card = part.closest(".card");
  const title = card && document.querySelector(`[data-contents] [href="#${card.id}"] [data-title]`);
  const heading = card?.querySelector(isSafe ? "[data-heading]" : "[data-outside]");
  title?.replaceChildren(...heading.cloneNode(true).childNodes);
}

function tell(seen, waiting) {
  const { seen: field } = form.elements;
  if (field.type === "number") field.value = seen ?? "";
  form.querySelector("[data-forget]").hidden = !seen;
  if (!("inPlace" in form.dataset)) return;
  form.querySelector("[data-count]").textContent = waiting;
  form.querySelector("[data-waiting]").hidden = !waiting;
  form.querySelector("[data-none]").hidden = waiting > 0;
}

form?.addEventListener("submit", (event) => {
  const seen = form.elements.seen.value;
  keep(name, seen);
  if (!("inPlace" in form.dataset)) return; // a list: the server knows the headings
  event.preventDefault();
  if (isInAddress()) history.replaceState(null, "", location.pathname + location.hash);
  show(seen);
});

form?.querySelector("[data-forget]").addEventListener("click", (event) => {
  keep(name, null);
  if (isInAddress()) return; // the link leads to the page without an answer
  event.preventDefault();
  show(null);
  form.querySelector("[type=number], button").focus();
});

addEventListener("pageshow", (event) => {
  if (event.persisted && !isInAddress()) show(kept(name)); // another page may have been told more meanwhile
});
if (kept(name) && !isInAddress()) show(kept(name));
