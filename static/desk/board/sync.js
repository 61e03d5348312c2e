// Keeps the page and the server in step: the contents of all parts, the article's change number, who is signed in.
// Requests that fail for want of a connection are retried from here.

import { make } from "../shared/dom.js";
import { get, post, renewTokenWith, setCsrfToken } from "../shared/server.js";
import { gettext } from "../shared/i18n.js";

const RETRY_FIRST = 2000; // milliseconds
const RETRY_AT_MOST = 30_000;

export class Sync {
  queue = Promise.resolve();
  queued = 0; // changes of the list of parts that are not answered yet
  isLoaded = false; // whether the contents came from the server once
  isSignedOut = false;

  constructor(desk) {
    const { change, status } = desk.root.dataset;
    // `change` is the number of what this page shows; `latest` the highest that the server named.
    Object.assign(this, { desk, status, change: Number(change), latest: Number(change) });
    renewTokenWith(() => this.refresh());
    window.addEventListener("online", () => this.retry());
    window.addEventListener("pageshow", (event) => event.persisted && this.refresh());
  }

  // --- what the server says ----------------------------------------------------------------------------------------

  /** Fetches the contents of the whole article. False when it cannot be reached or may not be read. */
  refresh() {
    return (this.refreshing ??= this.fetchContents().finally(() => (this.refreshing = null)));
  }

  async fetchContents(isAgain = false) {
    // The page came with the HTML of what it shows: only what is newer is wanted.
    const { status, body } = await get(`${this.desk.base}contents/${this.isLoaded || isAgain ? "?html" : ""}`);
    if (status === 401) this.onSignedOut(body);
    if (status === 403 || status === 404) this.desk.status.notify("article", body.sentence);
    if (status !== 200) return false;
    // This answer left the server before our latest save: it is out of date.
    // Or it is newer than the page, which was drawn before somebody's save.
    const isOfPage = body.change === this.latest || this.isLoaded;
    if ((body.change < this.latest || !isOfPage) && !isAgain) return this.fetchContents(true);
    setCsrfToken(body.csrf);
    this.desk.status.clear("article");
    this.applyContents(body);
    this.onSignedIn();
    return true;
  }

  applyContents({ parts, html, order, remarks, change, status }) {
    const { desk } = this;
    for (const [place, { token, value }] of Object.entries(parts)) {
      const part = desk.parts.get(place) ?? desk.partList.insert(place);
      part.serverUpdate(token, value, remarks[place] ?? 0, html[place]);
    }
    for (const part of [...desk.parts.values()]) if (!(part.place in parts)) part.onMissing();
    desk.showDetails(parts.details.value);
    desk.order.applyServer(order);
    Object.assign(this, { change, latest: change });
    this.applyStatus(status);
    desk.preview?.changed();
    if (!this.isLoaded) desk.partList.restoreAllDrafts();
    this.isLoaded = true;
    desk.status.update();
  }

  /** One of our saves was stored under this change number. Each save raises it by one: a larger step was somebody else. */
  acknowledge(change, isRaised = true) {
    const isOurs = change <= this.change + (isRaised ? 1 : 0);
    this.latest = Math.max(this.latest, change);
    this.retryDelay = 0;
    if (isOurs) this.change = Math.max(this.change, change);
    if (!isOurs || this.status === "approved") this.refresh();
    else this.applyStatus({ status: this.status });
    this.desk.checklist.refreshSoon();
    this.desk.status.markSaved();
  }

  applyStatus({ status }) {
    for (const link of this.desk.root.querySelectorAll("[data-add-change-number]")) {
      link.href = link.href.replace(/\?.*$|$/, `?change=${this.change}`);
    }
    if (status === this.status) return;
    this.status = status;
    this.desk.approval.reset();
    // If it does not come now, it will with the next change, or when the page is loaded anew.
    import("./plain-pages.js").then(({ refreshHeader }) => refreshHeader(this.desk)).catch(() => {});
  }

  // --- what is sent ------------------------------------------------------------------------------------------------

  /** As `post`, with the consent to lose an approval. Shows a notice when signed out, or when that consent is needed. */
  async send(url, fields, options) {
    const body = new URLSearchParams(fields);
    if (this.desk.approval.isConfirmed) body.set("lapse", "yes");
    const answer = await post(url, body, options);
    if (answer.status === 401) this.onSignedOut(answer.body);
    if (answer.body.lapses) {
      this.status = "approved";
      this.desk.approval.show();
    }
    return answer;
  }

  /** Changes of the list are sent one after another: each needs the token that the previous answer brings. */
  enqueue(send) {
    this.queued += 1;
    const answer = this.queue.then(send).finally(() => {
      this.queued -= 1;
      this.desk.status.update();
    });
    this.queue = answer.catch(() => {});
    return answer;
  }

  retryLater() {
    if (this.retryTimer) return;
    this.retryDelay = Math.min((this.retryDelay || RETRY_FIRST / 2) * 2, RETRY_AT_MOST);
    this.retryTimer = setTimeout(() => this.retry(), this.retryDelay);
  }

  async retry() {
    clearTimeout(this.retryTimer);
    this.retryTimer = null;
    if (this.isLoaded || (await this.refresh())) await this.desk.saveAll();
  }

  // --- who is signed in --------------------------------------------------------------------------------------------

  onSignedOut({ stranger }) {
    const { login, accountName: name } = this.desk.root.dataset;
    this.isSignedOut = true;
    const href = `${login}?next=${encodeURIComponent(location.pathname)}`;
    const words = stranger
      ? gettext("Another account is signed in here now. What %(name)s wrote stays on this device until they sign in again.", {
          name,
        })
      : gettext("You are signed out. What you write is kept on this device and saved when you have signed in again.");
    const signIn = stranger ? [] : [make("a", { href, target: "_blank" }, gettext("Sign in in a new window"))];
    this.desk.status.notify("account", words, ...signIn);
    this.desk.status.update();
  }

  onSignedIn() {
    if (!this.isSignedOut) return;
    this.isSignedOut = false;
    this.desk.status.clear("account");
    setTimeout(() => this.retry());
  }
}
