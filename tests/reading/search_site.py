"""A small site in six languages that the tests of the search ask. Each fact has a key: its language and a number.

The articles follow one another by a day, so the newest is the last: Thai, then Spanish, Chinese, Japanese, Korean and
English. Inside an article the first fact comes first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from articles.models import Edition, PublishedFact, Subject, Tag, TagAlias
from articles.reading import selectors
from articles.reading.selectors.search import EVERYTHING, Scope
from tests import make

FACTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "en": {
        "en1": ("The ferry has nineteen lamps", "Count the lamps in the second scene: nineteen, and one is broken."),
        "en2": ("A helicopter circles the harbour", "The helicopter was borrowed from the coast guard."),
        "en3": (
            "Nobody rehearsed the storm",
            "The crew filmed a real storm. The captain’s café lost its roof. A lamp fell.",
        ),
        "en4": ("Ju Ji-hoon sailed it himself", "Ju Ji-hoon took lessons. He holds a licence for small boats."),
        "en5": ("The keeper is the captain’s brother", "It was murder in the lighthouse, in episode six."),
        "en6": (
            "The song was written overnight",
            "A piano, a broken string and too much coffee. It won the 2019 prize.",
        ),
    },
    "ko": {
        "ko1": ("주지훈은 헬기를 무서워한다", "배우 주지훈이 촬영장에서 헬기에 올랐다."),
        "ko2": ("백강혁의 수술실은 진짜다", "병원 수술실에서 밤마다 촬영했다."),
        "ko3": ("비가 오는 장면은 제주도에서 찍었다", "제주도의 비는 예보에 없었다. BTS는 없었다."),
        "ko4": ("추영우의 첫 의학 드라마", "신인 배우의 첫 주연작이다."),
    },
    "ja": {
        "ja1": ("灯台は本物である", "撮影は北海道の古い灯台で行われた。"),
        "ja2": ("ドラマの猫は三匹いた", "猫の名前はミケ、タマ、クロ。"),
        "ja3": ("最終回の雨は本物だった", "東京の雨が止まらなかった。"),
    },
    "zh": {
        "zh1": ("主角在火车站写了剧本", "编剧在北京火车站等车时写下第一场。"),
        "zh2": ("灯塔是搭建的", "灯塔用木头搭建，后来被拆除。"),
        "zh3": ("歌曲由演员演唱", "主题曲《夜船》由主演演唱。"),
    },
    "es": {
        "es1": ("El señor López perdió el tren", "La canción sonó en la estación de Málaga."),
        "es2": ("Nadie ensayó la última canción", "El corazón de la ciudad no duerme."),
        "es3": ("El faro está en Galicia", "Un niño encontró el faro en 1987."),
    },
    "th": {
        "th1": ("ประภาคารเป็นของจริง", "ถ่ายทำที่ภูเก็ตในปี 2019"),
        "th2": ("นักแสดงร้องเพลงเอง", "เพลงนี้แต่งในคืนเดียว"),
    },
}
TITLES = {
    "en": "Six facts about the night ferry",
    "ko": "중증외상센터에 관한 네 가지 사실",
    "ja": "海街の三つの事実",
    "zh": "夜船的三个秘密",
    "es": "Tres secretos de la estación",
    "th": "สองเรื่องจริง",
}
SPOILERS = {"en5": (6, "The lighthouse keeper keeps a secret")}
TAGS = {"en6": ("Music",), "ko1": ("Helicopters",), "ja2": ("Cats",), "es2": ("Music",), "zh3": ("Music",)}


def build() -> dict[str, str]:
    """The key of each public id, and of each article's slug."""
    subjects = _subjects()
    keys: dict[str, str] = {}
    for days, (language, facts) in enumerate(FACTS.items(), 1):
        made = {key: _card(key, *words) for key, words in facts.items()}
        edition: Edition = make.edition(
            title=TITLES[language],
            dek="",
            introduction="",
            conclusion_heading="",
            conclusion="",
            faqs=(),
            tags=(),
            cards=tuple(made.values()),
            subject=subjects[language].slug,
            at=timezone.now() - dt.timedelta(days=10 - days),
        )
        keys |= {card.public_id: key for key, card in made.items()} | {edition.slug: language}
    TagAlias.objects.create(tag=Tag.objects.get(name="Music"), name="음악")
    TagAlias.objects.create(tag=Tag.objects.get(name="Music"), name="Música")
    return keys


def _subjects() -> dict[str, Subject]:
    return {
        "en": make.subject(name="Night Ferry", other_names=["The Ferry of the Night"], episodes=16),
        "ko": make.subject(name="The Trauma Code", original_name="중증외상센터", other_names=["Heroes on Call"]),
        "ja": make.subject(name="Umimachi", original_name="海街", original_language="ja"),
        "zh": make.subject(name="Ye Chuan", original_name="夜船", original_language="zh"),
        "es": make.subject(name="La Estación", original_language="es"),
        "th": make.subject(name="Real Light", original_name="แสงจริง", original_language="th"),
    }


def _card(key: str, heading: str, body: str) -> make.Card:
    after, safe = SPOILERS.get(key, (None, ""))
    return make.card(heading=heading, body=body, spoiler_after=after, safe_heading=safe, tags=TAGS.get(key, ()))


def found(question: str, keys: Mapping[str, str], scope: Scope = EVERYTHING) -> str:
    """The keys of what is found, in order, with spaces between them."""
    answer = selectors.ask(question, timezone.now(), scope)
    hits = selectors.hits(answer.matches, scope.seen)
    return " ".join(keys[hit.fact.public_id if hit.fact else hit.slug] for hit in hits)


def fact(key: str, keys: Mapping[str, str]) -> PublishedFact:
    return PublishedFact.objects.get(public_id=next(each for each, name in keys.items() if name == key))
