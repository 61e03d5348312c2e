"""Keeps which pictures each part of an article shows (models.picture_uses), in the transaction that writes its words.

A part that shows the same pictures as before costs nothing but reading it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q

from articles.document import Card, Document, Faq, card_from_json, faq_from_json
from articles.document.rules import ID_LENGTH
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.models import Article, BinnedPart, FactCard, Picture, PictureUse, Revision
from articles.models import Faq as FaqRow
from articles.models.picture_uses import REVISIONS, PictureUseQuerySet
from articles.models.queries import held_until_the_end
from articles.text import markdown

Value = Details | Introduction | Conclusion | Card | Faq
#: Of every text that shows a picture.
_MARK = "picture:"


def replace(article: Article, place: str, old: Value, new: Value) -> None:
    """`new` stands in the place of `old`; the article is locked."""
    before, now = _picture_ids_in(old), _picture_ids_in(new)
    if gone := before - now:
        _of_working_copy(article).filter(place=place, picture__in=gone).delete()
    _insert(_rows(article, place, now - before))


def add(article: Article, place: str, value: Value) -> None:
    _insert(_rows(article, place, _picture_ids_in(value)))


def remove(article: Article, place: str, value: Value) -> None:
    """`value` stood in the place."""
    if _picture_ids_in(value):
        _of_working_copy(article).filter(place=place).delete()


def move(source: Article, target: Article, place: str, value: Value) -> None:
    if _picture_ids_in(value):
        _of_working_copy(source).filter(place=place).update(article=target)


def rebuild(article: Article, value: Document, *, is_new: bool = False) -> None:
    """Of the whole working copy, whose words are `value`; not of revisions and of what lies in the bin."""
    if not is_new:
        _of_working_copy(article).delete()
    parts: dict[str, Value] = {
        "details": Details(title="", cover=value.cover),
        "introduction": Introduction(introduction=value.introduction),
        **{f"card:{card.public_id}": card for card in value.cards},
        "conclusion": Conclusion(conclusion=value.conclusion),
        **{f"faq:{faq.public_id}": faq for faq in value.faqs},
    }
    _insert([row for place, part in parts.items() for row in _rows(article, place, _picture_ids_in(part))])


def keep_of_revision(article: Article, value: Document) -> None:
    """A revision was kept. Its pictures have one row for the article, however many of its revisions show them."""
    _insert(_rows(article, REVISIONS, {picture.public_id for picture in value.pictures}))


def keep_of_binned(binned: BinnedPart, value: Card | Faq) -> None:
    """A part was put into the bin: whatever ends its row ends these, too."""
    _insert([PictureUse(picture=each, **_in_bin(binned)) for each in sorted(_picture_ids_in(value))])


# --- many articles ----------------------------------------------------------------------------------------------------


def of_articles(keys: Sequence[int]) -> Iterator[PictureUse]:
    """All rows that these articles want, unsaved: of working copies, revisions and bins. Six queries, however many
    articles there are; texts without pictures are not read.
    """
    shown: set[tuple[int, str, str]] = set()
    for article, place, value in _parts_with_pictures(keys):
        shown |= {(article, place, picture) for picture in _picture_ids_in(value)}
    revisions = Revision.objects.filter(article__in=keys, content__has_key="pictures").order_by()
    for article, pictures in revisions.values_list("article", "content__pictures"):
        shown |= {(article, REVISIONS, picture["public_id"]) for picture in pictures}
    for article, place, picture in sorted(shown):
        yield PictureUse(picture=picture, article_id=article, place=place)
    for binned in BinnedPart.objects.filter(article__in=keys).order_by("pk"):
        value = (card_from_json if binned.kind == "cards" else faq_from_json)(binned.value)
        yield from (PictureUse(picture=each, **_in_bin(binned)) for each in sorted(_picture_ids_in(value)))


def _parts_with_pictures(keys: Sequence[int]) -> Iterator[tuple[int, str, Value]]:
    own = Article.with_binned.filter(pk__in=keys).order_by("pk")
    for pk, cover in own.exclude(cover=None).values_list("pk", "cover__public_id"):
        yield pk, "details", Details(title="", cover=cover)
    texts = own.filter(Q(introduction__contains=_MARK) | Q(conclusion__contains=_MARK))
    for pk, introduction, conclusion in texts.values_list("pk", "introduction", "conclusion"):
        yield pk, "introduction", Introduction(introduction=introduction)
        yield pk, "conclusion", Conclusion(conclusion=conclusion)
    cards = FactCard.objects.filter(~Q(picture="") | Q(body__contains=_MARK), article__in=keys).order_by("pk")
    for pk, public_id, picture, body in cards.values_list("article", "public_id", "picture", "body"):
        yield pk, f"card:{public_id}", Card(picture=picture, body=body)
    faqs = FaqRow.objects.filter(article__in=keys, answer__contains=_MARK).order_by("pk")
    for pk, public_id, answer in faqs.values_list("article", "public_id", "answer"):
        yield pk, f"faq:{public_id}", Faq(answer=answer)


def rebuild_of_articles(keys: Sequence[int]) -> None:
    """Makes all rows of these articles anew; they are locked, or nobody else knows of them."""
    PictureUse.objects.filter(article__in=keys).delete()
    PictureUse.objects.bulk_create(of_articles(keys), batch_size=500)


# --- rows -------------------------------------------------------------------------------------------------------------


def _picture_ids_in(value: Value) -> set[str]:
    """Ids of pictures. What is longer than any id names none."""
    match value:
        case Details():
            found = {value.cover}
        case Introduction():
            found = {*markdown.picture_ids(value.introduction)}
        case Conclusion():
            found = {*markdown.picture_ids(value.conclusion)}
        case Card():
            found = {value.picture, *markdown.picture_ids(value.body)}
        case Faq():
            found = {*markdown.picture_ids(value.answer)}
    return {each for each in found if 0 < len(each) <= ID_LENGTH}


def _of_working_copy(article: Article) -> PictureUseQuerySet:
    return PictureUse.objects.in_working_copies().filter(article=article)


def _rows(article: Article, place: str, pictures: Iterable[str]) -> list[PictureUse]:
    return [PictureUse(picture=picture, article=article, place=place) for picture in sorted(pictures)]


def _in_bin(binned: BinnedPart) -> dict[str, Any]:
    return {"article_id": binned.article_id, "place": f"bin:{binned.pk}", "binned_part": binned}


def _insert(rows: list[PictureUse]) -> None:
    """Holds the pictures, so that none is deleted as unused by somebody who cannot see these rows yet."""
    if rows:
        list(held_until_the_end(Picture.objects.filter(public_id__in={row.picture for row in rows})))
        PictureUse.objects.bulk_create(rows, ignore_conflicts=True)
