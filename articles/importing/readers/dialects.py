"""What the dialects of Markdown add, told in plain Markdown and HTML: Obsidian, Notion, Pandoc, site generators.

Private remarks, properties, queries and the marks of templates are set aside; labels stay in place of wiki links.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from articles.importing.readers import asides

Line = tuple[str, bool]  # a line, and whether it is code

_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>[\w-]*)")
_QUERIES = frozenset(("dataview", "dataviewjs", "tasks", "query", "toc"))
#: What stands between two marks and is no text: the opening mark, the closing one, and why it is set aside.
_REMARKS = (
    ("<!--", "-->", "remark"),
    ("%%", "%%", "remark"),
    ("{% comment %}", "{% endcomment %}", "remark"),
    ("{{<", ">}}", "mark"),
    ("{{%", "%}}", "mark"),
    ("{{", "}}", "mark"),
    ("{%", "%}", "mark"),
)
_LONGEST_REMARK = 20_000
_KRAMDOWN = re.compile(r"\{:?[ \t]*[.#:][^{}\n]{0,200}\}")
_BLOCK_ID = re.compile(r"[ \t]\^[\w-]{1,60}[ \t]*$", re.MULTILINE)
_WIKI = re.compile(r"(?P<embed>!?)\[\[(?P<page>[^\[\]|\n]{1,200})(?:\|(?P<label>[^\[\]\n]{1,200}))?\]\]")
_FILE = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|avif|pdf|mp4|mp3|canvas)$", re.IGNORECASE)
_MARKED = re.compile(r"(?<![=\w])==(?P<words>[^=\s](?:[^=\n]{0,300}[^=\s])?)==(?![=\w])")
_CALLOUT = re.compile(r"^(?P<quote>(?:[ \t]*>)+[ \t]*)\[!\w[\w-]{0,30}(?:\|[^\]\n]{0,60})?\][-+]?[ \t]*", re.MULTILINE)
#: The title of a quotation is none of the words that were said.
_QUOTE_TITLE = re.compile(r"^> ?\[!(?:quote|cite)\][-+]?[ \t]+(?P<title>\S[^\n]*)\n(?=>)", re.MULTILINE | re.IGNORECASE)
_TASK = re.compile(r"^(?P<item>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[(?P<done>[ xX])\][ \t]+", re.MULTILINE)
_BELOW = re.compile(r"(?<=[\w)])~(?P<text>[\w+\-]{1,8})~(?!~)")
_ABOVE = re.compile(r"(?<=[\w)])\^(?P<text>[\w+\-]{1,8})\^")
_CALLOUT_TAG = re.compile(r"^[ \t]*</?aside\b[^>\n]{0,200}>[ \t]*$", re.MULTILINE | re.IGNORECASE)
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)[^`\n]{1,500}?(?<!`)\1(?!`)")
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")


def plain_lines(text: str) -> list[Line]:
    """The lines of a Markdown text with what is not Markdown set aside; code stays as it is."""
    found: list[Line] = []
    for is_code, part in _parts(text):
        if not is_code:
            found += ((line, False) for line in _plainly(part).split("\n"))
            continue
        opening = _FENCE.match(part)
        if opening and opening["language"].lower() in _QUERIES:
            found += (("", False), (_aside(part, "query"), False), ("", False))
        else:
            found += ((line, True) for line in part.split("\n"))
    return found


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """The text cut at its fences."""
    fence = ""
    held: list[str] = []
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if found and not fence:
            if held:
                yield False, "\n".join(held)
            fence, held = found["fence"], [line]
        elif fence and found and found["fence"].startswith(fence) and not line.strip(" `~"):
            yield True, "\n".join([*held, line])
            fence, held = "", []
        else:
            held.append(line)
    if held:
        yield bool(fence), "\n".join(held)


def _plainly(text: str) -> str:
    text = _outside_code_spans(text, _without_remarks)
    for mark, pattern, write in _RULES:
        if mark in text:
            text = _outside_code_spans(text, functools.partial(pattern.sub, write))
    return text


def _outside_code_spans(text: str, change: Callable[[str], str]) -> str:
    if "`" not in text:
        return change(text)
    at, found = 0, []
    for span in _CODE_SPAN.finditer(text):
        found += [change(text[at : span.start()]), span[0]]
        at = span.end()
    return "".join([*found, change(text[at:])])


def _without_remarks(text: str) -> str:
    for opening, closing, why in _REMARKS:
        if opening in text:
            text = "".join(_between(text, opening, closing, why))
    return text


def _between(text: str, opening: str, closing: str, why: str) -> Iterator[str]:
    """The text with what stands between two marks set aside. A mark that nothing closes is text."""
    at = 0
    while (start := text.find(opening, at)) >= 0:
        stop = text.find(closing, start + len(opening))
        if stop < 0:
            break
        stop += len(closing)
        if stop - start > _LONGEST_REMARK or (why == "mark" and "\n\n" in text[start:stop]):
            yield text[at : start + len(opening)]
            at = start + len(opening)
            continue
        inside = text[start + len(opening) : stop - len(closing)] if why == "remark" else text[start:stop]
        yield text[at:start]
        yield _aside(inside, why)
        at = stop
    yield text[at:]


def _aside(words: str, why: str) -> str:
    """Words that are set aside, told in signs that mean nothing in Markdown."""
    words = " ".join(words.split())
    if not words:
        return ""
    return f'<{asides.TAG} data-why="{why}">{_MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", words)}</{asides.TAG}>'


def _label(found: re.Match[str]) -> str:
    page, label = found["page"].strip(), (found["label"] or "").strip()
    if found["embed"] and _FILE.search(page):
        return _aside(page, "file")
    return label or " – ".join(filter(None, (part.strip() for part in page.lstrip("#").split("#"))))


_RULES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("{", _KRAMDOWN, lambda found: _aside(found[0], "mark")),
    ("^", _BLOCK_ID, lambda found: " " + _aside(found[0], "label")),
    ("[[", _WIKI, _label),
    ("==", _MARKED, lambda found: found["words"]),
    ("[!", _QUOTE_TITLE, lambda found: f"{found['title']}\n\n"),
    ("[!", _CALLOUT, lambda found: found["quote"]),
    ("[", _TASK, lambda found: f"{found['item']}{'☐' if found['done'] == ' ' else '☑'} "),
    ("~", _BELOW, lambda found: f"<sub>{found['text']}</sub>"),
    ("^", _ABOVE, lambda found: f"<sup>{found['text']}</sup>"),
    ("aside", _CALLOUT_TAG, lambda _found: ""),
)

# --- properties of Notion ---------------------------------------------------------------------------------------------

_TITLE = re.compile(r"\s*#[ \t]+\S[^\n]*\n\s*")
_PROPERTY = re.compile(r"(?P<key>[^\W\d_][^:\n]{0,30}):[ \t]+(?P<value>\S[^\n]*)")
_KNOWN = frozenset(
    [
        "status",
        "owner",
        "tags",
        "tag",
        "created",
        "date",
        "author",
        "authors",
        "assignee",
        "assign",
        "type",
        "url",
        "category",
        "categories",
        "priority",
        "due",
        "slug",
        "published",
        "publish",
        "project",
        "team",
        "reviewer",
        "editor",
        "stage",
        "language",
    ]
)


def properties(text: str) -> tuple[dict[str, str], str]:
    """The properties that Notion writes under the title, and the text without them; one of them must be well known."""
    title = _TITLE.match(text[:1_000])
    if title is None:
        return {}, text
    found: dict[str, str] = {}
    at = title.end()
    while line := _PROPERTY.match(text, at):
        found[line["key"].strip()] = line["value"].strip()
        at = line.end() + 1
    known = any(key.casefold().split()[0] in _KNOWN for key in found)
    if not known or len(found) > 30 or text[at : at + 1] not in ("", "\n"):
        return {}, text
    return found, text[: title.end()] + text[at:]
