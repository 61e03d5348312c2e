"""Places in a story or a run (episodes, seasons, chapters), and ranks in a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from articles.claims.numerals import ORDINALS, SPELLED
from articles.claims.reading import Text
from articles.claims.shapes import Found, Rank, StoryPlace
from articles.claims.vocabulary import words_in

_WHAT: Mapping[str, str] = {
    "episode": r"episodes?|eps?\.?|episodios?|capítulos?|folgen?|episoden?|에피소드|エピソード",
    "season": r"seasons?|temporadas?|staffeln?|시즌|シーズン",
    "chapter": r"chapters?|kapitel|챕터",
    "volume": r"volumes?|vol\.|vols\.|volumen|band|tomos?",
    "part": r"parts?|partes?|teil|파트",
    "act": r"acts?|actos?|akt",
    "phase": r"phases?|fases?",
}
_NAMES = "|".join(_WHAT.values())
_NUMBER = r"\d{1,4}(?!\d|[.,]\d|\s?%|[-–]year|(?:st|nd|rd|th)\b)"
_AND = r"(?:,?\s(?:and|y|und|e)\s|\s?&\s?)"
_RANGE = rf"{_NUMBER}\s?(?:[-–—~〜]|to|bis)\s?{_NUMBER}"
_SEVERAL = rf"{_NUMBER}(?:,\s{_NUMBER})*{_AND}{_NUMBER}"
_ONE = rf"{_NUMBER}|(?:{'|'.join(SPELLED['en'])}|one)\b"
# Several after a plural only: “in Episode 4, 300 extras”, “Season 1 and 12 specials”.
_NAMED = re.compile(
    rf"(?<!\w)(?:(?P<plural>episodes|eps\.?|seasons|chapters|volumes|vols\.|parts|episodios|capítulos|temporadas|folgen|staffeln)"
    rf"\s(?P<several>{_RANGE}|{_SEVERAL})|(?P<what>{_NAMES})\s?(?P<one>{_ONE}))",
    re.IGNORECASE,
)
_CODED = re.compile(r"[Ss](?<!\w[Ss])(?P<season>\d{1,2})\s?[.:·]?\s?[Ee][Pp]?\.?\s?(?P<episode>\d{1,4})(?!\w)")
_DIGIT_ORDINAL = r"\d{1,3}(?:st|nd|rd|th)"
_SPANISH = ("primer[ao]?", "segund[ao]", "tercer[ao]?", "cuart[ao]", "quint[ao]", "sext[ao]", "séptim[ao]", "octav[ao]")
_GERMAN = ("erste", "zweite", "dritte", "vierte", "fünfte", "sechste", "siebte", "achte", "neunte", "zehnte")
_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?P<english>{'|'.join(ORDINALS)}|{_DIGIT_ORDINAL})\s(?P<en>episode|season|chapter|volume|act)"
    rf"|(?P<spanish>{'|'.join(_SPANISH)})\s(?P<es>temporada|episodio|capítulo)"
    rf"|(?P<german>{'|'.join(_GERMAN)})[nrs]?\s(?P<de>staffel|folge))(?!\w)",
    re.IGNORECASE,
)
# 7화, 3~4회; not 16회 of a number of times, 제59회 (a ceremony), 120화짜리 (in all): as articles/text/episodes.py.
_KOREAN = re.compile(
    r"(?<![\d.,제])(?<!제\s)(?<!총)(?<!총\s)(?<!전)(?<!전\s)(?P<first>\d{1,3})(?:\s?[~∼-]\s?(?P<last>\d{1,3}))?\s?(?:화|회)"
    r"(?!\s?(?:짜리|분량|완결|연속|수상|이상|말\b|초\b|차|째|가량|정도|열|개최|공연|상영|진행|출연|기록|이나|씩|만에|만\s|분의|장|관"
    r"|중(?![가-힣])|(?:[가-힣]{1,12}\s?)?(?:시상식|대회|영화제|어워즈|대상|예술)))"
)
_COUNTED_FIRST = re.compile(
    r"第\s?(?P<number>\d{1,4}|[一二三四五六七八九十]{1,3})\s?(?P<what>[話话集回]|期|季|シーズン|章|[巻卷]|部)"
)
_HAN_WHAT = {
    "期": "season",
    "季": "season",
    "シーズン": "season",
    "章": "chapter",
    "巻": "volume",
    "卷": "volume",
    "部": "part",
}
_HAN = {sign: number for number, sign in enumerate("一二三四五六七八九", 1)}
_LONGEST_RUN = 200


#: Without one of these a text names no place.
_PLACE_WORDS = frozenset(
    words_in("""
    episode episodes ep eps episodio episodios capítulo capítulos folge folgen episoden
    season seasons temporada temporadas staffel staffeln chapter chapters kapitel
    volume volumes vol vols volumen band tomo tomos part parts parte partes teil
    act acts acto actos akt phase phases fase fases
    """)
)


def places(text: Text) -> Iterator[Found]:
    seen = text.seen
    if seen.digits or seen.has_any(_PLACE_WORDS):
        yield from _western_places(text.words, has_words=seen.has_any(_PLACE_WORDS) or seen.hangul or seen.han)
    if seen.digits and seen.hangul:
        for found in _KOREAN.finditer(text.words):
            numbers = _run(int(found["first"]), int(found["last"] or found["first"]))
            yield Found(*found.span(), StoryPlace(tuple(("episode", number) for number in numbers)))
    if "第" in text.words:
        for found in _COUNTED_FIRST.finditer(text.words):
            number = int(found["number"]) if found["number"].isdecimal() else _han(found["number"])
            yield Found(*found.span(), StoryPlace(((_HAN_WHAT.get(found["what"], "episode"), number),)))


def _western_places(text: str, *, has_words: bool) -> Iterator[Found]:
    for found in _CODED.finditer(text):
        points = (("season", int(found["season"])), ("episode", int(found["episode"])))
        yield Found(*found.span(), StoryPlace(points))
    if not has_words:
        return
    for found in _NAMED.finditer(text):
        named = (found["plural"] or found["what"]).casefold()
        unit = next(unit for unit, names in _WHAT.items() if re.fullmatch(names, named))
        if unit in ("part", "act", "volume", "phase") and found[0][0].islower():
            continue  # “part 2” is a place, “part one of them played” is not: these are written with a capital
        yield Found(*found.span(), StoryPlace(tuple((unit, number) for number in _numbers(found))))
    for found in _ORDINAL.finditer(text):
        yield Found(*found.span(), StoryPlace((_ordinal(found),)))


def _numbers(found: re.Match[str]) -> list[int]:
    if found["one"]:
        word = found["one"].casefold()
        return [int(word) if word.isdecimal() else SPELLED["en"].get(word, 1)]
    numbers = [int(figures) for figures in re.findall(r"\d+", found["several"])]
    return _run(*numbers) if re.fullmatch(_RANGE, found["several"]) else numbers


def _run(first: int, last: int) -> list[int]:
    """Each number of “3–6”; of what is no run only its ends."""
    return list(range(first, last + 1)) if first <= last <= first + _LONGEST_RUN else [first, last]


def _ordinal(found: re.Match[str]) -> tuple[str, int]:
    if word := found["english"]:
        return found["en"].casefold(), ORDINALS.get(word.casefold()) or int(word[:-2])
    stems, word = (_SPANISH, found["spanish"]) if found["spanish"] else (_GERMAN, found["german"])
    number = next(at for at, stem in enumerate(stems, 1) if re.fullmatch(stem, word, re.IGNORECASE))
    what = (found["es"] or found["de"]).casefold()
    return "season" if what in ("temporada", "staffel") else "episode", number


def _han(numeral: str) -> int:
    tens, ten, ones = numeral.partition("十")
    return (_HAN.get(tens, 1) * 10 if ten else 0) + (_HAN.get(ones if ten else numeral[-1], 0))


# --- ranks ------------------------------------------------------------------------------------------------------------

_SMALL = {word: number for word, number in SPELLED["en"].items() if number <= 20} | {"one": 1}
_CARDINAL = rf"(?:\d{{1,4}}(?!\d|[.,]\d|\s?%)|(?:{'|'.join(_SMALL)})(?!\w))"
_NTH = rf"(?:{'|'.join(ORDINALS)}|{_DIGIT_ORDINAL})"
_AMONG = re.compile(rf"(?:(?<!\w)top[\s-]|(?<![가-힣])톱\s?|トップ)(?P<number>{_CARDINAL})", re.IGNORECASE)
_RANK_WORDS = frozenset({"number", "ranked", "place", "spot", "position", "no"})
#: Each with what a text has that has such a rank.
_AT = tuple(
    (needed, re.compile(pattern, re.IGNORECASE))
    for needed, pattern in (
        (("no", "nos", "nr", "№"), rf"(?<!\w)(?:no\.|nos\.|nr\.|№)\s?(?P<number>{_CARDINAL})"),
        (("#",), r"(?<![\w&])#(?P<number>\d{1,3})(?!\w|[.,]\d)"),
        (("number",), rf"(?<!\w)number\s(?P<number>(?:{'|'.join(_SMALL)})(?!\w)|\d{{1,3}}(?!\w|[.,]\d))"),
        (("ranked",), rf"(?<!\w)ranked\s(?:at\s|number\s|no\.\s|#)?(?P<number>{_NTH}|{_CARDINAL})(?!\w)"),
        (("place", "spot", "position"), rf"(?<!\w)(?<!in\sthe\s)(?P<number>{_NTH})[\s-](?:place|spot|position)(?!\w)"),
        (("puesto", "número", "platz"), r"(?<!\w)(?:puesto|número|platz)\s(?P<number>\d{1,3})(?!\w|[.,]\d)"),
        (("위",), r"(?P<number>\d(?<![\d.,]\d)\d{0,3})\s?위(?!원)"),
        # In Chinese 位 counts people too: without 第 it is a rank in Japanese only
        (("位", "第"), r"第\s?(?P<number>\d{1,4})\s?[位名]|(?<=[\u3041-\u30ff\u3000-\u303f、。「])(?P<ja>\d{1,4})位"),
    )
)
_WITHIN = re.compile(r"\s?(?:안|이내|권|以内)")


def ranks(text: Text) -> Iterator[Found]:
    if text.seen.has_any(frozenset({"top"})) or "톱" in text.words or "トップ" in text.words:
        for found in _AMONG.finditer(text.words):
            yield Found(*found.span(), Rank(_rank(found["number"]), is_among=True))
    if not (text.seen.digits or text.seen.has_any(_RANK_WORDS)):
        return
    for needed, pattern in _AT:
        if not any(each in text.seen.vocabulary or each in text.words for each in needed):
            continue
        for found in pattern.finditer(text.words):
            is_among = found[0][-1] in "위位" and _WITHIN.match(text.words, found.end()) is not None
            named = found["number"] or found["ja"]
            yield Found(*found.span(), Rank(_rank(named), is_among=is_among))


def _rank(word: str) -> int:
    word = word.casefold()
    return _SMALL.get(word) or ORDINALS.get(word) or int(word.rstrip("stndrh"))
