// Says every few seconds that this person has the article open, and hears who else has and whether it was changed.

import { post } from "./server.js";
import { gettext } from "./words.js";

const EVERY = 8000;

export class Pulse {
  constructor(desk) {
    this.desk = desk;
    this.place = "";
    this.line = desk.root.querySelector("[data-people]");
  }

  start() {
    document.addEventListener("visibilitychange", () => !document.hidden && this.beat());
    window.addEventListener("pagehide", () => this.send({ gone: "1" }, true));
    window.addEventListener("pageshow", (event) => event.persisted && this.beat());
    this.beat();
  }

  async beat() {
    clearTimeout(this.timer);
    const { status, body } = await this.send({ place: this.place });
    if (status === 200) this.heard(body);
    else if (status === 401) this.desk.signedOut();
    // A page in the background need not say that anybody is reading it.
    if (!document.hidden) this.timer = setTimeout(() => this.beat(), EVERY);
  }

  send(fields, keepalive = false) {
    return post(`${this.desk.base}pulse/`, new URLSearchParams(fields), { renew: () => this.desk.renew(), keepalive });
  }

  heard({ change, standing, people }) {
    this.desk.signedIn();
    if (change > this.desk.change) this.desk.refresh().then(() => this.desk.checklist.soon());
    else this.desk.stand(standing);
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
