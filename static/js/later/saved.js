/* The page of saved facts: the device knows which, the server gives their rows. What is gone has a heading here. */
import { keep, saved } from "./acts.js";

const AT_ONCE = 40;
const page = document.querySelector("[data-saved-page]");
const part = (name) => page.querySelector(`[data-${name}]`);
const list = page.querySelector("ul");
const question = new AbortController();
addEventListener("pagehide", () => question.abort());

async function show() {
  const facts = saved().reverse();
  const { rows, days } = await ask(facts.map(([id]) => id));
  list.replaceChildren(...facts.map((fact) => row(fact, rows, days)));
  part("empty").hidden = facts.length > 0;
  part("saved-tools").hidden = facts.length === 0;
  part("copy").dataset.copy = text();
  dispatchEvent(new Event("rows")); // seen.js opens what their reader has seen
}

/** Rows and days of corrections by id; no rows where the connection is gone. */
async function ask(ids) {
  const [rows, days] = [new Map(), new Map()];
  try {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const query = new URLSearchParams(ids.slice(at, at + AT_ONCE).sort().map((id) => ["fact", id]));
      const answer = await fetch(`${page.dataset.savedPage}?${query}`, { signal: question.signal, credentials: "omit" });
      if (!answer.ok) throw new Error(answer.statusText);
      const found = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const each of found.querySelectorAll(".fact-row")) rows.set(link(each).pathname.split("/").at(-3), each);
      for (const day of found.querySelectorAll("[data-of]")) days.set(day.dataset.of, day);
    }
    part("offline").hidden = true;
    return { rows, days };
  } catch {
    part("offline").hidden = false;
    return { rows: null, days };
  }
}

const link = (row) => row.querySelector(".fact-title a");

function row([id, corrected, heading], rows, days) {
  const item = document.importNode(rows?.get(id) ?? standIn(id, heading, !rows), true);
  const tools = part("saved-row").content.cloneNode(true);
  const day = days.get(id);
  tools.querySelector(".gone").hidden = !rows || rows.has(id);
  if (day && !(Date.parse(day.dateTime) <= Date.parse(corrected))) {
    tools.querySelector(".corrected").hidden = false;
    tools.querySelector(".corrected button").before(day, " ");
  }
  tools.querySelector("[data-remove] span").textContent = `: ${heading}`;
  tools.querySelector("[data-remove]").addEventListener("click", () => remove(id));
  tools.querySelector("[data-noted]").addEventListener("click", () => note(id, day.dateTime));
  item.append(tools);
  return item;
}

/** What the device knows of a fact that the server does not show. */
function standIn(id, heading, isLinked) {
  const item = part("saved-unknown").content.firstElementChild.cloneNode(true);
  const name = item.querySelector("a");
  name.textContent = heading;
  if (isLinked) name.href = `${page.dataset.factUrl}${id}/`;
  return item;
}

function change(facts) {
  part("blocked").hidden = keep(facts);
  return show();
}

async function remove(id) {
  await change(saved().filter(([each]) => each !== id));
  part("saved-said").textContent = part("saved-said").dataset.removed;
  (list.querySelector("[data-remove]") ?? document.querySelector("h1")).focus();
}

function note(id, corrected) {
  return change(saved().map((fact) => (fact[0] === id ? [id, corrected, fact[2]] : fact)));
}

function text() {
  const links = [...list.querySelectorAll(".fact-title a[href]")];
  return links.map((each) => `${each.textContent.trim()}\n${each.href}\n`).join("\n") || " ";
}

part("download").addEventListener("click", () => {
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob([text()], { type: "text/plain" }));
  file.download = page.dataset.file;
  file.click();
  setTimeout(() => URL.revokeObjectURL(file.href), 1000);
});
part("remove-all").addEventListener("click", () => confirm(page.dataset.confirm) && change([]));
document.querySelector("[data-no-script]").hidden = true;
addEventListener("storage", show);
show();
