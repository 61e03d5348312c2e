"""The front page, the list of articles, and the article."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.document.rules import SLUG_LENGTH
from articles.models.editions import Edition
from articles.reading import errors, pages, selectors
from articles.reading.page_meta import page_meta
from articles.reading.paging import paged
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.seen import seen_in
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
    return cached_page(
        request,
        "reading/home.html",
        (articles, facts, subjects, tags),
        lambda site: {
            "head": page_meta(
                site, site.name, _("Lists of facts for fans: dramas, films, bands and the people in them."), "/"
            ),
            "articles": articles,
            "facts": facts,
            "subjects": subjects,
            "tags": tags,
        },
        clock,
    )


@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    paging = paged(request, selectors.count_articles(clock))
    articles = selectors.newest_articles(clock.now, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/articles.html",
        (articles, paging),
        lambda site: {
            "head": page_meta(site, _("Articles"), _("Every list of facts, newest first."), paging.here, paging=paging),
            "articles": articles,
            "paging": paging,
        },
        clock,
    )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    found = selectors.article_at(slug, now) or selectors.article_at(_mended(slug), now)
    if found is None:
        raise Http404
    edition, clock = found
    if edition.kind == Edition.Kind.REMOVAL:
        return errors.gone(request)
    if edition.slug != slug:
        return permanent_redirect(reverse("article", args=[edition.slug]), clock)
    ids = pages.ids_in(edition.parts_text)
    seen = seen_in(request.GET) if ids.has_spoilers and edition.subject else None
    names = selectors.names_of(ids.tags, ids.authors)
    beside = selectors.neighbours_of(edition, ids.own_tags, now)
    return cached_page(
        request,
        pages.ARTICLE_TEMPLATE,
        (edition, names.key, beside),
        lambda site: pages.article_page(site, edition.edition, names.tags, names.authors, *beside, seen=seen),
        clock,
        seen,
    )


def _mended(slug: str) -> str:
    """The slug that was meant: lower case, letters composed."""
    return slugs.slug(slug, SLUG_LENGTH)
