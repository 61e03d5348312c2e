// The palette: every action of the page, every part, and the articles that this person may see, found by their words.

import { openChooser } from "./chooser.js";
import { get } from "../shared/server.js";
import { openHelp } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

const MOST_PARTS = 12;
const ACTIONS = ".article-head a, .article-head button, [data-add], .desk-side a[href]:not([data-place])";

export function openPalette(desk) {
  const actions = [...desk.root.querySelectorAll(ACTIONS)].filter(isOffered).map(actionOf);
  openChooser({
    title: gettext("Find anything"),
    label: gettext("An action, a fact or an article"),
    find: async (query) => {
      const articles = await findArticles(desk.root.dataset.findUrl, query);
      const isWanted = ({ words }) => matches(words, query);
      const parts = partsOf(desk).filter(isWanted).slice(0, MOST_PARTS);
      return [...actions.filter(isWanted), ...parts, ...articles];
    },
  });
}

/** Articles whose titles have all words of the query; none without a connection. `further`: more of the question. */
export async function findArticles(url, query, further = {}) {
  const { status, body } = await get(`${url}?${new URLSearchParams({ q: query, ...further })}`);
  if (status !== 200) return [];
  return body.articles.map(({ id, title, status: note, url: href }) => ({
    id,
    group: gettext("Articles"),
    words: title,
    note,
    act: () => location.assign(href),
  }));
}

const isOffered = (element) => !element.hidden && element.getAttribute("aria-disabled") !== "true" && !element.closest("[hidden]") && !element.matches("[data-show-palette], [data-undo][hidden]");

function actionOf(element) {
  const act = () => ("showShortcuts" in element.dataset ? openHelp() : element.click());
  return { group: gettext("Actions"), words: element.textContent.trim().replace(/\s+/g, " "), act };
}

function partsOf(desk) {
  return [...desk.root.querySelectorAll("[data-part]")].map((root) => {
    const part = desk.parts.get(root.dataset.part);
    const number = root.querySelector("[data-number]")?.textContent;
    return {
      group: gettext("Parts of this article"),
      words: desk.outline.headingOf(root),
      note: number,
      act: () => {
        root.scrollIntoView({ block: "start" });
        part.open({ focus: part.kind === "faq" ? "question" : "heading" });
      },
    };
  });
}

/** Whether all words of the query stand in the words, in any spelling of capitals. */
function matches(words, query) {
  const text = words.toLocaleLowerCase();
  return query.toLocaleLowerCase().split(/\s+/).every((word) => text.includes(word));
}
