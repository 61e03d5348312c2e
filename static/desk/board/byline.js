// When the article was saved last, and by whom, in the line below its header: renewed with each save of ours, and with
// each minute from then on.

import { gettext } from "../shared/i18n.js";

const MINUTE = 60_000;
let timer;

export function showSavedNow(root) {
  const [time, by] = ["at", "by"].map((name) => root.querySelector(`[data-saved-${name}]`));
  if (!time) return; // the line is fetched anew just now
  const { accountName: name } = root.dataset;
  const at = new Date();
  time.dateTime = at.toISOString();
  time.title = at.toLocaleString(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  time.nextElementSibling.textContent = ` (${time.title})`;
  by.textContent = name === by.dataset.savedBy ? "" : gettext("(last saved by %(name)s)", { name });
  const show = () => (time.textContent = ago(Date.now() - at));
  clearInterval(timer);
  timer = setInterval(show, MINUTE);
  show();
}

function ago(passed) {
  if (passed < MINUTE) return gettext("just now");
  const [count, unit] = passed < 60 * MINUTE ? [passed / MINUTE, "minute"] : [passed / (60 * MINUTE), "hour"];
  return new Intl.RelativeTimeFormat(document.documentElement.lang).format(-Math.floor(count), unit);
}
