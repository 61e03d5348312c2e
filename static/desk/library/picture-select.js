// A select of pictures (the cover): buttons beside it open the library, and the chosen picture is shown.

import { button, fireInput, make } from "../shared/dom.js";
import { dialog, idOf, itemOf, openLibrary, openPicture, titleOf } from "./library-dialog.js";
import { gettext } from "../shared/i18n.js";

const controls = new WeakMap(); // the elements added beside a select

document.addEventListener("desk:picture-saved", ({ detail: item }) => {
  for (const select of document.querySelectorAll("[data-picture-choice]")) {
    if (controls.has(select) && select.value === idOf(item)) show(select, item);
  }
});

/** Once for each select. */
export function setUpPictureSelect(select) {
  if (controls.has(select)) return;
  const put = (item) => {
    if (![...select.options].some((option) => option.value === idOf(item))) select.add(new Option(titleOf(item), idOf(item)));
    select.value = idOf(item);
    fireInput(select);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const box = {
    shown: make("span"),
    choose: button(gettext("Choose a picture …"), () => openLibrary(put)),
    edit: button(gettext("Edit this picture …"), () => openPicture(select.value, put)),
  };
  controls.set(select, box);
  select.after(make("div", { class: "pictures-chosen" }, ...Object.values(box)));
  const refresh = async () => {
    const id = select.value;
    const item = id ? await itemOf(id) : null;
    if (select.value === id) show(select, item);
  };
  for (const name of ["change", "desk:filled"]) select.addEventListener(name, refresh);
  refresh();
}

function show(select, item) {
  const { shown, edit } = controls.get(select);
  edit.hidden = !item || !dialog.querySelector("[data-edit]");
  shown.replaceChildren();
  if (!item) return;
  for (const option of select.options) if (option.value === idOf(item)) option.textContent = titleOf(item);
  shown.append(item.querySelector("img").cloneNode(), item.querySelector("[data-alt]").textContent);
}
