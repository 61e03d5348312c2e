"""Tags, subjects and authors: their lists and their pages."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import selectors
from articles.reading.filters import Filters
from articles.reading.outputs import path_or_404, writable
from articles.reading.page_meta import page_meta
from articles.reading.paging import Paging, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import ArticleRow, FactRow, SubjectName, Tag
from articles.reading.seen import seen_episode, seen_form
from articles.reading.selectors import FactQuery, FoundAuthor, FoundSubject, FoundTag
from articles.reading.site import Site
from articles.reading.views.facts import count_label
from articles.text import markdown

NAMES_PER_PAGE = 100
TAG_ARTICLES = 4
SUBJECT_FACTS = 6


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    count = clock.cached("tags", selectors.public_tags(clock.now).count)
    paging = paginate(request, count, per_page=NAMES_PER_PAGE)
    tags = selectors.tag_rows(clock.now, paging.start, paging.stop)
    return cached_page(request, "reading/tags.html", tag_list_page, (tags, paging), clock)


def tag_list_page(site: Site, tags: tuple[Tag, ...], paging: Paging) -> dict[str, Any]:
    return {
        "meta": page_meta(site, _("Tags"), _("What the facts are about, from A to Z."), paging.here, paging=paging),
        "tags": writable(tags),
        "paging": paging,
    }


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.tag_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(path_or_404("tag", found.slug), clock)
    query = FactQuery(tags=(found.pk,))
    paging = paginate(request, selectors.count_facts(query, clock))
    facts = selectors.found_facts(query, clock.now, paging.start, paging.stop)
    articles = selectors.articles_tagged(found.pk, TAG_ARTICLES, clock)
    return cached_page(request, "reading/tag.html", tag_page, (found, paging, facts, articles), clock)


def tag_page(
    site: Site, found: FoundTag, paging: Paging, facts: tuple[FactRow, ...], articles: tuple[ArticleRow, ...]
) -> dict[str, Any]:
    description = found.description or _("Facts tagged “%(tag)s”, out of every list.") % {"tag": found.name}
    return {
        "meta": page_meta(site, found.name, description, paging.here, paging=paging),
        "tag": Tag(found.name, found.slug),
        "description": markdown.inline(found.description),
        "count_label": count_label(paging.count),
        "paging": paging,
        "facts": writable(facts),
        "articles": writable(articles),
    }


@require_safe
def subject_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    count = clock.cached("subjects", selectors.public_subjects(clock.now).count)
    paging = paginate(request, count, per_page=NAMES_PER_PAGE)
    subjects = selectors.subject_rows(clock.now, paging.start, paging.stop)
    return cached_page(request, "reading/subjects.html", subject_list_page, (subjects, paging), clock)


def subject_list_page(site: Site, subjects: tuple[SubjectName, ...], paging: Paging) -> dict[str, Any]:
    description = _("The dramas, films, bands and people that the lists are about.")
    return {
        "meta": page_meta(site, _("Subjects"), description, paging.here, paging=paging),
        "subjects": writable(subjects),
        "paging": paging,
    }


@require_safe
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.subject_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(path_or_404("subject", found.slug), clock)
    paging = paginate(request, selectors.count_articles(clock, "subject", found.pk))
    articles = selectors.articles_about(found.pk, clock.now, paging.start, paging.stop)
    seen = seen_episode(request.GET)
    facts = selectors.with_seen_headings(selectors.facts_about(found.pk, clock.now, SUBJECT_FACTS), seen)
    tags = selectors.named_tags(selectors.subject_tags(found.pk, clock))
    inputs = (found, paging, articles, facts, tags, seen)
    return cached_page(request, "reading/subject.html", subject_page, inputs, clock, is_answer=seen is not None)


def subject_page(
    site: Site,
    found: FoundSubject,
    paging: Paging,
    articles: tuple[ArticleRow, ...],
    facts: tuple[FactRow, ...],
    tags: tuple[Tag, ...],
    seen: int | None,
) -> dict[str, Any]:
    description = _("Lists of facts about %(subject)s, and each fact on its own.") % {"subject": found.name.name}
    facts = writable(facts)
    return {
        "meta": page_meta(site, found.name.name, description, paging.here, paging=paging),
        "subject": found.name,
        "other_names": [markdown.inline(other) for other in found.other_names],
        "episodes": found.episodes,
        "facts_query": f"{reverse('facts')}?{Filters(subject=found.slug, seen=seen).query}",
        "paging": replace(paging, query=f"seen={seen}") if seen else paging,
        "articles": writable(articles),
        "facts": facts,
        "seen_form": seen_form(facts, "./", seen),
        "tags": writable(tags),
    }


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.author_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(path_or_404("author", found.slug), clock)
    paging = paginate(request, selectors.count_articles(clock, "author", found.pk))
    articles = selectors.articles_by(found.pk, clock.now, paging.start, paging.stop)
    return cached_page(request, "reading/author.html", author_page, (found, paging, articles), clock)


def author_page(site: Site, found: FoundAuthor, paging: Paging, articles: tuple[ArticleRow, ...]) -> dict[str, Any]:
    description = _("Lists of facts by %(author)s.") % {"author": found.author.name}
    return {
        "meta": page_meta(site, found.author.name, description, paging.here, paging=paging),
        "author": found.author,
        "picture": found.picture,
        "has_first": found.picture is None,
        "paging": paging,
        "articles": writable(articles),
    }
