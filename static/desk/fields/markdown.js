// A text field for Markdown: toolbar and shortcuts write the marks, Enter continues lists, and the field grows with its
// text. Tab leaves it as everywhere.

import { make, replaceRange } from "../shared/dom.js";
import { isPressed, openHelp, register, formatKeys } from "../shared/shortcuts.js";
import { gettext } from "../shared/i18n.js";

const BULLET = /^\s*[-*+]\s+/;
const NUMBER = /^\s*\d{1,9}[.)]\s+/;
const QUOTE = /^\s*> ?/;
const DASH = /^(?:[—–―]|--)/;

const TOOLS = [
  { keys: "Mod+B", words: gettext("Bold"), sign: "B", act: (field) => wrap(field, "**") },
  { keys: "Mod+I", words: gettext("Italic"), sign: "I", act: (field) => wrap(field, "*") },
  { keys: "Mod+K", words: gettext("Link"), act: link },
  { keys: "Mod+Shift+8", words: gettext("List"), act: (field) => list(field, BULLET) },
  { keys: "Mod+Shift+7", words: gettext("Numbered list"), sign: "1. 2.", act: (field) => list(field, NUMBER) },
  { keys: "Mod+Shift+9", words: gettext("Quotation"), act: quote },
  { words: gettext("Picture"), act: picture },
  { words: gettext("Keyboard shortcuts"), sign: "?", act: openHelp },
];

const group = gettext("In a text");
for (const { keys, words } of TOOLS) if (keys) register({ keys, words, group });

register({ keys: "Enter", words: gettext("Goes on with a list or quotation; on an empty line of it, ends it"), group });
register({ keys: "Mod+Shift+V", words: gettext("Pastes the bare words"), group });

export function setUpMarkdown(field) {
  field.before(toolbar(field));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return; // Enter also ends the writing of a Hangul syllable
    const found = TOOLS.find(({ keys }) => keys && isPressed(event, keys));
    if (!found && !(isPressed(event, "Enter") && continueBlock(field))) return;
    event.preventDefault();
    found?.act(field);
  });
  if (CSS.supports("field-sizing", "content")) return;
  field.addEventListener("input", () => {
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  });
}

/** Puts Markdown in the place of what is selected, with empty lines around a block. Gives where it begins. */
export function insertMarkdown(field, markdown) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const [before, after] = [value.slice(0, start), value.slice(end)];
  const isBlock = /\n\n|^(?:#{1,6} |> |[-*+] |\d+[.)] |!\[|\|)/.test(markdown);
  const gap = (text, lines) => (isBlock && text.trim() ? "\n".repeat(Math.max(0, 2 - lines.exec(text)[0].length)) : "");
  const head = gap(before, /\n*$/);
  replaceRange(field, start, end, head + markdown + gap(after, /^\n*/));
  return start + head.length;
}

function toolbar(field) {
  const buttons = TOOLS.map(({ keys, words, sign, act }, index) => {
    const title = keys ? `${words} (${formatKeys(keys)})` : words;
    const click = () => act(field);
    const button = make("button", { type: "button", class: "tool", title, click }, sign ?? words);
    button.tabIndex = index ? -1 : 0;
    button.ariaLabel = words;
    return button;
  });
  const keydown = (event) => {
    const place = buttons.indexOf(event.target);
    const wanted = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: -1 }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    buttons.at(wanted % buttons.length).focus();
  };
  const focusin = (event) => buttons.forEach((button) => (button.tabIndex = button === event.target ? 0 : -1));
  const names = { role: "toolbar", class: "tools", "aria-label": gettext("Formatting") };
  return make("div", { ...names, keydown, focusin }, ...buttons);
}

function picture(field) {
  const insert = (markdown) => insertMarkdown(field, markdown);
  field.dispatchEvent(new CustomEvent("desk:picture", { bubbles: true, detail: { insert } }));
}

// --- marks in a line -------------------------------------------------------------------------------------------------

// Of a run of asterisks: one or three hold an italic mark, two or three a bold one.
const holds = (run, mark) => (mark.length === 1 ? run.length % 2 === 1 : run.length > 1);
const head = (text) => /^\**/.exec(text)[0];
const tail = (text) => /\**$/.exec(text)[0];

function wrap(field, mark) {
  const { value } = field;
  let [start, end] = selected(field);
  if (start === end) {
    if (holds(head(value.slice(end)), mark) && !holds(tail(value.slice(0, start)), mark)) {
      field.setSelectionRange(end + mark.length, end + mark.length); // out of the words just marked
      return;
    }
    const [left] = /[\p{L}\p{M}\p{N}]*$/u.exec(value.slice(0, start));
    const [right] = /^[\p{L}\p{M}\p{N}]*/u.exec(value.slice(start));
    if (left && right) [start, end] = [start - left.length, end + right.length];
  }
  const words = value.slice(start, end);
  let [from, to, text, edge] = [start, end, mark + words + mark, mark.length];
  if (holds(tail(value.slice(0, start)), mark) && holds(head(value.slice(end)), mark)) {
    [from, to, text, edge] = [start - mark.length, end + mark.length, words, 0];
  } else if (holds(head(words), mark) && holds(tail(words), mark)) {
    [text, edge] = [words.slice(mark.length, -mark.length), 0];
  } else if (words.includes("\n")) {
    const line = /^((?:\s*(?:[-*+]|\d+[.)]|>)\s+)*)(\S.*?)(\s*)$/gm; // a mark reaches no farther than its paragraph
    [text, edge] = [words.replace(line, (_line, lead, inner, rest) => lead + mark + inner + mark + rest), 0];
  }
  replaceRange(field, from, to, text);
  field.setSelectionRange(from + edge, from + text.length - edge);
}

// What is selected, without the spaces at its ends.
function selected({ selectionStart: start, selectionEnd: end, value }) {
  const words = value.slice(start, end);
  return words.trim() ? [end - words.trimStart().length, start + words.trimEnd().length] : [start, end];
}

function link(field) {
  const [start, end] = selected(field);
  const words = field.value.slice(start, end);
  const isUrl = /^https?:\/\/\S+$/i.test(words);
  replaceRange(field, start, end, isUrl ? `[](${words})` : `[${words}](https://)`);
  if (isUrl || !words) field.setSelectionRange(start + 1, start + 1);
  else field.setSelectionRange(end + 3, end + "[](https://".length);
}

// --- whole lines -----------------------------------------------------------------------------------------------------

function linesOf({ selectionStart, selectionEnd, value }) {
  const start = value.slice(0, selectionStart).lastIndexOf("\n") + 1;
  const end = value.indexOf("\n", selectionEnd);
  return { start, end: end < 0 ? value.length : end, lines: value.slice(start, end < 0 ? undefined : end).split("\n") };
}

// Marks the selected lines as items, or takes the marks away when all of them have one.
function list(field, pattern) {
  const { lines } = linesOf(field);
  if (unmark(field, lines, pattern)) return;
  let count = 0;
  const sign = () => (pattern === NUMBER ? `${(count += 1)}. ` : "- ");
  const item = (line) => sign() + line.replace(BULLET, "").replace(NUMBER, "");
  setLines(field, lines.map((line) => (line.trim() || lines.length === 1 ? item(line) : line)), pattern);
}

function quote(field) {
  const { lines } = linesOf(field);
  if (unmark(field, lines, QUOTE)) return;
  const quoted = lines.map((line) => `> ${line}`);
  const isEmpty = !lines.some((line) => line.trim());
  if (isEmpty || !DASH.test(lines.at(-1))) quoted.push("> — ");
  const end = setLines(field, quoted, QUOTE);
  // The name is what is missing; of an empty quotation, the words come first.
  const caret = isEmpty ? end - "\n> — ".length : end;
  field.setSelectionRange(caret, caret);
}

function unmark(field, lines, pattern) {
  const words = lines.filter((line) => line.trim());
  const isMarked = words.length > 0 && words.every((line) => pattern.test(line));
  if (isMarked) setLines(field, lines.map((line) => line.replace(pattern, "")));
  return isMarked;
}

// Gives where the new lines end. A block keeps an empty line to its neighbours, or they would become a part of it.
function setLines(field, lines, pattern) {
  const { value, selectionStart, selectionEnd } = field;
  const { start, end } = linesOf(field);
  const apart = (line = "") => (pattern && line.trim() && !pattern.test(line) ? "\n" : "");
  const above = apart(value.slice(0, start).split("\n").at(-2));
  const text = lines.join("\n");
  replaceRange(field, start, end, above + text + apart(value.slice(end).split("\n")[1]));
  const first = start + above.length;
  const caret = Math.max(first, selectionStart + above.length + text.length - (end - start));
  const isCaret = selectionStart === selectionEnd;
  field.setSelectionRange(isCaret ? caret : first, isCaret ? caret : first + text.length);
  return first + text.length;
}

// Enter in a list or quotation. False where it is an ordinary Enter.
function continueBlock(field) {
  const { selectionStart: at, selectionEnd, value } = field;
  const from = value.slice(0, at).lastIndexOf("\n") + 1;
  const line = value.slice(from, at);
  const [lead, quoted, indent, item = ""] = /^((?:\s*> ?)*)(\s*)((?:[-*+]|\d{1,9}[.)])\s+)?/.exec(line);
  if (at !== selectionEnd || (!item && !quoted)) return false;
  const words = line.slice(lead.length);
  const isLast = !value.slice(at).split("\n")[0].trim();
  const needsGap = /\S.*\n$/.test(value.slice(0, from));
  if (isLast && !words.trim()) replaceRange(field, from, at, item && quoted ? quoted : needsGap ? "\n" : "");
  else if (isLast && quoted && DASH.test(words)) replaceRange(field, at, at, "\n\n"); // a name ends its quotation
  else replaceRange(field, at, at, `\n${quoted}${indent}${item.replace(/\d+/, (number) => Number(number) + 1)}`);
  return true;
}
