"""A picture is a part of every article that shows it: changing it is a change of each of their working copies."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles.drafts import locks
from articles.drafts.changing import DraftError, changing
from articles.models import Article, History, Picture, PictureUse
from articles.states import Status

#: A picture in more articles than this is not changed: each of them is written and noted in one transaction.
MOST_ARTICLES = 200


@dataclass(frozen=True)
class ArticleUse:
    """A working copy that shows a picture, and its parts that do."""

    article: Article
    places: tuple[str, ...]


class PictureLockedError(DraftError):
    """Somebody has locked a part that shows the picture."""

    def __init__(self, article: Article, sentence: str) -> None:
        super().__init__(sentence)
        self.article = article


def picture_uses(picture: Picture) -> list[ArticleUse]:
    """Every working copy that shows it now, but for those in the bin. One query, however many there are."""
    rows = PictureUse.objects.in_working_copies().filter(picture=picture.public_id, article__binned_at=None)
    found: dict[Article, list[str]] = {}
    for row in rows.select_related("article").order_by("article_id", "pk"):
        found.setdefault(row.article, []).append(row.place)
    return [ArticleUse(article, tuple(places)) for article, places in found.items()]


def require_changeable(picture: Picture, by: User) -> list[ArticleUse]:
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
