"""Cards and questions: saving, adding, ordering and moving them. Positions are 1 to n, without holes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Prefetch, QuerySet
from django.utils.translation import gettext as _

from articles.document import Card, Faq
from articles.drafts import reading
from articles.drafts.changing import DraftError, StaleError, changing, compare, limit
from articles.drafts.ids import is_public_id, offered_or_new
from articles.drafts.reading import Items
from articles.models import Article, FactCard, History, Source, Tag, TaggedCard
from articles.models import Faq as FaqRow
from articles.models.writing import MOST_CARDS, MOST_FAQS, MOST_SOURCES, MOST_TAGS

Part = History.Part
#: The token of nothing: whoever adds has read none.
_NONE = ""


def save_card(card: FactCard, new: Card, *, token: str, by: User) -> Card:
    """Saves one card whole, with its tags and sources, and gives it as it stands then.

    `new.public_id` does not count: a card keeps its id. What is as it was is not written again.
    """
    _check(new)
    with changing(card.article, Part.CARD, by, number=card.position):
        row = still_there(whole_cards(FactCard.objects.select_for_update()).filter(pk=card.pk))
        current = reading.card_value(row)
        new = _as_kept(new, current)
        compare(current, new, token)
        _write_card(row, new, current)
    return new


def save_faq(faq: FaqRow, new: Faq, *, token: str, by: User) -> Faq:
    with changing(faq.article, Part.QUESTION, by, number=faq.position):
        row = still_there(FaqRow.objects.select_for_update().filter(pk=faq.pk))
        current = reading.faq_value(row)
        new = dataclasses.replace(new, public_id=row.public_id)
        compare(current, new, token)
        write_fields(row, new, current)
    return new


def add_card(article: Article, new: Card | None = None, *, by: User, position: int | None = None) -> FactCard:
    """Adds a card at a position counted from 1; at the end without one, and where there are fewer cards.

    `new.public_id` is an offer, for a client that does not know whether its first try arrived: when a card of this
    article has it, nothing is added. It is given back where it is equal, and else StaleError says what stands there.
    An id that is malformed or means something else gets another one in its place.
    """
    new = new or Card()
    _check(new)
    with changing(article, Part.NEW_CARD, by) as locked:
        row: FactCard | None = _sent_before(whole_cards(locked.cards.all()), new.public_id)
        if row is None:
            row = insert_card(locked, new, offered_or_new(new.public_id), position)
        else:
            current = reading.card_value(row)
            compare(current, _as_kept(new, current), token=_NONE)
    return row


def add_faq(article: Article, new: Faq | None = None, *, by: User, position: int | None = None) -> FaqRow:
    """As `add_card`."""
    new = new or Faq()
    with changing(article, Part.NEW_QUESTION, by) as locked:
        row: FaqRow | None = _sent_before(locked.faqs.all(), new.public_id)
        if row is None:
            row = insert_faq(locked, new, offered_or_new(new.public_id), position)
        else:
            compare(reading.faq_value(row), new, token=_NONE)
    return row


def insert_card(locked: Article, value: Card, public_id: str, position: int | None) -> FactCard:
    """Makes a row of a locked article, whose id is known to be free."""
    place = _make_room(locked.cards.all(), position, MOST_CARDS, _("An article takes at most %(most)s cards."))
    row = FactCard(article=locked, public_id=public_id, position=place)
    for name in _fields(value, {"public_id", "tags", "sources"}):
        setattr(row, name, getattr(value, name))
    row.save(force_insert=True)
    _tag(row, Tag.objects.for_names(value.tags))
    Source.objects.bulk_create(source_rows(row, value))
    return row


def insert_faq(locked: Article, value: Faq, public_id: str, position: int | None) -> FaqRow:
    place = _make_room(locked.faqs.all(), position, MOST_FAQS, _("An article takes at most %(most)s questions."))
    row = FaqRow(article=locked, public_id=public_id, position=place)
    for name in _fields(value, {"public_id"}):
        setattr(row, name, getattr(value, name))
    row.save(force_insert=True)
    return row


def move_card(card: FactCard, target: Article, *, by: User) -> None:
    """Moves a card to the end of another article, with its id, its tags and its sources; comments stay behind."""
    with transaction.atomic():
        list(Article.objects.select_for_update().filter(pk__in=[card.article_id, target.pk]).order_by("pk"))
        with changing(card.article, Part.CARD, by, number=card.position) as source:
            row = still_there(FactCard.objects.filter(pk=card.pk))
            row.comments.update(card=None, about=row.heading)
            with changing(target, Part.MOVED_CARD, by) as goal:
                sentence = _("An article takes at most %(most)s cards.")
                was, row.position = row.position, _make_room(goal.cards.all(), None, MOST_CARDS, sentence)
                row.article = goal
                row.save(update_fields=["article", "position"])
            close_gap(source.cards.all(), was)


def save_order(article: Article, items: Items, public_ids: Sequence[str], *, token: str, by: User) -> None:
    """Puts the cards or questions in this order. Raises DraftError unless it names each of them exactly once."""
    wanted = tuple(public_ids)
    with changing(article, Part.ORDER, by) as locked:
        found: QuerySet[Any] = locked.cards.all() if items == "cards" else locked.faqs.all()
        rows = list(found.only("public_id", "position"))
        current = tuple(row.public_id for row in rows)
        if sorted(wanted) != sorted(current):
            if reading.token(current) != token:
                raise StaleError(current, wanted)
            raise DraftError(_("The order has to name every card of this article once, and no other."))
        compare(current, wanted, token)
        places = {public_id: place for place, public_id in enumerate(wanted, 1)}
        moved = [row for row in rows if row.position != places[row.public_id]]
        for row in moved:
            row.position = places[row.public_id]
        found.model.objects.bulk_update(moved, ["position"])


# --- rows -------------------------------------------------------------------------------------------------------------


def whole_cards(rows: QuerySet[FactCard]) -> QuerySet[FactCard]:
    """With all that `reading.card_value` reads, in three queries."""
    return rows.prefetch_related("sources", Prefetch("tagged", TaggedCard.objects.select_related("tag")))


def still_there(rows: QuerySet[Any]) -> Any:
    row = rows.first()
    if row is None:
        raise DraftError(_("Somebody else deleted this part meanwhile."))
    return row


def source_rows(row: FactCard, value: Card) -> list[Source]:
    return [
        Source(card=row, position=position, **{name: getattr(source, name) for name in _fields(source)})
        for position, source in enumerate(value.sources, 1)
    ]


def write_fields(row: Any, new: Any, current: Any) -> None:
    """Writes the columns in which two values of one kind differ; tags and sources are no columns."""
    names = [
        name for name in _fields(new, {"public_id", "tags", "sources"}) if getattr(new, name) != getattr(current, name)
    ]
    for name in names:
        setattr(row, name, getattr(new, name))
    if names:
        row.save(update_fields=names)


def close_gap(rows: QuerySet[Any], position: int) -> None:
    rows.filter(position__gt=position).update(position=F("position") - 1)


def _make_room(rows: QuerySet[Any], position: int | None, most: int, sentence: str) -> int:
    """Moves the rows from this place on one down, and gives the place: the end without one, and beyond the end."""
    total = rows.count()
    limit(range(total + 1), most, sentence)
    place = total + 1 if position is None else max(1, min(position, total + 1))
    if place <= total:
        rows.filter(position__gte=place).update(position=F("position") + 1)
    return place


def _sent_before(rows: QuerySet[Any], public_id: str) -> Any:
    return rows.filter(public_id=public_id).first() if is_public_id(public_id) else None


def _check(new: Card) -> None:
    limit(new.tags, MOST_TAGS, _("A card takes at most %(most)s tags."))
    limit(new.sources, MOST_SOURCES, _("A card takes at most %(most)s sources."))


def _as_kept(new: Card, current: Card) -> Card:
    """With its id, and the tags as they are called here; names that stand there already need not be looked up."""
    if new.tags != current.tags:
        new = dataclasses.replace(new, tags=tuple(tag.name for tag in Tag.objects.for_names(new.tags)))
    return dataclasses.replace(new, public_id=current.public_id)


def _write_card(row: FactCard, new: Card, current: Card) -> None:
    write_fields(row, new, current)
    if new.tags != current.tags:
        TaggedCard.objects.filter(content_object=row).delete()
        _tag(row, Tag.objects.for_names(new.tags))
    if new.sources != current.sources:
        Source.objects.filter(card=row).delete()
        Source.objects.bulk_create(source_rows(row, new))


def _tag(row: FactCard, tags: Sequence[Tag]) -> None:
    TaggedCard.objects.bulk_create(TaggedCard(content_object=row, tag=tag) for tag in tags)


def _fields(value: Any, skip: set[str] = frozenset()) -> list[str]:  # type: ignore[assignment]
    return [field.name for field in dataclasses.fields(value) if field.name not in skip]
