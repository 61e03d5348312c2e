"""Going back to one part of an earlier revision: a fact, a question, the introduction, the conclusion."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.document import Card, Document, Faq
from articles.drafts import ids, items, visible
from articles.drafts.changing import DraftError, StaleError, changing, checked, lock
from articles.drafts.places import part_at
from articles.drafts.reverting import save_part
from articles.drafts.versions import Value
from articles.models import Article, History, Revision
from articles.text.ids import new_public_id

Part = History.Part
#: The token of a part that is not there any more.
MISSING = ""


def part_in(revision: Revision, place: str) -> Value | None:
    """The part as it was at a revision; None for one that did not stand there, and for the details."""
    piece = visible.pieces_of(revision.document).get(place)
    return None if isinstance(piece, visible.Frame) else piece


@transaction.atomic
def restore_part_of(article: Article, revision: Revision, place: str, *, token: str, by: User) -> str:
    """Makes one part what it was at a revision of the same article, and gives the place where it stands then.

    That is a change like any other, which can be taken back in turn. `token` is that of the part as it was shown beside
    it, MISSING for a fact or question that is gone: it comes back at its place of then, under its own id unless that
    means something else by now. Raises StaleError, and DraftError; nothing is written then.
    """
    value = part_in(revision, place) if revision.article_id == article.pk else None
    if value is None:
        raise DraftError(_("This part does not stand in that revision."))
    value, now = checked(value), part_at(lock(article), place)
    if now is not None:
        if token == MISSING:
            raise StaleError(now, value)
        save_part(article, value, token=token, by=by)
    elif isinstance(value, Card | Faq):
        if token != MISSING:
            raise DraftError(_("Somebody else deleted this part meanwhile."))
        place = _put_back(article, value, _position(revision.document, value), by)
    History.write(article, History.Act.RESTORE, by=by, revision=revision.number, **_for_history(article, place))
    return place


def is_elsewhere(public_id: str) -> bool:
    """Whether a fact or question of the site has this id: one that comes back gets another then."""
    return bool(ids.ids_in_rows([public_id]))


def _put_back(article: Article, value: Card | Faq, position: int, by: User) -> str:
    public_id = new_public_id() if is_elsewhere(value.public_id) else value.public_id
    is_card = isinstance(value, Card)
    with changing(article, Part.NEW_CARD if is_card else Part.NEW_QUESTION, by, places=["details"]) as locked:
        place = f"{'card' if is_card else 'faq'}:{public_id}"
        if isinstance(value, Card):
            items.insert_card(locked, value, public_id, position)
        else:
            items.insert_faq(locked, value, public_id, position)
        locked.writers[place] = by.pk
    return place


def _position(document: Document, value: Card | Faq) -> int:
    rows: tuple[Card, ...] | tuple[Faq, ...] = document.cards if isinstance(value, Card) else document.faqs
    return [row.public_id for row in rows].index(value.public_id) + 1


def _for_history(article: Article, place: str) -> dict[str, Any]:
    kind, _colon, public_id = place.partition(":")
    if not public_id:
        return {"part": kind}
    rows = article.cards if kind == "card" else article.faqs
    number = rows.values_list("position", flat=True).get(public_id=public_id)
    return {"part": Part.CARD if kind == "card" else Part.QUESTION, "number": number}
