"""The HTML of `render` as Markdown again: the same words in the same blocks."""

import pytest
from hypothesis import assume, given
from markdown_it import MarkdownIt

from articles.text import bounds
from articles.text.html_to_markdown import heading, inline_to_markdown, to_markdown, to_text
from articles.text.markdown import Image, inline, render, sanitise
from tests.strategies import hostile

SAME = [
    "One *two* **three** ~~four~~ `five`.\n\nSix.",
    "3. Three\n4. Four\n   - Inner\n\nAfter",
    "- a\n- b\n\n* c\n\n- d\n\n1. x\n\n1) y",
    "> q\n> w\n>\n> — Me *x*",
    "> a\n>\n> > b",
    "> — alone",
    "| a | b |\n|:-:|--:|\n| `x\\|y` | *z* |",
    "```\na\n`b`\n```\n\n````\n```\n````",
    "### H \\#\n\ntext",
    "a\\\nb\nc",
    "\\# no\n\n1\\. no\n\n\\- no\n\n\\> no\n\n* li\n\n  para\n\n  ```\n  code\n  ```",
    "[x](/a) [y](https://e.org/a_(b)) <https://e.org> [a *b* c](mailto:x@y.example)",
    "주지훈 **“인용”**은 좋다",
    "***a** b* _c_ snake_case_x 5*3*2 &amp; &lt; \\&amp; <b>",
    "---\n\n***",
    "a | b\n\\--- | ---",
    "`` ` `` `a``b`",
    "1. a\n\n   b\n2. c",
]


@pytest.mark.parametrize("source", SAME)
def test_what_comes_back_renders_as_it_was(source: str) -> None:
    html = render(source)
    assert render(to_markdown(html)) == html


def test_pictures_keep_their_words_and_get_whole_addresses() -> None:
    library = {"scene1": Image("/media/scene1.webp", 640, 360, alt="Two run", credit="Jane Doe", licence="CC BY 4.0")}
    html = render('![](picture:scene1 "They *run*")\n\n![Not there](picture:none)', library.get)
    assert to_markdown(html, "https://site.example") == (
        "![Two run](https://site.example/media/scene1.webp)\n\nThey \\*run\\* Jane Doe, CC BY 4.0\n\nNot there"
    )


def test_a_field_of_one_line_shows_its_signs() -> None:
    assert inline_to_markdown(inline("1. <b>Two</b> *stars* & 웃음")) == "1\\. \\<b>Two\\</b> \\*stars\\* & 웃음"
    assert heading(2, inline("C#"), "3.") == "## 3. C\\#"


@pytest.mark.slow
@given(hostile())
def test_no_word_is_lost_or_found_however_it_is_written(source: str) -> None:
    html = render(source)
    written = to_markdown(html)
    assume(
        bounds.count_signs(written) <= bounds.MOST_SIGNS
    )  # escaped it has more of them, and what follows is no Markdown
    assert to_text(render(written)).split() == to_text(html).split()


@given(hostile(longest=80))
def test_plain_text_stays_text_for_other_readers_of_markdown(text: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(f"# {inline_to_markdown(inline(text))}")
    assert to_text(html).split() == to_text(inline(text)).split()
    assert "<script" not in html
    assert "<img" not in html


@pytest.mark.parametrize("tag", ["em", "span", "a", "blockquote", "ul><li", "div", "figure"])
def test_words_are_kept_at_any_depth(tag):
    """A file may claim to hold HTML of ours, nested as deeply as it likes."""
    html = str(sanitise(f"<p>above</p>{f'<{tag}>' * 5000}# lamps"))
    found = to_markdown(html)
    assert "above" in found
    assert "lamps" in found
    assert "<h3>" not in render(found)
