"""Markdown to blocks, by way of HTML: real Markdown is full of HTML, and so there is one reader for both.

The rules are those of the site (`text.syntax`); HTML is read too, as far as HTML knows the element: a work's name in
angle brackets stays. What people write and strict parsers refuse is put right first: "###Heading" without a space,
footnotes, a line of dashes that was meant as a rule, what dialects add.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block, table
from markdown_it.rules_inline import StateInline, html_inline
from markdown_it.token import Token

from articles.importing.blocks import Block, Hint, Kind, Span
from articles.importing.finder.words import ends_sentence
from articles.importing.readers import dialects, front_matter, html, markup
from articles.importing.readers.asides import ASIDES
from articles.importing.readers.dialects import Line
from articles.importing.reading import Reading, refuse_length
from articles.text import languages, syntax
from articles.text.messages import _

_TIGHT_HEADING = re.compile(r"(?P<hashes> {0,3}#{2,6})(?=[^#\s])")
_CLOSING_HASHES = re.compile(r"(?<=[^\s#\\])#{2,}\s*$")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\]:[ \t]*(?P<text>.*)")
_NOTE_SIGN = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\](?!:)")
_HEADING = re.compile(r" {0,3}#{1,6}\s")
_MOST_SIGNS = 1_500
_DEEPEST_BRACKETS = 50  # open at once: the parser looks for the end of each
_BRACKET = re.compile(r"[\[\]]")
_MOST_COLUMNS = 60
_WIDEST_WRAP = 110
_DEK_FIELDS = ("description", "excerpt", "summary", "subtitle", "dek")
_LANGUAGE_FIELDS = ("language", "lang")
_KNOWN_FIELDS = frozenset(("title", "tags", *_DEK_FIELDS))


def read(text: str, name: str) -> Reading:
    refuse_length(text.count("\n") // 2, name)
    fields, body = front_matter.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    properties, body = dialects.properties(body)
    tokens = _parsed(_put_right(dialects.plain_lines(body)))
    reading = html.read(_parser.renderer.render(tokens, _parser.options, {}), name)
    tags = front_matter.tags(fields.get("tags", "")) or front_matter.tags(_of(properties, "tags"))
    left = [*_left_over(fields, tags), *(_field(key, value, ASIDES["property"]) for key, value in properties.items())]
    return dataclasses.replace(
        reading,
        blocks=[*reading.blocks, *left],
        visible="\n".join([reading.visible, *(block.text for block in left)]),
        title=_one_line(fields.get("title", "")) or reading.title,
        dek=_one_line(next((fields[key] for key in _DEK_FIELDS if fields.get(key)), "")),
        tags=tags,
        language=_tag(fields.get(_language_field(fields), "")),
    )


def _language_field(fields: Mapping[str, str]) -> str:
    """The field with the tag of a language, "" without one: a name, such as “Korean”, is a field like any other."""
    return next((key for key in _LANGUAGE_FIELDS if languages.is_tag(_tag(fields.get(key, "")))), "")


def _tag(value: str) -> str:
    return value.strip().replace("_", "-")


def _of(properties: Mapping[str, str], key: str) -> str:
    return next((value for name, value in properties.items() if name.casefold() == key), "")


def _left_over(fields: Mapping[str, str], tags: Sequence[str]) -> list[Block]:
    """The fields that no field of an article holds, and the tags when some of them are none."""
    known = (
        _KNOWN_FIELDS if len(tags) == len(front_matter.split_tags(fields.get("tags", ""))) else _KNOWN_FIELDS - {"tags"}
    )
    known = known | {_language_field(fields)}
    why = _("a field of the front matter")
    return [_field(key, value, why) for key, value in fields.items() if value and key not in known]


def _field(key: str, value: str, why: str) -> Block:
    words = Span(f"{key}: {_one_line(value)}".removeprefix(": "))
    return Block(kind=Kind.PARAGRAPH, spans=(words,), hint=Hint.ASIDE, why=why)


def _one_line(text: str) -> str:
    return " ".join(text.split())


_MARKS = re.compile(r"^ {0,3}#{2,6} \S|^ {0,3}```|^\[\^?[\w-]+\]:|\]\(https?://", re.MULTILINE)


def recognises(text: str) -> bool:
    """Whether a text that somebody pasted is Markdown: headings of two signs and more, fences, links."""
    return len(_MARKS.findall(text[:200_000])) > 2


# --- what strict parsers refuse ---------------------------------------------------------------------------------------


def _put_right(told: Sequence[Line]) -> str:
    lines = _with_whole_notes(told)
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
    if not line.lstrip().startswith("##"):
        return line
    return _CLOSING_HASHES.sub("", _TIGHT_HEADING.sub(r"\g<hashes> ", line, count=1))


def _with_whole_notes(lines: Sequence[Line]) -> list[Line]:
    """The lines that continue a footnote joined to it."""
    found: list[Line] = []
    in_note = False
    for line, is_code in lines:
        if in_note and not is_code and line[:1] in (" ", "\t") and line.strip():
            found[-1] = (f"{found[-1][0]} {line.strip()}", False)
            continue
        in_note = not is_code and _NOTE.match(line) is not None
        found.append((line, is_code))
    return found


def _notes(lines: Sequence[Line]) -> dict[str, str]:
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


def _name_at(text: str, at: int, env: Mapping[str, Any]) -> bool:
    """Whether a work's name in angle brackets stands here, and no element."""
    return markup.is_name_at(text, at, env.get("closed", frozenset()))


def _html_inline(state: StateInline, silent: bool) -> bool:
    return not _name_at(state.src, state.pos, state.env) and html_inline(state, silent)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    at = state.bMarks[start] + state.tShift[start]
    return not _name_at(state.src, at, state.env) and html_block(state, start, end, silent)


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table beyond a sane width stays text: its empty cells would be many times its words."""
    head = state.src[state.bMarks[start] : state.eMarks[start]]
    return head.count("|") <= _MOST_COLUMNS and table(state, start, end, silent)


def _make_parser() -> MarkdownIt:
    parser = syntax.base_parser(html=True, maxNesting=100)
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("html_inline", _html_inline)
    parser.core.ruler.disable("inline")
    return parser


_parser = _make_parser()


def _parsed(text: str) -> list[Token]:
    env: dict[str, Any] = {"closed": markup.closed_in(text)}
    tokens = _rules_for_headings(_parser.parse(text, env))
    _with_typed_numbers(tokens)
    width = _wrap_width([token.content for token in tokens if token.type == "inline"])
    for token in tokens:
        if token.type == "inline":
            token.children = []
            if _is_too_dense(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                _parser.inline.parse(token.content, _parser, env, token.children)
            _keep_breaks(token, width)
    return tokens


def _with_typed_numbers(tokens: Sequence[Token]) -> None:
    """An item keeps the number that was typed: "1." after "3." begins something new, as long as not all are "1."."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append([])
        elif token.type == "list_item_open" and token.info.isdecimal():
            lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            items = lists.pop()
            if len({item.info for item in items}) > 1:
                for item in items:
                    item.attrSet("value", item.info)


def _is_too_dense(content: str) -> bool:
    """A paragraph of nothing but signs, in which the parser would look for pairs for ever, stays text."""
    if sum(map(content.count, "[]*_`~<!&\\")) > _MOST_SIGNS:
        return True
    if content.count("[") <= _DEEPEST_BRACKETS:
        return False
    depths = itertools.accumulate(1 if sign == "[" else -1 for sign in _BRACKET.findall(content))
    return max(depths) > _DEEPEST_BRACKETS


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
