"""The fact index: narrowed by what is left, so that nothing that it offers leads to an empty page."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.cache_groups import FACTS, SUBJECT_NAMES, TAG_NAMES, Group
from articles.models.search.engine import Scope
from articles.reading import filters as f
from articles.reading import found, groups, markdown_pages, narrowing, selectors, structured
from articles.reading.feeds import WHOLE_SITE, feed_links
from articles.reading.filters import Filters
from articles.reading.found import Shown
from articles.reading.narrowing import Offers
from articles.reading.negotiation import same_form
from articles.reading.outputs import path_or_404, writable
from articles.reading.page_meta import NOT_INDEXED, PageMeta, page_meta
from articles.reading.paging import Paging, page_number, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm, seen_form
from articles.reading.selectors import Chosen, FactQuery, PublicClock
from articles.reading.selectors.search import Answer, Hit
from articles.reading.site import Site
from articles.reading.views.facts import count_label

LATELY = dt.timedelta(days=365)


class Selection(NamedTuple):
    """What the index is narrowed by, under its current names."""

    filters: Filters
    tags: tuple[Tag, ...]
    subject: SubjectName | None

    @property
    def lists(self) -> tuple[Group, ...]:
        """What is listed under a tag and about a subject changes with each of the two: the subject is enough."""
        of = [groups.subject(self.subject.slug)] if self.subject else [groups.tag(tag.slug) for tag in self.tags[:1]]
        return (*(of or [FACTS]), TAG_NAMES, SUBJECT_NAMES)


class Asked(NamedTuple):
    """An address of the index, understood. `mark` is what the addresses of the next pages say (filters.mark_of)."""

    request: HttpRequest
    selection: Selection
    query: FactQuery
    checked_since: dt.date
    clock: PublicClock
    mark: str


@require_safe
def fact_index(request: HttpRequest) -> HttpResponse:
    filters, page = Filters.of(request.GET), page_number(request)
    until = f.instant_of(request.GET.get("until", ""), timezone.now()) if page > 1 else None
    asked = _asked(request, filters, until)
    filters, selection, query, clock = asked.selection.filters, asked.selection, asked.query, asked.clock
    here = Paging(page, 0, reverse("facts"), filters.query, until=f.mark_of(until))
    if f.known_pairs(request.META["QUERY_STRING"]) != f.known_pairs(here.here.partition("?")[2]):
        return permanent_redirect(same_form(request, here.here), clock, selection)
    if filters.words:
        return _search(asked)
    # What is offered leads to first pages, which have all that is there by now.
    facets = selectors.count_facets(replace(query, until=None), asked.checked_since, clock)
    if filters.show == f.RANDOM:
        return _random_fact(asked, facets.total)
    paging = _paging(asked, facets.total if query.until is None else selectors.count_facts(query, clock))
    rows = selectors.facts_without_tags(query, clock.now, paging.start, paging.stop)
    offers, facts = narrowing.named(facets, filters, rows)
    facts = selectors.with_seen_headings(facts, filters.seen)
    is_answer = filters.seen is not None or bool(filters.show)
    inputs = (selection, offers, facets.total, paging, facts)
    return cached_page(
        request,
        "reading/facts.html",
        fact_index_page,
        inputs,
        clock,
        lists=selection.lists,
        markdown=markdown_pages.listing,
        is_answer=is_answer,
    )


def fact_index_page(
    site: Site, selection: Selection, offers: Offers, total: int, paging: Paging, facts: tuple[FactRow, ...]
) -> dict[str, Any]:
    facts = writable(facts)
    meta = _index_meta(site, selection, paging)
    listed = structured.collection(site, meta, [(row.heading, row.url) for row in facts])
    return {
        "meta": structured.described(meta, listed),
        "selection": selection,
        "chosen": narrowing.chosen(selection.filters, selection.tags, selection.subject),
        "groups": narrowing.groups(offers, selection.filters),
        "orders": narrowing.orders(selection.filters),
        "form_fields": replace(selection.filters, words="", show="").pairs,
        "random_url": narrowing.address(replace(selection.filters, show=f.RANDOM)) if paging.count > 1 else "",
        "count_label": count_label(total, is_exact=True),
        "paging": paging,
        "facts": facts,
        "seen_form": _seen_form(selection, facts),
    }


# --- with words -------------------------------------------------------------------------------------------------------


def _search(asked: Asked) -> HttpResponse:
    """The facts of the index that have these words, the best first."""
    selection, clock, query = asked.selection, asked.clock, asked.query
    filters = selection.filters
    answer = _answer(selection, query, clock)
    facts = selectors.narrowed(answer.matches, query)
    if filters.show == f.RANDOM:
        drawn = random.choice(facts).fact if facts else None  # noqa: S311 - nothing secret
        return _land_on(selectors.place_of(drawn) if drawn else None, asked)
    facets = selectors.count_found(facts, asked.checked_since)
    paging = _paging(asked, len(facts))
    hits = selectors.hits(selectors.in_index_order(facts, filters.sort)[paging.start : paging.stop], filters.seen)
    offers, _facts = narrowing.named(facets, filters, is_by_number_alone=True)
    inputs = (selection, offers, paging, hits, Shown.of(answer))
    return cached_page(
        asked.request,
        "reading/facts.html",
        fact_search_page,
        inputs,
        clock,
        markdown=markdown_pages.listing,
        lists=(*selection.lists, FACTS),
        is_answer=True,
    )


def fact_search_page(
    site: Site, selection: Selection, offers: Offers, paging: Paging, hits: tuple[Hit, ...], shown: Shown
) -> dict[str, Any]:
    facts = tuple(hit.fact for hit in hits if hit.fact)
    context = fact_index_page(site, selection, offers, paging.count, paging, facts)
    label = found.count_label(paging.count, is_cut=shown.is_cut)
    return {**context, "hits": found.hit_rows(shown, hits), "count_label": label}


def _answer(selection: Selection, query: FactQuery, clock: PublicClock) -> Answer:
    seen = found.least_seen(selection.filters.seen, selection.subject.kind) if selection.subject else None
    scope = Scope(True, query.subject, seen, query.without_spoilers, query.tags)
    return selectors.ask(selection.filters.words, clock.now, scope, with_facts=True)


# --- any one of them --------------------------------------------------------------------------------------------------


@require_safe
def random_fact(request: HttpRequest) -> HttpResponse:
    """Leads to any fact, or to any of what the query asks for, as the index understands it: `?spoilers=hide`."""
    asked = _asked(request, replace(Filters.of(request.GET), show=f.RANDOM), None)
    if asked.selection.filters.words:
        return _search(asked)
    return _random_fact(asked, selectors.count_facts(asked.query, asked.clock))


def _random_fact(asked: Asked, count: int) -> HttpResponse:
    place = random.randrange(count) if count else 0  # noqa: S311 - nothing secret
    return _land_on(selectors.fact_at_place(asked.query, asked.clock.now, place), asked)


def _land_on(fact: tuple[str, str] | None, asked: Asked) -> HttpResponse:
    """At the fact with this public id and slug, or at the choice where it has none."""
    filters = replace(asked.selection.filters, show="")
    path = path_or_404("fact", *fact) if fact else narrowing.address(filters)
    response = HttpResponseRedirect(path)
    response["Cache-Control"] = "no-store"
    return response


# --- what was asked ---------------------------------------------------------------------------------------------------


def _asked(request: HttpRequest, filters: Filters, until: dt.datetime | None) -> Asked:
    now = timezone.now()
    chosen, clock = selectors.chosen(filters.tags, filters.subject, now)
    tomorrow = timezone.localtime(now).date() + dt.timedelta(days=1)
    clock = clock.ending(timezone.make_aware(dt.datetime.combine(tomorrow, dt.time())))  # “checked lately” counts days
    filters, selection = _under_current_names(filters, chosen)
    since = timezone.localdate(now) - LATELY
    query = _query(filters, chosen, since, until, clock)
    return Asked(request, selection, query, since, clock, f.mark_of(until) or f.mark_of(clock.last_event))


def _under_current_names(filters: Filters, chosen: Chosen) -> tuple[Filters, Selection]:
    tags = sorted(dict(chosen.tags[slug] for slug in filters.tags).values(), key=lambda tag: tag.slug)
    _pk, subject = chosen.subjects[filters.subject] if filters.subject else (None, None)
    current = replace(filters, tags=tuple(tag.slug for tag in tags), subject=subject.slug if subject else "")
    return current, Selection(current, tuple(tags), subject)


def _query(
    filters: Filters, chosen: Chosen, since: dt.date, until: dt.datetime | None, clock: PublicClock
) -> FactQuery:
    """By primary keys. An end after which nothing has happened is none."""
    is_past = until is not None and clock.last_event is not None and until < clock.last_event
    return FactQuery(
        tags=selectors.rarest_first([*{pk for pk, _tag in chosen.tags.values()}], clock),
        subject=next((pk for pk, _name in chosen.subjects.values()), None),
        kind=filters.kind or None,
        checked_since=since if filters.is_checked else None,
        until=until if is_past else None,
        without_spoilers=filters.without_spoilers,
        is_sourced=filters.is_sourced,
        has_picture=filters.has_picture,
        sort=filters.sort,
    )


def _paging(asked: Asked, count: int) -> Paging:
    filters = replace(asked.selection.filters, show="")
    return paginate(asked.request, count, filters.query, until=asked.mark)


# --- the page's head and its question ---------------------------------------------------------------------------------


def _index_meta(site: Site, selection: Selection, paging: Paging) -> PageMeta:
    """Addresses in a head name no moment (`until`): search engines follow them for years."""
    path, filters, paging = reverse("facts"), replace(selection.filters, show=""), replace(paging, until="")
    if selection.filters.is_empty:
        feeds = feed_links(site, WHOLE_SITE, ("facts",))
        description = _("Every fact of every list, newest first.")
        return page_meta(site, _("Facts"), description, paging.here, paging=paging, feeds=feeds)
    is_one_tag = filters == Filters(tags=filters.tags) and len(selection.tags) == 1
    canonical = selection.tags[0].url if is_one_tag else path
    names = [f"“{filters.words}”"] if filters.words else []
    names += [tag.name for tag in selection.tags] + ([selection.subject.name] if selection.subject else [])
    names += narrowing.mark_names(filters)
    title = _("Facts: %(names)s") % {"names": ", ".join(names)} if names else _("Facts")
    made = page_meta(site, title, _("Facts picked out of every list."), path, robots=NOT_INDEXED, paging=paging)
    return made._replace(canonical=site.full(canonical))


def _seen_form(selection: Selection, facts: Sequence[FactRow]) -> SeenForm | None:
    """Only where the index is about one subject: an answer is an answer about it."""
    plain = replace(selection.filters, seen=None, show="")
    made = seen_form(facts, narrowing.address(plain), selection.filters.seen) if selection.subject else None
    return made._replace(fields=plain.pairs) if made else None
