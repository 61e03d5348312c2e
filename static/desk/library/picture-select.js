// A select of pictures (the cover, a fact's picture): buttons beside it open the library, the chosen picture is shown, and
// one that is dropped or pasted there goes into the library and is chosen.

import { button, fireInput, make } from "../shared/dom.js";
import { dialog, idOf, itemOf, openLibrary, openPicture, titleOf } from "./library-dialog.js";
import { gettext } from "../shared/i18n.js";
import { acceptDrops } from "./upload.js";

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
    choose(select, idOf(item));
  };
  const box = {
    shown: make("span"),
    choose: button(gettext("Choose a picture …"), () => openLibrary(put)),
    edit: button(gettext("Edit this picture …"), () => openPicture(select.value, put)),
    remove: button(gettext("Take it away"), () => {
      choose(select, "");
      box.choose.focus(); // this button goes
    }),
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
  if (dialog.querySelector("[data-upload-url]")) takeFiles(select, ([file]) => openLibrary(put, [file]));
}

function choose(select, id) {
  select.value = id;
  fireInput(select);
  select.dispatchEvent(new Event("change", { bubbles: true }));
}

// In a form with chips their row too: it stands there while the section is closed.
function takeFiles(select, take) {
  const zone = select.closest("[data-chips]") ?? select.closest(".desk-field") ?? select.parentElement;
  acceptDrops(zone, take);
  zone.addEventListener("paste", (event) => {
    const { files, types } = event.clipboardData;
    if (!files.length || types.includes("text/plain")) return; // office programs put a picture of the words beside them
    event.preventDefault();
    take(files);
  });
}

function show(select, item) {
  const { shown, edit, remove } = controls.get(select);
  remove.hidden = !select.value;
  edit.hidden = !item || !dialog.querySelector("[data-edit]");
  shown.replaceChildren();
  if (!item) return select.dispatchEvent(new Event("desk:described", { bubbles: true }));
  for (const option of select.options) if (option.value === idOf(item)) option.textContent = titleOf(item);
  shown.append(item.querySelector("img").cloneNode(), item.querySelector("[data-alt]").textContent);
  select.dispatchEvent(new Event("desk:described", { bubbles: true }));
}
