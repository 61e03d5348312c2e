"""The articles of tests/data/claims, whose claims were marked by hand, and how the rules do on them.

python -m tests.claims.annotated [--details]     prints the figures of each kind, and with --details what differs
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articles.claims import Claim, Kind, claims_in

FOLDER = Path(__file__).resolve().parent.parent / "data" / "claims"

Mark = tuple[str, int, int]  # kind and span

#: Of these the words to either side are a matter of taste (“lead actor Ko Min-jae”): half of them shared is enough.
LOOSE = {Kind.NAME, Kind.SUPERLATIVE}


@dataclass(frozen=True)
class Text:
    name: str
    words: str
    language: str
    marks: tuple[Mark, ...]


@dataclass
class Score:
    """By kind: what was marked, what was found, and how much of both is the same."""

    marked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    details: list[str] = field(default_factory=list)

    def recall(self, kind: str | None = None) -> float:
        marked, missed = (_count(each, kind) for each in (self.marked, self.missed))
        return 1 - missed / marked if marked else 1.0

    def precision(self, kind: str | None = None) -> float:
        found, wrong = (_count(each, kind) for each in (self.found, self.wrong))
        return 1 - wrong / found if found else 1.0


def _count(counter: Counter[str], kind: str | None) -> int:
    return counter[kind] if kind else counter.total()


def texts() -> Iterator[Text]:
    for path in sorted(FOLDER.glob("*.toml")):
        article = tomllib.loads(path.read_text("utf-8"))
        for text in article["text"]:
            marks = tuple(_marks(text["words"], text["claims"]))
            yield Text(f"{path.stem}, {text['place']}", text["words"], article["language"], marks)


def _marks(words: str, claims: str) -> Iterator[Mark]:
    at = 0
    for line in claims.strip().splitlines():
        kind, _bar, marked = line.partition(" | ")
        start = words.index(marked, at)
        at = start + len(marked)
        yield Kind(kind).value, start, at


def score(all_texts: Iterator[Text]) -> Score:
    result = Score()
    for text in all_texts:
        found = claims_in(text.words, text.language)
        left = list(found)
        for mark in text.marks:
            result.marked[mark[0]] += 1
            same = next((claim for claim in left if _is_same(claim, mark)), None)
            if same:
                left.remove(same)
            else:
                result.missed[mark[0]] += 1
                result.details.append(f"{text.name}: missed {mark[0]} | {text.words[mark[1] : mark[2]]}")
        for claim in found:
            result.found[claim.kind.value] += 1
        for claim in left:
            result.wrong[claim.kind.value] += 1
            result.details.append(f"{text.name}: not marked {claim.kind.value} | {claim.words}")
    return result


def _is_same(claim: Claim, mark: Mark) -> bool:
    kind, start, stop = mark
    if claim.kind.value != kind:
        return False
    if claim.kind in LOOSE:
        shared = min(claim.stop, stop) - max(claim.start, start)
        return 2 * shared >= max(claim.stop - claim.start, stop - start)
    return (claim.start, claim.stop) == (start, stop)


def main() -> None:
    result = score(texts())
    print(f"{'kind':<12}{'marked':>8}{'recall':>9}{'precision':>11}")
    for kind in [kind.value for kind in Kind if kind is not Kind.OTHER]:
        print(f"{kind:<12}{result.marked[kind]:>8}{result.recall(kind):>9.1%}{result.precision(kind):>11.1%}")
    print(f"{'all':<12}{result.marked.total():>8}{result.recall():>9.1%}{result.precision():>11.1%}")
    if "--details" in sys.argv:
        print(*result.details, sep="\n")


if __name__ == "__main__":
    main()
