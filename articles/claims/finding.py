"""The table of rules, and the claims of a text by it.

The order is what counts where two rules find the same words: a number within a title belongs to the title.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articles.claims import dates, korean_names, measures, names, quoted, story, superlatives
from articles.claims.reading import GAP, Plain, Seen, Text, plain
from articles.claims.shapes import Claim, Found, Kind

_OfMarkdown = Callable[[Plain], Iterator[Found]]
_OfText = Callable[[Text], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """`find` gets the text without what earlier rules took."""

    kind: Kind
    find: _OfText


#: These look at marks, and are asked first: what is quoted is one claim, whatever it holds.
OF_MARKS: tuple[tuple[Kind, _OfMarkdown], ...] = (
    # A quotation is right when it stands in its source word for word (SPJ Code of Ethics, “seek truth”).
    (Kind.QUOTATION, quoted.quotations),
    # Titles are set in italics (Chicago Manual of Style 8.163), in 『』《》〈〉 or in Korean in single marks.
    (Kind.TITLE, quoted.titles),
)
RULES: tuple[Rule, ...] = (
    # Days, months and years before numbers: 2019 alone is a year. Notations of CLDR for the six languages, ISO 8601.
    Rule(Kind.DATE, dates.dates),
    # Where in the story something happens can be looked up in it; it is what spoiler points are made of, too.
    Rule(Kind.PLACE, story.places),
    # Places in charts change by the week: the number is nothing without the list.
    Rule(Kind.RANK, story.ranks),
    # “Single’s Inferno 4”: before numbers, whose figure it would lose.
    Rule(Kind.TITLE, names.numbered_titles),
    Rule(Kind.TITLE, names.titles_with_colon),
    # Money, with its currency (ISO 4217).
    Rule(Kind.AMOUNT, measures.amounts),
    # All other figures, and numbers in words from two on, with what they count.
    Rule(Kind.NUMBER, measures.numbers),
    # Names with their roles; before superlatives, for “Best Director” is the name of a prize.
    Rule(Kind.NAME, korean_names.names),
    Rule(Kind.NAME, names.names),
    # One other example proves these wrong.
    Rule(Kind.SUPERLATIVE, superlatives.superlatives),
)

_HANGUL = re.compile(r"[가-힣]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_HAN = re.compile(r"[\u3400-\u9fff]")
#: A share of the signs from which on a text is in the language of their script: figures and Latin names stand between.
_ENOUGH = 0.2


def claims_in(source: str, language: str = "en") -> tuple[Claim, ...]:
    """The claims of a Markdown text in the order in which they stand; none overlaps another.

    `language` is a BCP 47 tag; it decides among languages of Latin script, others are known by their signs.
    """
    language = spoken_in(source, language)
    text = plain(source)
    seen, free = Seen(text.text), text.text
    found: list[tuple[Kind, Found]] = []
    for kind, find_marks in OF_MARKS:
        free = take(free, kind, find_marks(text), found)
    for rule in RULES:
        free = take(free, rule.kind, rule.find(Text(free, language, seen)), found)
    found.sort(key=lambda each: each[1].start)
    return tuple(
        Claim(kind, *text.span_in_source(each.start, each.stop), text.text[each.start : each.stop], each.value)
        for kind, each in found
    )


def take(free: str, kind: Kind, candidates: Iterable[Found], found: list[tuple[Kind, Found]]) -> str:
    """Adds what stands in words that are free yet, the earlier candidate first; gives what is free now."""
    candidates = list(candidates)
    if not candidates:  # which is the rule
        return free
    taken = bytearray(len(free))
    spans = []
    for each in candidates:
        is_free = taken.find(1, each.start, each.stop) < 0 and free.find(GAP, each.start, each.stop) < 0
        if each.start < each.stop and is_free:
            taken[each.start : each.stop] = b"\1" * (each.stop - each.start)
            found.append((kind, each))
            spans.append((each.start, each.stop))
    parts, at = [], 0
    for start, stop in sorted(spans):
        parts += [free[at:start], GAP * (stop - start)]
        at = stop
    return "".join([*parts, free[at:]])


def spoken_in(source: str, language: str) -> str:
    """The primary subtag of the language that a text is read in."""
    stated = language.split("-")[0].casefold() or "en"
    if not source.isascii():
        letters = sum(map(str.isalpha, source))
        if len(_HANGUL.findall(source)) > letters * _ENOUGH:
            return "ko"
        if len(_KANA.findall(source)) > letters * _ENOUGH:
            return "ja"
        if len(_HAN.findall(source)) > letters * _ENOUGH:  # which Japanese has too
            return "ja" if stated == "ja" else "zh"
    return stated
