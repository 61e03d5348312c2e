"""What pages hold besides plain paragraphs: words that are folded away, lists of Google Docs, powers, lazy pictures,
questions of publishing systems, names in angle brackets, marks of page builders."""

from __future__ import annotations

import pytest

from articles.importing import Imported, read_text
from articles.importing.blocks import Hint, Kind
from articles.importing.readers import html
from articles.text import outline

CARDS = "<h2>2. The Boat</h2><p>It came back.</p><h2>3. The Coat</h2><p>It was borrowed.</p>"


def page(body: str) -> Imported:
    result = read_text(f"<h1>The quay</h1><p>An evening.</p><h2>1. The Lamp</h2>{body}{CARDS}", kind="html")
    assert [card.heading for card in result.document.cards] == ["The Lamp", "The Boat", "The Coat"]
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "found no place" in entry.why]
    return result


def first(body: str) -> str:
    return page(body).document.cards[0].body


def aside(body: str) -> list[str]:
    return [entry.text for entry in page(body).account.unplaced]


# --- folded away ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<p>Oil burns. <button onclick=\"show('m1')\">Read more</button><span id=m1 style='display:none'>All night.</span></p>",
        "<p>Oil burns.</p><a href='#rest'>Show more</a><div id=rest hidden><p>All night.</p></div>",
        "<p>Oil burns.</p><button aria-controls=x>더 보기</button><div id=x hidden>All night.</div>",
        "<p>Oil burns.</p><div role=tabpanel style='display: none'>All night.</div>",
        "<p>Oil burns.</p><div class='accordion-body' style='display:none'>All night.</div>",
        "<p>Oil burns.</p><details><summary>Leer más</summary>All night.</details>",
    ],
)
def test_words_that_a_reader_unfolds_are_placed(body: str) -> None:
    words = outline.plain(first(body)).split()
    assert [word for word in words if word in ("Oil", "burns.", "All", "night.")] == ["Oil", "burns.", "All", "night."]


@pytest.mark.parametrize(
    "label", ["Read more", "Show less", "Mehr lesen", "더 보기", "続きを読む", "展开", "Читать далее"]
)
def test_the_label_that_unfolds_them_is_set_aside(label: str) -> None:
    body = f"<p>Oil burns.</p><button aria-controls=x>{label}</button><div id=x hidden>All night.</div>"
    assert first(body) == "Oil burns.\n\nAll night."
    assert aside(body) == [label]


def test_a_speaker_right_behind_the_words_of_a_quotation_is_placed() -> None:
    result = page("<blockquote>Oil burns<cite>Ann</cite></blockquote>")
    assert result.document.cards[0].body == "> Oil burns\n>\n> — Ann"
    assert result.account.unplaced == ()


def test_a_link_that_leads_to_another_page_is_text_whatever_it_says() -> None:
    assert first("<p><a href='https://example.org/oil'>Read more</a></p>") == "[Read more](https://example.org/oil)"


def test_what_nothing_unfolds_is_shown_with_its_reason() -> None:
    result = page("<p>Oil<span hidden> of whales</span> burns.</p><div style='display:none'>Preheader of a mail</div>")
    assert result.document.cards[0].body == "Oil burns."
    assert [entry.text for entry in result.account.unplaced] == ["of whales", "Preheader of a mail"]
    assert all("hidden" in entry.why for entry in result.account.unplaced)


def test_a_hidden_word_in_a_quotation_is_not_published() -> None:
    body = "<blockquote><p>Nobody sleeps<span hidden> or so</span>.</p><div hidden>secret</div></blockquote><p>Oil.</p>"
    assert first(body) == "> Nobody sleeps.\n\nOil."
    assert sorted(aside(body)) == ["or so", "secret"]


# --- forms ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "markdown"),
    [
        (
            "<ul><li>oil</li><ul><li>whale</li><ul><li>old</li></ul></ul><li>fire</li></ul>",
            "- oil\n  - whale\n    - old\n- fire",
        ),
        (
            "<ul class='lst-kix_a1-0'><li>oil</li></ul><ul class='lst-kix_a1-1'><li>whale</li></ul>",
            "- oil\n  - whale",
        ),
        ("<p>10<sup>6</sup> lamps, H<sub>2</sub>O</p>", "10⁶ lamps, H₂O"),
        ("<p>x<sup>-12</sup> and 2<sup>ab</sup></p>", "x⁻¹² and 2^ab"),
        ("<p>the 1<sup>st</sup> and 2<sup>nd</sup>, Lamp<sup>™</sup></p>", "the 1st and 2nd, Lamp™"),
        ("<p>m<span style='vertical-align:super;font-size:.6em'>2</span></p>", "m²"),
        (
            "<pre class='wp-block-verse'>Salt on the sill,\nsalt on the <em>sea</em></pre>",
            "Salt on the sill,\\\nsalt on the *sea*",
        ),
        ("<p>Seen in <Vincenzo> and <Squid Game>.</p>", "Seen in \\<Vincenzo> and \\<Squid Game>."),
        ("<p>A <Time> and a <b>lamp</b></p>", "A \\<Time> and a **lamp**"),
        ("<table><tr><td>Oil of whales</td></tr></table>", "| Oil of whales |\n| --- |"),
    ],
)
def test_forms_of_text(body: str, markdown: str) -> None:
    assert first(body) == markdown


@pytest.mark.parametrize("tag", ["<o:p>", "<x-lamp>", "<div>", "<P>", "<font>"])
def test_elements_are_no_names(tag: str) -> None:
    assert first(f"<p>Oil {tag} burns.</p>").replace("\n\n", " ") == "Oil burns."


@pytest.mark.parametrize(
    "picture",
    [
        "<img data-src='https://example.org/a.jpg' src='data:image/gif;base64,R0lGODlhAQABAAAAACw='  alt='A lamp'>",
        "<img srcset='https://example.org/s.jpg 320w, https://example.org/a.jpg 1280w' alt='A lamp'>",
        "<img src='/img/placeholder.png' data-srcset='https://example.org/s.jpg 1x, https://example.org/a.jpg 2x' alt='A lamp'>",
        "<picture><source srcset='https://example.org/a.jpg 2x'><img alt='A lamp'></picture>",
        "<img src='https://example.org/a.jpg' srcset='https://example.org/b.jpg 99w' alt='A lamp'>",
    ],
)
def test_a_lazy_picture_is_found_where_it_is_named(picture: str) -> None:
    assert first(f"<p>Oil.</p>{picture}") == "Oil.\n\n[picture: A lamp](https://example.org/a.jpg)"


# --- questions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "<div class='schema-faq-section'><strong class='schema-faq-question'>Does it burn?</strong> <p>Yes.</p></div>",
        "<div class='rank-math-faq-item'><h3 class='rank-math-question'>Does it burn?</h3><div>Yes.</div></div>",
        "<div class='kg-toggle-card'><h4 class='kg-toggle-heading-text'>Does it burn?</h4><p>Yes.</p></div>",
        "<details><summary>Does it burn?</summary><p>Yes.</p></details>",
        "<div itemscope itemtype='https://schema.org/Question'><span itemprop=name>Does it burn?</span><p>Yes.</p></div>",
        "<button aria-expanded=false aria-controls=y>Does it burn?</button><div id=y hidden>Yes.</div>",
    ],
)
def test_the_questions_of_publishing_systems_are_marked(body: str) -> None:
    blocks = list(html.read(f"<p>Before.</p>{body}", "page.html").blocks)
    assert [block.text for block in blocks] == ["Before.", "Does it burn?", "Yes."]
    assert [block.hint for block in blocks] == [Hint.NONE, Hint.QUESTION, Hint.NONE]


# --- old WordPress ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "between",
    ["", "<p>A paragraph.</p>", "<table><tr><td>a</td><td>b</td></tr></table>", "<blockquote>Yes.</blockquote>"],
)
def test_blank_lines_divide_an_old_post_whatever_else_stands_in_it(between: str) -> None:
    text = f"An evening on the quay.\n\nThe second paragraph.\n\n{between}\n\n<h2>1. The Lamp</h2>\nOil\nburns.\n\nAll night."
    blocks = html.read(text, "post.html").blocks
    paragraphs = [block.text for block in blocks if block.kind is Kind.PARAGRAPH]
    assert paragraphs[:2] == ["An evening on the quay.", "The second paragraph."]
    assert paragraphs[-2:] == ["Oil\nburns.", "All night."]


def test_blank_lines_in_the_source_of_a_page_divide_nothing() -> None:
    assert first("\n\n<div>\n\n Oil\n\n <b>burns</b>\n\n all night.\n\n</div>\n\n") == "Oil **burns** all night."


def test_marks_of_page_builders_are_taken_off_and_told() -> None:
    result = page("[et_pb_section][et_pb_text admin_label='x']<p>Oil [sic] burns [1].</p>[/et_pb_text][/et_pb_section]")
    assert result.document.cards[0].body == "Oil \\[sic\\] burns \\[1\\]."
    assert any("[et_pb_text]" in note for note in result.account.notes)
