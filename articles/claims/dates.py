"""Dates as far as they are written: a day, a month of a year, a year, a decade."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from articles.claims.reading import Text
from articles.claims.shapes import Day, Found, Words

_MONTHS: Mapping[str, int] = {
    name: number
    for names in (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    )
    for number, name in enumerate(names.split(), 1)
} | {"Sept": 9, "setiembre": 9, "Jänner": 1}
_MONTH_WORDS = frozenset(map(str.casefold, _MONTHS))
_MONTH = rf"(?P<month>(?<![^\W\d_])(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))}))(?![^\W\d_])\.?"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?!\d|[.,]\d)"
_YEAR_BEFORE_POINT = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?!\d|[.,:]\d|\s?%)"
_START = r"(?<![\w$€£₩#])(?<!\d[.,/:-])"
# Of a number of four figures no year is made where something is counted, or measured, or compared with it.
_COUNTED = (
    r"\s?(?:people|men|women|children|extras|fans|pages|copies|words|letters|votes|seats|euros?|dollars|pounds|won|metres"
    r"|meters|miles|km|kg|m|hours|minutes|days|times|views|drawings|points|figurantes|personas|veces|metros|páginas"
    r"|Meter|Statisten|Menschen|Seiten|Euro|mal|명|개|원|회|번|통|장|권|쪽|미터|人|枚|回|個|円|个|次|元)(?![^\W\d_a-z])"
    r"|\s?%|[-‐]?(?:strong|page|seat)"
)

#: 2025년 1월 24일 · 2021年4月3日 · 1951년 6월 · 1980년대 · 3월 1일
_EASTERN = (
    re.compile(
        r"(?P<year>[12](?<![\d,.][12])(?:[5-9]|(?<=2)0)\d\d)\s?(?:년|年)"
        r"(?:(?P<decade>대|代)|\s?(?P<month_number>1[0-2]|0?[1-9])\s?(?:월|月)(?:\s?(?P<day>[0-3]?\d)\s?(?:일|日))?)?(?![간半間])"
    ),
    re.compile(r"(?P<month_number>\d(?<![\d,.]\d)\d?)\s?(?:월|月)\s?(?P<day>[0-3]?\d)\s?(?:일|日)(?![간間])"),
)
_IN_FIGURES = (
    # ISO 8601, the same with strokes, and the Korean way to write it: 2020. 5. 21.
    re.compile(rf"{_START}{_YEAR}-(?P<month_number>\d\d)-(?P<day>\d\d)(?!\d)"),
    re.compile(rf"{_START}{_YEAR}/(?P<month_number>\d\d?)/(?P<day>\d\d?)(?!\d)"),
    re.compile(
        rf"{_START}{_YEAR_BEFORE_POINT}\.\s?(?P<month_number>1[0-2]|0?[1-9])\.\s?(?P<day>[0-3]?\d)(?:\.(?=\s|$)|(?!\d))"
    ),
)
_WITH_MONTH = (
    # January 24, 2025 · January 24th
    re.compile(rf"{_MONTH}\s{_DAY}(?:st|nd|rd|th)?(?!\s?[-–]?\w*(?:people|times))(?:,?\s{_YEAR})?"),
    # 24 January 2025 · 14 de febrero de 2022 · 3. Oktober 2019 · the 3rd of May
    re.compile(rf"{_START}{_DAY}(?:st|nd|rd|th|\.|º)?\s(?:of\s|de\s)?{_MONTH}(?:(?:,?\s|\sdel?\s){_YEAR})?"),
    # October 2021 · octubre de 2026
    re.compile(rf"{_MONTH}(?:,?\s|\sdel?\s){_YEAR}"),
    # In January: a month alone needs a word before it, for “may” and “march” are verbs and May is a name
    re.compile(
        r"(?<!\w)(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|[Ff]rom)\s(?P<whole>(?P<month>January|February|March|April|May|June|July"
        r"|August|September|October|November|December))(?!\w)(?!\s[A-Z])"
    ),
)
_YEARS = (
    # the ’80s, 80년대, 90年代: of the last century but for the first decades of this one
    re.compile(r"(?<![\w.,])[’']?(?P<short>[1-9]0)(?:s(?!\w)|\s?(?:년대|年代))"),
    # the 1990s
    re.compile(r"(?P<year>[12](?<!\w[12])(?:[5-9]|(?<=2)0)\d0)(?P<decade>s)(?!\w)"),
    re.compile(
        r"(?P<year>[12](?<![\w$€£₩#][12])(?<!\d[.,/:-][12])(?:[7-9]|(?<=2)0)\d\d)(?![\w$€%]|[.,:/]\d|-\d\d-|-[a-z])"
        rf"(?!{_COUNTED})"
    ),
    # 1997–2003
    re.compile(rf"(?P<year>[12](?<=[\d\w][–-][12])(?:[7-9]|(?<=2)0)\d\d)(?![\w$€%]|[.,:/]\d|-)(?!{_COUNTED})"),
)
# 12/07/2014 is a day in July or in December: where both can be, only the same figures say the same.
_SLASHED = re.compile(
    rf"{_START}(?P<one>[0-3]?\d)(?P<sign>[/.])(?P<other>[0-3]?\d)(?P=sign)(?P<year>(?:19|20)\d\d)(?!\d)"
)
_MOST_MONTHS, _MOST_DAYS = 12, 31
_THIS_CENTURY, _LAST_CENTURY_FROM = 2000, 30


def dates(text: Text) -> Iterator[Found]:
    """May give the same words twice: what was found first counts (see finding.py)."""
    has_digits = text.seen.digits
    if has_digits:
        for found in _SLASHED.finditer(text.words):
            yield Found(*found.span(), _slashed(found, text.language))
    patterns = [
        *(_IN_FIGURES if has_digits else ()),
        *(_EASTERN if has_digits and (text.seen.hangul or text.seen.han) else ()),
        *(_WITH_MONTH if text.seen.has_any(_MONTH_WORDS) else ()),
        *(_YEARS if has_digits else ()),
    ]
    for pattern in patterns:
        for found in pattern.finditer(text.words):
            said = found.groupdict()
            month = int(said.get("month_number") or 0) or _MONTHS.get(said.get("month") or "")
            day = int(said.get("day") or 0) or None
            year = int(said.get("year") or 0) or None
            if said.get("short"):
                short = int(said["short"])
                year = short + (_THIS_CENTURY if short < _LAST_CENTURY_FROM else _THIS_CENTURY - 100)
            if (month or 1) <= _MOST_MONTHS and (day or 1) <= _MOST_DAYS:
                value = Day(year, month, day, is_decade=bool(said.get("decade") or said.get("short")))
                start, stop = found.span("whole" if "whole" in said else 0)
                yield Found(start, stop, value)


def _slashed(found: re.Match[str], language: str) -> Day | Words:
    one, other, year = int(found["one"]), int(found["other"]), int(found["year"])
    is_day_first = found["sign"] == "." or language in ("es", "de") or one > _MOST_MONTHS
    if not is_day_first and other <= _MOST_MONTHS and one != other:
        return Words(found[0])
    day, month = (one, other) if is_day_first else (other, one)
    return Day(year, month, day)
