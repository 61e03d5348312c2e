// The lines of the list of parts: a card or a question in a few words, its number, and what can be done with it.

import { make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/words.js";

export const KINDS = ["card", "faq"];
export const FOLDERS = { card: "cards", faq: "questions" }; // in addresses
export const ITEMS = { card: "cards", faq: "faqs" };

const FIRST_WORDS = 120;
const NEW_ID = { letters: "bcdfghjkmnpqrstvwxz", signs: "bcdfghjkmnpqrstvwxz23456789", length: 10 };

/** A public id as articles/text/ids.py makes them: the server takes it when it is free. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(NEW_ID.length));
  return [...random].map((number, at) => pick(at ? NEW_ID.signs : NEW_ID.letters, number)).join("");
}

const pick = (signs, number) => signs[number % signs.length];

export const idOf = (line) => line.dataset.part.split(":")[1];

export class Lines {
  numbering = "";

  constructor(desk) {
    this.desk = desk;
  }

  list(kind) {
    return this.desk.root.querySelector(`[data-lines=${ITEMS[kind]}]`);
  }

  title(kind) {
    return this.desk.root.querySelector(`[data-count=${ITEMS[kind]}]`);
  }

  of(kind) {
    return [...this.list(kind).children];
  }

  ids(kind) {
    return this.of(kind).map(idOf);
  }

  partOf(line) {
    return this.desk.parts.get(line.dataset.part);
  }

  /** How many lines above this one the server knows. */
  savedBefore(line) {
    const lines = [...line.parentElement.children];
    return lines.slice(0, lines.indexOf(line)).filter((above) => !this.partOf(above).isNew).length;
  }

  make(kind, id) {
    const line = this.desk.template("line").firstElementChild;
    name(line, kind, id);
    return line;
  }

  equip(line) {
    line.querySelector(".line-row").append(this.desk.template("acts"));
    line.querySelector("[data-open]").setAttribute("aria-expanded", "false");
  }

  /** Numbers the lines, and says on each what cannot be done with it where it stands. */
  number(kind) {
    const lines = this.of(kind);
    const total = lines.length;
    const numbering = kind === "card" ? this.numbering : "";
    lines.forEach((line, at) => {
      const number = { none: "•", countdown: total - at }[numbering] ?? at + 1;
      line.querySelector("[data-number]").textContent = number;
      const disabled = { up: at === 0, down: at === total - 1, to: total === 1 };
      for (const [act, isDisabled] of Object.entries(disabled)) {
        // Not `disabled`, which would drop the focus of whoever moves a line to the very top with the keyboard.
        line.querySelector(`[data-${act}]`).setAttribute("aria-disabled", isDisabled);
      }
      this.label(line);
    });
    this.title(kind).textContent =
      kind === "card"
        ? ngettext("%(count)s fact", "%(count)s facts", total)
        : ngettext("%(count)s question", "%(count)s questions", total);
  }

  /** Names what can be done after the line. */
  label(line) {
    const name = this.name(line);
    if (line.labelled === name) return;
    line.labelled = name;
    const labels = {
      up: gettext("Move up: %(name)s", { name }),
      down: gettext("Move down: %(name)s", { name }),
      to: gettext("Move to …: %(name)s", { name }),
      delete: gettext("Delete: %(name)s", { name }),
    };
    for (const [act, title] of Object.entries(labels)) {
      const made = line.querySelector(`[data-${act}]`);
      made.title = title;
      made.ariaLabel = title;
    }
  }

  name(line) {
    return line.querySelector("[data-open]").textContent;
  }

  /** `seen` is what the form holds; without a form it is the value that the server told. */
  show(part, remarks = 0, seen = part.value && ofValue(part.value)) {
    if (!seen) return;
    const { root } = part;
    const words = root.querySelector("[data-words]");
    if (words) words.textContent = firstWords(seen.body) || (part.id ? "" : "—");
    if (!part.id) return;
    root.querySelector("[data-open]").textContent = seen.heading || gettext("(nothing written yet)");
    root.querySelector("[data-emoji-of]").textContent = seen.emoji;
    const found = marks(part, remarks, seen).map(([kind, text]) => make("span", { class: `mark mark-${kind}` }, text));
    root.querySelector("[data-marks]").replaceChildren(...found);
    this.label(root);
  }
}

/** Gives a line the names that it is known by. */
export function name(line, kind, id) {
  line.id = `${kind}-${id}`;
  line.dataset.part = `${kind}:${id}`;
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

function marks({ lacking, advice }, remarks, seen) {
  const count = (kind, number, one, many) => (number ? [[kind, ngettext(one, many, number)]] : []);
  return [
    ...count("lacking", lacking, "%(count)s thing missing", "%(count)s things missing"),
    ...count("advice", advice, "%(count)s piece of advice", "%(count)s pieces of advice"),
    ...count("remarks", remarks, "%(count)s open comment", "%(count)s open comments"),
    ...(seen.spoiler ? [["spoiler", gettext("after episode %(episode)s", { episode: seen.spoiler })]] : []),
    ...count("tags", seen.tags, "%(count)s tag", "%(count)s tags"),
    ...count("sources", seen.sources, "%(count)s source", "%(count)s sources"),
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
