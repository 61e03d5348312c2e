// The list of all shortcuts, in a dialog.

import { button, make } from "./dom.js";
import { gettext } from "./i18n.js";

/** groups: { title: { keys: words } }; `format`: how keys are named on this platform; `storageKey`: set while the key ? is switched off. */
export function open(groups, format, storageKey) {
  const box = make("input", { type: "checkbox", change: () => localStorage.setItem(storageKey, box.checked ? "" : "1") });
  box.checked = !localStorage.getItem(storageKey);
  const dialog = make("dialog", { class: "keys", "aria-labelledby": "keys-title", close: () => dialog.remove() });
  dialog.append(make("h2", { id: "keys-title" }, gettext("Keyboard shortcuts")));
  for (const [group, rows] of Object.entries(groups)) {
    const list = Object.entries(rows).map(([keys, words]) =>
      make("div", {}, make("dt", {}, make("kbd", {}, format(keys))), make("dd", {}, words)),
    );
    dialog.append(make("h3", {}, group), make("dl", {}, ...list));
  }
  const close = button(gettext("Close"), () => dialog.close(), "desk-button");
  close.autofocus = true;
  dialog.append(make("p", {}, make("label", {}, box, " ", gettext("Single keys such as ? and J act where nothing is written"))), close);
  document.body.append(dialog);
  dialog.showModal();
}
