"""Tags, subjects and authors: their lists and their pages."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import selectors
from articles.reading.filters import Filters
from articles.reading.page_meta import page_meta
from articles.reading.paging import paged
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import Tag
from articles.reading.seen import form_for, seen_in
from articles.reading.selectors import FactQuery
from articles.reading.views.facts import found_words
from articles.text import markdown

NAMES_PER_PAGE = 100
TAG_ARTICLES = 4
SUBJECT_FACTS = 6


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    count = clock.remember("tags", selectors.public_tags(clock.now).count)
    paging = paged(request, count, per_page=NAMES_PER_PAGE)
    tags = selectors.tag_rows(clock.now, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/tags.html",
        (tags, paging),
        lambda site: {
            "head": page_meta(site, _("Tags"), _("What the facts are about, from A to Z."), paging.here, paging=paging),
            "tags": tags,
            "paging": paging,
        },
        clock,
    )


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.tag_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(reverse("tag", args=[found.slug]), clock)
    query = FactQuery(tags=(found.pk,))
    paging = paged(request, selectors.count_facts(query, clock))
    facts = selectors.found_facts(query, clock.now, paging.start, paging.stop)
    articles = selectors.articles_tagged(found.pk, TAG_ARTICLES, clock)
    return cached_page(
        request,
        "reading/tag.html",
        (found, paging, facts, articles),
        lambda site: {
            "head": page_meta(
                site,
                found.name,
                found.description or _("Facts tagged “%(tag)s”, out of every list.") % {"tag": found.name},
                paging.here,
                paging=paging,
            ),
            "tag": Tag(found.name, slug),
            "description": markdown.inline(found.description),
            "found": found_words(paging.count),
            "paging": paging,
            "facts": facts,
            "articles": articles,
        },
        clock,
    )


@require_safe
def subject_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    count = clock.remember("subjects", selectors.public_subjects(clock.now).count)
    paging = paged(request, count, per_page=NAMES_PER_PAGE)
    subjects = selectors.subject_rows(clock.now, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/subjects.html",
        (subjects, paging),
        lambda site: {
            "head": page_meta(
                site,
                _("Subjects"),
                _("The dramas, films, bands and people that the lists are about."),
                paging.here,
                paging=paging,
            ),
            "subjects": subjects,
            "paging": paging,
        },
        clock,
    )


@require_safe
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.subject_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(reverse("subject", args=[found.slug]), clock)
    paging = paged(request, selectors.count_articles(clock, "subject", found.pk))
    articles = selectors.articles_about(found.pk, clock.now, paging.start, paging.stop)
    seen = seen_in(request.GET)
    facts = selectors.opened(selectors.facts_about(found.pk, clock.now, SUBJECT_FACTS), seen)
    tags = selectors.named_tags(selectors.subject_tags(found.pk, clock))
    return cached_page(
        request,
        "reading/subject.html",
        (found, paging, articles, facts, tags),
        lambda site: {
            "head": page_meta(
                site,
                found.name.name,
                _("Lists of facts about %(subject)s, and each fact on its own.") % {"subject": found.name.name},
                paging.here,
                paging=paging,
            ),
            "subject": found.name,
            "other_names": [markdown.inline(other) for other in found.other_names],
            "episodes": found.episodes,
            "facts_query": f"{reverse('facts')}?{Filters(subject=slug, seen=seen).query}",
            "paging": replace(paging, query=f"seen={seen}") if seen else paging,
            "articles": articles,
            "facts": facts,
            "asked": form_for(facts, "./", seen),
            "tags": tags,
        },
        clock,
        seen,
    )


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.author_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(reverse("author", args=[found.slug]), clock)
    paging = paged(request, selectors.count_articles(clock, "author", found.pk))
    articles = selectors.articles_by(found.pk, clock.now, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/author.html",
        (found, paging, articles),
        lambda site: {
            "head": page_meta(
                site,
                found.author.name,
                _("Lists of facts by %(author)s.") % {"author": found.author.name},
                paging.here,
                paging=paging,
            ),
            "author": found.author,
            "picture": found.picture,
            "has_first": found.picture is None,
            "paging": paging,
            "articles": articles,
        },
        clock,
    )
