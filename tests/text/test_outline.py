"""What a body says and points to, without its HTML."""

import pytest

from articles.text.markdown import (
    ImageUse,
    Link,
    Quotation,
    excerpt,
    images_used,
    links,
    picture_ids,
    plain,
    quotations,
    refused,
)

BODY = """\
The **first** line
goes [on](/facts/).

- One
- Two
  - Two *and* a half

> We [trained](https://a.example) hard.
>
> Every day.
> — 주지훈, Vogue

![A ward](picture:ward1 "Ward three")

| Actor | Part |
| --- | --- |
| Ju | Baek |

After the list, [nothing](javascript:x) ![](https://b.example/x.png) ![Again](picture:ward1) ![](picture:roof2).
"""


def test_plain_text_has_a_line_for_each_block_in_its_order() -> None:
    assert plain(BODY).split("\n") == [
        "The first line goes on.",
        "One",
        "Two",
        "Two and a half",
        "We trained hard.",
        "Every day.",
        "— 주지훈, Vogue",
        "Ward three",
        "Actor\tPart",
        "Ju\tBaek",
        "After the list, nothing   .",
    ]


def test_a_hard_break_breaks_the_plain_line_too() -> None:
    assert plain("One\\\nTwo") == "One\nTwo"


@pytest.mark.parametrize("source", ["", "\n\n", "[a]: /b\n", "![only an alt](picture:a)"])
def test_a_body_without_words_has_no_plain_text(source: str) -> None:
    assert plain(source) == ""


def test_code_and_escapes_are_plain_words() -> None:
    assert plain("\\*not bold\\* &amp; `code`\n\n```\nfenced\n```") == "*not bold* & code\nfenced"


def test_links_are_those_that_a_reader_can_follow() -> None:
    assert links(BODY) == (Link("on", "/facts/"), Link("trained", "https://a.example"))


def test_links_in_an_attribution_and_a_table_count() -> None:
    source = "> a\n> — [b](/b/)\n\n| [c](/c/) |\n| --- |"
    assert links(source) == (Link("b", "/b/"), Link("c", "/c/"))


def test_refused_are_links_and_pictures_that_show_as_text() -> None:
    assert refused(BODY) == (Link("nothing", "javascript:x"), Link("", "https://b.example/x.png"))


def test_quotations_keep_their_words_and_speakers_apart() -> None:
    source = BODY + "\n> Nobody said so.\n\n> Outer.\n>\n> > Inner.\n> > -- Ann\n"
    assert quotations(source) == (
        Quotation("We trained hard.\nEvery day.", "주지훈, Vogue"),
        Quotation("Nobody said so.", ""),
        Quotation("Outer.\nInner.\n— Ann", ""),
        Quotation("Inner.", "Ann"),
    )


def test_pictures_are_named_once_and_their_uses_each_time() -> None:
    assert picture_ids(BODY) == ("ward1", "roof2")
    assert images_used(BODY) == (
        ImageUse("ward1", "A ward", "Ward three"),
        ImageUse("ward1", "Again", ""),
        ImageUse("roof2", "", ""),
    )


def test_an_excerpt_that_fits_is_the_whole_text_on_one_line() -> None:
    assert excerpt("**One**\n\ntwo", 7) == "One two"


def test_an_excerpt_ends_after_a_whole_word() -> None:
    assert excerpt("The surgeons, who ran, won.", 14) == "The surgeons…"
    assert excerpt("The surgeons ran", 13) == "The surgeons…"


def test_an_excerpt_of_text_without_spaces_is_cut_where_it_must_be() -> None:
    assert excerpt("주지훈은배우다", 4) == "주지훈…"
