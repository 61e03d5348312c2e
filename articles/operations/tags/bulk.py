"""Tags added to and taken from many articles and facts: changes of drafts, each with its rights and its history."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.models import Article, Tag

#: So many articles or facts in one act.
MOST_CHOSEN = 500
_CHANGE = "articles.change_article"


@dataclass(frozen=True)
class Chosen:
    """Of one article: whether its own tags are meant, and the public ids of facts."""

    itself: bool = False
    facts: Sequence[str] = ()


@dataclass(frozen=True)
class Retagged:
    """What came of it in one article: how many of what was chosen changed, or a sentence why nothing did.

    Without the article where this person may not know of it.
    """

    article: Article | None
    changed: int = 0
    refused: str = ""


def retag(chosen: Mapping[int, Chosen], *, add: Sequence[str], remove: Sequence[str], by: User) -> list[Retagged]:
    """Other tags stay. Each article is changed whole or not at all; the others go on."""
    articles = Article.objects.in_bulk(list(chosen))
    return [_retag(article, chosen[pk], add, remove, by) for pk in chosen if (article := articles.get(pk)) is not None]


def _retag(article: Article, chosen: Chosen, add: Sequence[str], remove: Sequence[str], by: User) -> Retagged:
    if not rights.may(by, _CHANGE, article):
        seen = article if rights.may(by, "articles.view_article", article) else None
        return Retagged(seen, refused=_("You may not change this article."))
    try:
        with transaction.atomic():
            changed = drafts.tag_cards(article, chosen.facts, add=add, remove=remove, by=by) if chosen.facts else 0
            changed += _tag_article(article, add, remove, by) if chosen.itself else 0
    except (drafts.DraftError, drafts.StaleError) as error:
        return Retagged(article, refused=str(error))
    return Retagged(article, changed)


def _tag_article(article: Article, add: Sequence[str], remove: Sequence[str], by: User) -> bool:
    gone = {tag.name for tag in Tag.objects.by_names(remove).values()}
    now = drafts.details_of(Article.objects.select_for_update().get(pk=article.pk))
    tags = tuple(dict.fromkeys([*(name for name in now.tags if name not in gone), *add]))
    return drafts.save_details(article, dataclasses.replace(now, tags=tags), token=drafts.token(now), by=by) != now
