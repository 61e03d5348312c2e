"""All facts in one file, exact at one instant, written while it is sent: a few dozen editions are in memory at a time.

It is made from the editions that were in force at that instant, whose keys are read before the first of them is sent.
They stay as they are whatever is published meanwhile, so no transaction is held open for the minutes that a slow line
may take.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from articles.models.cache_groups import ALL_NAMES, ARTICLES, FACTS
from articles.reading import groups, pages, selectors
from articles.reading.api import endpoints, making, shapes
from articles.reading.api.answers import answers, text_of
from articles.reading.api.endpoints import Endpoint
from articles.reading.outputs import BROKEN, log_left_out, made
from articles.reading.rendering import for_this_request_alone, with_cache_headers
from articles.reading.selectors import FoundEdition, walks
from articles.reading.selectors.walks import WholeSite
from articles.reading.site import Site, site_of
from articles.text import html_to_markdown, syntax, tables

#: So many editions are read at once, in four queries.
EDITIONS_AT_ONCE = 50
COLUMNS = (
    *("id", "url", "heading", "text", "is_safe", "safe_after_episode", "language", "published_at", "changed_at"),
    *("checked_on", "subject", "tags", "sources", "article", "article_url", "number"),
    *("caveat", "caveat_since", "caveat_note", "as_of"),
)

Facts = Sequence[shapes.WholeFact]


@answers(endpoints.FACTS_AS_LINES)
def lines(request: HttpRequest, _asked: Mapping[str, tuple[str, ...]]) -> HttpResponseBase:
    return _download(request, endpoints.FACTS_AS_LINES, as_lines)


@answers(endpoints.FACTS_AS_TABLE)
def table(request: HttpRequest, _asked: Mapping[str, tuple[str, ...]]) -> HttpResponseBase:
    """With a byte order mark, without which spreadsheets read no UTF-8."""
    return _download(request, endpoints.FACTS_AS_TABLE, as_rows, before="\ufeff" + _csv([COLUMNS]))


def _download(
    request: HttpRequest, endpoint: Endpoint, write: Callable[[Facts], str], before: str = ""
) -> HttpResponseBase:
    """Its ETag names the state of the public site (selectors.clock)."""
    clock, site = selectors.public_clock(timezone.now()), site_of(request)
    etag = f'W/"{clock.state_digest}"'
    response: HttpResponseBase = HttpResponse()
    if request.method == "GET" and request.headers.get("If-None-Match") != etag:
        response = StreamingHttpResponse(_parts(site, walks.whole_site(clock.now), write, before))
    response["Content-Type"] = f"{endpoint.media_type}; charset=utf-8"
    response["Content-Disposition"] = f'attachment; filename="{endpoint.path}"'
    response["ETag"] = etag
    with_cache_headers(response, clock, groups.of_page((), (ARTICLES, FACTS, *ALL_NAMES)))
    return for_this_request_alone(response)


def _parts(site: Site, whole: WholeSite, write: Callable[[Facts], str], before: str) -> Iterator[bytes]:
    yield before.encode()
    for facts in all_facts(site, whole):
        yield write(facts).encode()


def all_facts(site: Site, whole: WholeSite) -> Iterator[tuple[shapes.WholeFact, ...]]:
    """All its facts, each once, in some parts. Four queries a part."""
    for start in range(0, len(whole.editions), EDITIONS_AT_ONCE):
        editions = walks.editions_with(whole.editions[start : start + EDITIONS_AT_ONCE])
        yield tuple(
            fact
            for edition, facts in _whole_facts(site, editions)
            for fact in facts
            if (edition, fact.id) not in whole.elsewhere
        )


def _whole_facts(site: Site, editions: Sequence[FoundEdition]) -> Iterator[tuple[int, Facts]]:
    read = made(lambda each: (pages.ids_in(each.parts_text), each.edition), editions)
    found = [edition for _ids, edition in read]
    names = selectors.names_of(frozenset().union(*(ids.tags for ids, _edition in read)), ())
    cards = [card["id"] for edition in found for card in edition.parts["cards"]]
    first_seen, checks = walks.first_seen(cards), walks.last_checks(edition.pk for edition in editions)
    names = names._replace(checks=tuple(checks.items()))
    for edition in found:
        try:
            yield edition.pk, making.whole_facts(site, edition, names, first_seen)
        except BROKEN as error:
            log_left_out(edition, error)


def as_lines(facts: Facts) -> str:
    return "".join(made(lambda fact: f"{text_of(fact)}\n", facts))


def as_rows(facts: Facts) -> str:
    return _csv(made(_row, facts))


def _row(fact: shapes.WholeFact) -> list[str]:
    own = {
        "text": html_to_markdown.to_text(fact.html),
        "is_safe": "yes" if fact.is_safe else "no",
        "subject": fact.subject.name if fact.subject else "",
        "tags": "; ".join(tag.name for tag in fact.tags),
        "sources": "; ".join(source.url or source.title for source in fact.sources),
        "article": fact.article.title,
        "article_url": fact.article.url,
        "caveat": fact.caveat.kind if fact.caveat else "",
        "caveat_since": fact.caveat.since if fact.caveat else "",
        "caveat_note": fact.caveat.note if fact.caveat else "",
        "as_of": "; ".join(fact.as_of),
    }
    plain = [own[name] if name in own else getattr(fact, name) for name in COLUMNS]
    return ["" if value is None else syntax.without_control_signs(str(value)) for value in plain]


def _csv(rows: Sequence[Sequence[str]]) -> str:
    """As RFC 4180 has it; no cell begins a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([tables.cell(value) for value in row] for row in rows)
    return text.getvalue()
