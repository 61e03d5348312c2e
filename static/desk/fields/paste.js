// Pasting into a body: what Docs, Word or a web page put on the clipboard becomes Markdown with links, lists, emphasis,
// quotations, headings and small tables, and nothing else. No word gets lost: if one would, the plain text is taken.

import { isUrl, linkDestination, parseForeignHtml, unwrapRedirect } from "./urls.js";
import { announce } from "../shared/announce.js";
import { make, replaceRange } from "../shared/dom.js";
import { insertMarkdown } from "./insert.js";
import { fieldOf } from "../text/load-field.js";
import TurndownService from "../vendor/turndown.js";
import { gettext, ngettext } from "../shared/i18n.js";

const HEADINGS = "h1,h2,h3,h4,h5,h6";
const BLOCKS =
  `${HEADINGS},article,aside,blockquote,dd,div,dl,dt,figcaption,figure,footer,header,li,main,ol,p,pre,section,` +
  "table,tbody,td,tfoot,th,thead,tr,ul";
const MOST_HTML = 2_500_000; // as in import.js
const FEWEST_FACTS = 3;

/** Puts in what was on the clipboard; `html` may be empty. A whole list of facts is offered to the importer as well. */
export function paste(field, { text, html }, { importUrl }) {
  const over = field.value.slice(field.selectionStart, field.selectionEnd);
  const pasted = linked(over, text) || (isUrl(text) ? text : rich(html, text) || text);
  if (!pasted) return;
  const start = insertMarkdown(field, pasted);
  const facts = importUrl ? factsIn(pasted) : 0;
  const undo = () => {
    if (field.value.startsWith(pasted, start)) replaceRange(field, start, start + pasted.length, over);
  };
  if (facts >= FEWEST_FACTS) offerImport(field, facts, () => send(importUrl, text, html), undo);
}

function linked(words, text) {
  const isLink = words.trim() && !words.includes("\n") && !words.startsWith("http") && isUrl(text);
  return isLink ? `[${words.trim()}](${linkDestination(text)})` : "";
}

// --- from HTML to Markdown -------------------------------------------------------------------------------------------

function rich(html, text) {
  if (!html || html.length > MOST_HTML) return "";
  const { body, aside } = tidied(html);
  const markdown = written(body);
  if (!markdown || losesWords(text, `${markdown} ${aside}`)) return "";
  const [before, after] = [/^ ?/.exec(text)[0], / ?$/.exec(text)[0]];
  return markdown.includes("\n") ? markdown : before + markdown + after;
}

/** Markdown of what our bodies know. */
export function toMarkdown(html) {
  return written(tidied(html).body);
}

function written(body) {
  const lines = turndown.turndown(body);
  // A single break stays, several make a paragraph, and one at the end of a paragraph is nothing.
  const broken = lines.replace(/^([> ]*)\\$/gm, "$1").replace(/\\(?=\n[> ]*(\n|$)|$)/g, "");
  return broken.replace(/[ \t]+$/gm, "").replace(/\n{3,}/g, "\n\n").trim();
}

const UNSEEN = /(?<![\w-])display:\s*none|mso-hide|mso-element:\s*comment/;
// What a reviewer wrote in Word's margin, and, in Word's own pages, what somebody struck out for good.
const COMMENTS = ".MsoCommentReference,.msocomanchor,.MsoCommentText,.msocomtxt,.msocomoff";
const WORD = /schemas-microsoft-com:office|class=["']?Mso/;
const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u; // some sites draw them as pictures
const styleOf = (node) => (node.dataset?.style ?? "").toLowerCase();
const unwrap = (node) => node.replaceWith(...node.childNodes);

function tidied(html) {
  const { body } = parseForeignHtml(html);
  const each = (selector, act) => body.querySelectorAll(selector).forEach((node) => node.isConnected && act(node));
  each("style,script,template,svg,iframe,object,hr,[hidden]", (node) => node.remove());
  let aside = ""; // words that the page shows and nobody wants to paste: no word of them counts as lost
  const setAside = (node) => {
    aside += ` ${node.textContent}`;
    node.remove();
  };
  each("[data-style]", (node) => UNSEEN.test(styleOf(node)) && setAside(node));
  each(WORD.test(html) ? `${COMMENTS},del` : COMMENTS, setAside);
  each("img", (node) => node.replaceWith(EMOJI.test(node.alt) ? node.alt : ""));
  wordLists(body);
  each("ul > ul, ul > ol, ol > ul, ol > ol", (list) => list.previousElementSibling?.append(list)); // Docs' nested lists
  each("li > p:only-of-type", unwrap);
  each("b,strong,i,em,[data-style]", emphasise);
  each(`:is(${HEADINGS},th,b,strong) :is(b,strong), :is(i,em) :is(i,em)`, unwrap);
  each("a", tidyLink);
  each("a,b,strong,i,em,s,del", sink);
  each("b,strong", (node) => merge(node, "b,strong"));
  each("i,em", (node) => merge(node, "i,em"));
  each("footer cite, figcaption cite", unwrap);
  each("figcaption,footer,cite", attribute);
  return { body, aside };
}

// Word writes a list as paragraphs: the level stands in the style, the bullet or number in a run of its own.
function wordLists(body) {
  let lists = []; // the open one of each level
  let last = null;
  for (const line of body.querySelectorAll("[data-style*='mso-list:']")) {
    const [, id, depth] = /mso-list:\s*(\w+) level(\d)/.exec(styleOf(line)) ?? [];
    if (!depth) continue;
    const sign = line.querySelector("[data-style*='mso-list:ignore' i]");
    const tag = /^\(?[a-z\d]+[.)]/i.test(sign?.textContent.trim()) ? "ol" : "ul";
    lists = last && last === line.previousElementSibling ? lists.slice(0, depth) : [];
    const level = Math.min(depth, lists.length + 1) - 1;
    if (lists[level]?.localName !== tag || lists[level].id !== id) {
      lists[level] = make(tag, { id, start: Number.parseInt(sign?.textContent, 10) || 1 });
      if (level) lists[level - 1].lastChild.append(lists[level]);
      else line.before(lists[0]);
    }
    sign?.remove();
    lists[level].append(make("li", {}, ...line.childNodes));
    line.remove();
    [last] = lists;
  }
}

// Docs wraps everything into bold of normal weight, and says bold and italic by styles. Word's mso-bidi-font-weight is
// about Hebrew and Arabic alone.
function emphasise(node) {
  const style = styleOf(node);
  const inner = [];
  if (/(?<![\w-])font-weight:\s*(bold|[6-9]00)/.test(style)) inner.push("strong");
  if (/(?<![\w-])font-style:\s*italic/.test(style)) inner.push("em");
  for (const tag of inner) node.append(make(tag, {}, ...node.childNodes));
  if (/(?<![\w-])font-(weight:\s*(normal|[1-5]00)|style:\s*normal)/.test(style) && node.matches("b,strong,i,em")) unwrap(node);
}

function tidyLink(link) {
  const address = unwrapRedirect(link.getAttribute("href") ?? "");
  if (/^(https?|mailto):/i.test(address) && link.textContent.trim()) link.setAttribute("href", address);
  else unwrap(link);
}

// A mark goes around words, not around paragraphs: it is set anew in each of them.
function sink(mark) {
  if (!mark.querySelector(BLOCKS)) return;
  for (const child of [...mark.childNodes]) {
    const inner = mark.cloneNode(false);
    if (child.matches?.(BLOCKS)) {
      inner.append(...child.childNodes);
      child.append(inner);
    } else {
      child.replaceWith(inner);
      inner.append(child);
    }
    sink(inner);
  }
  unwrap(mark);
}

// Two bold runs side by side are one: `**a****b**` would be asterisks.
function merge(mark, kind) {
  while (mark.nextSibling?.matches?.(kind)) {
    mark.append(...mark.nextSibling.childNodes);
    mark.nextSibling.remove();
  }
}

// Whose words a quotation is stands in its last line, after a dash.
function attribute(name) {
  const quotation = name.closest("blockquote") ?? name.closest("figure")?.querySelector("blockquote");
  const words = name.textContent.trim();
  const isLast = quotation && (!quotation.contains(name) || quotation.textContent.trim().endsWith(words));
  if (!words || !isLast) return;
  const before = name.previousSibling; // with a dash of its own, or without
  if (before?.nodeType === Node.TEXT_NODE) before.data = before.data.replace(/[\s—–―-]+$/, "");
  quotation.append(make("p", {}, /^[—–―-]/.test(words) ? "" : "— ", ...name.childNodes));
  name.remove();
}

// --- what Turndown writes --------------------------------------------------------------------------------------------

const turndown = new TurndownService({ emDelimiter: "*", bulletListMarker: "-", codeBlockStyle: "fenced", br: "\\" });
// Only what would mean something in our Markdown: a backslash too many is in a writer's way.
turndown.escape = (text) =>
  text
    .replace(/[ \u00a0\u2028\u2029]+/g, " ")
    .replace(/[\u200b\ufeff]/g, "")
    .replace(/[\\`]|\*(?=\S)|(?<=\S)\*|~(?=~)|\](?=\()/g, "\\$&")
    .replace(/(?<![\p{L}\p{N}])_(?=\S)|(?<=\S)_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^(?=#{1,6} |>)/, "\\")
    .replace(/^(\d{4,9})(?=[.)] )/, "$1\\");
const rule = (filter, replacement) => turndown.addRule(String(filter), { filter, replacement });
const oneLine = (words) => words.trim().replace(/\\?\s*\n\s*/g, " ");
rule(HEADINGS.split(","), (words) => `\n\n### ${oneLine(words)}\n\n`);
rule(["s", "del"], (words) => `~~${words}~~`);
rule((node) => node.matches("a[href]"), (words, node) => {
  const address = node.getAttribute("href");
  return words.replaceAll("\\", "") === address ? address : `[${words}](${linkDestination(address)})`;
});
rule("li", (words, item) => {
  const { parentNode } = item;
  const number = (Number(parentNode.getAttribute("start")) || 1) + [...parentNode.children].indexOf(item);
  const sign = parentNode.localName === "ol" ? `${number}. ` : "- ";
  const inner = words.trim().replace(/\n+(?=\s*(- |\d+\. ))/g, "\n");
  return `${sign}${inner.replace(/\n(?=.)/g, `\n${" ".repeat(sign.length)}`)}\n`;
});
rule(isSmallTable, (_words, table) => {
  const cell = (node) => oneLine(turndown.turndown(node)).replaceAll("|", "\\|");
  const rows = [...table.rows].map((row) => `| ${[...row.cells].map(cell).join(" | ")} |`);
  rows.splice(1, 0, `|${" --- |".repeat(table.rows[0].cells.length)}`);
  return `\n\n${rows.join("\n")}\n\n`;
});

function isSmallTable(node) {
  if (node.localName !== "table" || node.querySelector("table,li,blockquote,p + p")) return false;
  const [width, ...others] = [...node.rows].map((row) => row.cells.length);
  return width > 1 && width < 7 && others.length > 0 && others.every((other) => other === width);
}

// --- no word gets lost -----------------------------------------------------------------------------------------------

function losesWords(text, markdown) {
  const left = counted(markdown.replace(/\]\([^()\s]*\)|[\\*~]/g, ""));
  const lists = /^\s*([^\s\p{L}\p{N}]|\(?\w{1,4}[.)]|o)\s+/gmu; // the bullets and numbers of a plain text
  return [...counted(text.replace(lists, ""))].some(([word, count]) => !(left.get(word) >= count));
}

function counted(text) {
  const found = new Map();
  const words = text.normalize("NFKC").toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  for (const word of words) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

// --- a whole list of facts -------------------------------------------------------------------------------------------

const HEAD = /^(#{1,6} |\*\*[^*]+\*\*$|\W{0,4}(fact |no\.? ?)?\d{1,3}(\ufe0f?\u20e3|\s?[.):–—-]\s))/i;

/** How many lines look like the heading of a fact with words of its own below. */
export function factsIn(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  return lines.filter((line, place) => HEAD.test(line) && !HEAD.test(lines[place + 1] ?? "1. ")).length;
}

function offerImport(field, facts, openImporter, undo) {
  const words = ngettext("A list of %(count)s fact, it seems.", "A list of %(count)s facts, it seems.", facts);
  const button = (label, click) =>
    make("button", { type: "button", class: "desk-button desk-button-quiet", click }, label);
  const close = () => {
    bar.remove();
    field.focus();
  };
  const bar = make("div", { class: "offer", role: "group", "aria-label": words }, make("p", {}, words));
  bar.append(
    button(gettext("Open it in the importer"), openImporter),
    button(gettext("Undo the pasting"), () => close(undo())),
    button(gettext("Keep it here"), close),
  );
  field.parentElement.querySelector(".offer")?.remove();
  fieldOf(field).host.after(bar);
  announce(words);
}

// The importer opens in a page of its own, as if the text had been pasted there.
function send(action, text, html) {
  const form = make("form", { action, method: "post", target: "_blank", enctype: "multipart/form-data", hidden: true });
  const csrfmiddlewaretoken = document.querySelector("[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of Object.entries({ csrfmiddlewaretoken, text, html })) {
    form.append(make("textarea", { name }, value));
  }
  document.body.append(form);
  form.submit();
  form.remove();
}
