"""Suggestions while a writer types: tags that the word may mean, the subject's own first; sources used before."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from articles import rights
from articles.desk.fields import split_names
from articles.desk.pages import article_view
from articles.desk.requests import StaffRequest
from articles.document.rules import MOST_TAGS, TAG_LENGTH
from articles.models import Article, PublishedTag, Source, Tag, TagAlias, TaggedArticle, TaggedCard
from articles.text import finding, keys, signs

MOST = 12
#: How many sources are offered, out of how many of the newest.
MOST_SOURCES, MOST_SOURCES_READ = 8, 5000


@require_safe
@article_view("articles.change_article")
def tags(request: StaffRequest, article: Article) -> JsonResponse:
    """`q` is what is typed of a name, `have` the row of names that stand there already.

    Two queries at most: tags that begin so and, when these are few, tags that hold it; by their name or an alias, in
    any spelling. `is_new` says that none is called so.
    """
    key = keys.key(request.GET.get("q", "").strip()[:TAG_LENGTH])
    there = [keys.key(name) for name in split_names(request.GET.get("have", ""))[:MOST_TAGS]]
    rows = _ranked(article, key).exclude(_called(key__in=there))
    found = list(rows.filter(_called(key__startswith=key))[:MOST] if key else rows[:MOST])
    is_known = not key or key in there or any(tag.is_exact for tag in found)
    if key and len(found) < MOST:
        within = rows.filter(_called(key__contains=key)).exclude(pk__in=[tag.pk for tag in found])
        found += within[: MOST - len(found)]
    return JsonResponse({"tags": [{"name": tag.name, "note": _note(tag)} for tag in found], "is_new": not is_known})


@require_safe
@article_view("articles.change_article")
def sources(request: StaffRequest, article: Article) -> JsonResponse:  # noqa: ARG001
    """`url` asks for a source of this address, `q` for those that hold these words; of articles that one may see."""
    seen = rights.visible_articles(request.user, Article.objects.all()).order_by().values("pk")
    rows = Source.objects.filter(card__article__in=seen).exclude(url="").order_by("-pk")
    if url := signs.line(request.GET.get("url", "")):
        rows, words = rows.filter(url=url).exclude(title=""), []
    else:
        words = finding.folded(request.GET.get("q", "")).split()
        if not words:
            return JsonResponse({"sources": []})
    found: dict[str, dict[str, str]] = {}
    for address, title, publisher in rows.values_list("url", "title", "publisher")[:MOST_SOURCES_READ]:
        text = finding.folded(f"{address} {title} {publisher}")
        if address not in found and all(word in text for word in words):
            found[address] = {"url": address, "title": title, "publisher": publisher}
        if len(found) == MOST_SOURCES:
            break
    return JsonResponse({"sources": list(found.values())})


def _called(**condition: Any) -> Q:
    """By the key of a tag or of one of its aliases. No join, for that would give a tag as often as it has aliases."""
    return Q(**condition) | Q(pk__in=TagAlias.objects.filter(**condition).values("tag"))


def _ranked(article: Article, key: str) -> QuerySet[Any]:
    """Tags, the likeliest first; `uses` counts the facts of all working copies."""
    uses = TaggedCard.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(count=Count("pk"))
    counted = Coalesce(Subquery(uses.values("count"), output_field=IntegerField()), 0)
    rows = Tag.objects.annotate(uses=counted, is_own=_is(_of(article.subject_id)), is_exact=_is(_called(key=key)))
    return rows.order_by("-is_exact", "-is_own", "-uses", "name")


def _of(subject: int | None) -> Q:
    """Tags that articles or facts about this subject have, in a working copy or before readers."""
    if subject is None:
        return Q(pk=None)
    cards = TaggedCard.objects.filter(content_object__article__subject=subject)
    articles = TaggedArticle.objects.filter(content_object__subject=subject)
    published = PublishedTag.objects.filter(fact__subject=subject)
    return Q(pk__in=cards.values("tag")) | Q(pk__in=articles.values("tag")) | Q(pk__in=published.values("tag"))


def _is(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _note(tag: Any) -> str:
    uses = (
        ngettext("%(count)s fact", "%(count)s facts", tag.uses) % {"count": tag.uses} if tag.uses else _("no fact yet")
    )
    return _("%(facts)s, of this subject too") % {"facts": uses} if tag.is_own else uses
