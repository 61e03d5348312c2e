"""What stands around a claim in its sentence: its clause, what was done there, and what narrows the measure down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from articles.claims.measure_words import (
    DEEDS,
    EASTERN_DEEDS,
    EASTERN_EVENTS,
    EVENTS,
    OWN_THINGS,
    PEOPLE,
    PLATFORMS,
    SOMEBODY,
    SPANS,
    THINGS,
)
from articles.claims.quoted import same_words
from articles.claims.shapes import Claim, Day, Kind, Rank, StoryPlace
from articles.claims.units import IRREGULAR
from articles.claims.vocabulary import BEGINNINGS, NO_NAME

#: A subject’s own name in a sentence: that it is named makes no other measure.
OWN_NAME = "\u0001"
_CLAUSE_END = re.compile(
    r"[,;:–—()、，]|\s(?=(?:and|but|while|whereas|although|though|because|which|when|where|before|after)\s)|지만\s|으며\s|하고\s"
)
_CAPITAL = re.compile(r"(?<![\w’'-])[A-ZÀ-ÖØ-Þ][\w’'-]*")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EMPHASISED_RANK = re.compile(r"^top (\d+)$")


def clause_of(claim: Claim, claims: tuple[Claim, ...], named: str) -> tuple[int, int]:
    """Signs within a claim (“January 24, 2025”, a title with a colon) end nothing."""
    return clause_start(claims, named, claim.start), clause_end(claims, named, claim.stop)


def clause_start(claims: tuple[Claim, ...], named: str, before: int) -> int:
    start = 0
    for found in _CLAUSE_END.finditer(named, 0, before):
        if not _is_within(claims, found.start()):
            start = found.end()
    return start


def clause_end(claims: tuple[Claim, ...], named: str, at: int) -> int:
    ends = (found.start() for found in _CLAUSE_END.finditer(named, min(at, len(named))))
    return next((end for end in ends if not _is_within(claims, end)), len(named))


def _is_within(claims: tuple[Claim, ...], at: int) -> bool:
    return any(claim.start <= at < claim.stop for claim in claims)


def context(
    claim: Claim, claims: tuple[Claim, ...], named: str, kind: str, *, clause: str, with_days: bool
) -> list[str] | None:
    """What narrows the measure down; None where nobody can tell whose it is."""
    found: set[str] = set()
    for other in claims:
        if other is not claim:
            found |= set(_narrowing(other, named, with_days=with_days))
    found |= _names(named, claims)
    if not found and kind not in PEOPLE and SOMEBODY.search(named):
        return None
    words = {stem(word) for word in map(str.casefold, _WORD.findall(clause))}
    found |= (words & THINGS) - OWN_THINGS.get(kind, frozenset())
    found |= {" ".join(each[0].casefold().split()) for each in SPANS.finditer(named)}
    return sorted(found)


def _narrowing(other: Claim, named: str, *, with_days: bool) -> Iterator[str]:
    if isinstance(other.value, StoryPlace):
        yield "+".join(f"{what}{number}" for what, number in other.value.points)
    elif isinstance(other.value, Rank):
        yield f"{'top' if other.value.is_among else 'no'}{other.value.number}"
    elif isinstance(other.value, Day) and with_days:
        yield day_value(other.value)
    elif other.kind in (Kind.NAME, Kind.TITLE) and not is_own(named[other.start : other.stop]):
        yield _EMPHASISED_RANK.sub(r"top\1", same_words(other.words).words)


def is_own(words: str) -> bool:
    """Whether a name is that of the subject, or a part of it."""
    return OWN_NAME in words or not words.strip()


def _names(named: str, claims: tuple[Claim, ...]) -> set[str]:
    """Words with a capital that no claim has: a place, a person by one name, another work."""
    found = set()
    for word in _CAPITAL.finditer(named):
        bare = word[0].removesuffix("’s").removesuffix("'s")
        is_first = not named[: word.start()].strip(" \"'“‘(#-\u0001")
        is_plain = bare in PLATFORMS or bare in NO_NAME or bare in BEGINNINGS or "-" in bare[:2]
        if not (is_plain or is_first or _is_within(claims, word.start())):
            found.add(bare.casefold())
    return found


def _said(words: Mapping[str, str], eastern: Mapping[str, str], text: str) -> Iterator[tuple[int, str]]:
    """Each word of a table that the text has: its middle, and what it means."""
    before = ""
    for found in _WORD.finditer(text):
        word = found[0].casefold()
        if name := words.get(word) or words.get(f"{before} {word}"):
            yield (found.start() + found.end()) // 2, name
        before = word
    if not text.isascii():
        yield from ((text.find(word), name) for word, name in eastern.items() if word in text)


def deed_of(named: str, start: int, stop: int, claim: Claim) -> str:
    """Of what was done in this clause, what is said closest to the claim; "" for nothing."""
    middle = (claim.start + claim.stop) // 2 - start
    found = [(abs(at - middle), name) for at, name in _said(DEEDS, EASTERN_DEEDS, named[start:stop])]
    return min(found)[1] if found else ""


def events_in(text: str) -> set[str]:
    return {name for _at, name in _said(EVENTS, EASTERN_EVENTS, text)}


def stem(word: str) -> str:
    """Singular and present tense, nearly: the same for all forms of a regular word."""
    if word in IRREGULAR or len(word) < 4:
        return IRREGULAR.get(word, word)
    for ending, instead in (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:
            return f"{word[: -len(ending)]}{instead}"
    return word


def day_value(day: Day) -> str:
    year, month, of_month = day.year, day.month, day.day
    return f"{year or '?'}-{month or '?'}-{of_month or '?'}"
