"""Slugs, keys and public ids: what names become in addresses and tables."""

import re

import pytest
from django.urls import path, register_converter
from hypothesis import example, given
from hypothesis import strategies as st

from articles.text.ids import PUBLIC_ID_PATTERN, new_public_id
from articles.text.keys import key
from articles.text.slugs import PATTERN, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10 facts about The Trauma Code: Heroes on Call", "10-facts-about-the-trauma-code-heroes-on-call"),
        ("주지훈", "주지훈"),
        ("주지훈 (Ju Ji-hoon)", "주지훈-ju-ji-hoon"),
        ("ガラスの仮面", "ガラスの仮面"),
        ("三国演义", "三国演义"),
        ("Чёрный йод", "чёрный-йод"),
        ("Beyoncé & Zoë", "beyonce-and-zoe"),
        ("Việt Nam, Łódź, Straße, Ærø", "viet-nam-lodz-strasse-aero"),
        ("İstanbul ışık", "istanbul-isik"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("Disney+", "disney-plus"),
        ("#1 hit", "1-hit"),
        ("Grey’s Anatomy", "greys-anatomy"),
        ("Ｋ－Ｄｒａｍａ", "k-drama"),
        ("snake_case.and/slash", "snake-case-and-slash"),
        ("🔥 Hot takes 🔥", "hot-takes"),
        ("🔥", "fire"),
        ("🇰🇷🔥", "kr-fire"),
        ("สวัสดี", "สวัสดี"),
        ("!!!", ""),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_slug_keeps_the_words_in_their_script(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_a_slug_is_cut_between_words() -> None:
    assert slug("the quick brown fox", 10) == "the-quick"
    assert slug("the quick brown fox", 9) == "the-quick"
    assert slug("the quick brown fox", 8) == "the"
    assert slug("unbreakable", 5) == "unbre"


@given(st.text(max_size=60), st.integers(1, 40))
@example("0\x80\ufe20", 3)
def test_every_slug_fits_its_address_and_limit(text: str, limit: int) -> None:
    made = slug(text, limit)
    assert len(made) <= limit
    assert made == made.strip("-")
    assert made == "" or re.fullmatch(PATTERN, made)
    assert slug(made, limit) == made


def test_the_pattern_serves_a_url_converter() -> None:
    class Slug:
        regex = PATTERN
        to_python = to_url = staticmethod(str)

    register_converter(Slug, "text_room_slug")
    route = path("a/<text_room_slug:slug>/", lambda _request: None)  # type: ignore[arg-type,return-value]
    found = route.resolve("a/주지훈-the-10/")
    assert found is not None
    assert found.kwargs == {"slug": "주지훈-the-10"}
    assert route.resolve("a/b/c/") is None
    assert route.resolve("a/b?c/") is None


@pytest.mark.parametrize(
    "spellings",
    [
        [
            "K-Drama",
            "k drama",
            "Kdrama",
            "Ｋ－Ｄｒａｍａ",
            "K_DRAMA",
            "K·Drama",
            "#KDrama",
            "K\u00a0Drama",
            "K\u200bDrama",
        ],
        ["S.W.A.T.", "SWAT"],
        ["Grey's Anatomy", "Grey’s Anatomy", "greys anatomy"],
        ["(G)I-DLE", "G I-dle"],
        ["❤️", "❤"],
        ["ガールズ", "ｶﾞｰﾙｽﾞ"],
        ["한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8", "한 국"],
        ["ㅋㅋ", "\uffbb\uffbb"],
        ["Straße", "STRASSE"],
        ["Trauma™", "trauma"],
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: list[str]) -> None:
    assert len({key(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    "names",
    [["C", "C++", "C#"], ["🔥", "❤️", "🏥"], ["R&B", "RB"], ["100", "100%"], ["!!!", "?!"], ["é", "e"], ["™", "®"]],
)
def test_different_names_have_different_keys(names: list[str]) -> None:
    assert len({key(name) for name in names}) == len(names)


@given(st.text(max_size=30))
def test_a_key_is_its_own_key_and_no_visible_name_is_without_one(name: str) -> None:
    made = key(name)
    assert key(made) == made
    if re.search(r"[^\W_]|[!-~]", name):
        assert made


def test_public_ids_can_be_read_aloud_and_told_apart() -> None:
    made = {new_public_id() for _ in range(500)}
    assert len(made) == 500
    for public_id in made:
        assert re.fullmatch(PUBLIC_ID_PATTERN, public_id)
        assert re.fullmatch(r"[a-z][a-z0-9]{9}", public_id)
        assert not set(public_id) & set("aeiouyl01")
