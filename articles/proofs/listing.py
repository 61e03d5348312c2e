"""The claims of each part of a Document, and the excerpts that may prove them.

Without a query; what was computed of a part is remembered, for of many parts one is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from django.conf import settings

from articles.claims import Kind, Value, claims_in, digest, identity_of, identity_of_words, locate, words_value
from articles.document import Document, Source
from articles.models import Subject

#: A part without sources of its own (the introduction, a question) may be proved by those of the facts: so many.
MOST_EXCERPTS = 60

Texts = tuple[tuple[str, str], ...]
#: What a person has marked: its words, and the identities that it takes the place of.
Marked = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim at its first place in a part: text[start:stop] of the field as it is stored, in code points."""

    kind: Kind
    words: str
    field: str
    start: int
    stop: int
    identity: str
    value: Value
    times: int = 1  # so often the part says it


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source that has words, with their digest. `place` is the part that names it."""

    source: Source
    digest: str
    place: str


def texts_of(value: Document) -> dict[str, Texts]:
    """The texts of each part that readers see and that state something, by its place, in reading order."""
    found: dict[str, Texts] = {"introduction": (("introduction", value.introduction),)}
    found |= {f"card:{card.public_id}": (("heading", card.heading), ("body", card.body)) for card in value.cards}
    found["conclusion"] = (("conclusion_heading", value.conclusion_heading), ("conclusion", value.conclusion))
    found |= {f"faq:{faq.public_id}": (("question", faq.question), ("answer", faq.answer)) for faq in value.faqs}
    return {place: tuple(pair for pair in texts if pair[1]) for place, texts in found.items()}


def places_of(value: Document) -> list[str]:
    return list(texts_of(value))


def claims_of(
    value: Document, subject: Subject | None, marked: Mapping[str, Marked] | None = None
) -> dict[str, tuple[ListedClaim, ...]]:
    """The claims of each part by its place; what is said twice in a part is one.

    The name of the article's subject is none: nobody has to look it up. `marked` by place is what people have marked.
    """
    language = value.language or settings.LANGUAGE_CODE
    known = frozenset().union(*known_names(subject))
    marked = marked or {}
    return {place: _listed(texts, language, known, marked.get(place, ())) for place, texts in texts_of(value).items()}


def known_names(subject: Subject | None) -> tuple[frozenset[str], ...]:
    """The names of the subject in small letters, which mean the same; of “Crown: The Reckoning” also “Crown”."""
    if subject is None:
        return ()
    names = [subject.name, subject.original_name, *subject.other_names]
    found = frozenset(part.casefold().strip() for name in names for part in (name, name.partition(":")[0]) if part)
    return (found,) if found else ()


@lru_cache(maxsize=4000)
def _listed(texts: Texts, language: str, known: frozenset[str], marked: Marked) -> tuple[ListedClaim, ...]:
    found: dict[str, ListedClaim] = {}
    for name, text in texts:
        for claim in claims_in(text, language):
            is_known = claim.kind in (Kind.NAME, Kind.TITLE) and claim.words.casefold() in known
            if not is_known:
                identity = identity_of(claim)
                line = ListedClaim(claim.kind, claim.words, name, claim.start, claim.stop, identity, claim.value)
                before = found.get(identity)
                found[identity] = replace(before, times=before.times + 1) if before else line
    for words, members in marked:
        if marked_line := _marked(texts, words):
            found = {identity: each for identity, each in found.items() if identity not in members}
            found.setdefault(marked_line.identity, marked_line)
    fields = [name for name, _text in texts]
    return tuple(sorted(found.values(), key=lambda line: (fields.index(line.field), line.start)))


def _marked(texts: Texts, words: str) -> ListedClaim | None:
    """Where words that a person marked stand now; None where they stand no more."""
    for name, text in texts:
        if span := locate(text, words):
            return ListedClaim(Kind.OTHER, words, name, *span, identity_of_words(words), words_value(words))
    return None


def excerpts_of(value: Document) -> dict[str, Sequence[Excerpt]]:
    """By place: a fact is proved by its own sources alone; a part that has none, by those of all facts, which it
    restates.
    """
    own = {f"card:{card.public_id}": tuple(_excerpts(card.sources, card.public_id)) for card in value.cards}
    everything = tuple(islice((each for excerpts in own.values() for each in excerpts), MOST_EXCERPTS))
    return {place: own.get(place, everything) for place in places_of(value)}


def _excerpts(sources: Sequence[Source], public_id: str) -> Iterator[Excerpt]:
    for source in sources:
        if found := _digest(source.excerpt):
            yield Excerpt(source, found, f"card:{public_id}")


_digest = lru_cache(maxsize=4000)(digest)
