// Clicks and shortcuts of the desk as a whole, and what happens when the page is hidden or left.

import { openHelp, register } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

const BATCH = 20; // forms opened without a pause

const ACTIONS =
  "[data-open], [data-add], [data-save-first], [data-delete], [data-open-all], [data-close-all], [data-show-preview], [data-show-shortcuts]";

export function addListeners(desk) {
  desk.root.addEventListener("click", (event) => onClick(desk, event));
  document.addEventListener("keydown", (event) => onKeydown(desk, event));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) for (const part of desk.unsaved()) part.save({ leaving: true });
  });
  window.addEventListener("pagehide", () => desk.unsaved().forEach((part) => part.storeDraft()));
  window.addEventListener("beforeunload", (event) => {
    // Local drafts are restored on the next visit: no need to ask.
    if (desk.order.moved.size || desk.unsaved().some((part) => !part.isStoredLocally)) event.preventDefault();
  });
  const group = gettext("The desk");
  register({ keys: "Mod+Enter", words: gettext("Add the next fact, or question, after this one"), group });
  register({ keys: "Mod+S", words: gettext("Save now"), group });
  register({ keys: "Alt+↑ / Alt+↓", words: gettext("Move the line up or down"), group });
  register({ keys: "Esc", words: gettext("Close the part"), group });
  register({ keys: "Mod+Z", words: gettext("Undo the last move or deletion (outside of text)"), group });
}

function onClick(desk, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest(ACTIONS);
  if (!link || link.closest("form")) return;
  event.preventDefault();
  desk.status.clear("note");
  const part = desk.parts.get(link.closest("[data-part]")?.dataset.part);
  const { add, ...action } = link.dataset;
  if (add) desk.partList.add(add === "cards" ? "card" : "faq");
  else if ("open" in action && part.isOpen) part.close();
  else if ("open" in action) part.open({ focus: part.kind === "faq" ? "question" : "heading" });
  else if ("delete" in action) desk.partList.remove(part);
  else if ("saveFirst" in action) saveAndGo(desk, link);
  else if ("showShortcuts" in action) openHelp();
  else if ("showPreview" in action) showPreview(desk, link);
  else openAll(desk, "openAll" in action);
}

function onKeydown(desk, event) {
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
    desk.partList.add(part.kind, part.root);
  } else if (event.key === "Escape" && part?.isOpen && part.form.contains(event.target)) {
    event.preventDefault();
    part.close({ focus: true });
  }
}

async function saveAndGo(desk, link) {
  if (await desk.saveAll()) location.assign(link.href);
  else desk.status.notify("note", gettext("Not everything is saved yet. See to the marked parts first."));
}

async function openAll(desk, open) {
  let count = 0;
  for (const part of [...desk.parts.values()]) {
    if (!part.id || part.isOpen === open) continue;
    if (open) await part.open();
    else part.close();
    // Lets the browser draw and take input now and then: there may be hundreds of parts.
    count += 1;
    if (count % BATCH === 0) await new Promise((resolve) => setTimeout(resolve));
  }
}

async function showPreview(desk, button) {
  const panel = desk.root.querySelector("[data-preview]");
  const preview = await desk.loadOrNotify(() => import("./preview.js"));
  if (!preview) return;
  panel.hidden = !panel.hidden;
  button.setAttribute("aria-expanded", !panel.hidden);
  desk.root.classList.toggle("has-preview", !panel.hidden);
  if (panel.hidden) return;
  desk.preview ??= preview.setUpPreview(panel, { unsaved: () => desk.unsavedFields(), place: desk.presence.place });
  desk.preview.changed();
}
