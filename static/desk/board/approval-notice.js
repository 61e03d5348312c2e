// On an approved article changes wait until the writer confirms that saving makes it a draft again, or undoes them.

import { button } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

export class ApprovalNotice {
  isConfirmed = false;
  waiting = new Set(); // callbacks to run after consent; text and order are saved by the desk

  constructor(desk) {
    this.desk = desk;
  }

  /** Whether something may be changed now. If not, asks, and calls `retry` once the writer has confirmed. */
  mayChange(retry) {
    if (this.desk.sync.status !== "approved" || this.isConfirmed) return true;
    this.show(retry);
    return false;
  }

  show(retry) {
    if (retry) this.waiting.add(retry);
    const lapses = gettext("This article is approved. Saving what you write makes it a draft again, to be handed in once more.");
    const isLive = "live" in this.desk.root.dataset;
    this.desk.status.notify(
      "approval",
      isLive ? `${lapses} ${gettext("What is live stays as it is.")}` : lapses,
      button(gettext("Save, and make it a draft again"), () => this.confirm(), "desk-button"),
      button(gettext("Take my change back"), () => this.undoChanges(), "desk-button"),
    );
  }

  async confirm() {
    this.isConfirmed = true;
    this.desk.status.clear("approval");
    const callbacks = [...this.waiting];
    this.waiting.clear();
    await this.desk.saveAll();
    for (const callback of callbacks) callback();
  }

  undoChanges() {
    this.reset();
    for (const part of this.desk.unsaved()) part.revert();
    this.desk.order.revert();
    this.desk.status.update();
  }

  /** The article is no longer approved, or the unsaved changes are gone. */
  reset() {
    this.isConfirmed = false;
    this.waiting.clear();
    this.desk.status.clear("approval");
  }
}
