"""What stands behind a number: its sign or unit, a counter, or the noun that it counts."""

from __future__ import annotations

import re

from articles.claims.units import IRREGULAR
from articles.claims.vocabulary import KOREAN_COUNTERS, NO_NOUN


def unit_after(text: str, at: int, language: str, *, is_eastern: bool) -> tuple[int, str]:
    if found := _SYMBOL.match(text, at):
        return found.end(), found["unit"] or found["words"] or found["korean"]
    if found := _HYPHENATED.match(text, at):
        return found.end(), found[0][1:]
    stop, unit = _counter_after(text, at) if is_eastern else (at, "")
    return (stop, unit) if unit else _noun_after(text, at, language)


_SYMBOL = re.compile(
    r"\s?(?P<unit>%|‰|°\s?[CF]?|km/h|mph|km²|m²|km|kg|cm|mm|GB|MB|TB|fps|Hz|kHz|[mghtL])(?![A-Za-zÀ-ÿ])"
    r"|\s(?P<words>percent|per\scent|por\sciento|Prozent|퍼센트)(?!\w)|(?P<korean>퍼센트)"
)
_HYPHENATED = re.compile(r"(?:-[a-z]+)+")
_WORD = re.compile(r" (?P<word>[^\W\d_](?:[^\W\d_]|[-’'](?=[^\W\d_]))*)")
_MOST_WORDS = 3


def _noun_after(text: str, at: int, language: str) -> tuple[int, str]:
    """Where the counted noun behind a number ends, and the noun; (at, "") for none.

    English and Spanish: up to three words, the last of which is a plural. German: the next word with a capital.
    """
    stop = at
    words: list[str] = []
    for _ in range(_MOST_WORDS):
        found = _WORD.match(text, stop)
        word = found["word"] if found else ""
        folded = word.casefold()
        if not found or folded in NO_NOUN:
            break
        words.append(word)
        stop = found.end()
        if language == "de":
            return (stop, word) if word[0].isupper() else (at, "")
        if folded.endswith(("’s", "'s")):
            break
        is_plural = folded in IRREGULAR or (len(folded) > 2 and folded.endswith("s") and not folded.endswith("ss"))
        if is_plural and not folded.endswith(("ous", "ious")):
            return stop, " ".join(words)
    return at, ""


KOREAN_UNIT = "|".join(KOREAN_COUNTERS)
_KOREAN_COUNTER = re.compile(rf"(?!\s?대\s\d)여?\s?(?P<unit>{KOREAN_UNIT})")
_COUNTED_THING = re.compile(r"\s(?P<noun>[가-힣]{2,6})")
_PARTICLES = re.compile(
    r"(?:에서는|에서도|에서|에게|으로|이라는|이라|이었다|이었고|이며|이다|이고|까지|부터|마다|보다|처럼|은|는|이|가|을|를|의|에|도|와|과|로|만)$"
)
_HAN_COUNTER = re.compile(
    r"\s?(?P<unit>か国|カ国|ヶ国|ヵ国|か月|カ月|ヶ月|か所|カ所|年半|年間|日間|週間|時間|分間|メートル|キロ|トン|パーセント|个国家|个月|小时|分钟|公里|公斤"
    r"|年|月|日|人|名|枚|歳|岁|回|話|话|本|曲|首|冊|册|個|个|つ|分|秒|点|票|階|层|倍|次|集|部|张|張|天|件|社|校|台|匹|頭|杯|%|米|吨)"
)


def _particle_cut(noun: str) -> str:
    cut = _PARTICLES.sub("", noun)
    return cut if len(cut) > 1 else noun


def _counter_after(text: str, at: int) -> tuple[int, str]:
    """The Korean, Japanese or Chinese counter behind a number."""
    if found := _KOREAN_COUNTER.match(text, at):
        unit = found["unit"]
        thing = _COUNTED_THING.match(text, found.end()) if unit == "개" else None
        if not thing:
            return found.end(), unit
        noun = _particle_cut(thing["noun"])
        return thing.start("noun") + len(noun), noun
    if found := _HAN_COUNTER.match(text, at):
        return found.end(), found["unit"]
    return at, ""
