"""The sentences of tests/data/clocks, marked by hand, and how the rules do on them.

python -m tests.claims.clocks     prints the figures of each language and kind, and what differs
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articles.claims import timed_in

FOLDER = Path(__file__).resolve().parent.parent / "data" / "clocks"


@dataclass(frozen=True)
class Marked:
    """A sentence and what a person says of it: its kinds, and as of when it says that it holds (ISO, reduced)."""

    language: str
    words: str
    kinds: frozenset[str]
    as_of: str


@dataclass
class Score:
    """Of sentences: which of them have a clock, and whether their kinds and their days are right."""

    right: int = 0
    missed: int = 0
    wrong: int = 0
    same_kinds: int = 0
    same_day: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / ((self.right + self.missed) or 1)

    @property
    def precision(self) -> float:
        return self.right / ((self.right + self.wrong) or 1)


def sentences(language: str = "") -> Iterator[Marked]:
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines() if path.stem.startswith(language) else ():
            marks, _bar, words = line.partition(" | ")
            kinds, _at, as_of = marks.partition("@")
            yield Marked(path.stem[:2], words, frozenset(kinds.split("+")) - {"none"}, as_of)


def score(language: str = "") -> Score:
    result = Score()
    for each in sentences(language):
        found = timed_in(each.words, each.language)
        kinds = frozenset(kind.value for timed in found for kind in timed.kinds)
        day = next((timed.as_of.iso for timed in found if timed.as_of), "")
        result.right += bool(kinds and each.kinds)
        result.missed += bool(each.kinds and not kinds)
        result.wrong += bool(kinds and not each.kinds)
        result.same_kinds += kinds == each.kinds
        result.same_day += day == each.as_of
        if (kinds, day) != (each.kinds, each.as_of):
            said = f"{'+'.join(sorted(kinds))}@{day}, not {'+'.join(sorted(each.kinds))}@{each.as_of}"
            result.details.append(f"{each.language}: {said} | {each.words}")
    return result


def main() -> None:
    print(f"{'':<10}{'sentences':>10}{'recall':>9}{'precision':>11}{'kinds':>8}{'days':>8}")
    for language in ("en", "ko", "ja", "es", "de", "zh", ""):
        result, count = score(language), len([*sentences(language)])
        shares = f"{result.same_kinds / count:>8.1%}{result.same_day / count:>8.1%}"
        print(f"{language or 'all':<10}{count:>10}{result.recall:>9.1%}{result.precision:>11.1%}{shares}")
    print(*score().details, sep="\n")


if __name__ == "__main__":
    main()
