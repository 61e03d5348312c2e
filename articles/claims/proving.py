"""Whether a claim stands in the excerpt of a source, by rule: offline, and the same every time.

What is found is a run of words of the excerpt that a person can look at, and what it proves: that the figure, the day,
the name or the words stand there, and no more. Where no rule finds it, a person may still see that it does.

Bounded: an excerpt has a few thousand signs and is read once for all claims.
"""

from __future__ import annotations

import enum
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from articles.claims import dates, measures, names, story, wording
from articles.claims.finding import RULES, spoken_in, take
from articles.claims.reading import SAME_SIZE, Seen, Text, plain
from articles.claims.shapes import Day, Found, Kind, Quantity, Rank, StoryPlace, Value, Words

#: Longer excerpts are not read: the gate lets none in.
LONGEST_EXCERPT = 5_000
_SPACES = re.compile(r"[^\S\n]+")
_FIRST_SIGN = re.compile(r"\S")


class Proves(enum.StrEnum):
    """What stands in the excerpt."""

    FIGURE = "figure"
    DATE = "date"
    NAME = "name"
    WORDS = "words"
    QUOTATION = "quotation"
    PLACE = "place"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Proof:
    """`words` are normalised(excerpt)[start:stop], in code points."""

    proves: Proves
    start: int
    stop: int
    words: str


def normalised(excerpt: str) -> str:
    """The excerpt that ranges count in: lines without white space around them, no empty ones, single spaces."""
    text = unicodedata.normalize("NFC", excerpt).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def digest(excerpt: str) -> str:
    """64 hexadecimal digits (SHA-256); "" for an excerpt without words."""
    text = normalised(excerpt)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest() if text else ""


def prove(
    kind: Kind, value: Value, excerpt: str, language: str = "en", known: Iterable[frozenset[str]] = ()
) -> Proof | None:
    """The first place of the excerpt in which the claim stands. `known` are sets of names that mean the same: a name
    out of one stands there when any other of it does.
    """
    text = normalised(excerpt)[:LONGEST_EXCERPT]
    if not _FIRST_SIGN.search(text):
        return None
    found = _words(kind, value, text, known) if isinstance(value, Words) else _value(value, text, language)
    return Proof(_PROVES[kind], *found, text[slice(*found)]) if found else None


def _value(value: Value, text: str, language: str) -> tuple[int, int] | None:
    said = (each for each in _values(text, language) if _states(each.value, value))
    return next(((each.start, each.stop) for each in said), None)


_PROVES: Mapping[Kind, Proves] = {
    Kind.NUMBER: Proves.FIGURE,
    Kind.AMOUNT: Proves.FIGURE,
    Kind.DATE: Proves.DATE,
    Kind.NAME: Proves.NAME,
    Kind.TITLE: Proves.NAME,
    Kind.QUOTATION: Proves.QUOTATION,
    Kind.PLACE: Proves.PLACE,
    Kind.RANK: Proves.RANK,
    Kind.SUPERLATIVE: Proves.WORDS,
    Kind.OTHER: Proves.WORDS,
}


def stands_in(words: str, excerpt: str) -> tuple[int, int] | None:
    """Where words of a person's choice stand in the normalised excerpt, or None."""
    return wording.find(_compact(normalised(excerpt)[:LONGEST_EXCERPT]), words)


def plain_words(source: str) -> str:
    """Markdown without its marks."""
    return plain(source).text


def locate(source: str, words: str) -> tuple[int, int] | None:
    """Where words stand in a Markdown text: source[start:stop], or None."""
    text = plain(source)
    found = wording.find(wording.Compact.of(text.text), words)
    return text.span_in_source(*found) if found else None


# --- figures, days, places, ranks -------------------------------------------------------------------------------------

#: What is read of an excerpt: quotations and titles take no figures away there, since all of it is quoted.
_READ = frozenset({dates.dates, story.places, story.ranks, measures.amounts, measures.numbers})


@lru_cache(maxsize=500)
def _values(text: str, language: str) -> tuple[Found, ...]:
    found: list[Found] = []
    same = text.translate(SAME_SIZE)
    for spoken in dict.fromkeys((spoken_in(text, language), "en")):
        seen, free = Seen(same), same
        mine: list[tuple[Kind, Found]] = []
        for rule in RULES:
            if rule.find in _READ:
                free = take(free, rule.kind, rule.find(Text(free, spoken, seen)), mine)
        found += [each for _kind, each in mine if each not in found]
    return tuple(sorted(found, key=lambda each: each.start))


def _states(said: Value, wanted: Value) -> bool:
    """Whether who says the one has said the other: more exact is enough, less is not."""
    match said, wanted:
        case Quantity(), Quantity():
            return said.number == wanted.number and _is_same_unit(said.unit, wanted.unit)
        case Day(), Day():
            return _is_within(said, wanted)
        case StoryPlace(), StoryPlace():
            return set(wanted.points) <= set(said.points)
        case Rank(), Rank():
            is_higher = wanted.is_among and said.number <= wanted.number
            return (said.number, said.is_among) == (wanted.number, wanted.is_among) or is_higher
    return said == wanted


def _is_same_unit(said: str, wanted: str) -> bool:
    """“26 different countries” are 26 countries; 26 people are not, and 26 alone says nothing of countries."""
    if said == wanted or not wanted:
        return True
    return bool(said) and said.split()[-1] == wanted.split()[-1]


def _is_within(said: Day, wanted: Day) -> bool:
    if wanted.is_decade:
        return said.year is not None and wanted.year is not None and 0 <= said.year - wanted.year < 10
    pairs = ((said.year, wanted.year), (said.month, wanted.month), (said.day, wanted.day))
    return not said.is_decade and all(asked is None or own == asked for own, asked in pairs)


# --- words ------------------------------------------------------------------------------------------------------------


def _words(kind: Kind, value: Words, text: str, known: Iterable[frozenset[str]]) -> tuple[int, int] | None:
    compact = _compact(text)
    if kind is Kind.QUOTATION:
        return wording.in_order(compact, value.words)
    for each in _alternatives(kind, value.words, known):
        if found := wording.find(compact, each):
            return found
    return wording.sounding_like(text, names.without_role(value.words)) if kind is Kind.NAME else None


_compact = lru_cache(maxsize=500)(wording.Compact.of)


def _alternatives(kind: Kind, words: str, known: Iterable[frozenset[str]]) -> Iterator[str]:
    yield words
    if kind in (Kind.NAME, Kind.TITLE):
        bare = names.without_role(words)
        if bare != words:
            yield bare
        for group in known:
            if words in group or bare in group:
                yield from sorted(group - {words, bare})
