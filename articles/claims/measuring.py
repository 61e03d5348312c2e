"""What is measured by a claim, so that two sentences about one subject can be held against each other.

A measure is a key: what is counted and what was done (“26 countries” in a chart), what happened on a day (released),
what the work is made from. It also has whatever narrows it down: names, seasons, ranks, years, other things in the
sentence. So it is rather missed that two sentences measure the same than said of two that do not. No measure has what
is a bound (“over 26”), a denial, a question, or belongs to somebody whom the sentence does not name.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from articles.claims import origins
from articles.claims.finding import claims_in
from articles.claims.measure_words import (
    BOUND_AFTER,
    BOUND_BEFORE,
    DEEDS,
    EASTERN_DEEDS,
    EASTERN_EVENTS,
    EMPTY,
    EVENTS,
    NO_STATEMENT,
    OWN_THINGS,
    PEOPLE,
    VAGUE_AFTER,
    VAGUE_BEFORE,
)
from articles.claims.numerals import SPELLED
from articles.claims.quoted import same_words
from articles.claims.reading import plain
from articles.claims.shapes import Claim, Day, Kind, Quantity
from articles.claims.surroundings import (
    OWN_NAME,
    clause_end,
    clause_of,
    clause_start,
    context,
    day_value,
    deed_of,
    events_in,
    is_own,
    stem,
)
from articles.claims.vocabulary import words_in
from articles.text.sentences import sentences

#: A key that is longer says so much that no other sentence will say the same.
LONGEST_MEASURE, LONGEST_VALUE = 100, 40
#: Sentences are shown and compared; one that is longer is a text without stops.
LONGEST_SENTENCE = 600

_HIDDEN = re.compile(r"\]\([^()\n]*\)|(?:https?://|www\.)\S+")
_DIGIT = re.compile(r"\d")
_SPELLED = frozenset(word.split()[-1].split("-")[0] for words in SPELLED.values() for word in words)
#: Of pairs of words the one that is rarer by itself.
_RARER = {"came out": "came", "number one": "number", "box office": "office", "running time": "running"}
_TELLING = frozenset(_RARER.get(words, words) for words in (*DEEDS, *EVENTS))
_TOTALS = frozenset(words_in("episodes chapters seasons episodios capítulos temporadas folgen staffeln"))
_EASTERN_TELLING = (*EASTERN_DEEDS, *EASTERN_EVENTS, "부작", "총")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_NO_UNIT = frozenset({"", "ordinal", "time of day"})
#: Of these one number says all: a work has so many.
_WHOLE = frozenset({"episode", "chapter", "season"})
_HAS_SO_MANY = re.compile(
    r"(?<!\w)(?:has|have|had|consists?\sof|comprises|total\sof|runs?\sfor|ran\sfor|told\sin|tiene|hat|umfasst)\s(?:\w+\s)?$|총\s?$",
    re.IGNORECASE,
)
_LEAST_ROUNDED = 1000
_LONGEST_BOUND = 24


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what the text is about: its names, and the kind of subject (“drama”, “film”, “person” …)."""

    names: frozenset[str] = frozenset()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """`words` are those of the claim; `sentence` is without marks."""

    measure: str
    value: str
    words: str
    sentence: str


def about(names: Iterable[str], kind: str) -> About:
    """Of “The Crown: The Reckoning” also “The Crown” and “Crown” are names."""
    found = set()
    for name in filter(None, (name.strip() for name in names)):
        for each in (name, name.partition(":")[0].strip()):
            found |= {each, each.removeprefix("The ")}
    return About(frozenset(name for name in found if len(name) > 1), kind)


@lru_cache(maxsize=4000)
def measured_in(source: str, language: str, subject: About) -> tuple[Measured, ...]:
    """What is measured in a Markdown text, in the order of its sentences."""
    found: list[Measured] = []
    if may_be_measured(source):
        lines = source.splitlines()
        for line in lines:  # most have nothing, and need not be taken apart
            if not line.startswith(">") and (len(lines) == 1 or may_be_measured(line)):
                for sentence in sentences(line):
                    found += _in_sentence(sentence, language, subject)
    return tuple(found)


def _in_sentence(source: str, language: str, subject: About) -> Iterator[Measured]:
    source = " ".join(source.split())
    may_count = _may_measure(source)
    if len(source) > LONGEST_SENTENCE or not (may_count or origins.HINT.search(source)):
        return
    shown = " ".join(plain(source).text.split())
    if shown.rstrip("\"'”’ ").endswith(("?", "？")):
        return
    named = _with_own_names(source, subject)
    values: dict[str, set[str]] = defaultdict(set)
    words: dict[str, str] = {}
    for measure, value, claim in [
        *_origin(named, subject),
        *(_counted(source, named, language, subject) if may_count else ()),
    ]:
        values[measure].add(value)
        words.setdefault(measure, claim)
    for measure, found in values.items():
        if len(found) == 1 and len(measure) <= LONGEST_MEASURE:  # of two values the sentence says the difference itself
            (value,) = found
            if len(value) <= LONGEST_VALUE:
                yield Measured(measure, value, words[measure], shown)


def may_be_measured(source: str) -> bool:
    """False for most texts, quickly: they need not be taken apart."""
    return _may_measure(source) or origins.HINT.search(source) is not None


def _may_measure(text: str) -> bool:
    """Whether there is a number, and a word for what it may measure."""
    words = _PLAIN_WORD.findall(text.casefold())
    has_number = _DIGIT.search(text) is not None or not _SPELLED.isdisjoint(words)
    if not has_number or not (_TELLING.isdisjoint(words) and _TOTALS.isdisjoint(words)):
        return has_number
    if text.isascii():
        return False
    spaced = " ".join(text.split())
    return any(word in spaced for word in _EASTERN_TELLING)


def _with_own_names(source: str, subject: About) -> str:
    """As long as it was; names of the subject are signs that stand for it, and addresses are gone."""
    text = _HIDDEN.sub(lambda found: " " * len(found[0]), source).replace("*", " ").replace(OWN_NAME, " ")
    for name in sorted(subject.names, key=len, reverse=True):
        if name in text:
            pattern = rf"(?<!\w){re.escape(name)}(?![^\W가-힣])"
            text = re.sub(pattern, lambda found: OWN_NAME + " " * (len(found[0]) - 1), text)
    return text


def _origin(named: str, subject: About) -> Iterator[tuple[str, str, str]]:
    """People are made from nothing; and “the original webtoon” is no origin of a webtoon, but the work itself."""
    if subject.kind in PEOPLE:
        return
    text = " ".join(named.split()).replace(f"{OWN_NAME} ’", f"{OWN_NAME}’").replace(f"{OWN_NAME} '", f"{OWN_NAME}'")
    for found in origins.origins(text):
        clause = text[clause_start((), text, found.start) : found.stop]
        if found.kind not in OWN_THINGS.get(subject.kind, ()) and not NO_STATEMENT.search(clause):
            yield origins.ORIGIN, found.kind, text[found.named : found.stop]


# --- numbers and days -------------------------------------------------------------------------------------------------


def _counted(source: str, named: str, language: str, subject: About) -> Iterator[tuple[str, str, str]]:
    claims = claims_in(source, language)
    for claim in claims:
        if is_own(named[claim.start : claim.stop]):
            continue
        if isinstance(claim.value, Quantity) and claim.kind in (Kind.NUMBER, Kind.AMOUNT):
            measure = _of_quantity(claim, claim.value, claims, named, subject)
            value = format(claim.value.number.normalize(), "f")
        elif isinstance(claim.value, Day) and not claim.value.is_decade:
            measure, value = _of_day(claim, claims, named, subject), day_value(claim.value)
        else:
            continue
        if measure:
            yield measure, value, claim.words


def _of_quantity(claim: Claim, value: Quantity, claims: tuple[Claim, ...], named: str, subject: About) -> str:
    before, after = named[max(0, claim.start - _LONGEST_BOUND) : claim.start], named[claim.stop :]
    if value.unit in _NO_UNIT or VAGUE_BEFORE.search(before) or VAGUE_AFTER.match(after):
        return ""
    start, stop = clause_of(claim, claims, named)
    narrowed = context(claim, claims, named, subject.kind, clause=named[start:stop], with_days=True)
    if narrowed is None or NO_STATEMENT.search(named, start, stop):
        return ""
    unit, rest = _unit(value.unit)
    deed = deed_of(named, start, stop, claim)
    if unit in _WHOLE and _HAS_SO_MANY.search(named, start, claim.start):
        deed = "total"
    return " ".join([f"{claim.kind}:{unit}", deed, *sorted(rest), *narrowed]) if deed else ""


def _unit(unit: str) -> tuple[str, list[str]]:
    """“different country” is country; “shooting day” is a day of shooting."""
    *rest, last = unit.split()
    return last, [stem(word) for word in rest if word not in EMPTY]


def _of_day(claim: Claim, claims: tuple[Claim, ...], named: str, subject: About) -> str:
    before, after = named[max(0, claim.start - _LONGEST_BOUND) : claim.start], named[claim.stop :]
    if BOUND_BEFORE.search(before) or BOUND_AFTER.match(after):
        return ""
    start, stop = clause_of(claim, claims, named)
    happened = sorted(events_in(named[start:stop]))
    if not happened and len(named[start : claim.start].split()) <= 1:  # “On January 24, 2025, it was released”
        stop = clause_end(claims, named, stop + 1)
        happened = sorted(events_in(named[start:stop]))
    narrowed = context(claim, claims, named, subject.kind, clause=named[start:stop], with_days=False)
    if not happened or narrowed is None or NO_STATEMENT.search(named, start, stop):
        return ""
    return " ".join([f"{Kind.DATE}:{'+'.join(happened)}", *narrowed])


# --- holding two against each other -----------------------------------------------------------------------------------


def contradict(measure: str, one: str, other: str) -> bool:
    """Whether two values of one measure cannot both be true: a month is no contradiction to a day in it, nor a number
    to what it is rounded to.
    """
    if one == other:
        return False
    kind = measure.partition(":")[0]
    if kind == origins.ORIGIN:
        return origins.contradict(one, other)
    if kind == Kind.DATE:
        pairs = zip(one.split("-"), other.split("-"), strict=True)
        return any(first != second for first, second in pairs if "?" not in (first, second))
    return not _is_rounded(Decimal(one), Decimal(other))


def _is_rounded(one: Decimal, other: Decimal) -> bool:
    small, large = sorted((one, other), key=lambda number: len(number.normalize().as_tuple().digits))
    if min(small, large) < _LEAST_ROUNDED:
        return False
    exponent = small.normalize().as_tuple().exponent
    return large.quantize(Decimal((0, (1,), int(exponent)))) == small


def digest(sentence: str) -> str:
    """Of a sentence without regard to white space, quotation marks, upper case and the stop at its end."""
    return hashlib.sha256(same_words(sentence).words.encode("utf-8", "surrogatepass")).hexdigest()[:32]
