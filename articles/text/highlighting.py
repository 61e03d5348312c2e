"""Marks what was asked for in a plain text, and cuts the text to what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from articles.text import korean, romanised, sentences, syntax, tokens

_LATIN_NAME = re.compile(r"[A-Za-z]+[- ][A-Za-z]+(?:[- ][A-Za-z]+)?")
_HANGUL_NAME = re.compile("[\uac00-\ud7a3]{3}")


class Wanted(NamedTuple):
    """`words` are normalised pieces, or several with spaces between them that must stand side by side, each with
    whether it may go on; `sounds` are those of Korean names.
    """

    words: tuple[tuple[str, bool], ...] = ()
    sounds: frozenset[str] = frozenset()


def marked(text: str, wanted: Wanted) -> SafeString:
    """A whole plain text as HTML."""
    return _html(text, _spans(text, wanted))


def excerpt(text: str, wanted: Wanted, length: int) -> SafeString:
    """About `length` signs around the first of these words, else the beginning, as HTML: whole sentences where they
    hold the words, else what fits, with … where it was cut.
    """
    text = " ".join(text.split())
    spans = _spans(text, wanted)
    first = spans[0] if spans else (0, 0)
    start = _start(text, first[0], length) if first[1] > length else 0
    shown = sentences.beginning(sentences.sentences(text[start : start + 3 * length]), length)
    if start + len(shown.removesuffix(sentences.CUT)) < first[1]:
        shown = sentences.cut(text[start:], length)
    is_cut = shown.endswith(sentences.CUT) and not text.startswith(shown, start)
    stop = start + len(shown) - is_cut
    html = _html(text[start:stop], [(a - start, min(b, stop) - start) for a, b in spans if start <= a < stop])
    before = "" if sentences.begins(text, start) else sentences.CUT
    return mark_safe(f"{before}{html}{sentences.CUT if is_cut else ''}")  # noqa: S308 - made by _html


def _start(text: str, hit: int, length: int) -> int:
    """Where its sentence begins; where that is too far before the hit, some words before it."""
    found = sentences.start_of(text, hit)
    return found if hit - found <= length // 2 else _word_start(text, hit - length // 3)


def _html(text: str, spans: Sequence[tuple[int, int]]) -> SafeString:
    parts, at = [], 0
    for start, stop in spans:
        parts += [_escaped(text[at:start]), "<mark>", _escaped(text[start:stop]), "</mark>"]
        at = stop
    return mark_safe("".join([*parts, _escaped(text[at:])]))  # noqa: S308 - each part is escaped in this function


def _escaped(text: str) -> str:
    return korean.escape_and_mark(syntax.without_control_signs(text))


def _word_start(text: str, place: int) -> int:
    """The beginning of the word at a place, unless it is far away."""
    if place <= 0:
        return 0
    space = text.rfind(" ", max(0, place - 30), place)
    return space + 1 if space >= 0 else place


def _spans(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Where they stand, in order, without overlaps."""
    folded, places = _folded(text)
    found = [(places[a], places[b - 1] + 1) for a, b in _words_in(folded, wanted.words)]
    if wanted.sounds:
        found += _names_in(text, wanted.sounds)
    spans: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((start, stop))
    return spans


def _words_in(folded: str, words: Iterable[tuple[str, bool]]) -> Iterator[tuple[int, int]]:
    pattern = _pattern(tuple(words))
    return (match.span() for match in pattern.finditer(folded)) if pattern else iter(())


@lru_cache(maxsize=200)
def _pattern(words: tuple[tuple[str, bool], ...]) -> re.Pattern[str] | None:
    """Longer words first. A word may be written with hyphens in it; CJK letters stand anywhere."""
    alternatives = []
    for word, may_go_on in sorted(set(words), key=lambda each: (-len(each[0]), each)):
        if tokens.is_cjk(word) and " " not in word:
            alternatives.append(re.escape(word))
        else:
            parts = ["[-\u2010\u2011]?".join(map(re.escape, part)) for part in word.split(" ")]
            letters = r"[\W_]+".join(parts)
            end = r"[^\W_]*" if may_go_on else r"(?![^\W_])"
            alternatives.append(rf"(?<![^\W_]){letters}{end}")
    return re.compile("|".join(alternatives)) if alternatives else None


def _names_in(text: str, sounds: frozenset[str]) -> Iterator[tuple[int, int]]:
    for match in _HANGUL_NAME.finditer(text):
        if not sounds.isdisjoint(romanised.hangul_sounds(match.group())):
            yield match.span()
    for match in _LATIN_NAME.finditer(text):
        if not sounds.isdisjoint(romanised.name_sounds(re.split("[- ]", match.group()))):
            yield match.span()


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """The text as `tokens.normalised` makes it, and for each of its signs the place that it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        folded = _fold_sign(sign)
        letters.append(folded)
        places += [place] * len(folded)
    return "".join(letters), places


@lru_cache(maxsize=20_000)
def _fold_sign(sign: str) -> str:
    return tokens.normalised(sign)
