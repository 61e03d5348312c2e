"""Finding words in a text in Markdown. For replacing them, addresses of links and pictures are passed over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

#: Where a link or picture leads, and bare addresses: other words there are another address.
_ADDRESS = re.compile(r"\]\([^()\s]*[^()]*\)|https?://[^\s<>()]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
#: Scripts in which words stand together, or carry particles: no sign tells where a word ends.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def pattern(wanted: str, *, whole_words: bool = False, match_case: bool = False) -> re.Pattern[str]:
    """What matches these words; ValueError when there are none."""
    if not wanted:
        raise ValueError("There is nothing to find.")
    before = r"(?<!\w)" if whole_words and _ends_a_word(wanted[0]) else ""
    after = r"(?!\w)" if whole_words and _ends_a_word(wanted[-1]) else ""
    return re.compile(before + re.escape(wanted) + after, 0 if match_case else re.IGNORECASE)


def occurrences(text: str, wanted: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where they stand, from left to right, outside of addresses."""
    addresses = [found.span() for found in _ADDRESS.finditer(text)] if "](" in text or "://" in text else []
    at = 0
    for found in wanted.finditer(text):
        while at < len(addresses) and addresses[at][1] <= found.start():
            at += 1
        if at == len(addresses) or found.end() <= addresses[at][0]:
            yield found.span()


def replaced(text: str, spans: Sequence[tuple[int, int]], by: str) -> str:
    """The text with these runs replaced, which do not overlap."""
    pieces, at = [], 0
    for start, stop in sorted(spans):
        pieces += [text[at:start], by]
        at = stop
    return "".join([*pieces, text[at:]])


def folded(text: str) -> str:
    """`text` without case, width, accents and kinds of white space: two texts that a person would take for the same."""
    if text.isascii():
        return " ".join(text.lower().split())
    parts = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(unicodedata.normalize("NFC", _ACCENTS.sub("", parts)).split())


def snippet(text: str, words: Sequence[str], *, length: int) -> list[tuple[str, bool]]:
    """About `length` signs around the first of these words, in runs: (signs, whether they are such a word)."""
    wanted = re.compile("|".join(re.escape(word) for word in words if word) or r"(?!)", re.IGNORECASE)
    first = wanted.search(text)
    start = max(0, first.start() - length // 2) if first and len(text) > length else 0
    cut = text[start : start + length]
    runs = [("…", False)] if start else []
    at = 0
    for found in wanted.finditer(cut):
        runs += [(cut[at : found.start()], False), (found[0], True)]
        at = found.end()
    runs.append((cut[at:] + ("…" if start + length < len(text) else ""), False))
    return [run for run in runs if run[0]]


def _ends_a_word(sign: str) -> bool:
    return (sign.isalnum() or sign == "_") and not _UNSPACED.match(sign)
