"""Which words of two texts differ, in bounded work however long the texts are.

What stands at both ends is trimmed first. What is left is compared word by word where that is little; else by sentences
that stand once in each text, then by words that do, and word by word between those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.text import matching

#: So many tokens of both texts are compared with each other at once; what differs in longer runs differs as a whole.
MOST_TOGETHER = 3000

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_ENDS_SENTENCE = re.compile(r"[.!?。！？…]|\s*\n\s*|<.*>", re.DOTALL)
_ENDS_WORD = re.compile(r".*", re.DOTALL)
_ANCHORS = (_ENDS_SENTENCE, _ENDS_WORD)


class Block(NamedTuple):
    """Tokens a to b of one text and c to d of the other."""

    is_equal: bool
    a: int
    b: int
    c: int
    d: int


def tokens(text: str) -> list[str]:
    """Words, runs of white space, and every other sign by itself."""
    return _WORDS.findall(text)


def blocks(before: Sequence[str], after: Sequence[str], together: matching.Allowance | None = None) -> list[Block]:
    """Both texts from beginning to end; equal and different blocks take turns. `together` is the allowance of all the
    texts that are compared for the same page.
    """
    joined: list[Block] = []
    for block in _Comparison(before, after, matching.Allowance(of=together)).parts(0, len(before), 0, len(after)):
        if block.a == block.b and block.c == block.d:
            continue
        last = joined[-1] if joined else None
        if last and last.is_equal == block.is_equal:
            joined[-1] = Block(last.is_equal, last.a, block.b, last.c, block.d)
        else:
            joined.append(block)
    return joined


class _Comparison:
    def __init__(self, before: Sequence[str], after: Sequence[str], allowance: matching.Allowance) -> None:
        self.before, self.after, self.allowance = before, after, allowance

    def parts(self, a: int, b: int, c: int, d: int, anchors: Sequence[re.Pattern[str]] = _ANCHORS) -> Iterator[Block]:
        """`anchors` say where the pieces end of which those that stand once in both hold the rest together."""
        start, stop = self._trimmed(a, b, c, d)
        yield Block(True, a, a + start, c, c + start)
        yield from self._middle(a + start, b - stop, c + start, d - stop, anchors)
        yield Block(True, b - stop, b, d - stop, d)

    def _trimmed(self, a: int, b: int, c: int, d: int) -> tuple[int, int]:
        """How many tokens are equal at the beginning and at the end."""
        return matching.common_ends(self.before, self.after, a, b, c, d)

    def _middle(self, a: int, b: int, c: int, d: int, anchors: Sequence[re.Pattern[str]]) -> Iterator[Block]:
        is_little = b - a + d - c <= MOST_TOGETHER
        if a < b and c < d and is_little:
            yield from self._word_by_word(a, b, c, d)
        elif a < b and c < d and anchors and not is_little:
            yield from self._by_pieces(a, b, c, d, anchors)
        else:
            yield Block(False, a, b, c, d)

    def _word_by_word(self, a: int, b: int, c: int, d: int) -> Iterator[Block]:
        """White space is compared only where it stands between words that are the same."""
        old = [place for place in range(a, b) if not self.before[place].isspace()]
        new = [place for place in range(c, d) if not self.after[place].isspace()]
        words = [self.before[place] for place in old], [self.after[place] for place in new]
        for i, j, size in matching.matches(*words, self.allowance):
            for one, other in zip(old[i : i + size], new[j : j + size], strict=True):
                yield from self._between(a, one, c, other)
                yield Block(True, one, one + 1, other, other + 1)
                a, c = one + 1, other + 1
        yield from self._between(a, b, c, d)

    def _between(self, a: int, b: int, c: int, d: int) -> Iterator[Block]:
        start, stop = self._trimmed(a, b, c, d)
        yield Block(True, a, a + start, c, c + start)
        yield Block(False, a + start, b - stop, c + start, d - stop)
        yield Block(True, b - stop, b, d - stop, d)

    def _by_pieces(self, a: int, b: int, c: int, d: int, anchors: Sequence[re.Pattern[str]]) -> Iterator[Block]:
        first, *rest = anchors
        for i, j, k, m in _same_pieces(_pieces(self.before, a, b, first), _pieces(self.after, c, d, first)):
            yield from self.parts(a, i, c, k, rest)
            yield Block(True, i, j, k, m)
            a, c = j, m
        yield from self.parts(a, b, c, d, rest)


def _pieces(texts: Sequence[str], start: int, stop: int, end: re.Pattern[str]) -> dict[str, tuple[int, int]]:
    """Where each piece stands, of those that stand there once."""
    ends = {token for token in {*texts[start:stop]} if end.fullmatch(token)}
    spans: dict[str, tuple[int, int] | None] = {}
    begin = start
    for place in range(start, stop):
        if place + 1 == stop or texts[place] in ends:
            words = "".join(texts[begin : place + 1])
            spans[words] = None if words in spans else (begin, place + 1)
            begin = place + 1
    return {words: span for words, span in spans.items() if span and not words.isspace()}


def _same_pieces(
    old: dict[str, tuple[int, int]], new: dict[str, tuple[int, int]]
) -> Iterator[tuple[int, int, int, int]]:
    """The longest run of pieces that stand in both in the same order."""
    pairs = [(*old[words], *span) for words, span in new.items() if words in old]
    pairs.sort(key=lambda pair: pair[2])
    return (pairs[place] for place in longest_rising([pair[0] for pair in pairs]))


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of a longest rising run, in n log n steps."""
    tops: list[int] = []  # of the best run of each length, the place of its last number
    before: list[int] = []
    for place, number in enumerate(numbers):
        low, high = 0, len(tops)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if numbers[tops[middle]] < number else (low, middle)
        before.append(tops[low - 1] if low else -1)
        tops[low : low + 1] = [place]
    run: list[int] = []
    place = tops[-1] if tops else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]
