// The save status in one line, and notices below it: one for each topic, so that none covers another.

import { announce } from "../shared/announce.js";
import { button, make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";

export const clock = (at = new Date()) => at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

export class Status {
  notices = new Map();

  constructor(desk) {
    this.desk = desk;
    this.line = desk.root.querySelector("[data-save-status]");
    this.box = desk.root.querySelector("[data-notices]");
    this.line.hidden = false;
  }

  /** Shows a notice with its buttons or links. Topic "note" is cleared by the next click. */
  notify(topic, text, ...actions) {
    if (this.notices.get(topic)?.firstChild.textContent === text) return;
    this.clear(topic);
    const notice = make("div", { class: "desk-notice" }, make("p", {}, text), ...actions);
    this.notices.set(topic, notice);
    this.box.append(notice);
    this.box.hidden = false;
  }

  clear(topic) {
    this.notices.get(topic)?.remove();
    this.notices.delete(topic);
    this.box.hidden = !this.notices.size;
  }

  markSaved() {
    this.savedAt = new Date();
    this.update();
  }

  /** Renders once for all calls of one task, before the browser paints. */
  update() {
    this.pending ??= Promise.resolve().then(() => {
      this.pending = null;
      this.render();
    });
  }

  /** Announces a change of state only when it gets worse or good again, not with each key. */
  render() {
    const { desk, line } = this;
    const unsaved = desk.unsaved();
    const [state, words, part] = this.problem(unsaved) ?? this.normal(unsaved);
    if (line.dataset.state === state && line.firstChild?.textContent === words) return;
    const show = part && button(gettext("Show"), () => part.open({ focus: part.isInConflict ? "conflict" : "wrong" }));
    line.replaceChildren(words, ...(show ? [" ", show] : []));
    if (state !== line.dataset.state && ![state, line.dataset.state].includes("writing")) announce(words);
    line.dataset.state = state;
  }

  problem(unsaved) {
    const { desk } = this;
    const first = (state) => unsaved.find((part) => part.state === state);
    const offline = unsaved.filter((part) => part.state === "offline");
    if (first("conflict")) {
      return ["conflict", gettext("Changed by someone else meanwhile: look at the texts side by side"), first("conflict")];
    }
    if (offline.length) return ["offline", this.offlineText(offline)];
    if (desk.order.isOffline) return ["offline", gettext("Not saved: no connection. The new order waits in this window")];
    if (first("refused")) return ["refused", gettext("Not everything could be saved"), first("refused")];
    if (first("invalid")) {
      return ["invalid", gettext("Not saved: something is not valid, see the marked fields"), first("invalid")];
    }
    return null;
  }

  offlineText(parts) {
    if (!parts.every((part) => part.isStoredLocally)) {
      return gettext("Not saved, and not kept on this device, which has no room for it: leave this window open");
    }
    if (this.desk.sync.isSignedOut) return gettext("Not saved: you are signed out. What you write is kept on this device");
    return ngettext(
      "Not saved: no connection. %(count)s text is kept on this device",
      "Not saved: no connection. %(count)s texts are kept on this device",
      parts.length,
    );
  }

  normal(unsaved) {
    const { sync, order } = this.desk;
    if (unsaved.length || sync.queued || order.moved.size) return ["writing", gettext("Not saved yet …")];
    if (!sync.isLoaded) return ["writing", gettext("No connection")];
    if (!this.savedAt) return ["saved", gettext("Everything is saved")];
    return ["saved", gettext("Everything is saved (%(time)s)", { time: clock(this.savedAt) })];
  }
}
