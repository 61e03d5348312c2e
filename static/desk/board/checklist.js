// The checklist, fetched again after each save: problems, each with a link to the field that solves it. Several of one
// kind are one line that opens; "Fix next" leads from one to the next, what blocks first.

import { announce } from "../shared/announce.js";
import { make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";
import { get } from "../shared/server.js";

const REFRESH_AFTER = 500; // milliseconds
const keyOf = ({ dataset }) => [dataset.code, dataset.place, dataset.field].join(" ");

export class Checklist {
  constructor(desk) {
    this.desk = desk;
    this.panel = document.querySelector("[data-checklist-panel]");
    this.boxes = { blocking: this.panel.querySelector("[data-blocking]"), advice: this.panel.querySelector("[data-advice]") };
    this.walk = this.panel.querySelector("[data-fix-next]");
    this.at = { key: "", index: -1 }; // the problem that was opened last
    this.panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-place]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      this.mark(link);
      if (this.open(link)) event.preventDefault();
    });
    this.walk.querySelector("button").addEventListener("click", () => this.fixNext());
    this.showWalk();
  }

  get links() {
    return [...this.panel.querySelectorAll("a[data-place]")];
  }

  /** Opens the field that solves a problem; false where it is on no part of this page. */
  open(link) {
    const part = this.desk.parts.get(link.dataset.place);
    part?.open({ focus: link.dataset.field || "heading" });
    return Boolean(part);
  }

  /** Goes to the problem after the one that was opened last; where that is solved, the one in its place. */
  fixNext() {
    const { links } = this;
    if (!links.length) return;
    const before = links.findIndex((link) => keyOf(link) === this.at.key);
    const next = links[(before >= 0 ? before + 1 : Math.max(this.at.index, 0)) % links.length];
    next.closest("details")?.setAttribute("open", "");
    this.mark(next);
    announce(`${this.walk.querySelector("[data-fix-place]").textContent} ${next.textContent}`);
    if (!this.open(next)) next.click();
  }

  mark(link) {
    this.at = { key: keyOf(link), index: this.links.indexOf(link) };
    this.showWalk();
  }

  showWalk() {
    const { links } = this;
    this.walk.hidden = links.length === 0;
    const here = links.findIndex((link) => keyOf(link) === this.at.key);
    for (const link of links) link.removeAttribute("aria-current");
    links[here]?.setAttribute("aria-current", "true");
    const place = here < 0 ? "" : gettext("%(number)s of %(count)s", { number: here + 1, count: links.length });
    this.walk.querySelector("[data-fix-place]").textContent = place;
  }

  refreshSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), REFRESH_AFTER);
  }

  async refresh() {
    const { status, body } = await get(`${this.desk.base}checklist/`);
    if (status !== 200) return;
    this.render(this.boxes.blocking, body.groups.filter((group) => group.blocking));
    this.render(this.boxes.advice, body.groups.filter((group) => !group.blocking));
    this.panel.querySelector("[data-checklist-empty]").hidden = body.groups.length > 0;
    this.showWalk();
    this.countPerPart((part) => part.updateLine());
    this.desk.claims.then((claims) => claims?.update(body.claims, body.checked));
    this.desk.restatements.then((restatements) => restatements?.update(body.restated));
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

  /** Shows the groups. What was open stays open, and the focus stays at the same position. */
  render(box, groups) {
    const list = box.querySelector(":scope > ul");
    const stops = () => [...list.querySelectorAll("a, summary")];
    const open = new Set([...list.querySelectorAll("details[open]")].map(({ dataset }) => dataset.group));
    const at = stops().indexOf(document.activeElement);
    box.hidden = !groups.length;
    list.replaceChildren(...groups.map((group) => row(group, open.has(group.code))));
    if (at >= 0) (stops()[at] ?? stops().at(-1))?.focus();
  }
}

function row({ code, sentence, problems }, isOpen) {
  if (problems.length === 1) return item(problems[0]);
  const places = make("ul", {}, ...problems.map(item));
  return make("li", {}, make("details", { "data-group": code, open: isOpen }, make("summary", {}, sentence), places));
}

function item({ code, place, field, sentence, url, links }) {
  const jump = make("a", { href: url, "data-place": place, "data-field": field, "data-code": code }, sentence);
  return make("li", {}, jump, ...links.flatMap((link) => [" ", make("a", { href: link.url }, link.words)]));
}
