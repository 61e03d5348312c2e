"""Whatever the text: it is imported whole and accounted for, or refused in a sentence; nothing else ever happens."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.importing import ImportRefused, read, read_text
from articles.importing.alignment import missing
from articles.importing.blocks import Block, Kind, Span
from articles.importing.writing import markdown
from articles.text import outline, syntax
from tests.importing.helpers import shown

MANY = settings(suppress_health_check=list(HealthCheck))

WORDS = """1. 2. 3) #4 5- - • * > ## ### **a** _b_ [x](y) ![p](q) <b> </p> <h2> | --- === ``` ~~~ &amp; \\ “Yes.” — Ann
FAQs Conclusion Who? 🦸♂️ ① 1️⃣ 第一、 é 한국 한국어로 [^1] <ul><li>a<ul><li>b</ul></ul> \u202e \u200b \ufeff"""
LINES = (
    *("\n", "\n\n", "\r\n", "  ", "\t", "\x00", "\x0c", "What is it?", "“One two three four.”\n— Mara", "[^1]: note"),
    *("1. A\nb\n2. C\nd\n3. E\nf\n", "---\ntitle: x\n---\n", "<!-- x -->", "FAQ\nWhy so?\nIt is.\n"),
    *("<table><tr><td>1</td><td>2</td></tr></table>", "<blockquote>Yes<cite>Ann</cite></blockquote>"),
)
SCRAPS = st.sampled_from((*WORDS.split(), *LINES))
TEXTS = st.one_of(st.text(max_size=400), st.lists(st.one_of(SCRAPS, st.text(max_size=12)), max_size=40).map(" ".join))
LISTS = st.lists(st.one_of(TEXTS, SCRAPS), min_size=3, max_size=6).map(
    lambda bodies: "\n".join(f"{number}. Heading {number}\n{body}" for number, body in enumerate(bodies, 1))
)


@pytest.mark.slow
@MANY
@given(text=st.one_of(TEXTS, LISTS), kind=st.sampled_from(["text", "markdown", "html"]))
def test_any_text_is_imported_whole_or_refused(text: str, kind: str) -> None:
    try:
        result = read_text(text, kind=kind)
    except ImportRefused:
        return
    assert result.account.is_complete
    assert result.document.cards


@MANY
@given(
    data=st.one_of(st.binary(max_size=300), TEXTS.map(lambda text: text.encode("utf-8", "replace"))),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a"]),
)
def test_any_bytes_are_imported_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(ImportRefused):
        assert read(data, name).account.is_complete


@MANY
@given(text=LISTS)
def test_the_document_really_holds_the_words_that_the_account_calls_placed(text: str) -> None:
    try:
        result = read_text(text)
    except ImportRefused:
        return
    account = result.account
    told = [entry.before for entry in account.repaired]
    numbers = " ".join(entry.text for entry in account.placed if entry.where != "title")
    lost = missing(" ".join(account.source.split()), [shown(result), *told, *marks(numbers)])
    assert [token for token in lost if token.isalpha() and len(token) > 1] == []


def marks(text: str) -> list[str]:
    """The numbers, bullets and signs that the Document writes in its own way; "FAQs" is a part, not a text."""
    return ["".join(sign if not sign.isalpha() else " " for sign in text), "FAQs FAQ " * text.count("FAQ")]


@MANY
@given(text=st.text(max_size=60))
def test_escaped_text_shows_literally(text: str) -> None:
    line = syntax.without_control_signs(" ".join(text.split()))
    shown_line = outline.plain(markdown([Block(kind=Kind.PARAGRAPH, spans=(Span(line),))]))
    assert " ".join(shown_line.split()) == " ".join(line.split())


LARGE = 100_000


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "[" * LARGE,
        "*" * LARGE,
        "`" * LARGE,
        "<" * LARGE,
        "“" * LARGE,
        "> " * LARGE,
        "a  b" * (LARGE // 4),
        "\u202eשלום " * (LARGE // 7),
        "\n".join(f"{number}. Heading {number}" for number in range(1, 5_001)),
        "<div>" * (LARGE // 5),
        "- a\n" * (LARGE // 4),
    ],
    ids=["a", "bracket", "star", "tick", "less", "quote", "greater", "doubled", "rtl", "numbered", "div", "bullet"],
)
def test_hostile_text_is_refused_or_comes_with_a_complete_account(text: str, kind: str) -> None:
    text = text if text.startswith("1.") else f"1. One\n\n{text}\n\n2. Two\n\nb\n\n3. Three\n\nc"
    with contextlib.suppress(ImportRefused):
        assert read_text(text, kind=kind).account.is_complete
