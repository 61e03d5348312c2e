// Fragments fetched from the pages that work without this script. They reject when there is no connection.

import { setLanguage } from "../fields/language.js";

const fetchPage = async (url) => new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");

/** Replaces the header (status, next steps), which only the server's template can draw. */
export async function refreshHeader({ base, root }) {
  const page = await fetchPage(`${base}change/`);
  for (const element of root.querySelectorAll("[data-fresh]")) {
    element.replaceChildren(...page.querySelector(`[data-fresh=${element.dataset.fresh}]`).childNodes);
  }
}

/** The form fields of the details: their lists of subjects, authors and pictures are too long to be in every page. */
export async function fetchDetailsFields(url) {
  const page = await fetchPage(url);
  const form = page.querySelector("form.desk-form");
  form.querySelectorAll("[name=csrfmiddlewaretoken], [name=token], .desk-acts").forEach((element) => element.remove());
  const fields = document.createDocumentFragment();
  fields.append(...form.childNodes);
  return fields;
}

/** Updates the details' summary. Names of subject and cover are known only where the form is loaded. */
export function showDetails(root, value, form) {
  root.querySelector("[data-title]").textContent = value.title;
  root.dataset.language = value.language;
  setLanguage(root, value.language);
  const put = (name, text) => (root.querySelector(`[data-value=${name}]`).textContent = text || "—");
  for (const name of ["dek", "slug", "tags"]) put(name, [value[name]].flat().join(", "));
  for (const name of form ? ["subject", "cover"] : []) {
    const [chosen] = form.elements[name].selectedOptions;
    put(name, chosen?.value && chosen.textContent);
  }
}
