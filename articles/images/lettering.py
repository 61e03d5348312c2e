"""Setting lines of large type: what the fonts can draw, where a line may break, which size fits.

Arabic and Thai letters take shapes and places by what stands beside them. Pillow does that with the library Raqm alone:
without it words in these scripts are not drawn at all.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw, ImageFont, features

from articles.images.palette import RGB

ELLIPSIS = "…"
_FOLDER = Path(__file__).parent / "fonts"
#: A sign is drawn by the first of these that has a shape for it, as in a style sheet. The last one has Latin letters
#: too, since a line with Arabic in it must be set in one piece, from right to left.
_FACES = tuple(
    str(_FOLDER / f"{name}-Bold-subset.{kind}")
    for name, kind in (
        ("NotoSans", "ttf"),
        ("NotoSansKR", "otf"),
        ("NotoSansSC", "otf"),
        ("NotoSansThai", "ttf"),
        ("NotoSansArabic", "ttf"),
    )
)
_THAI, _ARABIC = 3, 4
_ARABIC_LETTER = re.compile("[\u0600-\u06ff\u0750-\u077f]")
_NON_JOINER = "\u200c"  # parts two letters of a Persian word
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
    is_from_right: bool = False  # read from the right, as the whole text is by its first letter

    @property
    def leading(self) -> int:
        return round(self.size * 1.2)

    @property
    def height(self) -> int:
        """From the head of the first line to the foot of the last; Hangul stands taller than capitals."""
        return self.leading * (len(self.lines) - 1) + round(self.size * 1.08)


def drawable(text: str) -> str:
    """In composed form, with single spaces, without emoji and other pictures. "" when any letter of it has no shape in
    the fonts: words with letters missing would say something else.
    """
    composed = unicodedata.normalize("NFC", text[:_MOST_SIGNS])
    has_arabic = _ARABIC_LETTER.search(composed) is not None
    faces = {_face_in(sign, has_arabic=has_arabic) for sign in composed if _is_letter(sign)}
    if None in faces or (faces & {_THAI, _ARABIC} and not _can_shape()):
        return ""
    return " ".join("".join(_drawable_sign(sign, has_arabic=has_arabic) for sign in composed).split())


def draw_line(
    draw: ImageDraw.ImageDraw,
    x: float,
    baseline: float,
    text: str,
    size: int,
    colour: RGB,
    *,
    from_right: float | None = None,
) -> None:
    """From `x` on; a line of a text that is read from the right ends at `from_right`."""
    if from_right is not None:
        x = from_right - _length(text, size)
    for face, run in _runs(text):
        font = _font(face, size)
        direction = None if face != _ARABIC else "ltr" if from_right is None else "rtl"
        draw.text((x, baseline), run, colour, font, anchor="ls", direction=direction)
        x += font.getlength(run)


def fitted(text: str, *, width: int, height: int, sizes: tuple[int, ...], most_lines: int) -> Setting:
    """The largest of `sizes` (falling) at which the text fits with no word broken; at the smallest, words break and
    what is too long ends in an ellipsis."""
    pieces, is_from_right = _pieces(text), _is_from_right(text)
    for size in sizes:
        widest = max((_length(piece, size) for _glue, piece in pieces), default=0)
        setting = Setting(size, _wrapped(pieces, size, width))
        if widest <= width and len(setting.lines) <= most_lines and setting.height <= height:
            return Setting(size, _balanced(pieces, setting, widest, width), is_from_right)
    size = sizes[-1]
    lines = _wrapped(pieces, size, width)
    room = max(1, min(most_lines, 1 + int((height - size) / Setting(size, ()).leading)))
    if len(lines) > room:
        lines = (*lines[: room - 1], _cut_off(lines[room - 1], size, width))
    return Setting(size, lines, is_from_right)


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
        is_mark = unicodedata.category(sign).startswith("M")  # which stays with its letter
        if parts[-1] and not is_mark and _length(parts[-1] + sign + hyphen, size) > width:
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
    end = len(line)
    while end and (
        _length(line[:end] + ELLIPSIS, size) > width or unicodedata.category(line[end : end + 1] or " ") == "Mn"
    ):
        end -= 1
    line = line[:end]
    return line.rstrip(" ,.;:–—-") + ELLIPSIS


# --- the faces --------------------------------------------------------------------------------------------------------


def _length(text: str, size: int) -> float:
    return sum(_font(face, size).getlength(run) for face, run in _runs(text))


def _runs(text: str) -> list[tuple[int, str]]:
    """The text in stretches of one face each."""
    if _ARABIC_LETTER.search(text):
        return [(_ARABIC, text)]
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


def _drawable_sign(sign: str, *, has_arabic: bool) -> str:
    if sign.isspace():
        return " "
    if sign == _NON_JOINER and has_arabic:
        return sign
    if unicodedata.category(sign).startswith("C"):  # joiners and the like, which have no shape by design
        return ""
    if _face_in(sign, has_arabic=has_arabic) is not None:
        return sign
    return "" if unicodedata.category(sign).startswith("M") else " "


def _face_in(sign: str, *, has_arabic: bool) -> int | None:
    """The face for a sign of a text: there is one for all of a text with Arabic in it."""
    if has_arabic:
        return _ARABIC if _has_shape(_ARABIC, sign) else None
    return _face(sign)


def _is_from_right(text: str) -> bool:
    """By its first letter (UAX 9, rules P2 and P3)."""
    return next((unicodedata.bidirectional(sign) in ("R", "AL") for sign in text if sign.isalpha()), False)


@lru_cache(maxsize=1)
def _can_shape() -> bool:
    return bool(features.check("raqm"))


@lru_cache(maxsize=8192)
def _face(sign: str) -> int | None:
    """The number of the first face with a shape for the sign; None if none has."""
    return next((face for face in range(len(_FACES)) if _has_shape(face, sign)), None)


@lru_cache(maxsize=8192)
def _has_shape(face: int, sign: str) -> bool:
    return _shape(face, sign) != _shape(face, _NO_CHARACTER)


def _shape(face: int, sign: str) -> tuple[tuple[int, int], bytes]:
    mask = _plain_font(face).getmask(sign)
    return mask.size, bytes(mask)


@lru_cache(maxsize=len(_FACES))
def _plain_font(face: int) -> ImageFont.FreeTypeFont:
    """With the simple layout engine, which does not make a missing letter up out of a base and a mark."""
    return ImageFont.truetype(_FACES[face], 24, layout_engine=ImageFont.Layout.BASIC)
