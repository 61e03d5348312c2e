"""Numbers with what they count, and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from articles.claims.numerals import (
    FIGURES,
    KOREAN_DAYS,
    MAGNITUDES,
    MYRIADS,
    NATIVE_KOREAN,
    ORDINALS,
    SPELLED,
    of_figures,
    of_fraction,
    of_myriads,
)
from articles.claims.reading import Text
from articles.claims.shapes import Found, Quantity
from articles.claims.units import CURRENCIES, CURRENCY_SIGN, IRREGULAR, currency_of, unit_of

# --- the number itself ------------------------------------------------------------------------------------------------

_MAGNITUDE_WORDS = "|".join(
    re.escape(word) for word in sorted(MAGNITUDES, key=len, reverse=True) if len(word) > 2  # noqa: PLR2004
)
#: A sum may have a letter for its magnitude: $15m. A length may not: 15m are metres.
_MAGNITUDE = rf"(?:[\s-](?P<magnitude>{_MAGNITUDE_WORDS})(?!\w))"
_MAGNITUDE_OF_SUM = rf"(?:\s?(?P<magnitude>{_MAGNITUDE_WORDS}|mn|bn|[mbk])(?!\w))"
_ALL_SPELLED = {language: "|".join(sorted(words, key=len, reverse=True)) for language, words in SPELLED.items()}
#: Of views and likes the magnitude is one letter too, a large one: 1.3M.
_IN_FIGURES = re.compile(rf"(?P<number>{FIGURES})(?:{_MAGNITUDE}|(?P<letter>(?-i:[KMB]))(?!\w))?", re.IGNORECASE)
_IN_MYRIADS = re.compile(rf"(?P<number>{MYRIADS})(?P<magnitude>)(?P<letter>)")
_IN_WORDS = {
    language: re.compile(
        rf"(?P<number>(?<![\w-])(?:{spelled})(?![\w-]*[^\W\d_])){_MAGNITUDE}?(?P<letter>)", re.IGNORECASE
    )
    for language, spelled in _ALL_SPELLED.items()
}
_SPELLED_WORDS = {
    language: frozenset(word.split()[-1].split("-")[0] for word in words) for language, words in SPELLED.items()
}
# A spelt number with a hyphen: “five-star”, “twenty-minute”.
_COMPOUND = re.compile(rf"(?<![\w-])(?P<number>{_ALL_SPELLED['en']})(?P<unit>(?:-[a-z]+)+)(?!\w)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?<![\w-])(?P<part>one|{_ALL_SPELLED['en']})[\s-](?P<of>thirds?|quarters?|fifths?|sixths?|tenths?)(?!\w)",
    re.IGNORECASE,
)
_PART_WORDS = frozenset("third thirds quarter quarters fifth fifths sixth sixths tenth tenths".split())
_PARTS = {"third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "tenth": 10}


def _number_of(words: str, language: str) -> Decimal | None:
    words = words.casefold()
    for table in (SPELLED.get(language, {}), SPELLED["en"]):
        if words in table:
            return Decimal(table[words])
    if words.isascii():
        return of_figures(words, language)
    return of_myriads(words)


def _times(number: Decimal, magnitude: str | None) -> Decimal:
    return number * MAGNITUDES[magnitude.casefold()] if magnitude else number


# --- what it counts ---------------------------------------------------------------------------------------------------

_SYMBOL = re.compile(
    r"\s?(?P<unit>%|‰|°\s?[CF]?|km/h|mph|km²|m²|km|kg|cm|mm|GB|MB|TB|fps|Hz|kHz|[mghtL])(?![A-Za-zÀ-ÿ])"
    r"|\s(?P<words>percent|per\scent|por\sciento|Prozent|퍼센트)(?!\w)|(?P<korean>퍼센트)"
)
_CLOCK = re.compile(
    r"(?P<hour>\d(?<![\w.,:]\d)\d?)(?:(?P<minute>[:.][0-5]\d)?\s?(?P<half>[ap]\.m\.|[ap]m(?!\w))|(?P<minutes>:[0-5]\d)(?![\d:]))",
    re.IGNORECASE,
)
_PART = re.compile(r"(?P<part>\d(?<![\w.,/]\d)\d?)/(?P<of>[1-9]\d?)(?![\w/]|[.,]\d)")
_HYPHENATED = re.compile(r"(?:-[a-z]+)+")
# Words at which a run of a number and its noun ends: they are no noun and stand before none.
_NO_NOUN = frozenset(
    (
        "a an the and or but nor of in on at to for by with from into onto over under up out off than that this these those"
        " who whom whose which what when where while as if is are was were be been has have had do does did its his her"
        " their our my your it he she they we you i not no so too then later ago more less most least before after about"
        " only just even also again still ever never always sometimes perhaps across among between without within"
        " during since until because yes thus plus us has says said makes made takes took gets goes comes lies stays"
        " y o de del la el los las en que con por para a su sus es son más menos se al un una"
        " und oder in im mit von der die das den dem auf an aus bei zu lang hoch ist sind war"
    ).split()
)
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
        if not found or folded in _NO_NOUN:
            break
        words.append(word)
        stop = found.end()
        if language == "de":
            return (stop, word) if word[0].isupper() else (at, "")
        if folded.endswith(("’s", "'s")):
            break
        is_plural = folded in IRREGULAR or (len(folded) > 2 and folded.endswith("s") and not folded.endswith("ss"))  # noqa: PLR2004
        if is_plural and not folded.endswith(("ous", "ious")):
            return stop, " ".join(words)
    return at, ""


# Counters of Korean, longest first. Behind 개 (“things”) the noun itself may stand: 9개 우체국.
_KOREAN = (
    "개국 개월 개년 관왕 인조 인분 인치 시간 주년 주일 회차 번째 부작 마리 미터 킬로미터 센티미터 킬로그램 킬로 가지 군데 차례 페이지 멤버"
    " 작품 나라 도시 국어 퍼센트 송이 그루 단어 문장 세대 세기 사람 계단 명 인 분 초 년 달 주 일 화 편 곡 장 권 번 층 통 배 도 톤 살 세 곳 뷰 점 석"
    " 건 쪽 표 자 대 벌 채 평 호 차 막 팀 종 줄 잔 병 칸 단 판 매 개 회 부"
)
_KOREAN_UNIT = "|".join(_KOREAN.split())
_KOREAN_COUNTER = re.compile(rf"(?!\s?대\s\d)\s?(?P<unit>{_KOREAN_UNIT})")
_COUNTED_THING = re.compile(r"\s(?P<noun>[가-힣]{2,6})")
_NATIVE = re.compile(
    rf"(?<![가-힣\d])(?P<number>{'|'.join(sorted(NATIVE_KOREAN, key=len, reverse=True))})\s?(?P<unit>{_KOREAN_UNIT})"
    r"(?=[^가-힣]|간|만|의|이|가|을|를|은|는|에|도|씩|로|과|와|나|뿐|째|동안|였|이었|인|쯤|정도|짜리|이나|나|지만|입|이다|다|$)"
)
_DAYS = re.compile(rf"(?<![가-힣])(?P<number>{'|'.join(KOREAN_DAYS)})(?=[^가-힣]|간|만|이|을|은|의|동안|에|째|$)")
_SINO_MEMBERS = re.compile(rf"(?<![가-힣\d])(?P<number>{'|'.join(NATIVE_KOREAN)})\s(?P<unit>멤버|주인공|형제|자매|친구|아이|배우|사람)")
_PARTICLES = re.compile(
    r"(?:에서는|에서도|에서|에게|으로|이라는|이라|이었다|이었고|이며|이다|이고|까지|부터|마다|보다|처럼|은|는|이|가|을|를|의|에|도|와|과|로|만)$"
)
_HAN_COUNTER = re.compile(
    r"\s?(?P<unit>か国|カ国|ヶ国|ヵ国|か月|カ月|ヶ月|か所|カ所|年半|年間|日間|週間|時間|分間|メートル|キロ|トン|パーセント|个国家|个月|小时|分钟|公里|公斤"
    r"|年|月|日|人|名|枚|歳|岁|回|話|话|本|曲|首|冊|册|個|个|つ|分|秒|点|票|階|层|倍|次|集|部|张|張|天|件|社|校|台|匹|頭|杯|%|米|吨)"
)
_ORDINAL_NUMBER = re.compile(r"제\s?(?P<number>\d{1,4})\s?(?P<unit>회|차|기|대|호)|第\s?(?P<han>\d{1,4})\s?(?P<counter>回|届|次)")


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


# --- rules ------------------------------------------------------------------------------------------------------------

_CURRENCY_WORDS = "|".join(sorted((re.escape(name) for name in CURRENCIES if name.isalpha()), key=len, reverse=True))
_SUM_BEFORE = re.compile(
    rf"(?<!\w)(?P<sign>{CURRENCY_SIGN})\s?(?P<number>\d+(?:[.,]\d+)*){_MAGNITUDE_OF_SUM}?", re.IGNORECASE
)
_SUM_AFTER = re.compile(
    rf"(?P<number>{MYRIADS}|{FIGURES}|(?<![\w-])(?:{'|'.join(_ALL_SPELLED.values())})){_MAGNITUDE}?"
    rf"(?:\s?(?P<euro>[€$£₩¥])|(?:\s(?:de\s|US\s)?|(?<=[\d십백천만억조万億亿])|-)(?P<name>{_CURRENCY_WORDS})"
    r"(?![A-Za-z]|작|래|인|칙|본|형|고|활|年))",
    re.IGNORECASE,
)


_SIGNS = frozenset("$€£¥₩")
_WORDS_OF_MONEY = frozenset(name for name in CURRENCIES if name.isalpha() and name[0] < "\u0250")
_EASTERN_WORDS_OF_MONEY = tuple(name for name in CURRENCIES if name.isalpha() and name[0] >= "\u0250")


def amounts(text: Text) -> Iterator[Found]:
    has_sign = not _SIGNS.isdisjoint(text.words)
    if has_sign:
        for found in _SUM_BEFORE.finditer(text.words):
            number = of_figures(found["number"], text.language)
            if number is not None:
                yield Found(*found.span(), Quantity(_times(number, found["magnitude"]), currency_of(found["sign"])))
    has_eastern = (text.seen.hangul or text.seen.han) and any(name in text.words for name in _EASTERN_WORDS_OF_MONEY)
    if not (has_sign or has_eastern or text.seen.has_any(_WORDS_OF_MONEY)):
        return
    for found in _SUM_AFTER.finditer(text.words):
        number = _number_of(found["number"], text.language)
        if number is not None:
            name = currency_of(found["euro"] or found["name"])
            yield Found(*found.span(), Quantity(_times(number, found["magnitude"]), name))


def numbers(text: Text) -> Iterator[Found]:
    words, language, seen = text.words, text.language, text.seen
    is_eastern = seen.hangul or seen.han
    if is_eastern:
        for pattern in (_ORDINAL_NUMBER, _NATIVE, _SINO_MEMBERS, _DAYS):
            for found in pattern.finditer(words):
                yield Found(*found.span(), _korean(found))
    if seen.digits:
        yield from _times_and_parts(words)
    if language == "en":
        if seen.has_any(_PART_WORDS):
            for found in _FRACTION.finditer(words):
                part = 1 if found["part"].casefold() == "one" else SPELLED["en"][found["part"].casefold()]
                yield Found(*found.span(), Quantity(of_fraction(part, _PARTS[found["of"].casefold().rstrip("s")])))
        if seen.has_any(_SPELLED_WORDS["en"]):
            for found in _COMPOUND.finditer(words):
                number = Decimal(SPELLED["en"][found["number"].casefold()])
                yield Found(*found.span(), Quantity(number, unit_of(found["unit"][1:])))
        yield from _ordinals(text)
    patterns = [*([_IN_MYRIADS] if is_eastern and seen.digits else []), *([_IN_FIGURES] if seen.digits else [])]
    if seen.has_any(_SPELLED_WORDS.get(language, frozenset())):
        patterns.append(_IN_WORDS[language])
    for pattern in patterns:
        for found in pattern.finditer(words):
            yield from _counted(found, words, language)


def _times_and_parts(text: str) -> Iterator[Found]:
    """Times of the day in minutes since midnight; “1/2”."""
    for found in _CLOCK.finditer(text):
        hour, half = int(found["hour"]), (found["half"] or "").casefold()
        if half:
            hour = hour % 12 + (12 if half.startswith("p") else 0)
        minute = int((found["minute"] or found["minutes"] or ":0")[1:])
        yield Found(*found.span(), Quantity(Decimal(60 * hour + minute), "time of day"))
    for found in _PART.finditer(text):
        yield Found(*found.span(), Quantity(of_fraction(int(found["part"]), int(found["of"]))))


def _counted(found: re.Match[str], text: str, language: str) -> Iterator[Found]:
    number = _number_of(found["number"], language)
    if number is None:
        return
    stop, unit = _unit_after(text, found.end(), language, is_eastern=not text.isascii())
    if not _is_cut_off(text, stop):
        magnitude = found["magnitude"] or found["letter"]
        yield Found(found.start(), stop, Quantity(_times(number, magnitude), unit_of(unit)))


def _unit_after(text: str, at: int, language: str, *, is_eastern: bool) -> tuple[int, str]:
    if found := _SYMBOL.match(text, at):
        return found.end(), found["unit"] or found["words"] or found["korean"]
    if found := _HYPHENATED.match(text, at):
        return found.end(), found[0][1:]
    stop, unit = _counter_after(text, at) if is_eastern else (at, "")
    return (stop, unit) if unit else _noun_after(text, at, language)


def _is_cut_off(text: str, stop: int) -> bool:
    """Figures that go on as a word: 4K, 3D, 1080p, 2x4; a score 3:2, a time 10:30 is one number."""
    return text[stop - 1].isdecimal() and stop < len(text) and text[stop].isascii() and text[stop].isalpha()


def _korean(found: re.Match[str]) -> Quantity:
    said: Mapping[str, str | None] = found.groupdict()
    word = said.get("number") or said.get("han") or ""
    if word in KOREAN_DAYS:
        return Quantity(Decimal(KOREAN_DAYS[word]), "day")
    if word.isdecimal():
        return Quantity(Decimal(word), "ordinal")
    return Quantity(Decimal(NATIVE_KOREAN[word]), "ordinal" if said["unit"] == "번째" else unit_of(said["unit"] or ""))


_LATER_ORDINALS = "|".join(word for word, number in ORDINALS.items() if number > 2)  # noqa: PLR2004
# “A second” is a moment, “a third of it” a part; what stands behind an article or a possessive counts.
_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?:the|his|her|its|their|our|my|this|and|’s|'s|a)\s(?P<word>{_LATER_ORDINALS})(?!\w|-[a-z]|\sof\b|[\s-](?:most|\w+est)\b)"
    r"|(?:the|his|her|its|their|our|my)\s(?P<second>second)(?!\w|-[a-z]|\shalf|\sof\b|[\s-](?:most|\w+est|hand)\b)"
    r"|(?P<figures>\d{1,4})(?P<ending>st|nd|rd|th))(?!\w|-century)",
    re.IGNORECASE,
)


_ORDINAL_WORDS = frozenset(ORDINALS) - {"first"} | {"st", "nd", "rd", "th"}


def _ordinals(text: Text) -> Iterator[Found]:
    if not text.seen.has_any(_ORDINAL_WORDS):
        return
    for found in _ORDINAL.finditer(text.words):
        if found["figures"]:
            yield Found(*found.span(), Quantity(Decimal(found["figures"]), "ordinal"))
            continue
        group = "word" if found["word"] else "second"
        yield Found(*found.span(group), Quantity(Decimal(ORDINALS[found[group].casefold()]), "ordinal"))
