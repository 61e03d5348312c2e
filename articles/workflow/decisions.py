"""What has been decided on each part of an article, and what of it holds for the words as they are now.

An approval belongs to words: it holds while readers would see the same, wherever the part stands, and comes back with
them. Nobody's approval counts for a part that they wrote last, nor for any part while they are the one who handed the
article in, however early it was given. With the settings APPROVERS and APPROVALS the yes of
one, or of each, of the named people is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User

from articles import document, drafts
from articles.document import Card, Document, Picture
from articles.drafts import Piece
from articles.models import Article, Decision, Revision
from articles.workflow.review_facts import ReviewFacts

Verdict = Decision.Verdict
#: Kept from one look at an article to the next: making it takes longer than all the rest of a part that is as it was.
_token = lru_cache(1000)(drafts.token)
#: A person and the words that they have seen last.
Seen = tuple[Piece, tuple[Picture, ...]]


@dataclass(frozen=True)
class PieceReview:
    """One part under review, as one person sees it.

    `verdict` is what holds of these very words: APPROVED, ASKED, SENT_BACK or "" while nothing does. `approvals` stand
    whether or not they are enough; `missing` are names of people who still have to approve. `mine` is this person's
    last decision on whatever words, `is_new_to_me` whether the words are others since then.
    """

    place: str
    piece: Piece
    token: str
    verdict: str = ""
    latest: Decision | None = None
    approvals: tuple[Decision, ...] = ()
    missing: tuple[str, ...] = ()
    mine: Decision | None = None
    is_new_to_me: bool = True
    is_own: bool = False

    @property
    def is_approved(self) -> bool:
        return self.verdict == Verdict.APPROVED


@dataclass(frozen=True)
class Review:
    """`handed_in_by` is the account whose approvals do not count; None where everybody's do."""

    pieces: dict[str, PieceReview] = field(default_factory=dict)
    handed_in_by: int | None = None

    @property
    def approved(self) -> list[str]:
        return [place for place, piece in self.pieces.items() if piece.is_approved]

    @property
    def is_approved(self) -> bool:
        return len(self.approved) == len(self.pieces)


def review_of(article: Article, value: Document, user: User, facts: ReviewFacts | None = None) -> Review:
    """Of the words of `value`, the working copy of the article; two queries, or one where its `facts` are known."""
    rows = defaultdict(list)
    for row in Decision.objects.filter(article=article).order_by("at", "pk"):
        rows[row.place].append(row)
    named = dict.fromkeys(settings.APPROVERS, 0)
    if named:
        named |= dict(User.objects.filter(username__in=named).values_list("username", "pk"))
    handed_in_by = None if settings.ALLOW_SELF_APPROVAL else facts.submitter if facts else submitter_of(article)
    tags_meant = drafts.TagMeanings(_tags_in(value, rows.values()))
    found = {}
    for place, piece in drafts.pieces_of(value).items():
        same = _Sameness(place, piece, value.pictures, tags_meant)
        found[place] = _review(article, same, rows[place], user, named, handed_in_by)
    return Review(found, handed_in_by)


def _tags_in(value: Document, decided: Iterable[Sequence[Decision]]) -> Iterator[str]:
    """The names on the cards as they are, and as they were when somebody decided on them."""
    for card in value.cards:
        yield from card.tags
    for row in (row for rows in decided for row in rows):
        seen = words_of(row) if row.place.startswith("card:") else None
        yield from seen[0].tags if seen and isinstance(seen[0], Card) else ()


def _review(
    article: Article,
    same: _Sameness,
    rows: Sequence[Decision],
    user: User,
    named: Mapping[str, int],
    handed_in_by: int | None,
) -> PieceReview:
    place, piece = same.place, same.piece
    writer = drafts.writer_of(article, place)
    mine = next((row for row in reversed(rows) if row.by_id == user.pk), None)
    own = {writer} if handed_in_by is None else {writer, handed_in_by}
    approvals: list[Decision] = []
    latest: Decision | None = None
    for row in rows:
        if row.verdict == Verdict.SEEN or not same.as_in(row):
            continue
        latest = row
        if row.verdict != Verdict.APPROVED:
            approvals = []
        elif settings.ALLOW_SELF_APPROVAL or row.by_id not in own:
            approvals = [*(each for each in approvals if each.by_id != row.by_id), row]
    missing = _missing((row.by_name for row in approvals), [name for name, pk in named.items() if pk not in own])
    verdict = latest.verdict if latest else ""
    if verdict == Verdict.APPROVED and (missing or not approvals):
        verdict = ""
    return PieceReview(
        place=place,
        piece=piece,
        token=_token(piece),
        verdict=verdict,
        latest=latest,
        approvals=tuple(approvals),
        missing=missing,
        mine=mine,
        is_new_to_me=mine is None or not same.as_in(mine),
        is_own=writer == user.pk,
    )


class _Sameness:
    """Whether decisions were on what readers would see now; each kept wording is read once."""

    def __init__(self, place: str, piece: Piece, pictures: Sequence[Picture], tags_meant: drafts.TagMeanings) -> None:
        self.place, self.piece, self.pictures, self.tags_meant = place, piece, pictures, tags_meant

    @cached_property
    def packed(self) -> dict[str, Any]:
        return drafts.piece_to_json(self.piece, self.pictures)

    def as_in(self, row: Decision) -> bool:
        if row.value == self.packed:
            return True
        found = words_of(row)
        return found is not None and drafts.looks_like(self.piece, self.pictures, *found, self.tags_meant)


def words_of(row: Decision) -> Seen | None:
    """What the person read; None where this program cannot read it any more."""
    try:
        return drafts.piece_from_json(row.place, row.value)
    except document.DocumentError:
        return None


def submitter_of(article: Article) -> int | None:
    """The account that handed it in last."""
    handed_in = article.revisions.filter(reason=Revision.Reason.SUBMITTED)
    return handed_in.values_list("made_by", flat=True).first()


def has_handed_in(article: Article, user: User) -> bool:
    return submitter_of(article) == user.pk


def record(
    article: Article, value: Document, pieces: Iterable[PieceReview], verdict: Verdict, *, by: User, note: str = ""
) -> None:
    """Notes a decision on parts of a locked article, with the words of `value`. A person has seen a part once."""
    pieces = list(pieces)
    if verdict is Verdict.SEEN:
        places = [piece.place for piece in pieces]
        Decision.objects.filter(article=article, by=by, verdict=Verdict.SEEN, place__in=places).delete()
    Decision.objects.bulk_create(
        Decision(
            article=article,
            place=piece.place,
            verdict=verdict,
            value=drafts.piece_to_json(piece.piece, value.pictures),
            note=note,
            by=by,
            by_name=by.get_username(),
        )
        for piece in pieces
    )


def _missing(names: Iterable[str], named: Sequence[str]) -> tuple[str, ...]:
    """Whose approval is still wanted of the named people; () where those that were given are enough."""
    given = set(names)
    if not named:
        return ()
    if settings.APPROVALS == "all":
        return tuple(name for name in named if name not in given)
    return () if given & set(named) else tuple(named)
