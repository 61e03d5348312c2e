"""Which of the newest matches come first: decided by their headings alone, so that any engine gives the same order."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models.search.engine import Match
from articles.reading.selectors.asking import Plan, Unit

#: What a heading is worth that has the word, begins like it, or has a name that sounds like it; and the whole question
#: in one piece.
_EXACT, _BEGUN, _SOUND, _WHOLE = 6.0, 4.0, 3.0, 6.0


#: What is looked for in a heading, and what it is worth there: of one unit the first that is found counts.
Patterns = tuple[tuple[str, float], ...]


def ranked(matches: Iterable[Match], plan: Plan) -> list[Match]:
    """The best first, of equals the newest; of a fact's two rows the better, and of equals the closed one, which has
    its own words.
    """
    units = [_patterns(unit) for unit in plan.wanted]
    whole = plan.whole if len(units) > 1 else ""
    scored = [(-_score(match.heading, units, whole), -match.pk, match) for match in matches]
    scored.sort()
    best: dict[tuple[bool, int], tuple[float, int, Match]] = {}
    for each in scored:
        score, _pk, match = each
        key = (True, match.pk) if match.fact is None else (False, match.fact)
        if key not in best or (match.is_closed and score == best[key][0]):
            best[key] = each
    return [match for _score, _pk, match in best.values()]


def _score(heading: str, units: Iterable[Patterns], whole: str) -> float:
    score = 0.0
    for patterns in units:
        for pattern, worth in patterns:
            if pattern in heading:
                score += worth
                break
    return score + _WHOLE if whole and whole in heading else score


def _patterns(unit: Unit) -> Patterns:
    found = [(pattern, _EXACT) for pattern in unit.exact]
    found += [(f" {token} ", worth) for token, worth in unit.ids]
    found += [(pattern, _BEGUN) for pattern in unit.begun]
    found += [(f" {token} ", _SOUND) for token in unit.sounds]
    return tuple(found)
