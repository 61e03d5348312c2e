// The checklist, asked for anew after each save: what is lacking, with a jump to where it is put right.

import { make } from "../shared/dom.js";
import { get } from "../shared/server.js";

const ASK_AFTER = 500; // milliseconds

export class Checklist {
  constructor(desk) {
    this.desk = desk;
    this.panel = document.querySelector("[data-checklist-panel]");
    this.boxes = { lacking: this.panel.querySelector("[data-blocking]"), advice: this.panel.querySelector("[data-advice]") };
    this.panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-place]");
      const part = link && desk.parts.get(link.dataset.place);
      if (!part || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      part.open({ focus: link.dataset.field || "heading" });
    });
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), ASK_AFTER);
  }

  async ask() {
    const { status, body } = await get(`${this.desk.base}checklist/`);
    if (status !== 200) return;
    this.list(this.boxes.lacking, body.problems.filter((problem) => problem.blocking));
    this.list(this.boxes.advice, body.problems.filter((problem) => !problem.blocking));
    this.panel.querySelector("[data-checklist-empty]").hidden = body.problems.length > 0;
    this.count((part) => part.showLine());
  }

  /** Tells each part how many of the problems that are listed are its own; `changed` is called where that is new. */
  count(changed = () => {}) {
    const found = { lacking: {}, advice: {} };
    for (const [name, box] of Object.entries(this.boxes)) {
      for (const { dataset } of box.querySelectorAll("a[data-place]")) {
        found[name][dataset.place] = (found[name][dataset.place] ?? 0) + 1;
      }
    }
    for (const part of this.desk.parts.values()) {
      const { [part.place]: lacking = 0 } = found.lacking;
      const { [part.place]: advice = 0 } = found.advice;
      if (part.lacking === lacking && part.advice === advice) continue;
      Object.assign(part, { lacking, advice });
      changed(part);
    }
  }

  /** Lists problems. What stands there already stays, with its focus. */
  list(box, problems) {
    const list = box.querySelector("ul");
    const fresh = make("ul", {}, ...problems.map(item));
    box.hidden = !problems.length;
    if (list.innerHTML === fresh.innerHTML) return;
    const at = [...list.querySelectorAll("a")].indexOf(document.activeElement);
    list.replaceChildren(...fresh.childNodes);
    if (at >= 0) (list.querySelectorAll("a")[at] ?? list.querySelector("a:last-of-type"))?.focus();
  }
}

function item({ place, field, sentence, url, links }) {
  const jump = make("a", { href: url, "data-place": place, "data-field": field }, sentence);
  return make("li", {}, jump, ...links.flatMap((link) => [" ", make("a", { href: link.url }, link.words)]));
}
