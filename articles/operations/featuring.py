"""Which facts stand on the home page, and in which order."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import rights
from articles.models import Article, FeaturedFact, History, PublishedFact
from articles.models.cache_groups import FEATURED
from articles.models.featured import MOST_FEATURED
from articles.models.outbox import purge

PERMISSION = "articles.change_featuredfact"


class FeaturingError(Exception):
    """Not possible now; its text is a sentence for the editor."""


def in_force(public_id: str) -> PublishedFact | None:
    """What readers see of a fact; where two articles show it, the newer one."""
    found = PublishedFact.objects.in_force().filter(public_id=public_id).select_related("edition__article", "subject")
    fact: PublishedFact | None = found.order_by("-visible_from", "-pk").first()
    return fact


@transaction.atomic
def feature(public_id: str, *, by: User) -> PublishedFact:
    """Puts a published fact at the end of those on the home page. Raises PermissionDenied, FeaturingError."""
    rights.require(by, PERMISSION)
    rows = list(FeaturedFact.objects.select_for_update())
    fact = in_force(public_id)
    if fact is None:
        raise FeaturingError(_("Readers see no such fact. Only what is published can stand on the home page."))
    if public_id in {row.public_id for row in rows}:
        raise FeaturingError(_("This fact is chosen already."))
    if len(rows) >= MOST_FEATURED:
        raise FeaturingError(_("%(most)s facts are chosen already: remove one first.") % {"most": MOST_FEATURED})
    position = rows[-1].position + 1 if rows else 1
    FeaturedFact.objects.create(public_id=public_id, position=position, added_by=by)
    purge([FEATURED])
    _write_history(History.Act.FEATURE_FACT, public_id, by)
    return fact


@transaction.atomic
def remove(public_id: str, *, by: User) -> None:
    """Takes a fact off the home page; nothing happens where somebody else has done so. Raises PermissionDenied."""
    rights.require(by, PERMISSION)
    deleted, _by_model = FeaturedFact.objects.filter(public_id=public_id).delete()
    if deleted:
        purge([FEATURED])
        _write_history(History.Act.UNFEATURE_FACT, public_id, by)


@transaction.atomic
def move(public_id: str, step: int, *, by: User) -> None:
    """Changes places with the one before (-1) or after (1); at an end nothing happens. Raises PermissionDenied."""
    rights.require(by, PERMISSION)
    rows = list(FeaturedFact.objects.select_for_update())
    at = next((place for place, row in enumerate(rows) if row.public_id == public_id), None)
    if at is None or not 0 <= at + step < len(rows):
        return
    rows[at], rows[at + step] = rows[at + step], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    FeaturedFact.objects.bulk_update(rows, ["position"])
    purge([FEATURED])
    _write_history(History.Act.MOVE_FEATURED, public_id, by)


def article_of(public_id: str) -> Article | None:
    """The article that shows a fact to readers, else the one whose working copy has it."""
    fact = in_force(public_id)
    return fact.edition.article if fact else Article.objects.filter(cards__public_id=public_id).first()


def _write_history(act: History.Act, public_id: str, by: User) -> None:
    """With the article: a fact that is in none any more has no history to be written into."""
    fact, article = in_force(public_id), article_of(public_id)
    if article:
        History.write(article, act, by=by, about=str(fact) if fact else "", fact=public_id)
