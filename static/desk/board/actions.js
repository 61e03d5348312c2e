// Clicks and shortcuts of the desk as a whole, and what happens when the page is hidden or left.

import { openHelp } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

const ACTIONS =
  "[data-open], [data-add], [data-save-first], [data-delete], [data-open-all], [data-close-all], [data-show-preview], [data-show-shortcuts]";
const BODIES = { card: "body", faq: "answer", introduction: "introduction", conclusion: "conclusion" };

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
}

function onClick(desk, event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest(ACTIONS);
  if (!link) return openByItsWords(desk, event.target);
  if (link.closest(".part-form")) return;
  event.preventDefault();
  desk.status.clear("note");
  const part = desk.parts.get(link.closest("[data-part]")?.dataset.part);
  const { add, ...action } = link.dataset;
  if (add) desk.partList.add(add === "cards" ? "card" : "faq");
  else if ("open" in action && part.isOpen) part.close();
  else if ("open" in action) part.open({ focus: part.kind === "faq" ? "question" : "heading" });
  else if ("delete" in action) desk.partList.remove(part);
  else if ("saveFirst" in action) saveAndGo(desk, () => (link.form ? link.form.requestSubmit() : location.assign(link.href)));
  else if ("showShortcuts" in action) openHelp();
  else if ("showPreview" in action) load(desk, () => import("./preview.js"), ({ togglePreview }) => togglePreview(desk, link));
  else load(desk, () => import("./open-all.js"), ({ openAll }) => openAll(desk, "openAll" in action));
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

/** A click on the words of a closed part opens it there; a link among them opens in a window of its own. */
function openByItsWords(desk, target) {
  const body = target.closest("[data-body]");
  const link = body && target.closest("a");
  if (link) Object.assign(link, { target: "_blank", rel: "noopener" });
  const part = body && desk.parts.get(body.closest("[data-part]").dataset.part);
  // Whoever selects words with the mouse wants to copy them.
  if (part && !link && getSelection().isCollapsed) part.open({ focus: BODIES[part.kind] });
}

async function saveAndGo(desk, go) {
  if (await desk.saveAll()) go();
  else desk.status.notify("note", gettext("Not everything is saved yet. See to the marked parts first."));
}

const load = async (desk, module, act) => {
  const loaded = await desk.loadOrNotify(module);
  if (loaded) act(loaded);
};
