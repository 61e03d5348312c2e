// The last deletion or move can be taken back, by a button that stays until something else happens, or by Ctrl+Z
// outside of text.

import { button } from "../shared/dom.js";
import { gettext } from "../shared/words.js";

export function offer(desk, words, act) {
  desk.undo ??= new Undo(desk.root.querySelector("[data-undo]"));
  desk.undo.offer(words, act);
}

class Undo {
  constructor(bar) {
    this.bar = bar;
    document.addEventListener("keydown", (event) => {
      const isUndo = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
      if (!isUndo || !this.act || event.target.closest("input, textarea, select, dialog")) return;
      event.preventDefault();
      this.run();
    });
  }

  offer(words, act) {
    this.act = act;
    this.bar.replaceChildren(`${words} `, button(gettext("Undo"), () => this.run()));
    this.bar.hidden = false;
  }

  run() {
    const { act } = this;
    this.clear();
    act();
  }

  clear() {
    this.act = null;
    this.bar.replaceChildren();
    this.bar.hidden = true;
  }
}
