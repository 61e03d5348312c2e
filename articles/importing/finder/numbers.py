"""The number that a line begins with, in all the ways in which people number a list."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from articles.importing.finder.number_words import COUNTERS, DIVISIONS, PROMISING, WORDS

_LONGEST_HEAD = 80  # signs of a line in which its number stands
_KEYCAPS = {"🔟": 10}
_CIRCLED = {chr(0x2460 + index): index + 1 for index in range(20)}
_CIRCLED |= {chr(first + index): index + 1 for first in (0x2776, 0x2780, 0x278A) for index in range(10)}
_CIRCLED |= {chr(0x3251 + index): index + 21 for index in range(15)}
_HAN = {char: index for index, char in enumerate("零一二三四五六七八九")}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_N = r"(?P<n>\d{1,4})"
_H = r"(?P<n>\d{1,4}|[一二三四五六七八九十]{1,3})"
# What divides a number from its heading; where nothing follows, or a new line does, nothing needs to.
_DIVIDER = r"\s*(?:[.．][)]?(?!\d)|[)\]:](?!\d)|[）、：]|[-–—](?=\s)|(?<=\s)[|/·•→»](?=\s)|,(?=\s)|$|\n)\s*"
_W = r"(?P<w>[^\W\d_][^\s\d.:：,،)）、\-–—]*(?:-[^\W\d_]+| 번째)?)"
_LABEL = r"(?P<label>[^\W\d_][^\W\d_'’]*(?:[ -][a-z]+)?)"
_LONG_LABEL = r"(?P<label>[^\W\d_][^\W\d_'’]*(?:[ -][^\W\d_]+)?)"  # before digits: "Sự thật 1:"

# A style is how a number is written. Of those in _UNSURE only a whole series decides (`Number.is_sure`).
_PATTERNS: dict[str, re.Pattern[str]] = {
    style: re.compile(pattern, re.IGNORECASE)
    for style, pattern in (
        ("keycap", r"(?P<n>(?:\d\ufe0f?\u20e3){1,3})[\s.:)\-–—]*"),
        ("hash", rf"(?:[#＃№]|n[°º][.\s]?)\s*{_N}(?:{_DIVIDER}|\s+)"),
        ("place", rf"第?\s*{_H}\s*(?:위|位|名|番目|つ目|번째|가지|条|條|个|個|点)(?:{_DIVIDER}|\s+)"),
        ("order", rf"(?:第|その|其の?)\s*{_H}(?:{_DIVIDER}|[，,]|\s+)\s*"),
        ("han", r"(?P<n>[一二三四五六七八九十]{1,3})[个個位名条條]?\s*(?:[、.．:：，,]|\n|$)\s*"),
        ("paren", rf"[(（\[【〔]{_H}[)）\]】〕]\s*"),
        ("of", rf"[(\[]?{_N}\s?/\s?(?P<of>\d{{1,4}})(?![/\d])[)\]]?(?:{_DIVIDER}|\s+)"),
        ("ordinal", rf"{_N}(?:st|nd|rd|th|[ºª°])(?:{_DIVIDER}|\s+(?=[^\W\d_]+\W|\S+$))"),
        ("dot", rf"{_N}\s*(?:[.．]\)?(?!\d)|[)）、\]])\s*"),
        ("colon", rf"{_N}\s*(?:：|:(?!\d))\s*"),
        ("dash", rf"{_N}\s*(?:[-–—](?=\s)|(?<=\s)[|/·•→»](?=\s))\s*"),
        ("line", rf"{_N}(?:\s*\n\s*|$)"),
        ("words", rf"{_W}{_DIVIDER}"),
        ("named", rf"{_LONG_LABEL}\.?(?:\s*[#№]\s*|\s+|(?<=[\u3040-\u9fff\uac00-\ud7ff])){_N}{_DIVIDER}"),
        ("named words", rf"{_LABEL}\s+{_W}{_DIVIDER}"),
        ("roman", r"(?P<n>[IVXLC]{1,7})\s*(?:[.):](?=\s|$)|[-–—](?=\s)|$|\n)\s*"),
        ("letter", r"(?P<n>[A-Za-z])(?:[)]\s*|[.:]\s+)(?=\S)"),
        ("space", rf"{_N}\s+(?=\S)"),
    )
}  # fmt: skip
_UNSURE = frozenset(("space", "named", "named words", "letter", "words"))
# What may stand before the number: an emoji or an ornament, which stays with the heading.
_ORNAMENT = re.compile(r"(?:(?![🔟\u2776-\u2793])[\s\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f★☆•·►▶])*")
_BY_DIGIT = ("keycap", "of", "place", "ordinal", "dot", "colon", "dash", "line", "space")
_BY_LETTER = ("roman", "letter", "hash", "words", "named", "named words")
_BY_SIGN = ("of", "hash", "place", "order", "han", "paren")
_BY_WIDE = ("place", "order", "han", "words", "named", "named words")


@dataclass(frozen=True, slots=True)
class Number:
    """`start` and `stop` are offsets of the number with its signs; what stands before and behind is the heading.

    `label` is the noun before it, without case: "fact" in "Fact 3:".
    """

    value: int
    start: int
    stop: int
    style: str
    label: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether this is a number of a list even where no series stands around it."""
        return self.style not in _UNSURE or self.label in COUNTERS


def leading_number(text: str) -> Number | None:
    """The number at the start of a line, the surest when it can be read in two ways; None when there is none."""
    return next(iter(leading_numbers(text)), None)


def leading_numbers(text: str) -> tuple[Number, ...]:
    """Every way to read the start of a line as a number, the surest first: "I." is a Roman one and a letter."""
    return _numbers_at_start(text[: _LONGEST_HEAD + 1])


@functools.lru_cache(maxsize=20_000)  # the rules ask for each line several times
def _numbers_at_start(text: str) -> tuple[Number, ...]:
    head = text[:_LONGEST_HEAD]
    found = _ORNAMENT.match(head)
    start = found.end() if found else 0
    char = head[start : start + 1]
    circled = _CIRCLED.get(char) or _KEYCAPS.get(char)
    if circled:
        stop = start + 1
        while stop < len(head) and (head[stop].isspace() or head[stop] in "\ufe0f.:"):
            stop += 1
        return (Number(circled, start, stop, "circled"),)
    numbers = (_number(style, head, start, text) for style in _styles_for(char))
    every = [number for number in numbers if number]
    return tuple(sorted(every, key=lambda number: not number.is_sure)) if len(every) > 1 else tuple(every)


def sure_number(text: str) -> Number | None:
    number = leading_number(text)
    return number if number and number.is_sure else None


def lone_number(text: str) -> Number | None:
    """The number that is all of a text: "7", "Fact 7", "One"."""
    text = text.strip()
    if not text or len(text) > 24:
        return None
    return next((number for number in leading_numbers(text) if number.stop == len(text)), None)


def _styles_for(char: str) -> tuple[str, ...]:
    if char.isdecimal():
        return _BY_DIGIT
    if not char:
        return ()
    if char.isalpha():
        return _BY_WIDE if char > "\u2e80" else _BY_LETTER
    return _BY_SIGN


def _number(style: str, head: str, start: int, text: str) -> Number | None:
    found = _PATTERNS[style].match(head, start)
    if not found or (found.end() == len(head) < len(text)):
        return None
    groups = found.groupdict()
    label = (groups.get("label") or "").casefold()
    if label and (label in DIVISIONS or label.split()[-1] in DIVISIONS or label in WORDS):
        return None
    if groups.get("of") and int(groups["n"]) > int(groups["of"]):
        return None  # "24/7"
    word = groups.get("w")
    value = _value(groups["n"], style) if word is None else WORDS.get(word.casefold().replace(" ", ""))
    return None if value is None else Number(value, start, found.end(), style, label)


def _value(digits: str, style: str) -> int | None:
    if style == "roman":
        return _roman(digits)
    if style == "letter":
        return ord(digits.casefold()) - ord("a") + 1
    if style == "keycap":
        digits = "".join(char for char in digits if char.isdecimal())
    return int(digits) if digits[0].isdecimal() else _han(digits)


def _han(digits: str) -> int | None:
    if "十" not in digits:
        return _HAN.get(digits)
    tens, _, ones = digits.partition("十")
    return (_HAN.get(tens, 0) if tens else 1) * 10 + (_HAN.get(ones, 0) if ones else 0)


def _roman(digits: str) -> int | None:
    if not set(digits) <= _ROMAN.keys():  # a pattern that ignores case takes “İ” and “ı” for an I
        return None
    values = [_ROMAN[char] for char in digits]
    total = sum(
        -value if index + 1 < len(values) and value < values[index + 1] else value for index, value in enumerate(values)
    )
    return total if total <= 50 else None


# --- numbers that a title promises ------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\d+(?:[.,:/-]\d+)*|[^\W\d_]+(?:-[^\W\d_]+)*")


def promised(text: str) -> set[int]:
    """The whole numbers from 2 to 500 that a title or an introduction names, in digits or words."""
    found = set()
    for token in _TOKEN.findall(text.casefold()):
        if token.isdecimal() and len(token) <= 3:
            found.add(int(token))
        elif token in PROMISING:
            found.add(PROMISING[token])
    return {number for number in found if 2 <= number <= 500}
