"""Which form of a page is asked for: HTML, or the same in Markdown.

Markdown has an address of its own (`.md` beside the page), and is given at the page's address to whoever names it in
Accept. Browsers never do, so a wish for anything at all (`*/*`) is a wish for HTML.
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.request import MediaType

SUFFIX = ".md"
MARKDOWN = "text/markdown; charset=utf-8"


def markdown_path(path: str) -> str:
    """The path of the Markdown of the page at `path`, which may have a query."""
    page, mark, query = path.partition("?")
    return f"{page.rstrip('/') or '/index'}{SUFFIX}{mark}{query}"


def page_path(path: str) -> str:
    """The path of the page whose Markdown is at `path`; any other path stays as it is."""
    if not path.endswith(SUFFIX):
        return path
    page = path.removesuffix(SUFFIX)
    return "/" if page == "/index" else f"{page}/"


def has_markdown_address(request: HttpRequest) -> bool:
    return request.path_info.endswith(SUFFIX)


def wants_markdown(request: HttpRequest) -> bool:
    """By the address, or by an Accept that names text/markdown and wants it no less than HTML (RFC 9110, 12.5.1)."""
    if has_markdown_address(request):
        return True
    if "text/markdown" not in request.headers.get("Accept", "").lower():
        return False
    named = [each for each in request.accepted_types if _is_markdown(each)]
    html = request.accepted_type("text/html")
    return bool(named) and (html is None or named[0].quality >= html.quality)


def same_form(request: HttpRequest, path: str) -> str:
    """Where a redirect to `path` leads: whoever asked at an address of Markdown comes to one."""
    return markdown_path(path) if has_markdown_address(request) else path


def _is_markdown(each: MediaType) -> bool:
    return (each.main_type, each.sub_type) == ("text", "markdown")
