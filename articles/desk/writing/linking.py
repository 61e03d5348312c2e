"""What a link in a text may lead to: our own articles and facts, found by words of their titles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rights
from articles.desk.pages import VIEW
from articles.desk.requests import StaffRequest
from articles.models import Article, Edition, FactCard, PublishedFact
from articles.models.editions import public_heading

MOST_ARTICLES, MOST_FACTS = 6, 12
LONGEST_SEARCH, MOST_WORDS = 200, 8


@dataclass(frozen=True)
class Target:
    """`title` is what the writer looks for, `words` what may stand in a text: they differ where the title spoils."""

    url: str
    title: str
    words: str
    note: str


@require_safe
def links(request: StaffRequest) -> JsonResponse:
    """`q` is what is typed: all of its words have to be in the title, in any case.

    Found are articles and facts that readers see, and those of the account's own that they do not see yet.
    """
    rights.require(request.user, VIEW)
    words = request.GET.get("q", "").replace("\x00", " ")[:LONGEST_SEARCH].split()[:MOST_WORDS]
    found = [*_articles(request.user, words), *_facts(request.user, words)] if words else []
    return JsonResponse({"found": [asdict(target) for target in found]})


def _in(words: list[str], *fields: str) -> Q:
    """By a regular expression: SQLite knows upper and lower case of other letters than ours only there."""
    wanted = Q()
    for word in words:
        pattern = re.escape(unicodedata.normalize("NFC", word))
        in_one = Q()
        for field in fields:
            in_one |= Q(**{f"{field}__iregex": pattern})
        wanted &= in_one
    return wanted


def _articles(user: User, words: list[str]) -> Iterator[Target]:
    live = Edition.objects.in_force().versions().filter(_in(words, "title")).newest_first()[:MOST_ARTICLES]
    for slug, title in live.values_list("slug", "title"):
        yield Target(reverse("article", args=[slug]), title, title, _("Article"))
    is_live = Edition.objects.in_force().versions().values("article")
    own = rights.visible_articles(user, Article.objects.exclude(slug="").exclude(pk__in=is_live))
    for slug, title in own.filter(_in(words, "title")).order_by("-pk").values_list("slug", "title")[:MOST_ARTICLES]:
        yield Target(reverse("article", args=[slug]), title, title, _("Article, not published yet"))


def _facts(user: User, words: list[str]) -> Iterator[Target]:
    live = PublishedFact.objects.in_force()
    found = live.filter(_in(words, "heading") | _in(words, "safe_heading")).select_related("subject", "edition")
    for fact in found.newest_first()[:MOST_FACTS]:
        heading = fact.public_heading
        url = reverse("fact", args=[fact.public_id, fact.slug])
        yield Target(url, heading, heading, _("Fact in “%(article)s”") % {"article": fact.edition.title})
    for card in _own_cards(user, words).exclude(public_id__in=live.values("public_id"))[:MOST_FACTS]:
        outside = public_heading(card.heading, card.safe_heading, card.spoiler_after, card.article.subject)
        note = _("Fact in “%(article)s”, not published yet") % {"article": card.article}
        yield Target(reverse("fact-by-id", args=[card.public_id]), card.heading, outside, note)


def _own_cards(user: User, words: list[str]) -> QuerySet[FactCard]:
    own = rights.visible_articles(user, Article.objects.all())
    cards = FactCard.objects.filter(_in(words, "heading") | _in(words, "safe_heading"), article__in=own)
    return cards.select_related("article__subject").order_by("-pk")
