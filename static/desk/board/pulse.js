// Says every few seconds that this person has the article open, and hears who else has and whether it was changed.

import { gettext } from "../shared/words.js";

const EVERY = 8000; // milliseconds

export class Pulse {
  place = "";

  constructor(desk) {
    this.desk = desk;
    this.line = desk.root.querySelector("[data-people]");
  }

  start() {
    document.addEventListener("visibilitychange", () => !document.hidden && this.beat());
    window.addEventListener("pagehide", () => this.send({ gone: "1" }, { keepalive: true }));
    window.addEventListener("pageshow", (event) => event.persisted && this.beat());
    this.beat();
  }

  async beat() {
    const { status, body } = await this.send({ place: this.place });
    if (status === 200) this.heard(body);
    clearTimeout(this.timer);
    // A page in the background need not say that anybody is reading it.
    if (!document.hidden) this.timer = setTimeout(() => this.beat(), EVERY);
  }

  send(fields, options) {
    return this.desk.exchange.send(`${this.desk.base}pulse/`, fields, options);
  }

  heard({ change, status, people }) {
    const { exchange, order } = this.desk;
    exchange.signedIn();
    const isNews = change > exchange.change || !exchange.isTold;
    if (isNews && !order.isDragging) exchange.refresh().then(() => this.desk.checklist.soon());
    else if (!isNews) exchange.stand(status);
    const words = people.map(({ name, place }) => this.about(name, place)).join(", ");
    const sentence = words && gettext("Also here: %(people)s", { people: words });
    if (this.line.textContent !== sentence) this.line.textContent = sentence;
  }

  about(name, place) {
    const part = this.desk.parts.get(place);
    if (!part?.id) return name;
    return gettext("%(name)s (at “%(heading)s”)", { name, heading: this.desk.lines.name(part.root) });
  }
}
