"""Subjects: their list, their pages, and the facts about one that a reader's answer opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.cache_groups import SUBJECT_NAMES, SUBJECTS, TAG_NAMES, TAGS
from articles.models.cache_groups import Group as CacheGroup
from articles.models.reference import Subject
from articles.reading import groups, markdown_pages, rows, selectors, sharing, structured
from articles.reading.feeds import FeedOwner, feed_links
from articles.reading.filters import Filters
from articles.reading.negotiation import same_form
from articles.reading.outputs import made, path_or_404, path_or_nothing, writable
from articles.reading.page_meta import NOT_INDEXED, page_meta
from articles.reading.paging import PER_PAGE, Paging, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import ArticleRow, FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm, Waiting, is_safe, opens_at, seen_episode
from articles.reading.selectors import (
    NO_POINT,
    BesideSubject,
    CountedSubject,
    FoundQuestion,
    FoundSubject,
    KindOfSubject,
)
from articles.reading.selectors.beside import SUBJECT_TAGS
from articles.reading.site import Site
from articles.text import markdown, slugs
from articles.text.ids import PUBLIC_ID_PATTERN

SUBJECTS_PER_PAGE = 100
SUBJECT_ARTICLES = 6
#: No list has more rows on one page.
MOST_OPENED = 40
_IDS = re.compile(PUBLIC_ID_PATTERN)
_SLUG = re.compile(slugs.PATTERN)


@require_safe
def subject_list(request: HttpRequest) -> HttpResponse:
    """`?kind=`: those of one kind. Raises Http404 for what is no kind."""
    kind = request.GET.get("kind", "")
    if kind and kind not in Subject.Kind.values:
        raise Http404
    clock = selectors.public_clock(timezone.now())
    kinds = selectors.subject_kinds(clock)
    count = sum(each.subjects for each in kinds if kind in ("", each.kind))
    paging = paginate(request, count, urlencode({"kind": kind}) if kind else "", per_page=SUBJECTS_PER_PAGE)
    subjects = selectors.subject_rows(kind, clock, paging.start, paging.stop)
    inputs = (subjects, kinds, kind, paging)
    return cached_page(
        *(request, "reading/subjects.html", subject_list_page, inputs, clock),
        lists=(SUBJECTS, SUBJECT_NAMES),
        markdown=markdown_pages.listing,
    )


def subject_list_page(
    site: Site, subjects: tuple[CountedSubject, ...], kinds: tuple[KindOfSubject, ...], kind: str, paging: Paging
) -> dict[str, Any]:
    description = _("The dramas, films, bands and people that the lists are about.")
    label = Subject.Kind(kind).label if kind else ""
    title = _("Subjects: %(kind)s") % {"kind": label} if kind else _("Subjects")
    subjects = writable(subjects)
    meta = page_meta(site, title, description, paging.here, paging=paging)
    meta = meta._replace(robots=NOT_INDEXED, canonical=site.full(reverse("subjects"))) if kind else meta
    listed = structured.collection(site, meta, [(each.subject.name, each.url) for each in subjects])
    return {
        "meta": structured.described(meta, listed),
        "subjects": subjects,
        "kinds": [
            (Subject.Kind(each.kind).label, each.subjects, f"{reverse('subjects')}?kind={each.kind}", each.kind == kind)
            for each in kinds
            if each.kind in Subject.Kind.values
        ],
        "kind": kind,
        "paging": paging,
    }


class Group(NamedTuple):
    """Facts with one spoiler point. `anchor` names it in an address."""

    label: str
    anchor: str
    facts: tuple[FactRow, ...]


class Question(NamedTuple):
    """A question as it may be shown outside its article, and where that answers it."""

    html: SafeString
    lang: SafeString
    url: str
    spoiler_label: str


@require_safe
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.subject_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(same_form(request, path_or_404("subject", found.slug)), clock, found)
    beside, seen = selectors.beside_subject(found.pk, clock), seen_episode(request.GET)
    paging = paginate(request, beside.facts)
    facts = selectors.facts_by_episode(found.pk, clock.now, paging.start, paging.stop)
    facts = selectors.with_seen_headings(facts, seen)
    is_first = paging.number == 1
    articles = selectors.articles_about(found.pk, clock.now, 0, SUBJECT_ARTICLES) if is_first else ()
    names = selectors.names_beside((), dict(beside.tags), beside.connected) if is_first else selectors.names_beside()
    around = (articles, names.tags_of(dict(beside.tags)), names.subjects_of(beside.connected))
    inputs = (found, beside, paging, facts, around, seen)
    return cached_page(
        request,
        "reading/subject.html",
        subject_page,
        inputs,
        clock,
        lists=(groups.subject(found.slug), *_lists_beside(around[1]), TAG_NAMES, SUBJECT_NAMES),
        markdown=markdown_pages.listing,
        is_answer=seen is not None,
    )


def _lists_beside(tags: tuple[Tag, ...]) -> tuple[CacheGroup, ...]:
    """By what its connected subjects are found: what shares its tags, of which the page may know the first only."""
    return (TAGS,) if len(tags) >= SUBJECT_TAGS else tuple(groups.tag(tag.slug) for tag in tags)


def subject_page(
    site: Site,
    found: FoundSubject,
    beside: BesideSubject,
    paging: Paging,
    facts: tuple[FactRow, ...],
    around: tuple[tuple[ArticleRow, ...], tuple[Tag, ...], tuple[SubjectName, ...]],
    seen: int | None,
) -> dict[str, Any]:
    name, (articles, tags, connected) = found.name, around
    description = found.description or _("Lists of facts about %(subject)s, and each fact on its own.") % {
        "subject": name.name
    }
    shown = replace(paging, query=f"seen={seen}") if seen else paging
    is_first = paging.number == 1
    others, articles, facts = writable(connected), writable(articles), writable(facts)
    feeds = feed_links(site, FeedOwner("subjects", (found.slug,), (name.name,)))
    image = sharing.subject_image(site, name)
    meta = page_meta(site, name.name, description, paging.here, paging=paging, image=image, feeds=feeds)
    # Its articles, not its facts: their headings may be those of a reader's answer.
    listed = structured.collection(site, meta, [(row.title, row.url) for row in articles], name)
    crumbs = [(_("Subjects"), reverse("subjects")), (name.name, paging.path)]
    return {
        "meta": structured.described(meta, listed, structured.breadcrumbs(site, crumbs)),
        "subject": name,
        "description": markdown.inline(found.description),
        "other_names": [markdown.inline(other) for other in found.other_names],
        "episodes": found.name.episodes,
        "fact_count": beside.facts,
        "article_count": beside.articles,
        "facts_query": f"{reverse('facts')}?{Filters(subject=found.slug, seen=seen).query}",
        "articles_query": f"{reverse('articles')}?{urlencode({'subject': found.slug})}",
        "paging": shown,
        "articles": articles,
        "facts": facts,  # for the page as Markdown
        "groups": _groups(facts),
        "points": _points(beside, name, shown),
        "has_closed_rows": any(fact.opens_at for fact in facts),
        "seen_form": _seen_form(beside, name, shown, seen),
        "questions": made(lambda each: _question(each, name, seen), beside.questions) if is_first else (),
        "people": [each for each in others if each.kind == Subject.Kind.PERSON],
        "works": [each for each in others if each.kind != Subject.Kind.PERSON],
        "tags": writable(tags),
    }


def _groups(facts: Sequence[FactRow]) -> list[Group]:
    return [
        Group(_group_label(label), _anchor(label, part[0].opens_at), tuple(part))
        for label, each in groupby(facts, key=lambda fact: fact.spoiler_label)
        for part in [list(each)]
    ]


def _group_label(spoiler_label: str) -> str:
    return capfirst(spoiler_label) or _("Spoils nothing")


def _anchor(spoiler_label: str, opens: int | None) -> str:
    return f"after-{opens}" if spoiler_label else "open"


def _points(beside: BesideSubject, name: SubjectName, paging: Paging) -> list[tuple[str, int, str]]:
    """Of each group of facts its name, their number and where it begins; nothing where there is only one."""
    groups: dict[tuple[str, str], int] = {}
    for point, count in beside.points:
        spoiler_after = None if point == NO_POINT else point
        label = rows.spoiler_label(spoiler_after, name.kind)
        key = (_group_label(label), _anchor(label, opens_at(spoiler_after, name.kind)))
        groups[key] = groups.get(key, 0) + count
    points, before = [], 0
    for (label, anchor), count in groups.items():
        points.append((label, count, f"{paging.url(before // PER_PAGE + 1)}#{anchor}"))
        before += count
    return points if len(points) > 1 else []


def _seen_form(beside: BesideSubject, name: SubjectName, paging: Paging, seen: int | None) -> SeenForm | None:
    """About all facts of the subject and all questions of the page; None where nothing waits for an answer."""
    points = [point for point, count in beside.points if point != NO_POINT for _fact in range(count)]
    waiting = Waiting.of(opens_at(point, name.kind) for point in points)
    questions = Waiting.of(opens_at(each.spoiler_after, name.kind) for each in beside.questions)
    if not (waiting.points or questions.points):
        return None
    here = replace(paging, query="")
    fields = (("page", str(paging.number)),) if paging.number > 1 else ()
    return SeenForm(name, here.here, seen, waiting, questions, fields)


def _question(found: FoundQuestion, subject: SubjectName, seen: int | None) -> Question:
    is_open = found.spoiler_after is None or is_safe(opens_at(found.spoiler_after, subject.kind), seen)
    words = found.question if is_open else rows.public_question(found.question, found.spoiler_after, subject)
    path = path_or_nothing("article", found.slug)
    if not path:
        raise ValueError("Its article has no address.")
    return Question(
        markdown.inline(words),
        rows.lang_of(found.language if is_open else ""),
        f"{path}#{found.anchor}",
        rows.spoiler_label(found.spoiler_after, subject.kind),
    )


# --- what an answer opens ---------------------------------------------------------------------------------------------


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """For static/js/later/seen-rows.js: of the facts named by `?fact=`, all about `?subject=`, those that `?seen=`
    opens, as rows with their own headings. Raises BadRequest for a question that the script does not ask.
    """
    subject, seen, ids = request.GET.get("subject", ""), seen_episode(request.GET), request.GET.getlist("fact")
    if seen is None or not _SLUG.fullmatch(subject) or len(ids) > MOST_OPENED or not all(map(_IDS.fullmatch, ids)):
        raise BadRequest(_("Ask for at most forty facts about one subject, and say how far you have seen it."))
    clock = selectors.public_clock(timezone.now())
    found = selectors.facts_with_ids(sorted(set(ids)), subject, clock.now)
    safe = tuple(fact for fact in found if is_safe(fact.opens_at, seen))
    facts = selectors.with_seen_headings(safe, seen)
    lists = (groups.subject(subject), SUBJECT_NAMES)
    response = cached_page(request, "reading/opened.html", opened_page, (facts,), clock, lists=lists, is_answer=True)
    response["X-Robots-Tag"] = "noindex"
    return response


def opened_page(_site: Site, facts: tuple[FactRow, ...]) -> dict[str, Any]:
    return {"facts": writable(facts)}
