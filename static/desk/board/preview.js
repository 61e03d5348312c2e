// Beside the form: what readers would see of the words as they stand this second, drawn by the public page's own code.
// No script runs in the frame; its links lead to places of the same page or nowhere.

import { announce } from "../shared/announce.js";
import { post } from "../shared/server.js";
import { gettext } from "../shared/i18n.js";

const DEBOUNCE = 250; // milliseconds from a change to its request, at least
const INTERVAL = 1000; // and from one request to the next
const RETRY_AFTER = 10_000; // until the next try when none came through
const WIDTHS = { phone: 390, desktop: 1280 };
const STORAGE_KEY = "desk-preview";

/** `unsaved()` gives [name, value] pairs as POST preview/unsaved/ takes them; `place` is the part to begin with.
    A hidden panel asks nothing: call `changed()` when it is shown again. */
export function setUpPreview(panel, { url, unsaved, place = "" }) {
  const preview = new Preview(panel, url, unsaved);
  preview.follow(place);
  return { changed: () => preview.changed(), follow: (part) => preview.follow(part) };
}

class Preview {
  sentAt = 0;
  isBehind = false;
  place = "";
  chosen = { as: "page", width: "phone", spoilers: "closed", seen: "", ...JSON.parse(sessionStorage.getItem(STORAGE_KEY)) };

  constructor(panel, url, unsaved) {
    Object.assign(this, { panel, url, unsaved, frame: panel.querySelector("iframe"), buttons: panel.querySelectorAll("button") });
    this.seen = panel.querySelector("[data-seen-episode]");
    this.seen.value = this.chosen.seen;
    this.seen.addEventListener("input", () => this.choose("seen", this.seen.value));
    for (const button of this.buttons) button.addEventListener("click", () => this.choose(button.dataset.choose, button.value));
    this.showChosen();
    new ResizeObserver(() => this.fit()).observe(this.frame.parentElement);
  }

  // --- asking the server

  changed() {
    this.isStale = true;
    if (this.panel.hidden || this.isSending || this.timer) return;
    this.timer = setTimeout(() => this.send(), Math.max(DEBOUNCE, this.sentAt + INTERVAL - Date.now()));
  }

  async send() {
    this.timer = clearTimeout(this.retry);
    if (this.panel.hidden) return;
    const { as, seen } = this.chosen;
    const fields = new FormData();
    for (const [name, value] of [["as", as], ["seen", seen], ["place", this.place], ...this.unsaved()]) fields.append(name, value);
    Object.assign(this, { isSending: true, isStale: false, sentAt: Date.now() });
    try {
      const { status, body } = await post(this.url, fields);
      if (status === 200) await this.show(body.html, as);
      this.showState(status, body.sentence);
    } finally {
      this.isSending = false;
      if (this.isStale) this.changed();
    }
  }

  showState(status, sentence) {
    const wasBehind = this.isBehind;
    this.isBehind = status !== 200;
    if (!this.isBehind) this.shownAt = new Date(this.sentAt).toLocaleTimeString(document.documentElement.lang, { hour12: false });
    let words = gettext("As of %(time)s", { time: this.shownAt });
    if (this.isBehind) {
      words = sentence ?? gettext("Not reachable.");
      if (this.shownAt) words += ` ${gettext("This is from %(time)s.", { time: this.shownAt })}`;
      if (status !== 400) this.retry = setTimeout(() => this.changed(), RETRY_AFTER);
    }
    this.panel.querySelector("[data-preview-state]").textContent = words;
    this.panel.classList.toggle("preview-behind", this.isBehind);
    if (this.isBehind !== wasBehind) announce(`${gettext("Preview")}: ${words}`);
  }

  // --- the frame

  get page() {
    const page = this.frame.contentDocument;
    return page?.URL === "about:srcdoc" ? page : null;
  }

  /** After the first time only what is new in the page is exchanged, so that nothing jumps or closes. */
  async show(html, as) {
    if (!this.page) await this.begin(html);
    if (as !== this.shownAs) this.isNew = true;
    const top = () => this.target(this.page)?.getBoundingClientRect().top;
    const before = top();
    this.shownAs = as;
    const fresh = new DOMParser().parseFromString(html, "text/html");
    this.carryOver(fresh);
    this.mark(fresh);
    morph(this.page.body, fresh.body);
    if (this.isNew) this.reveal();
    else this.scroll(top() - before || 0);
  }

  async begin(html) {
    const loaded = new Promise((resolve) => this.frame.addEventListener("load", resolve, { once: true }));
    this.frame.srcdoc = html;
    await loaded;
    this.isNew = true;
    this.openSpoilers();
    for (const kind of ["click", "auxclick", "submit"]) this.page.addEventListener(kind, keepInFrame);
  }

  carryOver(fresh) {
    this.openSpoilers(fresh);
    const key = (each) => `${keyOf(each)} ${each.hasAttribute("data-safe")}`; // another reader finds another state
    const were = new Map(Array.from(this.page.querySelectorAll("details"), (each) => [key(each), each.open]));
    for (const each of fresh.querySelectorAll("details")) each.open = were.get(key(each)) ?? each.open;
  }

  openSpoilers(page = this.page) {
    for (const each of page?.querySelectorAll(".spoiler") ?? []) each.open = this.chosen.spoilers === "open" || each.hasAttribute("data-safe");
  }

  /** Whether the page stands where it was put, and the writer has not scrolled it since. */
  get isStill() {
    return this.page && this.frame.contentWindow.scrollY === this.scrolledTo;
  }

  scroll(top) {
    const { isStill } = this;
    this.frame.contentWindow.scrollBy({ top, behavior: "instant" });
    if (isStill) this.scrolledTo = this.frame.contentWindow.scrollY;
  }

  // --- following what is written

  follow(place) {
    if (place === this.place) return;
    Object.assign(this, { place, isNew: true });
    if (!this.page) return;
    if (this.shownAs === "share") this.changed(); // the picture of the fact comes with it
    this.mark(this.page);
    this.reveal();
  }

  /** What shows the part in a page. */
  target(page) {
    const [kind, id] = this.place.split(":");
    if (!kind || this.shownAs === "feed" || this.shownAs === "share") return null;
    if (this.shownAs === "row") {
      const place = page.querySelector("[data-ids]")?.dataset.ids.split(" ").indexOf(id);
      return kind === "card" ? page.querySelectorAll(".fact-row")[place] : null;
    }
    if (kind === "card") return page.getElementById(`fact-${id}`);
    if (kind === "faq") return page.getElementById(`question-${id}`)?.closest("details");
    return page.querySelector(kind === "details" ? ".hero" : `.${kind}`);
  }

  mark(page) {
    page.querySelector(".preview-followed")?.classList.remove("preview-followed");
    const target = this.target(page);
    target?.classList.add("preview-followed");
    if (target?.matches(".question:not(.spoiler)")) target.open = true;
  }

  /** Once for each part: afterwards the page stays where the writer scrolls it. */
  reveal() {
    const target = this.target(this.page);
    if (!target) return; // a new part comes with the next answer
    this.isNew = false;
    const { top, bottom } = target.getBoundingClientRect();
    const { clientHeight } = this.page.documentElement;
    if (top < 0 || bottom > clientHeight) this.scroll(top - clientHeight / 8);
    this.scrolledTo = this.frame.contentWindow.scrollY;
  }

  // --- the bar

  choose(name, value) {
    this.chosen[name] = value;
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(this.chosen));
    this.showChosen();
    if (name === "as" || name === "seen") this.changed();
    else if (name === "width") this.fit();
    else this.openSpoilers();
  }

  showChosen() {
    for (const button of this.buttons) {
      const name = button.dataset.choose;
      button.setAttribute("aria-pressed", String(this.chosen[name] === button.value));
      button.disabled = name === "spoilers" && this.chosen.as !== "page"; // elsewhere they are never open
    }
    this.seen.disabled = this.chosen.as !== "page";
  }

  fit() {
    const { clientWidth, clientHeight } = this.frame.parentElement;
    if (clientWidth && !this.wasShown && this.panel.getBoundingClientRect().top > innerHeight) this.panel.scrollIntoView();
    this.wasShown = clientWidth > 0;
    const width = WIDTHS[this.chosen.width];
    const scale = Math.min(1, clientWidth / width) || 1;
    const { isStill } = this;
    Object.assign(this.frame.style, { width: `${width}px`, height: `${clientHeight / scale}px`, transform: `scale(${scale})` });
    if (isStill) this.reveal(); // lines break elsewhere now
  }
}

function keepInFrame(event) {
  const link = event.target.closest("a[href]");
  if (link || event.type === "submit") event.preventDefault();
  if (link?.hash) link.ownerDocument.getElementById(link.hash.slice(1))?.scrollIntoView();
}

/** By the nearest id, which the next answer has too. */
const keyOf = (details) => (details.id ? details : (details.querySelector("[id]") ?? details.closest("[id]")))?.id;

/** Makes `old` equal to `fresh` and leaves alone what is equal already. */
function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const [were, are] = [[...old.childNodes], [...fresh.childNodes]];
  const isAlike = are.length && were.length === are.length && old.cloneNode().isEqualNode(fresh.cloneNode());
  if (isAlike) were.forEach((node, place) => morph(node, are[place]));
  else old.replaceWith(fresh);
}

/** Shows or hides the panel; the button says which. */
export function togglePreview(desk, button) {
  const panel = desk.root.querySelector("[data-preview]");
  panel.hidden = !panel.hidden;
  button.setAttribute("aria-expanded", !panel.hidden);
  desk.root.classList.toggle("has-preview", !panel.hidden);
  if (panel.hidden) return;
  desk.preview ??= setUpPreview(panel, { url: `${desk.base}preview/unsaved/`, unsaved: () => desk.unsavedFields(), place: desk.presence.place });
  desk.preview.changed();
}
