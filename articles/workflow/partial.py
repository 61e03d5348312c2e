"""Publishing what is approved: the approved parts as they are now, and for the rest the words in force.

Nine of ten facts go out; the tenth stays as readers see it, or out where they never saw it. Its draft is untouched.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles import document, drafts, publishing
from articles.document import Card, Document, Faq
from articles.drafts import Piece
from articles.models import Article, Decision, Edition, Revision
from articles.text import counts
from articles.workflow import decisions
from articles.workflow.errors import WorkflowError
from articles.workflow.review_facts import ReviewFacts

Item = TypeVar("Item", Card, Faq)


@dataclass(frozen=True)
class Partial:
    """What would go out: the Document, and the names of the parts that do not go out as they are now.

    `kept` stay as they are live; `left_out` were never live and stay out.
    """

    document: Document
    approved: tuple[str, ...]
    kept: tuple[str, ...]
    left_out: tuple[str, ...]


def has_approvals(article: Article, facts: ReviewFacts | None = None) -> bool:
    """Whether it is worth offering; whether anything can go out is known to `approved_document` alone."""
    if article.is_template:
        return False
    if facts:
        return facts.has_approvals
    return Decision.objects.filter(article=article, verdict=Decision.Verdict.APPROVED).exists()


def approved_document(article: Article) -> Partial:
    """Raises WorkflowError where nothing can go out: no part is approved, or what holds them together is not."""
    if article.is_template:  # approvals may be left of the time before it became one
        raise WorkflowError(_("A template is never published: articles are made from it."))
    value = drafts.document_of(article)
    # Whoever asks: approvals are the same for everybody.
    review = decisions.review_of(article, value, article.owner)
    approved = set(review.approved)
    live = _live_document(article)
    if not approved:
        raise WorkflowError(_("No part of these words is approved."))
    if live is None and "details" not in approved:
        raise WorkflowError(_("Title, order and details are not approved: without them nothing can go out."))
    mixed = mix(value, live or Document(), approved)
    if not mixed.cards:
        raise WorkflowError(_("No fact of this article is approved."))
    if live is not None and drafts.same_to_readers(mixed, live):
        raise WorkflowError(_("All that is approved is live already."))
    pieces = review.pieces
    before = drafts.pieces_of(live) if live else {}
    return Partial(
        document=mixed,
        approved=tuple(drafts.name_of_piece(pieces[place].piece) for place in review.approved),
        kept=_names(
            (place, piece.piece) for place, piece in pieces.items() if place not in approved and place in before
        ),
        left_out=_names(
            (place, piece.piece) for place, piece in pieces.items() if place not in approved and place not in before
        ),
    )


def is_update(article: Article) -> bool:
    """Whether it would change words that readers see; False where it is not possible now."""
    try:
        value = approved_document(article).document
    except WorkflowError:
        return False
    return publishing.is_update(article, document.to_json(value))


def revision_of_approved(article: Article, by: User) -> tuple[Revision, dict[str, Any]]:
    """A new revision of a locked article's approved parts, and what the history tells of it."""
    partial = approved_document(article)
    revision = drafts.keep_revision(article, Revision.Reason.PARTIAL, by=by, value=partial.document)
    return revision, {"approved": len(partial.approved), "kept": partial.kept, "left_out": partial.left_out}


def mix(working: Document, live: Document, approved: set[str]) -> Document:
    """The approved parts of a working copy among the live ones. Pure; `live` is empty where nothing is live.

    A part that is gone from the working copy goes with the approval of "details", which holds the order. Raises
    WorkflowError where an approved and a live part show one picture that has changed.
    """
    return with_pictures(mix_words(working, live, approved), lambda place: working if place in approved else live)


def mix_words(working: Document, live: Document, approved: set[str]) -> Document:
    """As `mix`, without any pictures."""
    frame = working if "details" in approved else live
    cards = _items(working.cards, live.cards, {f"card:{card.public_id}" for card in working.cards} & approved, "card")
    faqs = _items(working.faqs, live.faqs, {f"faq:{faq.public_id}" for faq in working.faqs} & approved, "faq")
    introduction = working if _goes_out("introduction", working.introduction, approved) else live
    has_conclusion = bool(working.conclusion or working.conclusion_heading)
    conclusion = working if _goes_out("conclusion", has_conclusion, approved) else live
    mixed = dataclasses.replace(
        frame,
        introduction=introduction.introduction,
        conclusion_heading=conclusion.conclusion_heading,
        conclusion=conclusion.conclusion,
        cards=in_order(cards, frame.cards, working.cards),
        faqs=in_order(faqs, frame.faqs, working.faqs),
        pictures=(),
    )
    return recounted(mixed, len(frame.cards))


def _goes_out(place: str, is_there: object, approved: set[str]) -> bool:
    """An empty part is no part to decide on: it goes with the details."""
    return place in approved if is_there else "details" in approved


def _items(working: Sequence[Item], live: Sequence[Item], approved: set[str], kind: str) -> dict[str, Item]:
    """By public id: approved items as they are now, the others as they are live."""
    found = {item.public_id: item for item in live}
    return found | {item.public_id: item for item in working if f"{kind}:{item.public_id}" in approved}


def in_order(items: dict[str, Item], frame: Sequence[Item], working: Sequence[Item]) -> tuple[Item, ...]:
    """The items in the frame's order. One that it does not know stands after its neighbour in the working copy."""
    known = [item.public_id for item in frame]
    order = [public_id for public_id in known if public_id in items]
    before: str | None = None
    if known != [item.public_id for item in working]:
        for item in working:
            if item.public_id in items and item.public_id not in known:
                order.insert(order.index(before) + 1 if before in order else 0, item.public_id)
            if item.public_id in order:
                before = item.public_id
    return tuple(items[public_id] for public_id in order)


def recounted(mixed: Document, announced: int) -> Document:
    """“10 facts” follows the number of facts where it told it before."""
    now = len(mixed.cards)
    if now == announced:
        return mixed
    return dataclasses.replace(
        mixed,
        title=counts.recounted(mixed.title, announced, now),
        dek=counts.recounted(mixed.dek, announced, now),
    )


def with_pictures(mixed: Document, source_of: Callable[[str], Document]) -> Document:
    """With the pictures that it shows, each as the Document has it that the part at a place is from.

    Raises WorkflowError where parts of two Documents show one picture that is not the same in both.
    """
    found: dict[str, document.Picture] = {}
    for place, piece in drafts.pieces_of(mixed).items():
        for picture in drafts.pictures_in(piece, source_of(place).pictures):
            if found.setdefault(picture.public_id, picture) != picture:
                sentence = _("The picture “%(picture)s” has changed, and not all parts that show it go out with it.")
                raise WorkflowError(sentence % {"picture": picture.alt or picture.public_id})
    return dataclasses.replace(mixed, pictures=tuple(found[public_id] for public_id in sorted(found)))


def _live_document(article: Article) -> Document | None:
    event = Edition.objects.in_force().filter(article=article).select_related("revision").defer("parts").first()
    return event.revision.document if event and event.revision else None


def _names(pieces: Iterable[tuple[str, Piece]]) -> tuple[str, ...]:
    return tuple(drafts.name_of_piece(piece) for _place, piece in pieces)
