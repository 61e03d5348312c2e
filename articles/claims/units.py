"""What is counted and measured, by one name for each, so that 26개국 and “26 countries” are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Units by their names in the languages that numbers are read in; names stand between commas.
_NAMES: Mapping[str, str] = {
    "country": "country, countries, nation, nations, país, países, land, länder, ländern, staaten"
    ", 개국, 국가, か国, カ国, ヶ国, ヵ国, 个国家",
    "person": "person, people, persona, personas, personen, mensch, menschen, 명, 인, 사람, 人, 名",
    "percent": "%, percent, per cent, por ciento, prozent, 퍼센트, パーセント",
    "year": "year, years, año, años, jahr, jahre, jahren, 년, 年, 年間",
    "month": "month, months, mes, meses, monat, monate, monaten, 개월, 달, か月, カ月, ヶ月, 个月",
    "week": "week, weeks, semana, semanas, woche, wochen, 주, 주일, 週間, 周",
    "day": "day, days, día, días, tag, tage, tagen, 일, 日, 日間, 天",
    "hour": "hour, hours, hr, hrs, h, hora, horas, stunde, stunden, 시간, 時間, 小时",
    "minute": "minute, minutes, min, mins, minuto, minutos, minuten, 분, 分, 分間, 分钟",
    "second": "second, seconds, sec, secs, segundo, segundos, sekunde, sekunden, 초, 秒",
    "episode": "episode, episodes, ep, eps, episodio, episodios, capítulos, folge, folgen, episoden, 부작, 화, 話, 集",
    "time": "time, times, vez, veces, mal, 번, 회, 차례, 回, 次",
    "age": "years old, year old, jahre alt, 살, 세, 歳, 岁",
    "viewer": "viewer, viewers, espectador, espectadores, zuschauer, zuschauern",
    "view": "view, views, visualizaciones, aufrufe, 뷰",
    "metre": "m, metre, metres, meter, meters, metern, metro, metros, 미터, メートル, 米",
    "kilometre": "km, kilometre, kilometres, kilometer, kilometers, kilómetros, kilometern"
    ", 킬로미터, キロメートル, 公里",
    "centimetre": "cm, centimetre, centimetres, centimeter, centimeters, centímetros, 센티미터, センチ",
    "kilogram": "kg, kilo, kilos, kilogram, kilograms, kilogramm, 킬로그램, 公斤",
    "ton": "t, tonne, tonnes, ton, tons, toneladas, tonnen, 톤, トン, 吨",
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split(", ")}

_CURRENCY_NAMES: Mapping[str, str] = {
    "USD": "us$, $, dollar, dollars, dólares, usd, 달러, ドル, 美元",
    "EUR": "€, euro, euros, eur, 유로, ユーロ, 欧元",
    "GBP": "£, pound, pounds, libras, pfund, gbp, 파운드, ポンド, 英镑",
    "KRW": "₩, won, krw, 원, ウォン, 韩元",
    "JPY": "¥, yen, yenes, jpy, 엔, 円, 日元",
    "CNY": "yuan, rmb, cny, 위안, 元, 人民币",
    "cent": "cent, cents",
}
CURRENCIES: Mapping[str, str] = {name: code for code, names in _CURRENCY_NAMES.items() for name in names.split(", ")}

#: Nouns whose plural has no s at its end.
IRREGULAR: Mapping[str, str] = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
    "criteria": "criterion",
    **{word: word for word in ("sheep", "series", "police", "crew", "cast", "staff", "fish", "aircraft")},
}
_CURRENCY_SIGNS = "US$|A$|C$|HK$|NT$|$|€|£|¥|₩"
CURRENCY_SIGN = "|".join(re.escape(sign) for sign in _CURRENCY_SIGNS.split("|"))


def unit_of(words: str) -> str:
    """The unit, or the noun in the singular and in small letters; "" for no words."""
    folded = " ".join(words.casefold().replace("-", " ").split())
    if folded in _UNITS:
        return _UNITS[folded]
    rest, _space, noun = folded.rpartition(" ")
    return f"{rest} {_singular(noun)}".strip()


def _singular(noun: str) -> str:
    if noun in IRREGULAR:
        return IRREGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "shes", "ches", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else noun


def currency_of(name: str) -> str:
    return CURRENCIES.get(name.casefold(), name.casefold())
