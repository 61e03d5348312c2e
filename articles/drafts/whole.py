"""A whole working copy at once: making one from a Document, restoring an earlier one, keeping a revision of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from articles import document
from articles.document import Card, Document
from articles.document.rules import SLUG_LENGTH
from articles.drafts import derived, ids, pictures_shown
from articles.drafts.changing import EVERYTHING, DraftError, changing, checked, lock
from articles.drafts.items import source_rows
from articles.drafts.reading import Details, columns_of, document_from, document_of
from articles.drafts.saving import free_slug, write_details
from articles.models import Article, FactCard, Faq, History, Revision, Source, Tag, TaggedCard
from articles.text import signs, slugs
from articles.text.ids import new_public_id

_MIXED = {Revision.Reason.PARTIAL, Revision.Reason.CARRIED}


@transaction.atomic
def create(value: Document, *, by: User, act: str = History.Act.CREATE, unplaced: str = "", note: str = "") -> Article:
    """A new draft owned by `by`. Cards keep the ids of the Document where those are free, else they get new ones."""
    value = checked(value)
    article = Article(owner=by, changed_by=by, writers={EVERYTHING: by.pk}, unplaced_text=signs.body(unplaced))
    written = _write(article, value, taken=ids.taken(_wishes(value)))
    History.write(article, act, by=by, note=note)
    if act == History.Act.IMPORT:
        keep_revision(article, Revision.Reason.IMPORTED, by=by, value=written, is_first=True)
    return article


@transaction.atomic
def restore(article: Article, revision: Revision, *, change: int | None, by: User) -> None:
    """Makes the working copy what it was at a revision of the same article; that is a change like any other.

    `change` is the change number of the words that were read: nobody goes back over words that they have not seen, and
    these are kept as a revision first. Raises DraftError, and changes nothing then.
    """
    if revision.article_id != article.pk:
        raise DraftError(_("This revision belongs to another article."))
    locked, value = lock(article), checked(revision.document)
    if change != locked.change:
        raise DraftError(_("Somebody changed the article after you read it. Look at it again first."))
    if not locked.revisions.filter(change=locked.change).exists():
        keep_revision(locked, Revision.Reason.REQUESTED, by=by)
    with changing(article, History.Part.EVERYTHING, by, places=[EVERYTHING]) as locked:
        _clear(locked)
        _write(locked, value, taken=ids.ids_in_rows(_wishes(value)))
        History.write(locked, History.Act.RESTORE, by=by, revision=revision.number)
    article.refresh_from_db()
    keep_revision(article, Revision.Reason.RESTORED, by=by)


@transaction.atomic
def replace(article: Article, value: Document, *, by: User, unplaced: str = "", note: str = "") -> None:
    """Puts a newer import in the place of the whole working copy; that is a change like any other."""
    value = checked(value)
    with changing(article, History.Part.EVERYTHING, by, places=[EVERYTHING]) as locked:
        _clear(locked)
        locked.unplaced_text = signs.body(unplaced)
        _write(locked, value, taken=ids.taken(_wishes(value)))
        History.write(locked, History.Act.IMPORT, by=by, note=note)
    article.refresh_from_db()
    keep_revision(article, Revision.Reason.IMPORTED, by=by)


def keep_revision(
    article: Article, reason: str, *, by: User, value: Document | None = None, name: str = "", is_first: bool = False
) -> Revision:
    """Freezes the working copy as it is now. Call it with the article locked, or where nobody else can know of it.

    `value` is the working copy where it was written a moment ago, and need not be read; `is_first`: the article is new.
    A PARTIAL or CARRIED revision is of no change number: its words were never the working copy as a whole.
    """
    last = 0 if is_first else article.revisions.aggregate(last=Max("number"))["last"] or 0
    value = value or document_of(article)
    pictures_shown.keep_of_revision(article, value)
    return Revision.objects.create(
        article=article,
        number=last + 1,
        change=0 if reason in _MIXED else article.change,
        content=document.to_json(value),
        reason=reason,
        name=name,
        made_by=by,
        changed_by=article.changed_by,
    )


@transaction.atomic
def keep_named(article: Article, name: str, *, by: User) -> Revision:
    """Keeps the whole working copy under a name that people will look for; raises DraftError for an empty name."""
    name = " ".join(name.split())
    longest = Revision._meta.get_field("name").max_length or 0
    if not name:
        raise DraftError(_("Give this version a name, such as “before the lawyer’s cuts”."))
    if len(name) > longest:
        raise DraftError(_("A name has at most %(most)s characters.") % {"most": longest})
    locked = lock(article)
    revision = keep_revision(locked, Revision.Reason.NAMED, by=by, name=name)
    History.write(locked, History.Act.NAME_VERSION, by=by, note=name, revision=revision.number)
    return revision


def _clear(article: Article) -> None:
    article.cards.all().delete()
    article.faqs.all().delete()


def _write(article: Article, value: Document, *, taken: set[str]) -> Document:
    """Gives the working copy as it is now: what was written, under its ids, with what its names mean here."""
    details = Details(**{field.name: getattr(value, field.name) for field in dataclasses.fields(Details)})
    slug = slugs.slug(value.slug, SLUG_LENGTH) or free_slug(article, slugs.slug(value.title, SLUG_LENGTH))
    article.introduction, article.conclusion = value.introduction, value.conclusion
    article.conclusion_heading = value.conclusion_heading
    is_new = article.pk is None
    details = write_details(article, dataclasses.replace(details, slug=slug))
    cards = [dataclasses.replace(card, public_id=_free_id(card.public_id, taken)) for card in value.cards]
    faqs = [dataclasses.replace(faq, public_id=_free_id(faq.public_id, taken)) for faq in value.faqs]
    cards = _write_cards(article, cards)
    Faq.objects.bulk_create(
        Faq(article=article, position=position, **columns_of(document.Faq, faq)) for position, faq in enumerate(faqs, 1)
    )
    written = document_from(article, details, cards, faqs)
    derived.rebuild(article, written, is_new=is_new)
    return written


def _write_cards(article: Article, cards: Sequence[Card]) -> list[Card]:
    """Gives the cards with their tags as they are called here."""
    names = dict.fromkeys(name for card in cards for name in card.tags)
    Tag.objects.for_names(names)  # makes the new ones
    found = Tag.objects.by_names(names)
    tags = [list(dict.fromkeys(found[name] for name in card.tags if name in found)) for card in cards]
    rows = FactCard.objects.bulk_create(
        FactCard(article=article, position=position, **columns_of(Card, card)) for position, card in enumerate(cards, 1)
    )
    Source.objects.bulk_create(
        source for row, card in zip(rows, cards, strict=True) for source in source_rows(row, card)
    )
    TaggedCard.objects.bulk_create(
        TaggedCard(content_object=row, tag=tag) for row, own in zip(rows, tags, strict=True) for tag in own
    )
    return [
        dataclasses.replace(card, tags=tuple(tag.name for tag in own)) for card, own in zip(cards, tags, strict=True)
    ]


def _free_id(wish: str, taken: set[str]) -> str:
    if wish and wish not in taken:
        taken.add(wish)
        return wish
    return new_public_id()


def _wishes(value: Document) -> list[str]:
    items: list[Card | document.Faq] = [*value.cards, *value.faqs]
    return [item.public_id for item in items if item.public_id]
