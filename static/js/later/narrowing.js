/* Replaces the list of the fact index and its filters by those of another address, and finds names among the filters. */
import { plain } from "./plain.js";

const index = document.querySelector("[data-index]");
const announced = document.querySelector("[data-announced]");
const pages = new Map(); // what stood at an address, for the way back
let question = new AbortController();

/** The index at `address`, in place; `key` names what was pressed, which has the focus again afterwards. */
export async function follow(address, key) {
  const next = await load(address);
  if (!next) return;
  if (isBound(index) || isBound(next.part)) return location.assign(address);
  history.replaceState({ ...history.state, key, top: scrollY }, "");
  pages.set(location.href, { part: index.cloneNode(true), title: document.title });
  history.pushState({ key }, "", next.url);
  show(next);
  focus(key);
  announced.textContent = index.querySelector("[data-count]").textContent;
  if (index.getBoundingClientRect().top < 0) index.scrollIntoView();
}

/** What a reader has seen is a matter of the whole page: seen.js and its form are loaded with it. */
const isBound = (part) => part.querySelector("[data-seen]") !== null;

async function load(address) {
  question.abort();
  question = new AbortController();
  index.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: question.signal, credentials: "omit" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const part = page.querySelector("[data-index]");
    if (answer.ok && part) return { part, title: page.title, url: answer.url };
  } catch (error) {
    if (error.name === "AbortError") return null; // something else was pressed
  }
  location.assign(address); // whatever it is, the browser shows it
  return null;
}

function show({ part, title }) {
  const isOpen = index.querySelector("details").open;
  index.replaceChildren(...document.importNode(part, true).childNodes);
  index.querySelector("details").open = isOpen;
  index.removeAttribute("aria-busy");
  for (const field of index.querySelectorAll("[data-find]")) field.hidden = false;
  document.title = title;
  dispatchEvent(new Event("rows")); // seen.js opens what their reader has seen
}

function focus(key) {
  const same = [...index.querySelectorAll("[data-key]")].find((link) => link.dataset.key === key);
  const place = key === "words" ? index.querySelector("[name=q]") : same;
  (place?.checkVisibility() ? place : index.querySelector("[data-count]")).focus({ preventScroll: true });
}

addEventListener("popstate", async ({ state }) => {
  if (!state) return;
  const page = pages.get(location.href) ?? (await load(location.href));
  if (!page) return;
  show(page);
  focus(state.key);
  if (state.top !== undefined) scrollTo({ top: state.top, behavior: "instant" });
});
addEventListener("pagehide", () => question.abort());

// --- finding a name among the offers ---

/** Makes `field` a filter of the list beside it; all that the choice has is loaded once. */
export async function find(field) {
  if (field.dataset.ready) return;
  field.dataset.ready = "yes";
  const list = index.querySelector(`[data-offers="${field.dataset.find}"]`);
  const narrow = () => {
    for (const item of list.children) item.hidden = !plain(item.firstChild.firstChild.textContent).includes(plain(field.value));
  };
  field.addEventListener("input", narrow);
  if (!list.dataset.all) return;
  try {
    const answer = await fetch(list.dataset.all, { credentials: "omit" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const all = page.querySelector(`[data-offers="${field.dataset.find}"]`);
    const key = list.querySelector(":focus")?.dataset.key;
    list.replaceChildren(...document.importNode(all, true).childNodes);
    if (key) focus(key);
    delete list.dataset.all;
    field.closest("nav").querySelector(".more")?.remove();
    narrow();
  } catch {
    delete field.dataset.ready; // the link to all of them is still there
  }
}
