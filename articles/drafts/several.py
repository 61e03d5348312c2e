"""Several cards of one article at once: tagging, deleting, moving and copying them; and a whole article once more."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import document
from articles.drafts import bin as bins
from articles.drafts import items, reading, whole
from articles.drafts.changing import DraftError, lock
from articles.models import Article, BinnedPart, Comment, FactCard, History, Tag
from articles.states import Status


@transaction.atomic
def tag_cards(
    article: Article, public_ids: Sequence[str], *, add: Sequence[str], remove: Sequence[str], by: User
) -> int:
    """Adds and removes tags and leaves the cards' other tags alone; gives how many cards changed.

    Names mean tags in any spelling. Raises DraftError when a card is gone or would have too many; nothing is written
    then.
    """
    gone = {tag.name for tag in Tag.objects.by_names(remove).values()}
    changed = 0
    for card in _chosen(article, public_ids):
        now = reading.card_value(card)
        tags = tuple(dict.fromkeys([*(name for name in now.tags if name not in gone), *add]))
        saved = items.save_card(card, dataclasses.replace(now, tags=tags), token=reading.token(now), by=by)
        changed += saved != now
    return changed


def tags_of(article: Article, public_ids: Sequence[str]) -> dict[str, list[str]]:
    """The names of each chosen card's tags; a card that is not there is left out."""
    cards = reading.whole_cards(article.cards.filter(public_id__in=public_ids))
    return {card.public_id: list(reading.card_value(card).tags) for card in cards}


@transaction.atomic
def set_tags(
    article: Article, wanted: Mapping[str, Sequence[str]], *, was: Mapping[str, Sequence[str]], by: User
) -> None:
    """Gives cards exactly these tags, by public id, where they still have those of `was`: to undo a tagging.

    Raises DraftError where somebody has tagged one otherwise meanwhile, or a card is gone; nothing is written then.
    """
    for card in _chosen(article, list(wanted)):
        now = reading.card_value(card)
        if list(now.tags) != list(was.get(card.public_id, ())):
            raise DraftError(_("Somebody changed these tags meanwhile: they stay as they are."))
        new = dataclasses.replace(now, tags=tuple(wanted[card.public_id]))
        items.save_card(card, new, token=reading.token(now), by=by)


@transaction.atomic
def delete_cards(article: Article, public_ids: Sequence[str], *, by: User) -> list[BinnedPart]:
    """Puts the cards into the bin, from which each comes back by itself."""
    return [
        bins.delete_card(card, token=reading.token(reading.card_value(card)), by=by)
        for card in _chosen(article, public_ids)
    ]


@transaction.atomic
def move_cards(article: Article, public_ids: Sequence[str], target: Article, *, by: User) -> None:
    """Moves the cards to the end of another article, in their order, each with its id and so with its address."""
    if target.pk == article.pk:
        raise DraftError(_("These facts stand in that article already."))
    for card in _chosen(article, public_ids):
        items.move_card(card, target, by=by)


@transaction.atomic
def copy_cards(article: Article, public_ids: Sequence[str], target: Article, *, by: User) -> list[FactCard]:
    """Adds copies to the end of an article, with tags and sources, under new ids: another fact, another address."""
    return [
        items.add_card(target, dataclasses.replace(reading.card_value(card), public_id=""), by=by)
        for card in _chosen(article, public_ids)
    ]


def duplicate(article: Article, *, by: User) -> Article:
    """A new draft with all words of an article, owned by `by`, under new ids and without a web address."""
    value = reading.document_of(article)
    title = _("Copy of %(title)s") % {"title": value.title}
    longest = Article._meta.get_field("title").max_length or 0
    copy = dataclasses.replace(
        value,
        title=title if len(title) <= longest else f"{title[: longest - 1]}…",
        slug="",
        cards=tuple(dataclasses.replace(card, public_id="") for card in value.cards),
        faqs=tuple(dataclasses.replace(faq, public_id="") for faq in value.faqs),
    )
    return whole.create(copy, by=by, note=value.title)


@transaction.atomic
def from_template(template: Article, *, title: str, authors: tuple[str, ...] = (), by: User) -> Article:
    """A new draft with all parts of a template under a title of its own. Its open remarks come along: what is to do."""
    value = reading.document_of(template)
    new = dataclasses.replace(
        value,
        title=title,
        slug="",
        authors=authors or value.authors,
        cards=tuple(dataclasses.replace(card, public_id="") for card in value.cards),
        faqs=tuple(dataclasses.replace(faq, public_id="") for faq in value.faqs),
    )
    article = whole.create(new, by=by, note=value.title)
    _copy_open_remarks(template, value, article)
    return article


def _copy_open_remarks(template: Article, value: document.Document, article: Article) -> None:
    """The threads without their answers; each at the part that was made of its own."""
    made = reading.document_of(article)
    cards, faqs = zip(value.cards, made.cards, strict=True), zip(value.faqs, made.faqs, strict=True)
    places = {f"card:{old.public_id}": f"card:{new.public_id}" for old, new in cards}
    places |= {f"faq:{old.public_id}": f"faq:{new.public_id}" for old, new in faqs}
    copied = ("about", "field", "quoted", "before", "after", "start", "text", "suggested", "author", "guest_name")
    Comment.objects.bulk_create(
        Comment(
            article=article,
            place=places.get(remark.place, "" if ":" in remark.place else remark.place),
            **{name: getattr(remark, name) for name in copied},
        )
        for remark in template.comments.filter(parent=None, resolved_at=None).select_related("author").order_by("pk")
    )


@transaction.atomic
def mark_template(article: Article, *, is_template: bool, by: User) -> None:
    """Makes an article one that new ones are made from, or an ordinary one again.

    Only what is being written becomes one: an approved article could be published without another look at it. Raises
    DraftError.
    """
    locked = lock(article)
    if is_template and locked.editions.exists():
        raise DraftError(_("Readers have seen this article. Duplicate it, and make the copy a template."))
    if is_template and locked.effective_status not in (Status.DRAFT, Status.CHANGES_REQUESTED):
        raise DraftError(_("Only a draft can become a template. Duplicate the article, and make the copy a template."))
    if locked.is_template != is_template:
        locked.is_template = is_template
        locked.save(update_fields=["is_template"])
        act = History.Act.MARK_TEMPLATE if is_template else History.Act.UNMARK_TEMPLATE
        History.write(locked, act, by=by)


def _chosen(article: Article, public_ids: Sequence[str]) -> list[FactCard]:
    """The cards in the order of the article; raises DraftError unless each of them is there."""
    cards = list(reading.whole_cards(article.cards.filter(public_id__in=public_ids)))
    if not public_ids:
        raise DraftError(_("Choose at least one fact."))
    if len(cards) != len(set(public_ids)):
        raise DraftError(_("Some of these facts are not in this article any more: look again."))
    return cards
