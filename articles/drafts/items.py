"""Cards and questions: saving, adding, ordering and moving them. Positions are 1 to n, without holes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from articles.document import Card, Faq, column_names
from articles.document import Source as SourceValue
from articles.document.rules import MOST_CARDS, MOST_FAQS
from articles.drafts import derived, locks, reading, rendering, uses, versions
from articles.drafts.changing import DraftError, StaleError, changing, check_token, checked, writer_of
from articles.drafts.ids import given_or_new_id, is_public_id
from articles.drafts.reading import Items, columns_of, whole_cards
from articles.models import Article, Comment, Decision, FactCard, History, Source, Tag, TaggedCard
from articles.models import Faq as FaqRow

Part = History.Part
#: The token of nothing: whoever adds has read none.
_NONE = ""


def save_card(card: FactCard, new: Card, *, token: str, by: User, is_return: bool = False) -> Card:
    """Saves one card whole, with its tags and sources, and gives it as it stands then.

    `new.public_id` does not count: a card keeps its id. What is as it was is not written again.
    """
    new = checked(new)
    with changing(card.article, Part.CARD, by, places=[f"card:{card.public_id}"], number=card.position) as locked:
        rows = uses.with_marks(whole_cards(FactCard.objects.select_for_update()))
        row = require_row(rows.filter(pk=card.pk))
        current = reading.card_value(row)
        new = _with_known_tags(new, current)
        check_token(current, new, token)
        versions.record(locked, current, new, by=by, is_return=is_return)
        _write_card(row, new, current)
        derived.replace(locked, f"card:{row.public_id}", current, new)
        if row.is_use:
            uses.note_edit(current, new)
    return new


def save_faq(faq: FaqRow, new: Faq, *, token: str, by: User, is_return: bool = False) -> Faq:
    new = checked(new)
    with changing(faq.article, Part.QUESTION, by, places=[f"faq:{faq.public_id}"], number=faq.position) as locked:
        row = require_row(FaqRow.objects.select_for_update().filter(pk=faq.pk))
        current = reading.faq_value(row)
        new = dataclasses.replace(new, public_id=row.public_id)
        check_token(current, new, token)
        versions.record(locked, current, new, by=by, is_return=is_return)
        write_fields(row, new, current, _html_for(new, current))
        derived.replace(locked, f"faq:{row.public_id}", current, new)
    return new


def add_card(article: Article, new: Card | None = None, *, by: User, position: int | None = None) -> FactCard:
    """Adds a card at a position counted from 1; at the end without one, and where there are fewer cards.

    `new.public_id` is an offer, for a client that does not know whether its first try arrived: when a card of this
    article has it, nothing is added. It is given back where it is equal, and else StaleError says what stands there.
    An id that is malformed or means something else gets another one in its place.
    """
    new = checked(new or Card())
    with changing(article, Part.NEW_CARD, by, places=["details"]) as locked:
        row: FactCard | None = _already_added(whole_cards(locked.cards.all()), new.public_id)
        if row is None:
            row = insert_card(locked, new, given_or_new_id(new.public_id), position)
            locked.writers[f"card:{row.public_id}"] = by.pk
        else:
            current = reading.card_value(row)
            check_token(current, _with_known_tags(new, current), token=_NONE)
    return row


def add_faq(article: Article, new: Faq | None = None, *, by: User, position: int | None = None) -> FaqRow:
    """As `add_card`."""
    new = checked(new or Faq())
    with changing(article, Part.NEW_QUESTION, by, places=["details"]) as locked:
        row: FaqRow | None = _already_added(locked.faqs.all(), new.public_id)
        if row is None:
            row = insert_faq(locked, new, given_or_new_id(new.public_id), position)
            locked.writers[f"faq:{row.public_id}"] = by.pk
        else:
            check_token(reading.faq_value(row), new, token=_NONE)
    return row


def insert_card(locked: Article, value: Card, public_id: str, position: int | None) -> FactCard:
    """Makes a row of a locked article, whose id is known to be free."""
    place = _make_room(locked.cards.all(), position, MOST_CARDS, _("An article takes at most %(most)s facts."))
    columns = columns_of(Card, value) | {"public_id": public_id} | rendering.columns_for(rendering.source_of(value))
    row = FactCard(article=locked, position=place, **columns)
    row.save(force_insert=True)
    _tag(row, Tag.objects.for_names(value.tags))
    Source.objects.bulk_create(source_rows(row, value))
    derived.add(locked, f"card:{public_id}", value)
    return row


def insert_faq(locked: Article, value: Faq, public_id: str, position: int | None) -> FaqRow:
    place = _make_room(locked.faqs.all(), position, MOST_FAQS, _("An article takes at most %(most)s questions."))
    columns = columns_of(Faq, value) | {"public_id": public_id} | rendering.columns_for(rendering.source_of(value))
    row = FaqRow(article=locked, position=place, **columns)
    row.save(force_insert=True)
    derived.add(locked, f"faq:{public_id}", value)
    return row


def move_card(card: FactCard, target: Article, *, by: User) -> None:
    """Moves a card to the end of another article, with its id, tags, sources, comments and lock."""
    with transaction.atomic():
        list(Article.objects.select_for_update().filter(pk__in=[card.article_id, target.pk]).order_by("pk"))
        place = f"card:{card.public_id}"
        with changing(card.article, Part.CARD, by, places=["details"], number=card.position) as source:
            if sentence := locks.sentence_for(source, [place], by):
                raise DraftError(sentence)
            row = require_row(whole_cards(FactCard.objects.filter(pk=card.pk)))
            with changing(target, Part.MOVED_CARD, by, places=["details"]) as goal:
                goal.writers[place] = writer_of(source, place) or by.pk
                sentence = _("An article takes at most %(most)s facts.")
                was, row.position = row.position, _make_room(goal.cards.all(), None, MOST_CARDS, sentence)
                row.article = goal
                versions.move(row.public_id, source, goal)
                derived.move(source, goal, place, reading.card_value(row))
                for model in (Comment, Decision):
                    model._default_manager.filter(article=source, place=place).update(article=goal)
                _move_lock(source, goal, place, by)
                row.save(update_fields=["article", "position"])
            close_gap(source.cards.all(), was)


def _move_lock(source: Article, goal: Article, place: str, by: User) -> None:
    """A lock is on a card, wherever it stands. One may wait in the other article since the card stood there."""
    if sentence := locks.sentence_for(goal, [place], by):
        raise DraftError(sentence)
    if not goal.locks.filter(place=place, lifted_at=None).exists():
        source.locks.filter(place=place, lifted_at=None).update(article=goal)


def save_order(article: Article, items: Items, public_ids: Sequence[str], *, token: str, by: User) -> None:
    """Puts the cards or questions in this order. Raises DraftError unless it names each of them exactly once."""
    wanted = tuple(public_ids)
    with changing(article, Part.ORDER, by, places=["details"]) as locked:
        found: QuerySet[Any] = locked.cards.all() if items == "cards" else locked.faqs.all()
        rows = list(found.only("public_id", "position"))
        current = tuple(row.public_id for row in rows)
        if sorted(wanted) != sorted(current):
            if reading.token(current) != token:
                raise StaleError(current, wanted)
            raise DraftError(_("The order has to name every fact of this article once, and no other."))
        check_token(current, wanted, token)
        places = {public_id: place for place, public_id in enumerate(wanted, 1)}
        moved = [row for row in rows if row.position != places[row.public_id]]
        kind = "card" if items == "cards" else "faq"
        if sentence := locks.sentence_for(locked, [f"{kind}:{row.public_id}" for row in moved], by):
            raise DraftError(sentence)
        for row in moved:
            row.position = places[row.public_id]
        found.model.objects.bulk_update(moved, ["position"])


# --- rows -------------------------------------------------------------------------------------------------------------


def require_row(rows: QuerySet[Any]) -> Any:
    """The one row of these. Raises DraftError when somebody deleted it meanwhile."""
    row = rows.first()
    if row is None:
        raise DraftError(_("Somebody else deleted this part meanwhile."))
    return row


def source_rows(row: FactCard, value: Card) -> list[Source]:
    return [
        Source(card=row, position=position, **columns_of(SourceValue, source))
        for position, source in enumerate(value.sources, 1)
    ]


def write_fields(row: Any, new: Any, current: Any, further: Mapping[str, str] | None = None) -> None:
    """Writes the columns in which two values of one kind differ; tags and sources are no columns, an id never changes.

    `row` is the row of a card or question, or an article for its introduction or conclusion. `further` are columns that
    go with these.
    """
    kind: type = type(new)
    names = [
        name for name in column_names(kind) if name != "public_id" and getattr(new, name) != getattr(current, name)
    ]
    written = {name: getattr(new, name) for name in names} | dict(further or {})
    for name, value in written.items():
        setattr(row, name, value)
    if written:
        row.save(update_fields=list(written))


def close_gap(rows: QuerySet[Any], position: int) -> None:
    rows.filter(position__gt=position).update(position=F("position") - 1)


def _make_room(rows: QuerySet[Any], position: int | None, most: int, sentence: str) -> int:
    """Moves the rows from this place on one down, and gives the place: the end without one, and beyond the end."""
    total = rows.count()
    if total >= most:
        raise DraftError(sentence % {"most": most})
    place = total + 1 if position is None else max(1, min(position, total + 1))
    if place <= total:
        rows.filter(position__gte=place).update(position=F("position") + 1)
    return place


def _already_added(rows: QuerySet[Any], public_id: str) -> Any:
    return rows.filter(public_id=public_id).first() if is_public_id(public_id) else None


def _with_known_tags(new: Card, current: Card) -> Card:
    """`new` with the id of `current`, and its tags by the names of their rows, which are made where there are none."""
    if new.tags != current.tags:
        new = dataclasses.replace(new, tags=tuple(tag.name for tag in Tag.objects.for_names(new.tags)))
    return dataclasses.replace(new, public_id=current.public_id)


def _write_card(row: FactCard, new: Card, current: Card) -> None:
    write_fields(row, new, current, _html_for(new, current))
    if new.tags != current.tags:
        TaggedCard.objects.filter(content_object=row).delete()
        _tag(row, Tag.objects.for_names(new.tags))
    if new.sources != current.sources:
        Source.objects.filter(card=row).delete()
        Source.objects.bulk_create(source_rows(row, new))


def _html_for(new: Card | Faq, current: Card | Faq) -> Mapping[str, str]:
    source = rendering.source_of(new)
    return rendering.columns_for(source) if source != rendering.source_of(current) else {}


def _tag(row: FactCard, tags: Sequence[Tag]) -> None:
    TaggedCard.objects.bulk_create(TaggedCard(content_object=row, tag=tag) for tag in tags)
