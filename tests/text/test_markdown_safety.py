"""No text, however it is made, breaks the renderer, smuggles markup through it, or loses a word in it."""

import re
import sys
from types import FrameType
from typing import Any

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articles.text import markdown

PIECES = [
    *("<script>", "</script>", "<img src=x onerror=alert(1)>", "<p style='x'>", "javascript:alert(1)", "onclick=x"),
    *("[a](javascript:alert(1))", "![a](picture:p)", "![a](https://x.example/)", "[a]: javascript:x\n", "[a]", "<a:b>"),
    *("**", "*", "_", "~~", "`", "```\n", "> ", ">", "- ", "1. ", "# ", "---", "| a | b |\n|---|---|\n", "|", "\\"),
    *(
        "\n",
        "\n\n",
        "  \n",
        "    ",
        "\t",
        "&#106;",
        "&amp;",
        "&lt;",
        '"',
        "'",
        "(",
        ")",
        "[",
        "]",
        "!",
        "<",
        "—",
        "-- ",
    ),
    *("한국", "주지훈은", "“", "”", "人", "🔥", "👩‍⚕️", "\x00", "\x0c", "\ud800", "\u200d", "\ufffe", "\u2028", "word"),
]
markdowns = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=200))

ELEMENTS = {
    *("a", "br", "code", "em", "img", "picture", "s", "small", "source", "span", "strong"),
    *("blockquote", "div", "figcaption", "figure", "h3", "hr", "li", "ol", "p", "pre", "ul"),
    *("table", "tbody", "td", "th", "thead", "tr"),
}
ATTRIBUTES = {
    *("alt", "aria-label", "class", "decoding", "height", "href", "lang", "loading", "rel", "role", "scope", "src"),
    *("sizes", "srcset", "start", "tabindex", "type", "width"),
}


def _library(_public_id: str) -> markdown.Image:
    copies = (("image/avif", (("/media/a,b/320.avif", 320), ("https://cdn.example/640.avif", 640))),)
    return markdown.Image("/media/a.webp", 4, 3, alt='"<한국>"', credit="A & B", sources=copies)


@given(markdowns)
def test_only_known_elements_and_attributes_come_out(source: str) -> None:
    tree = LexborHTMLParser(f"<main>{markdown.render(source, _library)}</main>")
    for node in tree.css("main *"):
        assert node.tag in ELEMENTS
        assert set(node.attributes) <= ATTRIBUTES
        address = node.attributes.get("href") or node.attributes.get("src") or "/"
        assert re.match(r"https?://|mailto:|/(?!/)|#", address, re.IGNORECASE)


@given(markdowns)
def test_cleaning_again_changes_nothing(source: str) -> None:
    made = str(markdown.render(source, _library))
    assert markdown._cleaner.clean(made) == made


@given(st.text(max_size=200))
def test_a_plain_field_keeps_its_text_and_makes_no_element_but_spans(text: str) -> None:
    assert set(re.findall(r"<[^>]*>", markdown.inline(text))) <= {'<span lang="ko">', "</span>"}


WORDS = st.lists(st.from_regex(r"[a-z]{2,8}|[가-힣]{1,4}|[а-я]{3,6}", fullmatch=True), min_size=1, max_size=8)
FRAMES = [
    "{}",
    "> {}",
    "- {}",
    "1. {}",
    "# {}",
    "**{}**",
    "[{}](/a/)",
    "[{}](bad:x)",
    "> a\n> — {}",
    "| {} |\n|---|",
    "`{}`",
]


@pytest.mark.slow
@given(WORDS, st.lists(st.sampled_from(FRAMES), min_size=1, max_size=3), st.integers(0, 40))
def test_every_word_survives_at_any_depth(words: list[str], frames: list[str], depth: int) -> None:
    source = " ".join(words)
    for frame in frames:
        source = frame.format(source) if "\n" not in source else source
    source = "> " * depth + source
    shown = LexborHTMLParser(f"<main>{markdown.render(source)}</main>").css_first("main").text()
    for word in words:
        assert word in shown
        assert word in markdown.plain(source)


@given(markdowns)
def test_reading_a_body_never_fails(source: str) -> None:
    markdown.links(source)
    markdown.refused(source)
    markdown.quotations(source)
    markdown.images_used(source)
    assert "\n" not in markdown.excerpt(source)
    assert len(markdown.excerpt(source, 30)) <= 30


@pytest.mark.parametrize(
    "unit",
    ["[", "]", "*", "_", "**a ", "*_", ">", "> ", "`", "![", "[a](", "![[]()", "~~a ", "- ", "<", "&", "|", "한 ",
     "한.", "**한", "> a\n> — b\n\n", "|a|b|\n|-|-|\n", "[a]: /x\n", "![a](picture:b)\n"],
)  # fmt: skip
def test_hostile_input_takes_steps_in_proportion_to_its_length(unit: str) -> None:
    def steps(length: int) -> int:
        count = 0

        def each(_frame: FrameType, event: str, _arg: object) -> Any:
            nonlocal count
            count += event == "line"
            return each

        source = (unit * length)[:length]
        sys.settrace(each)
        try:
            markdown.render(source)
        finally:
            sys.settrace(None)
        return count

    steps(100)
    assert steps(2_000) < 8 * steps(500) + 5_000  # a fourfold length; the square of it would be sixteenfold


def test_the_sanitiser_is_the_last_hand_on_the_html(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a fault of the parser or of ours lets through is stopped."""
    monkeypatch.setattr(
        markdown._Rendering, "html", lambda _self, _tokens: '<p style="x" onclick="y">a<script>b</script>'
    )
    assert markdown.render("a") == "<p>a</p>"


def test_nh3_is_not_asked_to_allow_a_style_or_an_id() -> None:
    assert markdown._cleaner.clean('<p id="a" style="b" class="c">d</p>') == "<p>d</p>"
    assert nh3.is_html(markdown.render("a"))


def test_a_picture_with_copies_keeps_to_the_known_elements() -> None:
    test_only_known_elements_and_attributes_come_out.hypothesis.inner_test("![a](picture:p) b ![c](picture:d)")
