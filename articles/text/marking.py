"""Marks runs of words in HTML of ours, across its inline marks and never across its blocks; each stays whole HTML."""

from __future__ import annotations

import html as html_names
import re
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString, mark_safe

from articles.text import korean, syntax

#: A tag, whose attributes may hold any sign in quotes; a character reference; any other signs.
_TOKEN = re.compile(
    r"""(?P<tag><(?:"[^"]*"|'[^']*'|[^'">])*>)|(?P<name>&\#?\w{1,32};)|(?P<signs>[^<&]+|.)""", re.DOTALL
)
_NAME = re.compile(r"</?([a-z0-9]+)")
_INLINE = frozenset({"a", "strong", "em", "code", "span", "del", "s", "b", "i"})
#: Stands where a block ends: no words go over it.
_BLOCK = "\0"
_SPACE = re.compile(r"\s+")
#: So many runs of one text are marked.
_MOST = 200


def mark(html: SafeString, runs: Sequence[str], named: str, css: str = "unsourced") -> SafeString:
    """`<span class=…>` around the first place of each run of words, and behind it, for those who do not see it, what
    the mark means. Words that do not stand there, or in another run, stay as they are.
    """
    text, starts, stops = _read(html)
    note = f'<span class="visually-hidden"> ({korean.escape_and_mark(syntax.without_control_signs(named))})</span>'
    found: list[tuple[int, int]] = []
    for run in runs[:_MOST]:
        spans = _places(run, text)
        free = (span for span in spans if all(span[1] <= start or stop <= span[0] for start, stop in found))
        found += [span for span in [next(free, None)] if span]
    out, at = [], 0
    for start, stop in sorted(found):
        for first, last in _segments(text[start:stop], starts[start:stop], stops[start:stop]):
            out += [html[at:first], f'<span class="{css}">', html[first:last], "</span>"]
            at = last
        out.append(note)
    return mark_safe("".join([*out, html[at:]]))  # noqa: S308 - the same HTML, with spans around words and an escaped note


def _places(run: str, text: str) -> Iterator[tuple[int, int]]:
    """Each place of the run. White space may be any, for lines are broken elsewhere in HTML; no word is cut."""
    first, *others = run.split() or [""]
    at = text.find(first) if first else -1
    while at >= 0:
        stop = at + len(first)
        for word in others:
            space = _SPACE.match(text, stop)
            stop = space.end() + len(word) if space and text.startswith(word, space.end()) else -1
            if stop < 0:
                break
        if stop >= 0 and not (first[0].isalnum() and at and (text[at - 1].isalnum() or text[at - 1] == "_")):
            yield at, stop
            at = text.find(first, stop)
        else:
            at = text.find(first, at + 1)


def _read(html: str) -> tuple[str, list[int], list[int]]:
    """The signs that readers see, and of each where it begins and ends in the HTML."""
    signs: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for token in _TOKEN.finditer(html):
        start, stop = token.span()
        if token.lastgroup == "signs":
            signs.append(token[0])
            starts += range(start, stop)
            stops += range(start + 1, stop + 1)
        elif sign := html_names.unescape(token[0])[:1] if token.lastgroup == "name" else _end_of_block(token[0]):
            signs.append(sign)
            starts.append(start)
            stops.append(stop)
    return "".join(signs), starts, stops


def _end_of_block(tag: str) -> str:
    name = _NAME.match(tag)
    return "" if name and name[1] in _INLINE else _BLOCK


def _segments(text: str, starts: Sequence[int], stops: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The places of a run that stand side by side in the HTML, without white space alone: no span holds a tag."""
    at = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or starts[end] != stops[end - 1]:
            if text[at:end].strip():
                yield starts[at], stops[end - 1]
            at = end
