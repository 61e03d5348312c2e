"""What cannot be kept or shown goes; invisible signs stay where they mean something."""

from __future__ import annotations

import json
import re
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import signs, slugs

#: Everything that Unicode has, surrogates too, with the signs that this is about far more often than by chance.
hostile = st.text(
    st.characters()
    | st.characters(categories=["Cc", "Cf", "Cs", "Cn"])
    | st.sampled_from(
        "\u200b\u200c\u200d\u2060\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2069\ufe0f\u180e\u115f\U000e0067"
    )
    | st.sampled_from("aا크😀👩❤\U0001f3f4ക്1 \n")
)


@given(hostile)
def test_what_is_left_goes_through_xml_json_and_utf_8(text: str):
    for made in (signs.body(text), signs.line(text)):
        assert ET.fromstring(f"<a>{made.replace('&', '').replace('<', '')}</a>") is not None
        assert json.loads(json.dumps(made)) == made
        assert made.encode().decode() == made
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", made)


@given(hostile)
def test_doing_it_twice_changes_nothing(text: str):
    assert signs.body(signs.body(text)) == signs.body(text)
    assert signs.line(signs.line(text)) == signs.line(text)


@given(hostile.filter(lambda text: not re.search("[\x80-\x9f]", text)))
def test_whatever_can_be_seen_stays_in_its_order(text: str):
    def visible(text: str) -> str:
        return "".join(
            sign
            for sign in text
            if unicodedata.category(sign)[0] in "LNPS" and sign not in "\u115f\u1160\u3164\uffa0\ufffc\ufffd"
        )

    assert visible(signs.body(text)) == visible(
        text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )
    assert visible(signs.line(text)) == visible(signs.body(text))


@given(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u115f\u1160\u3164\uffa0\ufffc"))
)
def test_a_text_of_visible_signs_stays_as_it_is(text: str):
    assert signs.body(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "👩‍💻 and 👨‍👩‍👧‍👦",
        "❤️‍🔥",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "1️⃣ #️⃣ ☠️ ✈︎",
        "می‌خواهم PDF‌ها",  # Persian: ZWNJ parts what would join
        "ക്‍ ശ്രീ",  # Malayalam: virama and ZWJ at the end of a word
        "ක්‍රි",
        "עברית \u2067(English)\u2069 עוד",
        "שלום\u200f!",
        "ภาษา\u200bไทย",
        "葛\U000e0100城",
        "K\u2060-\u2060Drama",
        "\u115f\u1161",
        "ᠠ\u180eᠠ",
        "é é",  # combining marks are not invisible
    ],
)
def test_invisible_signs_stay_where_they_mean_something(text: str):
    assert signs.body(text) == text
    assert signs.line(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Soft\x0bbreak", "Soft break"),
        ("\ufeffThe lamp\x00\x08", "The lamp"),
        ("dis\u00adcretion", "discretion"),
        ("Don\x92t say \x93no\x94\x81", "Don’t say “no”"),
        ("half \ud83d here, whole \ud83d\ude00 there", "half \ufffd here, whole 😀 there"),
        ("a\u200bb\u200cc\u200dd", "abcd"),
        ("\u202edesrever\u202c", "desrever"),
        ("Latin \u2067alone\u2069", "Latin alone"),
        ("שלום \u202bopen", "שלום open"),
        ("LRM\u200e here", "LRM here"),
        ("😀\u200d and \u200d😀", "😀 and 😀"),
        ("a\ufe0f\ufe01 \ufe0f", "a"),
        ("hidden\U000e0068\U000e0069", "hidden"),
        ("🏴\U000e0068\U000e0069", "🏴"),
        ("\u3164\u3164", ""),
        ("\uffff\ufdd0\U0010fffe", ""),
        ("one\u2028two\u2029three\r\nfour\tfive", "one two three four five"),
        ("object \ufffc gone", "object  gone"),
    ],
)
def test_they_go_where_they_mean_nothing(text: str, left: str):
    assert signs.line(text) == left


def test_a_body_keeps_its_lines():
    assert signs.body("one\r\ntwo\rthree\x0bfour\u2028five\n\n\tcode") == "one\ntwo\nthree\nfour\nfive\n\n\tcode"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("dis\u00adcretion of the lamp", "discretion-of-the-lamp"),
        ("ക്\u200dഷ", "ക്ഷ"),
        ("می‌خواهم", "می-خواهم"),
        ("a\u200bb", "ab"),
    ],
)
def test_an_invisible_sign_parts_no_word_of_an_address(text: str, slug: str):
    assert slugs.slug(text) == slug
