// The details: their form comes from their own page, for its lists of subjects, authors and pictures are long.

/** The fields of the page, as a fragment. Fails without a connection. */
export async function fieldsAt(url) {
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
  const form = page.querySelector("form.desk-form");
  form.querySelectorAll("[name=csrfmiddlewaretoken], [name=token], .desk-acts").forEach((element) => element.remove());
  const fields = document.createDocumentFragment();
  fields.append(...form.childNodes);
  return fields;
}

/** Shows them where the part is closed. What only the form can name, it names. */
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
