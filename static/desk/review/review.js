// Deciding on each part without leaving the page, and by keyboard. Without this script the forms lead to the page again.

import { mountComments } from "../comments/mount.js";
import { announce } from "../shared/announce.js";
import { make } from "../shared/dom.js";
import { FormDraft } from "../shared/form-drafts.js";
import { gettext } from "../shared/i18n.js";
import { post } from "../shared/server.js";
import { isSingleKey, register } from "../shared/shortcuts.js";

const root = document.querySelector("[data-review]");
const drafts = new WeakMap(); // of the forms
const pieces = () => [...root.querySelectorAll("[data-piece]")];
const here = () => document.activeElement?.closest("[data-piece]");

function goTo(piece) {
  if (!piece) return;
  piece.focus({ preventScroll: true });
  piece.scrollIntoView({ block: "start" });
}

function walk(step) {
  const all = pieces();
  const at = all.indexOf(here());
  goTo(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
}

function press(verdict) {
  const piece = here();
  piece?.querySelector(`[data-decide] button[value=${verdict}]`)?.click();
}

function openNote() {
  const details = here()?.querySelector("[data-say]");
  if (!details) return;
  details.open = true;
  details.querySelector("textarea").focus();
}

function nextUndecided() {
  const all = pieces();
  const at = all.indexOf(here());
  const isOpen = (piece) => !piece.classList.contains("is-approved");
  goTo(all.slice(at + 1).find(isOpen) ?? all.find(isOpen));
}

const ACTS = { j: () => walk(1), ArrowDown: () => walk(1), k: () => walk(-1), ArrowUp: () => walk(-1) };
Object.assign(ACTS, { a: () => press("approved"), s: openNote, n: nextUndecided });

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.target.closest("[data-thread]") || !isSingleKey(event)) return;
  const act = ACTS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

// From inside of a part's form the keys of the page are letters; Escape leads back to the part.
root.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target.closest("[data-decide]")) goTo(event.target.closest("[data-piece]"));
});

root.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-decide]");
  if (!form || !event.submitter?.value) return;
  event.preventDefault();
  decide(form, event.submitter);
});

async function decide(form, button) {
  const piece = form.closest("[data-piece]");
  const fields = new FormData(form);
  fields.set("verdict", button.value);
  button.setAttribute("aria-disabled", "true");
  const { status, body } = await post(form.action, fields);
  button.removeAttribute("aria-disabled");
  if (status !== 200) return showError(form, body.sentence ?? gettext("There is no connection. What you wrote is kept on this device."));
  drafts.get(form)?.remove();
  const fresh = new DOMParser().parseFromString(body.html, "text/html").querySelector("[data-piece]");
  if (fresh) update(piece, fresh);
  root.querySelector("[data-progress]").value = body.approved;
  root.querySelector("[data-progress-words]").textContent = body.progress;
  const step = ([label, href]) => make("a", { class: "desk-button desk-button-quiet", href }, label);
  root.querySelector("[data-steps]").replaceChildren(...body.steps.map(step));
  const badge = fresh?.querySelector(".badge")?.textContent ?? "";
  announce(body.sentence || badge);
  if (body.is_over) return location.reload(); // other steps are possible now
  if (button.value === "approved") return nextUndecided();
  goTo(piece);
  (await threads)?.refresh(); // what was asked is a comment, too
}

// The threads beside it stay where they are.
function update(piece, fresh) {
  piece.className = fresh.className;
  for (const part of ["[data-words]", "[data-decision]"]) piece.querySelector(part).replaceWith(fresh.querySelector(part));
  keepOnDevice(piece);
}

function keepOnDevice(within) {
  for (const form of within.querySelectorAll("[data-decide]")) {
    drafts.set(form, new FormDraft(form, { isSentHere: true }));
    if (form.elements.note.value) form.querySelector("[data-say]").open = true; // it is back from this device
  }
}

function showError(form, sentence) {
  const line = form.querySelector("[data-error]");
  line.textContent = sentence;
  line.hidden = false;
}

keepOnDevice(root);
window.addEventListener("pagehide", () => root.querySelectorAll("[data-decide]").forEach((form) => drafts.get(form)?.store()));
const threads = mountComments(root);

const group = gettext("Review");
for (const [keys, words] of [
  ["J / K, ↓ / ↑", gettext("To the next or previous part")],
  ["A", gettext("Approve the part")],
  ["S", gettext("Ask about the part, or send it back")],
  ["N", gettext("To the next part that is not approved")],
]) {
  register({ keys, words, group });
}
