"""Which sentences of the facts another sentence of the article says again, by rule: offline, and the same every time.

Two sentences say the same when they share a figure, a day, a quotation or a place in the story, or enough words, that
few facts of the article have. What all of them have (the names of the subject, the common words of the language) says
nothing. So it is rather missed that a sentence repeats a fact than said of one that does not.

Bounded: of a text so many sentences are read, of a sentence so many words, and only words of few facts are looked up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from articles.claims.finding import claims_in
from articles.claims.identity import identity_of, identity_of_words
from articles.claims.proving import plain_words
from articles.claims.restating_words import ENDINGS, GENERIC, IDLE, PARTICLES
from articles.claims.shapes import Claim, Day, Kind, Quantity, StoryPlace
from articles.text import tokens
from articles.text.sentences import sentences

#: A text is read so far; a sentence that is longer is a text without stops.
MOST_SENTENCES, LONGEST_SENTENCE = 200, 600
#: Texts of usual length are remembered: all but one are the same at the next look.
_LONGEST_KEPT = 4000
#: A thing is looked for in so many sentences.
_MOST_PLACES = 20
#: A sentence repeats at most so many sentences of the facts: those with which it shares most.
MOST_REPEATED = 5

#: What two sentences have to share, and what that is worth which only one fact has.
_ENOUGH, _FIGURE, _WORD, _GENERIC = 2.0, 2.0, 1.0, 0.5
#: Where several sentences of a fact share enough together, the one that shares most shares so much.
_LEAST_OF_A_SENTENCE = 1.0
#: The share of what a long sentence states: two words of forty are chance.
_LEAST_SHARE = 0.2
#: By how many facts have it: what more have says nothing.
_BY_FACTS = {1: 1.0, 2: 0.5}
#: Numbers as large as this, and those with a fraction, are hardly the same by chance; those up to the other one are.
_TELLING_NUMBER, _SMALL_NUMBER = 1000, 3
_HANGUL = re.compile(rf"[{tokens.HANGUL}]")
_ENDING = re.compile(r"(?<=\w{3})(?:ings?|ed|es|s|ly)$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Its words without marks, and what it states: each thing with its worth where only one fact has it. White space,
    quotation marks, emoji, upper case and the stop at its end do not change the `key`.
    """

    words: str
    key: str
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Repeated:
    """That a sentence says again what sentence number `sentence` of fact number `fact` says (both from 0 on), and how
    much of it.
    """

    fact: int
    sentence: int
    worth: float


class Facts:
    """The sentences of the facts of an article, to be asked what of them another sentence repeats."""

    def __init__(self, facts: Sequence[Sequence[Sentence]], known: frozenset[str] = frozenset()) -> None:
        """`known` are things that say nothing here: see `features_of_names`."""
        self.facts = facts
        counted = Counter(each for fact in facts for each in {name for said in fact for name in said.features})
        self._places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._worth = {
            name: _BY_FACTS[count] for name, count in counted.items() if count in _BY_FACTS and name not in known
        }
        for number, fact in enumerate(facts):
            for place, said in enumerate(fact):
                for name in said.features.keys() & self._worth.keys():
                    if len(self._places[name]) < _MOST_PLACES:
                        self._places[name].append((number, place))

    def repeated_by(self, said: Sentence, beside: Sentence | None = None) -> list[Repeated]:
        """What this sentence repeats, the most first: of a fact the sentences that say as much, or the one that says
        most. What several sentences of a fact share with it counts together, and so does what a sentence `beside` it
        shares, as the question does beside its answer.
        """
        shared = self._shared(said)
        enough = set(self._facts_with_enough(said, beside))
        found: dict[int, list[Repeated]] = defaultdict(list)
        for (fact, place), worth in shared.items():
            if fact in enough and worth >= _LEAST_OF_A_SENTENCE:
                found[fact].append(Repeated(fact, place, worth))
        chosen = [each for of_fact in found.values() for each in _most_telling(of_fact)]
        return sorted(chosen, key=_by_worth)[:MOST_REPEATED]

    def _shared(self, said: Sentence) -> dict[tuple[int, int], float]:
        """What each sentence of a fact shares with this one."""
        shared: dict[tuple[int, int], float] = defaultdict(float)
        for name, worth in said.features.items():
            for place in self._places.get(name, ()):
                shared[place] += worth * self._worth[name]
        return shared

    def _facts_with_enough(self, said: Sentence, beside: Sentence | None) -> Iterator[int]:
        features = {**(beside.features if beside else {}), **said.features}
        of_facts: dict[int, float] = defaultdict(float)
        for name, worth in features.items():
            for fact in {fact for fact, _place in self._places.get(name, ())}:
                of_facts[fact] += worth * self._worth[name]
        least = max(_ENOUGH, _LEAST_SHARE * sum(said.features.values()))
        return (fact for fact, worth in of_facts.items() if worth >= least)


def _most_telling(of_fact: Sequence[Repeated]) -> list[Repeated]:
    telling = [each for each in of_fact if each.worth >= _ENOUGH]
    return telling or sorted(of_fact, key=_by_worth)[:1]


def _by_worth(each: Repeated) -> tuple[float, int, int]:
    return -each.worth, each.fact, each.sentence


def features_of_names(names: Iterable[str]) -> frozenset[str]:
    """What the names of the subject consist of."""
    return frozenset(name for words in names for name in _words_of(words))


def sentences_in(text: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of a Markdown text that state something, as far as it is read."""
    if not text:
        return ()
    return _remembered(text, language) if len(text) <= _LONGEST_KEPT else _sentences_in(text, language)


def _sentences_in(text: str, language: str) -> tuple[Sentence, ...]:
    found = []
    for sentence in sentences(plain_words(text))[:MOST_SENTENCES]:
        words = " ".join(sentence.split())[:LONGEST_SENTENCE]
        if features := dict(_features(words, language)):
            found.append(Sentence(words, identity_of_words(words), features))
    return tuple(found)


_remembered = lru_cache(maxsize=2000)(_sentences_in)


def _features(words: str, language: str) -> Iterator[tuple[str, float]]:
    yield from _words_of(words).items()
    for claim in claims_in(words, language):
        yield from _stated(claim)


def _stated(claim: Claim) -> Iterator[tuple[str, float]]:
    match claim.value:
        case Quantity(number=number, unit=unit):
            yield f"number {number.normalize():f}", _worth_of_number(number)
            if unit:
                yield identity_of(claim), _WORD
        case Day(year=year, month=month):
            if year:
                yield f"year {year}", _GENERIC
            if month:
                yield identity_of(claim), _FIGURE - _GENERIC
        case StoryPlace():
            yield identity_of(claim), _FIGURE
        case _ if claim.kind is not Kind.NAME:
            yield identity_of(claim), _WORD


def _worth_of_number(number: Decimal) -> float:
    if number >= _TELLING_NUMBER or number != number.to_integral_value():
        return _FIGURE
    return _WORD if number > _SMALL_NUMBER else _GENERIC


def _words_of(words: str) -> dict[str, float]:
    """The words of a sentence by their stems, with what each is worth. Figures are read as such."""
    found: dict[str, float] = {}
    for piece in tokens.pieces(tokens.normalised(words)):
        for stem in _stems(piece):
            found[stem] = _GENERIC if stem in GENERIC else _WORD
    return found


def _stems(piece: str) -> Iterator[str]:
    if piece.isdecimal() or piece in IDLE:
        return
    if not tokens.is_cjk(piece):
        stem = _ENDING.sub("", piece)
        if len(stem) > 2 and stem not in IDLE:
            yield piece if piece in GENERIC else stem
    elif _HANGUL.match(piece):
        stem = PARTICLES.sub("", piece)[:2]
        if stem not in ENDINGS:
            yield stem
    else:
        yield from tokens.of_piece(piece)
