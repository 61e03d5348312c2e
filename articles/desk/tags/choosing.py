"""The articles and facts among which somebody chooses those to be tagged."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles import rights
from articles.desk import search
from articles.desk.requests import MOST_INTEGER
from articles.models import Article, EditionTag, FactCard, PublishedTag, Tag, TaggedArticle, TaggedCard
from articles.text.numbers import whole_number

ON_A_PAGE = 50


def facts_with(user: User, asked: str, tag: Tag | None = None) -> QuerySet[FactCard]:
    """Facts with all of these words that this person may see, those of articles changed last first."""
    seen = rights.visible_articles(user, Article.objects.all())
    found = FactCard.objects.filter(article__in=seen.order_by().values("pk")).select_related("article")
    found = found.prefetch_related("tagged__tag")
    for word in search.words_of(asked):
        found = found.filter(folded__contains=word)
    if tag:
        found = found.filter(Exists(TaggedCard.objects.filter(tag=tag, content_object=OuterRef("pk"))))
    return found.order_by("-article__changed_at", "-article_id", "position")


def articles_with(user: User, asked: str, tag: Tag | None = None) -> QuerySet[Article]:
    """As `facts_with`, by the words of the title."""
    found = rights.visible_articles(user, Article.objects.prefetch_related("tagged__tag"))
    if words := search.words_of(asked):
        titled = search.called(found.order_by("-changed_at", "-pk"), words, most=search.MOST_ARTICLES * ON_A_PAGE)
        found = found.filter(pk__in=[pk for pk, _title in titled])
    if tag:
        found = found.filter(Exists(TaggedArticle.objects.filter(tag=tag, content_object=OuterRef("pk"))))
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
