// The form of a part: cloned from a template, filled with a value, read, and marked where a field is invalid.

import { freshId, make } from "../shared/dom.js";
import { SOURCE_NAMES, readSources, setSources } from "./sources.js";

/** A copy of the template's fields with ids of its own. */
export function cloneTemplate(template) {
  const copy = template.content.cloneNode(true);
  const stem = freshId("part");
  const own = (id) => `${stem}-${id}`;
  for (const element of copy.querySelectorAll("[id]")) element.id = own(element.id);
  for (const name of ["for", "aria-describedby", "aria-labelledby", "aria-controls"]) {
    for (const element of copy.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, element.getAttribute(name).split(" ").map(own).join(" "));
    }
  }
  return copy;
}

export const read = (form) => new URLSearchParams(new FormData(form)).toString();

/** Fills a form with a part's value as the server sends it. */
export function fill(form, value) {
  for (const [name, item] of Object.entries(value)) {
    if (name === "sources") setSources(form, item);
    else if (name === "tags") put(form, name, [item.map((tag) => (tag.includes(",") ? `"${tag}"` : tag)).join(", ")]);
    else put(form, name, Array.isArray(item) ? item : [item ?? ""]);
  }
  form.querySelector("[data-sources]")?.dispatchEvent(new Event("desk:filled", { bubbles: true })); // for the chips
}

/** Fills a form with what `read` returned earlier. */
export function fillFromEncoded(form, encoded) {
  const fields = new URLSearchParams(encoded);
  if (fields.has("sources-TOTAL_FORMS")) setSources(form, sourcesIn(fields));
  for (const name of new Set(fields.keys())) if (!name.startsWith("sources-")) put(form, name, fields.getAll(name));
}

/** The rows of sources among encoded fields, without the empty ones. */
export function sourcesIn(fields) {
  const row = (_row, place) =>
    Object.fromEntries(
      SOURCE_NAMES.map((name) => [name, fields.get(`sources-${place}-${name}`) ?? ""]),
    );
  const rows = Array.from({ length: Number(fields.get("sources-TOTAL_FORMS")) }, row);
  return rows.filter((values) => Object.values(values).some(Boolean));
}

function put(form, name, values) {
  const controls = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  while (controls.length && controls.length < values.length) controls.push(another(controls.at(-1)));
  controls.forEach((control, place) => set(control, String(values[place] ?? "")));
}

// A further box of a field that takes several values, such as the authors.
function another(control) {
  const copy = control.cloneNode(true);
  copy.id = freshId(control.name);
  copy.ariaLabel = control.ariaLabel?.replace(/\d+/, (number) => Number(number) + 1) ?? null;
  control.after(copy);
  return copy;
}

function set(control, value) {
  if (control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value)) {
    control.add(new Option(value, value));
  }
  if (control.value !== value) {
    const { selectionStart: start, selectionEnd: end } = control;
    control.value = value;
    if (control === document.activeElement && start !== undefined && start !== null) control.setSelectionRange(start, end);
  }
  control.dispatchEvent(new Event("desk:filled", { bubbles: true }));
}

/** Puts the focus into a field, into the first invalid one ("wrong"), or on the comparison of a conflict ("conflict"). */
export function focusOn(form, name) {
  const first = "input:not([type=hidden]), textarea, select";
  const wanted =
    { wrong: "[aria-invalid=true]", conflict: "[data-conflict]" }[name] ?? `[name="${name}"], [data-${name}] :is(${first})`;
  const field = form.querySelector(wanted) ?? form.querySelector(first);
  reveal(field);
  field.focus();
}

/** Opens the section in which a field stands, where it is closed: see chips.js. */
const reveal = (field) => field.dispatchEvent(new Event("desk:reveal", { bubbles: true }));

/** The contents of a form as far as its outline line shows them (see outline.js summaryOfValue). */
export function summaryOf(form) {
  const of = (name) => form.elements[name]?.value ?? "";
  return {
    heading: of("heading") || of("question"),
    emoji: of("emoji"),
    body: of("body") || of("answer") || of("introduction") || of("conclusion"),
    tags: of("tags").split(",").filter((tag) => tag.trim()).length,
    sources: form.querySelector("[data-sources]") ? readSources(form).length : 0,
    spoiler: of("spoiler_after"),
  };
}

/** Shows each error at its field, as its description, so that a screen reader reads both together. */
export function showErrors(form, errors) {
  clearErrors(form);
  for (const [name, sentences] of Object.entries(errors)) {
    const id = freshId("error");
    const list = make("ul", { class: "errorlist", id, "data-error": true }, ...sentences.map((sentence) => make("li", {}, sentence)));
    const control = form.querySelector(`[name="${CSS.escape(name)}"]`);
    if (control) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", `${id} ${control.getAttribute("aria-describedby") ?? ""}`);
      reveal(control);
    }
    const label = control?.labels?.[0];
    if (label) label.after(list);
    else (control?.parentNode ?? form).prepend(list);
  }
}

export function clearErrors(form) {
  for (const list of form.querySelectorAll("[data-error]")) {
    const control = form.querySelector(`[aria-describedby~="${list.id}"]`);
    control?.removeAttribute("aria-invalid");
    control?.setAttribute("aria-describedby", control.getAttribute("aria-describedby").replace(list.id, "").trim());
    list.remove();
  }
}
