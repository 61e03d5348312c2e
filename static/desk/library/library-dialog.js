// The picture library in a dialog: a picture is found by words or uploaded, described, and used by whoever opened it.
// Frame: templates/desk/admin/picture_dialog.html; contents: articles/desk/admin/picture_dialog.py.
// An item is a picture's <li> in the list, with its title, its words and its small copy.

import { createUploader } from "./upload.js";
import { setUpFocalPoint } from "./focal-point.js";
import { get, post, setCsrfToken } from "../shared/server.js";
import { gettext } from "../shared/i18n.js";

export const dialog = document.querySelector("dialog[data-pictures]");

const url = dialog?.dataset.pictures;
const element = (name) => dialog.querySelector(`[data-${name}]`);
const pictureForm = dialog && element("picture-form");
const list = dialog && element("picture-list");
const UPLOAD_TIMEOUT = 600_000; // milliseconds: a large file on a slow line

let onUse; // called with the chosen item
let isAlone = false; // one picture was opened by itself: there is no library to go back to
let takesMany = false; // files for a text: each goes in
let hasUnsaved = false; // the form holds text that closing the dialog must not lose
let latest = 0;
let uploader;
let draft; // of the form that is shown

if (dialog) setUp();

/** `files` are uploaded at once, and each of them is used when it is described. */
export function openLibrary(whenUsed, files = []) {
  onUse = whenUsed;
  isAlone = false;
  takesMany = files.length > 0;
  element("search").reset();
  dialog.showModal();
  uploader.add(files);
  if (pictureForm.hidden) load();
  else element("save-and-use").hidden = !canUse();
}

// With others waiting the dialog has to stay open, and what was used alone would be replaced.
const canUse = () => !isAlone && (takesMany || !uploader.hasQueued());

export function openPicture(id, whenUsed) {
  onUse = whenUsed;
  isAlone = pictureForm.hidden;
  takesMany = false;
  dialog.showModal();
  if (isAlone) edit(id);
}

/** undefined where there is no such picture, or no connection. */
export async function itemOf(id) {
  return listed(id) ?? itemsIn((await fetchList({ q: id }))?.html).find((item) => idOf(item) === id);
}

export const idOf = (item) => item.querySelector("input").value;
export const titleOf = (item) => item.querySelector("[data-title]").textContent;

function setUp() {
  let pause;
  element("search").addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(load, 300, "1");
  });
  on("search", "submit", () => load());
  on("more", "click", () => load(element("more").value));
  on("choice", "submit", () => finish(chosen()));
  on("picture-list", "dblclick", () => finish(chosen()));
  on("edit", "click", () => (chosen() ? edit(idOf(chosen())) : finish()));
  on("close", "click", () => dialog.close());
  on("picture-form", "submit", save);
  pictureForm.addEventListener("input", () => (hasUnsaved = true));
  dialog.addEventListener("close", () => hasUnsaved || leave());
  pictureForm.addEventListener("click", (event) => event.target.closest("[data-back]") && back());
  // A new picture is in this window alone, until it is saved.
  addEventListener("beforeunload", (event) => hasUnsaved && !draft && event.preventDefault());
  uploader = createUploader({ dialog, send, setStatus, isFree: () => pictureForm.hidden });
}

function on(name, event, act) {
  element(name)?.addEventListener(event, (happened) => {
    happened.preventDefault();
    act(happened);
  });
}

function setStatus(text) {
  element("status").textContent = text;
}

function errorText({ status, body }) {
  if (body.sentence) return body.sentence;
  if (status) return gettext("The site could not do this now. Try it again in a moment.");
  return gettext("There is no connection to the site. Nothing is lost: try it again in a moment.");
}

// The server's answer; null after a failure, which the status line explains.
async function fetchList(query, below = "") {
  const answer = await get(`${url}${below}?${new URLSearchParams(query)}`);
  if (answer.status === 200) setCsrfToken(answer.body.token);
  else setStatus(errorText(answer));
  return answer.status === 200 ? answer.body : null;
}

const postForm = (address, body) => post(address, body, { renew: async () => Boolean(await fetchList({})), timeout: UPLOAD_TIMEOUT });

async function load(page = "1") {
  const request = (latest += 1);
  const found = await fetchList({ q: element("search").elements.q.value, page });
  if (!found || request !== latest) return; // a later search is on its way
  const before = chosen();
  if (page === "1") list.replaceChildren();
  const fresh = itemsIn(found.html).filter((item) => !listed(idOf(item)));
  list.append(...fresh);
  element("more").hidden = !found.next;
  element("more").value = found.next;
  if (page !== "1") fresh[0]?.querySelector("input").focus();
  else if (before) check(listed(idOf(before)));
  setStatus(found.status);
}

function itemsIn(html = "") {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [...template.content.children];
}

const listed = (id) => [...list.children].find((item) => idOf(item) === id);
const chosen = () => list.querySelector("input:checked")?.closest("li");

function check(item) {
  if (item) item.querySelector("input").checked = true;
}

function finish(item) {
  if (!item) {
    setStatus(gettext("Choose a picture first."));
    return;
  }
  dialog.close(); // first: it gives the focus back to where the picture goes
  onUse(item);
}

async function edit(id) {
  const found = await fetchList({}, `${id}/`);
  if (!found) return;
  setStatus("");
  show(found.html);
  hasUnsaved = false;
}

function show(html) {
  hasUnsaved = true;
  pictureForm.innerHTML = html;
  pictureForm.hidden = false;
  element("library").hidden = true;
  element("save-and-use").hidden = !canUse();
  setUpFocalPoint(pictureForm);
  storeWhatIsWritten();
  nameAfterAlt(pictureForm.querySelector("form").elements);
  const first = takesMany ? "[name=alt]" : "h3"; // what a picture for a text is asked for
  const wanted = pictureForm.querySelector("[aria-invalid=true]") ?? pictureForm.querySelector(first);
  wanted.focus();
  const stay = () => document.activeElement === wanted && wanted.scrollIntoView({ block: "nearest" });
  pictureForm.querySelector("img")?.addEventListener("load", stay); // it has no height before
}

// Browsers call every picture of the clipboard image.png. What it shows is a better name for finding it again.
function nameAfterAlt({ title, alt }) {
  if (title.value !== "Image") return;
  let isOwn = false;
  title.addEventListener("input", () => (isOwn = true));
  alt.addEventListener("input", () => {
    if (!isOwn) title.value = alt.value.slice(0, Number(title.dataset.most)) || "Image";
  });
}

// Of a picture that is in the library: a new one cannot be told from the next new one. Without a connection the form is
// there all the same.
async function storeWhatIsWritten() {
  const form = pictureForm.querySelector("form");
  draft = undefined;
  if (form.querySelector("[name=version]") === null) return;
  const { FormDraft } = await import("../shared/form-drafts.js");
  if (form.isConnected) draft = new FormDraft(form, { isSentHere: true });
}

async function send(address, fields) {
  const answer = await postForm(address, fields);
  if (answer.status !== 200) return { sentence: errorText(answer), isFinal: answer.status === 400 };
  setStatus("");
  show(answer.body.html);
  return null;
}

async function save({ target: form, submitter }) {
  const fields = new FormData(form);
  setStatus(gettext("Saving …"));
  form.inert = true; // nothing is typed that the answer would overwrite
  const answer = await postForm(form.action, fields);
  form.inert = false;
  if (answer.status !== 200) {
    if (answer.body.html) show(answer.body.html);
    else submitter?.focus();
    setStatus(errorText(answer));
    return;
  }
  draft?.remove();
  const item = putIntoList(answer.body);
  setStatus(`${gettext("Saved: %(title)s", { title: titleOf(item) })} ${answer.body.note}`.trim());
  if (submitter?.matches("[data-save-and-use]")) {
    leave();
    if (uploader.hasQueued()) {
      onUse(item);
      uploader.sendNext();
    } else finish(item);
  } else back();
}

// Puts a saved picture into the list, or replaces it there, and chooses it.
function putIntoList({ id, html }) {
  const [item] = itemsIn(html);
  if (listed(id)) listed(id).replaceWith(item);
  else list.prepend(item);
  check(item);
  document.dispatchEvent(new CustomEvent("desk:picture-saved", { detail: item }));
  return item;
}

function leave() {
  hasUnsaved = false;
  pictureForm.replaceChildren();
  pictureForm.hidden = true;
  element("library").hidden = false;
}

function back() {
  leave();
  if (uploader.hasQueued()) uploader.sendNext();
  else if (isAlone) dialog.close();
  else (list.querySelector("input:checked") ?? element("search").elements.q).focus();
}
