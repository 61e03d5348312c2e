"""A picture is a part of every article that shows it: changing it is a change of each of their working copies."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.drafts import locks
from articles.drafts.changing import DraftError, changing
from articles.models import Article, FactCard, Faq, History, Picture
from articles.states import Status
from articles.text import markdown

#: A picture in more articles than this is not changed: each of them is written and noted in one transaction.
MOST_ARTICLES = 200


@dataclass(frozen=True)
class PictureUse:
    """A working copy that shows a picture, and its parts that do."""

    article: Article
    places: tuple[str, ...]


class PictureLockedError(DraftError):
    """Somebody has locked a part that shows the picture."""

    def __init__(self, article: Article, sentence: str) -> None:
        super().__init__(sentence)
        self.article = article


def picture_uses(picture: Picture) -> list[PictureUse]:
    """Every working copy that shows it now, but for those in the bin. Three queries, however many there are."""
    mark = picture.public_id
    parts = (("card", FactCard, Q(picture=mark) | Q(body__contains=mark)), ("faq", Faq, Q(answer__contains=mark)))
    found: dict[int, list[str]] = {}
    for kind, model, condition in parts:
        for row in model._default_manager.filter(condition).only("article", "public_id", *_BODIES[kind]).order_by("pk"):
            if _shows(row, mark, _BODIES[kind]):
                found.setdefault(row.article_id, []).append(f"{kind}:{row.public_id}")
    own = Q(cover=picture) | Q(introduction__contains=mark) | Q(conclusion__contains=mark)
    articles = Article.objects.filter(own | Q(pk__in=list(found))).order_by("pk")
    uses = (PictureUse(each, (*_own_places(each, picture), *found.get(each.pk, ()))) for each in articles)
    return [use for use in uses if use.places]


_BODIES = {"card": ("picture", "body"), "faq": ("answer",)}


def _shows(row: FactCard | Faq, mark: str, names: Collection[str]) -> bool:
    """The id may stand in a text without a picture of it."""
    return any(
        getattr(row, name) == mark or mark in markdown.picture_ids(getattr(row, name))
        for name in names
        if mark in getattr(row, name)
    )


def _own_places(article: Article, picture: Picture) -> Iterator[str]:
    if article.cover_id == picture.pk:
        yield "details"
    for name in ("introduction", "conclusion"):
        text = getattr(article, name)
        if picture.public_id in text and picture.public_id in markdown.picture_ids(text):
            yield name


def require_changeable(picture: Picture, by: User) -> list[PictureUse]:
    """The uses that a change of the picture changes: those in the archive stay as they are.

    They are locked until the transaction ends. Raises PictureLockedError for a part that somebody else has locked, and
    DraftError where there are more than MOST_ARTICLES.
    """
    uses = [use for use in picture_uses(picture) if use.article.status != Status.ARCHIVED]
    if len(uses) > MOST_ARTICLES:
        sentence = _("More than %(most)s articles show this picture. Upload the new one as a picture of its own.")
        raise DraftError(sentence % {"most": MOST_ARTICLES})
    list(Article.objects.select_for_update().filter(pk__in=[use.article.pk for use in uses]).order_by("pk"))
    for use in uses:
        if sentence := locks.sentence_for(use.article, use.places, by):
            raise PictureLockedError(use.article, sentence)
    return uses


def picture_changed(picture: Picture, *, by: User) -> list[Article]:
    """Notes in each working copy that shows a picture that it is another one now, and gives those articles.

    Call it after the picture's row is saved, in the same transaction. Raises as `require_changeable`.
    """
    uses = require_changeable(picture, by)
    for use in uses:
        with changing(use.article, History.Part.PICTURE, by, places=use.places):
            pass
    return [use.article for use in uses]
