"""Marks runs of words in HTML of ours, across its inline marks and never across its blocks; each stays whole HTML."""

from __future__ import annotations

import html as html_names
import re
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString, mark_safe

from articles.text import korean, syntax

#: A tag, whose attributes may hold any sign in quotes; a character reference; any other sign.
_TOKEN = re.compile(r"""(?P<tag><(?:"[^"]*"|'[^']*'|[^'">])*>)|(?P<name>&\#?\w{1,32};)|(?P<sign>.)""", re.DOTALL)
_NAME = re.compile(r"</?([a-z0-9]+)")
_INLINE = frozenset({"a", "strong", "em", "code", "span", "del", "s", "b", "i"})
#: Stands where a block ends: no words go over it.
_BLOCK = "\0"
#: So many runs of one text are marked.
_MOST = 200

_Piece = tuple[str, int, int]  # a sign, and where it stands in the HTML


def mark(html: SafeString, runs: Sequence[str], named: str, css: str = "unsourced") -> SafeString:
    """`<span class=…>` around the first place of each run of words, and behind it, for those who do not see it, what
    the mark means. Words that do not stand there, or in another run, stay as they are.
    """
    pieces = list(_pieces(html))
    text = "".join(sign for sign, _start, _stop in pieces)
    note = f'<span class="visually-hidden"> ({korean.escape_and_mark(syntax.without_control_signs(named))})</span>'
    found: list[tuple[int, int]] = []
    for run in runs[:_MOST]:
        spans = (match.span() for match in _pattern(run).finditer(text)) if run.strip() else iter(())
        free = (span for span in spans if all(span[1] <= start or stop <= span[0] for start, stop in found))
        found += [span for span in [next(free, None)] if span]
    out, at = [], 0
    for start, stop in sorted(found):
        for first, last in _segments(pieces[start:stop]):
            out += [html[at:first], f'<span class="{css}">', html[first:last], "</span>"]
            at = last
        out.append(note)
    return mark_safe("".join([*out, html[at:]]))  # noqa: S308 - the same HTML, with spans around words and an escaped note


def _pattern(run: str) -> re.Pattern[str]:
    """White space may be any, for lines are broken elsewhere in HTML; no word is cut."""
    words = r"\s+".join(map(re.escape, run.split()))
    before = r"(?<!\w)" if run.strip()[:1].isalnum() else ""
    return re.compile(f"{before}{words}")


def _pieces(html: str) -> Iterator[_Piece]:
    for token in _TOKEN.finditer(html):
        if token["tag"]:
            name = _NAME.match(token["tag"])
            if not name or name[1] not in _INLINE:
                yield _BLOCK, *token.span()
        elif token["name"]:
            yield html_names.unescape(token["name"])[:1], *token.span()
        else:
            yield token["sign"], *token.span()


def _segments(pieces: Sequence[_Piece]) -> Iterator[tuple[int, int]]:
    """The places of a run that stand side by side in the HTML, without white space alone: no span holds a tag."""
    first, last, words = -1, -1, ""
    for sign, start, stop in [*pieces, ("", -1, -1)]:
        if start == last:
            last, words = stop, words + sign
            continue
        if words.strip():
            yield first, last
        first, last, words = start, stop, sign
