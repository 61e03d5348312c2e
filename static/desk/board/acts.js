// Keys and clicks on the desk as a whole, and what happens when it is left.

import { openHelp, register } from "./shortcuts.js";
import { gettext } from "../shared/words.js";

const AT_ONCE = 20;

const ACTS =
  "[data-open], [data-add], [data-step], [data-delete], [data-open-all], [data-close-all], [data-show-preview], [data-show-keys]";

export function listen(desk) {
  desk.root.addEventListener("click", (event) => clicked(desk, event));
  document.addEventListener("keydown", (event) => pressed(desk, event));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const part of desk.unsaved()) part.save({ leaving: true });
  });
  window.addEventListener("pagehide", () => desk.unsaved().forEach((part) => part.keep()));
  window.addEventListener("beforeunload", (event) => {
    // What is kept on this device comes back by itself.
    if (desk.order.moved.size || desk.unsaved().some((part) => !part.isKept)) event.preventDefault();
  });
  const group = gettext("The desk");
  register({ keys: "Mod+Enter", words: gettext("Add the next fact, or question, after this one"), group });
  register({ keys: "Mod+S", words: gettext("Save now"), group });
  register({ keys: "Alt+↑ / Alt+↓", words: gettext("Move the line up or down"), group });
  register({ keys: "Esc", words: gettext("Close the part"), group });
  register({ keys: "Mod+Z", words: gettext("Undo the last move or deletion (outside of text)"), group });
}

function clicked(desk, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest(ACTS);
  if (!link || link.closest("form")) return;
  event.preventDefault();
  desk.status.hush("note");
  const part = desk.parts.get(link.closest("[data-part]")?.dataset.part);
  const { add, ...marks } = link.dataset;
  if (add) desk.growth.add(add === "cards" ? "card" : "faq");
  else if ("open" in marks && part.isOpen) part.close();
  else if ("open" in marks) part.open({ focus: part.kind === "faq" ? "question" : "heading" });
  else if ("delete" in marks) desk.growth.remove(part);
  else if ("step" in marks) leaveFor(desk, link);
  else if ("showKeys" in marks) openHelp();
  else if ("showPreview" in marks) showPreview(desk, link);
  else openAll(desk, "openAll" in marks);
}

function pressed(desk, event) {
  // Enter and Escape also end the writing of a Hangul syllable.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return;
  const part = desk.parts.get(event.target.closest?.("[data-part]")?.dataset.part);
  const isCommand = event.ctrlKey || event.metaKey;
  if (isCommand && event.key.toLowerCase() === "s") {
    event.preventDefault();
    desk.saveAll();
  } else if (isCommand && event.key === "Enter" && part?.id) {
    event.preventDefault();
    part.save();
    desk.growth.add(part.kind, part.root);
  } else if (event.key === "Escape" && part?.isOpen && part.form.contains(event.target)) {
    event.preventDefault();
    part.close({ focus: true });
  }
}

async function leaveFor(desk, link) {
  if (await desk.saveAll()) location.assign(link.href);
  else desk.status.say("note", gettext("Not everything is saved yet. See to the marked parts first."));
}

async function openAll(desk, open) {
  let count = 0;
  for (const part of [...desk.parts.values()]) {
    if (!part.id || part.isOpen === open) continue;
    if (open) await part.open();
    else part.close();
    // A breath now and then, so that the page stays alive with hundreds of them.
    count += 1;
    if (count % AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
  }
}

async function showPreview(desk, button) {
  const panel = desk.root.querySelector("[data-preview]");
  const preview = await desk.fetched(() => import("./preview.js"));
  if (!preview) return;
  panel.hidden = !panel.hidden;
  button.setAttribute("aria-expanded", !panel.hidden);
  desk.root.classList.toggle("has-preview", !panel.hidden);
  if (panel.hidden) return;
  desk.preview ??= preview.setUpPreview(panel, { unsaved: () => desk.unsavedFields(), place: desk.pulse.place });
  desk.preview.changed();
}
