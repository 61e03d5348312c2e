"""What a work is made from: “based on a web novel”, “the webtoon the drama is based on”, “the original webtoon”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

ORIGIN = "origin"

_KINDS: Mapping[str, str] = {
    "web novel": r"web[\s-]?novel|웹\s?소설|ウェブ小説|网络小说",
    "webtoon": r"webtoon|웹툰|ウェブトゥーン",
    "light novel": r"light\snovel|ライトノベル",
    "graphic novel": r"graphic\snovel",
    "novel": r"novel(?:la)?|소설|小説|小说|Roman|novela",
    "manga": r"manga|漫画|マンガ",
    "manhwa": r"manhwa",
    "comic": r"comic(?:\sbook)?|만화|Comic|cómic",
    "book": r"book|책|Buch|libro",
    "memoir": r"memoir|autobiography|에세이",
    "film": r"film|movie|영화|映画",
    "game": r"(?:video\s)?game|게임",
    "musical": r"musical|뮤지컬",
    "play": r"stage\splay|play(?!\w)|연극|舞台",
    "series": r"(?:tv\s|television\s)series",
}
#: What each is a kind of: “a novel” does not say that it was no web novel.
_BROADER: Mapping[str, frozenset[str]] = {
    "web novel": frozenset({"novel", "book"}),
    "light novel": frozenset({"novel", "book"}),
    "graphic novel": frozenset({"novel", "comic", "book"}),
    "novel": frozenset({"book"}),
    "webtoon": frozenset({"comic", "manhwa", "manga"}),
    "manga": frozenset({"comic", "book"}),
    "manhwa": frozenset({"comic", "book"}),
    "memoir": frozenset({"book"}),
    "comic": frozenset({"book"}),
}
_KIND = "|".join(f"(?P<k{at}>{pattern})" for at, pattern in enumerate(_KINDS.values()))
_NAMES = tuple(_KINDS)
_ANY = re.compile(rf"(?<![^\W가-힣\u3040-\u30ff\u3400-\u9fff])(?:{_KIND})(?![a-rt-z])", re.IGNORECASE)
#: What a text has that says anything of it at all.
HINT = re.compile(r"[Bb]ased|[Aa]dapt|(?:original|source)\s|원작|바탕|각색|동명|原作")

_WORK = r"(?:the|this|that|our)\s(?:[\w-]+\s)?(?:drama|series|show|film|movie|anime|story|game|adaptation|k-drama)"
# “It is based on”, “the drama is based on”; a stand-in for the subject’s own name (see measuring.py).
_HEAD = rf"(?:(?<!\w)it|(?<!\w){_WORK}|\u0001)"
_VERB = r"(?:[’']s|\s(?:is|was|has\sbeen))(?:\s(?:loosely|closely|directly|actually|itself|in\sfact|partly))?"
_MADE = r"(?:based\s(?:up)?on|adapted\sfrom|an\sadaptation\sof)"
# What may stand between: its name, whose it is; no verb, so that the kind is that of the thing itself.
_BETWEEN = r"(?:(?!\b(?:is|was|were|are|that|which|who|for|about|by|and)\b)[^.!?;()]){0,80}?"
_FORWARD = re.compile(
    rf"(?:{_HEAD}{_VERB}\s|^\W*(?:\w+ly\s)?(?=based|adapted)){_MADE}(?P<between>{_BETWEEN})(?<!\w)(?=(?P<rest>(?:{_KIND})))",
    re.IGNORECASE,
)
_BACKWARD = re.compile(
    rf"(?<!\w)the\s(?:\w+\s){{0,2}}(?P<rest>{_KIND})s?\s(?:that\s|which\s|on\swhich\s)?(?:{_HEAD}){_VERB}\s(?:based|adapted)(?!\w)",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(rf"(?<!\w)(?:the|its)\s(?:original|source)\s(?P<rest>{_KIND})(?![\w-])", re.IGNORECASE)
_KOREAN = (
    re.compile(
        rf"(?P<rest>{_KIND})(?:\s?['‘「『《][^'’」』》\n]{{1,60}}['’」』》])?(?:을|를)?\s?(?:원작으로|바탕으로|각색한|각색해)"
    ),
    re.compile(rf"원작\s?(?P<rest>{_KIND})"),
    re.compile(rf"동명(?:의)?\s(?P<rest>{_KIND})"),
)
_JAPANESE = (re.compile(rf"(?P<rest>{_KIND})(?:が原作|を原作)"), re.compile(rf"原作は[^。]{{0,30}}?(?P<rest>{_KIND})"))


@dataclass(frozen=True, slots=True)
class Origin:
    """The statement begins at `start`; sentence[named:stop] is the kind as it is written."""

    start: int
    named: int
    stop: int
    kind: str


def origins(sentence: str) -> Iterator[Origin]:
    """What a sentence says that the work is made from; nothing where it names several kinds, for then it says how they
    belong together.
    """
    if not HINT.search(sentence):
        return
    named = {_kind(found) for found in _ANY.finditer(sentence)}
    if len({kind for kind in named if not any(kind in _BROADER.get(other, ()) for other in named)}) > 1:
        return
    for pattern in (_FORWARD, _BACKWARD, _ORIGINAL, *_KOREAN, *_JAPANESE):
        if found := pattern.search(sentence):
            yield Origin(found.start(), *found.span("rest"), _kind(found))
            return


def _kind(found: re.Match[str]) -> str:
    return next(name for at, name in enumerate(_NAMES) if found[f"k{at}"])


def contradict(one: str, other: str) -> bool:
    return one != other and other not in _BROADER.get(one, ()) and one not in _BROADER.get(other, ())
