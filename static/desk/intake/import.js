// Importing a document. Without this script both pages do the same: a file is chosen, a text is pasted as plain text,
// and "Update the preview" shows what the chosen roles make of it.

import { draftsFor } from "../shared/form-drafts.js";
import { button, make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

const MOST_HTML = 2_500_000; // together with the text below what a request may hold

const importForm = document.querySelector("[data-import-form]");
if (importForm) {
  setUpPaste(importForm, importForm.elements.text, importForm.elements.html, importForm.querySelector("[data-kept]"));
  setUpDrop(importForm, importForm.elements.file);
  offerToGoOn(importForm);
}
const previewForm = document.querySelector("[data-import-preview]");
if (previewForm) {
  draftsFor(previewForm).remove("document"); // it travels with the preview now
  setUpPreview(previewForm);
}

// --- the document ----------------------------------------------------------------------------------------------------

// The plain text stands in the field for the eye; its structure goes along unseen, until the text is changed by hand.
function setUpPaste(form, text, html, kept) {
  let pasted = false;
  text.addEventListener("paste", (event) => {
    const rich = event.clipboardData?.getData("text/html") ?? "";
    const isWhole = text.selectionEnd - text.selectionStart === text.value.length;
    if (!rich || !isWhole || rich.length > MOST_HTML) return;
    html.value = rich;
    kept.textContent = kept.dataset.kept;
    pasted = true; // the next change of the field is the pasting itself
  });
  text.addEventListener("input", () => {
    if (!pasted && html.value) {
      html.value = "";
      kept.textContent = text.value ? kept.dataset.lost : "";
    }
    pasted = false;
  });
}

function setUpDrop(form, file) {
  form.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("bring-over");
  });
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("bring-over");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("bring-over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    form.querySelector("[data-kept]").textContent = form.dataset.dropped;
    form.requestSubmit();
  });
}

// A document whose preview was left before it was a draft: an expired session, a closed tab, a step back.
function offerToGoOn(form) {
  const drafts = draftsFor(form);
  const entry = drafts.get("preview");
  if (!entry) return;
  const fields = new URLSearchParams(entry.fields);
  const name = fields.get("title") || fields.get("name");
  const words = name
    ? gettext("You were importing “%(name)s”. The document and the roles that you chose are still here.", { name })
    : gettext("You were importing a document. It and the roles that you chose are still here.");
  const forget = () => {
    drafts.remove("preview");
    box.remove();
  };
  const goOn = button(gettext("Go on with it"), () => sendAgain(form, fields), "desk-button");
  const acts = make("div", { class: "desk-acts" }, goOn, button(gettext("Discard it"), forget));
  const box = make("div", { class: "desk-note", role: "status", "data-go-on": true }, make("p", {}, words), acts);
  form.before(box);
}

function sendAgain({ elements }, fields) {
  const form = make("form", { method: "post", enctype: "multipart/form-data", hidden: true });
  fields.set("csrfmiddlewaretoken", elements.csrfmiddlewaretoken.value);
  fields.set("act", "update");
  for (const [name, value] of fields) {
    const field = make("textarea", { name });
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}

// --- the preview -----------------------------------------------------------------------------------------------------

function setUpPreview(form) {
  const status = form.querySelector("[data-status]");
  let latest = 0;
  const update = async () => {
    latest += 1;
    const mine = latest;
    const shown = await preview(form);
    if (mine !== latest) return; // a later choice is on its way
    if (shown) show(form, shown);
    status.textContent = shown ? form.querySelector("[data-summary]").textContent : form.dataset.failed;
  };
  form.addEventListener("change", (event) => {
    if (event.target.name?.startsWith("role-")) update();
  });
  // Chosen before this script had come, or kept by the browser when the page was loaded again.
  const roles = [...form.querySelectorAll("select[name^=role-]")];
  if (roles.some(({ selectedOptions: [chosen] }) => chosen && !chosen.defaultSelected)) update();
}

async function preview(form) {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-result]") ? page : null;
  } catch {
    return null;
  }
}

// The fields stay as they are, with their focus; only what they led to is new.
function show(form, page) {
  form.querySelector("[data-result]").replaceChildren(...page.querySelector("[data-result]").childNodes);
  for (const fresh of page.querySelectorAll("[data-block]")) {
    const block = document.getElementById(fresh.id);
    if (!block) continue;
    block.className = fresh.className;
    block.querySelector(".block-place").replaceWith(fresh.querySelector(".block-place"));
  }
}
