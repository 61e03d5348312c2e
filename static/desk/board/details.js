// What is taken out of the plain pages. Without a connection it fails.

const pageAt = async (url) => new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");

/** The head of the desk: when the status changes, and what can be done with it now. */
export async function renewHead({ base, root }) {
  const fresh = (await pageAt(`${base}change/`)).querySelector("[data-head]");
  root.querySelector("[data-head]").replaceChildren(...fresh.childNodes);
}

/** The fields of the details: their lists of subjects, authors and pictures are long. */
export async function fieldsAt(url) {
  const page = await pageAt(url);
  const form = page.querySelector("form.desk-form");
  form.querySelectorAll("[name=csrfmiddlewaretoken], [name=token], .desk-acts").forEach((element) => element.remove());
  const fields = document.createDocumentFragment();
  fields.append(...form.childNodes);
  return fields;
}

/** Shows the details where the part is closed. What only the form can name, it names. */
export function show(root, value, form) {
  const title = document.querySelector("#content > h1");
  if (title) title.textContent = value.title;
  const put = (name, words) => (root.querySelector(`[data-value=${name}]`).textContent = words || "—");
  for (const name of ["dek", "slug", "tags"]) put(name, [value[name]].flat().join(", "));
  for (const name of form ? ["subject", "cover"] : []) {
    const [chosen] = form.elements[name].selectedOptions;
    put(name, chosen?.value && chosen.textContent);
  }
}
