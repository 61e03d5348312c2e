"""The fact index, and the page of one fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from articles.reading import errors, pages, selectors
from articles.reading.filters import Filters
from articles.reading.outputs import path_or_404, writable
from articles.reading.page_meta import NOT_INDEXED, PageMeta, page_meta
from articles.reading.paging import MOST_ROWS, Paging, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm, seen_form
from articles.reading.selectors import Choices, FactQuery, FoundFact, Usage
from articles.reading.site import Site
from articles.text import markdown

MORE_FACTS = 4


class Selection(NamedTuple):
    """What the index is narrowed by, under its current names."""

    filters: Filters
    tags: tuple[Tag, ...]
    subject: SubjectName | None


@require_safe
def fact_index(request: HttpRequest) -> HttpResponse:
    filters = Filters.of(request.GET)
    clock = selectors.public_clock(timezone.now())
    used = selectors.usage(clock)
    choices = selectors.choices(filters.tags, filters.subject, used, clock.now)
    selection, query = _resolved(filters, choices, used)
    if selection.filters != filters:
        return permanent_redirect(f"{reverse('facts')}?{selection.filters.query}", clock)
    paging = paginate(request, selectors.count_facts(query, clock), filters.query)
    found = selectors.found_facts(query, clock.now, paging.start, paging.stop)
    facts = selectors.with_seen_headings(found, filters.seen)
    inputs = (selection, choices.popular_tags, choices.popular_subjects, paging, facts)
    is_answer = filters.seen is not None
    return cached_page(request, "reading/facts.html", fact_index_page, inputs, clock, is_answer=is_answer)


def fact_index_page(
    site: Site,
    selection: Selection,
    popular_tags: tuple[Tag, ...],
    popular_subjects: tuple[SubjectName, ...],
    paging: Paging,
    facts: tuple[FactRow, ...],
) -> dict[str, Any]:
    facts = writable(facts)
    return {
        "meta": _index_meta(site, selection, paging),
        "selection": selection,
        "active_filters": _active_filters(selection),
        "tags": writable(_with_selected(popular_tags, selection.tags)),
        "subjects": writable(_with_selected(popular_subjects, [selection.subject] if selection.subject else [])),
        "count_label": count_label(paging.count),
        "paging": paging,
        "facts": facts,
        "seen_form": _seen_form(selection, facts),
    }


@require_safe
def fact(request: HttpRequest, public_id: str, slug: str = "") -> HttpResponse:
    now = timezone.now()
    found = selectors.fact_at(public_id, now)
    if found is None:
        if selectors.was_fact_public(public_id, now):
            return errors.gone(request)
        raise Http404
    fact_, clock = found
    if fact_.slug != slug:
        return permanent_redirect(path_or_404("fact", public_id, fact_.slug), clock)
    ids = pages.ids_in(fact_.edition.parts_text)
    names = selectors.names_of(ids.tags, ids.authors)
    more = _related_facts(fact_, now)
    return cached_page(request, pages.FACT_TEMPLATE, pages.fact_page, (fact_, names, more), clock)


def _related_facts(fact_: FoundFact, now: dt.datetime) -> tuple[FactRow, ...]:
    """The newest other facts about the same subject."""
    subject = fact_.edition.subject_id
    found = selectors.facts_about(subject, now, MORE_FACTS + 1) if subject else ()
    return tuple(row for row in found if row.public_id != fact_.public_id)[:MORE_FACTS]


def count_label(count: int) -> str:
    if count > MOST_ROWS:
        return _("More than %(count)s facts") % {"count": number_format(MOST_ROWS, force_grouping=True)}
    return ngettext("%(count)s fact", "%(count)s facts", count) % {"count": number_format(count, force_grouping=True)}


def _resolved(filters: Filters, choices: Choices, used: Usage) -> tuple[Selection, FactQuery]:
    """The filters under current names, and as a query by primary keys. Raises Http404 for what is not public."""
    if not ({*filters.tags} <= {*choices.tags} and (not filters.subject or filters.subject in choices.subjects)):
        raise Http404
    tags = dict(choices.tags[slug] for slug in filters.tags)
    subject_id, subject = choices.subjects[filters.subject] if filters.subject else (None, None)
    current = replace(filters, tags=tuple(tag.slug for tag in tags.values()), subject=subject.slug if subject else "")
    rarest_first = sorted(tags, key=lambda pk: used.tags.get(pk, 0))
    query = FactQuery(tuple(rarest_first), subject_id, filters.without_spoilers, filters.sort)
    return Selection(current, tuple(tags.values()), subject), query


def _index_meta(site: Site, selection: Selection, paging: Paging) -> PageMeta:
    path, filters = reverse("facts"), selection.filters
    if filters.is_empty:
        return page_meta(site, _("Facts"), _("Every fact of every list, newest first."), paging.here, paging=paging)
    is_one_tag = filters == Filters(tags=filters.tags) and len(selection.tags) == 1
    canonical = selection.tags[0].url if is_one_tag else path
    names = [tag.name for tag in selection.tags] + ([selection.subject.name] if selection.subject else [])
    title = _("Facts: %(names)s") % {"names": ", ".join(names)} if names else _("Facts without spoilers")
    made = page_meta(site, title, _("Facts picked out of every list."), path, robots=NOT_INDEXED, paging=paging)
    return made._replace(canonical=site.full(canonical))


def _seen_form(selection: Selection, facts: Sequence[FactRow]) -> SeenForm | None:
    """Only where the index is about one subject: an answer is an answer about it."""
    plain = selection.filters.without_seen()
    path = f"{reverse('facts')}?{plain.query}"
    made = seen_form(facts, path, selection.filters.seen) if selection.subject else None
    return made._replace(fields=plain.pairs) if made else None


def _active_filters(selection: Selection) -> list[tuple[SafeString, str]]:
    """What can be taken away again: its name, and the address of the index without it."""
    filters, path = selection.filters, reverse("facts")
    found = [(tag.html, filters.without_tag(tag.slug)) for tag in selection.tags]
    found += [(selection.subject.html, filters.without_subject())] if selection.subject else []
    found += [(markdown.inline(_("Without spoilers")), filters.with_spoilers())] if filters.without_spoilers else []
    return [(name, f"{path}?{rest.query}" if rest.query else path) for name, rest in found]


def _with_selected(popular: Sequence[Any], selected: Sequence[Any]) -> list[Any]:
    return [*(one for one in selected if one not in popular), *popular]
