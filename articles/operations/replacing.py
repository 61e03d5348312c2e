"""Find and replace across articles: which articles have the words, and each of them changed by itself, as a draft."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.drafts import replacing
from articles.drafts.replacing import Occurrence
from articles.drafts.versions import Value
from articles.models import Article, FactCard, Faq
from articles.text import finding

CHANGE = "articles.change_article"
#: A search goes through so many articles, those changed last first; the rest come when these are done.
MOST_ARTICLES = 1000
_TEXTS = ("title", "dek", "introduction", "conclusion_heading", "conclusion")


@dataclass(frozen=True)
class Wanted:
    """What is looked for, and how."""

    find: str
    whole_words: bool = False
    match_case: bool = False


@dataclass(frozen=True)
class ArticlePlaces:
    """The places of one article, and the tokens of the parts that they stand in."""

    article: Article
    parts: Sequence[Value]
    places: Sequence[Occurrence]
    are_more: bool

    @property
    def tokens(self) -> dict[str, str]:
        names = {place.place for place in self.places}
        return {name: drafts.token(part) for part in self.parts if (name := drafts.place_of(part)) in names}


@dataclass(frozen=True)
class ReplacedArticle:
    """What came of it in one article: the number of places and what undoes them, or a sentence why nothing changed."""

    pk: int
    title: str
    count: int = 0
    refused: str = ""
    versions: Mapping[int, str] = field(default_factory=dict)


def articles_with(wanted: Wanted, user: User) -> tuple[list[int], bool]:
    """The keys of articles that may have the words, those changed last first, at most MOST_ARTICLES; and whether there
    are more. Three queries, each of which may give a few too many: `places_in` looks closely.
    """
    seen = rights.visible_articles(user, Article.objects.all())
    own = _any_of(_TEXTS, wanted.find)
    found = {
        *seen.filter(own).order_by().values_list("pk", flat=True),
        *_owners(FactCard.objects.filter(_of_card(wanted.find)), seen),
        *_owners(Faq.objects.filter(_any_of(("question", "answer"), wanted.find)), seen),
    }
    # Ordered here: a list of so many keys is too long for some databases.
    newest = seen.order_by("-changed_at", "-pk").values_list("pk", flat=True)
    ordered = [pk for pk in newest.iterator() if pk in found]
    return ordered[:MOST_ARTICLES], len(ordered) > MOST_ARTICLES


def places_in(article: Article, wanted: Wanted, *, most: int) -> ArticlePlaces:
    parts = list(replacing.parts_of(article))
    found = replacing.find(parts, wanted.find, whole_words=wanted.whole_words, match_case=wanted.match_case)
    return ArticlePlaces(article, parts, found[:most], len(found) > most)


def replace(
    chosen: Mapping[int, set[str]], wanted: Wanted, by_words: str, *, tokens: Mapping[int, Mapping[str, str]], by: User
) -> list[ReplacedArticle]:
    """Replaces the places of these keys in each article. An article changes whole or not at all; the others go on."""
    return [_replace(pk, keys, wanted, by_words, tokens.get(pk, {}), by) for pk, keys in chosen.items()]


def _replace(
    pk: int, keys: set[str], wanted: Wanted, by_words: str, tokens: Mapping[str, str], by: User
) -> ReplacedArticle:
    article = Article.with_binned.filter(pk=pk).first()
    if article is None or not rights.may(by, CHANGE, article):
        return ReplacedArticle(pk, "", refused=_("You may not change this article, or it is no more."))
    if article.binned_at:
        return ReplacedArticle(pk, article.title, refused=_("Somebody put this article into the bin meanwhile."))
    found = places_in(article, wanted, most=replacing.MOST_FOUND).places
    places = [place for place in found if place.key in keys]
    if len(places) != len(keys):
        return ReplacedArticle(pk, article.title, refused=_("Somebody changed it meanwhile: look at its places again."))
    try:
        done = drafts.replace_all(article, places, by_words, tokens=tokens, by=by)
    except (drafts.DraftError, drafts.StaleError) as error:
        return ReplacedArticle(pk, article.title, refused=str(error))
    return ReplacedArticle(pk, article.title, done.count, versions=done.versions)


def undo(versions: Mapping[int, Mapping[int, str]], *, by: User) -> list[ReplacedArticle]:
    """Undoes what `replace` did, article by article: `versions` of each, as it gave them."""
    return [_undo(pk, each, by) for pk, each in versions.items()]


def _undo(pk: int, versions: Mapping[int, str], by: User) -> ReplacedArticle:
    article = Article.objects.filter(pk=pk).first()
    if article is None or not rights.may(by, CHANGE, article):
        return ReplacedArticle(pk, "", refused=_("You may not change this article, or it is no more."))
    try:
        drafts.undo_replacement(article, versions, by=by)
    except drafts.StaleError:
        return ReplacedArticle(pk, article.title, refused=_("A part was changed since: nothing is undone here."))
    except drafts.DraftError as error:
        return ReplacedArticle(pk, article.title, refused=str(error))
    return ReplacedArticle(pk, article.title, len(versions))


def _owners(rows: QuerySet[Any], seen: QuerySet[Article]) -> set[int]:
    owned = rows.filter(article__in=seen.order_by().values("pk"))
    return set(owned.order_by().values_list("article", flat=True).distinct())


def _any_of(columns: Sequence[str], words: str) -> Q:
    """As a pattern: it knows the case of every script on every database."""
    wanted = Q()
    for column in columns:
        wanted |= Q(**{f"{column}__iregex": re.escape(words)})
    return wanted


def _of_card(words: str) -> Q:
    return Q(folded__contains=finding.folded(words)) | _any_of(("safe_heading",), words)
