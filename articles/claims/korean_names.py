"""Korean names with the role beside them: 배우 한서윤, 문도현 감독, 주지훈(백강혁 역); and the same names again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from articles.claims.quoted import same_words
from articles.claims.reading import Text
from articles.claims.shapes import Found
from articles.claims.vocabulary import KOREAN_ROLES, NO_KOREAN_NAME

#: The family names that nearly all people have (Statistics Korea, census of 2015: those of more than 10,000), and the
#: ones of two syllables.
_FAMILY = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차"
    "주우구민나진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인"
    "맹제모탁국어은편용예경봉사부라가복태목형계"
)
_LONG_FAMILY = "남궁|황보|제갈|선우|독고|사공|서문"
_NAME = rf"(?:(?:{_LONG_FAMILY})[가-힣]{{1,2}}|[{_FAMILY}][가-힣]{{2}}|[{_FAMILY}][가-힣])"
_ROLE = "|".join(KOREAN_ROLES)
_PARTICLE = (
    r"(?=[^가-힣]|(?:은|는|이|가|을|를|의|와|과|도|에게|에|께서|씨|님|으로|로|라는|이라는|만|이다"
    r"|였다|이었다|입니다|까지|부터)(?:[^가-힣]|[는도만은]|$)|$)"
)
_BEFORE = re.compile(rf"(?<![가-힣])(?P<whole>(?:{_ROLE})\s(?P<name>{_NAME})){_PARTICLE}")
_SHORT_BEFORE = re.compile(rf"(?<![가-힣])(?P<whole>(?:{_ROLE})\s(?P<name>[{_FAMILY}][가-힣])){_PARTICLE}")
# Before a role stand other words too (유명한 배우, 한국의 감독): a name of three syllables, and no such ending.
_AFTER = re.compile(
    rf"(?<![가-힣])(?P<whole>(?P<name>(?:(?:{_LONG_FAMILY})[가-힣]{{1,2}}|[{_FAMILY}][가-힣]{{2}})"
    rf"(?<![한된의던는에서적급]))\s(?:{_ROLE}))(?![가-힣]{{4}})"
)
_WORD = re.compile(r"[가-힣]{3,}")
_FULL_NAME = (4, 3)  # syllables; two are too few to be known by
_AS = re.compile(rf"(?<![가-힣])(?P<one>{_NAME})\((?P<other>{_NAME})\s?(?:역|분)\)")


def names(text: Text) -> Iterator[Found]:
    """Those with a role first; the bare ones, of the same people, behind them."""
    if text.seen.hangul:
        yield from _names(text.words)


def _names(text: str) -> Iterator[Found]:
    people: set[str] = set()
    for pattern in (_BEFORE, _SHORT_BEFORE, _AFTER):
        for found in pattern.finditer(text):
            if found["name"] not in NO_KOREAN_NAME:
                people.add(found["name"])
                yield Found(*found.span("whole"), same_words(found["whole"]))
    for found in _AS.finditer(text):
        for group in ("one", "other"):
            people.add(found[group])
            yield Found(*found.span(group), same_words(found[group]))
    for word in _WORD.finditer(text) if people else ():
        for length in _FULL_NAME:  # looked up, not searched for one by one: a text may have thousands of them
            name = word[0][:length]
            if name in people and len(name) == length and not word[0].startswith("역", length):
                yield Found(word.start(), word.start() + length, same_words(name))
                break
