"""The number of facts that a text announces: “10 facts”, “ten little-known things”, 10가지."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from articles.text.episodes import CARDINALS

_KOREAN = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20}
_FEWEST_IN_PASSING = 5
_SPELLED = {word: number for number, word in enumerate(CARDINALS, 1)} | _KOREAN

# What a list of facts consists of, and what a text may count for other reasons (“two reasons for that”).
_FACTS = (
    r"facts|tidbits|factoids|fun\sfacts|fakten|fatos|hechos|curiosidades|curiosit[àa]|фактов|факта"
    r"|pieces\sof\strivia|secrets\sof|anecdotes\ssur"
)
_THINGS = (
    r"things|reasons|secrets|details|easter\seggs|moments|stories|ways|dinge|gründe|cosas|razones|datos|choses"
    r"|faits|raisons|anecdotes|coisas|razões|motivos|cose|fatti|вещей|причин"
)
# A number that is whole, of three digits at most and so no year, and no end of “5-10” or “more than 10”.
_NUMBER = rf"(?<![\d.,–—~-])(?<![–—~-]\s)(?P<number>\d{{1,3}}|\b(?:{'|'.join(CARDINALS[1:])})\b)(?![\d%+]|[.,]\d)"
# Up to three words such as “little-known”, but none that shows that something else was counted.
_OTHER = (
    r"(?:episodes?|seasons?|years?|months?|weeks?|days?|hours?|minutes?|percent|million|thousand|of|and|or|in|on|at|to"
    r"|the|is|are|was|were|has|have|had|other|most|more\sof|folgen|jahre|und|de|y|et|e|и)"
)
_BETWEEN = rf"(?:\s(?!{_OTHER}\b)[^\W\d_][\w’'-]*+){{0,3}}?\s"
_STRICT = re.compile(rf"{_NUMBER}{_BETWEEN}(?:{_FACTS})\b", re.IGNORECASE)
_LOOSE = re.compile(rf"{_NUMBER}{_BETWEEN}(?:{_FACTS}|{_THINGS})\b", re.IGNORECASE)
_KOREAN_COUNT = re.compile(
    rf"(?<![\d.,~–-])(?P<number>\d{{1,3}}|(?<![가-힣])(?:{'|'.join(_KOREAN)}))\s?(?:가지|개의)(?P<noun>\s?(?:[가-힣]+\s){{0,2}}?"
    r"(?:사실|비하인드|정보|이야기|비밀|TMI|이유|포인트))?"
)
_HAN_COUNT = re.compile(
    r"(?<![\d.,~–-])(?P<number>\d{1,3})\s?(?:の|つの|個の|个|個|件|条|條)(?:[^\s\d]{0,8}?)(?:事実|トリビア|豆知識|趣事|事实|事實|冷知识)"
)
# Numbers that belong to what stands before them: “Season 2 facts”, “more than 10 facts”, “Toy Story 3 facts”.
_NAMED = re.compile(
    r"(?:\b(?:seasons?|series|parts?|episodes?|chapters?|volumes?|vol\.|book|phase|act|no\.|number|level|staffel|teil"
    r"|than|over|least|nearly|almost|about|around|some|first|last|next|other|another|up\sto|all\sbut|über|más\sde)"
    r"|[#№])\s?$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<![.!?:;—–,\w])(?!(?:The|Top|These|Those|Our|My|In|With|Here|Are|And|Best|Die|Las|Los|Les)\b)[A-Z][\w’'-]*\s$"
)


def announced(text: str, *, in_passing: bool = False) -> frozenset[int]:
    """The numbers of facts, things or reasons that `text` announces, two or more.

    `in_passing` is for running text, which counts many things: there only facts count, not “six reasons”, and only
    from five on, for “two facts below stay shut” speaks of some of them.
    """
    text = unicodedata.normalize("NFKC", text)
    fewest = _FEWEST_IN_PASSING if in_passing else 2
    return frozenset(number for number in _numbers(text, in_passing) if number >= fewest)


def recounted(text: str, was: int, now: int) -> str:
    """The text with each number of facts that it announces as `was` replaced by `now`; other numbers stay."""
    spans = [found.span("number") for found in _found(text, in_passing=False) if _read(found) == was]
    for start, end in sorted(spans, reverse=True):
        text = f"{text[:start]}{_like(text[start:end], now)}{text[end:]}"
    return text


def _like(word: str, number: int) -> str:
    """A number in digits, or spelled where the word that it replaces is."""
    if word.lower() not in CARDINALS or number > len(CARDINALS):
        return str(number)
    spelled = CARDINALS[number - 1]
    return spelled.capitalize() if word[0].isupper() else spelled


def _numbers(text: str, in_passing: bool) -> Iterator[int]:
    return map(_read, _found(text, in_passing=in_passing))


def _found(text: str, *, in_passing: bool) -> Iterator[re.Match[str]]:
    for found in (_STRICT if in_passing else _LOOSE).finditer(text):
        before = text[max(found.start() - 40, 0) : found.start()]
        if not (_NAMED.search(before) or _NAME.search(before)):
            yield found
    for found in _KOREAN_COUNT.finditer(text):
        if found["noun"] or not in_passing:
            yield found
    yield from _HAN_COUNT.finditer(text)


def _read(found: re.Match[str]) -> int:
    named = found["number"].lower()
    return _SPELLED[named] if named in _SPELLED else int(named)
