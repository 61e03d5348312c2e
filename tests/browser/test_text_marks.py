"""What a writer sees while writing is what readers get; the commands write the marks and take them off again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser

from articles.text import markdown
from tests.browser.text_field import TextPage

#: Looks in the field, and the elements that the renderer makes of the same words.
LOOKS = {"bold": "strong", "italic": "em", "struck": "s", "code": ":not(pre) > code", "link": "a", "heading": "h3"}
WRITTEN = (
    "**bold** and *italic*, ***both***, ~~struck~~, `code **no**`, __bold__, _italic_",
    "그는 **“인용”**은 말했다. **(괄호)**의 **『책』**은 ~~‘작은’~~이다. *“기울임”*을",
    "**「括弧」**は、**日本語。**です ~~（全角）~~も **a**の**b**",
    "**“quoted”**s **a **b** ** not ** ** ~~~three~~~ ~one~ ~~a~b~~",
    "**🔥 hot**한 *🔥*은 **a!**b",
    "snake_case_word and 2*3*4 and \\*no\\* and \\**half*",
    '[label](https://example.org/a "title") [here](/a/) [there](#b) [mail](mailto:a@b.c) <https://example.org/x>',
    "[refused](javascript:alert) [double](//example.org) [sic] [empty]() [**bold**](https://example.org)",
    "# One\n## Two ##\n### Three **bold**\n#None\n    # Four",
    "Not a heading\n---\nnor\n===\n\n    indented **bold**\n\n<b>html</b> <!-- *a* -->\n<div>\n**bold**\n</div>",
    "```\n**no**\n```\n**yes**",
    "- **a**\n  - *b*\n1. `c`\n   **d**\n\n**e\nf**\n\n**g\n\nh**",
    "> **a**\n> *b\n> c*\n\n> > **d**\n>\n> **e**",
)
QUOTATIONS = {
    "> Never.\n> — Mina": ["— Mina"],
    "> Never.\n>\n> -- Mina, *2024*": ["-- Mina, 2024"],
    "> **A**\n> **— Mina**": ["— Mina"],
    "> — Mina": [],
    "> Never — Mina": [],
    "> Never.\n> — Mina\n> said": [],
    "> *Never.\n> — Mina*": [],
    "> > Never.\n> > ― Mina": ["― Mina"],
    "> Never.\n> - — Mina": [],
}


@pytest.fixture(scope="module")
def field(browser: Browser) -> Iterator[TextPage]:
    page = TextPage(browser).mount("", picture="picture:1")
    yield page
    page.context.close()
    assert page.said == []


def put(field: TextPage, text: str) -> None:
    field.page.evaluate("text => { field.receive(text); document.activeElement.blur(); }", text)


def bare(words: list[str]) -> str:
    """Without spaces and the signs of quotations, which cannot be seen."""
    return "".join("".join(words).replace(">", "").split())


@pytest.mark.parametrize("text", WRITTEN)
def test_words_look_as_they_are_rendered(field: TextPage, text: str):
    put(field, text)
    html = LexborHTMLParser(markdown.render(text))
    for look, element in LOOKS.items():
        assert bare(field.looks(look)) == bare([node.text() for node in html.css(element)]), look
    assert field.text == text


@pytest.mark.parametrize("text", QUOTATIONS)
def test_a_quotations_last_line_is_set_apart_where_it_is_a_name(field: TextPage, text: str):
    put(field, text)
    captions = [node.text() for node in LexborHTMLParser(markdown.render(text)).css("figcaption")]
    # Its sign stands in the line and cannot be seen.
    shown = [words.lstrip("> ") for words in field.looks("attribution")]
    assert shown == QUOTATIONS[text]
    assert [words.lstrip("—―- ") for words in shown] == captions


def test_signs_are_covered_until_the_caret_comes_to_them(field: TextPage):
    text = "# Head\n\nA **bold** [link](https://example.org/).\n\n- item"
    put(field, text)
    expect(field.box).to_have_text("HeadA bold link.•item")
    expect(field.page.get_by_title("https://example.org/")).to_have_text("link")
    field.select(text.index("old"))
    expect(field.box).to_have_text("HeadA **bold** link.•item")
    field.select(text.index("ink"))
    expect(field.box).to_have_text("HeadA bold [link](https://example.org/).•item")
    field.select(0)
    expect(field.box).to_have_text("# HeadA bold link.•item")
    field.select(text.index("- item"))
    expect(field.box).to_have_text("HeadA bold link.- item")
    field.choose(text)
    expect(field.box).to_have_text("# HeadA **bold** [link](https://example.org/).- item")
    assert field.text == text


def test_a_picture_of_ours_shows_and_any_other_says_its_name(field: TextPage):
    put(field, "Above\n\n![A ship](picture:1)\n\n![Gone](picture:2)")
    expect(field.page.get_by_role("img", name="A ship")).to_be_visible()
    assert field.looks("missing") == ["![Gone](picture:2)"]
    field.select(8)
    expect(field.box).to_contain_text("![A ship](picture:1)")
    expect(field.page.get_by_role("img", name="A ship")).to_be_visible()


BOLD, ITALIC, LINK = "Control+b", "Control+i", "Control+k"
BULLETS, NUMBERS, QUOTE = "Control+Shift+8", "Control+Shift+7", "Control+Shift+9"
NAMES = {BOLD: "bold", ITALIC: "italic", LINK: "link", BULLETS: "bullets", NUMBERS: "numbers", QUOTE: "quotation"}
#: What stands between the bars is selected; one bar is the caret.
ON_AND_OFF = [
    ("one |two| three", BOLD, "one **two** three"),
    ("one t|wo three", BOLD, "one **two** three"),
    ("one| two |three", ITALIC, "one *two* three"),
    ("**|two|**", ITALIC, "***two***"),
    ("그는 |“인용”|은", BOLD, "그는 **“인용”**은"),
    ("|- one\n- two\n\n> three|", BOLD, "- **one**\n- **two**\n\n> **three**"),
    ("see the |site| now", LINK, "see the [site](https://) now"),
    ("see the si|te now", LINK, "see the [site](https://) now"),
    ("|one\ntwo|", BULLETS, "- one\n- two"),
    ("|one\n\ntwo|", NUMBERS, "1. one\n\n2. two"),
    ("> o|ne", BULLETS, "> - one"),
    ("Never.|", QUOTE, "> Never.\n> — "),
    ("|one\ntwo\n\nthree|", QUOTE, "> one\n> two\n> \n> three\n> — "),
    ("|one\n— Mina|", QUOTE, "> one\n> — Mina"),
]
ONE_WAY = [
    ("**one |two| three**", BOLD, "**one** two **three**"),
    ("one |**two|** three", BOLD, "one two three"),
    ("*one **|two|***", ITALIC, "*one* **two**"),
    ("|one **two| three** four", BOLD, "**one two three** four"),
    ("***|two|***", ITALIC, "**two**"),
    ("|- one\n2) two|", NUMBERS, "1. one\n2. two"),
    ("above\no|ne\nbelow", BULLETS, "above\n\n- one\n\nbelow"),
    ("> a\n> o|ne", BULLETS, "> a\n>\n> - one"),
    ("> o|ne\n> — Mina\n\nbelow", QUOTE, "one\n— Mina\n\nbelow"),
    ("|https://example.org/|", LINK, "[](https://example.org/)"),
]


def put_and_select(field: TextPage, text: str) -> str:
    words = text.replace("|", "")
    put(field, words)
    start = text.index("|")
    field.select(start, text.rindex("|") - 1 if text.count("|") > 1 else start)
    return words


@pytest.mark.parametrize(("before", "keys", "after"), ON_AND_OFF)
def test_a_command_writes_its_marks_and_takes_them_off_again(field: TextPage, before: str, keys: str, after: str):
    words = put_and_select(field, before)
    field.press(keys)
    assert field.text == after
    field.press("Control+z")
    assert field.text == words
    field.page.evaluate("name => field.run(name)", NAMES[keys])
    assert field.text == after
    field.page.evaluate("name => field.run(name)", NAMES[keys])
    assert field.text == words


@pytest.mark.parametrize(("before", "keys", "after"), ONE_WAY)
def test_a_command_sees_what_is_marked_already(field: TextPage, before: str, keys: str, after: str):
    put_and_select(field, before)
    field.press(keys)
    assert field.text == after


def test_marks_are_typed_into_and_left_by_the_same_keys(field: TextPage):
    put_and_select(field, "It is |")
    field.press(BOLD)
    field.type("true")
    field.press(BOLD)
    field.type(" and ")
    field.press(ITALIC, ITALIC)
    field.type("old")
    assert field.text == "It is **true** and old"


ENTERS = [
    ("> Never.|\n> — ", "Mina", "> Never.\n> — Mina"),
    ("> Never.|\n> — Mina", "more", "> Never.\n> more\n> — Mina"),
    ("> Ne|ver.\n> — ", "", "> Ne\n> ver.\n> — "),
    ("> Never.\n> |\n> — ", "Mina", "> Never.\n> — Mina"),
    ("> Never.\n> — Mina|", "on", "> Never.\n> — Mina\n\non"),
    ("> Never.\n> — |", "on", "> Never.\n\non"),
    ("- one|", "two", "- one\n- two"),
    ("- o|ne", "", "- o\n- ne"),
    ("- one\n- |", "on", "- one\n\non"),
    ("1. one|\n2. two\n   more\n3. three", "new", "1. one\n2. new\n3. two\n   more\n4. three"),
    ("> - one|", "two", "> - one\n> - two"),
    ("```\n- a|\n```", "b", "```\n- a\nb\n```"),
    ("  one|", "two", "  one\ntwo"),
    ("|- one", "", "\n- one"),
]


@pytest.mark.parametrize(("before", "typed", "after"), ENTERS)
def test_enter_goes_on_as_the_line_wants(field: TextPage, before: str, typed: str, after: str):
    put_and_select(field, before)
    field.press("Enter")
    field.type(typed)
    assert field.text == after


def test_a_quotation_is_written_without_touching_its_signs(field: TextPage):
    put_and_select(field, "|")
    field.press(QUOTE)
    field.type("Never.")
    field.press("Shift+Enter")
    field.type("Not once.")
    expect(field.page.locator("[data-text-field] .ghost")).to_have_text("whose words these are")
    field.press("Enter")
    field.type("Mina")
    expect(field.page.locator("[data-text-field] .ghost")).to_have_count(0)
    field.press("Enter")
    field.type("On.")
    assert field.text == "> Never.\n> Not once.\n> — Mina\n\nOn."


def test_backspace_takes_the_sign_of_a_line_first(field: TextPage):
    for before, after in (("- |one", "one"), ("> |one", "one"), ("> 1. |one", "> one"), ("one| two", "on two")):
        put_and_select(field, before)
        field.press("Backspace")
        assert field.text == after
