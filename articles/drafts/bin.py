"""The bin: what somebody deleted waits there for a while and comes back as it was.

A card or question goes into the bin of its article; an article that no reader ever saw goes into the bin of the site.
No worker empties it. What lies there for longer than KEPT_IN_BIN is not shown, cannot be brought back, and is deleted
for good, some at a time, whenever something else is put into a bin.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import document
from articles.document import Card, Faq
from articles.drafts import derived, ids, locks, pictures_shown, reading
from articles.drafts.changing import EVERYTHING, DraftError, StaleError, changing, checked, lock, writer_of
from articles.drafts.items import close_gap, insert_card, insert_faq, require_row
from articles.drafts.reading import whole_cards
from articles.models import Address, Article, BinnedPart, Edition, FactCard, History
from articles.models import Faq as FaqRow
from articles.models.writing import ArticleQuerySet
from articles.text.ids import new_public_id

KEPT_IN_BIN = dt.timedelta(days=30)

Act, Part = History.Act, History.Part
_PARTS_AT_ONCE, _ARTICLES_AT_ONCE = 500, 5


def parts_in_bin(article: Article) -> QuerySet[BinnedPart]:
    """What can still be brought back, the latest first."""
    return BinnedPart.objects.filter(article=article, binned_at__gt=_oldest())


def articles_in_bin() -> ArticleQuerySet:
    return Article.with_binned.filter(binned_at__gt=_oldest()).order_by("-binned_at", "-pk")


# --- cards and questions ----------------------------------------------------------------------------------------------


def delete_card(card: FactCard, *, token: str, by: User) -> BinnedPart:
    """Puts a card into the bin. What is live keeps it, and its address stays its own."""
    with changing(card.article, Part.CARD, by, places=["details"], number=card.position) as locked:
        _keep_writer(locked, f"card:{card.public_id}", by)
        rows = whole_cards(FactCard.objects.select_for_update())
        row = require_row(rows.filter(pk=card.pk))
        return _put_into_bin(locked, "cards", row, reading.card_value(row), token, by)


def delete_faq(faq: FaqRow, *, token: str, by: User) -> BinnedPart:
    """As `delete_card`."""
    with changing(faq.article, Part.QUESTION, by, places=["details"], number=faq.position) as locked:
        _keep_writer(locked, f"faq:{faq.public_id}", by)
        row = require_row(FaqRow.objects.select_for_update().filter(pk=faq.pk))
        return _put_into_bin(locked, "faqs", row, reading.faq_value(row), token, by)


def restore_part(binned: BinnedPart, *, by: User) -> FactCard | FaqRow:
    """Puts a card or question back where it stood, or at the end when the list is shorter now.

    It keeps its id, and with it the address of the fact, unless something else has that meanwhile (going back to an
    earlier revision brings a card back without the bin). The remarks on it wait at its place all the while.
    """
    with changing(binned.article, Part.FROM_BIN, by, places=["details"]) as locked:
        part = parts_in_bin(locked).filter(pk=binned.pk).first()
        if part is None:
            raise DraftError(_("This is not in the bin any more: perhaps somebody else restored it."))
        public_id = new_public_id() if ids.ids_in_rows([part.public_id]) else part.public_id
        row: FactCard | FaqRow
        if part.kind == "cards":
            row = insert_card(locked, checked(document.card_from_json(part.value)), public_id, part.position)
        else:
            row = insert_faq(locked, checked(document.faq_from_json(part.value)), public_id, part.position)
        kind = part.kind.removesuffix("s")
        locked.writers[f"{kind}:{public_id}"] = writer_of(locked, f"{kind}:{part.public_id}") or by.pk
        History.write(locked, Act.TAKE_FROM_BIN, by=by, part=_history_part(row), number=row.position)
        part.delete()
    row.article = binned.article  # the row in the caller's hand, which knows the new change number
    return row


def _history_part(row: FactCard | FaqRow) -> History.Part:
    return Part.CARD if isinstance(row, FactCard) else Part.QUESTION


def _keep_writer(locked: Article, place: str, by: User) -> None:
    """Whoever deletes a part writes no word of it: from the bin it comes back as its writer's."""
    if sentence := locks.sentence_for(locked, [place], by):
        raise DraftError(sentence)
    locked.writers[place] = writer_of(locked, place) or by.pk


def _put_into_bin(
    locked: Article, kind: str, row: FactCard | FaqRow, current: Card | Faq, token: str, by: User
) -> BinnedPart:
    if reading.token(current) != token:
        raise StaleError(current, current)
    value = document.item_to_json(current)
    binned = BinnedPart.objects.create(
        article=locked,
        kind=kind,
        public_id=row.public_id,
        position=row.position,
        value=value,
        binned_by=by,
    )
    History.write(locked, Act.DELETE, by=by, part=_history_part(row), number=row.position, value=value)
    row.delete()
    derived.remove(locked, f"{kind.removesuffix('s')}:{binned.public_id}", current)
    pictures_shown.keep_of_binned(binned, current)
    close_gap(type(row).objects.filter(article=locked), binned.position)
    _purge()
    return binned


# --- articles ---------------------------------------------------------------------------------------------------------


def delete(article: Article, *, by: User) -> None:
    """Puts an article into the bin that no reader ever saw or will see. Anything else can only be taken down."""
    with transaction.atomic():
        locked = lock(article)
        if sentence := locks.sentence_for(locked, [EVERYTHING], by):
            raise DraftError(sentence)
        if Edition.objects.filter(article=locked).exists() or Address.objects.filter(article=locked).exists():
            raise DraftError(_("This article was public or is scheduled to be. It can be taken down, not deleted."))
        value = document.to_json(reading.document_of(locked))
        History.write(locked, Act.DELETE, by=by, value=value)  # these lines outlive the article
        locked.binned_at, locked.binned_by = timezone.now(), by
        locked.save(update_fields=["binned_at", "binned_by"])
        _purge()


def take_from_bin(article: Article, *, by: User) -> None:
    """Brings an article back with all that belongs to it, in the state in which it was."""
    with transaction.atomic():
        locked = articles_in_bin().select_for_update().filter(pk=article.pk).first()
        if locked is None:
            raise DraftError(_("This article is not in the bin any more: perhaps somebody else restored it."))
        locked.binned_at = locked.binned_by = None
        locked.save(update_fields=["binned_at", "binned_by"])
        History.write(locked, Act.TAKE_FROM_BIN, by=by)


# --- what has waited long enough --------------------------------------------------------------------------------------


def _oldest() -> dt.datetime:
    return timezone.now() - KEPT_IN_BIN


def _purge() -> None:
    """Deletes some of what is too old to be shown: parts in one statement, and a few articles with all of theirs."""
    old = BinnedPart.objects.filter(binned_at__lte=_oldest()).order_by()
    BinnedPart.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_PARTS_AT_ONCE])).delete()
    rows = Article.with_binned.filter(binned_at__lte=_oldest()).order_by()
    for article in rows.select_for_update(skip_locked=True)[:_ARTICLES_AT_ONCE]:
        article.approved_revision = None
        article.save(update_fields=["approved_revision"])
        article.delete()
