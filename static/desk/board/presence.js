// Tells the server every few seconds that this person has the article open; the answer says who else has, and whether it changed.

import { gettext } from "../shared/i18n.js";

const INTERVAL = 8000; // milliseconds

export class Presence {
  place = "";

  constructor(desk) {
    this.desk = desk;
    this.line = desk.root.querySelector("[data-presence]");
  }

  start() {
    document.addEventListener("visibilitychange", () => !document.hidden && this.report());
    window.addEventListener("pagehide", () => this.send({ gone: "1" }, { keepalive: true }));
    window.addEventListener("pageshow", (event) => event.persisted && this.report());
    this.report();
  }

  async report() {
    const { status, body } = await this.send({ place: this.place });
    if (status === 200) this.onAnswer(body);
    clearTimeout(this.timer);
    // A page in the background need not say that anybody is reading it.
    if (!document.hidden) this.timer = setTimeout(() => this.report(), INTERVAL);
  }

  send(fields, options) {
    return this.desk.sync.send(`${this.desk.base}pulse/`, fields, options);
  }

  onAnswer({ change, status, people, remarks }) {
    const { sync, order } = this.desk;
    sync.onSignedIn();
    const isChanged = change > sync.change || !sync.isLoaded;
    if (isChanged && !order.isDragging) sync.refresh().then(() => this.desk.checklist.refreshSoon());
    else if (!isChanged) sync.applyStatus(status);
    const names = people.map(({ name, place }) => this.describe(name, place)).join(", ");
    const sentence = names && gettext("Also here: %(people)s", { people: names });
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
    this.remarks = remarks;
    this.onRemarks?.(remarks);
  }

  describe(name, place) {
    const part = this.desk.parts.get(place);
    if (!part?.id) return name;
    return gettext("%(name)s (at “%(heading)s”)", { name, heading: this.desk.outline.headingOf(part.root) });
  }
}
