// The lines of the list of parts: a card or a question in a few words, its number, and what can be done with it.

import { gettext, ngettext } from "./words.js";

const FIRST_WORDS = 120;
const NEW_ID = { letters: "bcdfghjkmnpqrstvwxz", signs: "bcdfghjkmnpqrstvwxz23456789", length: 10 };

/** A public id as articles/text/ids.py makes them: the server takes it when it is free. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(NEW_ID.length));
  return [...random].map((number, at) => pick(at ? NEW_ID.signs : NEW_ID.letters, number)).join("");
}

const pick = (signs, number) => signs[number % signs.length];

export class Lines {
  constructor(desk) {
    this.desk = desk;
  }

  list(kind) {
    return document.querySelector(`[data-lines=${kind === "card" ? "cards" : "faqs"}]`);
  }

  of(kind) {
    return [...this.list(kind).children];
  }

  ids(kind) {
    return this.of(kind).map((line) => line.dataset.part.split(":")[1]);
  }

  make(kind, id) {
    const line = this.desk.template("line").firstElementChild;
    line.id = `${kind}-${id}`;
    line.dataset.part = `${kind}:${id}`;
    return line;
  }

  /** Gives a line its acts, and shows what cannot be done with it where it stands. */
  equip(line) {
    line.querySelector(".line-row").append(this.desk.template("acts"));
    line.querySelector("[data-open]").setAttribute("aria-expanded", "false");
  }

  number(kind) {
    const lines = this.of(kind);
    const countdown = kind === "card" && this.desk.numbering === "countdown";
    const bare = kind === "card" && this.desk.numbering === "none";
    lines.forEach((line, at) => {
      line.querySelector("[data-number]").textContent = bare ? "•" : countdown ? lines.length - at : at + 1;
      const name = this.name(line);
      label(line, "[data-up]", gettext("Move up: %(name)s", { name }), at === 0);
      label(line, "[data-down]", gettext("Move down: %(name)s", { name }), at === lines.length - 1);
      label(line, "[data-to]", gettext("Move to …: %(name)s", { name }), lines.length === 1);
      label(line, "[data-delete]", gettext("Delete: %(name)s", { name }), false);
    });
    const title = document.querySelector(`[data-count=${kind === "card" ? "cards" : "faqs"}]`);
    title.textContent =
      kind === "card"
        ? ngettext("%(count)s fact", "%(count)s facts", lines.length)
        : ngettext("%(count)s question", "%(count)s questions", lines.length);
  }

  name(line) {
    return line.querySelector("[data-open]").textContent;
  }

  /** `seen` is what the form holds; without a form the value that the server told. */
  show(part, seen) {
    const shown = seen ?? (part.value && ofValue(part.value));
    if (!shown) return;
    const { root } = part;
    const words = root.querySelector("[data-words]");
    if (words && (seen || part.touched)) words.textContent = firstWords(shown.body) || (part.id ? "" : "—");
    part.touched = true;
    if (!part.id) return;
    const link = root.querySelector("[data-open]");
    link.textContent = shown.heading || gettext("(nothing written yet)");
    root.querySelector("[data-emoji-of]").textContent = shown.emoji;
    root.querySelector("[data-marks]").replaceChildren(
      ...marks(part, shown).map(([kind, text]) =>
        Object.assign(document.createElement("span"), { className: `mark mark-${kind}`, textContent: text }),
      ),
    );
  }
}

function label(line, which, text, disabled) {
  const button = line.querySelector(which);
  if (!button) return;
  if (button.getAttribute("aria-label") !== text) button.setAttribute("aria-label", text);
  button.title = text;
  // Not `disabled`, which would drop the focus of whoever moves a line to the very top with the keyboard.
  button.setAttribute("aria-disabled", String(disabled));
}

function ofValue(value) {
  return {
    heading: value.heading ?? value.question ?? "",
    emoji: value.emoji ?? "",
    body: value.body ?? value.answer ?? value.introduction ?? value.conclusion ?? "",
    tags: value.tags?.length ?? 0,
    sources: value.sources?.length ?? 0,
    spoiler: value.spoiler_after,
  };
}

function marks(part, shown) {
  const count = (kind, number, one, many) => (number ? [[kind, ngettext(one, many, number)]] : []);
  return [
    ...count("lacking", part.lacking, "%(count)s thing missing", "%(count)s things missing"),
    ...count("advice", part.advice, "%(count)s piece of advice", "%(count)s pieces of advice"),
    ...count("remarks", part.remarks, "%(count)s open comment", "%(count)s open comments"),
    ...(shown.spoiler ? [["spoiler", gettext("after episode %(episode)s", { episode: shown.spoiler })]] : []),
    ...count("tags", shown.tags, "%(count)s tag", "%(count)s tags"),
    ...count("sources", shown.sources, "%(count)s source", "%(count)s sources"),
  ];
}

// Near to what the server makes of it, which shows when the page is loaded anew.
function firstWords(body) {
  const plain = body
    .slice(0, 500)
    .replace(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\s*(>|[-*+]|\d+[.)]|#+)\s+/gm, "")
    .replace(/[*_`]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > FIRST_WORDS ? `${plain.slice(0, FIRST_WORDS).trimEnd()}…` : plain;
}
