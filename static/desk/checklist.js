// The checklist, asked for anew after each save: what is lacking, with a jump to where it is put right.

import { get } from "./server.js";

const ASK_AFTER = 500;

export class Checklist {
  constructor(desk) {
    this.desk = desk;
    this.panel = document.querySelector("[data-checklist-panel]");
    this.panel?.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-place]");
      const part = link && desk.parts.get(link.dataset.place);
      if (!part) return;
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
    if (status !== 200 || !this.panel) return;
    this.list("[data-blocking]", body.problems.filter((problem) => problem.blocking));
    this.list("[data-advice]", body.problems.filter((problem) => !problem.blocking));
    this.panel.querySelector("[data-checklist-empty]").hidden = body.problems.length > 0;
    for (const part of this.desk.parts.values()) {
      const own = body.problems.filter((problem) => problem.place === part.place);
      part.lacking = own.filter((problem) => problem.blocking).length;
      part.advice = own.length - part.lacking;
      part.showLine();
    }
  }

  list(where, problems) {
    const box = this.panel.querySelector(where);
    box.hidden = !problems.length;
    box.querySelector("ul").replaceChildren(...problems.map((problem) => this.item(problem)));
  }

  item({ place, field, sentence, url, links }) {
    const item = document.createElement("li");
    const jump = Object.assign(document.createElement("a"), { href: url, textContent: sentence });
    Object.assign(jump.dataset, { place, field });
    item.append(jump);
    for (const link of links) item.append(" ", Object.assign(document.createElement("a"), { href: link.url, textContent: link.words }));
    return item;
  }
}
