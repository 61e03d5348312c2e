"""The articles of tests/data/restatements, in which the sentences that repeat a fact were marked by hand, and the rule.

python -m tests.claims.restated [--details]     prints how many are found, and with --details what differs
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from articles.claims.restating import Facts, features_of_names, sentences_in

FOLDER = Path(__file__).resolve().parent.parent / "data" / "restatements"


@dataclass(frozen=True)
class Marked:
    """A sentence, the facts that it repeats by hand, and those by rule; numbers from 1 on."""

    article: str
    language: str
    words: str
    by_hand: frozenset[int]
    by_rule: frozenset[int]


@dataclass
class Score:
    marked: int = 0
    found: int = 0
    right: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.marked

    @property
    def precision(self) -> float:
        return self.right / self.found


def sentences() -> Iterator[Marked]:
    for path in sorted(FOLDER.glob("*.toml")):
        article = tomllib.loads(path.read_text("utf-8"))
        language = article["language"]
        cards = [
            (*sentences_in(card["heading"], language), *sentences_in(card["body"], language))
            for card in article["cards"]
        ]
        facts = Facts(cards, features_of_names(article["known"]))
        for each in article["said"]:
            said = sentences_in(each["words"], language)
            beside = said[0] if said and each["place"] == "faq" else None
            repeated = (found.fact + 1 for one in said for found in facts.repeated_by(one, beside))
            yield Marked(path.stem, language, each["words"], frozenset(each["rests"]), frozenset(repeated))


def score(language: str = "") -> Score:
    result = Score()
    for each in sentences():
        if each.language.startswith(language):
            result.marked += len(each.by_hand)
            result.found += len(each.by_rule)
            result.right += len(each.by_hand & each.by_rule)
            if each.by_hand != each.by_rule:
                missed, wrong = sorted(each.by_hand - each.by_rule), sorted(each.by_rule - each.by_hand)
                result.details.append(f"{each.article}: missed {missed}, wrong {wrong} | {each.words}")
    return result


def main() -> None:
    for language in ("en", "ko", ""):
        result = score(language)
        shares = f"recall {result.recall:.1%}, precision {result.precision:.1%}"
        print(f"{language or 'all':<4} {result.marked:>4} marked, {shares}")
    if "--details" in sys.argv:
        print(*score().details, sep="\n")


if __name__ == "__main__":
    main()
