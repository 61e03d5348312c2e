"""The number that a line begins with, in all the ways in which people number a list."""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEYCAPS = {"🔟": 10}
_CIRCLED = {chr(0x2460 + index): index + 1 for index in range(20)}
_CIRCLED |= {chr(0x2776 + index): index + 1 for index in range(10)}
_CHINESE = {char: index for index, char in enumerate("零一二三四五六七八九")}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

# Words that only count ("Fact 3:"); words that name the thing ("Phase 3", "Season 2") belong to the heading.
_COUNTERS = (
    "fact|reason|number|no|nr|item|tip|thing|rank|place|point|sign|way|lesson|theory|secret|entry|spot|"
    "fakt|grund|platz|nummer|tipp|raison|fait|numéro|num|razón|motivo|dato|curiosidad|puesto|número|fato|"
    "curiosità|motivo|numero|факт|причина|место|номер|사실|이유|번호"
)

_N = r"(?P<n>\d{1,4})"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern, re.IGNORECASE))
    for style, pattern in (
        ("keycap", r"(?P<n>\d{1,2})\ufe0f?\u20e3[\s.:)\-–—]*"),
        ("hash", rf"(?:[#＃№]|n[°º][.\s]?)\s*{_N}\s*(?:[.)、:：]|\s[-–—]\s|[-–—]\s|$|(?=\s))\s*"),
        ("word", rf"(?:{_COUNTERS})\.?\s*[#№]?\s*{_N}\s*(?:[.)、:：]|[-–—](?=\s))\s*"),
        ("place", rf"第?\s*{_N}\s*(?:위|位|名|번째|가지|条|條|个|個)\s*[.、:：\-–—]?\s*(?=\S|$)"),
        ("order", rf"第\s*{_N}\s*[、:：.]\s*"),
        ("chinese", r"第?(?P<n>[一二三四五六七八九十百]{1,4})[个個位名条條]?\s*[、.．:：]\s*"),
        ("paren", rf"[(（]{_N}[)）]\s*"),
        ("dot", rf"{_N}\s*(?:[.．]\)?(?!\d)|[)）、])\s*"),
        ("colon", rf"{_N}\s*[:：](?!\d)\s*"),
        ("dash", rf"{_N}\s*[-–—](?=\s)\s*"),
        ("roman", r"(?P<n>[IVXLC]{1,7})[.)](?=\s)\s*"),
        ("alone", rf"{_N}$"),
        ("space", rf"{_N}\s+(?=\S)"),
    )
)
# What may stand before the number: an emoji or an ornament, which stays with the heading.
_ORNAMENT = re.compile(r"[\s\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f★☆•·►▶]*")
_BY_DIGIT = tuple(pair for pair in _PATTERNS if pair[0] not in ("hash", "word", "order", "chinese", "paren", "roman"))
_BY_LETTER = tuple(pair for pair in _PATTERNS if pair[0] in ("hash", "word", "roman"))
_BY_SIGN = tuple(pair for pair in _PATTERNS if pair[0] in ("hash", "place", "order", "chinese", "paren"))


@dataclass(frozen=True, slots=True)
class Number:
    """`start` and `stop` are offsets of the number with its signs; what stands before and behind is the heading."""

    value: int
    start: int
    stop: int
    style: str


def leading_number(text: str) -> Number | None:
    """The number at the start of a line, or None. "3 Idiots" has one of style "space": only a series decides."""
    head = text[:80]
    start = _start(head)
    circled = _CIRCLED.get(head[start : start + 1]) or _KEYCAPS.get(head[start : start + 1])
    if circled:
        stop = start + 1
        while stop < len(head) and (head[stop].isspace() or head[stop] in "\ufe0f.:"):
            stop += 1
        return Number(circled, start, stop, "circled")
    for style, pattern in _patterns_for(head[start : start + 1]):
        found = pattern.match(head, start)
        if not found or (found.end() == len(head) < len(text)):
            continue
        value = _value(found["n"], style)
        if value is not None:
            return Number(value, start, found.end(), style)
    return None


def _patterns_for(char: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    if char.isdecimal():
        return _BY_DIGIT
    if not char:
        return ()
    return (*_BY_LETTER, *_BY_SIGN) if char > "\u2e80" else _BY_LETTER if char.isalpha() else _BY_SIGN


def _start(head: str) -> int:
    found = _ORNAMENT.match(head)
    return found.end() if found else 0


def _value(digits: str, style: str) -> int | None:
    if style == "chinese":
        return _chinese(digits)
    if style == "roman":
        return _roman(digits)
    return int(digits)


def _chinese(digits: str) -> int | None:
    if "百" in digits:
        return None
    if "十" not in digits:
        return _CHINESE.get(digits)
    tens, _, ones = digits.partition("十")
    return (_CHINESE.get(tens, 0) if tens else 1) * 10 + (_CHINESE.get(ones, 0) if ones else 0)


def _roman(digits: str) -> int | None:
    if digits != digits.upper():
        return None
    values = [_ROMAN[char] for char in digits]
    total = sum(
        -value if index + 1 < len(values) and value < values[index + 1] else value for index, value in enumerate(values)
    )
    return total if total <= 50 else None


# --- numbers that a title promises ------------------------------------------------------------------------------------

_WORDS = {
    word: value
    for value, words in {
        2: "two zwei deux dos due duas dois два 두 二つ",
        3: "three drei trois tres tre três три 세",
        4: "four vier quatre cuatro quattro quatro четыре 네",
        5: "five fünf cinq cinco cinque пять 다섯",
        6: "six sechs seis sei шесть 여섯",
        7: "seven sieben sept siete sette sete семь 일곱",
        8: "eight acht huit ocho otto oito восемь 여덟",
        9: "nine neun neuf nueve nove девять 아홉",
        10: "ten zehn dix diez dieci dez десять 열",
        11: "eleven elf onze once undici",
        12: "twelve zwölf douze doce dodici doze",
        13: "thirteen dreizehn treize trece tredici",
        15: "fifteen fünfzehn quinze quince quindici",
        20: "twenty zwanzig vingt veinte venti vinte двадцать",
        25: "twenty-five fünfundzwanzig",
        30: "thirty dreißig trente treinta trenta тридцать",
        50: "fifty fünfzig cinquante cincuenta cinquanta",
        100: "hundred hundert cent cien cento сто",
    }.items()
    for word in words.split()
}
_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")


def promised(text: str) -> set[int]:
    """The whole numbers from 2 to 500 that a title or an introduction names, in digits or words."""
    found = set()
    for token in _TOKEN.findall(text.casefold()):
        if token.isdecimal() and len(token) <= 3:
            found.add(int(token))
        elif token in _WORDS:
            found.add(_WORDS[token])
    return {number for number in found if 2 <= number <= 500}
