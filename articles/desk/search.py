"""Search over what is being written: articles by title, facts by heading and text, in any script and case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rights
from articles.desk import word_search
from articles.desk.pages import VIEW, article_url, page, wants_json
from articles.desk.requests import signed_in
from articles.models import Article, FactCard
from articles.text import finding, outline

ON_A_PAGE = 25
MOST_ARTICLES = 10
#: How much of a text is shown around what was asked for.
SHOWN = 160

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
    words = word_search.words_of(asked)
    all_found = word_search.cards_with(words, user)
    found = Paginator(all_found.keys, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = FactCard.objects.select_related("article").filter(pk__in=list(found))
    cards = [_found(card, asked.split()) for card in word_search.in_order(rows)]
    articles = articles_called(words, user)
    if wants_json(request):
        return JsonResponse({"cards": [_as_value(card) for card in cards], "articles": _links(articles)})
    context: dict[str, Any] = {
        "asked": asked,
        "has_asked": bool(words),
        "cards": cards,
        "found": found,
        "is_cut": all_found.is_cut,
        "articles": _links(articles),
    }
    return page(request, "search", title=_("Search"), **context)


def articles_called(words: Sequence[str], user: User) -> list[tuple[int, str]]:
    """The newest articles with all of these words in their title, as (pk, title)."""
    if not words:
        return []
    rows = rights.visible_articles(user, Article.objects.order_by("-changed_at", "-pk"))
    return word_search.called(rows, words, user, most=MOST_ARTICLES)


def _links(articles: Sequence[tuple[int, str]]) -> list[dict[str, str]]:
    return [{"title": title, "url": article_url("change", pk)} for pk, title in articles]


def _found(card: FactCard, words: Sequence[str]) -> FoundCard:
    return FoundCard(
        url=f"{article_url('change', card.article_id)}#card-{card.public_id}",
        position=card.position,
        emoji=card.emoji,
        heading=finding.snippet(str(card), words, length=len(str(card))),
        excerpt=finding.snippet(" ".join(outline.plain(card.body).split()), words, length=SHOWN),
        article=card.article.title,
    )


def _as_value(card: FoundCard) -> dict[str, str]:
    heading, excerpt = ("".join(words for words, _is_asked in runs) for runs in (card.heading, card.excerpt))
    return {"heading": heading, "excerpt": excerpt, "article": card.article, "url": card.url}
