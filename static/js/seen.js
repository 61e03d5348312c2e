/* How far the reader has seen a subject: stored on the device, applied before the first paint, changed in place.
   ?seen= in an address is for its own page only: following somebody else's link must not change what is stored. */
import { load, store } from "./kept.js";

const page = document.querySelector("[data-subject]");
const form = document.querySelector("[data-seen]");
const name = `seen:${page.dataset.subject}`;
const isInAddress = () => new URLSearchParams(location.search).has("seen");

function show(seen) {
  let closedCount = 0;
  for (const part of page.querySelectorAll("[data-opens-at]")) {
    const isSafe = Number(part.dataset.opensAt) <= seen;
    if (!isSafe) closedCount += 1;
    if (isSafe !== part.hasAttribute("data-safe")) setSafe(part, isSafe);
  }
  if (form) updateForm(seen, closedCount);
}

function setSafe(part, isSafe) {
  part.toggleAttribute("data-safe", isSafe);
  part.open = isSafe;
  const card = part.closest(".card");
  const title = card && document.querySelector(`[data-contents] [href="#${card.id}"] [data-title]`);
  const heading = card?.querySelector(isSafe ? "[data-heading]" : "[data-outside]");
  title?.replaceChildren(...heading.cloneNode(true).childNodes);
}

function updateForm(seen, closedCount) {
  const { seen: field } = form.elements;
  if (field.type === "number") field.value = seen ?? "";
  form.querySelector("[data-forget]").hidden = !seen;
  if (!("inPlace" in form.dataset)) return;
  form.querySelector("[data-count]").textContent = closedCount;
  form.querySelector("[data-waiting]").hidden = !closedCount;
  form.querySelector("[data-none]").hidden = closedCount > 0;
}

form?.addEventListener("submit", (event) => {
  const seen = form.elements.seen.value;
  store(name, seen);
  if (!("inPlace" in form.dataset)) return; // a list: the server knows the headings
  event.preventDefault();
  if (isInAddress()) history.replaceState(null, "", location.pathname + location.hash);
  show(seen);
});

form?.querySelector("[data-forget]").addEventListener("click", (event) => {
  store(name, null);
  if (isInAddress()) return; // the link leads to the page without an answer
  event.preventDefault();
  show(null);
  form.querySelector("[type=number], button").focus();
});

addEventListener("pageshow", (event) => {
  if (event.persisted && !isInAddress()) show(load(name)); // the answer may have changed on another page
});
if (load(name) && !isInAddress()) show(load(name));
