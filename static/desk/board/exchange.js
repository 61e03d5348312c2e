// What the desk and the server tell one another about the whole article: what stands there, how often it was changed,
// who is signed in. What comes to nothing, for want of a connection, is tried again from here.

import { make } from "../shared/dom.js";
import { get, post, renewTokenBy, useToken } from "../shared/server.js";
import { gettext } from "../shared/words.js";

const RETRY_FIRST = 2000; // milliseconds
const RETRY_AT_MOST = 30_000;

export class Exchange {
  turn = Promise.resolve();
  turns = 0; // acts on the list of parts that are under way
  isTold = false; // whether the server has said what stands there
  isSignedOut = false;

  constructor(desk) {
    const { change, status } = desk.root.dataset;
    // `change` is the number of what this page shows; `latest` the highest that was heard of.
    Object.assign(this, { desk, status, change: Number(change), latest: Number(change) });
    renewTokenBy(() => this.refresh());
    window.addEventListener("online", () => this.tryAgain());
    window.addEventListener("pageshow", (event) => event.persisted && this.refresh());
  }

  // --- what the server says ----------------------------------------------------------------------------------------

  /** Asks for everything. False when the server cannot be reached, or this person may not (any more). */
  refresh() {
    return (this.asking ??= this.ask().finally(() => (this.asking = null)));
  }

  async ask(isAgain = false) {
    const { status, body } = await get(`${this.desk.base}contents/`);
    if (status === 401) this.signedOut(body);
    if (status === 403 || status === 404) this.desk.status.say("article", body.sentence);
    if (status !== 200) return false;
    // An answer that was under way while something was saved tells what stood there before.
    if (body.change < this.latest && !isAgain) return this.ask(true);
    useToken(body.csrf);
    this.desk.status.hush("article");
    this.take(body);
    this.signedIn();
    return true;
  }

  take({ parts, order, remarks, change, status }) {
    const { desk } = this;
    for (const [place, { token, value }] of Object.entries(parts)) {
      const part = desk.parts.get(place) ?? desk.growth.insert(place);
      part.news(token, value, remarks[part.id] ?? 0);
    }
    for (const part of [...desk.parts.values()]) if (!(part.place in parts)) part.missing();
    desk.showDetails(parts.details.value);
    desk.order.take(order);
    Object.assign(this, { change, latest: change });
    this.stand(status);
    desk.preview?.changed();
    if (!this.isTold) desk.growth.bringAllBack();
    this.isTold = true;
    desk.status.tell();
  }

  /** Something of ours was saved. Our saves raise the number by one each; more than that was somebody else. */
  reached(change, isRaised = true) {
    const isOurs = change <= this.change + (isRaised ? 1 : 0);
    this.latest = Math.max(this.latest, change);
    this.pause = 0;
    if (isOurs) this.change = Math.max(this.change, change);
    if (!isOurs || this.status === "approved") this.refresh();
    else this.stand({ status: this.status });
    this.desk.checklist.soon();
    this.desk.status.saved();
  }

  stand({ status }) {
    for (const link of this.desk.root.querySelectorAll("[data-names-change]")) {
      link.href = link.href.replace(/\?.*$|$/, `?change=${this.change}`);
    }
    if (status === this.status) return;
    this.status = status;
    this.desk.lapse.forget();
    // If it does not come now, it will with the next change, or when the page is loaded anew.
    import("./details.js").then(({ renewHead }) => renewHead(this.desk)).catch(() => {});
  }

  // --- what is sent ------------------------------------------------------------------------------------------------

  /** As `post`, with what goes along with every change; who is signed out, or would undo an approval, is told. */
  async send(url, fields, options) {
    const body = new URLSearchParams(fields);
    if (this.desk.lapse.isAgreed) body.set("lapse", "yes");
    const answer = await post(url, body, options);
    if (answer.status === 401) this.signedOut(answer.body);
    if (answer.body.lapses) {
      this.status = "approved";
      this.desk.lapse.ask();
    }
    return answer;
  }

  /** Changes of the list go one after another: each needs the token that the one before it brings. */
  inTurn(act) {
    this.turns += 1;
    const mine = this.turn.then(act).finally(() => {
      this.turns -= 1;
      this.desk.status.tell();
    });
    this.turn = mine.catch(() => {});
    return mine;
  }

  tryAgainLater() {
    if (this.retry) return;
    this.pause = Math.min((this.pause || RETRY_FIRST / 2) * 2, RETRY_AT_MOST);
    this.retry = setTimeout(() => this.tryAgain(), this.pause);
  }

  async tryAgain() {
    clearTimeout(this.retry);
    this.retry = null;
    if (this.isTold || (await this.refresh())) await this.desk.saveAll();
  }

  // --- who is signed in --------------------------------------------------------------------------------------------

  signedOut({ stranger }) {
    const { login, accountName: name } = this.desk.root.dataset;
    this.isSignedOut = true;
    const href = `${login}?next=${encodeURIComponent(location.pathname)}`;
    const words = stranger
      ? gettext("Another account is signed in here now. What %(name)s wrote stays on this device until they sign in again.", {
          name,
        })
      : gettext("You are signed out. What you write is kept on this device and saved when you have signed in again.");
    const door = stranger ? [] : [make("a", { href, target: "_blank" }, gettext("Sign in in a new window"))];
    this.desk.status.say("account", words, ...door);
    this.desk.status.tell();
  }

  signedIn() {
    if (!this.isSignedOut) return;
    this.isSignedOut = false;
    this.desk.status.hush("account");
    setTimeout(() => this.tryAgain());
  }
}
