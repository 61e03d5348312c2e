"""What Word shows and what its file holds differ: the words that it shows are read once, in their place and form."""

from __future__ import annotations

import pytest

from articles.importing import Imported, ImportRefused, read
from tests.importing.readers.test_word_and_wordpress import RELS, docx, line

W14 = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
REST = line("2. The Boat", "H2") + line("It came.") + line("3. The Coat", "H2") + line("It was red.")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def paragraph(inner: str) -> str:
    return f"<w:p {W14}>{inner}</w:p>"


def document(body: str, **parts: str | bytes) -> Imported:
    result = read(docx(line("1. The Lamp", "H2") + body + REST, **parts), "quay.docx")
    assert [card.heading for card in result.document.cards] == ["The Lamp", "The Boat", "The Coat"]
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "found no place" in entry.why]
    return result


def first(body: str, **parts: str | bytes) -> str:
    return document(body, **parts).document.cards[0].body


def box(text: str) -> str:
    return f"<w:txbxContent>{line(text)}</w:txbxContent>"


@pytest.mark.parametrize(
    ("inner", "markdown"),
    [
        (run("Oil<w:br/>x").replace("<w:br/>", "</w:t><w:br/><w:t>"), "Oil\\\nx"),
        (run("Oil") + "<w:r><w:cr/></w:r>" + run("burns"), "Oil\\\nburns"),
        (run("F") + "<w:r><w:noBreakHyphen/></w:r>" + run("16"), "F‑16"),
        (run("co") + "<w:r><w:softHyphen/></w:r>" + run("operate"), "cooperate"),
        (run("3") + '<w:r><w:sym w:font="Symbol" w:char="F0B4"/></w:r>' + run("4"), "3×4"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" lit"), "✓ lit"),
        (run("10") + run("6", '<w:vertAlign w:val="superscript"/>'), "10⁶"),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H₂O"),
        (run("Oil ", "<w:b/>") + run("and ", '<w:b w:val="0"/>') + run("fire", "<w:i/>"), "**Oil** and *fire*"),
        (run("On ") + '<w:fldSimple w:instr=" DATE ">' + run("3 May") + "</w:fldSimple>" + run("."), "On 3 May."),
        (
            "<w:ruby><w:rubyPr/><w:rt>" + run("みなと") + "</w:rt><w:rubyBase>" + run("港") + "</w:rubyBase></w:ruby>",
            "港 (みなと)",
        ),
        ("<w:smartTag>" + run("Oil") + "</w:smartTag><w:sdt><w:sdtPr/><w:sdtContent>" + run(" burns") + "</w:sdtContent></w:sdt>", "Oil burns"),
        ("<w:ins>" + run("Oil") + "</w:ins>" + run(" burns"), "Oil burns"),
        ("<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>", "x²"),
    ],
)  # fmt: skip
def test_runs_are_read_as_word_shows_them(inner: str, markdown: str) -> None:
    assert first(paragraph(inner)) == markdown


def field(code: str, result: str, end: str = '<w:r><w:fldChar w:fldCharType="end"/></w:r>') -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}{end}'
    )


@pytest.mark.parametrize(
    "end",
    ['<w:r><w:fldChar w:fldCharType="end"/></w:r>', '<w:del><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>', ""],
)
def test_a_link_that_a_field_makes_ends_with_its_paragraph(end: str) -> None:
    body = paragraph(field('HYPERLINK "https://example.org/oil"', "oil", end)) + line("It burns.")
    assert first(body) == "[oil](https://example.org/oil)\n\nIt burns."


@pytest.mark.parametrize(
    "anchor",
    [
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box('A callout.')}</mc:Choice></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice Requires='wps'>{box('A callout.')}</mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box('A callout.')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>",
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback>{box('A callout.')}</mc:Fallback></mc:AlternateContent>",
        f"<w:drawing>{box('A callout.')}</w:drawing>",
    ],
)
def test_a_text_box_stands_once_behind_the_paragraph_that_it_is_anchored_in(anchor: str) -> None:
    body = paragraph(run("Oil ") + f"<w:r>{anchor}</w:r>" + run("burns.")) + line("All night.")
    assert first(body) == "Oil burns.\n\nA callout.\n\nAll night."


@pytest.mark.parametrize(
    ("inner", "why"),
    [
        ("<w:del><w:r><w:delText>secret</w:delText></w:r></w:del>", "deleted"),
        (run("secret", "<w:vanish/>"), "hidden"),
        (run("secret", '<w:rStyle w:val="Gone"/>'), "hidden"),
        ("<w:moveFrom>" + run("secret") + "</w:moveFrom>", "moved"),
    ],
)
def test_what_word_does_not_show_is_set_aside_with_its_reason(inner: str, why: str) -> None:
    gone = '<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:vanish/></w:rPr></w:style>'
    styles = f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{gone}' + (
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style></w:styles>'
    )
    result = document(paragraph(run("Oil ") + inner + run("burns.")), **{"word__styles.xml": styles})
    assert result.document.cards[0].body == "Oil burns."
    assert [entry.text for entry in result.account.unplaced] == ["secret"]
    assert why in result.account.unplaced[0].why


def test_what_was_moved_stands_once_where_it_was_moved_to() -> None:
    moved = "<w:moveFrom>" + run(" All night.") + "</w:moveFrom>"
    to = paragraph(run("Yes.") + "<w:moveTo>" + run(" All night.") + "</w:moveTo>")
    result = document(paragraph(run("Oil burns.") + moved) + to)
    assert result.document.cards[0].body == "Oil burns.\n\nYes. All night."
    assert result.account.unplaced == ()


def test_a_footnote_stays_with_its_paragraph() -> None:
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="-1" w:type="separator">{line("x")}</w:footnote>'
        f'<w:footnote w:id="2">{line("Of whales.")}</w:footnote></w:footnotes>'
    )
    body = paragraph(run("Oil") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" burns.")) + line("Yes.")
    assert first(body, **{"word__footnotes.xml": notes}) == "Oil\\[1\\] burns.\n\n\\[1\\] Of whales.\n\nYes."


def test_a_picture_comes_along_with_its_alternative_text() -> None:
    picture = b"\x89PNG" + bytes(100)
    rels = RELS.replace("officeDocument/2006/relationships/officeDocument", "officeDocument/2006/relationships/image")
    rels = rels.replace('Id="r1"', 'Id="r9"').replace("word/document.xml", "media/lamp.png")
    inner = '<w:drawing><wp:docPr descr="A lamp"/><a:blip r:embed="r9"/></w:drawing>'
    result = document(
        paragraph(run("Oil.") + f"<w:r>{inner}</w:r>"),
        **{"word__media__lamp.png": picture, "word___rels__document.xml.rels": rels},
    )
    assert result.document.cards[0].body == "Oil.\n\n![A lamp](picture:picture-1.png)"
    assert [(kept.alt, kept.data) for kept in result.pictures] == [("A lamp", picture)]


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def test_a_table_of_data_stays_a_table_and_one_of_layout_gives_its_blocks() -> None:
    data = f"<w:tbl><w:tr>{cell(line('Who'))}{cell(line('What'))}</w:tr><w:tr>{cell(line('Ann'))}{cell(line('Oil'))}</w:tr></w:tbl>"
    assert first(data) == "| Who | What |\n| --- | --- |\n| Ann | Oil |"
    layout = f"<w:tbl><w:tr>{cell(line('Oil burns.', 'H2').replace('H2', 'H3'), line('Yes.'))}{cell(line('a', number=2))}</w:tr></w:tbl>"
    assert first(layout) == "Oil burns.\n\nYes.\n\n- a"


def test_numbers_go_on_after_a_paragraph_as_word_counts() -> None:
    body = line("oil", number=1) + line("wool", number=1) + line("Between.") + line("fish", number=1)
    assert first(body) == "1. oil\n2. wool\n\nBetween.\n\n3. fish"


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "<w:p>" + "<w:r/>" * 700_000 + "</w:p>",
        "<w:p/>" * 700_000,
        "<w:p>" + "<w:sdt>" * 5_000,
        line("word " * 1_200_000),
        '<w:p w:rsid="' + "a" * 4_000_000 + '"/>',
        "<w:p>" + '<w:fldSimple w:instr="X">' * 5_000,
    ],
    ids=["runs", "paragraphs", "deep", "text", "attribute", "fields"],
)
def test_a_small_file_that_unpacks_to_too_much_is_refused_as_it_streams(body: str) -> None:
    data = docx(body)
    assert len(data) < 100_000
    with pytest.raises(ImportRefused, match=r"^quay\.docx"):
        read(data, "quay.docx")


def test_a_picture_that_is_too_large_to_keep_costs_no_memory_and_no_words() -> None:
    result = document(line("Oil."), **{"word__media__bomb.png": bytes(30_000_000)})
    assert result.pictures == ()
