"""The front page, the list of articles, and the article."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Hashable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.document.rules import SLUG_LENGTH
from articles.models.cache_groups import ARTICLES, FEATURED, SUBJECT_NAMES, SUBJECTS, TAG_NAMES, TAGS, Group
from articles.models.editions import Edition
from articles.models.read_counts import end_of_day
from articles.reading import errors, groups, markdown_pages, pages, selectors, structured
from articles.reading.feeds import WHOLE_SITE, feed_links
from articles.reading.negotiation import same_form
from articles.reading.outputs import path_or_404, writable, writable_or_none
from articles.reading.page_meta import page_meta
from articles.reading.paging import Paging, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import ArticleRow, FactRow, SubjectName, Tag
from articles.reading.seen import seen_episode
from articles.reading.selectors import FoundEdition, Names, Neighbours, PublicClock
from articles.reading.selectors.articles import TAGS_FOR_RELATED
from articles.reading.site import Site
from articles.text import markdown, slugs

FRONT_ARTICLES = 9
FRONT_READ = 5
FRONT_FACTS = 6
FRONT_SUBJECTS = 12
_SLUG = re.compile(slugs.PATTERN)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    used = selectors.usage(clock)
    articles = selectors.front_articles(clock.now, FRONT_ARTICLES, _most_read(clock.now))
    facts = selectors.front_facts(clock, FRONT_FACTS)
    names = selectors.names_beside((), used.tags, list(used.subjects)[:FRONT_SUBJECTS])
    inputs = (*articles, *facts, tuple(names.subjects_of(used.subjects)), names.tags_of(used.tags))
    lists = (ARTICLES, FEATURED, TAGS, SUBJECTS, TAG_NAMES, SUBJECT_NAMES)
    if settings.COUNT_READERS:
        clock = clock.ending(end_of_day(clock.now))
    return cached_page(
        request, "reading/home.html", home_page, inputs, clock, lists=lists, markdown=markdown_pages.listing
    )


def home_page(
    site: Site,
    articles: tuple[ArticleRow, ...],
    most_read: tuple[ArticleRow, ...],
    featured: tuple[FactRow, ...],
    facts: tuple[FactRow, ...],
    subjects: tuple[SubjectName, ...],
    tags: tuple[Tag, ...],
) -> dict[str, Any]:
    meta = page_meta(site, site.name, site.description, "/", feeds=feed_links(site, WHOLE_SITE, ("facts",)))
    return {
        "meta": structured.described(meta, structured.website(site, meta)),
        "articles": writable(articles),
        "most_read": writable(most_read)[:FRONT_READ],
        "featured": writable(featured),
        "facts": writable(facts),
        "description": markdown.inline(site.description),
        "has_closed_rows": any(fact.opens_at for fact in (*featured, *facts)),
        "subjects": writable(subjects),
        "tags": writable(tags),
    }


def _most_read(now: dt.datetime) -> list[int]:
    return selectors.most_read(now) if settings.COUNT_READERS else []


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """`?subject=`: those about one subject. Raises Http404 where no article in force is about it."""
    if slug := request.GET.get("subject", ""):
        return _articles_about(request, slug)
    clock = selectors.public_clock(timezone.now())
    paging = paginate(request, selectors.count_articles(clock))
    articles = selectors.newest_articles(clock.now, paging.start, paging.stop)
    return _article_list(request, (articles, paging, None), clock, ARTICLES)


def _articles_about(request: HttpRequest, slug: str) -> HttpResponse:
    if not _SLUG.fullmatch(slug):
        raise Http404
    found, clock = selectors.subject_at(slug, timezone.now())
    query = urlencode({"subject": found.slug})
    if found.slug != slug:
        return permanent_redirect(same_form(request, f"{reverse('articles')}?{query}"), clock, found)
    paging = paginate(request, selectors.count_articles(clock, "subject", found.pk), query)
    articles = selectors.articles_about(found.pk, clock.now, paging.start, paging.stop)
    return _article_list(request, (articles, paging, found.name), clock, groups.subject(found.slug))


def _article_list(request: HttpRequest, inputs: tuple[Hashable, ...], clock: PublicClock, of: Group) -> HttpResponse:
    return cached_page(
        *(request, "reading/articles.html", article_list_page, inputs, clock),
        lists=(of,),
        markdown=markdown_pages.listing,
    )


def article_list_page(
    site: Site, articles: tuple[ArticleRow, ...], paging: Paging, subject: SubjectName | None
) -> dict[str, Any]:
    title, description = _("Articles"), _("Every list of facts on this site, newest first, with what each is about.")
    if subject:
        title = _("Articles about %(subject)s") % {"subject": subject.name}
        description = _("Every list of facts about %(subject)s, newest first.") % {"subject": subject.name}
    articles = writable(articles)
    meta = page_meta(site, title, description, paging.here, paging=paging)
    listed = structured.collection(site, meta, [(row.title, row.url) for row in articles], subject)
    return {
        "meta": structured.described(meta, listed),
        "subject": writable_or_none(subject),
        "articles": articles,
        "paging": paging,
    }


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition, clock = _edition_at(slug, now)
    if edition.kind == Edition.Kind.REMOVAL:
        return errors.gone(request)
    if edition.slug != slug:
        return permanent_redirect(same_form(request, path_or_404("article", edition.slug)), clock, edition)
    ids = pages.ids_in(edition.parts_text)
    seen = seen_episode(request.GET) if ids.has_spoilers and edition.subject else None
    names = selectors.names_of(ids.tags, ids.authors, edition.pk)
    neighbours = selectors.neighbours_of(edition, ids.own_tags, now)
    inputs = (edition, names, neighbours, seen)
    return cached_page(
        request,
        pages.ARTICLE_TEMPLATE,
        article_page,
        inputs,
        clock,
        lists=(groups.subject_of(edition), *groups.tags_of(names, ids.own_tags[:TAGS_FOR_RELATED])),
        markdown=markdown_pages.article,
        is_answer=seen is not None,
    )


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
