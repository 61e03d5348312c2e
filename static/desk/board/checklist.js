// The checklist, fetched again after each save: problems, each with a link to the field that solves it.

import { make } from "../shared/dom.js";
import { get } from "../shared/server.js";

const REFRESH_AFTER = 500; // milliseconds

export class Checklist {
  constructor(desk) {
    this.desk = desk;
    this.panel = document.querySelector("[data-checklist-panel]");
    this.boxes = { blocking: this.panel.querySelector("[data-blocking]"), advice: this.panel.querySelector("[data-advice]") };
    this.panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-place]");
      const part = link && desk.parts.get(link.dataset.place);
      if (!part || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      part.open({ focus: link.dataset.field || "heading" });
    });
  }

  refreshSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), REFRESH_AFTER);
  }

  async refresh() {
    const { status, body } = await get(`${this.desk.base}checklist/`);
    if (status !== 200) return;
    this.render(this.boxes.blocking, body.problems.filter((problem) => problem.blocking));
    this.render(this.boxes.advice, body.problems.filter((problem) => !problem.blocking));
    this.panel.querySelector("[data-checklist-empty]").hidden = body.problems.length > 0;
    this.countPerPart((part) => part.updateLine());
  }

  /** Counts the listed problems of each part; calls `changed` with every part whose count is new. */
  countPerPart(changed = () => {}) {
    const found = { blocking: {}, advice: {} };
    for (const [name, box] of Object.entries(this.boxes)) {
      for (const { dataset } of box.querySelectorAll("a[data-place]")) {
        found[name][dataset.place] = (found[name][dataset.place] ?? 0) + 1;
      }
    }
    for (const part of this.desk.parts.values()) {
      const { [part.place]: blocking = 0 } = found.blocking;
      const { [part.place]: advice = 0 } = found.advice;
      if (part.blocking === blocking && part.advice === advice) continue;
      Object.assign(part, { blocking, advice });
      changed(part);
    }
  }

  /** Shows the problems. An unchanged list is left alone, and a changed one keeps the focus at the same position. */
  render(box, problems) {
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
