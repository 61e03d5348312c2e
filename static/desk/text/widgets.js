// What stands in a text without being in it: the bullet of a list, a picture, the word that says what a line waits for.

import { WidgetType } from "../vendor/codemirror.js";
import { make } from "../shared/dom.js";
import { gettext } from "../shared/i18n.js";

class Bullet extends WidgetType {
  eq() {
    return true;
  }

  toDOM() {
    return make("span", { class: "bullet" }, "•");
  }
}

class Ghost extends WidgetType {
  constructor(words) {
    super();
    this.words = words;
  }

  eq(other) {
    return other.words === this.words;
  }

  toDOM() {
    return make("span", { class: "ghost", "aria-hidden": "true" }, this.words);
  }
}

class Picture extends WidgetType {
  constructor(address, alt, { src, width, height }) {
    super();
    Object.assign(this, { address, alt, src, width, height });
  }

  eq(other) {
    return other.address === this.address && other.alt === this.alt && other.src === this.src;
  }

  toDOM(view) {
    const { src, width, height, alt } = this;
    const size = width && height ? { width, height } : {};
    const onLoad = () => view.requestMeasure();
    return make("img", { class: "picture", src, ...size, alt, draggable: "false", load: onLoad });
  }

  ignoreEvent() {
    return false; // a click on it puts the caret there
  }
}

export const bullet = new Bullet();
export const ghostWords = new Ghost(gettext("the words themselves"));
export const ghostName = new Ghost(gettext("whose words these are"));

/** Pictures by their addresses. `find(address)` gives { src, width, height, alt }, nothing for what is not ours, or a promise. */
export class Pictures {
  cache = new Map();

  constructor(find = () => null, onFound) {
    Object.assign(this, { find, onFound });
  }

  /** The widget of a picture; null as long as there is none. */
  at(address, alt) {
    if (!this.cache.has(address)) this.load(address);
    const picture = this.cache.get(address);
    return picture ? new Picture(address, alt || (picture.alt ?? ""), picture) : null;
  }

  async load(address) {
    this.cache.set(address, null);
    const answer = this.find(address);
    const store = (picture) => this.cache.set(address, picture?.src ? picture : null);
    if (typeof answer?.then !== "function") return store(answer);
    store(await answer.catch(() => this.cache.delete(address))); // asked again when it is next drawn
    this.onFound();
  }
}
