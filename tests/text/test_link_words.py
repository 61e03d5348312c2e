"""Links whose words do not say where they lead."""

import pytest

from articles.text.link_words import empty_links
from articles.text.strip_markdown import columns


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("See [here](/a).", "here"),
        ("See [**Click here!**](/a).", "Click here!"),
        ("[this link](/a)", "this link"),
        ("[여기](/a)를 보세요", "여기"),
        ("[www.example.org/deck](/a)", "www.example.org/deck"),
        ("<https://example.org/deck>", "https://example.org/deck"),
        ("See [here][1].\n\n[1]: https://example.org", "here"),
        ("[](/a)", ""),
    ],
)
def test_words_that_say_nothing_are_found(body: str, words: str):
    assert empty_links(body) == (words,)


@pytest.mark.parametrize(
    "body",
    [
        "The [upper deck](/here)",
        "Here [she said](/a) it",
        "[Korea Herald](https://example.org)",
        "[example.org](/a)",
        "[![The deck](picture:bcdfg)](/a)",
        "Look [here] for it",
        "`[here](/a)`",
    ],
)
def test_other_links_are_let_alone(body: str):
    assert empty_links(body) == ()


def test_hangul_is_twice_as_wide():
    assert (columns("ferry"), columns("여객선"), columns("e\u0301")) == (5, 6, 1)
