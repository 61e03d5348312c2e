// What was done to the list in this session can be taken back, one after the other, and done again: by the buttons of the
// header, or by Ctrl+Z and Ctrl+Shift+Z outside of text. Each is said aloud.

import { announce } from "../shared/announce.js";
import { gettext } from "../shared/i18n.js";

/** Notes what was done. `undo` and `redo` may be async; one that returns false could not be done and says so itself. */
export function record(desk, words, { undo, redo }) {
  desk.undo ??= new Undo(desk);
  desk.undo.record({ words, undo, redo });
}

class Undo {
  past = [];
  future = [];
  turn = Promise.resolve(); // of what was asked for: the next begins when the one before is done

  constructor({ root }) {
    this.line = root.querySelector("[data-did]");
    this.buttons = { undo: root.querySelector("[data-undo]"), redo: root.querySelector("[data-redo]") };
    for (const [act, button] of Object.entries(this.buttons)) button.addEventListener("click", () => this.run(act));
    document.addEventListener("keydown", (event) => this.onKeydown(event));
    // What was said goes with the next thing that somebody does.
    document.addEventListener("pointerdown", (event) => !event.target.closest("[data-undo], [data-redo]") && this.say(""));
  }

  onKeydown(event) {
    const isZ = event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey) && !event.altKey;
    if (!isZ || event.target.closest("input:not([type=checkbox]), textarea, select, form, dialog")) return;
    event.preventDefault();
    this.run(event.shiftKey ? "redo" : "undo");
  }

  record(entry) {
    this.past.push(entry);
    this.future = [];
    this.say(entry.words);
    this.show();
  }

  run(act) {
    this.turn = this.turn.then(() => this.step(act)).catch(() => {});
  }

  /** act: "undo" or "redo". What could not be done is dropped: it would fail again. */
  async step(act) {
    const [from, to] = act === "undo" ? [this.past, this.future] : [this.future, this.past];
    if (!from.length) return;
    const entry = from.pop();
    if ((await entry[act]()) !== false) {
      to.push(entry);
      const words = act === "undo" ? gettext("Undone: %(what)s", { what: entry.words }) : gettext("Done again: %(what)s", { what: entry.words });
      announce(words);
      this.say(words);
    }
    this.show();
  }

  say(words) {
    this.line.textContent = words;
    this.line.hidden = !words;
  }

  show() {
    const labels = { undo: gettext("Undo"), redo: gettext("Redo") };
    for (const [act, entry] of [["undo", this.past.at(-1)], ["redo", this.future.at(-1)]]) {
      const button = this.buttons[act];
      // Not `disabled` or hidden at once, which would drop the focus of whoever presses it again and again.
      if (entry) button.hidden = false;
      button.setAttribute("aria-disabled", !entry);
      button.title = entry ? `${labels[act]}: ${entry.words}` : "";
    }
  }

  /** Somebody else changed the list: what was done here before does not fit any more. */
  clear() {
    this.past = [];
    this.future = [];
    this.say("");
    this.show();
  }
}
