"""The articles and facts among which somebody chooses those to be tagged."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles import rights
from articles.desk import word_search
from articles.desk.requests import MOST_INTEGER
from articles.models import Article, EditionTag, FactCard, PublishedTag, Tag, TaggedArticle, TaggedCard
from articles.text.numbers import whole_number

ON_A_PAGE = 50
#: With some words in their titles.
MOST_ARTICLES = 10 * ON_A_PAGE


def facts_with(user: User, asked: str, tag: Tag | None = None) -> QuerySet[FactCard]:
    """Facts with all of these words that this person may see, those of articles changed last first; among all facts at
    most word_search.MOST_FOUND, of those of a tag, which are looked through, each.
    """
    seen = rights.visible_articles(user, Article.objects.all())
    found = FactCard.objects.filter(article__in=seen.order_by().values("pk")).select_related("article")
    found = found.prefetch_related("tagged__tag")
    words = word_search.words_of(asked)
    if words and not tag:
        found = found.filter(pk__in=word_search.cards_with(words, user).keys)
    if tag:
        for word in words:
            found = found.filter(folded__contains=word)
        found = found.filter(Exists(TaggedCard.objects.filter(tag=tag, content_object=OuterRef("pk"))))
    return word_search.in_order(found)


def articles_with(user: User, asked: str, tag: Tag | None = None) -> QuerySet[Article]:
    """As `facts_with`, by the words of the title: at most MOST_ARTICLES."""
    found = rights.visible_articles(user, Article.objects.prefetch_related("tagged__tag"))
    if tag:
        found = found.filter(Exists(TaggedArticle.objects.filter(tag=tag, content_object=OuterRef("pk"))))
    if words := word_search.words_of(asked):
        newest = found.order_by("-changed_at", "-pk")
        titled = word_search.called(newest, words, user, most=MOST_ARTICLES)
        found = found.filter(pk__in=[pk for pk, _title in titled])
    return found.order_by("-changed_at", "-pk")


def published_only(user: User, tag: Tag) -> tuple[list[FactCard], list[Article]]:
    """Facts and articles that have the tag before readers, now or later, but not in the draft: some of each."""
    until = {"visible_until__gt": timezone.now()}
    shown = set(PublishedTag.objects.filter(tag=tag, is_own=True, **until).values_list("fact__public_id", flat=True))
    shown -= set(TaggedCard.objects.filter(tag=tag).values_list("content_object__public_id", flat=True))
    facts = facts_with(user, "").filter(public_id__in=sorted(shown)[:ON_A_PAGE])
    of_articles = EditionTag.objects.filter(tag=tag, edition__visible_until__gt=timezone.now())
    ids = set(of_articles.values_list("edition__article", flat=True))
    ids -= set(TaggedArticle.objects.filter(tag=tag).values_list("content_object", flat=True))
    return list(facts), list(articles_with(user, "").filter(pk__in=sorted(ids)[:ON_A_PAGE]))


def chosen_facts(request: HttpRequest) -> list[str]:
    """PostgreSQL refuses to look for a text with a NUL in it."""
    return [public_id.replace("\x00", "") for public_id in request.POST.getlist("fact")]


def chosen_articles(request: HttpRequest) -> set[int]:
    numbers = (whole_number(text, most=MOST_INTEGER) for text in request.POST.getlist("article"))
    return {number for number in numbers if number}
