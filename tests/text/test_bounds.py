"""How much of a text is Markdown: the work of a text of any length stops growing, and no word of it is lost."""

from pathlib import Path

import pytest

from articles.text import bounds, markdown, outline, syntax
from tests.sampling import sampled
from tests.steps import calls

DENSE = sampled(
    (
        *("[", "![", "](", "[a](", "[a](b) ", "*_", "a**", "**a** ", "~~a ", "`a ", "&", "&amp;", "<", "<a", "\\", "!"),
        *("- a\n", "1. a\n", "1. 1. 1. 1. a\n", "- - - - a\n", "> > > > a\n", "> a\n", "a\n\n", "a\n", "# a\n"),
        *("|a|b|\n|-|-|\n", "[a]: /b\n", "![a](picture:b)\n", "```\na\n", "_a_ ", "http://a.example ", "a@b.c "),
    ),
    8,
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", DENSE)
def test_the_steps_do_not_grow_beyond_the_bound(piece: str):
    once, twice = (piece * (bounds.MOST_SIGNS * size) for size in (1, 2))
    assert bounds.count_signs(once) >= bounds.MOST_SIGNS
    assert calls(lambda: markdown.render(twice)) <= 1.1 * calls(lambda: markdown.render(once))


@pytest.mark.slow
@pytest.mark.parametrize("piece", DENSE)
def test_every_letter_is_still_there(piece: str):
    words = "".join(f"{piece}{number} " for number in range(bounds.MOST_SIGNS + 10))
    assert bounds.markdown_length(words) < len(words)
    shown = outline.plain(words)
    assert [number for number in range(0, bounds.MOST_SIGNS, 97) if str(number) not in shown] == []


def test_the_end_stays_as_it_was_typed_in_a_paragraph_of_its_own():
    lines = [f"- *item* {number}\n" for number in range(bounds.MOST_SIGNS)]
    html = markdown.render("".join(lines))
    last = html.count("<li>")
    assert last == bounds.MOST_SIGNS // 4  # a dash, two stars and the end of the line each
    assert html.endswith(f"- *item* {bounds.MOST_SIGNS - 1}</p>\n")
    assert f"<p>- *item* {last}\n" in html


def test_a_line_that_is_too_much_by_itself_is_cut_where_the_signs_end():
    html = markdown.render("*a* " * bounds.MOST_SIGNS)
    assert html.count("<em>a</em>") == bounds.MOST_SIGNS // 2
    assert html.count("*a*") == bounds.MOST_SIGNS // 2


def test_prose_of_any_length_is_all_markdown():
    prose = "She counted the lamps; there were nine, and *one* was out.\n\n" * 3_000
    short = prose[:200_000].replace("\n\n", " ").replace("*", "")
    assert bounds.markdown_length(short) == len(short)
    assert bounds.markdown_length("[" * bounds.MOST_SIGNS) == bounds.MOST_SIGNS


def test_no_text_of_ours_comes_near_it():
    """So that what they render to is what it was: the texts of the tests and of the demo."""
    root = Path(__file__).parents[2]
    files = [path for folder in ("tests/data", "articles/demo", "docs") for path in (root / folder).rglob("*.*")]
    texts = [path for path in files if path.suffix in (".md", ".txt", ".html")]
    assert len(texts) > 10
    for path in texts:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert bounds.markdown_length(text) == len(text), path


def test_the_rest_is_no_markup(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(bounds, "MOST_SIGNS", 4)
    assert str(markdown.render("*a* *b*\n<b>c</b> & [d](https://d.example)\n")) == (
        "<p><em>a</em> <em>b</em></p>\n<p>&lt;b&gt;c&lt;/b&gt; &amp; [d](https://d.example)</p>\n"
    )
    assert [token.type for token in syntax.parse("*a* *b*\n\n \n")] == ["paragraph_open", "inline", "paragraph_close"]
