// What still says what a fact said before it was changed, below the part that says it: it comes with the page and then with
// the checklist. Its links open the parts in place; “Still right” is sent without leaving the page.

import { announce } from "../shared/announce.js";
import { gettext } from "../shared/i18n.js";
import { post } from "../shared/server.js";

export class Restatements {
  constructor(desk) {
    this.desk = desk;
    this.shown = new Map();
    desk.root.addEventListener("click", (event) => this.onClick(event));
    desk.root.querySelector("[data-restatement-act]").addEventListener("submit", (event) => {
      event.preventDefault();
      this.settle(event.submitter);
    });
  }

  onClick(event) {
    const link = event.target.closest("[data-restated] a[data-place]");
    const part = link && this.desk.parts.get(link.dataset.place);
    if (!part || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    part.open({ focus: link.dataset.field });
  }

  /** `html` by place: parts of which nothing is marked are not named. */
  update(html) {
    for (const part of this.desk.parts.values()) {
      const box = part.root.querySelector(":scope > [data-restated]");
      const wanted = html[part.place] ?? "";
      if (!box || this.shown.get(part.place) === wanted) continue;
      this.shown.set(part.place, wanted);
      const hadFocus = box.contains(document.activeElement);
      box.innerHTML = wanted; // escaped by the server
      if (hadFocus) (box.querySelector("a, button") ?? part.root.querySelector("[data-open]"))?.focus();
    }
  }

  async settle(button) {
    const fields = new URLSearchParams({ [button.name]: button.value });
    const { status, body } = await post(`${this.desk.base}restatements/act/`, fields);
    announce(body.sentence ?? gettext("There was no answer: try it again."));
    if (status === 200) button.closest("li").hidden = true;
    this.desk.checklist?.refreshSoon();
  }
}
