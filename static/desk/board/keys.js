// The list of all shortcuts, in a dialog.

import { button, make } from "../shared/dom.js";
import { gettext } from "../shared/words.js";

/** groups: { title: { keys: words } }; `shown`: how keys are called here; `off`: where it is kept that the key ? does nothing. */
export function open(groups, shown, off) {
  const box = make("input", { type: "checkbox", change: () => localStorage.setItem(off, box.checked ? "" : "1") });
  box.checked = !localStorage.getItem(off);
  const dialog = make("dialog", { class: "keys", "aria-labelledby": "keys-title", close: () => dialog.remove() });
  dialog.append(make("h2", { id: "keys-title" }, gettext("Keyboard shortcuts")));
  for (const [group, rows] of Object.entries(groups)) {
    const list = Object.entries(rows).map(([keys, words]) =>
      make("div", {}, make("dt", {}, make("kbd", {}, shown(keys))), make("dd", {}, words)),
    );
    dialog.append(make("h3", {}, group), make("dl", {}, ...list));
  }
  const close = button(gettext("Close"), () => dialog.close(), "desk-button");
  close.autofocus = true;
  dialog.append(make("p", {}, make("label", {}, box, " ", gettext("The key ? opens this list"))), close);
  document.body.append(dialog);
  dialog.showModal();
}
