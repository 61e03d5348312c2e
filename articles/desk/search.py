"""Search over what is being written: articles by title, facts by heading and text, in any script and case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rights
from articles.desk.pages import VIEW, article_url, page, wants_json
from articles.desk.requests import signed_in
from articles.models import Article, FactCard
from articles.text import finding, outline, signs

ON_A_PAGE = 25
MOST_ARTICLES = 10
#: What is asked for in one search, and how much of a text is shown around it.
MOST_WORDS, SHOWN = 10, 160

Runs = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class FoundCard:
    """`heading` and `excerpt` in runs: (signs, whether they were asked for)."""

    url: str
    position: int
    emoji: str
    heading: Runs
    excerpt: Runs
    article: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=`: facts that hold all of these words, those of articles that were changed last first."""
    user = signed_in(request)
    rights.require(user, VIEW)
    asked = request.GET.get("q", "")
    words = words_of(asked)
    found = Paginator(cards_with(words, user), ON_A_PAGE).get_page(request.GET.get("page"))
    cards = [_found(card, asked.split()) for card in found]
    articles = articles_called(words, user)
    if wants_json(request):
        return JsonResponse({"cards": [_as_value(card) for card in cards], "articles": _links(articles)})
    context: dict[str, Any] = {
        "asked": asked,
        "has_asked": bool(words),
        "cards": cards,
        "found": found,
        "articles": _links(articles),
    }
    return page(request, "search", title=_("Search"), **context)


def words_of(asked: str) -> list[str]:
    return finding.folded(signs.line(asked)).split()[:MOST_WORDS]


def cards_with(words: Sequence[str], user: User) -> QuerySet[FactCard]:
    """Of the articles that this person may see, none in the bin; nothing without words."""
    if not words:
        return FactCard.objects.none()
    seen = rights.visible_articles(user, Article.objects.all())
    found = FactCard.objects.filter(article__in=seen.order_by().values("pk")).select_related("article")
    for word in words:
        found = found.filter(folded__contains=word)
    return found.order_by("-article__changed_at", "-article_id", "position")


def articles_called(words: Sequence[str], user: User) -> list[tuple[int, str]]:
    """The newest articles with all of these words in their title, as (pk, title)."""
    if not words:
        return []
    rows = rights.visible_articles(user, Article.objects.order_by("-changed_at", "-pk"))
    return called(rows, words, most=MOST_ARTICLES)


def called(articles: QuerySet[Article], words: Sequence[str], *, most: int) -> list[tuple[int, str]]:
    """The first of these with all of the words in their title, as (pk, title). Folded here: SQLite knows the case of
    ASCII only."""
    titles = ((pk, title, finding.folded(title)) for pk, title in articles.values_list("pk", "title").iterator())
    found = ((pk, title) for pk, title, folded in titles if all(word in folded for word in words))
    return list(islice(found, most))


def _links(articles: Sequence[tuple[int, str]]) -> list[dict[str, str]]:
    return [{"title": title, "url": article_url("change", pk)} for pk, title in articles]


def _found(card: FactCard, words: Sequence[str]) -> FoundCard:
    return FoundCard(
        url=f"{article_url('change', card.article_id)}#card-{card.public_id}",
        position=card.position,
        emoji=card.emoji,
        heading=finding.around(str(card), words, length=len(str(card))),
        excerpt=finding.around(" ".join(outline.plain(card.body).split()), words, length=SHOWN),
        article=card.article.title,
    )


def _as_value(card: FoundCard) -> dict[str, str]:
    heading, excerpt = ("".join(words for words, _is_asked in runs) for runs in (card.heading, card.excerpt))
    return {"heading": heading, "excerpt": excerpt, "article": card.article, "url": card.url}
