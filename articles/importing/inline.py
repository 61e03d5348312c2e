"""Spans as inline Markdown that shows exactly their words: whatever could be taken for a mark is escaped."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from articles.importing.blocks import Span, Spans, cut, lines, plain, trim
from articles.text.escaping import escape_marks, guard_start

_SAFE_SCHEME = re.compile(r"(?:https?:|mailto:|[^:/?#]*(?:[/?#]|$))", re.IGNORECASE)
_UNFIT_IN_ADDRESS = re.compile(r"[\s<>\x00-\x1f\x7f]")
_CJK = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uffef\U00020000-\U0003fffd]"
)


def render(spans: Spans) -> str:
    """The spans as inline Markdown, with a hard break for each line break."""
    written = [_line(trim(line)) for line in lines(spans)]
    return "\\\n".join(line for line in written if line)


def _line(spans: Spans) -> str:
    start = spans[0] if spans else None
    is_marked = start is not None and (start.bold or start.italic or start.struck or start.code or start.href)
    written = _Inline().write(spans)
    return written if is_marked else guard_start(written)


def _style_bold(span: Span) -> object:
    return span.bold


def _style_italic(span: Span) -> object:
    return span.italic


def _style_struck(span: Span) -> object:
    return span.struck


def _style_link(span: Span) -> object:
    return span.picture or span.href


_STYLES: tuple[tuple[Callable[[Span], object], str], ...] = (
    (_style_link, ""),
    (_style_bold, "**"),
    (_style_italic, "*"),
    (_style_struck, "~~"),
)


class _Inline:
    """Writes spans, link by link and style by style, and drops an emphasis that Markdown could not close."""

    def write(self, spans: Sequence[Span], level: int = 0, before: str = "", after: str = "") -> str:
        while level < len(_STYLES) and not any(map(_STYLES[level][0], spans)):
            level += 1
        if level == len(_STYLES):
            return "".join(_bare(span) for span in spans)
        style, mark = _STYLES[level]
        runs = [(value, list(run)) for value, run in groupby(spans, key=style)]
        out = ""
        for index, (value, run) in enumerate(runs):
            outside = _edge(out, before, -1)
            following = _first(runs[index + 1][1]) if index + 1 < len(runs) else after
            if not value:
                out += self.write(run, level + 1, outside, following)
            elif style is _style_link:
                out += self._link(run, outside, following)
            else:
                out += self._marked(run, level, mark, outside, following, out)
        return out

    def _link(self, run: list[Span], before: str, after: str) -> str:
        first = run[0]
        if first.picture:
            return "".join(_picture(span) for span in run)
        address = _address(first.href)
        if not address or not plain(run).strip():
            return self.write(run, 1, before, after)
        text = self.write(run, 1, "[", "]")
        body = text.strip()
        lead = text[: len(text) - len(text.lstrip())]
        tail = text[len(text.rstrip()) :]
        return f"{lead}[{body}]({address}){tail}"

    def _marked(self, run: list[Span], level: int, mark: str, before: str, after: str, out: str) -> str:
        text = plain(run)
        body = text.strip()
        if not any(char.isalnum() for char in body) or any(span.picture for span in run):
            return self.write(run, level + 1, before, after)
        start = len(text) - len(text.lstrip())
        head, inner, tail = _fit(text, start, start + len(body), before, after)
        if not inner or (mark[0] == "*" and not head and (out.endswith("*") or before == "*")):
            return self.write(run, level + 1, before, after)
        spans = tuple(run)
        left = self.write(cut(spans, 0, head), level + 1, before, "") if head else ""
        middle = self.write(cut(spans, head, head + inner), level + 1, mark[0], mark[0])
        right = self.write(cut(spans, head + inner, len(text)), level + 1, "", after) if tail else ""
        return f"{left}{mark}{middle}{mark}{right}"


def _fit(text: str, start: int, stop: int, before: str, after: str) -> tuple[int, int, int]:
    """Narrows an emphasis until its marks may open and close there (CommonMark 6.2): (before, inside, behind)."""
    while start < stop and not _flanks(text[start], text[start - 1] if start else before):
        start += 1
        while start < stop and text[start].isspace():
            start += 1
    while stop > start and not _flanks(text[stop - 1], text[stop] if stop < len(text) else after):
        stop -= 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
    if not any(char.isalnum() for char in text[start:stop]):
        return start, 0, len(text) - start
    return start, stop - start, len(text) - stop


def _flanks(inside: str, outside: str) -> bool:
    if inside.isspace():
        return False
    return not _is_sign(inside) or not outside or outside.isspace() or _is_sign(outside) or bool(_CJK.match(outside))


def _is_sign(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def _edge(out: str, before: str, at: int) -> str:
    return out[at] if out else before


def _first(run: Iterable[Span]) -> str:
    return next((span.text[0] for span in run if span.text and not span.picture), "")


def _bare(span: Span) -> str:
    if span.picture:
        return _picture(span)
    if not span.code or not span.text.strip():
        return escape_marks(span.text)
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", span.text)), default=0))
    pad = " " if span.text[0] == "`" or span.text[-1] == "`" else ""
    return f"{fence}{pad}{span.text}{pad}{fence}"


def _picture(span: Span) -> str:
    """A picture out of the file is one of the library to be; of a remote one stands a link that says so."""
    alt = " ".join(escape_marks(span.text).split())
    if span.picture.startswith("picture:"):
        return f"![{alt}]({span.picture})"
    address = _address(span.picture)
    words = f"picture: {alt}" if alt else "picture"
    return f"[{words}]({address})" if address else f"\\[{words}\\]"


def _address(href: str) -> str:
    """The address as it may stand in a Markdown link; "" for one that no page may point to."""
    href = href.strip()
    if not href or not _SAFE_SCHEME.match(href):
        return ""
    href = _UNFIT_IN_ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), href)
    href = href.replace("\\", "%5C")
    return f"<{href}>" if "(" in href or ")" in href else href
