"""Markdown to blocks, by way of HTML: real Markdown is full of HTML, and so there is one reader for both.

What people write and strict parsers refuse is put right first: "###Heading" without a space, footnotes, a line of
dashes that was meant as a rule. Front matter is read for its title and tags.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.token import Token

from articles.importing.blocks import Block, Hint, Kind, Span
from articles.importing.finder.words import ends_sentence
from articles.importing.readers import html
from articles.importing.reading import Reading, refuse_length
from articles.text.messages import _

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_TIGHT_HEADING = re.compile(r"(?P<hashes> {0,3}#{2,6})(?=[^#\s])")
_CLOSING_HASHES = re.compile(r"(?<=[^\s#\\])#{2,}\s*$")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\]:[ \t]*(?P<text>.*)")
_NOTE_SIGN = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\](?!:)")
_CALLOUT = re.compile(r"(?P<quote>\s*>\s*)\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][-+]?", re.IGNORECASE)
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_DEEPEST_CONTAINER = 12
_LONGEST_TAG = 60
_MOST_SIGNS = 1_500
_WIDEST_WRAP = 110


def read(text: str, name: str) -> Reading:
    refuse_length(text.count("\n") // 2, name)
    fields, body = front_matter(text.replace("\r\n", "\n").replace("\r", "\n"))
    tokens = _parsed(_put_right(body))
    reading = html.read(_parser.renderer.render(tokens, _parser.options, {}), name)
    tags = _tags(fields)
    known = _KNOWN_FIELDS if len(tags) == len(_split(fields.get("tags", ""))) else _KNOWN_FIELDS - {"tags"}
    left = [_field(key, value) for key, value in fields.items() if value and key not in known]
    return dataclasses.replace(
        reading,
        blocks=[*reading.blocks, *left],
        visible="\n".join([reading.visible, *(block.text for block in left)]),
        title=fields.get("title", "") or reading.title,
        dek=next((fields[key] for key in _DEK_FIELDS if fields.get(key)), ""),
        tags=tags,
    )


_MARKS = re.compile(r"^ {0,3}#{2,6} \S|^ {0,3}```|^\[\^?[\w-]+\]:|\]\(https?://", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether a text that somebody pasted is Markdown: headings of two signs and more, fences, links."""
    return len(_MARKS.findall(text[:200_000])) > 2


# --- front matter -----------------------------------------------------------------------------------------------------

_FRONT = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_FRONT_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\n(?P<fields>.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)\s*[:=]\s*(?P<value>.*)$", re.MULTILINE)


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields before the text and the text. A list is kept as its items, one a line."""
    found = _FRONT.match(text) or _FRONT_TOML.match(text)
    if found is None or not _FIELD.search(found["fields"]):
        return {}, text
    fields: dict[str, str] = {}
    key = ""  # what stands before the first field keeps an empty name
    for line in found["fields"].splitlines():
        field = _FIELD.match(line)
        if field:
            key = field["key"].casefold()
            fields[key] = _unquoted(field["value"])
        elif line.strip():
            fields[key] = f"{fields.get(key, '')}\n{_unquoted(line.strip().lstrip('-').strip())}".strip()
    return fields, text[found.end() :]


_DEK_FIELDS = ("description", "excerpt", "summary", "subtitle", "dek")
_KNOWN_FIELDS = frozenset(("title", "tags", *_DEK_FIELDS))


def _field(key: str, value: str) -> Block:
    words = Span(f"{key}: {' '.join(value.split())}".removeprefix(": "))
    return Block(kind=Kind.PARAGRAPH, spans=(words,), hint=Hint.ASIDE, why=_("a field of the front matter"))


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return value


def _tags(fields: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(_split(fields.get("tags", ""))) if len(name) <= _LONGEST_TAG)[:30]


def _split(value: str) -> list[str]:
    names = (_unquoted(name).lstrip("#").strip() for name in re.split(r"[\n,]", value.strip().strip("[]")))
    return [name for name in names if name]


# --- what strict parsers refuse ---------------------------------------------------------------------------------------


def _put_right(text: str) -> str:
    lines = list(_outside_code(text))
    notes = _notes(lines)
    order: dict[str, int] = {}
    waiting: list[str] = []  # the notes that the part which is being read refers to
    written: list[str] = []
    for line, is_code in lines:
        if is_code:
            written.append(line)
            continue
        if _NOTE.match(line):
            continue
        if _HEADING.match(line):
            if written and written[-1].strip():
                written.append("")  # HTML above would swallow the heading
            written += _as_paragraphs(waiting, notes, order)
            waiting.clear()
        written.append(_NOTE_SIGN.sub(lambda found: _sign(found, notes, order, waiting), _line(line)))
    written += _as_paragraphs([*waiting, *(name for name in notes if name not in order)], notes, order)
    return "\n".join(written)


def _line(line: str) -> str:
    if line.lstrip().startswith("##"):
        line = _CLOSING_HASHES.sub("", _TIGHT_HEADING.sub(r"\g<hashes> ", line, count=1))
    return _CALLOUT.sub(r"\g<quote>", line) if "[!" in line else line


def _outside_code(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it is code. The lines that continue a footnote are joined to it."""
    fence = ""
    held = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        is_code = bool(fence) or found is not None
        if found and (not fence or (found["fence"].startswith(fence) and not line.strip(" `~"))):
            fence = "" if fence else found["fence"]
        if held and not is_code and line[:1] in (" ", "\t") and line.strip():
            held += " " + line.strip()
            continue
        if held:
            yield held, False
            held = ""
        if not is_code and _NOTE.match(line):
            held = line
        else:
            yield line, is_code
    if held:
        yield held, False


def _notes(lines: Sequence[tuple[str, bool]]) -> dict[str, str]:
    return {
        found["name"]: found["text"]
        for line, is_code in lines
        if not is_code and line.startswith("[^") and (found := _NOTE.match(line))
    }


def _sign(found: re.Match[str], notes: dict[str, str], order: dict[str, int], waiting: list[str]) -> str:
    name = found["name"]
    if name not in notes:
        return found[0]
    if name not in order:
        order[name] = len(order) + 1
        waiting.append(name)
    return f"\\[{order[name]}\\]"


def _as_paragraphs(names: Sequence[str], notes: dict[str, str], order: dict[str, int]) -> list[str]:
    """Footnotes at the end of the part that they belong to: a card keeps its own."""
    lines = []
    for name in names:
        number = order.setdefault(name, len(order) + 1)
        lines += ["", f"\\[{number}\\] {notes[name]}"]
    return [*lines, ""] if lines else []


# --- parsing ----------------------------------------------------------------------------------------------------------


def _capped(rule: Callable[[StateBlock, int, int, bool], bool]) -> Callable[[StateBlock, int, int, bool], bool]:
    """A quote or list beyond a sane depth stays text; markdown-it's own limit would drop the words in it."""

    def capped(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        return state.level < _DEEPEST_CONTAINER and rule(state, start, end, silent)

    return capped


def _accept(url: str) -> bool:
    """Every address is read; which of them a page may point to is judged when it is written."""
    return url is not None


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": 100})
    parser.enable(["table", "strikethrough"]).disable("code")
    parser.block.ruler.at("blockquote", _capped(blockquote), {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.block.ruler.at("list", _capped(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    parser.core.ruler.disable("inline")
    parser.validateLink = _accept  # type: ignore[method-assign]
    return parser


_parser = _make_parser()


def _parsed(text: str) -> list[Token]:
    env: dict[str, object] = {}
    tokens = _rules_for_headings(_parser.parse(text, env))
    width = _wrap_width([token.content for token in tokens if token.type == "inline"])
    for token in tokens:
        if token.type == "inline":
            token.children = []
            if sum(map(token.content.count, "[]*_`~<!&\\")) > _MOST_SIGNS:
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                _parser.inline.parse(token.content, _parser, env, token.children)
            _keep_breaks(token, width)
    return tokens


def _rules_for_headings(tokens: Sequence[Token]) -> list[Token]:
    """A paragraph over a line of dashes is a heading for the parser, and a paragraph over a rule for its writer."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "heading_open" and token.markup == "-" and _is_paragraph(tokens[at + 1].content):
            opening = Token("paragraph_open", "p", 1, block=True)
            closing = Token("paragraph_close", "p", -1, block=True)
            found += [opening, tokens[at + 1], closing, Token("hr", "hr", 0, block=True)]
            at += 3
            continue
        found.append(token)
        at += 1
    return found


def _is_paragraph(text: str) -> bool:
    return "\n" in text or len(text) > 120 or (ends_sentence(text) and not text.endswith(("?", "!", ":")))


def _wrap_width(contents: Sequence[str]) -> int:
    """The width at which the text was broken into lines; 0 when its line breaks are meant."""
    breaks = [pair for text in contents for pair in itertools.pairwise(text.split("\n")) if "](" not in pair[0]]
    width = max((len(line) for line, _ in breaks), default=0)
    if not 40 <= width <= _WIDEST_WRAP or len(breaks) < 3:
        return 0
    full = sum(not _fits(line, following, width) for line, following in breaks)
    return width if full >= 0.6 * len(breaks) else 0


def _fits(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) <= width


def _keep_breaks(token: Token, width: int) -> None:
    """Line breaks that were meant become real ones: labels under each other, an attribution under its quotation."""
    rows = token.content.split("\n")
    at = 0
    for child in token.children or ():
        if child.type == "text_special":  # an escape; the parser's own rule for it has already run
            child.type = "text"
        if child.type not in ("softbreak", "hardbreak"):
            continue
        if child.type == "softbreak" and at + 1 < len(rows):
            is_wrapped = width and not _fits(rows[at], rows[at + 1], width) and "](" not in rows[at]
            child.type = "softbreak" if is_wrapped else "hardbreak"
        at += 1
