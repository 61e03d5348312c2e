/* Tells a returning reader which facts have other words than when they were last here. Kept on the device, for the
   articles read last: the newest words before this visit, the newest words now, and when that was. */
import { keep, kept } from "./kept.js";

const VISIT = 30 * 60_000; // milliseconds within which a page that is loaded again is the same visit
const MOST_ARTICLES = 200;

const since = (card) => Date.parse(card.dataset.changed);

/** The instant of the newest words that the reader may know. The server's clock alone is asked: words against words. */
function known(newest) {
  const { [location.pathname]: last, ...others } = articles();
  const [before, then, at] = last ?? [newest, newest, Date.now()];
  const words = Date.now() - at < VISIT ? before : then;
  const all = { ...others, [location.pathname]: [words, Math.max(newest, then), Date.now()] };
  keep("read", JSON.stringify(Object.fromEntries(Object.entries(all).slice(-MOST_ARTICLES))));
  return words;
}

function articles() {
  try {
    return JSON.parse(kept("read")) ?? {};
  } catch {
    return {};
  }
}

function tell(line, cards) {
  for (const card of cards) {
    const mark = document.createElement("p");
    mark.className = "changed-mark";
    mark.textContent = line.dataset.changes;
    card.prepend(mark);
    const link = document.createElement("a");
    link.href = `#${card.id}`;
    const words = [".card-number", "[data-outside]"].map((each) => card.querySelector(each)?.textContent);
    link.textContent = words.filter(Boolean).join(" ");
    const item = document.createElement("li");
    item.append(link);
    line.querySelector("ul").append(item);
  }
  line.hidden = false;
}

const cards = [...document.querySelectorAll(".card[data-changed]")];
if (cards.length) {
  const words = known(Math.max(...cards.map(since)));
  const fresh = cards.filter((card) => since(card) > words);
  if (fresh.length) tell(document.querySelector("[data-changes]"), fresh);
}
