"""Notes to oneself are found as they stand, and words that look like them are not."""

import pytest

from articles.text.placeholders import placeholder


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is TK years old", "TK"),
        ("TKTK", "TKTK"),
        ("**TODO**: ask her", "TODO"),
        ("FIXME", "FIXME"),
        ("XXX actors", "XXX"),
        ("He was born in ???.", "???"),
        ("It won [source?]", "[source?]"),
        ("It won (Source ?)", ""),
        ("It won [Citation needed]", "[Citation needed]"),
        ("그는 [출처 필요] 말했다", "[출처 필요]"),
        ("Lorem ipsum dolor", "Lorem ipsum"),
        ("[the deck](https://example.org/x) TK", "TK"),
    ],
)
def test_a_note_is_found(text: str, found: str):
    assert placeholder(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "The Tk toolkit",
        "STKS and TKO",
        "XXXTentacion",
        "the film xXx",
        "TODO LO QUE SABEMOS",
        "Really???",
        "“Who is it?”",
        "[the deck](https://example.org/TODO/TK?a=???)",
        "https://example.org/TODO",
        "<https://example.org/XXX>",
        "see #TODO and @TK",
        "[deck]\n\n[deck]: https://example.org/TODO",
    ],
)
def test_what_only_looks_like_one_is_none(text: str):
    assert placeholder(text) == ""
