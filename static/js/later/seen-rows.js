/* Facts in a list whose own headings the reader may read by now. The server gives them, asked about one subject at a time;
   it learns how far the reader is, and nothing else. */
const AT_ONCE = 40; // the server answers for no more
const closed = new WeakMap(); // the links as the page had them
const asked = new AbortController();
const answers = new Map(); // the last answer about each subject

addEventListener("pagehide", () => asked.abort());

export async function toggle(rows, subject, seen) {
  answers.set(subject, seen);
  const safe = rows.filter((row) => Number(row.dataset.opensAt) <= seen);
  for (const row of rows.filter((each) => !safe.includes(each) && closed.has(each))) {
    linkOf(row).replaceWith(closed.get(row));
    row.querySelector(".caveat")?.remove();
    delete row.dataset.safe;
  }
  for (let at = 0; at < safe.length; at += AT_ONCE) await openAll(safe.slice(at, at + AT_ONCE), subject, seen);
}

async function openAll(safe, subject, seen) {
  const query = new URLSearchParams({ subject, seen });
  for (const id of safe.map((row) => row.dataset.fact).sort()) query.append("fact", id);
  try {
    const answer = await fetch(`${safe[0].parentNode.dataset.opened}?${query}`, { signal: asked.signal, credentials: "omit" });
    const list = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (answers.get(subject) !== seen) return; // the reader has said something else meanwhile
    for (const row of safe) open(row, list.querySelector(`[data-fact="${row.dataset.fact}"]`));
  } catch {
    // The connection went, or the reader: the list stays as it is.
  }
}

function open(row, own) {
  if (!own || "safe" in row.dataset) return;
  const link = linkOf(row);
  closed.set(row, link);
  link.replaceWith(linkOf(own));
  const caveat = own.querySelector(".caveat");
  if (caveat) row.querySelector(".fact-title").after(caveat);
  row.dataset.safe = "";
}

function linkOf(row) {
  return row.querySelector(".fact-title a");
}
