"""How many lines words fill on a page that nobody can measure: one in a frame, which runs no script.

The widths of letters were taken from Noto Serif, in units of the size of the letters. Of the fonts that css/tokens.css
asks for it is the widest but for DejaVu, the last resort of Linux, which css/embed.css makes as narrow.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

_WIDTHS = {
    sign: width
    for width, signs in (
        (0.26, " '‘’"),
        (0.33, "!j|,.:;·il"),
        (0.37, "[]-/\\()t{}"),
        (0.4, '²³fJI"'),
        (0.43, "”“?`"),
        (0.48, "rs*"),
        (0.5, "z"),
        (0.56, "ceva0123456789$€£y_–xgS"),
        (0.6, "#+<=>^~oøZkq"),
        (0.64, "LFdbpPßEuT"),
        (0.68, "nhBYC"),
        (0.72, "XVRAK"),
        (0.76, "GOQD"),
        (0.8, "&NU"),
        (0.86, "wHæœ"),
        (0.92, "—@%½"),
        (0.99, "mM…"),
        (1.06, "W"),
    )
    for sign in signs
}
_CAPITAL, _OTHER, _HANGUL, _WIDE, _EMOJI = 0.9, 0.7, 0.93, 1.0, 1.26
_FIRST_HANGUL, _LAST_HANGUL = "가", "힣"
_JOINER = "\u200d"
_LAST_OF_ONE_FONT = 0x2040
#: How much of a line is filled where a word is divided: not in the middle of a letter, and not before a full stop.
_FILLED = 0.9
#: Where a browser may go on in the next line without a space: after a hyphen between letters, and after a long dash.
_BREAK = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[^\W_]—)(?=[^\W_])")


class Face(Enum):
    """A list of fonts in css/tokens.css, and how wide the widest of them is beside the table above. The table is
    rounded up, and whoever reckons keeps a line to spare: so it is a fiftieth less than measured.
    """

    TEXT = 0.98
    DISPLAY = 1.025  # bold
    UI = 0.97


class Lines(NamedTuple):
    number: int
    mixed: int  # so many of them hold letters of more than one font, which makes them higher


def width_of(text: str, face: Face) -> float:
    """Of one line, in units of the size of the letters."""
    total, is_joined = 0.0, False
    for sign in text:
        total += 0 if is_joined else _width_of_sign(sign, face)
        is_joined = sign == _JOINER
    return total


def lines_of(text: str, room: float, face: Face) -> Lines:
    """In lines of this width (in units of the size of the letters), each filled with as many words as go into it."""
    at, used, mixed = 1, 0.0, set()
    room = max(room, 2)
    for part, space in _parts(text, face):
        length = width_of(part, face)
        if used and used + space + length > room:
            at, used = at + 1, 0.0
        used += length + (space if used else 0)
        if any(map(_is_of_another_font, part)):
            mixed.add(at)
        while used > room:  # a word that is wider than a line is divided
            at, used = at + 1, used - room * _FILLED
    return Lines(at, len(mixed))


def _parts(text: str, face: Face) -> Iterator[tuple[str, float]]:
    """What is not divided, and the space before it."""
    for word in text.split():
        space = _width_of_sign(" ", face)
        for part in _BREAK.split(word):
            yield part, space
            space = 0.0


def _width_of_sign(sign: str, face: Face) -> float:
    if known := _WIDTHS.get(unicodedata.normalize("NFD", sign)[0]):  # "é" is as wide as "e"
        return known * face.value
    category = unicodedata.category(sign)
    if category in ("Mn", "Me", "Cf"):
        return 0
    if category == "So":  # emoji
        return _EMOJI
    if unicodedata.east_asian_width(sign) in "WF":
        return _HANGUL if _FIRST_HANGUL <= sign <= _LAST_HANGUL else _WIDE
    return _CAPITAL if sign.isupper() else _OTHER


def _is_of_another_font(sign: str) -> bool:
    """Emoji are drawn as high as their line."""
    return ord(sign) > _LAST_OF_ONE_FONT and unicodedata.category(sign) not in ("So", "Mn", "Cf")
