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
from articles.reading.page_meta import NOT_INDEXED, PageMeta, page_meta
from articles.reading.paging import MOST_ROWS, Paging, paged
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm, form_for
from articles.reading.selectors import Choices, FactQuery, FoundFact, Usage
from articles.reading.site import Site
from articles.text import markdown

MORE_FACTS = 4


class Chosen(NamedTuple):
    """What the index is narrowed by, under its current names."""

    filters: Filters
    tags: tuple[Tag, ...]
    subject: SubjectName | None


@require_safe
def fact_index(request: HttpRequest) -> HttpResponse:
    asked = Filters.of(request.GET)
    clock = selectors.public_clock(timezone.now())
    used = selectors.usage(clock)
    choices = selectors.choices(asked.tags, asked.subject, used, clock.now)
    chosen, query = _resolved(asked, choices, used)
    path = reverse("facts")
    if chosen.filters != asked:
        return permanent_redirect(f"{path}?{chosen.filters.query}", clock)
    paging = paged(request, selectors.count_facts(query, clock), asked.query)
    found = selectors.found_facts(query, clock.now, paging.start, paging.stop)
    facts = selectors.opened(found, asked.seen)
    return cached_page(
        request,
        "reading/facts.html",
        (chosen, choices.popular_tags, choices.popular_subjects, paging, facts),
        lambda site: {
            "head": _index_head(site, chosen, paging),
            "chosen": chosen,
            "ways": _ways_back(chosen),
            "tags": _with_chosen(choices.popular_tags, chosen.tags),
            "subjects": _with_chosen(choices.popular_subjects, [chosen.subject] if chosen.subject else []),
            "found": found_words(paging.count),
            "paging": paging,
            "facts": facts,
            "asked": _asked(chosen, facts),
        },
        clock,
        asked.seen,
    )


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
        return permanent_redirect(reverse("fact", args=[public_id, fact_.slug]), clock)
    ids = pages.ids_in(fact_.edition.parts_text)
    names = selectors.names_of(ids.tags, ids.authors)
    more = _beside(fact_, now)
    return cached_page(
        request,
        pages.FACT_TEMPLATE,
        (fact_, names.key, more),
        lambda site: pages.fact_page(site, fact_, names.tags, names.authors, more),
        clock,
    )


def _beside(fact_: FoundFact, now: dt.datetime) -> tuple[FactRow, ...]:
    """The newest other facts about the same subject."""
    subject = fact_.edition.subject_id
    found = selectors.facts_about(subject, now, MORE_FACTS + 1) if subject else ()
    return tuple(row for row in found if row.public_id != fact_.public_id)[:MORE_FACTS]


def found_words(count: int) -> str:
    if count > MOST_ROWS:
        return _("More than %(count)s facts") % {"count": number_format(MOST_ROWS, force_grouping=True)}
    return ngettext("%(count)s fact", "%(count)s facts", count) % {"count": number_format(count, force_grouping=True)}


def _resolved(asked: Filters, choices: Choices, used: Usage) -> tuple[Chosen, FactQuery]:
    """What was asked for under its current names, and by primary keys. Raises Http404 for what nobody may know."""
    if not ({*asked.tags} <= {*choices.tags} and (not asked.subject or asked.subject in choices.subjects)):
        raise Http404
    tags = dict(choices.tags[slug] for slug in asked.tags)
    subject_id, subject = choices.subjects[asked.subject] if asked.subject else (None, None)
    current = replace(asked, tags=tuple(tag.slug for tag in tags.values()), subject=subject.slug if subject else "")
    rarest_first = sorted(tags, key=lambda pk: used.tags.get(pk, 0))
    query = FactQuery(tuple(rarest_first), subject_id, asked.without_spoilers, asked.sort)
    return Chosen(current, tuple(tags.values()), subject), query


def _index_head(site: Site, chosen: Chosen, paging: Paging) -> PageMeta:
    path = reverse("facts")
    if chosen.filters.is_empty:
        return page_meta(site, _("Facts"), _("Every fact of every list, newest first."), paging.here, paging=paging)
    same_elsewhere = chosen.filters == Filters(tags=chosen.filters.tags) and len(chosen.tags) == 1
    canonical = chosen.tags[0].url if same_elsewhere else path
    names = [tag.name for tag in chosen.tags] + ([chosen.subject.name] if chosen.subject else [])
    title = _("Facts: %(names)s") % {"names": ", ".join(names)} if names else _("Facts without spoilers")
    made = page_meta(site, title, _("Facts picked out of every list."), path, robots=NOT_INDEXED, paging=paging)
    return made._replace(canonical=site.full(canonical))


def _asked(chosen: Chosen, facts: Sequence[FactRow]) -> SeenForm | None:
    """About one subject alone: an answer is an answer about it."""
    plain = chosen.filters.unanswered()
    made = form_for(facts, f"{reverse('facts')}?{plain.query}", chosen.filters.seen) if chosen.subject else None
    return made._replace(fields=plain.pairs) if made else None


def _ways_back(chosen: Chosen) -> list[tuple[SafeString, str]]:
    """What can be taken away again: its name, and the index without it."""
    asked, path = chosen.filters, reverse("facts")
    ways = [(tag.html, asked.without_tag(tag.slug)) for tag in chosen.tags]
    ways += [(chosen.subject.html, asked.without_subject())] if chosen.subject else []
    ways += [(markdown.inline(_("Without spoilers")), asked.with_spoilers())] if asked.without_spoilers else []
    return [(name, f"{path}?{rest.query}" if rest.query else path) for name, rest in ways]


def _with_chosen(popular: Sequence[Any], chosen: Sequence[Any]) -> list[Any]:
    return [*(one for one in chosen if one not in popular), *popular]
