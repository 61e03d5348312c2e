"""Numbers with what they count, and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from articles.claims.counted import KOREAN_UNIT, unit_after
from articles.claims.numerals import (
    FIGURES,
    KOREAN_DAYS,
    MAGNITUDES,
    MYRIADS,
    NATIVE_KOREAN,
    ORDINALS,
    SPELLED,
    of_figures,
    of_fraction,
    of_myriads,
)
from articles.claims.reading import Text
from articles.claims.shapes import Found, Quantity
from articles.claims.units import CURRENCIES, CURRENCY_SIGN, currency_of, unit_of
from articles.claims.vocabulary import words_in

# --- the number itself ------------------------------------------------------------------------------------------------

_MAGNITUDE_WORDS = "|".join(re.escape(word) for word in sorted(MAGNITUDES, key=len, reverse=True) if len(word) > 2)
#: A sum may have a letter for its magnitude: $15m. A length may not: 15m are metres.
_MAGNITUDE = rf"(?:[\s-](?P<magnitude>{_MAGNITUDE_WORDS})(?!\w))"
_MAGNITUDE_OF_SUM = rf"(?:\s?(?P<magnitude>{_MAGNITUDE_WORDS}|mn|bn|[mbk])(?!\w))"
_ALL_SPELLED = {language: "|".join(sorted(words, key=len, reverse=True)) for language, words in SPELLED.items()}
#: 4K and 8K are screens.
_LEAST_THOUSANDS = 10
#: Of views and likes the magnitude is one letter too, a large one: 1.3M.
_IN_FIGURES = re.compile(rf"(?P<number>{FIGURES})(?:{_MAGNITUDE}|(?P<letter>(?-i:[KMB]))(?!\w))?", re.IGNORECASE)
_IN_MYRIADS = re.compile(rf"(?P<number>{MYRIADS})(?P<magnitude>)(?P<letter>)")
_IN_WORDS = {
    language: re.compile(
        rf"(?P<number>(?<![\w-])(?:{spelled})(?![\w-]*[^\W\d_])){_MAGNITUDE}?(?P<letter>)", re.IGNORECASE
    )
    for language, spelled in _ALL_SPELLED.items()
}
_SPELLED_WORDS = {
    language: frozenset(word.split()[-1].split("-")[0] for word in words) for language, words in SPELLED.items()
}
# A spelt number with a hyphen: “five-star”, “twenty-minute”; not “twenty-six”.
_COMPOUND = re.compile(
    rf"(?<![\w-])(?P<number>{_ALL_SPELLED['en']})(?P<unit>(?!-(?:one|{_ALL_SPELLED['en']})(?!\w))(?:-[a-z]+)+)(?!\w)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"(?<![\w-])(?:(?P<part>one|{_ALL_SPELLED['en']})[\s-](?P<of>thirds?|quarters?|fifths?|sixths?|tenths?)(?!\w)"
    r"|a\s(?P<single>third|quarter|fifth|sixth|tenth)(?=\sof\s))",
    re.IGNORECASE,
)
_PART_WORDS = frozenset(words_in("third thirds quarter quarters fifth fifths sixth sixths tenth tenths"))
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def _number_of(words: str, language: str) -> Decimal | None:
    words = words.casefold()
    for table in (SPELLED.get(language, {}), SPELLED["en"]):
        if words in table:
            return Decimal(table[words])
    if words.isascii():
        return of_figures(words, language)
    return of_myriads(words)


def _times(number: Decimal, magnitude: str | None) -> Decimal:
    return number * MAGNITUDES[magnitude.casefold()] if magnitude else number


# --- the rules -------------------------------------------------------------------------------------------------------

_CLOCK = re.compile(
    r"(?P<hour>\d(?<![\w.,:]\d)\d?)(?:(?P<minute>[:.][0-5]\d)?\s?(?P<half>[ap]\.m\.|[ap]m(?!\w))|(?P<minutes>:[0-5]\d)(?![\d:]))",
    re.IGNORECASE,
)
# 밤 10시 30분 · 午後9時: not 10시간 (ten hours)
_EASTERN_CLOCK = re.compile(
    r"(?:(?P<late>오후|저녁|밤|午後|夜|下午|晚上)\s?|(?:오전|아침|새벽|낮|午前|朝|上午|早上)\s?)?(?P<hour>\d(?<![\w.,:]\d)\d?)\s?(?:시(?!간|즌|리)|時(?!間)|点(?=\d))"
    r"(?:\s?(?P<minute>[0-5]?\d)\s?[분分])?"
)
_EASTERN_PART = re.compile(r"(?P<of>\d(?<![\d.,]\d)\d?)\s?(?:분의|分の|分之)\s?(?P<part>\d{1,2})(?!\d)")
_PART = re.compile(r"(?P<part>\d(?<![\w.,/]\d)\d?)/(?P<of>[1-9]\d?)(?![\w/]|[.,]\d)")
_NATIVE = re.compile(
    rf"(?<![가-힣\d])(?P<number>{'|'.join(sorted(NATIVE_KOREAN, key=len, reverse=True))})\s?(?P<unit>{KOREAN_UNIT})"
    r"(?=[^가-힣]|간|만|의|이|가|을|를|은|는|에|도|씩|로|과|와|나|뿐|째|동안|였|이었|인|쯤|정도|짜리|이나|나|지만|입|이다|다|$)"
)
_DAYS = re.compile(rf"(?<![가-힣])(?P<number>{'|'.join(KOREAN_DAYS)})(?=[^가-힣]|간|만|이|을|은|의|동안|에|째|$)")
_SINO_MEMBERS = re.compile(
    rf"(?<![가-힣\d])(?P<number>{'|'.join(NATIVE_KOREAN)})\s(?P<unit>멤버|주인공|형제|자매|친구|아이|배우|사람)"
)
_ORDINAL_NUMBER = re.compile(
    r"제\s?(?P<number>\d{1,4})\s?(?P<unit>회|차|기|대|호)|第\s?(?P<han>\d{1,4})\s?(?P<counter>回|届|次)"
)
_CURRENCY_WORDS = "|".join(sorted((re.escape(name) for name in CURRENCIES if name.isalpha()), key=len, reverse=True))
_SUM_BEFORE = re.compile(
    rf"(?<!\w)(?P<sign>{CURRENCY_SIGN})\s?(?P<number>\d+(?:[.,]\d+)*){_MAGNITUDE_OF_SUM}?", re.IGNORECASE
)
_SUM_AFTER = re.compile(
    rf"(?P<number>{MYRIADS}|{FIGURES}|(?<![\w-])(?:{'|'.join(_ALL_SPELLED.values())})){_MAGNITUDE}?"
    rf"(?:\s?(?P<euro>[€$£₩¥])|(?:\s(?:de\s|US\s)?|(?<=[\d십백천만억조万億亿])|-)(?P<name>{_CURRENCY_WORDS})"
    r"(?![A-Za-z]|작|래|인|칙|본|형|고|활|年))",
    re.IGNORECASE,
)


_SIGNS = frozenset("$€£¥₩")
_WORDS_OF_MONEY = frozenset(name for name in CURRENCIES if name.isalpha() and name[0] < "\u0250")
_EASTERN_WORDS_OF_MONEY = tuple(name for name in CURRENCIES if name.isalpha() and name[0] >= "\u0250")


def amounts(text: Text) -> Iterator[Found]:
    has_sign = not _SIGNS.isdisjoint(text.words)
    if has_sign:
        for found in _SUM_BEFORE.finditer(text.words):
            number = of_figures(found["number"], text.language)
            if number is not None:
                yield Found(*found.span(), Quantity(_times(number, found["magnitude"]), currency_of(found["sign"])))
    has_eastern = (text.seen.hangul or text.seen.han) and any(name in text.words for name in _EASTERN_WORDS_OF_MONEY)
    if not (has_sign or has_eastern or text.seen.has_any(_WORDS_OF_MONEY)):
        return
    for found in _SUM_AFTER.finditer(text.words):
        number = _number_of(found["number"], text.language)
        if number is not None:
            name = currency_of(found["euro"] or found["name"])
            yield Found(*found.span(), Quantity(_times(number, found["magnitude"]), name))


def numbers(text: Text) -> Iterator[Found]:
    words, language, seen = text.words, text.language, text.seen
    is_eastern = seen.hangul or seen.han
    if is_eastern:
        for pattern in (_ORDINAL_NUMBER, _NATIVE, _SINO_MEMBERS, _DAYS):
            for found in pattern.finditer(words):
                yield Found(*found.span(), _korean(found))
    if seen.digits:
        yield from _times_and_parts(words, is_eastern=is_eastern)
    if language == "en":
        yield from _english(text)
    patterns = [*([_IN_MYRIADS] if is_eastern and seen.digits else []), *([_IN_FIGURES] if seen.digits else [])]
    if seen.has_any(_SPELLED_WORDS.get(language, frozenset())):
        patterns.append(_IN_WORDS[language])
    for pattern in patterns:
        for found in pattern.finditer(words):
            yield from _counted(found, words, language)


def _english(text: Text) -> Iterator[Found]:
    """Parts (“two thirds”), compounds (“twenty-minute”) and ordinals."""
    words, seen = text.words, text.seen
    if seen.has_any(_PART_WORDS):
        for found in _FRACTION.finditer(words):
            part = SPELLED["en"].get((found["part"] or "one").casefold(), 1)
            of = (found["of"] or found["single"]).casefold().rstrip("s")
            yield Found(*found.span(), Quantity(of_fraction(part, _PARTS[of])))
    if "-" in words and seen.has_any(_SPELLED_WORDS["en"]):
        for found in _COMPOUND.finditer(words):
            number = Decimal(SPELLED["en"][found["number"].casefold()])
            yield Found(*found.span(), Quantity(number, unit_of(found["unit"][1:])))
    yield from _ordinals(text)


def _times_and_parts(text: str, *, is_eastern: bool) -> Iterator[Found]:
    """Times of the day in minutes since midnight; “1/2”."""
    for found in _CLOCK.finditer(text):
        hour, half = int(found["hour"]), (found["half"] or "").casefold()
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        minute = int((found["minute"] or found["minutes"] or ":0")[1:])
        yield Found(*found.span(), Quantity(Decimal(60 * hour + minute), "time of day"))
    for found in _EASTERN_CLOCK.finditer(text) if is_eastern else ():
        hour = int(found["hour"]) + (12 if found["late"] and int(found["hour"]) < 12 else 0)
        yield Found(*found.span(), Quantity(Decimal(60 * hour + int(found["minute"] or 0)), "time of day"))
    for found in _EASTERN_PART.finditer(text) if is_eastern else ():
        yield Found(*found.span(), Quantity(of_fraction(int(found["part"]), int(found["of"]))))
    for found in _PART.finditer(text):
        yield Found(*found.span(), Quantity(of_fraction(int(found["part"]), int(found["of"]))))


def _counted(found: re.Match[str], text: str, language: str) -> Iterator[Found]:
    number = _number_of(found["number"], language)
    if number is None or (found["letter"] == "K" and number < _LEAST_THOUSANDS):
        return
    stop, unit = unit_after(text, found.end(), language, is_eastern=not text.isascii())
    if not _is_cut_off(text, stop):
        magnitude = found["magnitude"] or found["letter"]
        yield Found(found.start(), stop, Quantity(_times(number, magnitude), unit_of(unit)))


def _is_cut_off(text: str, stop: int) -> bool:
    """Figures that go on as a word: 4K, 3D, 1080p, 2x4; a score 3:2, a time 10:30 is one number."""
    return text[stop - 1].isdecimal() and stop < len(text) and text[stop].isascii() and text[stop].isalpha()


def _korean(found: re.Match[str]) -> Quantity:
    said: Mapping[str, str | None] = found.groupdict()
    word = said.get("number") or said.get("han") or ""
    if word in KOREAN_DAYS:
        return Quantity(Decimal(KOREAN_DAYS[word]), "day")
    if word.isdecimal():
        return Quantity(Decimal(word), "ordinal")
    return Quantity(Decimal(NATIVE_KOREAN[word]), "ordinal" if said["unit"] == "번째" else unit_of(said["unit"] or ""))


_LATER_ORDINALS = "|".join(word for word, number in ORDINALS.items() if number > 2)
# “A second” is a moment, “a third of it” a part; what stands behind an article or a possessive counts.
_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?:the|his|her|its|their|our|my|this|and|’s|'s|a)\s(?P<word>{_LATER_ORDINALS})(?!\w|-[a-z]|\sof\b|[\s-](?:most|\w+est)\b)"
    r"|(?:the|his|her|its|their|our|my)\s(?P<second>second)(?!\w|-[a-z]|\shalf|\sof\b|[\s-](?:most|\w+est|hand)\b)"
    r"|(?P<figures>\d{1,4})(?P<ending>st|nd|rd|th))(?!\w|-century)",
    re.IGNORECASE,
)


_ORDINAL_WORDS = frozenset(ORDINALS) - {"first"} | {"st", "nd", "rd", "th"}


def _ordinals(text: Text) -> Iterator[Found]:
    if not text.seen.has_any(_ORDINAL_WORDS):
        return
    for found in _ORDINAL.finditer(text.words):
        if found["figures"]:
            yield Found(*found.span(), Quantity(Decimal(found["figures"]), "ordinal"))
            continue
        group = "word" if found["word"] else "second"
        yield Found(*found.span(group), Quantity(Decimal(ORDINALS[found[group].casefold()]), "ordinal"))
