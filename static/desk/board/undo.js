// The last deletion or move can be taken back, by a button that stays until something else happens, or by Ctrl+Z
// outside of text.

import { button } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

export function offerUndo(desk, text, undo) {
  desk.undo ??= new Undo(desk.root.querySelector("[data-undo]"));
  desk.undo.offer(text, undo);
}

class Undo {
  constructor(bar) {
    this.bar = bar;
    document.addEventListener("keydown", (event) => {
      const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!isUndo || !this.callback || event.target.closest("input, textarea, select, dialog")) return;
      event.preventDefault();
      this.run();
    });
  }

  offer(text, undo) {
    this.callback = undo;
    this.bar.replaceChildren(`${text} `, button(gettext("Undo"), () => this.run()));
    this.bar.hidden = false;
  }

  run() {
    const { callback } = this;
    this.clear();
    callback();
  }

  clear() {
    this.callback = null;
    this.bar.replaceChildren();
    this.bar.hidden = true;
  }
}
