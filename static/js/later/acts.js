/* Saves a fact on the device or takes it away again, and sends a vote. A saved fact is its id, when it was last corrected
   as far as the reader could see, and its heading: for the day on which it is not published any more. */
import { load, store } from "../kept.js";

const MOST = 200;
const leaving = new AbortController();
addEventListener("pagehide", () => leaving.abort());

/** The newest last. */
export function saved() {
  try {
    return JSON.parse(load("saved")) ?? [];
  } catch {
    return [];
  }
}

/** Read it anew before: another tab may have changed it. False where the browser keeps nothing. */
export function keep(facts) {
  return store("saved", facts.length ? JSON.stringify(facts) : null);
}

export function click(button) {
  const { save: id, corrected = new Date().toISOString() } = button.dataset; // a list does not say: nothing since now
  const all = saved();
  const others = all.filter(([each]) => each !== id);
  const isNew = others.length === all.length;
  if (isNew && all.length >= MOST) return say(button, words.dataset.full);
  const heading = (button.querySelector("[data-public]") ?? button.closest("article").querySelector("[data-outside], h1")).textContent.trim();
  const isKept = keep(isNew ? [...all, [id, corrected, heading]] : others);
  say(button, words.dataset[isKept ? (isNew ? "saved" : "removed") : "failed"]);
  if (isKept && isNew) saidBy(button).append(" ", words.firstElementChild.cloneNode(true));
}

export async function submit(form) {
  try {
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", headers, credentials: "omit", signal: leaving.signal });
    const { sentence } = await answer.json();
    if (answer.ok) form.firstElementChild.ariaPressed = true;
    say(form, sentence);
  } catch (error) {
    if (error.name !== "AbortError") say(form, words.dataset.offline);
  }
}

const words = document.querySelector("[data-act-words]");
const saidBy = (part) => part.parentNode.querySelector("[role=status]");

function say(part, sentence) {
  saidBy(part).textContent = sentence;
}
