"""The front page, the list of articles, and the article."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.editions import Edition
from articles.models.reference import SLUG_LENGTH
from articles.reading import errors, pages, selectors
from articles.reading.heads import head
from articles.reading.paging import paged
from articles.reading.rendering import Memo, moved, show
from articles.reading.selectors import Neighbours, PublicClock
from articles.text import slugs

FRONT_ARTICLES = 9
FRONT_FACTS = 5
FRONT_SUBJECTS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    used = selectors.usage(clock)
    articles = selectors.article_rows(selectors.articles(clock.now)[:FRONT_ARTICLES])
    facts = selectors.fact_rows(selectors.newest_facts(clock.now)[:FRONT_FACTS])
    subjects = selectors.named_subjects(list(used.subjects)[:FRONT_SUBJECTS])
    tags = selectors.named_tags(used.tags)
    return show(
        request,
        "reading/home.html",
        (articles, facts, subjects, tags),
        lambda site: {
            "head": head(
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
    found = selectors.articles(clock.now)
    paging = paged(request, clock.remember("articles", found.count))
    articles = selectors.article_rows(found[paging.start : paging.stop])
    return show(
        request,
        "reading/articles.html",
        (articles, paging),
        lambda site: {
            "head": head(site, _("Articles"), _("Every list of facts, newest first."), paging.here, paging=paging),
            "articles": articles,
            "paging": paging,
        },
        clock,
    )


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = selectors.article_at(slug, now) or selectors.article_at(_mended(slug), now)
    if edition is None:
        raise Http404
    clock = selectors.clock_from(vars(edition), now)
    if edition.is_removal:
        return errors.gone(request)
    if edition.slug != slug:
        return moved(reverse("article", args=[edition.slug]), clock)
    return _article(request, edition, clock)


def _article(request: HttpRequest, edition: Edition, clock: PublicClock) -> HttpResponse:
    text = edition.parts_text  # type: ignore[attr-defined]
    ids = pages.ids_in(text)
    beside = _neighbours.get((clock.stamp, edition.pk), lambda: selectors.neighbours_of(edition, ids.own_tags, clock))
    names = selectors.names_of(ids.tags, ids.authors, beside.subjects)
    around = beside.named(names.subjects)
    return show(
        request,
        pages.ARTICLE_TEMPLATE,
        (pages.inputs_of(edition, text), names.key, around),
        lambda site: pages.article_page(site, pages.with_parts(edition, text), names.tags, names.authors, *around),
        clock,
    )


def _mended(slug: str) -> str:
    """The slug that was meant: lower case, letters composed. Empty when there is nothing to mend."""
    meant = slugs.slug(slug, SLUG_LENGTH)
    return meant if meant != slug else ""


#: Which articles stand beside which, under the stamp for which that is so.
_neighbours: Memo[Neighbours] = Memo(2000)
