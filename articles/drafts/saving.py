"""Saving one part of the working copy. Everything that changes an article passes through `_changing`."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.document import Card, Faq
from articles.drafts import reading
from articles.drafts.reading import Conclusion, Details, Introduction, Items, Part
from articles.models import (
    Article,
    Byline,
    FactCard,
    History,
    Picture,
    Source,
    Tag,
    TaggedArticle,
    TaggedCard,
)
from articles.models import (
    Faq as FaqRow,
)
from articles.models.reference import SLUG_LENGTH, subjects_and_authors
from articles.models.writing import MOST_CARDS, MOST_FAQS, MOST_SOURCES, MOST_TAGS
from articles.states import Status
from articles.text import slugs


class DraftError(Exception):
    """The working copy cannot be changed this way now; the message is a sentence for the writer."""


class StaleError(Exception):
    """The part was changed by somebody else meanwhile. Nothing was written; both texts are here."""

    def __init__(self, current: Part, submitted: Part) -> None:
        super().__init__(_("Somebody else changed this part meanwhile."))
        self.current = current
        self.submitted = submitted
        self.token = reading.token(current)


@contextlib.contextmanager
def _changing(article: Article, part: str, by: Any) -> Iterator[Article]:
    """Locks the article and raises its change number when the block ends well. _Unchanged leaves all as it is."""
    try:
        with transaction.atomic():
            locked = Article.objects.select_for_update().get(pk=article.pk)
            if locked.status == Status.ARCHIVED:
                raise DraftError(_("This article is in the archive. Bring it back before you change it."))
            yield locked
            locked.change += 1
            locked.changed_at, locked.changed_by = timezone.now(), by
            locked.save(update_fields=["change", "changed_at", "changed_by"])
            History.write_save(locked, part, by=by)
            article.change = locked.change
    except _Unchanged:
        pass


class _Unchanged(Exception):  # noqa: N818  -- leaves the block, is not an error
    pass


def _compare(current: Part, new: Part, token: str) -> None:
    """The version check. A save of what already stands there is no change, whoever was first."""
    if current == new:
        raise _Unchanged
    if reading.token(current) != token:
        raise StaleError(current, new)


# --- the article's own parts ------------------------------------------------------------------------------------------


def save_details(article: Article, new: Details, *, token: str, by: Any) -> None:
    """Saves all that stands at the head of the form. An empty address is made from the title."""
    new = dataclasses.replace(new, slug=slugs.slug(new.slug or new.title, SLUG_LENGTH))
    _limit(new.tags, MOST_TAGS, _("An article takes at most %(most)s tags."))
    with _changing(article, "details", by) as locked:
        new = dataclasses.replace(new, tags=tuple(tag.name for tag in Tag.objects.for_names(new.tags)))
        _compare(reading.details_of(locked), new, token)
        write_details(locked, new)


def write_details(article: Article, new: Details) -> None:
    """Writes the details of a locked or new article. Slugs and ids that mean nothing are left out."""
    for name in ("title", "slug", "dek", "numbering"):
        setattr(article, name, getattr(new, name))
    subjects, found = subjects_and_authors([new.subject], new.authors)
    article.subject = subjects.get(new.subject)
    article.cover = Picture.objects.filter(public_id=new.cover).first() if new.cover else None
    is_new = article.pk is None
    article.save()
    if not is_new:
        Byline.objects.filter(article=article).delete()
        TaggedArticle.objects.filter(content_object=article).delete()
    authors = list(dict.fromkeys(found[slug] for slug in new.authors if slug in found))
    Byline.objects.bulk_create(
        Byline(article=article, author=author, position=position) for position, author in enumerate(authors, 1)
    )
    TaggedArticle.objects.bulk_create(
        TaggedArticle(content_object=article, tag=tag) for tag in Tag.objects.for_names(new.tags)
    )


def save_introduction(article: Article, new: Introduction, *, token: str, by: Any) -> None:
    with _changing(article, "introduction", by) as locked:
        _compare(reading.introduction_of(locked), new, token)
        _write_fields(locked, new)


def save_conclusion(article: Article, new: Conclusion, *, token: str, by: Any) -> None:
    with _changing(article, "conclusion", by) as locked:
        _compare(reading.conclusion_of(locked), new, token)
        _write_fields(locked, new)


def dismiss_unplaced(article: Article, *, by: Any) -> None:
    """Forgets what an import could not place, once a person has dealt with it."""
    with _changing(article, "unplaced text", by) as locked:
        if not locked.unplaced_text:
            raise _Unchanged
        locked.unplaced_text = ""
        locked.save(update_fields=["unplaced_text"])


# --- cards and questions ----------------------------------------------------------------------------------------------


def save_card(card: FactCard, new: Card, *, token: str, by: Any) -> None:
    """Saves one card whole, with its tags and sources. `new.public_id` does not count: a card keeps its id."""
    _limit(new.tags, MOST_TAGS, _("A card takes at most %(most)s tags."))
    _limit(new.sources, MOST_SOURCES, _("A card takes at most %(most)s sources."))
    with _changing(card.article, _part(card), by):
        row = _still_there(FactCard.objects.select_for_update().filter(pk=card.pk))
        tags = Tag.objects.for_names(new.tags)
        new = dataclasses.replace(new, public_id=row.public_id, tags=tuple(tag.name for tag in tags))
        _compare(reading.card_value(row), new, token)
        write_card(row, new, tags)


def write_card(row: FactCard, new: Card, tags: Sequence[Tag]) -> None:
    _write_fields(row, new, skip={"public_id", "tags", "sources"})
    TaggedCard.objects.filter(content_object=row).delete()
    TaggedCard.objects.bulk_create(TaggedCard(content_object=row, tag=tag) for tag in tags)
    Source.objects.filter(card=row).delete()
    Source.objects.bulk_create(source_rows(row, new))


def source_rows(row: FactCard, value: Card) -> list[Source]:
    return [
        Source(card=row, position=position, **dataclasses.asdict(source))
        for position, source in enumerate(value.sources, 1)
    ]


def save_faq(faq: FaqRow, new: Faq, *, token: str, by: Any) -> None:
    with _changing(faq.article, _part(faq), by):
        row = _still_there(FaqRow.objects.select_for_update().filter(pk=faq.pk))
        new = dataclasses.replace(new, public_id=row.public_id)
        _compare(reading.faq_value(row), new, token)
        _write_fields(row, new, skip={"public_id"})


def add_card(article: Article, new: Card | None = None, *, by: Any, position: int | None = None) -> FactCard:
    """Adds a card at a position counted from 1; at the end without one."""
    new = new or Card()
    with _changing(article, "a new card", by) as locked:
        row = FactCard(article=locked, position=0)
        _insert(locked.cards.all(), row, position, MOST_CARDS, _("An article takes at most %(most)s cards."))
        write_card(row, new, Tag.objects.for_names(new.tags))
    return row


def add_faq(article: Article, new: Faq | None = None, *, by: Any, position: int | None = None) -> FaqRow:
    new = new or Faq()
    with _changing(article, "a new question", by) as locked:
        row = FaqRow(article=locked, position=0)
        _insert(locked.faqs.all(), row, position, MOST_FAQS, _("An article takes at most %(most)s questions."))
        _write_fields(row, new, skip={"public_id"})
    return row


def move_card(card: FactCard, target: Article, *, by: Any) -> None:
    """Moves a card to the end of another article, with its id, its tags and its sources; comments stay behind."""
    with transaction.atomic():
        list(Article.objects.select_for_update().filter(pk__in=[card.article_id, target.pk]).order_by("pk"))
        with _changing(card.article, _part(card), by) as source:
            row = _still_there(FactCard.objects.filter(pk=card.pk))
            row.comments.update(card=None, about=row.heading)
            with _changing(target, "a moved card", by) as goal:
                row.article = goal
                others = goal.cards.exclude(pk=row.pk)
                _insert(others, row, None, MOST_CARDS, _("An article takes at most %(most)s cards."))
            _renumber(list(source.cards.all()))


def delete_card(card: FactCard, *, token: str, by: Any) -> None:
    """Takes a card out of the working copy. What is live keeps it; its address stays its own."""
    _delete(card, reading.card_value, token, by)


def delete_faq(faq: FaqRow, *, token: str, by: Any) -> None:
    _delete(faq, reading.faq_value, token, by)


def save_order(article: Article, items: Items, public_ids: Sequence[str], *, token: str, by: Any) -> None:
    """Puts the cards or questions in this order. Raises DraftError unless it names each of them exactly once."""
    wanted = tuple(public_ids)
    with _changing(article, "order", by) as locked:
        rows: list[FactCard | FaqRow] = [*(locked.cards.all() if items == "cards" else locked.faqs.all())]
        current = tuple(row.public_id for row in rows)
        if sorted(wanted) != sorted(current):
            if reading.token(current) != token:
                raise StaleError(current, wanted)
            raise DraftError(_("The order has to name every card of this article once, and no other."))
        _compare(current, wanted, token)
        rows.sort(key=lambda row: wanted.index(row.public_id))
        _renumber(rows)


def _delete(row: Any, value_of: Callable[[Any], Card | Faq], token: str, by: Any) -> None:
    with _changing(row.article, _part(row), by) as locked:
        model = type(row)
        current = value_of(_still_there(model.objects.select_for_update().filter(pk=row.pk)))
        if reading.token(current) != token:
            raise StaleError(current, current)
        History.write(locked, History.DELETE, by=by, part=_part(row), value=dataclasses.asdict(current))
        row.delete()
        _renumber(list(model.objects.filter(article=locked)))


def _insert(others: Any, row: Any, position: int | None, most: int, sentence: str) -> None:
    rows = list(others)
    _limit([*rows, row], most, sentence)
    place = len(rows) if position is None else max(0, min(position - 1, len(rows)))
    row.position = place + 1
    row.save()
    rows.insert(place, row)
    _renumber(rows)


def _renumber(rows: Sequence[Any]) -> None:
    moved = []
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            moved.append(row)
    if moved:
        type(moved[0]).objects.bulk_update(moved, ["position"])


def _part(row: FactCard | FaqRow) -> str:
    return f"{'card' if isinstance(row, FactCard) else 'question'} {row.position}"


def _still_there(rows: Any) -> Any:
    row = rows.first()
    if row is None:
        raise DraftError(_("Somebody else deleted this part meanwhile."))
    return row


def _write_fields(row: Any, value: Any, skip: set[str] = frozenset()) -> None:  # type: ignore[assignment]
    names = [field.name for field in dataclasses.fields(value) if field.name not in skip]
    for name in names:
        setattr(row, name, getattr(value, name))
    row.save(update_fields=names)


def _limit(items: Sequence[Any], most: int, sentence: str) -> None:
    if len(items) > most:
        raise DraftError(sentence % {"most": most})
