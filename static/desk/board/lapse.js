// An approved article: what is written waits until its writer says that the approval may lapse, or takes it back.

import { button } from "../shared/dom.js";
import { gettext } from "../shared/words.js";

export class Lapse {
  isAgreed = false;
  acts = new Set(); // what else waits for the answer, beside words and order

  constructor(desk) {
    this.desk = desk;
  }

  /** Whether something may be changed now; `act` is done once it may. */
  allows(act) {
    if (this.desk.exchange.status !== "approved" || this.isAgreed) return true;
    this.ask(act);
    return false;
  }

  ask(act) {
    if (act) this.acts.add(act);
    this.desk.status.say(
      "lapse",
      gettext("This article is approved. Saving what you write makes it a draft again, to be handed in once more. What is live stays as it is."),
      button(gettext("Save, and make it a draft again"), () => this.agree(), "desk-button"),
      button(gettext("Take my change back"), () => this.takeBack(), "desk-button"),
    );
  }

  async agree() {
    this.isAgreed = true;
    this.desk.status.hush("lapse");
    const acts = [...this.acts];
    this.acts.clear();
    await this.desk.saveAll();
    for (const act of acts) act();
  }

  takeBack() {
    this.forget();
    for (const part of this.desk.unsaved()) part.revert();
    this.desk.order.revert();
    this.desk.status.tell();
  }

  /** The approval is gone, or the change that it stood against. */
  forget() {
    this.isAgreed = false;
    this.acts.clear();
    this.desk.status.hush("lapse");
  }
}
