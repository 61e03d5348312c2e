// How things stand, in one line that tells the truth, and notices below it: one a topic, so that none covers another.

import { announce } from "../shared/announce.js";
import { button, make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/words.js";

export const clock = (at = new Date()) => at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export class Status {
  notices = new Map();

  constructor(desk) {
    this.desk = desk;
    this.line = desk.root.querySelector("[data-saved]");
    this.box = desk.root.querySelector("[data-notice]");
  }

  /** Shows a notice with what can be done about it. Topic "note" is for what goes with the next act. */
  say(topic, words, ...acts) {
    if (this.notices.get(topic)?.firstChild.textContent === words) return;
    this.hush(topic);
    const notice = make("div", { class: "desk-notice" }, make("p", {}, words), ...acts);
    this.notices.set(topic, notice);
    this.box.append(notice);
    this.box.hidden = false;
  }

  hush(topic) {
    this.notices.get(topic)?.remove();
    this.notices.delete(topic);
    this.box.hidden = !this.notices.size;
  }

  saved() {
    this.savedAt = new Date();
    this.tell();
  }

  /** Once for all that happens in one go, and before anybody can see the page in between. */
  tell() {
    this.telling ??= Promise.resolve().then(() => {
      this.telling = null;
      this.sumUp();
    });
  }

  /** Loud only when it gets worse, or good again. */
  sumUp() {
    const { desk, line } = this;
    const unsaved = desk.unsaved();
    const [state, words, part] = this.trouble(unsaved) ?? this.calm(unsaved);
    if (line.dataset.state === state && line.firstChild?.textContent === words) return;
    const show = part && button(gettext("Show"), () => part.open({ focus: part.isInConflict ? "conflict" : "wrong" }));
    line.replaceChildren(words, ...(show ? [" ", show] : []));
    if (state !== line.dataset.state && ![state, line.dataset.state].includes("writing")) announce(words);
    line.dataset.state = state;
  }

  trouble(unsaved) {
    const { desk } = this;
    const first = (state) => unsaved.find((part) => part.state === state);
    const offline = unsaved.filter((part) => part.state === "offline");
    if (first("conflict")) {
      return ["conflict", gettext("Changed by someone else meanwhile: look at the texts side by side"), first("conflict")];
    }
    if (offline.length) return ["offline", this.away(offline)];
    if (desk.order.isOffline) return ["offline", gettext("Not saved: no connection. The new order waits in this window")];
    if (first("refused")) return ["refused", gettext("Not everything could be saved"), first("refused")];
    if (first("invalid")) {
      return ["invalid", gettext("Not saved: something is not valid, see the marked fields"), first("invalid")];
    }
    return null;
  }

  away(parts) {
    if (!parts.every((part) => part.isKept)) {
      return gettext("Not saved, and not kept on this device, which has no room for it: leave this window open");
    }
    if (this.desk.exchange.isSignedOut) return gettext("Not saved: you are signed out. What you write is kept on this device");
    return ngettext(
      "Not saved: no connection. %(count)s text is kept on this device",
      "Not saved: no connection. %(count)s texts are kept on this device",
      parts.length,
    );
  }

  calm(unsaved) {
    const { exchange, order } = this.desk;
    if (unsaved.length || exchange.turns || order.moved.size) return ["writing", gettext("Not saved yet …")];
    if (!exchange.isTold) return ["writing", gettext("No connection")];
    if (!this.savedAt) return ["saved", gettext("Everything is saved")];
    return ["saved", gettext("Everything is saved (%(time)s)", { time: clock(this.savedAt) })];
  }
}
