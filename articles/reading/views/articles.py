"""The front page, the list of articles, and the article."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.document.rules import SLUG_LENGTH
from articles.models.editions import Edition
from articles.reading import errors, pages, selectors
from articles.reading.outputs import path_or_404, writable
from articles.reading.page_meta import page_meta
from articles.reading.paging import Paging, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import ArticleRow, FactRow, SubjectName, Tag
from articles.reading.seen import seen_episode
from articles.reading.selectors import FoundEdition, Names, Neighbours, PublicClock
from articles.reading.site import Site
from articles.text import slugs

FRONT_ARTICLES = 9
FRONT_FACTS = 5
FRONT_SUBJECTS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    used = selectors.usage(clock)
    articles = selectors.newest_articles(clock.now, 0, FRONT_ARTICLES)
    facts = selectors.newest_facts(clock.now, FRONT_FACTS)
    subjects = selectors.named_subjects(list(used.subjects)[:FRONT_SUBJECTS])
    tags = selectors.named_tags(used.tags)
    return cached_page(request, "reading/home.html", home_page, (articles, facts, subjects, tags), clock)


def home_page(
    site: Site,
    articles: tuple[ArticleRow, ...],
    facts: tuple[FactRow, ...],
    subjects: tuple[SubjectName, ...],
    tags: tuple[Tag, ...],
) -> dict[str, Any]:
    description = _("Lists of facts for fans: dramas, films, bands and the people in them.")
    return {
        "meta": page_meta(site, site.name, description, "/"),
        "articles": writable(articles),
        "facts": writable(facts),
        "subjects": writable(subjects),
        "tags": writable(tags),
    }


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    paging = paginate(request, selectors.count_articles(clock))
    articles = selectors.newest_articles(clock.now, paging.start, paging.stop)
    return cached_page(request, "reading/articles.html", article_list_page, (articles, paging), clock)


def article_list_page(site: Site, articles: tuple[ArticleRow, ...], paging: Paging) -> dict[str, Any]:
    return {
        "meta": page_meta(site, _("Articles"), _("Every list of facts, newest first."), paging.here, paging=paging),
        "articles": writable(articles),
        "paging": paging,
    }


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition, clock = _edition_at(slug, now)
    if edition.kind == Edition.Kind.REMOVAL:
        return errors.gone(request)
    if edition.slug != slug:
        return permanent_redirect(path_or_404("article", edition.slug), clock)
    ids = pages.ids_in(edition.parts_text)
    seen = seen_episode(request.GET) if ids.has_spoilers and edition.subject else None
    names = selectors.names_of(ids.tags, ids.authors)
    neighbours = selectors.neighbours_of(edition, ids.own_tags, now)
    inputs = (edition, names, neighbours, seen)
    return cached_page(request, pages.ARTICLE_TEMPLATE, article_page, inputs, clock, is_answer=seen is not None)


def article_page(
    site: Site, edition: FoundEdition, names: Names, neighbours: Neighbours, seen: int | None
) -> dict[str, Any]:
    return pages.article_page(site, edition.edition, names, neighbours, seen=seen)


def _edition_at(slug: str, now: dt.datetime) -> tuple[FoundEdition, PublicClock]:
    """The event in force at this slug, or at its normal form (lower case, letters composed). Raises Http404."""
    found = selectors.article_at(slug, slugs.slug(slug, SLUG_LENGTH), now)
    if found is None:
        raise Http404
    return found
