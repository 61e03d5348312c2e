"""What a body says and points to, without its HTML: plain text, excerpts, links, quotations, pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from markdown_it.token import Token

from articles.text import sentences, syntax

_LEADS_ON = (":", "：")


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """`attribution` is empty when the quotation does not say whose words it holds."""

    text: str
    attribution: str


@dataclass(frozen=True, slots=True)
class ImageUse:
    """A library picture in a body. `alt` and `caption` are what the body says, empty when it leaves them out."""

    picture_id: str
    alt: str
    caption: str


def plain(source: str) -> str:
    """The visible words: a line for each paragraph, list item, table row, caption and attribution (after a dash)."""
    return syntax.without_control_signs(_words(syntax.parse(source)))


def excerpt(source: str, length: int = 160) -> str:
    """The first sentences of a body, at most `length` characters, for whoever does not see the rest of it.

    They stop before the first list, table, quotation or heading after them, and at the end of a sentence; a sentence
    that is too long by itself ends in … after a whole word. A body without a paragraph gives the items of its lists,
    else the words of its first quotation; one of tables and pictures alone gives nothing.
    """
    first, blank_line, _rest = source[length:].partition("\n\n")
    tokens = syntax.parse(source[:length] + first)  # most bodies go on long after their excerpt
    found = _first_sentences(tokens)
    if blank_line and len(" ".join(found)) <= length:
        tokens = syntax.parse(source)
        found = _first_sentences(tokens)
    if len(found) > 1 and found[-1].endswith(_LEADS_ON):
        del found[-1]  # "These were the three:", and they do not follow
    if found:
        text = sentences.beginning(found, length)
        return text[:-1].rstrip() + sentences.CUT if text.endswith(_LEADS_ON) else text
    if items := _items(tokens):
        return sentences.cut(" · ".join(items), length)
    quoted = next(iter(quotations(source)), Quotation("", ""))
    words = " ".join(quoted.text.split())
    return sentences.cut(f"“{words}” — {quoted.attribution}" if quoted.attribution else words, length)


def _first_sentences(tokens: Sequence[Token]) -> list[str]:
    found = (sentence for words in _first_paragraphs(tokens) for sentence in sentences.sentences(words))
    return [" ".join(sentence.split()) for sentence in found]


def _first_paragraphs(tokens: Sequence[Token]) -> list[str]:
    """Those that follow one another, from the first outside of lists and quotations; pictures may stand between."""
    found: list[str] = []
    for opening, token in pairwise(tokens):
        if opening.type == "paragraph_open" and opening.level == 0:
            found.append(syntax.without_control_signs(syntax.visible_text(token.children or ())))
        elif opening.level == 0 and opening.type not in ("paragraph_close", "figure") and any(found):
            break
    return found


def _items(tokens: Sequence[Token]) -> list[str]:
    """The lines of the lists, each on one line."""
    is_item = (token for opening, token in pairwise(tokens) if opening.type == "paragraph_open" and opening.level >= 2)
    words = (syntax.without_control_signs(syntax.visible_text(token.children or ())) for token in is_item)
    return list(filter(None, (" ".join(each.split()) for each in words)))


def picture_ids(source: str) -> tuple[str, ...]:
    """The ids of the library pictures in the order of their first use, each once."""
    return tuple(dict.fromkeys(use.picture_id for use in images_used(source)))


def images_used(source: str) -> tuple[ImageUse, ...]:
    if "picture:" not in source:  # most bodies show none: spare them the parsing
        return ()
    return _images_used(source)


@lru_cache(maxsize=200)
def _images_used(source: str) -> tuple[ImageUse, ...]:
    """Remembered, for whoever writes an article asks for those of each body several times."""
    return tuple(
        ImageUse(public_id, syntax.visible_text(token.children or ()), str(token.attrs.get("title", "")))
        for token in _inline_tokens(source)
        if token.type == "image" and (public_id := syntax.picture_id(token))
    )


def links(source: str) -> tuple[Link, ...]:
    """The links that a reader gets, in order; `href` as it stands in the HTML."""
    return tuple(link for link, is_refused in _all_links(source) if not is_refused)


def refused(source: str) -> tuple[Link, ...]:
    """What the writer meant as a link or picture and a reader gets as text: addresses that are not allowed."""
    pictures = (
        Link(syntax.visible_text(token.children or ()), str(token.attrs["src"]))
        for token in _inline_tokens(source)
        if token.type == "image" and not syntax.picture_id(token)
    )
    return (*(link for link, is_refused in _all_links(source) if is_refused), *pictures)


def quotations(source: str) -> tuple[Quotation, ...]:
    """The blockquotes in the order in which they begin."""
    if ">" not in source:
        return ()
    tokens = syntax.parse(source)
    found: dict[int, Quotation] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            opened.append(index)
        elif token.type == "blockquote_close":
            start = opened.pop()
            by = syntax.visible_text(token.meta.get("by", ()))
            found[start] = Quotation(_words(tokens[start + 1 : index]), by)
    return tuple(found[start] for start in sorted(found))


def _words(tokens: Sequence[Token]) -> str:
    lines: list[str] = []
    cells: list[str] = []
    for token in tokens:
        if token.type in ("th_close", "td_close"):
            cells.append(lines.pop())
        elif token.type == "tr_close":
            lines.append("\t".join(cells).rstrip())
            cells = []
        else:
            lines += _lines(token)
    return "\n".join(line for line in lines if line.strip())


def _lines(token: Token) -> Iterator[str]:
    if token.type == "inline":
        yield syntax.visible_text(token.children or ())
    elif token.type == "figure":
        yield str(syntax.image_of(token).attrs.get("title", ""))
    elif token.type == "fence":
        yield token.content.rstrip("\n")
    elif token.type == "blockquote_close" and "by" in token.meta:
        yield f"— {syntax.visible_text(token.meta['by'])}"


def _all_links(source: str) -> Iterator[tuple[Link, bool]]:
    opened: Token | None = None
    inside: list[Token] = []
    for token in _inline_tokens(source):
        if token.type == "link_open":
            opened, inside = token, []
        elif token.type == "link_close" and opened:
            yield Link(syntax.visible_text(inside), str(opened.attrs["href"])), opened.hidden
            opened = None
        else:
            inside.append(token)


def _inline_tokens(source: str) -> Iterator[Token]:
    for token in syntax.parse(source):
        yield from token.children or ()
        yield from token.meta.get("by", ())
