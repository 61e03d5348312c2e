/* How far the reader has seen a subject: stored on the device, applied before the first paint, changed in place.
   ?seen= in an address is for its own page only: following somebody else's link must not change what is stored. */
import { load, store } from "./kept.js";

const page = document.querySelector("[data-subject]"); // an article, a fact, or the form above a list
const form = document.querySelector("[data-seen]");
let rows = [];
const name = (subject) => `seen:${subject}`;
const isInAddress = () => new URLSearchParams(location.search).has("seen");

function show(subject, seen) {
  if (subject === page?.dataset.subject) {
    for (const part of page.querySelectorAll("details[data-opens-at]")) {
      const isSafe = Number(part.dataset.opensAt) <= seen;
      if (isSafe !== part.hasAttribute("data-safe")) setSafe(part, isSafe);
    }
    if (form) updateForm(seen);
  }
  const changed = rows.filter(
    ({ dataset }) => dataset.about === subject && Number(dataset.opensAt) <= seen !== "safe" in dataset,
  );
  if (changed.length) import("./later/seen-rows.js").then((later) => later.toggle(changed, subject, seen));
}

function setSafe(part, isSafe) {
  part.toggleAttribute("data-safe", isSafe);
  part.open = isSafe;
  const card = part.closest(".card");
  const title = card && document.querySelector(`[data-contents] [href="#${card.id}"] [data-title]`);
  const heading = card?.querySelector(isSafe ? "[data-heading]" : "[data-outside]");
  title?.replaceChildren(...heading.cloneNode(true).childNodes);
}

function updateForm(seen) {
  const { seen: field } = form.elements;
  if (field.type === "number") field.value = seen === field.max ? "" : (seen ?? ""); // who has finished has named no episode
  form.querySelector("[data-forget]").hidden = !seen;
  const counts = [...form.querySelectorAll("[data-points]")].map((label) => {
    const points = label.dataset.points.split(" ").map((point) => point.split(":").map(Number));
    const count = points.reduce((sum, [opensAt, n]) => (opensAt <= seen ? sum : sum + (n || 0)), 0);
    label.textContent = (count === 1 ? label.dataset.one : label.dataset.many).replace("#", count);
    label.hidden = !count;
    return count;
  });
  form.querySelector("[data-and]").hidden = !counts.every(Boolean);
  form.querySelector("[data-waiting]").hidden = !counts.some(Boolean);
  form.querySelector("[data-none]").hidden = counts.some(Boolean);
}

function answer(event, seen) {
  store(name(page.dataset.subject), seen);
  if (isInAddress() && !("inPlace" in form.dataset)) return; // what the server has opened, it alone can close
  event.preventDefault();
  if (isInAddress()) history.replaceState(null, "", location.pathname + location.hash);
  show(page.dataset.subject, seen);
}

form?.addEventListener("submit", (event) => answer(event, form.elements.seen.value));
form?.addEventListener("click", (event) => {
  const seen = event.target.closest("a")?.dataset.answer;
  if (seen) answer(event, seen);
});
form?.querySelector("[data-forget]").addEventListener("click", (event) => {
  store(name(page.dataset.subject), null);
  if (isInAddress()) return; // the link leads to the page without an answer
  event.preventDefault();
  show(page.dataset.subject, null);
  form.querySelector("[type=number], button").focus();
});

function showAll(isAgain) {
  rows = [...document.querySelectorAll("[data-fact]")];
  const subjects = new Set([...rows.map((row) => row.dataset.about), ...(page ? [page.dataset.subject] : [])]);
  for (const subject of isInAddress() ? [] : subjects) {
    const seen = load(name(subject));
    if (seen || isAgain) show(subject, seen);
  }
}

addEventListener("pageshow", (event) => event.persisted && showAll(true)); // it may have changed on another page
addEventListener("rows", () => showAll(false)); // others stand there now: later/narrowing.js
showAll(false);
