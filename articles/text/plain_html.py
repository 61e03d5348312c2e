"""The words in HTML that text.markdown has made."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-z0-9]+)(?:[^<>\"]|\"[^\"]*\")*>")
#: Between these there is no gap: "<strong>주지훈</strong>은" is one word.
_WITHIN_WORDS = frozenset({"a", "code", "em", "s", "small", "span", "strong"})
_WITHIN_BLOCKS = frozenset({"br", "img", "picture", "source"})
_BLOCK = "\0"  # never in our HTML
_ENDED = re.compile("[.!?…:;,‽؟۔।。！？．][\"'”’“»›)\\]）］」』》〉】]*$")
_PICTURES = frozenset({"img", "picture", "source"})
_BEGIN = '<figure class="quotation"><blockquote>'
#: One that holds another is not found: the first attribution after its beginning would be the other's.
_QUOTATION = re.compile(rf"{_BEGIN}((?:(?!{_BEGIN}).)*?)</blockquote><figcaption>(.*?)</figcaption>", re.DOTALL)


class Quotation(NamedTuple):
    """Plain text: what is quoted, and the line that says who said it."""

    text: str
    attribution: str


def plain(html: str) -> str:
    """The text on one line, with a space where an element ends a line."""
    return " ".join(unescape(_TAG.sub(_gap, html)).split())


def flowing(*parts: str) -> str:
    """The text of HTML parts on one line, with " · " after a block that does not end as a sentence does: a heading, the
    name below a quotation, an entry of a list.
    """
    blocks = [" ".join(block.split()) for part in parts for block in unescape(_TAG.sub(_line, part)).split(_BLOCK)]
    blocks = [*filter(None, blocks)]
    return " ".join([*(each if _ENDED.search(each[-9:]) else f"{each} ·" for each in blocks[:-1]), *blocks[-1:]])


def bare(html: str) -> str:
    """The same HTML without attributes and pictures: paragraphs, lists and emphasis stay, addresses go."""
    return _TAG.sub(lambda tag: "" if tag["name"] in _PICTURES else f"<{tag['close']}{tag['name']}>", html).strip()


def quotations(html: str) -> list[Quotation]:
    """The quotations with an attribution, in their order."""
    return [Quotation(plain(text), plain(attribution)) for text, attribution in _QUOTATION.findall(html)]


def _line(tag: re.Match[str]) -> str:
    if tag["name"] in _WITHIN_WORDS:
        return ""
    return " " if tag["name"] in _WITHIN_BLOCKS else _BLOCK


def _gap(tag: re.Match[str]) -> str:
    return "" if tag["name"] in _WITHIN_WORDS else " "
