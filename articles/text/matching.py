"""Which runs stand in two sequences in the same order, in bounded work however often they repeat themselves.

As difflib: the longest run first, then what stands before it in both, and what stands after it. Of sequences that
repeat themselves that is the cube of their length. So each look for a longest run is paid for out of an allowance; of
what is left when that is spent, only the ends are compared.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Any, NamedTuple

#: Pairs of equal items that are looked at, again at each look: about a fifth of a second.
MOST_STEPS = 2_000_000
#: In all the comparisons of one page or one act, however many texts are compared: about a second.
MOST_STEPS_TOGETHER = 10_000_000


class Match(NamedTuple):
    """`size` items from a on in the one sequence are those from b on in the other; never none."""

    a: int
    b: int
    size: int


@dataclass(slots=True)
class Allowance:
    """For one comparison, or for several that belong together. One that is `of` another spends that one's, too."""

    steps: int = MOST_STEPS
    of: Allowance | None = None

    def pays(self, steps: int) -> bool:
        """Whether there is so much left; then it is spent."""
        if steps > self.steps or (self.of and not self.of.pays(steps)):
            return False
        self.steps -= steps
        return True


def together() -> Allowance:
    """For the many texts of one page. Each has its own allowance of it, so that the first do not spend all of it."""
    return Allowance(MOST_STEPS_TOGETHER)


def matches(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    allowance: Allowance | None = None,
    *,
    is_filler: Callable[[Any], bool] | None = None,
    ends_belong_together: bool = True,
) -> list[Match]:
    """In ascending order, neighbours joined. Fillers (spaces) match only beside other items that match.

    What both begin and end with is taken first; not where the one is looked for somewhere in the other.
    """
    allowance = allowance or Allowance()
    head, tail = common_ends(before, after, 0, len(before), 0, len(after)) if ends_belong_together else (0, 0)
    found = [*_runs(before, after, (head, len(before) - tail, head, len(after) - tail), allowance, is_filler)]
    found += [Match(0, 0, head), Match(len(before) - tail, len(after) - tail, tail)]
    return _joined(sorted(match for match in found if match.size))


def common_ends(
    before: Sequence[Hashable], after: Sequence[Hashable], a: int, b: int, c: int, d: int
) -> tuple[int, int]:
    """How many items before[a:b] and after[c:d] share at the beginning, and how many of the rest at the end."""
    most = min(b - a, d - c)
    head = next((at for at in range(most) if before[a + at] != after[c + at]), most)
    most -= head
    tail = next((at for at in range(most) if before[b - 1 - at] != after[d - 1 - at]), most)
    return head, tail


def _runs(
    before: Sequence[Hashable],
    after: Sequence[Hashable],
    whole: tuple[int, int, int, int],
    allowance: Allowance,
    is_filler: Callable[[Any], bool] | None,
) -> Iterator[Match]:
    """In no order. The ranges wait in a row, so that the allowance is spent on all sides alike."""
    a, b, c, d = whole
    if a == b or c == d:
        return
    one, other = before[a:b], after[c:d]
    matcher = SequenceMatcher(is_filler, one, other, autojunk=False)
    places: dict[Hashable, list[int]] = matcher.b2j  # type: ignore[attr-defined]  # documented, and not in typeshed
    costs = [0, *accumulate(1 + len(places.get(item, ())) for item in one)]
    waiting = deque([(0, b - a, 0, d - c)])
    while waiting:
        i, j, k, m = waiting.popleft()
        if not allowance.pays(costs[j] - costs[i]):
            head, tail = common_ends(one, other, i, j, k, m)
            yield Match(a + i, c + k, head)
            yield Match(a + j - tail, c + m - tail, tail)
            continue
        at, there, size = matcher.find_longest_match(i, j, k, m)
        if not size:
            continue
        yield Match(a + at, c + there, size)
        if i < at and k < there:
            waiting.append((i, at, k, there))
        if at + size < j and there + size < m:
            waiting.append((at + size, j, there + size, m))


def _joined(found: Sequence[Match]) -> list[Match]:
    joined: list[Match] = []
    for match in found:
        last = joined[-1] if joined else None
        if last and (last.a + last.size, last.b + last.size) == (match.a, match.b):
            joined[-1] = Match(last.a, last.b, last.size + match.size)
        else:
            joined.append(match)
    return joined
