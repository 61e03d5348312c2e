"""The views of the API. Each asks a selector for plain values and hands them to a function that writes the answer."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.document.rules import SLUG_LENGTH
from articles.models.cache_groups import (
    ALL_NAMES,
    ARTICLES,
    FACTS,
    SUBJECT_NAMES,
    SUBJECTS,
    TAG_NAMES,
    TAGS,
    Group,
)
from articles.models.editions import Edition
from articles.reading import pages, selectors
from articles.reading.api import cursors, endpoints, making, openapi, shapes
from articles.reading.api.answers import Gone, answers, text_of
from articles.reading.api.endpoints import JSON, OPENAPI, PER_ANSWER
from articles.reading.outputs import made, path_or_404, writable
from articles.reading.rendering import cached_response, permanent_redirect
from articles.reading.rows import FactRow, SubjectName, Tag
from articles.reading.selectors import FoundEdition, FoundFact, Names, PublicClock, walks
from articles.reading.selectors.search import Hit
from articles.reading.selectors.walks import Named, Narrowed
from articles.reading.site import Site
from articles.text import slugs

_SLUG = re.compile(slugs.PATTERN)
Asked = Mapping[str, tuple[str, ...]]


# --- facts ------------------------------------------------------------------------------------------------------------


@answers(endpoints.FACTS)
def facts(request: HttpRequest, asked: Asked) -> HttpResponse:
    after = cursors.read(_one(asked, "cursor"), "facts", dt.datetime, str)
    clock = selectors.public_clock(timezone.now())
    found = walks.walk_facts(_narrowed(asked, clock), after, PER_ANSWER + 1, clock.now)
    here, is_last = found[:PER_ANSWER], len(found) <= PER_ANSWER
    cursor = "" if is_last else cursors.written("facts", here[-1].published_at, here[-1].public_id)
    return _answer(request, facts_text, (here, _next(request, cursor)), clock, (FACTS,))


def facts_text(site: Site, found: tuple[FactRow, ...], next_path: str | None) -> str:
    return text_of(shapes.Facts(items=making.facts(site, found), next=_full(site, next_path)))


@answers(endpoints.FACT)
def fact(request: HttpRequest, _asked: Asked, public_id: str) -> HttpResponse:
    now = timezone.now()
    found = selectors.fact_at(public_id, now)
    if found is None:
        if selectors.was_fact_public(public_id, now):
            raise Gone(_("This fact was taken down."))
        raise Http404
    fact_in_force, clock = found
    ids = pages.ids_in(fact_in_force.edition.parts_text)
    names = selectors.names_of(ids.tags, ids.authors, fact_in_force.edition.pk)
    return _answer(request, fact_text, (fact_in_force, names), clock)


def fact_text(site: Site, found: FoundFact, names: Names) -> str:
    return text_of(making.whole_fact(site, found, names))


# --- articles ---------------------------------------------------------------------------------------------------------


@answers(endpoints.ARTICLES)
def articles(request: HttpRequest, asked: Asked) -> HttpResponse:
    after = cursors.read(_one(asked, "cursor"), "articles", dt.datetime, int)
    clock = selectors.public_clock(timezone.now())
    found = walks.walk_articles(_narrowed(asked, clock), after, PER_ANSWER + 1, clock.now)
    here, is_last = found[:PER_ANSWER], len(found) <= PER_ANSWER
    last = here[-1].row if here else None
    cursor = "" if is_last or not last else cursors.written("articles", last.published_at, last.article_id)
    return _answer(request, articles_text, (here, _next(request, cursor)), clock, (ARTICLES,))


def articles_text(site: Site, found: tuple[Named, ...], next_path: str | None) -> str:
    items = made(lambda each: making.article(site, each), writable(found))
    return text_of(shapes.Articles(items=items, next=_full(site, next_path)))


@answers(endpoints.ARTICLE)
def article(request: HttpRequest, _asked: Asked, slug: str) -> HttpResponse:
    now = timezone.now()
    found = selectors.article_at(slug, slugs.slug(slug, SLUG_LENGTH), now)
    if found is None:
        raise Http404
    edition, clock = found
    if edition.kind == Edition.Kind.REMOVAL:
        raise Gone(_("This article was taken down."))
    if edition.slug != slug:
        return permanent_redirect(path_or_404("api-article", edition.slug), clock, edition)
    ids = pages.ids_in(edition.parts_text)
    names = selectors.names_of(ids.tags, ids.authors, edition.pk)
    first_seen = walks.first_seen(card["id"] for card in edition.edition.parts["cards"])
    return _answer(request, article_text, (edition, names, tuple(first_seen.items())), clock)


def article_text(site: Site, found: FoundEdition, names: Names, first_seen: tuple[tuple[str, dt.datetime], ...]) -> str:
    return text_of(making.whole_article(site, found.edition, names, dict(first_seen)))


# --- tags and subjects ------------------------------------------------------------------------------------------------


@answers(endpoints.TAGS)
def tags(request: HttpRequest, asked: Asked) -> HttpResponse:
    after = cursors.read(_one(asked, "cursor"), "tags", str, int)
    clock = selectors.public_clock(timezone.now())
    found = walks.walk_tags(after, PER_ANSWER + 1, clock.now)
    return _names(request, tags_text, "tags", found, clock, (TAGS, TAG_NAMES))


def tags_text(site: Site, found: tuple[Tag, ...], next_path: str | None) -> str:
    return text_of(shapes.Tags(items=making.tags(site, found), next=_full(site, next_path)))


@answers(endpoints.SUBJECTS)
def subjects(request: HttpRequest, asked: Asked) -> HttpResponse:
    after = cursors.read(_one(asked, "cursor"), "subjects", str, int)
    clock = selectors.public_clock(timezone.now())
    found = walks.walk_subjects(after, PER_ANSWER + 1, clock.now)
    return _names(request, subjects_text, "subjects", found, clock, (SUBJECTS, SUBJECT_NAMES))


def subjects_text(site: Site, found: tuple[SubjectName, ...], next_path: str | None) -> str:
    items = [making.subject(site, each) for each in writable(found)]
    return text_of(shapes.Subjects(items=tuple(filter(None, items)), next=_full(site, next_path)))


def _names(
    request: HttpRequest,
    make: Callable[..., str],
    kind: str,
    found: tuple[tuple[int, Any], ...],
    clock: PublicClock,
    lists: tuple[Group, ...],
) -> HttpResponse:
    """Of names with their primary keys, one more than stand in an answer where there are more."""
    here, is_last = found[:PER_ANSWER], len(found) <= PER_ANSWER
    cursor = "" if is_last else cursors.written(kind, here[-1][1].name, here[-1][0])
    return _answer(request, make, (tuple(name for _pk, name in here), _next(request, cursor)), clock, lists)


# --- the search -------------------------------------------------------------------------------------------------------


@answers(endpoints.SEARCH)
def search(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What is ranked has no key: its cursor is a place in the order of this minute."""
    (start,) = cursors.read(_one(asked, "cursor"), "search", int) or (0,)
    clock = selectors.public_clock(timezone.now())
    answer = selectors.ask(_one(asked, "q"), clock.now)
    stop = max(start, 0) + PER_ANSWER
    hits = selectors.hits(answer.matches[max(start, 0) : stop])
    cursor = cursors.written("search", stop) if stop < len(answer.matches) else ""
    return _answer(request, search_text, (hits, _next(request, cursor)), clock, (ARTICLES, FACTS, *ALL_NAMES))


def search_text(site: Site, hits: tuple[Hit, ...], next_path: str | None) -> str:
    items = made(lambda each: making.hit(site, each), writable(hits))
    return text_of(shapes.Hits(items=items, next=_full(site, next_path)))


@answers(endpoints.DESCRIPTION)
def description(request: HttpRequest, _asked: Asked) -> HttpResponse:
    return _answer(request, openapi.text, (), PublicClock(timezone.now()), media_type=OPENAPI)


# --- what they share --------------------------------------------------------------------------------------------------


def _one(asked: Asked, name: str) -> str:
    return next(iter(asked[name]), "")


def _narrowed(asked: Asked, clock: PublicClock) -> Narrowed:
    """Slugs, former ones too, as primary keys. One query where there are any. Raises Http404 for what is not public."""
    tags_asked, subject_asked = asked["tag"], _one(asked, "subject")
    wanted = [*tags_asked, *filter(None, [subject_asked])]
    if not wanted:
        return Narrowed()
    if not all(_SLUG.fullmatch(slug) and len(slug) <= SLUG_LENGTH for slug in wanted):
        raise Http404
    choices = selectors.understood(tags_asked, subject_asked, clock.now)
    missing = [slug for slug in tags_asked if slug not in choices.tags]
    missing += [subject_asked] if subject_asked and subject_asked not in choices.subjects else []
    if missing:
        raise Http404(_("Nothing public has the tag or subject “%(slug)s”.") % {"slug": missing[0]})
    keys = sorted({choices.tags[slug][0] for slug in tags_asked})
    return Narrowed(tuple(keys), choices.subjects[subject_asked][0] if subject_asked else None)


def _next(request: HttpRequest, cursor: str) -> str | None:
    """The path of the next part: the same question with another cursor."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{request.path}?{query.urlencode()}"


def _full(site: Site, path: str | None) -> str | None:
    return site.full(path) if path else None


def _answer(
    request: HttpRequest,
    make: Callable[..., str],
    inputs: tuple[Hashable, ...],
    clock: PublicClock,
    lists: tuple[Group | None, ...] = (),
    *,
    media_type: str = JSON,
) -> HttpResponse:
    """As a page, but in the smaller memory: programs walk through everything once."""
    return cached_response(request, make, inputs, clock, lists=lists, content_type=media_type, is_answer=True)
