// A source as people copy it: "Title, Publisher, 12 May 2024, https://example.org/page", on one line, in any order.

const URL_IN_TEXT = /https?:\/\/[^\s<>"“”]+/gi;
const MOST_SIGNS = 1000; // of a line; what is longer is a text
const QUOTED = /["“”«»„「」『』]/g;
const LABELS = /^(accessed|retrieved|seen|viewed|published|updated|on|at|from|in|available at|url|source|출처|검색일)\b[:\s]*/i;

/** { title, publisher, seen_on, url }, each "" where the line does not say it; null for what is no such line. */
export function parseCitation(line) {
  const urls = line.match(URL_IN_TEXT) ?? [];
  if (urls.length !== 1 || line.length > MOST_SIGNS) return null;
  const url = urls[0].replace(/[.,;:!?)\]]+$/, "");
  const parts = partsOf(line.replace(url, " "));
  if (!parts.length) return null;
  const seen_on = takeDate(parts);
  const names = parts.map((part) => part.replace(LABELS, "").replace(QUOTED, "").trim()).filter((part) => /[\p{L}\p{N}]/u.test(part));
  if (!names.length && !seen_on) return null;
  const publisher = names.length > 1 ? names.pop() : "";
  return { title: names.join(", "), publisher, seen_on, url };
}

// The parts between tabs, bars, dots and dashes or, where there are none, between commas that stand in no quotation.
function partsOf(text) {
  const bare = text.replace(/[()[\]]/g, ",");
  const coarse = bare.split(/\t+|\s[|·•—–]\s/);
  const pieces = coarse.length > 2 ? coarse : coarse.flatMap(atCommas);
  return pieces.map((part) => part.replace(/^[\s,;:.—–-]+|[\s,;:—–-]+$/g, "")).filter(Boolean);
}

function atCommas(text) {
  return text.match(/(?:["“„«][^"“”»]*["”»]|[^,，、;])+/g) ?? [];
}

// The first part that is a day, taken out of the parts; "May 12, 2024" stands in two of them.
function takeDate(parts) {
  for (let at = 0; at < parts.length; at += 1) {
    for (const count of [2, 1]) {
      const day = at + count <= parts.length && dayOf(parts.slice(at, at + count).join(" "));
      if (!day) continue;
      parts.splice(at, count);
      return day;
    }
  }
  return "";
}

const MONTHS = new Map();
for (const language of ["en", document.documentElement.lang || "en"]) {
  for (const month of ["long", "short"]) {
    const format = new Intl.DateTimeFormat(language, { month, timeZone: "UTC" });
    for (let number = 0; number < 12; number += 1) {
      MONTHS.set(format.format(Date.UTC(2000, number)).toLowerCase().replace(".", ""), number + 1);
    }
  }
}
MONTHS.set("sept", 9);

// "2024-05-12" out of what names a day, and nothing else; "" for "5/6/2024", which is another day elsewhere.
function dayOf(text) {
  const words = text.replace(LABELS, "").trim();
  let found = /^(\d{4})\s*[-/.년]\s*(\d{1,2})\s*[-/.월]\s*(\d{1,2})[.일]?$/.exec(words);
  if (found) return iso(found[1], found[2], found[3]);
  found = /^(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})$/.exec(words);
  if (found) return iso(found[3], found[2], found[1]);
  found = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(words);
  if (found && found[1] > 12) return iso(found[3], found[2], found[1]);
  if (found && found[2] > 12) return iso(found[3], found[1], found[2]);
  found = /^(\d{1,2})(?:st|nd|rd|th|\.)?\s+(\p{L}+)\.?\s+(\d{4})$/u.exec(words);
  if (found) return iso(found[3], MONTHS.get(found[2].toLowerCase()), found[1]);
  found = /^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s+(\d{4})$/u.exec(words);
  return found ? iso(found[3], MONTHS.get(found[1].toLowerCase()), found[2]) : "";
}

function iso(year, month, day) {
  if (!month) return "";
  const text = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
  const date = new Date(`${text}T00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) ? text : "";
}
