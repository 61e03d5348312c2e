"""Each digit, date, name and quoted word of the demo's live articles, changed one at a time: exactly that claim loses
its tick and publication is refused; changed back, all is as before.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from articles import proofs, readiness
from articles.claims import Kind
from articles.demo import stories
from articles.document import Document
from articles.models import Article, ClaimAct, ProofRequirement
from articles.proofs import ListedClaim
from tests import make
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

SAMPLE = 25
#: Shares of the changes of one article.
EXACT, REFUSED = 0.96, 0.85
DIGITS = frozenset({Kind.NUMBER, Kind.AMOUNT, Kind.DATE, Kind.PLACE, Kind.RANK})
WORDS = frozenset({Kind.NAME, Kind.TITLE, Kind.QUOTATION})
MONTHS = [calendar.month_name[number] for number in range(1, 13)]
LIVE = [story.document for story in stories.read_stories(dt.date(2026, 1, 1)) if story.state == "live"]


@dataclass(frozen=True)
class Mutation:
    place: str
    claim: ListedClaim
    value: Document


def texts(value: Document, place: str) -> dict[str, str]:
    return dict(proofs.texts_of(value)[place])


def put(value: Document, place: str, field: str, text: str) -> Document:
    kind, _colon, public_id = place.partition(":")
    if not public_id:
        return replace(value, **{field: text})
    name = "cards" if kind == "card" else "faqs"
    items = [replace(each, **{field: text}) if each.public_id == public_id else each for each in getattr(value, name)]
    return replace(value, **{name: tuple(items)})


def others(said: str, kind: Kind) -> Iterator[str]:
    """The words of a claim with one digit, month or word changed."""
    if kind in DIGITS:
        for found in re.finditer(r"\d", said):
            yield f"{said[: found.start()]}{(int(found[0]) + 1) % 10}{said[found.end() :]}"
        for month, other in zip(MONTHS, MONTHS[1:] + MONTHS[:1], strict=True):
            if month in said:
                yield said.replace(month, other, 1)
    if kind in WORDS:
        for found in re.finditer(r"[^\W\d_]{3,}", said):
            last = "z" if found[0].isascii() else "힣"
            yield f"{said[: found.end() - 1]}{last}{said[found.end() :]}"


def mutations(value: Document) -> Iterator[Mutation]:
    for place, claims in proofs.claims_of(value, None).items():
        for claim in claims:
            text = texts(value, place)[claim.field]
            said = text[claim.start : claim.stop]
            elsewhere = sum(each.count(said) for each in texts(value, place).values())
            if elsewhere > 1:
                continue  # what is said twice in a part is one claim: the other place still says it
            for new in others(said, claim.kind):
                changed = f"{text[: claim.start]}{new}{text[claim.stop :]}"
                yield Mutation(place, claim, put(value, place, claim.field, changed))


def proved(value: Document) -> Article:
    """An article in which somebody has ticked every claim."""
    ProofRequirement.objects.get_or_create(kind="drama", defaults={"level": "everything"})
    subject = make.subject()
    row = make.article(value=replace(value, subject=subject.slug, authors=(), cover="", tags=()))
    acts = [
        ClaimAct(
            place=place,
            article=None if ":" in place else row,
            kind="tick",
            identity=claim.identity,
            words=claim.words,
            times=claim.times,
            remark="Looked up.",
            made_by=row.owner,
        )
        for place, claims in proofs.claims_of(value, None).items()
        for claim in claims
    ]
    ClaimAct.objects.bulk_create(acts)
    return row


def settled(value: Document, acts: proofs.Acts, place: str) -> set[str]:
    states = proofs.states_of(value, acts, None, propose=False)[place]
    return {each.claim.identity for each in states if each.state.is_settled}


def times(value: Document, place: str) -> dict[str, int]:
    return {claim.identity: claim.times for claim in proofs.claims_of(value, None)[place]}


def try_mutations(value: Document, most: int) -> None:
    """A figure may be none any more, such as the 1981s: its tick falls, and no claim is left that could be refused.

    Where one becomes another of the same part, such as 2014 where 2015 is ticked too, that one falls as well: it is
    said once more than somebody has looked at.
    """
    row, found = proved(value), list(mutations(value))
    acts = proofs.acts_on(value, row.pk)
    assert readiness.unproved_claims(value, row) == []
    chosen, exact, refused = sampled(found, most, value.slug) if most else found, 0, 0
    for each in chosen:
        before, after = settled(value, acts, each.place), settled(each.value, acts, each.place)
        said = (each.claim.words, texts(each.value, each.place)[each.claim.field])
        assert each.claim.identity in before - after, said
        exact += before - after == {each.claim.identity}
        old = times(value, each.place)
        new = [one for one, often in times(each.value, each.place).items() if often > old.get(one, 0)]
        assert bool(readiness.unproved_claims(each.value, row)) is bool(new), said
        refused += bool(new)
    assert readiness.unproved_claims(value, row) == []
    assert exact >= EXACT * len(chosen)
    assert refused >= REFUSED * len(chosen)


@pytest.mark.slow
@pytest.mark.parametrize("value", [pytest.param(each, id=each.slug) for each in LIVE[:4]])
def test_a_changed_claim_loses_its_tick_and_no_other_does(value: Document):
    try_mutations(value, SAMPLE)


@pytest.mark.slow
@pytest.mark.parametrize("value", [pytest.param(each, id=each.slug) for each in LIVE])
def test_so_does_each_one_of_all_live_articles(value: Document):
    try_mutations(value, 0)
