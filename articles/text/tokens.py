"""A text as the tokens that both search engines hold: normalised words, pairs of letters where there are no spaces.

A token is plain ASCII, letters and digits, begins with a letter that says what it is, and can be no syntax of FTS5 or
of a tsquery, whatever somebody types:

    w…  a word of ASCII letters and digits          u…  any other word, or a pair of CJK letters, in hexadecimal
    k…  a Korean name by its sound (romanised)      s…, t…  the primary key of a subject, of a tag
    h…  one of these once more, of a heading: of working copies alone, where headings are looked through by themselves
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from articles.text import romanised

#: Longer words are cut. Nobody types more; what stands there is an address or noise.
LONGEST = 40
SUBJECT, TAG, HEADING = "s", "t", "h"

HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
#: Scripts without spaces between words: Thai to Khmer, Kana, Han.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
#: Vowel signs and other marks that stand inside words and are no letters to `re`.
_MARKS = (
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff\u0f18-\u109f\u1780-\u17ff"
)
_RUN = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
_PIECE = re.compile(rf"[{HANGUL}]+|[{UNSPACED}]+|[^{HANGUL}{UNSPACED}]+")
_IS_CJK = re.compile(rf"[{HANGUL}{UNSPACED}]")
#: Tried from the beginning of a word alone, so that a long one is read once.
_COMPOUND = re.compile(r"(?<![^\W_])[^\W_]++(?:[-\u2010\u2011\u00b7][^\W_]++)+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")
_POSSESSIVE = re.compile(r"(?<=[^\W_])['\u2019]s(?![^\W_])")
_NO_BASE = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"})


def normalised(text: str) -> str:
    """`text` without case, width, accents and signs that cannot be seen; Hangul is composed."""
    if text.isascii():
        return _POSSESSIVE.sub("", text.lower())
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold())
    folded = unicodedata.normalize("NFC", _ACCENTS.sub("", parts)).translate(_NO_BASE)
    return _POSSESSIVE.sub("", folded)


def pieces(folded: str) -> Iterator[str]:
    """The words of a normalised text, and its runs of Hangul and of scripts without spaces."""
    if folded.isascii():
        yield from _RUN.findall(folded)
        return
    for run in _RUN.findall(folded):
        if run.isascii():
            yield run
        else:
            yield from _PIECE.findall(run)


def is_cjk(piece: str) -> bool:
    """Whether it is found by pairs of letters."""
    return not piece.isascii() and bool(_IS_CJK.match(piece))


def encoded(word: str) -> str:
    """One token. Of tokens in hexadecimal too, the token of a word's beginning is the beginning of its token."""
    word = word[:LONGEST]
    return f"w{word}" if word.isascii() else f"u{word.encode('utf-16-be', 'surrogatepass').hex()}"


def of_piece(piece: str) -> list[str]:
    """The tokens, in order, that stand for it in a text: one for a word, of CJK each pair of neighbours."""
    if piece.isascii():
        return [f"w{piece[:LONGEST]}"]
    if len(piece) < 2 or not is_cjk(piece):
        return [encoded(piece)]
    return [encoded(piece[at : at + 2]) for at in range(len(piece) - 1)]


def stream(text: str) -> list[str]:
    """The tokens of a text in order: what a phrase is looked for in."""
    return of_pieces(pieces(normalised(text)))


def of_pieces(found: Iterable[str]) -> list[str]:
    return [token for piece in found for token in of_piece(piece)]


def extras(text: str, folded: str | None = None) -> list[str]:
    """What else it is found by, in no order: words without their hyphens, the last letters of CJK runs (a lone letter
    is found as the beginning of a pair), Korean names by their sound. `folded` is the text normalised, if it is."""
    folded = normalised(text) if folded is None else folded
    found = dict.fromkeys(_joined_and_last(folded, list(pieces(folded))))
    found |= dict.fromkeys(f"k{sound}" for sound in romanised.sounds_in(text))
    return list(found)


def of_text(text: str) -> list[str]:
    """All by which a text is found as it is written: `stream`, and of `extras` what is no sound."""
    folded = normalised(text)
    found = list(pieces(folded))
    return [*of_pieces(found), *dict.fromkeys(_joined_and_last(folded, found))]


def _joined_and_last(folded: str, found: Iterable[str]) -> Iterator[str]:
    yield from (encoded(joined(compound)) for compound in compounds(folded))
    if not folded.isascii():
        yield from (encoded(piece[-1]) for piece in found if is_cjk(piece) and len(piece) > 1)


def compounds(folded: str) -> list[str]:
    return _COMPOUND.findall(folded)


def joined(text: str) -> str:
    """Its letters and digits without anything between them."""
    return "".join(pieces(text))


def for_subject(pk: int) -> str:
    return f"{SUBJECT}{pk:d}"


def for_tag(pk: int) -> str:
    return f"{TAG}{pk:d}"


def text_of(tokens: Iterable[str]) -> str:
    """As a column holds them: a space before, between and after, so that each is found with both of its ends."""
    return f" {' '.join(tokens)} "
