"""What HTML and Markdown hold besides their cards stays in its place and its form, or is shown as left out."""

from __future__ import annotations

import base64

import pytest

from articles.importing import Imported, neutral, read_text
from articles.text import outline
from tests.importing.helpers import shown

CARDS = "<h2>2. The Boat</h2><p>It came back.</p><h2>3. The Coat</h2><p>It was borrowed.</p>"


def page(body: str, around: str = "{}") -> Imported:
    """A page whose first card has this body."""
    html = f"<h1>The quay</h1><p>An evening.</p><h2>1. The Lamp</h2>{body}{CARDS}"
    result = read_text(around.format(html), kind="html")
    assert [card.heading for card in result.document.cards] == ["The Lamp", "The Boat", "The Coat"]
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "found no place" in entry.why]
    return result


def first(body: str) -> str:
    return page(body).document.cards[0].body


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>A <b>lamp</b> and <i>oil</i>.</p>", "A **lamp** and *oil*."),
        ("<p><b>A </b>lamp<b> burns</b></p>", "**A** lamp **burns**"),
        ("<p>un<i>believ</i>able</p>", "un*believ*able"),
        ("<p>2 * 3 * 4 and #1 [x] `y` a_b</p>", "2 \\* 3 \\* 4 and #1 \\[x\\] \\`y\\` a_b"),
        ("<p># not a heading</p>", "\\# not a heading"),
        ("<p>See <a href='https://example.org/a_(b)'>this</a>.</p>", "See [this](<https://example.org/a_(b)>)."),
        ("<p>See <a href='javascript:alert(1)'>this</a>.</p>", "See this."),
        (
            "<p>See <a href='https://www.google.com/url?q=https://example.org/%3Fa&sa=D'>this</a>.</p>",
            "See [this](https://example.org/?a).",
        ),
        ("<p>One<br>Two</p>", "One\\\nTwo"),
        ("<p>One<br><br>Two</p>", "One\n\nTwo"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ol start=3><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        (
            "<table><tr><th>Who</th><th>What</th></tr><tr><td>Ann</td><td>a|b</td></tr></table>",
            "| Who | What |\n| --- | --- |\n| Ann | a\\|b |",
        ),
        ("<h3>Cast</h3><p>Ann</p>", "### Cast\n\nAnn"),
        ("<pre>a  *b*\nc</pre>", "```\na  *b*\nc\n```"),
        ("<p><ruby>등대<rt>deungdae</rt></ruby> stands</p>", "등대 (deungdae) stands"),
        ("<img src='https://example.org/a.jpg' alt='A lamp'>", "[picture: A lamp](https://example.org/a.jpg)"),
        ("<p>Hi <img class=emoji src=x alt='🎉'></p>", "Hi 🎉"),
        ("<p>Yes<sup><a href='#n1'>1</a></sup></p>", "Yes\\[1\\]"),
        ("<dl><dt>Oil</dt><dd>Of whales</dd></dl>", "**Oil**\n\nOf whales"),
    ],
)
def test_forms_of_text(html: str, markdown: str) -> None:
    assert first(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<blockquote><p>The lamp never sleeps.</p><cite>Mara Tellin</cite></blockquote>",
        "<blockquote>The lamp never sleeps.<br>— Mara Tellin</blockquote>",
        "<blockquote><p>The lamp never sleeps.</p><p>- Mara Tellin -</p></blockquote>",
        "<figure><blockquote><p>The lamp never sleeps.</p></blockquote><figcaption>Mara Tellin</figcaption></figure>",
        "<blockquote><p>The lamp never sleeps.</p></blockquote><p>~ Mara Tellin</p>",
        "<blockquote><p>The lamp never sleeps.</p></blockquote><p>(Mara Tellin)</p>",
        "<blockquote><p>The lamp never sleeps.</p><footer>— Mara Tellin</footer></blockquote>",
        "<p>“The lamp never sleeps.” – Mara Tellin</p>",
        "<p>“The lamp never sleeps.” (Mara Tellin)</p>",
        "<p>Mara Tellin: “The lamp never sleeps.”</p>",
        "<p>“The lamp never sleeps.”<br>— Mara Tellin</p>",
        "<p><em>«The lamp never sleeps.»</em></p><p><strong>— Mara Tellin</strong></p>",
        "<p class=MsoQuote>The lamp never sleeps.</p><p>— Mara Tellin</p>",
    ],
)
def test_quotations_with_a_name(html: str) -> None:
    (quotation,) = outline.quotations(first(html))
    assert "The lamp never sleeps." in quotation.text
    assert quotation.attribution == "Mara Tellin"


@pytest.mark.parametrize(
    "html",
    [
        "<p>“The lamp,” she said, “never sleeps.” – and went</p>",
        "<p>He called it “the lamp that never sleeps” – Mara laughed.</p>",
        "<p>“Always” – a song by the harbour band</p>",
        "<p>A cornfield.</p><p>— Joe, age 9</p>",
        "<p>Korean title: “The lamp never sleeps”</p>",
        "<p>The last words were: “The lamp never sleeps.”</p>",
    ],
)
def test_what_only_looks_like_a_quotation_stays_text(html: str) -> None:
    assert outline.quotations(first(html)) == ()


def test_a_picture_in_the_page_comes_along() -> None:
    data = base64.b64encode(b"\x89PNG\r\n" + bytes(200)).decode()
    result = page(f'<img alt="A lamp" src="data:image/png;base64,{data}">')
    (picture,) = result.pictures
    assert (picture.name, picture.alt, len(picture.data)) == ("picture-1.png", "A lamp", 206)
    assert result.document.cards[0].body == "![A lamp](picture:picture-1.png)"


def test_footnotes_stay_with_their_card() -> None:
    html = "<p>Oil<sup><a href='#f1'>1</a></sup> burns.</p>"
    result = read_text(
        f"<p>An evening.</p><h2>1. The Lamp</h2>{html}{CARDS}<ol><li id=f1>Of whales. <a href='#r1'>↩</a></li></ol>",
        kind="html",
    )
    assert result.document.cards[0].body == "Oil\\[1\\] burns.\n\n\\[1\\] Of whales."
    assert "whales" not in result.document.cards[2].body
    assert result.account.is_complete


def test_scripts_and_hidden_words_are_no_text() -> None:
    result = page(
        "<script>alert('boo')</script><style>p{color:red}</style><p>Oil.</p><p style='display:none'>Hidden</p>"
    )
    assert result.document.cards[0].body == "Oil."
    assert "boo" not in shown(result)


def test_the_furniture_of_a_page_is_left_out_and_shown() -> None:
    around = (
        "<html><body><header class='site-header'>Quay News</header><nav><a>Home</a></nav><article>{}"
        "<div class='related-posts'><h2>4. Read more</h2></div></article><section class='comments'><p>1. First!</p>"
        "</section><footer>(c) 2024</footer></body></html>"
    )
    result = page("<p>Oil.</p>", around)
    left = {entry.text for entry in result.account.unplaced}
    assert left == {"Quay News", "Home", "4. Read more", "1. First!", "(c) 2024"}
    assert neutral(result)["other_text"] == [entry.text for entry in result.account.unplaced]


def test_bylines_are_left_to_the_article_itself() -> None:
    result = page("<p>Oil.</p>", "<div class='byline'>By Ann, May 3</div>{}")
    assert [entry.text for entry in result.account.unplaced] == ["By Ann, May 3"]


def test_google_docs_wraps_everything_in_a_bold_that_is_none() -> None:
    body = "<p><span style='font-weight:400'>Oil and </span><span style='font-weight:700'>fire</span></p>"
    result = page(body, "<b style='font-weight:normal' id='docs-internal-guid-1'>{}</b>")
    assert result.document.cards[0].body == "Oil and **fire**"


def test_a_google_docs_file_makes_bold_by_style_sheet() -> None:
    around = "<html><head><style>.c1{{font-weight:700}}.c2{{font-style:italic}}</style></head><body>{}</body></html>"
    result = page("<p><span class=c1>Oil</span> and <span class='c2'>fire</span></p>", around)
    assert result.document.cards[0].body == "**Oil** and *fire*"


def test_word_writes_lists_as_paragraphs() -> None:
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level{} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>"
        "·<span>&nbsp;&nbsp; </span></span><![endif]>{}<o:p></o:p></p>"
    )
    assert first(item.format(1, "oil") + item.format(2, "whale") + item.format(1, "fire")) == "- oil\n  - whale\n- fire"


def test_a_countdown_list_counts_down() -> None:
    result = read_text(
        "<p>Three.</p><ol reversed><li><b>Coat</b>: red.</li><li><b>Boat</b>: old.</li><li><b>Lamp</b>: lit.</li></ol>",
        kind="html",
    )
    assert [(number, card.heading) for number, card in result.document.numbered_cards()] == [
        (3, "Coat"),
        (2, "Boat"),
        (1, "Lamp"),
    ]


# --- Markdown ---------------------------------------------------------------------------------------------------------

MARKDOWN = "\n\n## 2. The Boat\n\nIt came back.\n\n## 3. The Coat\n\nIt was borrowed."


def article(body: str, before: str = "An evening.\n\n") -> Imported:
    result = read_text(f"{before}## 1. The Lamp\n\n{body}{MARKDOWN}", kind="markdown")
    assert len(result.document.cards) == 3
    assert result.account.is_complete
    return result


@pytest.mark.parametrize(
    ("source", "body"),
    [
        (
            "Oil[^a] burns.\n\n[^a]: Of whales,\n    and of fish.",
            "Oil\\[1\\] burns.\n\n\\[1\\] Of whales, and of fish.",
        ),
        ("Oil *burns* and __glows__.", "Oil *burns* and **glows**."),
        ("**Oil:** fish\n**Wick:** wool", "**Oil:** fish\\\n**Wick:** wool"),
        ("See [the quay][1].\n\n[1]: https://example.org", "See [the quay](https://example.org)."),
        ("> [!NOTE]\n> Oil burns.", "> Oil burns."),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n| --- | --- |\n| c | d |"),
        ("Oil burns all night, every night.\n---\nAnd then?", "Oil burns all night, every night.\n\nAnd then?"),
        ("<b>Oil</b> & <i>fire</i> &copy;", "**Oil** & *fire* ©"),
        ("** oil ** is no bold", "\\*\\* oil \\*\\* is no bold"),
        ("```\n## 9. code\n```", "```\n## 9. code\n```"),
    ],
)
def test_forms_of_markdown(source: str, body: str) -> None:
    assert article(source).document.cards[0].body == body


def test_a_text_wrapped_at_a_width_is_not_broken_into_lines() -> None:
    lines = (
        "The lamp on the quay burns oil of whales and of fish, and when the wind comes\nfrom the north the keeper sits"
    )
    text = (
        f"{lines} beside it until the morning, for the glass\nbreaks when nobody is there to turn it out of the wind."
    )
    assert "\\\n" not in article(text, f"{text}\n\n").document.cards[0].body


def test_front_matter_gives_title_line_and_tags_and_shows_the_rest() -> None:
    fields = 'title: "The quay: at night"\ndescription: Lamps.\ntags: [quay, "old lamps"]\nlayout: post'
    front = f"---\n{fields}\n---\nAn evening.\n\n"
    result = article("Oil.", front)
    assert (result.document.title, result.document.dek) == ("The quay: at night", "Lamps.")
    assert result.document.tags == ("quay", "old lamps")
    assert [entry.text for entry in result.account.unplaced] == ["layout: post"]


def test_a_linked_heading_keeps_its_address_as_a_source() -> None:
    result = read_text(
        "An evening.\n\n" + "".join(f"## [{n}. Lamp {n}](https://example.org/{n})\n\nOil.\n\n" for n in (1, 2, 3)),
        kind="markdown",
    )
    assert [source.url for source in result.document.cards[1].sources] == ["https://example.org/2"]
