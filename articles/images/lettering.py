"""Setting lines of large type: what the font can draw, where a line may break, which size fits."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from articles.images.palette import RGB

ELLIPSIS = "…"
#: A sign is drawn by the first of these that has a shape for it, as in a style sheet.
_FACES = tuple(
    str(Path(__file__).parent / "fonts" / name) for name in ("NotoSans-Bold-subset.ttf", "NotoSansKR-Bold-subset.otf")
)
_NO_CHARACTER = "\U0010ffff"  # never assigned: a font answers with its empty box

#: More than any picture can show; what is longer is not even measured.
_MOST_SIGNS = 600
#: Kana and Chinese characters may part anywhere, but an opening mark stays with what follows, and a closing mark, a
#: small kana or a long sound with what precedes. Korean is written with spaces and breaks at them, like Latin.
_EAST = "\u3041-\u30fa\u4e00-\u9fff"
_CLOSING = "、。〉》」』】ぁぃぅぇぉっゃゅょァィゥェォッャュョ・ー！），：；？,.!?:;)”’…"
_PIECE = re.compile(rf"[「『【（(“‘]*[{_EAST}][{re.escape(_CLOSING)}]*|[^\s{_EAST}]+")


@dataclass(frozen=True, slots=True)
class Setting:
    size: int
    lines: tuple[str, ...]

    @property
    def leading(self) -> int:
        return round(self.size * 1.2)

    @property
    def height(self) -> int:
        """From the head of the first line to the foot of the last; Hangul stands taller than capitals."""
        return self.leading * (len(self.lines) - 1) + round(self.size * 1.08)


def drawable(text: str) -> str:
    """In composed form, with single spaces, without emoji and other pictures. "" when any letter of it has no shape in
    the fonts: words with letters missing would say something else."""
    composed = unicodedata.normalize("NFC", text[:_MOST_SIGNS])
    if any(_is_letter(sign) and _face(sign) is None for sign in composed):
        return ""
    return " ".join("".join(map(_kept, composed)).split())


def draw_line(draw: ImageDraw.ImageDraw, x: float, baseline: float, text: str, size: int, colour: RGB) -> None:
    for face, run in _runs(text):
        font = _font(face, size)
        draw.text((x, baseline), run, colour, font, anchor="ls")
        x += font.getlength(run)


def fitted(text: str, *, width: int, height: int, sizes: tuple[int, ...], most_lines: int) -> Setting:
    """The largest of `sizes` (falling) at which the text fits with no word broken; at the smallest, words break and
    what is too long ends in an ellipsis."""
    pieces = _pieces(text)
    for size in sizes:
        widest = max((_length(piece, size) for _glue, piece in pieces), default=0)
        setting = Setting(size, _wrapped(pieces, size, width))
        if widest <= width and len(setting.lines) <= most_lines and setting.height <= height:
            return Setting(size, _balanced(pieces, setting, widest, width))
    size = sizes[-1]
    lines = _wrapped(pieces, size, width)
    room = max(1, min(most_lines, 1 + int((height - size) / Setting(size, ()).leading)))
    if len(lines) > room:
        lines = (*lines[: room - 1], _cut_off(lines[room - 1], size, width))
    return Setting(size, lines)


def _pieces(text: str) -> list[tuple[str, str]]:
    """What a line may end after, each with the space that joins it to the one before."""
    return [("" if place else " ", piece) for word in text.split() for place, piece in enumerate(_PIECE.findall(word))]


def _wrapped(pieces: list[tuple[str, str]], size: int, width: float) -> tuple[str, ...]:
    lines, line = [], ""
    for glue, piece in pieces:
        longer = f"{line}{glue}{piece}" if line else piece
        if _length(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(piece, size, width)
        lines += full
    return (*lines, line) if line else tuple(lines)


def _broken(piece: str, size: int, width: float) -> list[str]:
    """A word too long for a line, in parts that fit; with hyphens where the script has them."""
    parts, hyphen = [""], "-" if _face(piece[0]) == 0 else ""
    for sign in piece:
        if parts[-1] and _length(parts[-1] + sign + hyphen, size) > width:
            parts[-1] += hyphen
            parts.append("")
        parts[-1] += sign
    return parts


def _balanced(pieces: list[tuple[str, str]], setting: Setting, low: float, high: float) -> tuple[str, ...]:
    """The same number of lines, as even as they can be: no lonely last word."""
    lines = setting.lines
    for _step in range(6):
        middle = (low + high) / 2
        tried = _wrapped(pieces, setting.size, middle)
        if len(tried) == len(setting.lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _cut_off(line: str, size: int, width: float) -> str:
    while line and _length(line + ELLIPSIS, size) > width:
        line = line[:-1]
    return line.rstrip(" ,.;:–—-") + ELLIPSIS


# --- the faces --------------------------------------------------------------------------------------------------------


def _length(text: str, size: int) -> float:
    return sum(_font(face, size).getlength(run) for face, run in _runs(text))


def _runs(text: str) -> list[tuple[int, str]]:
    """The text in stretches of one face each."""
    return [(face, "".join(signs)) for face, signs in itertools.groupby(text, lambda sign: _face(sign) or 0)]


@lru_cache(maxsize=64)
def _font(face: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FACES[face], size)


def _is_letter(sign: str) -> bool:
    """Letters, figures and the marks on them; not the selectors and frames that only make an emoji of a sign."""
    category = unicodedata.category(sign)
    return (
        category[0] in "LN" or category == "Mc" or (category == "Mn" and "VARIATION" not in unicodedata.name(sign, ""))
    )


def _kept(sign: str) -> str:
    if sign.isspace():
        return " "
    if unicodedata.category(sign).startswith("C"):  # joiners and the like, which have no shape by design
        return ""
    if _face(sign) is not None:
        return sign
    return "" if unicodedata.category(sign).startswith("M") else " "


@lru_cache(maxsize=8192)
def _face(sign: str) -> int | None:
    """The number of the first face with a shape for the sign; None if none has."""
    return next((face for face in range(len(_FACES)) if _shape(face, sign) != _shape(face, _NO_CHARACTER)), None)


def _shape(face: int, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = _plain_font(face).getmask(sign)
    return mask.size, bytes(mask)


@lru_cache(maxsize=len(_FACES))
def _plain_font(face: int) -> ImageFont.FreeTypeFont:
    """With the simple layout engine, which does not make a missing letter up out of a base and a mark."""
    return ImageFont.truetype(_FACES[face], 24, layout_engine=ImageFont.Layout.BASIC)
