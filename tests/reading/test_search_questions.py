"""The same questions give the same hits in the same order on either database: what is expected was written down from
the rules (exact words of a heading before names, names before the text; then the newest), not from an engine."""

import pytest

from articles.models import Subject
from articles.reading.selectors.search import Scope
from tests.reading import search_site
from tests.reading.search_site import fact, found

pytestmark = pytest.mark.django_db

#: A question, and the keys of its hits in order (tests/reading/search_site.py).
QUESTIONS = [
    ("ferry", "en en1 en2 en3 en4 en5 en6"),
    ("lamps", "en1"),
    ("lamp", "en1 en3"),
    ("LAMPS", "en1"),
    ("nineteen lamps", "en1"),
    ('"count the lamps"', "en1"),
    ('"lamps the count"', ""),
    ("helicopter", "en2 ko1"),
    ("helicpter", "en2"),
    ("heilcopter", "en2"),
    ("helicopterr", "en2 ko1"),
    ("helicoptir", "en2"),
    ("hel", "en2 ko1"),
    ("harbour helicopter", "en2"),
    ("storm -captain", ""),
    ("storm -rehearsed", ""),
    ("captain", "en3"),
    ("cafe", "en3"),
    ("café", "en3"),
    ("captain's", "en3"),
    ("keeper", "en5"),
    ("brother", ""),
    ("murder", ""),
    ("lighthouse", "en5"),
    ("secret", "en5 es"),
    ("Ju Ji-hoon", "en4 ko1"),
    ("Joo Jihoon", "ko1 en4"),
    ("ju ji hun", "ko1 en4"),
    ("Ji-hoon Ju", "ko1 en4"),
    ("jihoon", "en4"),
    ("주지훈", "ko1 en4"),
    ("주지훈이", "ko1"),
    ("주지훈은", "ko1"),
    ("지훈", "ko1"),
    ("헬기", "ko1"),
    ("헬기를", "ko1"),
    ("헬기가", "ko1"),
    ("촬영", "ko1 ko2"),
    ("수술실", "ko2"),
    ("수술실에서", "ko2"),
    ("병원 촬영", "ko2"),
    ("백강혁", "ko2"),
    ("Baek Kang-hyuk", "ko2"),
    ("Chu Young-woo", "ko4"),
    ("Choo Yeongu", "ko4"),
    ("추영우", "ko4"),
    ("제주도", "ko3"),
    ("제주", "ko3"),
    ("비", "ko3"),
    ("BTS", "ko3"),
    ("BTS는", "ko3"),
    ("bts", "ko3"),
    ("의학드라마", "ko4"),
    ("의학 드라마", "ko4"),
    ("중증외상센터", "ko ko1 ko2 ko3 ko4"),
    ("trauma code", "ko ko1 ko2 ko3 ko4"),
    ("The Trauma Code", "ko ko1 ko2 ko3 ko4"),
    ("heroes on call", "ko ko1 ko2 ko3 ko4"),
    ("ドラマ", "ja2"),
    ("猫", "ja2"),
    ("灯台", "ja1"),
    ("雨", "ja3"),
    ("東京の雨", "ja3"),
    ("北海道", "ja1"),
    ("海街", "ja ja1 ja2 ja3"),
    ("本物", "ja1 ja3"),
    ("ﾄﾞﾗﾏ", "ja2"),
    ("火车站", "zh1"),
    ("灯塔", "zh2"),
    ("剧本", "zh1"),
    ("北京 火车站", "zh1"),
    ("演唱", "zh3"),
    ("夜船", "zh zh1 zh2 zh3"),
    ("ye chuan", "zh zh1 zh2 zh3"),
    ("烟花", ""),
    ("cancion", "es2 es1"),
    ("canción", "es2 es1"),
    ("ultima cancion", "es2"),
    ("señor lopez", "es1"),
    ("LÓPEZ", "es1"),
    ("faro", "es3"),
    ("niño", "es3"),
    ("nino", "es3"),
    ("1987", "es3"),
    ("19", "es3"),
    ("2019", "th1 en6"),
    ("estacion", "es es1 es2 es3"),
    ("corazón", "es2"),
    ("ประภาคาร", "th1"),
    ("เพลง", "th2"),
    ("แสงจริง", "th th1 th2"),
    ("music", "es2 zh3 en6"),
    ("음악", "es2 zh3 en6"),
    ("musica", "es2 zh3 en6"),
    ("cats", "ja2"),
    ("cat", "ja2"),
    ("helicopters", "ko1"),
    ("night ferry", "en en1 en2 en3 en4 en5 en6"),
    ("nigth ferry", "en en1 en2 en3 en4 en5 en6"),
    ('"night ferry"', "en"),
    ("ferry -helicopter", "en en1 en3 en4 en5 en6"),
    ("-ferry", ""),
    ("music -canción", "zh3 en6"),
    ("the", "en en1 en2 en3 en5 en6 ko ko1 ko2 ko3 ko4 en4"),
    ("broken", "en1 en6"),
    ("broken string", "en6"),
    ("zzz", ""),
    ("trane", ""),
    ("AND OR NOT", ""),
    ("NEAR(lamp ferry)", ""),
    ("lamp* ^ferry", "en1 en3"),
    ("lamp & ferry | ! :", "en1 en3"),
    ("배우 -병원", "ko1 ko4"),
    ("라마", "ko4"),
    ("제주도에서", "ko3"),
    ("ミケ", "ja2"),
    ("三匹", "ja2"),
    ("木头", "zh2"),
    ("火车站 -剧本", ""),
    ("Málaga -faro", "es1"),
    ("corazon ciudad", "es2"),
    ("ภูเก็ต", "th1"),
]


@pytest.fixture(scope="module")
def keys(module_db) -> dict[str, str]:
    return search_site.build()


def test_there_are_at_least_eighty():
    assert len(dict(QUESTIONS)) == len(QUESTIONS) >= 80


@pytest.mark.slow
@pytest.mark.parametrize(("question", "expected"), QUESTIONS, ids=[question for question, _ in QUESTIONS])
def test_a_question_is_answered(keys: dict[str, str], question: str, expected: str):
    assert found(question, keys) == expected


@pytest.mark.slow
def test_words_behind_a_spoiler_point_are_found_by_who_has_seen_enough_of_that_subject_alone(keys: dict[str, str]):
    ferry = Subject.objects.get(name="Night Ferry").pk
    for seen, expected in ((None, ""), (5, ""), (6, "en5"), (16, "en5")):
        assert found("murder", keys, Scope(subject=ferry, seen=seen)) == expected
        assert found("captain brother", keys, Scope(subject=ferry, seen=seen)) == expected
    assert found("murder", keys, Scope(seen=16)) == ""
    other = Subject.objects.get(name="Umimachi").pk
    assert found("murder", keys, Scope(subject=other, seen=16)) == ""


@pytest.mark.slow
def test_a_fact_behind_its_spoiler_point_is_found_by_its_safe_heading_once(keys: dict[str, str]):
    ferry = Subject.objects.get(name="Night Ferry").pk
    assert found("lighthouse keeper", keys) == "en5"
    assert found("keeper", keys, Scope(subject=ferry, seen=9)) == "en5"


@pytest.mark.slow
def test_a_search_can_be_narrowed(keys: dict[str, str]):
    ferry = Subject.objects.get(name="Night Ferry").pk
    assert found("ferry", keys, Scope(facts_only=True)) == "en1 en2 en3 en4 en5 en6"
    assert found("ferry", keys, Scope(without_spoilers=True)) == "en en1 en2 en3 en4 en6"
    assert found("music", keys, Scope(subject=ferry)) == "en6"
    assert fact("en5", keys).heading == ""
