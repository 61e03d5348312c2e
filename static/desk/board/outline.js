// The outline: one line for each card and question, with its number, its words as readers see them, and its buttons.

import { make } from "../shared/dom.js";
import { gettext, ngettext } from "../shared/i18n.js";

export const KINDS = ["card", "faq"];
export const FOLDERS = { card: "cards", faq: "questions" }; // in addresses
export const ITEMS = { card: "cards", faq: "faqs" };

const NEW_ID = { letters: "bcdfghjkmnpqrstvwxz", signs: "bcdfghjkmnpqrstvwxz23456789", length: 10 };

/** A public id as articles/text/ids.py makes them: the server takes it when it is free. */
export function newId() {
  const random = crypto.getRandomValues(new Uint32Array(NEW_ID.length));
  return [...random].map((number, at) => pick(at ? NEW_ID.signs : NEW_ID.letters, number)).join("");
}

const pick = (signs, number) => signs[number % signs.length];

export const idOf = (line) => line.dataset.part.split(":")[1];

export class Outline {
  numbering = "";

  constructor(desk) {
    this.desk = desk;
  }

  listElement(kind) {
    return this.desk.root.querySelector(`[data-outline=${ITEMS[kind]}]`);
  }

  headingElement(kind) {
    return this.desk.root.querySelector(`[data-outline-heading=${ITEMS[kind]}]`);
  }

  lines(kind) {
    return [...this.listElement(kind).children];
  }

  ids(kind) {
    return this.lines(kind).map(idOf);
  }

  partOf(line) {
    return this.desk.parts.get(line.dataset.part);
  }

  /** How many lines above this one are saved: the server counts positions without new, unsent ones. */
  countSavedBefore(line) {
    const lines = [...line.parentElement.children];
    return lines.slice(0, lines.indexOf(line)).filter((above) => !this.partOf(above).isNew).length;
  }

  createLine(kind, id) {
    const line = this.desk.template("line").firstElementChild;
    setLineId(line, kind, id);
    return line;
  }

  addActions(line) {
    line.querySelector(".line-foot").append(this.desk.template("line-actions"));
    line.querySelector("[data-open]").setAttribute("aria-expanded", "false");
  }

  /** Writes the number of each line, and disables the moves that are impossible at its position. */
  renumber(kind) {
    const lines = this.lines(kind);
    const total = lines.length;
    const numbering = kind === "card" ? this.numbering : "";
    lines.forEach((line, at) => {
      const number = { none: "•", countdown: total - at }[numbering] ?? at + 1;
      line.querySelector("[data-number]").textContent = number;
      const disabled = { up: at === 0, down: at === total - 1, to: total === 1 };
      for (const [name, isDisabled] of Object.entries(disabled)) {
        // Not `disabled`, which would drop the focus of whoever moves a line to the very top with the keyboard.
        line.querySelector(`[data-move-${name}]`).setAttribute("aria-disabled", isDisabled);
      }
      this.labelActions(line);
    });
    if (kind === "card") {
      const isEmpty = !total;
      for (const element of this.desk.root.querySelectorAll("[data-empty], [data-first-step]")) element.hidden = !isEmpty;
    }
    this.headingElement(kind).textContent =
      kind === "card"
        ? ngettext("%(count)s fact", "%(count)s facts", total)
        : ngettext("%(count)s question", "%(count)s questions", total);
  }

  /** Gives each button an accessible name that holds the line's heading. */
  labelActions(line) {
    const name = this.headingOf(line);
    if (line.labelled === name) return;
    line.labelled = name;
    const labels = {
      select: gettext("Select: %(name)s", { name }),
      "move-up": gettext("Move up: %(name)s", { name }),
      "move-down": gettext("Move down: %(name)s", { name }),
      "move-to": gettext("Move to …: %(name)s", { name }),
      comment: gettext("Comment on: %(name)s", { name }),
      delete: gettext("Delete: %(name)s", { name }),
    };
    for (const [action, title] of Object.entries(labels)) {
      const button = line.querySelector(`[data-${action}]`);
      button.ariaLabel = title;
    }
  }

  headingOf(line) {
    return line.querySelector("[data-open]").textContent;
  }

  /** `summary` is what the form holds (part-form.js summaryOf); without a form, the value last received from the server. */
  updateLine(part, comments = 0, summary = part.value && summaryOfValue(part.value)) {
    if (!summary) return;
    const { root } = part;
    showBody(part, summary.body);
    if (!part.id) return;
    root.querySelector("[data-open]").textContent = summary.heading || gettext("(nothing written yet)");
    root.querySelector("[data-line-emoji]").textContent = summary.emoji;
    const found = badges(part, comments, summary).map(([kind, text]) => make("span", { class: `mark mark-${kind}` }, text));
    root.querySelector("[data-badges]").replaceChildren(...found);
    this.labelActions(root);
  }
}

/** Sets the ids by which links and scripts find a line. */
export function setLineId(line, kind, id) {
  line.id = `${kind}-${id}`;
  line.dataset.part = `${kind}:${id}`;
}

export const bodyOf = (value) => value.body ?? value.answer ?? value.introduction ?? value.conclusion ?? "";

/** Shows a closed part's body: as the server rendered it where it has these very words, and else as it is written. */
function showBody(part, body) {
  const box = part.root.querySelector("[data-body]");
  const { html, of } = part.rendered ?? {};
  const isHtml = of === body;
  if (!box || part.isOpen || (part.shown?.body === body && (!isHtml || part.shown.html === html))) return;
  part.shown = { body, html: isHtml && html };
  box.classList.toggle("is-source", !isHtml);
  if (isHtml) box.innerHTML = html; // sanitised by the server
  else box.textContent = body;
}

function summaryOfValue(value) {
  return {
    heading: value.heading ?? value.question ?? "",
    emoji: value.emoji ?? "",
    body: bodyOf(value),
    tags: value.tags?.length ?? 0,
    sources: value.sources?.length ?? 0,
    spoiler: value.spoiler_after,
  };
}

function badges({ blocking, advice }, comments, summary) {
  const count = (kind, number, one, many) => (number ? [[kind, ngettext(one, many, number)]] : []);
  return [
    ...count("missing", blocking, "%(count)s thing missing", "%(count)s things missing"),
    ...count("advice", advice, "%(count)s piece of advice", "%(count)s pieces of advice"),
    ...count("remarks", comments, "%(count)s open comment", "%(count)s open comments"),
    ...(summary.spoiler ? [["spoiler", gettext("after episode %(episode)s", { episode: summary.spoiler })]] : []),
    ...count("tags", summary.tags, "%(count)s tag", "%(count)s tags"),
    ...count("sources", summary.sources, "%(count)s source", "%(count)s sources"),
  ];
}
