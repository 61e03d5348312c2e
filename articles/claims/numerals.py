"""Numbers as they are written: figures with separators, words, and the myriads of Korean, Japanese and Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from articles.text.episodes import CARDINALS

#: Languages in which a comma stands before the decimals and a point between thousands (CLDR, “decimal” and “group”).
COMMA_DECIMALS = frozenset({"de", "es", "fr", "it", "pt", "nl", "ru", "pl", "tr", "id"})

_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
ORDINALS: Mapping[str, int] = {word: number for number, word in enumerate(_ORDINALS, 1)}

#: Numbers in words, from two on: “one” is an article or a pronoun more often than a number.
SPELLED: Mapping[str, Mapping[str, int]] = {
    "en": {word: number for number, word in enumerate(CARDINALS, 1) if number > 1}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
    | {
        f"{ten}-{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS, 2)
        for ones, one in enumerate(CARDINALS[:9], 1)
    }
    | {"a dozen": 12, "a hundred": 100, "a thousand": 1000, "a million": 1_000_000, "a billion": 1_000_000_000}
    | {"one hundred": 100, "one thousand": 1000, "one million": 1_000_000, "one billion": 1_000_000_000},
    "es": {
        "dos": 2,
        "tres": 3,
        "cuatro": 4,
        "cinco": 5,
        "seis": 6,
        "siete": 7,
        "ocho": 8,
        "nueve": 9,
        "diez": 10,
        "once": 11,
        "doce": 12,
        "trece": 13,
        "catorce": 14,
        "quince": 15,
        "veinte": 20,
        "treinta": 30,
        "cien": 100,
    },
    "de": {
        "zwei": 2,
        "drei": 3,
        "vier": 4,
        "fünf": 5,
        "sechs": 6,
        "sieben": 7,
        "acht": 8,
        "neun": 9,
        "zehn": 10,
        "elf": 11,
        "zwölf": 12,
        "zwanzig": 20,
        "dreißig": 30,
        "hundert": 100,
    },
}
#: Korean counts small numbers in words of its own, some with a form for certain counters (석 달, 넉 달).
_KOREAN_ONES = {"한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9}
_KOREAN_TENS = ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
NATIVE_KOREAN: Mapping[str, int] = {
    **{word: number for word, number in _KOREAN_ONES.items() if number > 1},
    **{ten: 10 * tens for tens, ten in enumerate(_KOREAN_TENS, 1) if ten != "스물"},
    **{
        f"{ten}{one}": 10 * tens + ones
        for tens, ten in enumerate(_KOREAN_TENS, 1)
        for one, ones in _KOREAN_ONES.items()
    },
    "석": 3,
    "넉": 4,
    "스무": 20,
}
KOREAN_DAYS: Mapping[str, int] = {
    "이틀": 2,
    "사흘": 3,
    "나흘": 4,
    "닷새": 5,
    "엿새": 6,
    "이레": 7,
    "열흘": 10,
    "보름": 15,
}
MAGNITUDES: Mapping[str, int] = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "mil millones": 10**9,
    "mil": 10**3,
    "millón": 10**6,
    "millones": 10**6,
    "tausend": 10**3,
    "mio.": 10**6,
    "millionen": 10**6,
    "mrd.": 10**9,
    "milliarde": 10**9,
    "milliarden": 10**9,
}
_MYRIADS: Mapping[str, int] = {
    "십": 10,
    "백": 100,
    "천": 1000,
    "만": 10**4,
    "억": 10**8,
    "조": 10**12,
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "萬": 10**4,
    "億": 10**8,
    "亿": 10**8,
    "兆": 10**12,
}
_MYRIAD = f"[{''.join(_MYRIADS)}]"

#: Figures that are no part of a longer number or of a name such as B2, 4K or COVID-19.
# (The sign is read before what must not stand before it: a pattern that begins with a figure is looked for quickly.)
FIGURES = r"\d(?<![A-Za-zÀ-ÿ0-9_#@]\d)(?<!\d[.,:]\d)(?<![A-Za-z]-\d)\d*(?:[.,]\d+)*"
#: 3,200만 · 1억 2천만 · 4만 5,000 · 1万2000
MYRIADS = rf"\d(?<![\d#@]\d)(?<!\d[.,]\d)\d*(?:[.,]\d+)*{_MYRIAD}+(?:\s?\d+(?:,\d+)*{_MYRIAD}*(?![.\d월년月年]))*"
_GROUP = re.compile(rf"([\d.,]+)({_MYRIAD}*)")
_THOUSANDS = {",": re.compile(r"\d{1,3}(?:,\d{3})+"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+")}


def of_figures(figures: str, language: str) -> Decimal | None:
    """The number; None for what is none, such as 1.2.3 or a score 10,9,8."""
    group, point = (".", ",") if language in COMMA_DECIMALS else (",", ".")
    whole, _point, decimals = figures.partition(point)
    if group in decimals or point in decimals:
        return None
    if group in whole and not _THOUSANDS[group].fullmatch(whole):
        # 8,5 in an English text is a decimal of somebody who writes so; 1,2,3 is a list.
        whole, _group, decimals = figures.partition(group)
        if not decimals.isdecimal():
            return None
    return Decimal(whole.replace(group, "") + (f".{decimals}" if decimals else ""))


def of_myriads(words: str) -> Decimal | None:
    """1억 2천만 is 120,000,000."""
    total = Decimal(0)
    for figures, signs in _GROUP.findall(words):
        number = of_figures(figures.rstrip(".,"), "ko")
        if number is None:
            return None
        for sign in signs:
            number *= _MYRIADS[sign]
        total += number
    return total


def of_fraction(part: int, of: int) -> Decimal:
    """As a decimal of six places, which is what two notations of it agree in."""
    return Decimal(round(float(Fraction(part, of)), 6)).quantize(Decimal("0.000001"))
