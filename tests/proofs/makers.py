"""An article with claims and the words that prove them, and short ways to ask how far each is proved."""

from __future__ import annotations

from typing import Any

from articles import drafts, proofs
from articles.document import Source, SourceKind
from articles.models import Article
from articles.proofs import ClaimState
from tests import make

BODY = "It ran in **26** countries from March 8, 2024. “Nobody slept that night,” says Ko Min-jae. It is the longest."
EXCERPT = "The list: 26 countries. It began on 8 March 2024.\nKo Min-jae told us that nobody slept that night."
SOURCE = Source(title="The log", url="https://example.org/log", kind=SourceKind.INTERVIEW, excerpt=EXCERPT)


def article(**fields: Any) -> Article:
    body = {"cards": (make.card(heading="Lamps", body=BODY, sources=(SOURCE,)),), "faqs": 0} | fields
    return make.article(**{"introduction": "It has 3 lamps."} | body)


def place_of(row: Article, number: int = 0) -> str:
    return f"card:{drafts.document_of(row).cards[number].public_id}"


def states(row: Article, place: str = "", at: Any = None) -> tuple[ClaimState, ...]:
    """Of a part, the first card without one."""
    row = Article.objects.get(pk=row.pk)
    value = drafts.document_of(row)
    acts = proofs.acts_on(value, row.pk, at=at)
    return proofs.states_of(value, acts, row.subject)[place or place_of(row)]


def said(row: Article, place: str = "") -> dict[str, str]:
    """The words of each claim with its state."""
    return {each.claim.words: each.state.value for each in states(row, place)}


def identity(row: Article, words: str, place: str = "") -> str:
    return next(each.claim.identity for each in states(row, place) if each.claim.words == words)
