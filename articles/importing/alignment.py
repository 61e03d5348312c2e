"""Which words of a source its account answers for, in the order of the source.

Source and entries are compared as two runs of words, as a version control system compares two files: what is equal at
both ends, then passages that stand once in each (of those the longest ascending run), then what lies between. What is
left over on both sides may have been moved, as a footnote is that goes to its card: it counts where it stands whole.

The work grows with the length of the source: passages are sampled, and the search between them has an allowance.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from articles.text import matching

_INVISIBLE = re.compile(r"[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]+")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W\d_])+|\d+|\S")
_PASSAGE = 5  # words
_SAMPLED = 4  # of so many passages one is looked at, in a long text
_LONG = 20_000  # words
_COMPARED = 90_000  # pairs of words that one place between two passages may cost
_ALLOWANCE = 12_000_000  # pairs in all
_STEPS = 20_000_000  # of the comparisons between passages in all
_NEAR = 300  # words; a short run that was moved may stand so far away
_SHORT = 4  # words

Run: TypeAlias = "array[int]"
Range = tuple[int, int, int, int]


def words_of(text: str) -> list[str]:
    """The words, numbers and single signs of a text; a script without spaces gives its signs."""
    return _WORD.findall(_INVISIBLE.sub("", text))


class _Numbers(dict[str, int]):
    """Each word as a number, so that a long text takes four bytes a word."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def run(self, texts: Iterable[str]) -> Run:
        found = array("I")
        for text in texts:
            for line in text.splitlines():
                found.extend(map(self.__getitem__, words_of(line)))
        return found


def missing(source: str, *lanes: Iterable[str]) -> list[str]:
    """The passages of the source that no entry answers for, in the source's order.

    A lane is a run of entries in the order of the source; each has only what those before it left over.
    """
    numbers = _Numbers()
    words = numbers.run([source])
    places: Sequence[int] = range(len(words))
    for entries in lanes:
        if not words:
            return []
        left = _left(words, numbers.run(entries))
        places = array("I", (places[at] for at in left))
        words = array("I", (words[at] for at in left))
    return _passages(source, places)


def _passages(source: str, places: Sequence[int]) -> list[str]:
    """The source's text at these words; neighbours in a line are one passage."""
    if not places:
        return []
    found: list[str] = []
    wanted, at = set(places), 0
    for line in source.splitlines():
        text = _INVISIBLE.sub("", line)
        start = stop = -1
        for word in _WORD.finditer(text):
            if at in wanted:
                start, stop = word.start() if start < 0 else start, word.end()
            elif start >= 0:
                found.append(text[start:stop])
                start = -1
            at += 1
        if start >= 0:
            found.append(text[start:stop])
    return found


def _left(source: Run, written: Run) -> Sequence[int]:
    """The places of the words of the source that were not written."""
    pairs = _Comparison(source, written).pairs
    taken, used = bytearray(len(source)), bytearray(len(written))
    for at, behind, count in pairs:
        taken[at : at + count] = b"\x01" * count
        used[behind : behind + count] = b"\x01" * count
    if all(taken):
        return ()
    _MovedRuns(source, written, taken, used).claim(pairs)
    return array("I", (at for at, is_taken in enumerate(taken) if not is_taken))


class _Comparison:
    """`pairs` are the passages that both runs of words have in one order: (place, place in the other, length)."""

    def __init__(self, one: Run, other: Run) -> None:
        self._one, self._other = one, other
        self._allowance = _ALLOWANCE
        self._steps = matching.Allowance(_STEPS)
        self.pairs: list[tuple[int, int, int]] = []
        waiting: list[tuple[Range, int]] = [((0, len(one), 0, len(other)), _PASSAGE)]
        while waiting:
            between, size = waiting.pop()
            rest = self._ends(between)
            if rest is not None:
                waiting += self._inside(rest, size)
        self.pairs.sort()

    def _ends(self, between: Range) -> Range | None:
        """Pairs what is equal at both ends of a range, and gives what is left of it."""
        low, high, start, stop = between
        first = low
        while low < high and start < stop and self._one[low] == self._other[start]:
            low, start = low + 1, start + 1
        if low > first:
            self.pairs.append((first, start - (low - first), low - first))
        last = high
        while low < high and start < stop and self._one[high - 1] == self._other[stop - 1]:
            high, stop = high - 1, stop - 1
        if last > high:
            self.pairs.append((high, stop, last - high))
        return (low, high, start, stop) if low < high and start < stop else None

    def _inside(self, between: Range, size: int) -> Iterator[tuple[Range, int]]:
        low, high, start, stop = between
        cost = (high - low) * (stop - start)
        if cost <= _COMPARED and cost <= self._allowance:
            self._allowance -= cost
            found = matching.matches(self._one[low:high], self._other[start:stop], self._steps)
            self.pairs += ((low + at, start + behind, count) for at, behind, count in found)
            return
        anchors = self._anchors(between, size)
        if not anchors:
            if size > 1:
                yield between, size // 2
            return
        for at, behind in [*anchors, (high, stop)]:
            if at >= low and behind >= start:
                yield (low, at, start, behind), size
                low, start = at, behind

    def _anchors(self, between: Range, size: int) -> list[tuple[int, int]]:
        """Passages that stand once in each, the longest run of them that ascends in both."""
        low, high, start, stop = between
        sampled = _SAMPLED if high - low > _LONG and size > 1 else 1
        here = _once(self._one, low, high, size, sampled)
        there = _once(self._other, start, stop, size, sampled)
        both = sorted((at, there[passage]) for passage, at in here.items() if at >= 0 and there.get(passage, -1) >= 0)
        return _ascending(both)


def _once(words: Run, low: int, high: int, size: int, sampled: int) -> dict[int, int]:
    """The passages of a range, by their hash, and where each stands; -1 for those that stand there twice."""
    found: dict[int, int] = {}
    for at in range(low, high - size + 1):
        passage = hash(tuple(words[at : at + size]))
        if passage % sampled == 0:
            found[passage] = -1 if passage in found else at
    return found


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs whose second places ascend as their first do (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for index, (_at, behind) in enumerate(pairs):
        pile = bisect_left(tops, behind)
        if pile == len(tops):
            tops.append(behind)
            ends.append(index)
        else:
            tops[pile], ends[pile] = behind, index
        before[index] = ends[pile - 1] if pile else -1
    found = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


class _MovedRuns:
    """Runs of written words that were met nowhere in order, looked for among the words that are left over."""

    def __init__(self, source: Run, written: Run, taken: bytearray, used: bytearray) -> None:
        self._source, self._written, self._taken, self._used = source, written, taken, used
        self._places: dict[int, list[int]] = {}  # of the words that are left over
        for at, is_taken in enumerate(taken):
            if not is_taken:
                self._places.setdefault(source[at], []).append(at)

    def claim(self, pairs: Sequence[tuple[int, int, int]]) -> None:
        starts = [behind for _at, behind, _count in pairs]
        start = 0
        while start < len(self._used):
            if self._used[start]:
                start += 1
                continue
            stop = self._used.find(1, start)
            stop = len(self._used) if stop < 0 else stop
            index = bisect_left(starts, start) - 1
            expected = pairs[index][0] + pairs[index][2] if index >= 0 else 0
            self._claim_run(start, stop, expected)
            start = stop

    def _claim_run(self, start: int, stop: int, expected: int) -> None:
        """Takes the longest pieces of the run that stand somewhere, nearest to where they are expected."""
        while start < stop:
            at, count = self._longest(start, stop, expected)
            if count:
                self._taken[at : at + count] = b"\x01" * count
                expected = at + count
            start += max(1, count)

    def _longest(self, start: int, stop: int, expected: int) -> tuple[int, int]:
        places = self._places.get(self._written[start], [])
        middle = bisect_left(places, expected)
        best = (0, 0)
        for at in places[max(0, middle - 12) : middle + 12]:
            count = 0
            while (
                start + count < stop
                and at + count < len(self._source)
                and not self._taken[at + count]
                and self._source[at + count] == self._written[start + count]
            ):
                count += 1
            is_allowed = count >= _SHORT or abs(at - expected) <= _NEAR
            nearer = count == best[1] and abs(at - expected) < abs(best[0] - expected)
            if is_allowed and count and (count > best[1] or nearer):
                best = (at, count)
        return best
