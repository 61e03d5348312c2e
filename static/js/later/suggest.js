/* What the words in the search field may lead to: a combobox with a list of links. A new letter drops the old question. */
export function suggest(field) {
  const list = document.createElement("ul");
  let question = new AbortController();
  let chosen = -1;
  list.id = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.labels[0].textContent);
  field.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", false]])
    field.setAttribute(name, value);

  function show(isOpen) {
    list.hidden = !isOpen;
    field.setAttribute("aria-expanded", isOpen);
    choose(-1);
  }

  function choose(place) {
    chosen = place;
    field.removeAttribute("aria-activedescendant");
    [...list.children].forEach((option, at) => {
      option.setAttribute("aria-selected", at === place);
      if (at !== place) return;
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  async function ask() {
    question.abort();
    question = new AbortController();
    const address = `${field.dataset.search}?q=${encodeURIComponent(field.value)}`;
    try {
      const answer = await fetch(address, { signal: question.signal, credentials: "omit" });
      const [, texts, kinds, urls] = await answer.json();
      list.replaceChildren(...texts.map((text, at) => option(text, kinds[at], urls[at], at)));
      show(texts.length > 0 && document.activeElement === field);
    } catch {
      // Another letter came, or the connection went: the form searches without suggestions.
    }
  }

  function option(text, kind, url, at) {
    const item = document.createElement("li");
    const note = document.createElement("small");
    item.id = `suggestion-${at}`;
    item.setAttribute("role", "option");
    item.dataset.url = url;
    note.textContent = kind;
    item.append(text, " ", note);
    return item;
  }

  const follow = (item) => item && location.assign(item.dataset.url);

  field.addEventListener("input", ask);
  field.addEventListener("blur", () => show(false));
  addEventListener("pagehide", () => question.abort());
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => follow(event.target.closest("li")));
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = list.children.length;
    if (step) choose(((chosen + step + 1 + count + 1) % (count + 1)) - 1);
    else if (event.key === "Escape") show(false);
    else if (event.key === "Enter" && chosen >= 0) follow(list.children[chosen]);
    else return;
    event.preventDefault();
  });
  ask();
}
