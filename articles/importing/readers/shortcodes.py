"""WordPress's marks in square brackets, of its own and of page builders, as the HTML that they stand for.

Only what is plainly a mark is one: it has attributes, is closed, or is known by its name. "[sic]" and "[1]" are words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape

_CAPTION = re.compile(
    r"\[(?:wp_)?caption[^\]]*\](?P<picture>\s*(?:<a[^>]*>)?\s*<img[^>]*>\s*(?:</a>)?)(?P<words>.*?)\[/(?:wp_)?caption\]",
    re.DOTALL,
)
_EMBED = re.compile(r"\[embed[^\]]*\](?P<address>https?://[^\s\[]+)\[/embed\]")
_MARK = re.compile(r"\[(?P<close>/?)(?P<name>[A-Za-z][\w-]{0,60})(?P<given>(?:[\s=][^\[\]<>]{0,3000})?)\]")
_GIVEN = re.compile(
    r"""(?P<name>[\w-]{1,40})\s*=\s*(?:["'“”″](?P<value>[^"'“”″]{0,500})["'“”″]|(?P<bare>[^\s"'“”″]{1,300}))"""
)
_BARE = frozenset(
    [
        "gallery",
        "audio",
        "video",
        "playlist",
        "contact-form",
        "contact-form-7",
        "more",
        "toc",
        "ez-toc",
        "adsense",
        "nextpage",
        "embed",
        "caption",
    ]
)
_BUILDERS = re.compile(r"(?:et_pb|vc|fusion|av|su|fl|cs|mk|ux|tatsu|kadence|thrive|wpv)_")
_TITLED = re.compile(r"toggle|accordion|faq|tab|spoiler|collapse|expand|question|panel|blurb|box", re.IGNORECASE)
_QUOTE = re.compile(r"quote|testimonial", re.IGNORECASE)
_HEADING = re.compile(r"heading|headline", re.IGNORECASE)
_SIMPLE = {"b": "b", "i": "i", "u": "u", "strong": "b", "em": "i", "code": "code"}
_SILENT = frozenset(("more", "nextpage", "toc", "ez-toc", *_SIMPLE))  # nothing is lost with them
_MOST_TOLD = 12
_ARE_IN = re.compile(
    r"\[/?(?:wp_caption|caption|(?:et_pb|vc|fusion|av|su|fl|cs)_)\b|\[/?(?:et_pb|vc|fusion|av|su|fl|cs)_\w"
)


def are_in(text: str) -> bool:
    """Whether a page that is no export of WordPress has its marks nevertheless."""
    return "[" in text and _ARE_IN.search(text) is not None


def without(content: str) -> tuple[str, tuple[str, ...]]:
    """The content as HTML, and the names of the marks that were taken off, each once."""
    if "[" not in content:
        return content, ()
    if "[/" in content:
        content = _CAPTION.sub(r"<figure>\g<picture><figcaption>\g<words></figcaption></figure>", content)
        content = _EMBED.sub(r'<a href="\g<address>">\g<address></a>', content)
    marks = list(_MARK.finditer(content))
    opened = {mark["name"] for mark in marks if not mark["close"]}
    closed = {mark["name"] for mark in marks if mark["close"]} & opened
    taken: dict[str, None] = {}
    open_quotes: list[str] = []

    def write(mark: re.Match[str]) -> str:
        if not _is_mark(mark, closed):
            return mark[0]
        if mark["name"] not in _SILENT:
            taken[mark["name"]] = None
        return _written(mark, mark["name"] in closed, open_quotes)

    return _MARK.sub(write, content), tuple(taken)


def name_list(names: Sequence[str]) -> str:
    shown = ", ".join(f"[{name}]" for name in names[:_MOST_TOLD])
    return shown + ", …" if len(names) > _MOST_TOLD else shown


def _is_mark(mark: re.Match[str], closed: set[str]) -> bool:
    name = mark["name"]
    if name in closed or name.lower() in _BARE or _BUILDERS.match(name):
        return True
    return not mark["close"] and _GIVEN.search(mark["given"]) is not None


def _written(mark: re.Match[str], is_pair: bool, open_quotes: list[str]) -> str:
    """What stands in place of a mark: its title, the quotation that it makes, or nothing."""
    name, low = mark["name"], mark["name"].lower()
    if low in _SIMPLE:
        return f"<{mark['close']}{_SIMPLE[low]}>" if is_pair else ""
    if _QUOTE.search(name) and is_pair:
        return _quotation(mark, open_quotes)
    if mark["close"]:
        return "</h3>\n\n" if _HEADING.search(name) else ""
    given = {found["name"].lower(): found["value"] or found["bare"] or "" for found in _GIVEN.finditer(mark["given"])}
    if _HEADING.search(name):
        words = given.get("text", "") or given.get("title", "")
        return f"\n\n<h3>{_safe(words)}{'' if is_pair else '</h3>'}" if words or is_pair else ""
    title = given.get("title", "") or given.get("question", "") or given.get("heading", "")
    if not title.strip() or not _TITLED.search(name):
        return ""
    kind = ' class="schema-faq-question"' if title.rstrip().endswith(("?", "？", "؟")) else ""
    return f"\n\n<p{kind}><strong>{_safe(title)}</strong></p>\n\n"


def _quotation(mark: re.Match[str], open_quotes: list[str]) -> str:
    if not mark["close"]:
        given = {
            found["name"].lower(): found["value"] or found["bare"] or "" for found in _GIVEN.finditer(mark["given"])
        }
        open_quotes.append(given.get("cite", "") or given.get("author", "") or given.get("name", ""))
        return "<blockquote>"
    by = open_quotes.pop() if open_quotes else ""
    return f"<cite>{_safe(by)}</cite></blockquote>" if by else "</blockquote>"


def _safe(text: str) -> str:
    return escape(unescape(text), quote=False)
