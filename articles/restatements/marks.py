"""On which facts each part rests, and which sentences still say what a fact said before it was changed.

A sentence rests on what the facts said when it came to its part. Where such a sentence of a fact is another one now, it
is marked until it is changed itself, the fact says again what it said, or a person has said that it is still right.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.conf import settings

from articles.claims import identity_of_words
from articles.claims.restating import Facts, Sentence, features_of_names, sentences_in
from articles.document import Card, Document
from articles.models import RestatementAct, Subject
from articles.restatements.acts import Acts
from articles.restatements.listing import Text, may_rest, texts_of
from articles.restatements.wordings import Wordings, changed_cards, texts_of_card

#: The places of the cards that said something else then, and what.
_Changed = tuple[tuple[int, tuple[str, str]], ...]
#: What is most alike in two sentences of a fact is enough to say that the one became the other.
_LEAST_ALIKE = 0.2
_MOST_WORDS = 600


_identity = lru_cache(maxsize=2000)(identity_of_words)


@dataclass(frozen=True, slots=True)
class Mark:
    """`sentence` of a part still says what fact `card` (a public id) said: `old`, in whose place stands `new` now; ""
    for none. `is_gone`: somebody said that the part rests on this fact, which is not in the article any more.
    """

    place: str
    field: str
    sentence: str
    card: str
    old: str
    new: str
    is_picture: bool = False
    is_gone: bool = False

    @property
    def key(self) -> str:
        """Another one when any of the sentences is another one."""
        sentences = map(_identity, (self.sentence, self.old, self.new))
        said = " ".join((self.place, self.card, *sentences))
        return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Resting:
    """On which facts a part rests, by their public ids: as `declared` by a person, or as the rule finds it."""

    cards: tuple[str, ...] = ()
    declared: RestatementAct | None = None


@dataclass(frozen=True)
class Restatements:
    """`settled` are marks of which somebody has said that the sentence is still right, with that act."""

    resting: Mapping[str, Resting] = field(default_factory=dict)
    marks: Sequence[Mark] = ()
    settled: Sequence[tuple[Mark, RestatementAct]] = ()

    @cached_property
    def by_place(self) -> Mapping[str, Sequence[Mark]]:
        found: dict[str, list[Mark]] = defaultdict(list)
        for mark in self.marks:
            found[mark.place].append(mark)
        return found


def restatements_of(value: Document, wordings: Wordings, acts: Acts, subject: Subject | None) -> Restatements:
    """In reading order. No query."""
    reading = _Reading(value, wordings, acts, subject)
    found = list(reading.marks())
    answers = [(mark, acts.still_right.get(mark.key)) for mark in found]
    marks = [mark for mark, act in answers if act is None]
    settled = [(mark, act) for mark, act in answers if act is not None]
    return Restatements(reading.resting(), marks, settled)


class _Reading:
    """One look at an article."""

    def __init__(self, value: Document, wordings: Wordings, acts: Acts, subject: Subject | None) -> None:
        self.value, self.wordings, self.acts = value, wordings, acts
        self.language = value.language or settings.LANGUAGE_CODE
        names = [subject.name, subject.original_name, *subject.other_names] if subject else []
        self.known = features_of_names(names)
        self.texts = texts_of(value)
        self.now = [self._said(texts_of_card(card)) for card in value.cards]
        self.changed: dict[dt.datetime, _Changed] = {}
        self.then: dict[_Changed, tuple[Facts, Sequence[Sequence[Sentence]]]] = {}

    def _said(self, texts: Sequence[str]) -> tuple[Sentence, ...]:
        return tuple(said for text in texts for said in sentences_in(text, self.language))

    def _declared(self, place: str) -> RestatementAct | None:
        return self.acts.resting.get(place)

    # --- on what each part rests --------------------------------------------------------------------------------------

    def resting(self) -> dict[str, Resting]:
        """Of each part of which people may say it."""
        facts = Facts(self.now, self.known)
        found: dict[str, set[int]] = defaultdict(set)
        for text in self.texts:
            if not text.is_picture and not self._declared(text.place):
                for said, beside in self._sentences(text):
                    found[text.place] |= {each.fact for each in facts.repeated_by(said, beside)}
        return {place: self._resting(place, found[place]) for place in may_rest(self.value)}

    def _resting(self, place: str, found: set[int]) -> Resting:
        act = self._declared(place)
        cards = [card.public_id for number, card in enumerate(self.value.cards) if number in found]
        return Resting(tuple(act.words_of_facts), act) if act else Resting(tuple(cards))

    def _sentences(self, text: Text) -> Iterator[tuple[Sentence, Sentence | None]]:
        """Each with what stands beside it: the question beside its answer."""
        beside = next(iter(sentences_in(text.question, self.language)), None)
        return ((said, beside) for said in sentences_in(text.words, self.language))

    # --- what still says what a fact said -----------------------------------------------------------------------------

    def marks(self) -> Iterator[Mark]:
        """Of each part and sentence of a fact one: that of the sentence which says most of it."""
        by_place: dict[str, list[Text]] = defaultdict(list)
        for text in self.texts:
            by_place[text.place].append(text)
        for place, texts in by_place.items():
            found = [each for text in texts for each in self._marks_of(text)]
            best: dict[tuple[str, str], Mark] = {}
            for _rank, mark in sorted(found, key=lambda each: each[0]):
                best.setdefault((mark.card, mark.old), mark)
            yield from best.values()
            yield from self._declared_marks(place, texts, {mark.card for mark in best.values()})

    def _marks_of(self, text: Text) -> Iterator[tuple[tuple[bool, float], Mark]]:
        """Each with its rank: answers before questions, and what says most first."""
        act = None if text.is_picture else self._declared(text.place)
        for said, beside in self._sentences(text):
            moment = self.wordings.since(text, said.words)
            facts, then = self._facts_at(max(moment, act.made_at) if act else moment)
            for each in facts.repeated_by(said, beside) if facts else ():
                card, old = self.value.cards[each.fact], then[each.fact][each.sentence]
                if act and card.public_id not in act.words_of_facts:
                    continue
                if mark := self._mark(text, said, card, old, before=then[each.fact], after=self.now[each.fact]):
                    yield (bool(text.answer), -each.worth), mark

    def _facts_at(self, moment: dt.datetime) -> tuple[Facts | None, Sequence[Sequence[Sentence]]]:
        """The facts as they were at a moment; None where they were as they are now."""
        if moment not in self.changed:
            self.changed[moment] = tuple(changed_cards(self.value.cards, self.wordings, moment))
        changed = self.changed[moment]
        if not changed:
            return None, ()
        if changed not in self.then:
            then = list(self.now)
            for number, texts in changed:
                then[number] = self._said(texts)
            self.then[changed] = Facts(then, self.known), then
        return self.then[changed]

    def _mark(
        self,
        text: Text,
        said: Sentence,
        card: Card,
        old: Sentence,
        *,
        before: Sequence[Sentence],
        after: Sequence[Sentence],
    ) -> Mark | None:
        """None where the fact still says it, or says by now what this sentence says and did not say before. It is the
        answer that says what a question asks.
        """
        if old.key in {each.key for each in after}:
            return None
        new = _successor(old, before, after)
        if new and _says_more(said, new, old):
            return None
        name, sentence = ("answer", self._first(text.answer)) if text.answer else (text.field, said.words)
        return Mark(text.place, name, sentence, card.public_id, old.words, new.words if new else "", text.is_picture)

    def _first(self, text: str) -> str:
        """Its first sentence."""
        said = next(iter(sentences_in(text, self.language)), None)
        return said.words if said else text.strip()[:_MOST_WORDS]

    def _declared_marks(self, place: str, texts: Sequence[Text], known: set[str]) -> Iterator[Mark]:
        """Of facts on which somebody has said that the part rests; not those in `known`, of which more is known."""
        own = [text for text in texts if not text.is_picture]
        act = self._declared(place)
        if act is None or not own:
            return
        numbers = {card.public_id: number for number, card in enumerate(self.value.cards)}
        name, sentence = own[-1].field, self._first(own[-1].words)
        for public_id, words in act.words_of_facts.items():
            if public_id not in numbers:
                heading, _newline, body = words.partition("\n")
                yield Mark(place, name, sentence, public_id, self._first(heading or body), "", is_gone=True)
            elif public_id not in known:
                before = self._declared_before(own, act, numbers[public_id], words)
                if change := _first_change(before, self.now[numbers[public_id]]):
                    yield Mark(place, name, sentence, public_id, *change)

    def _declared_before(self, own: Sequence[Text], act: RestatementAct, number: int, words: str) -> Sequence[Sentence]:
        """What the fact said when the part was written or declared to rest on it, whichever is later."""
        latest = max(self.wordings.since(text, text.words) for text in own)
        if latest <= act.made_at:
            return self._said(words.split("\n", 1))  # the heading is the first line
        then = self.wordings.of_card(self.value.cards[number].public_id, latest)
        return self._said(then) if then else self.now[number]


def _successor(old: Sentence, before: Sequence[Sentence], after: Sequence[Sentence]) -> Sentence | None:
    """The sentence that stands in the place of one that is gone: the new one that is most like it."""
    there = {each.key for each in before}
    new = [each for each in after if each.key not in there]
    best = max(new, key=lambda each: _similarity(old, each), default=None)
    if best is None or _similarity(old, best) >= _LEAST_ALIKE or len(new) == 1:
        return best
    place = [each.key for each in before].index(old.key)
    return after[place] if place < len(after) and after[place] in new else None


def _similarity(one: Sentence, other: Sentence) -> float:
    words, others = set(one.words.casefold().split()), set(other.words.casefold().split())
    return len(words & others) / max(len(words | others), 1)


def _says_more(said: Sentence, new: Sentence, old: Sentence) -> bool:
    """Whether the sentence has all in common with the new one that it had with the old one, and more."""
    return said.features.keys() & new.features.keys() > said.features.keys() & old.features.keys()


def _first_change(before: Sequence[Sentence], after: Sequence[Sentence]) -> tuple[str, str] | None:
    """The first sentence that is another one by now, and the one in its place; else the first that was added."""
    there, here = {each.key for each in before}, {each.key for each in after}
    for old in before:
        if old.key not in here:
            new = _successor(old, before, after)
            return old.words, new.words if new else ""
    added = next((each for each in after if each.key not in there), None)
    return ("", added.words) if added else None
