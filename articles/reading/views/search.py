"""The search: facts and articles by their words, suggestions while somebody types, and what tells browsers of it."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.cache_groups import ALL_NAMES, ARTICLES, FACTS
from articles.models.search.engine import Scope
from articles.models.snapshot import snapshot
from articles.reading import found, groups, markdown_pages, selectors
from articles.reading.found import FoundHit, Shown
from articles.reading.negotiation import same_form
from articles.reading.outputs import log_left_out, writable
from articles.reading.page_meta import INDEXED, NOT_INDEXED, page_meta
from articles.reading.paging import Paging, paginate
from articles.reading.rendering import cached_page, cached_response, for_this_request_alone, permanent_redirect
from articles.reading.rows import FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm, seen_episode, seen_form
from articles.reading.selectors.search import Hit
from articles.reading.site import Site, site_of
from articles.text import slugs

SUGGESTIONS, NEWEST_FOR_SUGGESTIONS = 8, 200
_SLUG = re.compile(slugs.PATTERN)
#: Anything may be found from now on.
_LISTS = (ARTICLES, FACTS, *ALL_NAMES)


class Asked(NamedTuple):
    """What an address asks: the question, and the one subject that it may be about."""

    words: str
    subject: str
    seen: int | None

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """Raises Http404 for what can be nobody's slug."""
        subject = query.get("subject", "")
        if subject and not _SLUG.fullmatch(subject):
            raise Http404
        return cls(query.get("q", ""), subject, seen_episode(query) if subject else None)

    @property
    def query(self) -> str:
        pairs = [("q", self.words), ("subject", self.subject), ("seen", str(self.seen or ""))]
        return urlencode([(name, value) for name, value in pairs if value], errors="replace")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    with snapshot():
        response, in_vain = _search(request)
    if not in_vain:
        return response
    if request.method == "GET":
        _count_vain(in_vain)
    return for_this_request_alone(response)  # each is counted


def _search(request: HttpRequest) -> tuple[HttpResponse, str]:
    """The answer; and the words if they were searched in vain, else nothing."""
    asked = Asked.of(request.GET)
    now = timezone.now()
    if asked.subject:
        subject, clock = selectors.subject_at(asked.subject, now)
        if subject.slug != asked.subject:
            path = f"{reverse('search')}?{asked._replace(subject=subject.slug).query}"
            return permanent_redirect(same_form(request, path), clock, subject), ""
        name, scope = subject.name, Scope(subject=subject.pk, seen=found.least_seen(asked.seen, subject.name.kind))
    else:
        name, scope, clock = None, Scope(), selectors.public_clock(now)
    answer = selectors.ask(asked.words, now, scope)
    asked = asked._replace(words=answer.question.text)
    paging = paginate(request, len(answer.matches), asked.query)
    hits = selectors.hits(answer.matches[paging.start : paging.stop], asked.seen)
    tags = selectors.tags_meant(answer) if paging.number == 1 and not answer.mended.of else ()
    is_vain = bool(answer.question.wanted) and not hits and not asked.subject
    shown = Shown.of(answer)
    inputs = (asked, shown, hits, tags, name, paging)
    response = cached_page(
        request,
        "reading/search.html",
        search_page,
        inputs,
        clock,
        lists=_LISTS,
        markdown=markdown_pages.search,
        is_answer=True,
    )
    return response, asked.words if is_vain else ""


def search_page(
    site: Site,
    asked: Asked,
    shown: Shown,
    hits: tuple[Hit, ...],
    tags: tuple[Tag, ...],
    subject: SubjectName | None,
    paging: Paging,
) -> dict[str, Any]:
    title = _("Search: %(words)s") % {"words": asked.words} if asked.words else _("Search")
    robots = NOT_INDEXED if asked.words else INDEXED  # what somebody put into an address is not the site's
    meta = page_meta(site, title, _("Every fact and article by its words."), reverse("search"), robots=robots)
    mended = found.mended_words(shown, hits)
    return {
        "meta": meta._replace(newer=site.full(paging.newer), older=site.full(paging.older)),
        "asked": asked,
        "has_words": bool(shown.question.wanted),
        "subject": subject,
        "hits": found.hit_rows(shown, hits),
        "has_closed_rows": any(hit.fact and hit.fact.opens_at for hit in hits),
        "tags": writable(tags),
        "mended": mended,
        "mended_url": f"{reverse('search')}?{asked._replace(words=mended).query}" if mended else "",
        "single_words": [] if hits else found.single_words(shown),
        "count_label": found.count_label(paging.count, is_cut=shown.is_cut),
        "seen_form": _seen_form(asked, [hit.fact for hit in hits if hit.fact]) if subject else None,
        "paging": paging,
    }


def _seen_form(asked: Asked, facts: list[FactRow]) -> SeenForm | None:
    plain = asked._replace(seen=None)
    form = seen_form(facts, f"{reverse('search')}?{plain.query}", asked.seen)
    fields = (("q", asked.words), ("subject", asked.subject))
    return form._replace(fields=fields) if form else None


def _count_vain(words: str) -> None:
    """A count is worth no error: the database may be read-only, or busy."""
    try:
        selectors.count_vain(words, timezone.now().date())
    except DatabaseError as error:
        log_left_out("a search in vain was not counted", error)


# --- suggestions ------------------------------------------------------------------------------------------------------


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What the words begun so far may lead to, as OpenSearch Suggestions 1.0 has it: the question, and lists of texts,
    of kinds and of addresses."""
    clock = selectors.public_clock(timezone.now())
    answer = selectors.ask(request.GET.get("q", ""), clock.now, most=NEWEST_FOR_SUGGESTIONS)
    hits = selectors.hits(answer.matches[:SUGGESTIONS])
    subjects, tags = selectors.names_meant(answer)
    inputs = (answer.question.text, subjects, tags, hits)
    kind = "application/x-suggestions+json; charset=utf-8"
    return cached_response(request, suggestions_text, inputs, clock, lists=_LISTS, content_type=kind, is_answer=True)


def suggestions_text(
    site: Site, words: str, subjects: tuple[SubjectName, ...], tags: tuple[Tag, ...], hits: tuple[Hit, ...]
) -> str:
    found_: list[tuple[str, str, str]] = []
    found_ += [(each.name, each.kind_label, each.url) for each in writable(subjects)[:3]]
    found_ += [(each.name, _("Tag"), each.url) for each in writable(tags)[:3]]
    plain: tuple[FoundHit, ...] = found.hit_rows(Shown(), hits)
    found_ += [(each.title, _("Fact") if each.fact else _("Article"), each.url) for each in plain]
    texts, kinds, urls = zip(*dict.fromkeys(found_[:SUGGESTIONS]), strict=True) if found_ else ((), (), ())
    return json.dumps([words, texts, kinds, [site.full(url) for url in urls]], ensure_ascii=False)


@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1: how a browser searches here."""
    text = render_to_string("reading/opensearch.xml", {"site": site_of(request)})
    response = HttpResponse(text, content_type="application/opensearchdescription+xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    groups.name_in(response, groups.of_page(()))
    return response
