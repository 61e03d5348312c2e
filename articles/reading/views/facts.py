"""The page of one fact."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from articles.models.cache_groups import FACTS
from articles.reading import groups, markdown_pages, pages, selectors
from articles.reading.negotiation import same_form
from articles.reading.outputs import path_or_404
from articles.reading.paging import MOST_ROWS
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.seen import seen_episode
from articles.reading.selectors import FoundFact, PublicClock
from articles.reading.views.of_fact import of_fact


@require_safe
@of_fact
def fact(request: HttpRequest, found: FoundFact, clock: PublicClock, slug: str = "") -> HttpResponse:
    if found.slug != slug:
        return permanent_redirect(same_form(request, path_or_404("fact", found.public_id, found.slug)), clock, found)
    ids = pages.ids_in(found.edition.parts_text)
    names = selectors.names_of(ids.tags, ids.authors, found.edition.pk)
    seen = seen_episode(request.GET) if found.edition.subject else None
    tag = ids.own_tags[0] if ids.own_tags else None
    more = selectors.next_facts(found, tag, clock.now)
    also_in = selectors.also_in(found, clock.now)
    inputs = (found, names, selectors.with_seen_headings(more.rows, seen), seen, also_in)
    lists = (
        groups.subject_of(found.edition),
        *groups.tags_of(names, ids.own_tags[:1]),
        FACTS if more.has_any else None,
    )
    return cached_page(
        request,
        pages.FACT_TEMPLATE,
        pages.fact_page,
        inputs,
        clock,
        lists=lists,
        markdown=markdown_pages.fact,
        is_answer=seen is not None,
    )


def count_label(count: int, *, is_exact: bool = False) -> str:
    """`is_exact`: it was counted further than a list can be paged (selectors.count_facts does not)."""
    if count > MOST_ROWS and not is_exact:
        return _("More than %(count)s facts") % {"count": number_format(MOST_ROWS, force_grouping=True)}
    return ngettext("%(count)s fact", "%(count)s facts", count) % {"count": number_format(count, force_grouping=True)}
