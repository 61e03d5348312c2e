"""Slugs that keep their script: 주지훈 stays 주지훈, Beyoncé becomes beyonce, C++ becomes c-plus-plus."""

from __future__ import annotations

import re
import unicodedata

from articles.text import emoji, signs
from articles.text.emoji_signs import ZWJ

#: For URL converters: what a slug may hold and nothing that ends a part of an address. It is not anchored, and wider
#: than what `slug` makes (upper case, letters of any script), so that a mistyped address reaches its redirect.
PATTERN = r"[-0-9A-Za-z\u0080-\U0010ffff]+"

_SPELLED_OUT = (
    (re.compile(r"(?<=\w)\+\+"), " plus plus "),
    (re.compile(r"(?<=\w)\+"), " plus "),
    (re.compile(r"(?<=[A-Za-z])#(?!\w)"), " sharp "),
    (re.compile(r"&"), " and "),
)
_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")  # Grey's is greys, not grey-s
_LATIN_WITHOUT_BASE = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h", "Ħ": "H", "ŋ": "ng", "Ŋ": "NG"}
)


def slug(text: str, limit: int = 80) -> str:
    """The slug of `text`, at most `limit` characters, cut between words; empty if the text has nothing to name.

    A text that is only emoji gets their Unicode names ("🔥" is "fire").
    """
    text = signs.line(text)  # a soft hyphen parts no words
    words = _words(emoji.strip(text)) or _words(_sign_names(text))
    made = "-".join(words)
    if len(made) <= limit:
        return made
    cut = made[: limit + 1].rpartition("-")[0] or made[:limit]
    return cut.strip("-")


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).replace(ZWJ, "")
    for sign, spelling in _SPELLED_OUT:
        text = sign.sub(spelling, text)
    text = _fold_latin(_APOSTROPHES.sub("", text)).lower()
    words = "".join(sign if _may_stay(sign) else " " for sign in unicodedata.normalize("NFC", text)).split()
    return [word for word in map(_from_first_letter, words) if word]


def _from_first_letter(word: str) -> str:
    """A mark with nothing before it would cling to the hyphen."""
    first = next((at for at, sign in enumerate(word) if unicodedata.category(sign)[0] != "M"), len(word))
    return word[first:]


def _fold_latin(text: str) -> str:
    """`text` without the accents of its Latin letters; those of other scripts are other letters (й is not и)."""
    kept: list[str] = []
    for sign in unicodedata.normalize("NFD", text.translate(_LATIN_WITHOUT_BASE)):
        if not (unicodedata.combining(sign) and kept and kept[-1].isascii()):
            kept.append(sign)
    return "".join(kept)


def _may_stay(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"  # M: the vowel signs of Thai and Devanagari are no letters


def _sign_names(text: str) -> str:
    return "".join(map(_sign_name, text))


def _sign_name(sign: str) -> str:
    name = unicodedata.name(sign, "")
    if name.startswith("REGIONAL INDICATOR"):
        return name[-1]  # two of them are a flag: 🇰🇷 is kr
    return f" {name} " if unicodedata.category(sign) == "So" else " "
