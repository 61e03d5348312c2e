// The form of a part: made from a template, filled with a value, read, and marked where something is wrong.

import { readSources, setSources } from "./sources.js";

let made = 0;

/** A copy of the template's fields with ids of its own. */
export function cloned(template) {
  const copy = template.content.cloneNode(true);
  made += 1;
  const own = (id) => `p${made}-${id}`;
  for (const element of copy.querySelectorAll("[id]")) element.id = own(element.id);
  for (const name of ["for", "aria-describedby", "aria-labelledby", "aria-controls"]) {
    for (const element of copy.querySelectorAll(`[${name}]`)) {
      element.setAttribute(name, element.getAttribute(name).split(" ").map(own).join(" "));
    }
  }
  return copy;
}

export function read(form) {
  const fields = new URLSearchParams(new FormData(form));
  fields.delete("csrfmiddlewaretoken");
  fields.delete("token");
  return fields.toString();
}

/** Fills a form with a part's value as the server tells it. */
export function fill(form, value) {
  for (const [name, item] of Object.entries(value)) {
    if (name === "sources") setSources(form, item);
    else if (name === "tags") put(form, name, [item.map((tag) => (tag.includes(",") ? `"${tag}"` : tag)).join(", ")]);
    else put(form, name, Array.isArray(item) ? item : [item ?? ""]);
  }
}

/** Fills a form with what `read` gave once. */
export function fillAgain(form, encoded) {
  const fields = new URLSearchParams(encoded);
  if (fields.has("sources-TOTAL_FORMS")) setSources(form, sourcesIn(fields));
  for (const name of new Set(fields.keys())) if (!name.startsWith("sources-")) put(form, name, fields.getAll(name));
}

function sourcesIn(fields) {
  const rows = [];
  for (let row = 0; row < Number(fields.get("sources-TOTAL_FORMS")); row += 1) {
    const [url, title, publisher, seen_on] = ["url", "title", "publisher", "seen_on"].map(
      (name) => fields.get(`sources-${row}-${name}`) ?? "",
    );
    if (url || title || publisher || seen_on) rows.push({ url, title, publisher, seen_on });
  }
  return rows;
}

function put(form, name, values) {
  form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((control, index) => {
    const value = String(values[index] ?? "");
    if (control.tagName === "SELECT" && ![...control.options].some((option) => option.value === value)) {
      control.add(new Option(value, value));
    }
    if (control.value !== value) control.value = value;
    control.dispatchEvent(new Event("desk:filled", { bubbles: true }));
  });
}

/** What a form holds, in the shape of a value, as far as a line shows it. */
export function glance(form) {
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

export function showErrors(form, errors) {
  clearErrors(form);
  for (const [name, sentences] of Object.entries(errors)) {
    const control = form.querySelector(`[name="${CSS.escape(name)}"]`);
    const list = document.createElement("ul");
    list.className = "errorlist";
    list.dataset.error = "";
    list.id = `error-${(made += 1)}`;
    list.append(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
    if (!control) form.prepend(list);
    else {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-errormessage", list.id);
      (control.closest(".desk-field") ?? control).prepend(list);
    }
  }
}

export function clearErrors(form) {
  form.querySelectorAll("[data-error]").forEach((list) => list.remove());
  form.querySelectorAll("[aria-errormessage]").forEach((control) => {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-errormessage");
  });
}
