"""Pages rendered once for equal inputs, and the headers of everything public.

A public page is a function of what its queries gave: no clock, no reader, no session goes into it. The finished bytes
are kept in memory under all of those inputs (not under a name that something would have to invalidate), and they are
made by a function of a module that gets these inputs and nothing else. So they can never be stale, and a view cannot
forget an input: what it does not hand over, its page cannot show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from articles.models.cache_groups import Group
from articles.reading import groups, negotiation
from articles.reading.memory import Memory, require_module_function
from articles.reading.outputs import without_forbidden_signs
from articles.reading.selectors.clock import PublicClock
from articles.reading.site import Site, site_of

#: Bytes of finished pages that each process keeps (their inputs take about as much again). They are for the first
#: request after each public act: later ones are the response cache's.
PAGE_BYTES = 4 * 1024 * 1024
#: And of those made for one reader's answer (?seen=), however many answers somebody makes up.
ANSWER_BYTES = 512 * 1024


Response = TypeVar("Response", bound=HttpResponseBase)


class PageInputs(NamedTuple):
    """All that a page is made from: `make(site, *inputs)`, in a language, gives its text."""

    make: Callable[..., str]
    language: str | None
    site: Site
    inputs: tuple[Hashable, ...]
    lists: tuple[Group | None, ...] = ()


class Page(NamedTuple):
    content: bytes
    etag: str
    groups: tuple[str, ...]  # by which caches are told to forget it


def make_page(key: PageInputs) -> Page:
    with translation.override(key.language):
        text = key.make(key.site, *key.inputs)
    content = without_forbidden_signs(text, key).encode()
    etag = f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    return Page(content, etag, groups.of_page(key.inputs, key.lists))


def _size(page: Page) -> int:
    return len(page.content)


_pages = Memory(make_page, PAGE_BYTES, _size)
_answers = Memory(make_page, ANSWER_BYTES, _size)


def cached_page(
    request: HttpRequest,
    template: str,
    context: Callable[..., Mapping[str, Any]],
    inputs: tuple[Hashable, ...],
    clock: PublicClock,
    *,
    lists: tuple[Group | None, ...] = (),
    markdown: Callable[[Site, Mapping[str, Any]], str] | None = None,
    is_answer: bool = False,
) -> HttpResponse:
    """A template's page, with what `context(site, *inputs)` gives. `context` is a function of a module.

    `lists` are those that the page is a part of, without the things that it shows: see reading.groups.
    `markdown` (one too, of reading.markdown_pages) writes the same context as Markdown, for whoever wants that.
    `is_answer`: made for one reader's answer (reading.seen), so that it pushes out no page that is made for all.
    """
    require_module_function(context)
    if markdown and negotiation.wants_markdown(request):
        key = (require_module_function(markdown), context, *inputs)
        return _markdown_page(request, key, clock, lists, is_answer=is_answer)
    key = (template, context, bool(markdown), *inputs)
    response = cached_response(request, _template_text, key, clock, lists=lists, is_answer=is_answer)
    if markdown:
        patch_vary_headers(response, ["Accept"])
    return response


def _markdown_page(
    request: HttpRequest,
    key: tuple[Hashable, ...],
    clock: PublicClock,
    lists: tuple[Group | None, ...],
    *,
    is_answer: bool,
) -> HttpResponse:
    """At its own address like any page. At the page's address no shared cache may keep it: many look at no Vary but
    that of encodings, and would give it to browsers. So there the worst of them gives a page to whoever wants Markdown.
    """
    kind = negotiation.MARKDOWN
    response = cached_response(request, _markdown_text, key, clock, lists=lists, content_type=kind, is_answer=is_answer)
    response["X-Robots-Tag"] = "noindex"
    if not negotiation.has_markdown_address(request):
        patch_vary_headers(response, ["Accept"])
        response["Cache-Control"] = "private, max-age=0, must-revalidate"
    return response


def cached_response(
    request: HttpRequest,
    make: Callable[..., str],
    inputs: tuple[Hashable, ...],
    clock: PublicClock,
    *,
    lists: tuple[Group | None, ...] = (),
    content_type: str = "text/html; charset=utf-8",
    is_answer: bool = False,
) -> HttpResponse:
    """The answer whose text is `make(site, *inputs)`. `make` is a function of a module; else TypeError.

    In DEBUG nothing is kept, so that a changed template shows at once; pages are made in the same way.
    """
    key = PageInputs(require_module_function(make), translation.get_language(), site_of(request), inputs, lists)
    memory = _answers if is_answer else _pages
    page = make_page(key) if settings.DEBUG else memory.get(key)
    response = HttpResponse(page.content, content_type=content_type)
    response["ETag"] = page.etag
    return with_cache_headers(response, clock, page.groups)


def _template_text(
    site: Site, template: str, context: Callable[..., Mapping[str, Any]], has_markdown: bool, *inputs: Hashable
) -> str:
    values = {"site": site, "site_name": site.name, **context(site, *inputs)}
    if has_markdown:
        path = values["meta"].canonical.removeprefix(site.origin)
        values["meta"] = values["meta"]._replace(markdown=site.full(negotiation.markdown_path(path)))
    return render_to_string(template, values)


def _markdown_text(
    site: Site,
    write: Callable[[Site, Mapping[str, Any]], str],
    context: Callable[..., Mapping[str, Any]],
    *inputs: Hashable,
) -> str:
    return write(site, context(site, *inputs))


def with_cache_headers(response: Response, clock: PublicClock, carried: Iterable[str]) -> Response:
    """Browsers ask each time (and get a 304), shared caches keep the answer until the next public event at most, or
    until they are told to forget one of its groups. So does the site itself (reading.response_cache), by the clock.
    """
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True, s_maxage=clock.seconds_left)
    groups.name_in(response, carried)
    response.clock = clock  # type: ignore[attr-defined]
    return response


def for_this_request_alone(response: Response) -> Response:
    """The site keeps no answer that left something out, or did something, for this one request."""
    response.clock = None  # type: ignore[attr-defined]
    return response


def permanent_redirect(url: str, clock: PublicClock, of: Any) -> HttpResponse:
    """A permanent redirect that is asked for again: without a limit browsers keep it, even when it turns round.
    `of` is what leads there: values as a page is made of, or groups.
    """
    listed = [of] if isinstance(of, Group) else []
    return with_cache_headers(HttpResponsePermanentRedirect(url), clock, groups.of_page(of, listed))
