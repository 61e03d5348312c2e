"""The highest episode that a text names, so that a fact which tells of episode 7 can be asked for its spoiler point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"),
    *("eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
CARDINALS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen"),
    *("seventeen", "eighteen", "nineteen", "twenty"),
)
_SPELLED = {word: number for words in (_ORDINALS, CARDINALS) for number, word in enumerate(words, 1)}
_HAN = {sign: number for number, sign in enumerate("〇一二三四五六七八九")}
_HAN_TENS = {"十": 10, "百": 100}


def last_episode_named(text: str) -> int | None:
    """The highest number of an episode in `text`; None if it names none ("26 episodes" and "the finale" do not).

    Knows English, German, French, Spanish, Portuguese, Italian, Russian, Korean, Japanese and Chinese. A season is not
    counted: S2E03 is 3.
    """
    text = unicodedata.normalize("NFKC", text)
    return max(_numbers(text), default=None) if _SUSPECT.search(text) else None


def _numbers(text: str) -> Iterator[int]:
    for pattern, read in _WAYS:
        for found in pattern.finditer(text):
            yield from read(found.group(1).lower())


def _read_digits(named: str) -> Iterable[int]:
    return map(int, re.findall(r"\d+", named))


def _read_word(named: str) -> Iterable[int]:
    return (_SPELLED[named],)


def _read_han(numeral: str) -> Iterable[int]:
    """七 is 7, 十二 is 12, 二十 is 20, 百二十 is 120, 一二 (digit by digit) is 12."""
    if not set(numeral) & set(_HAN_TENS):
        return (int("".join(str(_HAN[sign]) for sign in numeral)),)
    total = digit = 0
    for sign in numeral:
        if sign in _HAN:
            digit = _HAN[sign]
        else:
            total += max(digit, 1) * _HAN_TENS[sign]
            digit = 0
    return (total + digit,)


# --- the ways to name an episode --------------------------------------------------------------------------------------

# A whole number that is not part of a longer or broken one: not the 1 of 1.5, 1,000 or 16.
_NUMBER = r"\d{1,4}(?!\d|[.,]\d|\s?%)"
_FIRST_NUMBER = rf"(?<!\d)(?<!\d[.,]){_NUMBER}"
_RANGE = rf"{_NUMBER}(?:\s?[-–—~〜/]\s?{_NUMBER})?"
# "3, 4 and 6": after a comma only what the list goes on with or ends at, as "In episode 4, 300 extras" has no 300.
_SERIES = (
    rf"{_RANGE}(?:,\s?{_RANGE}(?=\s?(?:[,;:.!?)&]|\Z|and\b|und\b|et\b|y\b|e\b|и\b)))*+"
    rf"(?:,?\s?(?:&|and|to|through|und|bis|et|à|y|a|e|и|до)\s{_RANGE}(?!\s(?:more|other)))?"
)
# What comes behind the number of no episode: "episodes 70 minutes long".
_NO_AMOUNT = r"(?!\s?(?:percent|min(?:ute)?s?|minuten|hours?|million|thousand)\b)"

_WORDS = (
    "episodes?|ep|eps|folgen?|épisodes?|episodios?|episódios?|capítulos?|episodi|puntat[ae]|эпизод[аеуы]?|сери[яиюей]"
    "|에피소드|エピソード"
)

# No way to name an episode does without one of these: most texts have none, and the ways are many.
_SUSPECT = re.compile(
    r"\b(?:[eé]ps?(?:\b|\d)|[eé]pis[oó]d|s\d|folge|capítulo|puntat|эпизод|сери)|[화회話话集回]|에피소드|エピソード",
    re.IGNORECASE,
)

_WAYS: tuple[tuple[re.Pattern[str], Callable[[str], Iterable[int]]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        # Episode 7, episodes 3 and 4, Ep. 12, Folge 7, épisodes 3 et 4, серия 7
        (rf"\b(?:{_WORDS})\.?\s?(?:number |no\.\s?|nr\.\s?|#|№\s?)?({_SERIES}){_NO_AMOUNT}", _read_digits),
        # S1E07, s02 e03
        (r"\bs\d{1,3}\s?[.:·]?\s?ep?\s?(\d{1,4})\b", _read_digits),
        # the 7th episode
        (rf"({_FIRST_NUMBER})(?:st|nd|rd|th)\s(?:episode|ep)\b", _read_digits),
        # 7. Folge (German), 7º episodio, 7ª puntata (Spanish, Italian; NFKC makes º an o), 7e épisode (French)
        (
            r"(?<![\d.,])(\d{1,4})(?:\.\s?folge|[oa°]\s(?:epis[oó]dio|capítulo|puntata)|(?:e|er|ème)\sépisode)\b",
            _read_digits,
        ),
        # 7 серия, 7-я серия, в 7-й серии, в 7 серии (Russian); not 26 серий, 2 серии, which are counts
        (rf"({_FIRST_NUMBER})(?:\s|-?(?:я|ая|ю|ую)\s)сери[яю]\b", _read_digits),
        (rf"({_FIRST_NUMBER})-?(?:й|ой|ей)\sсерии\b", _read_digits),
        (rf"\bв\s({_NUMBER})\sсерии\b", _read_digits),
        # the seventh episode, episode seven
        (rf"\b({'|'.join(_ORDINALS)})\sepisode\b", _read_word),
        (rf"\bepisode\s({'|'.join(CARDINALS)})\b", _read_word),
        # 7화, 제7화, 3~4회 (Korean: the last is the highest); not 총 16회 (in all), 16화 중 (out of), 7회 연속 (times),
        # 제7회 시상식 (the seventh ceremony)
        (
            rf"(?<!총)(?<!총\s)({_FIRST_NUMBER})\s?(?:화|회)(?!\s?(?:짜리|분량|완결|연속|수상|이상|말\b|초\b|차|째|중(?![가-힣])"
            r"|(?:[가-힣]{1,12}\s?)?(?:시상식|대회|영화제|어워즈|대상)))",
            _read_digits,
        ),
        # 第7話, 第七集 (Japanese, Chinese); without 第 only 7話, and not 全12話 (in all)
        (r"第\s?(\d{1,4})\s?[話话集回]", _read_digits),
        (rf"第\s?([{''.join(_HAN)}十百]{{1,6}})\s?[話话集回]", _read_han),
        (r"(?<![全計共各\d])(\d{1,4})話(?!構成|完結|分)", _read_digits),
    )
)
