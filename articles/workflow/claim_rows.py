"""What an act on a claim starts from, and the row that it becomes: see workflow.claims, which is the door."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles import drafts, proofs
from articles.document import Document
from articles.models import Article, ClaimAct
from articles.proofs import ClaimState, Dated, Excerpt, ListedClaim
from articles.workflow.errors import ConflictError
from articles.workflow.locking import lock_unarchived

CHECK_CLAIMS = "articles.check_claims"


@dataclass(frozen=True)
class Found:
    """A locked article, its words, and what holds for the claims and for what is true only for a time, by place."""

    article: Article
    document: Document
    states: dict[str, tuple[ClaimState, ...]]
    dated: dict[str, tuple[Dated, ...]]

    def of(self, place: str, identity: str) -> ClaimState:
        for each in self.states.get(place, ()):
            if each.claim.identity == identity:
                return each
        raise ConflictError(_("These words have changed meanwhile: look at the claims again."))

    def open(self, place: str, identity: str) -> ClaimState:
        found = self.of(place, identity)
        if found.act is not None:
            raise ConflictError(_("Somebody has checked this or set it aside meanwhile."))
        return found

    def to_date(self, place: str, identity: str) -> Dated | ListedClaim:
        """What is true only for a time, by rule or by somebody's word; or any other claim, which becomes so."""
        said = next((each for each in self.dated.get(place, ()) if each.identity == identity), None)
        return said or self.of(place, identity).claim

    def holding(self) -> Iterator[tuple[str, ListedClaim | Dated, ClaimAct]]:
        """Every act that holds: by its place, with what it is about."""
        for place, states in self.states.items():
            for each in states:
                yield from ((place, each.claim, row) for row in (each.act, each.mark) if row)
        for place, dated in self.dated.items():
            yield from ((place, said, said.act) for said in dated if said.act)

    def excerpts(self, place: str) -> Sequence[Excerpt]:
        return proofs.excerpts_of(self.document).get(place, ())


def found_in(article: Article, by: User) -> Found:
    """Raises PermissionDenied, or WorkflowError for an article in the bin or the archive."""
    locked = lock_unarchived(article, CHECK_CLAIMS, by)
    value = drafts.document_of(locked)
    acts = proofs.acts_on(value, locked.pk)
    return Found(locked, value, proofs.states_of(value, acts, locked.subject), proofs.dated_of(value, acts))


def new_row(found: Found, place: str, claim: ListedClaim | Dated, kind: str, by: User, *, remark: str = "") -> ClaimAct:
    said = {"identity": claim.identity, "words": claim.words, "times": claim.times}
    return ClaimAct(**where(found, place), **said, kind=kind, remark=remark, made_by=by)


def where(found: Found, place: str) -> dict[str, Any]:
    """A card keeps its acts wherever it moves: its id is enough."""
    return {"place": place, "article": None if ":" in place else found.article}
