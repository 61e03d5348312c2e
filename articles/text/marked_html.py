"""Words that differ, marked in HTML: in plain texts, and in two pieces of HTML of ours, whose tags are never marked, so
that each stays whole HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from articles.text import korean, syntax, word_diff
from articles.text.matching import Allowance
from articles.text.word_runs import Run

#: An attribute in quotes may hold any sign.
_TOKENS = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^'">])*>|&\#?\w{1,32};|\s+|\w+|[^\w\s]""")


def marked(old: SafeString, new: SafeString, together: Allowance | None = None) -> tuple[SafeString, SafeString]:
    """The old one with `<del>`, the new one with `<ins>`; of an empty one and another nothing is marked.
    `together`: see `word_diff.blocks`.
    """
    if not (old and new):
        return old, new
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    found = word_diff.blocks(before, after, together)
    left = "".join(_marked(before[each.a : each.b], "" if each.is_equal else "del") for each in found)
    right = "".join(_marked(after[each.c : each.d], "" if each.is_equal else "ins") for each in found)
    return mark_safe(left), mark_safe(right)  # noqa: S308 - the same HTML, with marks around words


def of_runs(runs: Sequence[Run], tag: str, named: str) -> SafeString:
    """Plain text as HTML (see `markdown.inline`) with `tag` around each run that differs.

    `named` says to those who do not see the mark what it means, around the words: "[removed: %(words)s]".
    """
    before, _words, after = (_hidden(part) for part in named.partition("%(words)s"))
    html = (
        _wrapped(run.text, f"<{tag}>{before}", f"{after}</{tag}>") if run.is_different else _html(run.text)
        for run in runs
    )
    return mark_safe("".join(html))  # noqa: S308 - escaped in `_html` and `_hidden`


def _wrapped(text: str, before: str, after: str) -> str:
    """The marks stand at the words: white space around them stays outside."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return f"{text[:start]}{before}{_html(text[start:end])}{after}{text[end:]}" if start < end else text


def _html(text: str) -> str:
    return korean.escape_and_mark(syntax.without_control_signs(text))


def _hidden(words: str) -> str:
    return f'<span class="visually-hidden">{_html(words)}</span>' if words else ""


def _marked(tokens: Sequence[str], tag: str) -> str:
    return "".join(_runs(tokens, tag)) if tag else "".join(tokens)


def _runs(tokens: Sequence[str], tag: str) -> Iterator[str]:
    """White space between tags stays bare: in a list or a table no mark may stand there."""
    for is_tag, run in groupby(tokens, key=lambda token: len(token) > 1 and token.startswith("<")):
        words = "".join(run)
        yield words if is_tag or words.isspace() else f"<{tag}>{words}</{tag}>"
