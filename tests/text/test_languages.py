"""Tags of languages, and what HTML says of words in them."""

import pytest

from articles.text import languages
from articles.text.languages import attributes, direction, is_tag


@pytest.mark.parametrize("tag", [*languages.NAMES, "de-CH-1901", "sr-Latn-RS", "EN", "yue", "x" * 3])
def test_these_are_tags(tag: str):
    assert is_tag(tag)


@pytest.mark.parametrize(
    "tag",
    ["", "Korean", "k", "ko_KR", "ko-", "-ko", "ko\n", '"><b>', "ko kr", "한국어", "de-" + "abc-" * 20 + "x", "\x00"],
)
def test_these_are_none(tag: str):
    assert not is_tag(tag)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("ar-Latn", "ltr"), ("az-Arab", "rtl"), ("ko", "ltr"), ("", "ltr")],
)
def test_some_are_written_from_the_right(tag: str, expected: str):
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("tag", "around", "expected"),
    [
        ("", "en", ""),
        ("en", "en", ""),
        ("EN", "en", ""),
        ("ko", "en", ' lang="ko"'),
        ("ar", "en", ' lang="ar" dir="rtl"'),
        ("en", "ar", ' lang="en" dir="ltr"'),
        ("he", "ar", ' lang="he"'),
        ('"><script>', "en", ""),
    ],
)
def test_only_what_differs_from_the_page_says_so(tag: str, around: str, expected: str):
    assert attributes(tag, around) == expected
