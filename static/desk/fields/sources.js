// The sources of a fact as rows that are added and removed. They post as the same formset as without this script: names
// and counters are written again after every change.

import { parseCitation } from "./citations.js";
import { isUrl, parseForeignHtml, unwrapRedirect } from "./urls.js";
import { announce } from "../shared/announce.js";
import { fireInput, freshId, make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";
import { get } from "../shared/server.js";

export const SOURCE_NAMES = ["url", "title", "publisher", "seen_on", "kind", "excerpt", "archived_url"];
const rowsOf = (box) => [...box.querySelectorAll(".source")];
const input = (row, name) => row.querySelector(`[name$="-${name}"]`);
const PAUSE = 200; // milliseconds
const today = () => new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
const emptyRows = new WeakMap(); // of each fieldset, a blank row to clone

/** rows: [{ url, title, publisher, seen_on, kind, excerpt, archived_url }]. Fires no event: the caller sets the rows and knows. */
export function setSources(root, rows) {
  const box = setUpSources(root);
  rowsOf(box).forEach((row) => row.remove());
  for (const row of rows) add(box, row);
  count(box);
}

/** The rows as they stand in the fields, without the empty ones. */
export function readSources(root) {
  const values = (row) => Object.fromEntries(SOURCE_NAMES.map((name) => [name, input(row, name).value.trim()]));
  return rowsOf(root.querySelector("[data-sources]")).map(values).filter((row) => Object.values(row).some(Boolean));
}

export function setUpSources(root) {
  const box = root.querySelector("[data-sources]");
  if (!box || emptyRows.has(box)) return box;
  emptyRows.set(box, emptied(rowsOf(box)[0].cloneNode(true)));
  for (const row of rowsOf(box)) {
    if (SOURCE_NAMES.some((name) => input(row, name).value) || row.querySelector(".errorlist")) row.append(removal(box, row));
    else row.remove();
  }
  box.querySelector(".help")?.remove();
  box.append(adding(box));
  box.addEventListener("paste", (event) => takeUrls(box, event, event.clipboardData));
  box.addEventListener("drop", (event) => takeUrls(box, event, event.dataTransfer));
  box.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("text/uri-list")) event.preventDefault();
  });
  box.addEventListener("change", ({ target }) => {
    if (!target.name?.endsWith("-url")) return;
    fillBlanks(target.closest(".source"));
    fillFromElsewhere(box, target.closest(".source"));
  });
  count(box);
  return box;
}

function emptied(row) {
  row.querySelectorAll(".errorlist").forEach((list) => list.remove());
  row.querySelectorAll(".desk-field-wrong").forEach((field) => field.classList.remove("desk-field-wrong"));
  for (const name of SOURCE_NAMES) {
    for (const attribute of ["value", "aria-invalid", "aria-describedby"]) input(row, name).removeAttribute(attribute);
    input(row, name).value = "";
  }
  return row;
}

function adding(box) {
  const id = freshId("source");
  const field = make("input", { type: "text", inputmode: "url", id, placeholder: "https://", autocomplete: "off" });
  const act = () => {
    const row = add(box, parseCitation(field.value) ?? { url: field.value.trim() });
    field.value = "";
    fillBlanks(row);
    fillFromElsewhere(box, row);
    count(box);
    fireInput(input(row, "url"));
    input(row, input(row, "url").value ? "title" : "url").focus();
  };
  // An address that was typed and left is meant as well.
  field.addEventListener("change", () => isUrl(field.value) && act());
  const known = make("datalist", { id: freshId("known-sources") });
  field.setAttribute("list", known.id);
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    offerKnown(box, field, known);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    act();
  });
  const button = make("button", { type: "button", class: "desk-button desk-button-quiet", click: act });
  button.append(gettext("Add a source"));
  const words = gettext("Type, paste or drop an address, a whole line, or words of a source that was used before");
  const label = make("label", { for: id }, words);
  return make("div", { class: "source-add" }, label, field, button, known);
}

function add(box, values) {
  const row = emptyRows.get(box).cloneNode(true);
  const stem = freshId("source");
  for (const name of SOURCE_NAMES) {
    const field = input(row, name);
    row.querySelector(`label[for="${field.id}"]`)?.setAttribute("for", `${stem}-${name}`);
    field.id = `${stem}-${name}`;
    field.value = values[name] ?? "";
  }
  row.append(removal(box, row));
  box.querySelector(".source-add").before(row);
  return row;
}

function removal(box, row) {
  const click = () => {
    const neighbour = row.nextElementSibling;
    row.remove();
    count(box);
    fireInput(box.querySelector("[name$=TOTAL_FORMS]"));
    (neighbour.querySelector(".source-remove") ?? neighbour.querySelector("input")).focus();
    announce(gettext("Source removed."));
  };
  return make("button", { type: "button", class: "source-remove", click }, gettext("Remove"));
}

// Names, numbers and the formset's own counters.
function count(box) {
  const rows = rowsOf(box);
  rows.forEach((row, place) => {
    const number = gettext("Source %(number)s", { number: place + 1 });
    row.setAttribute("aria-label", number);
    row.querySelector(".source-remove").setAttribute("aria-label", `${gettext("Remove")}: ${number}`);
    for (const name of SOURCE_NAMES) input(row, name).name = `sources-${place}-${name}`;
  });
  box.querySelector("[name$=TOTAL_FORMS]").value = rows.length;
  box.querySelector("[name$=INITIAL_FORMS]").value = 0;
  box.querySelector(".source-add").hidden = rows.length >= Number(box.querySelector("[name$=MAX_NUM_FORMS]").value);
}

function fillBlanks(row) {
  const [url, publisher, seen] = ["url", "publisher", "seen_on"].map((name) => input(row, name));
  if (!isUrl(url.value)) return;
  url.value = unwrapRedirect(url.value);
  if (!publisher.value) publisher.value = new URL(url.value).hostname.replace(/^www\./, "");
  if (!seen.value) seen.value = today();
}

// --- sources that were used before -----------------------------------------------------------------------------------

const askServer = (box, query) => {
  const url = box.closest("[data-tags-url]")?.dataset.tagsUrl.replace(/tags\/$/, "sources/");
  return url ? get(`${url}?${new URLSearchParams(query)}`) : { status: 0, body: {} };
};

function offerKnown(box, field, known) {
  clearTimeout(field.pause);
  const words = field.value.trim();
  if (words.length < 2 || [...known.options].some((option) => option.value === words)) return;
  field.pause = setTimeout(async () => {
    const { status, body } = await askServer(box, { q: words });
    if (status !== 200 || field.value.trim() !== words) return;
    const named = ({ url, title, publisher }) => make("option", { value: url }, [title, publisher].filter(Boolean).join(" · ") || url);
    known.replaceChildren(...body.sources.map(named));
  }, PAUSE);
}

// Title and publisher as another fact has them, where this row says none; what a person wrote stays.
async function fillFromElsewhere(box, row) {
  const url = input(row, "url").value;
  if (!isUrl(url) || input(row, "title").value) return;
  const { body } = await askServer(box, { url });
  const found = body.sources?.[0];
  if (!found || !row.isConnected || input(row, "url").value !== url || input(row, "title").value) return;
  const host = new URL(url).hostname.replace(/^www\./, "");
  input(row, "title").value = found.title;
  if ([host, ""].includes(input(row, "publisher").value)) input(row, "publisher").value = found.publisher || host;
  fireInput(input(row, "title"));
  announce(gettext("Filled in as another fact has it: %(title)s", { title: found.title }));
}

// Addresses that are pasted or dropped: one fills the field that it is pasted into, all others make rows.
function takeUrls(box, event, data) {
  if (event.target.matches("textarea")) return; // words of an excerpt may be addresses
  const citations = data.getData("text/plain").split(/\n/).filter((line) => line.trim()).map(parseCitation);
  const found = citations.length && citations.every(Boolean) ? citations : urlsIn(data);
  const row = event.target.matches("input") && event.target.closest(".source");
  if (!found.length || (row && found.length === 1 && !found[0].seen_on && !found[0].publisher)) return;
  if (row && !event.target.name.endsWith("-url") && found.length > 1) return;
  event.preventDefault();
  if (row && SOURCE_NAMES.every((name) => !input(row, name).value || name === "seen_on")) row.remove(); // an empty one is filled
  const there = new Set(readSources(box.parentElement).map((row) => row.url));
  const fresh = found.filter(({ url }) => !there.has(url));
  for (const values of fresh) {
    const made = add(box, values);
    fillBlanks(made);
    fillFromElsewhere(box, made);
  }
  count(box);
  fireInput(box.querySelector("[name$=TOTAL_FORMS]"));
  rowsOf(box).at(-1).querySelector("input").focus();
  announce(gettext("Sources added: %(count)s.", { count: fresh.length }));
}

// A link that is copied or dragged brings its words along: they are the title.
function urlsIn(data) {
  const lines = (data.getData("text/uri-list") || data.getData("text/plain")).split(/\s+/).filter(Boolean);
  if (!lines.every(isUrl)) return [];
  const titles = new Map();
  parseForeignHtml(data.getData("text/html")).querySelectorAll("a[href]").forEach((link) => {
    titles.set(link.getAttribute("href"), link.textContent.trim());
  });
  const title = (line) => (isUrl(titles.get(line) ?? "") ? "" : titles.get(line));
  return [...new Set(lines)].map((line) => ({ url: unwrapRedirect(line), title: title(line) }));
}
