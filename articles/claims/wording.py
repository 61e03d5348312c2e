"""Whether words stand in a text word for word: white space, quotation marks and upper case do not matter."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from articles.text import romanised

Span = tuple[int, int]

#: An omission, or what the writer has put in: any words may stand there in the source.
_OMITTED = re.compile(r"\[[^\[\]]{0,300}\]|\(?(?:…|\.{3,})\)?|⋯")
_NO_WORD = frozenset("“”„«»「」『』《》〈〉\"‘’'`´*_")
_DASHES = dict.fromkeys(map(ord, "–—―‐‑−"), "-")
_STOPS = ".,!?:;…。，！？、-"
_HANGUL_OR_LATIN_NAME = re.compile(r"[가-힣]{3,4}|[A-Za-z]+(?:[-’' ][A-Za-z]+){1,3}")
_UNSPACED = re.compile(r"[가-힣\u3041-\u30ff\u3400-\u9fff]")
#: So many places in which the first letters fit are tried.
_MOST_PLACES = 200


@dataclass(frozen=True, slots=True)
class Compact:
    """A text without what does not matter; `places` says of each sign where it stands in the text."""

    text: str
    signs: str
    places: array[int]

    @classmethod
    def of(cls, text: str) -> Compact:
        signs: list[str] = []
        places = array("L")
        for place, sign in enumerate(text):
            for each in _folded(sign):
                signs.append(each)
                places.append(place)
        return cls(text, "".join(signs), places)


def _folded(sign: str) -> str:
    if sign in _NO_WORD or sign.isspace() or unicodedata.category(sign) in ("So", "Sk", "Cf"):
        return ""
    return unicodedata.normalize("NFKC", sign).translate(_DASHES).casefold()


def _compacted(words: str) -> str:
    return "".join(map(_folded, words)).strip(_STOPS)


def find(text: Compact, words: str, begin: int = 0) -> Span | None:
    """The place of the words in the text, or None. They begin and end where words do."""
    found = _find(text, _compacted(words), begin)
    return _span(text, *found) if found else None


def in_order(text: Compact, words: str) -> Span | None:
    """As `find`, of words with … and [ ]: the rest of them stands there in its order."""
    pieces = [piece for part in _OMITTED.split(words) if (piece := _compacted(part))]
    first, at = -1, 0
    for piece in pieces:
        found = _find(text, piece, at)
        if found is None:
            return None
        first, at = (found[0] if first < 0 else first), found[1]
    return _span(text, first, at) if pieces else None


def _find(text: Compact, wanted: str, begin: int) -> Span | None:
    for _try in range(_MOST_PLACES if wanted else 0):
        at = text.signs.find(wanted, begin)
        if at < 0:
            return None
        if _is_whole(text, at, at + len(wanted)):
            return at, at + len(wanted)
        begin = at + 1
    return None


def _is_whole(text: Compact, start: int, stop: int) -> bool:
    """Whether no word is cut: “art” does not stand in “heart”. A particle may follow Hangul, Kana and Han."""
    first, last = text.places[start], text.places[stop - 1]
    before = text.text[first - 1] if first else " "
    after = text.text[last + 1] if last + 1 < len(text.text) else " "
    begins = not (before.isalnum() and text.text[first].isalnum()) or bool(_UNSPACED.match(text.text[first]))
    ends = not (after.isalnum() and text.text[last].isalnum()) or bool(_UNSPACED.match(text.text[last]))
    return begins and (ends or bool(_UNSPACED.match(after)))


def _span(text: Compact, start: int, stop: int) -> Span:
    return text.places[start], text.places[stop - 1] + 1


def sounding_like(text: str, name: str) -> Span | None:
    """A Korean name in the other script, or spelt in another way: 주지훈 is “Ju Ji-hoon”."""
    wanted = {*_sounds(name)}
    if not wanted:
        return None
    for found in _HANGUL_OR_LATIN_NAME.finditer(text):
        for start, stop in _runs(text, *found.span()):
            if wanted & {*_sounds(text[start:stop])}:
                return start, stop
    return None


def _runs(text: str, start: int, stop: int) -> Iterator[Span]:
    """The name itself; of Hangul its first three signs, for a particle may follow; of Latin words each two or three."""
    if _UNSPACED.match(text[start]):
        yield start, start + 3
        return
    words = [found.span() for found in re.finditer(r"[A-Za-z]+(?:-[A-Za-z]+)*", text[start:stop])]
    for at in range(len(words)):
        for size in (2, 3):
            if at + size <= len(words):
                yield start + words[at][0], start + words[at + size - 1][1]


def _sounds(name: str) -> list[str]:
    if _UNSPACED.match(name):
        return romanised.hangul_sounds(name[:4]) if len(name) in (3, 4) else []
    words = [word for word in re.split(r"[\s]+", name) if word]
    return romanised.name_sounds(words) if 2 <= len(words) <= 3 else []
