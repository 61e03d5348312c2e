// The writer's desk: the parts of one article, opened in place, saved one by one. Without this script each part has a
// page of its own, and everything here is there too.

import { announce } from "./announce.js";
import { Checklist } from "./checklist.js";
import { Keeper } from "./keeping.js";
import { Lines, newId } from "./lines.js";
import { Order } from "./order.js";
import { clock, Part } from "./part.js";
import { setUpPreview } from "./preview.js";
import { Pulse } from "./pulse.js";
import { get, post, useToken } from "./server.js";
import { register } from "./shortcuts.js";
import { Undo } from "./undo.js";
import { read } from "./forms.js";
import { gettext, ngettext } from "./words.js";

const RETRY_FIRST = 2000;
const RETRY_AT_MOST = 30_000;
const FOLDERS = { card: "cards", faq: "questions" };
const ITEMS = { card: "cards", faq: "faqs" };

class Desk {
  constructor(root) {
    const { base, account, change, standing } = root.dataset;
    Object.assign(this, { root, base, account, standing, change: Number(change), parts: new Map(), order: {} });
    this.keeper = new Keeper(account, base);
    this.notice = root.querySelector("[data-notice]");
    this.lines = new Lines(this);
    this.undo = new Undo(root.querySelector("[data-undo]"));
    this.sorting = new Order(this);
    this.checklist = new Checklist(this);
    this.pulse = new Pulse(this);
  }

  async start() {
    this.root.querySelectorAll("[data-without-script]").forEach((element) => (element.hidden = true));
    this.root.querySelector("[data-strip]").hidden = false;
    for (const root of this.root.querySelectorAll("[data-part]")) this.equip(root);
    for (const kind of ["card", "faq"]) this.lines.number(kind);
    this.listen();
    this.setUpPreview();
    this.told = Promise.resolve(this.refresh());
    await this.told;
    for (const [place, entry] of this.keeper.all()) await this.bringBack(place, entry);
    this.sumUp();
    this.pulse.start();
    const wanted = this.parts.get(location.hash.slice(1).replace("-", ":"));
    if (wanted) wanted.open({ focus: "heading" });
  }

  equip(root, options = {}) {
    const place = root.dataset.part;
    const [kind, id] = place.split(":");
    const url = id ? `${this.base}${FOLDERS[kind]}/${id}/` : `${this.base}${kind}/`;
    const part = new Part(this, place, root, { url, ...options });
    this.parts.set(place, part);
    if (id) this.lines.equip(root);
    return part;
  }

  template(name) {
    return document.querySelector(`template[data-template=${name}]`).content.cloneNode(true);
  }

  // --- what the server says --------------------------------------------------------------------------------------

  /** Asks for everything. False when the server cannot be reached, or this person may not (any more). */
  async refresh() {
    const { status, body } = await get(`${this.base}contents/`);
    if (status === 401) this.signedOut();
    if (status !== 200) return false;
    useToken(body.csrf);
    if (String(body.account) !== this.account) {
      this.stranger = true;
      this.say(
        gettext("Another account is signed in here now. What %(name)s wrote stays on this device until they sign in again.", {
          name: this.root.dataset.accountName,
        }),
      );
      return false;
    }
    this.stranger = false;
    this.take(body);
    return true;
  }

  renew() {
    return this.refresh();
  }

  take({ parts, order, remarks, change, standing }) {
    this.order = { card: order.cards.token, faq: order.faqs.token };
    for (const [place, { token, value }] of Object.entries(parts)) {
      const part = this.parts.get(place) ?? this.insert(place);
      part.remarks = remarks[part.id] ?? 0;
      part.news(token, value);
      if (place === "details") this.showDetails(value);
    }
    for (const part of [...this.parts.values()]) {
      if (part.place in parts || part.isNew) continue;
      if (part.isDirty) part.lost();
      else this.discard(part);
    }
    for (const kind of ["card", "faq"]) if (!this.sorting.dragging) this.sorting.arrange(kind, order[ITEMS[kind]].ids);
    this.change = change;
    this.stand(standing);
    this.preview?.changed();
  }

  stand({ status }) {
    for (const link of this.root.querySelectorAll("[data-names-change]")) {
      link.href = link.href.replace(/\?.*$|$/, `?change=${this.change}`);
    }
    if (status === this.standing) return;
    this.standing = status;
    this.mayLapse = false;
    this.renewHead();
  }

  async renewHead() {
    try {
      const page = new DOMParser().parseFromString(await (await fetch(`${this.base}change/`)).text(), "text/html");
      const head = page.querySelector("[data-head]");
      if (head) this.root.querySelector("[data-head]").replaceChildren(...head.childNodes);
    } catch {
      // It will come with the next change, or when the page is loaded anew.
    }
  }

  async detailsFields(url) {
    try {
      const answer = await fetch(url);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const form = page.querySelector("form.desk-form");
      form.querySelectorAll("[name=csrfmiddlewaretoken], [name=token], .desk-acts").forEach((element) => element.remove());
      form.querySelectorAll("[data-enhanced]").forEach((element) => element.removeAttribute("data-enhanced"));
      const fields = document.createDocumentFragment();
      fields.append(...form.childNodes);
      return fields;
    } catch {
      this.say(gettext("The details cannot be reached just now. Try again when there is a connection."));
      return null;
    }
  }

  showDetails(value) {
    if (this.numbering && this.numbering !== value.numbering) {
      this.numbering = value.numbering;
      this.lines.number("card");
    }
    this.numbering = value.numbering;
    const shown = this.detailsShown;
    this.detailsShown = JSON.stringify(value);
    if (!shown || shown === this.detailsShown) return;
    const title = document.querySelector("#content > h1");
    if (title) title.textContent = value.title;
    for (const name of ["dek", "slug", "tags"]) {
      this.root.querySelector(`[data-value=${name}]`).textContent = [value[name]].flat().join(", ") || "—";
    }
    const { form } = this.parts.get("details");
    for (const name of form ? ["subject", "cover"] : []) {
      const chosen = form.elements[name].selectedOptions[0];
      this.root.querySelector(`[data-value=${name}]`).textContent = chosen?.value ? chosen.textContent : "—";
    }
  }

  // --- saving ----------------------------------------------------------------------------------------------------

  maySave() {
    if (this.stranger) return false;
    if (this.standing !== "approved" || this.mayLapse) return true;
    this.askToLapse();
    return false;
  }

  /** What goes with a part's own fields. */
  alongside(part) {
    const fields = [["token", part.token]];
    if (part.isNew) fields.push(["public_id", part.id], ["position", this.lines.of(part.kind).indexOf(part.root) + 1]);
    if (this.mayLapse) fields.push(["lapse", "yes"]);
    return fields;
  }

  askToLapse(part = null) {
    part?.show("held", gettext("Not saved yet"));
    if (this.asksToLapse) return;
    this.asksToLapse = true;
    this.say(
      gettext("This article is approved. Saving what you write makes it a draft again, to be handed in once more. What is live stays as it is."),
      [
        gettext("Save, and make it a draft again"),
        () => {
          this.mayLapse = true;
          this.asksToLapse = false;
          this.hush();
          this.saveAll();
        },
      ],
      [
        gettext("Take my change back"),
        () => {
          this.asksToLapse = false;
          this.hush();
          this.takeBack();
        },
      ],
    );
  }

  takeBack() {
    for (const part of [...this.parts.values()].filter((other) => other.isDirty)) {
      this.keeper.drop(part.place);
      if (part.isNew) this.discard(part);
      else {
        part.agree(part.value);
        part.show("saved", "");
        part.showLine();
      }
    }
    this.sumUp();
  }

  async saveAll() {
    await Promise.all([...this.parts.values()].map((part) => part.save()));
    for (const kind of Object.keys(this.unsavedOrder ?? {})) await this.saveOrder(kind);
    return !this.unsaved().length && !Object.keys(this.unsavedOrder ?? {}).length;
  }

  unsaved() {
    return [...this.parts.values()].filter((part) => part.isDirty || part.busy);
  }

  tryAgainLater() {
    if (this.retry) return;
    this.pause = Math.min((this.pause ?? RETRY_FIRST / 2) * 2, RETRY_AT_MOST);
    this.retry = setTimeout(() => this.tryAgain(), this.pause);
  }

  async tryAgain() {
    clearTimeout(this.retry);
    this.retry = null;
    if (this.unsaved().length || Object.keys(this.unsavedOrder ?? {}).length) await this.saveAll();
  }

  signedOut() {
    if (this.isSignedOut) return;
    this.isSignedOut = true;
    const link = Object.assign(document.createElement("a"), {
      href: `${this.root.dataset.login}?next=${encodeURIComponent(location.pathname)}`,
      target: "_blank",
      textContent: gettext("Sign in in a new window"),
    });
    this.say(gettext("You are signed out. What you write is kept on this device and saved when you have signed in again."), link);
  }

  signedIn() {
    if (!this.isSignedOut) return;
    this.isSignedOut = false;
    this.hush();
    this.refresh().then((there) => there && this.saveAll());
  }

  saved(part, body) {
    this.pause = undefined;
    this.reached(body.change);
    if (part.kind === "details") this.showDetails(body.value);
    if (part.id) this.lines.number(part.kind);
  }

  /** Our own saves raise the number by one each; more than that was somebody else. */
  reached(change) {
    const isOurs = change <= this.change + 1;
    this.change = Math.max(this.change, change);
    if (this.standing === "approved" || !isOurs) this.refresh();
    else this.stand({ status: this.standing });
    this.checklist.soon();
  }

  async saveOrder(kind) {
    if (!this.maySave()) {
      this.unsavedOrder = { ...this.unsavedOrder, [kind]: true };
      return;
    }
    this.ordering = (this.ordering ?? Promise.resolve()).then(() => this.sendOrder(kind));
    await this.ordering;
  }

  async sendOrder(kind) {
    const ids = this.lines.ids(kind).filter((id) => !this.parts.get(`${kind}:${id}`).isNew);
    const fields = new URLSearchParams({ order: ids.join(" "), token: this.order[kind] });
    if (this.mayLapse) fields.set("lapse", "yes");
    const { status, body } = await post(`${this.base}${FOLDERS[kind]}/order/`, fields, { renew: () => this.renew() });
    this.unsavedOrder = { ...this.unsavedOrder };
    delete this.unsavedOrder[kind];
    if (status === 200) {
      this.order[kind] = body.token;
      this.reached(body.change);
      this.tell();
    } else if (status === 0 || status === 401 || status >= 500) {
      if (status === 401) this.signedOut();
      this.unsavedOrder[kind] = true;
      this.say(gettext("The new order is not saved: no connection. It is tried again by itself."));
      this.tryAgainLater();
    } else {
      this.say(body.sentence ?? gettext("The new order was not saved."));
      await this.refresh();
    }
  }

  // --- new ones, and ends ----------------------------------------------------------------------------------------

  insert(place, after = null, options = {}) {
    const [kind, id] = place.split(":");
    const line = this.lines.make(kind, id);
    if (after) after.after(line);
    else this.lines.list(kind).append(line);
    const part = this.equip(line, options);
    line.querySelector("[data-open]").href = part.url;
    return part;
  }

  async add(kind, after = null) {
    const most = Number(this.root.dataset[kind === "card" ? "mostCards" : "mostFaqs"]);
    if (this.lines.of(kind).length >= most) {
      return this.say(gettext("An article takes at most %(most)s of them.", { most }));
    }
    const part = this.insert(`${kind}:${newId()}`, after, { url: `${this.base}${FOLDERS[kind]}/add/`, isNew: true });
    this.lines.show(part, { heading: "", emoji: "", body: "", tags: 0, sources: 0 });
    this.lines.number(kind);
    await part.open({ focus: kind === "card" ? "heading" : "question" });
    part.root.scrollIntoView({ block: "nearest" });
  }

  /** A new part has arrived, under the id that the server gave it. */
  settled(part, { value, url, order_token: token }) {
    const was = part.place;
    part.isNew = false;
    part.id = value.public_id;
    part.place = part.root.dataset.part = `${part.kind}:${part.id}`;
    part.root.id = `${part.kind}-${part.id}`;
    part.url = url;
    part.root.querySelector("[data-open]").href = url;
    this.keeper.drop(was);
    this.parts.delete(was);
    this.parts.set(part.place, part);
    if (token) this.order[part.kind] = token;
  }

  /** Its words go into a new part in its place: the old one is no more. */
  renewPart(part) {
    const words = read(part.form);
    const fresh = this.insert(`${part.kind}:${newId()}`, part.root, { url: `${this.base}${FOLDERS[part.kind]}/add/`, isNew: true });
    this.keeper.drop(part.place);
    this.discard(part);
    fresh.bringBack({ fields: words, token: "" });
  }

  discard(part) {
    const next = part.root.nextElementSibling ?? part.root.previousElementSibling;
    const hadFocus = part.root.contains(document.activeElement) || document.activeElement === document.body;
    this.keeper.drop(part.place);
    this.parts.delete(part.place);
    part.root.remove();
    this.lines.number(part.kind);
    if (hadFocus) (next?.querySelector("[data-open]") ?? document.querySelector(`[data-count=${ITEMS[part.kind]}]`)).focus();
    this.sumUp();
  }

  async remove(part) {
    if (part.isNew && !part.busy) return this.discard(part);
    await part.save();
    if (part.isDirty || !this.maySave()) return this.say(gettext("It is not deleted: its words are not saved yet."));
    const fields = new URLSearchParams({ token: part.token });
    if (this.mayLapse) fields.set("lapse", "yes");
    const answer = await post(`${this.base}${FOLDERS[part.kind]}/${part.id}/delete/`, fields, { renew: () => this.renew() });
    if (answer.status !== 200) {
      if (answer.status === 401) this.signedOut();
      this.say(answer.body.sentence || gettext("It is not deleted: no connection."));
      return this.refresh();
    }
    const name = this.lines.name(part.root);
    this.discard(part);
    this.order[part.kind] = answer.body.order_token;
    this.reached(answer.body.change);
    const words = gettext("Deleted: “%(name)s”. It waits in the bin for 30 days.", { name });
    announce(words);
    this.undo.offer(words, () => this.bringFromBin(answer.body.undo, part.kind));
  }

  async bringFromBin(url, kind) {
    const fields = new URLSearchParams(this.mayLapse ? { lapse: "yes" } : {});
    const { status, body } = await post(url, fields, { renew: () => this.renew() });
    if (status !== 200) this.say(body.sentence || gettext("It could not be brought back just now. It is in the bin."));
    await this.refresh();
    this.checklist.soon();
    const part = status === 200 && this.parts.get(`${kind}:${body.value.public_id}`);
    if (!part) return;
    part.root.querySelector("[data-open]").focus();
    announce(gettext("It is back."));
  }

  async bringBack(place, entry) {
    let part = this.parts.get(place);
    if (!part) {
      const [kind, id] = place.split(":");
      if (!id) return;
      part = this.insert(`${kind}:${entry.isNew ? id : newId()}`, null, { url: `${this.base}${FOLDERS[kind]}/add/`, isNew: true });
      this.lines.number(kind);
      if (!entry.isNew) this.keeper.drop(place);
    }
    await part.bringBack(entry);
  }

  // --- what is shown ---------------------------------------------------------------------------------------------

  say(words, ...acts) {
    const made = acts.map((act) => {
      if (act instanceof Node) return act;
      const button = Object.assign(document.createElement("button"), { type: "button", className: "desk-button", textContent: act[0] });
      button.addEventListener("click", act[1]);
      return button;
    });
    this.notice.replaceChildren(Object.assign(document.createElement("p"), { textContent: words }), ...made);
    this.notice.hidden = false;
  }

  hush() {
    this.notice.hidden = true;
    this.notice.replaceChildren();
  }

  changed(part) {
    part.showLine();
    this.preview?.changed();
    this.preview?.follow(part.place);
  }

  opened(part) {
    this.preview?.follow(part.place);
    this.pulse.place = part.place;
  }

  /** The one line that says how things stand. Loud only when it gets worse, or good again. */
  tell() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.sumUp(), 50);
  }

  sumUp() {
    const parts = [...this.parts.values()];
    const by = (...states) => parts.filter((part) => states.includes(part.state) && (part.isDirty || part.busy || part.conflict));
    const off = by("offline").length;
    let [state, words] = ["saved", gettext("Everything is saved (%(time)s)", { time: clock() })];
    if (by("conflict").length) [state, words] = ["conflict", gettext("Changed by someone else meanwhile: look at the texts side by side")];
    else if (off) [state, words] = ["offline", ngettext("Not saved: no connection. %(count)s text is kept on this device", "Not saved: no connection. %(count)s texts are kept on this device", off)];
    else if (by("refused").length) [state, words] = ["refused", gettext("Not everything could be saved")];
    else if (by("invalid").length) [state, words] = ["invalid", gettext("Not saved: something is not valid, see the marked fields")];
    else if (by("writing", "saving", "held").length) [state, words] = ["writing", gettext("Not saved yet …")];
    if (off && this.isSignedOut) words = gettext("Not saved: you are signed out. What you write is kept on this device");
    const line = this.root.querySelector("[data-saved]");
    if (state === "saved" && line.dataset.state === "saved" && !this.justSaved) return;
    line.textContent = words;
    if (state !== line.dataset.state && ![state, line.dataset.state].includes("writing")) announce(words);
    line.dataset.state = state;
  }

  setUpPreview() {
    const panel = this.root.querySelector("[data-preview]");
    if (!panel) return;
    const button = this.root.querySelector("[data-show-preview]");
    const start = () => {
      this.preview = setUpPreview(panel, { unsaved: () => this.unsavedFields(), place: this.pulse.place });
      this.preview.changed();
    };
    button.addEventListener("click", () => {
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
      this.root.classList.toggle("has-preview", !panel.hidden);
      if (!panel.hidden) this.preview ? this.preview.changed() : start();
    });
  }

  unsavedFields() {
    const fields = this.unsaved().map((part) => [part.place, read(part.form)]);
    return [...fields, ["cards", this.lines.ids("card").join(" ")], ["faqs", this.lines.ids("faq").join(" ")]];
  }

  // --- keys and clicks -------------------------------------------------------------------------------------------

  listen() {
    this.root.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) for (const part of this.unsaved()) part.save({ leaving: true });
    });
    window.addEventListener("online", () => this.tryAgain());
    window.addEventListener("pagehide", () => this.unsaved().forEach((part) => part.keep()));
    const group = gettext("The desk");
    register({ keys: "Ctrl+Enter", words: gettext("Add the next fact, or question, after this one"), group });
    register({ keys: "Ctrl+S", words: gettext("Save now"), group });
    register({ keys: "Alt+↑ / Alt+↓", words: gettext("Move the line up or down"), group });
    register({ keys: "Esc", words: gettext("Close the part"), group });
    register({ keys: "Ctrl+Z", words: gettext("Undo the last move or deletion (outside of text)"), group });
  }

  clicked(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("[data-open], [data-add], [data-step], [data-delete], [data-open-all], [data-close-all]");
    if (!link || link.closest("form.part-form")) return;
    const part = this.parts.get(link.closest("[data-part]")?.dataset.part);
    event.preventDefault();
    if ("open" in link.dataset) part.isOpen ? part.close() : part.open({ focus: part.kind === "faq" ? "question" : "heading" });
    else if ("add" in link.dataset) this.add(link.dataset.add === "cards" ? "card" : "faq");
    else if ("delete" in link.dataset) this.remove(part);
    else if ("step" in link.dataset) this.leaveFor(link);
    else this.openAll("openAll" in link.dataset);
  }

  async leaveFor(link) {
    if (await this.saveAll()) location.assign(link.href);
    else this.say(gettext("Not everything is saved yet. See to the marked parts first."));
  }

  async openAll(open) {
    for (const part of [...this.parts.values()]) {
      if (!part.id || part.isOpen === open) continue;
      if (open) await part.open();
      else part.close();
      // A breath in between, so that the page stays alive with hundreds of them.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  pressed(event) {
    if (event.defaultPrevented) return;
    const part = this.parts.get(event.target.closest?.("[data-part]")?.dataset.part);
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key.toLowerCase() === "s") {
      event.preventDefault();
      this.saveAll();
    } else if (isCommand && event.key === "Enter" && part?.id) {
      event.preventDefault();
      part.save();
      this.add(part.kind, part.root);
    } else if (event.key === "Escape" && part?.isOpen && part.form.contains(event.target)) {
      event.preventDefault();
      part.close({ focus: true });
    }
  }
}

const root = document.querySelector("[data-desk]");
if (root) new Desk(root).start();
