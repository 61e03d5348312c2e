// The site's own Markdown for the editor: what articles/text/syntax.py understands, and nothing else. No HTML, no
// indented code, no underlined headings; bold, italic and strikethrough next to Hangul, Kana and Han.

import { Language, Table, defineLanguageFacet, parser } from "../vendor/codemirror.js";

const [LESS, UNDERSCORE, TILDE] = [60, 95, 126];
const [OPENS, CLOSES] = [1, 2]; // Lezer's flags for the side of a delimiter
const CJK =
  /[\u1100-\u11ff\u2e80-\u303e\u3041-\u30ff\u3105-\u318f\u3190-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef\u{1aff0}-\u{1b16f}\u{20000}-\u{3fffd}]/u;
const SIGN = /[\p{P}\p{S}]/u;
const SPACE = /^$|\s/;

// A space or a sign has to stand outside of a mark that has a western sign inside. CJK letters count as signs outside,
// CJK signs as letters inside: `_State.scanDelims` in syntax.py, with the reason.
const flanks = (inside, outside) =>
  !SPACE.test(inside) &&
  (!SIGN.test(inside) || CJK.test(inside) || SPACE.test(outside) || SIGN.test(outside) || CJK.test(outside));

function sides(cx, from, to) {
  const before = [...cx.slice(Math.max(cx.offset, from - 2), from)].at(-1) ?? "";
  const after = [...cx.slice(to, to + 2)][0] ?? "";
  return { opens: flanks(after, before), closes: flanks(before, after) };
}

const usual = parser.inlineParsers[parser.inlineNames.indexOf("Emphasis")];

// Lezer finds the run of asterisks and pairs it; only whether it opens or closes is ours to say.
function emphasis(cx, next, start) {
  const end = usual(cx, next, start);
  if (end < 0 || next === UNDERSCORE) return end;
  const { opens, closes } = sides(cx, start, end);
  cx.parts.at(-1).side = (opens ? OPENS : 0) | (closes ? CLOSES : 0);
  return end;
}

const Struck = { resolve: "Strikethrough", mark: "StrikethroughMark" };

function strikethrough(cx, next, start) {
  if (next !== TILDE || cx.char(start + 1) !== TILDE) return -1;
  let end = start;
  while (cx.char(end) === TILDE) end += 1;
  const { opens, closes } = sides(cx, start, end);
  const odd = opens ? (end - start) % 2 : 0; // one too many stands outside of the words
  for (let at = start + odd; at + 1 < end; at += 2) cx.addDelimiter(Struck, at, at + 2, opens, closes);
  return end;
}

const BARE = /^<(?:[a-z][a-z\d+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(?:\.[a-z\d-]+)*)>/i;

// Lezer reads bare addresses together with HTML, which we do not have.
function bareAddress(cx, next, start) {
  const found = next === LESS ? BARE.exec(cx.slice(start, cx.end)) : null;
  if (!found) return -1;
  const end = start + found[0].length;
  const parts = [
    cx.elt("LinkMark", start, start + 1),
    cx.elt("URL", start + 1, end - 1),
    cx.elt("LinkMark", end - 1, end),
  ];
  return cx.addElement(cx.elt("Autolink", start, end, parts));
}

const ours = parser.configure([
  Table,
  {
    remove: ["HTMLBlock", "HTMLTag", "IndentedCode", "SetextHeading"],
    defineNodes: ["Strikethrough", "StrikethroughMark"],
    parseInline: [
      { name: "Emphasis", parse: emphasis },
      { name: "Strikethrough", parse: strikethrough, after: "Emphasis" },
      { name: "BareAddress", parse: bareAddress, before: "Link" },
    ],
  },
]);

export const dialect = new Language(defineLanguageFacet(), ours, [], "markdown");

/** Where a link may lead (`_judge_links`): any other keeps its words and is no link. */
export const isGoodAddress = (address) => /^(?:https?:\/\/|mailto:|\/(?!\/)|#)/i.test(address);

/** The address of a Link or Image node, without the angle brackets around it; "" for a reference or empty brackets. */
export function addressOf(state, node) {
  const url = node.getChild("URL");
  return url ? state.sliceDoc(url.from, url.to).replace(/^<(.*)>$/, "$1") : "";
}
