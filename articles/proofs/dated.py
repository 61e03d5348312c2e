"""What is true only for a time: the sentences of each part that have a clock, and the days that people gave them.

A day is bound to its words as a tick is: it falls with them, and returns with them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from django.conf import settings

from articles.claims import ClockKind, claims_in, identity_of, identity_of_words, locate, timed_in
from articles.document import Document
from articles.models import Article, ClaimAct
from articles.proofs.listing import Texts, texts_of
from articles.proofs.states import Acts, acts_on

DATE = ClaimAct.Kind.DATE


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence with a clock, or a claim without one that a person has dated: text[start:stop] of the field.

    `said_as_of` is what its words say themselves, an ISO day, month or year; `act` the days of a person that hold.
    """

    words: str
    field: str
    start: int
    stop: int
    identity: str
    kinds: tuple[ClockKind, ...] = ()
    said_as_of: str = ""
    times: int = 1  # so often the part says it
    act: ClaimAct | None = None

    @property
    def as_of(self) -> str:
        """As of when it holds: what a person says comes before what the words say."""
        return self.act.as_of.isoformat() if self.act and self.act.as_of else self.said_as_of

    @property
    def again_on(self) -> dt.date | None:
        return self.act.again_on if self.act else None

    @property
    def has_day(self) -> bool:
        return bool(self.act or self.said_as_of)


def dated_of(value: Document, acts: Acts, places: Iterable[str] | None = None) -> dict[str, tuple[Dated, ...]]:
    """By place (of these alone, if some are named), each in reading order. Without a query; what was read of a text is
    remembered.
    """
    language, texts = value.language or settings.LANGUAGE_CODE, texts_of(value)
    wanted = texts if places is None else places
    return {place: dated_in(texts[place], language, acts.by_place.get(place, ())) for place in wanted}


def dated_in(texts: Texts, language: str, acts: Sequence[ClaimAct]) -> tuple[Dated, ...]:
    """Of one part; `acts` are those about it that were not taken back, the newest first."""
    found = {each.identity: each for each in _by_rule(texts, language)}
    for act in acts:
        if act.kind == DATE:
            said = found.get(act.identity) or _claimed(texts, language, act)
            if said and not said.act and said.times <= act.times:
                found[act.identity] = replace(said, act=act)
    fields = [name for name, _text in texts]
    return tuple(sorted(found.values(), key=lambda each: (fields.index(each.field), each.start)))


@lru_cache(maxsize=4000)
def _by_rule(texts: Texts, language: str) -> tuple[Dated, ...]:
    found: dict[str, Dated] = {}
    for name, text in texts:
        for each in timed_in(text, language):
            identity = identity_of_words(each.words)
            before = found.get(identity)
            as_of = each.as_of.iso if each.as_of else ""
            line = Dated(each.words, name, each.start, each.stop, identity, each.kinds, as_of)
            found[identity] = replace(before, times=before.times + 1) if before else line
    return tuple(found.values())


def _claimed(texts: Texts, language: str, act: ClaimAct) -> Dated | None:
    """The claim that the act is about; None where its words stand no more."""
    spans = list(_spans(texts, language, act))
    return Dated(act.words, *spans[0], act.identity, times=len(spans)) if spans else None


def _spans(texts: Texts, language: str, act: ClaimAct) -> Iterator[tuple[str, int, int]]:
    for name, text in texts:
        claims = [claim for claim in _claims(text, language) if identity_of(claim) == act.identity]
        yield from ((name, claim.start, claim.stop) for claim in claims)
        if not claims and identity_of_words(act.words) == act.identity and (span := locate(text, act.words)):
            yield (name, *span)  # which a person has marked


_claims = lru_cache(maxsize=1000)(claims_in)


def undated(value: Document, article: Article) -> Mapping[str, Sequence[Dated]]:
    """By place, what has a clock and no day at all. One query where something has, else none."""
    by_rule = dated_of(value, Acts())
    if all(each.has_day for of_part in by_rule.values() for each in of_part):
        return {}
    found = dated_of(value, acts_on(value, article.pk))
    lacking = {place: [each for each in of_part if not each.has_day] for place, of_part in found.items()}
    return {place: of_part for place, of_part in lacking.items() if of_part}
