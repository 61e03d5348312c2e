/* Lists for a returning reader the facts whose text changed since the last visit. For each of the articles read last the
   device stores: the newest change before this visit, the newest change now, and the time of the visit. */
import { load, store } from "./kept.js";

const VISIT = 30 * 60_000; // milliseconds within which a page that is loaded again is the same visit
const MOST_ARTICLES = 200;

const changedAt = (card) => Date.parse(card.dataset.changed);

/** The instant of the newest change that the reader has seen. Only instants of the server are compared with each other. */
function lastSeenChange(newest) {
  const { [location.pathname]: last, ...others } = visits();
  const [before, latest, at] = last ?? [newest, newest, Date.now()];
  const seen = Date.now() - at < VISIT ? before : latest;
  const all = { ...others, [location.pathname]: [seen, Math.max(newest, latest), Date.now()] };
  store("read", JSON.stringify(Object.fromEntries(Object.entries(all).slice(-MOST_ARTICLES))));
  return seen;
}

function visits() {
  try {
    return JSON.parse(load("read")) ?? {};
  } catch {
    return {};
  }
}

function showChanges(notice, cards) {
  for (const card of cards) {
    const mark = document.createElement("p");
    mark.className = "changed-mark";
    mark.textContent = notice.dataset.changes;
    card.prepend(mark);
    const link = document.createElement("a");
    link.href = `#${card.id}`;
    const parts = [".card-number", "[data-outside]"].map((each) => card.querySelector(each)?.textContent);
    link.textContent = parts.filter(Boolean).join(" ");
    const item = document.createElement("li");
    item.append(link);
    notice.querySelector("ul").append(item);
  }
  notice.hidden = false;
}

const cards = [...document.querySelectorAll(".card[data-changed]")];
if (cards.length) {
  const seen = lastSeenChange(Math.max(...cards.map(changedAt)));
  const changed = cards.filter((card) => changedAt(card) > seen);
  if (changed.length) showChanges(document.querySelector("[data-changes]"), changed);
}
