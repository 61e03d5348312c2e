"""Word documents and WordPress exports, made here by hand."""

from __future__ import annotations

import datetime as dt
import gc
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from articles.importing import Imported, ImportRefused, read, read_wxr
from tests.sampling import is_thorough

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (("H1", "heading 1"), ("H2", "heading 2"), ("T", "Title"), ("Q", "Quote"))
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def line(text: str, style: str = "", number: int = 0, *, bold: bool = False) -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else ""
    run = f"<w:rPr>{'<w:b/>' if bold else ''}</w:rPr><w:t xml:space='preserve'>{text}</w:t>"
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}</w:r></w:p>"


def docx(body: str, **parts: str | bytes) -> bytes:
    """`parts` come in or take the place of what stands here: "word__styles.xml" is word/styles.xml."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {W}>{NUMBERING}</w:numbering>",
    }
    whole |= {name.replace("__", "/"): data for name, data in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
    return file.getvalue()


FACTS = ("The Lamp", "The Boat", "The Coat")


def whole(result: Imported) -> Imported:
    assert [card.heading for card in result.document.cards] == list(FACTS)
    assert result.account.is_complete
    assert not [entry for entry in result.account.unplaced if "found no place" in entry.why]
    return result


def test_headings_lists_and_quotations_of_word() -> None:
    cards = "".join(line(fact, "H1") + line("Oil burns.") for fact in FACTS)
    body = line("The quay", "T") + line("An evening.") + cards
    body += line("wool", number=2) + line("fish", number=2) + line("Nobody sleeps.", "Q") + line("— Mara Tellin")
    result = whole(read(docx(body), "quay.docx"))
    assert result.document.title == "The quay"
    assert result.document.cards[2].body == "Oil burns.\n\n- wool\n- fish\n\n> Nobody sleeps.\n>\n> — Mara Tellin"


@pytest.mark.parametrize(("style", "bold"), [("H1", False), ("", True)])
def test_automatic_numbers_of_word_number_the_cards(style: str, bold: bool) -> None:
    cards = "".join(line(fact, style, 1, bold=bold) + line("Oil burns.") for fact in FACTS)
    result = whole(read(docx(line("An evening.") + cards), "quay.docx"))
    assert [number for number, _ in result.document.numbered_cards()] == [1, 2, 3]


def test_comments_and_page_heads_are_shown_as_left_out() -> None:
    cards = "".join(line(fact, "H1") + line("Oil burns.") for fact in FACTS)
    extra = {
        "word__comments.xml": f'<w:comments {W}><w:comment w:id="1">{line("Is that so?")}</w:comment></w:comments>'
    }
    result = whole(read(docx(line("An evening.") + cards, **extra), "quay.docx"))
    assert [entry.text for entry in result.account.unplaced] == ["Is that so?"]


BOMB = b"<w>" + b" " * (45 * 1024 * 1024) + b"</w>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (docx(line("x"), **{"word__vbaProject.bin": b"x"}), "macro"),
        (docx(line("x"), **{"word__bomb.xml": BOMB}), "unpacks"),
        (
            docx(line("x"), **{"word__a.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
            "entities",
        ),
        (docx("<w:p>"), "damaged"),
        (b"PK\x03\x04 and nothing more", "no Word document"),
        (b"plain words", "no Word document"),
    ],
    ids=["macro", "bomb", "entities", "broken", "cut", "text"],
)
def test_harmful_or_broken_documents_are_refused(data: bytes, words: str) -> None:
    with pytest.raises(ImportRefused, match=words) as refusal:
        read(data, "quay.docx")
    assert str(refusal.value).startswith("quay.docx")


# --- WordPress --------------------------------------------------------------------------------------------------------

NEW = "".join(
    f"<!-- wp:heading --><h2>{n}. {fact}</h2><!-- wp:paragraph --><p>Oil.</p>" for n, fact in enumerate(FACTS, 1)
)
OLD = "An evening.\n\n" + "\n\n".join(
    f"<strong>{n}. {fact}</strong>\n\n"
    f"[caption id='a']<img src='https://example.org/{n}.jpg' /> Photo {n}[/caption]\n\nOil\nburns."
    for n, fact in enumerate(FACTS, 1)
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay</title><wp:author><wp:author_login>mara'
    "</wp:author_login><wp:author_display_name><![CDATA[Mara Tellin]]></wp:author_display_name></wp:author>"
)
TAIL = "</channel></rss>"


def post(content: str = NEW, kind: str = "post", status: str = "publish", number: int = 7) -> str:
    return (
        f"<item><title>The quay</title><link>https://old.example/2019/05/the-quay/</link><dc:creator>mara</dc:creator>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        "<wp:post_date_gmt>2019-05-03 10:20:30</wp:post_date_gmt><wp:post_name>the-quay</wp:post_name>"
        f"<wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
        '<category domain="category" nicename="x">Islands</category>'
        '<category domain="post_tag" nicename="y">lamps</category>'
        "<wp:comment><wp:comment_content>First!</wp:comment_content></wp:comment></item>"
    )


def export(*items: str, tail: str = TAIL) -> BinaryIO:
    return io.BytesIO((HEAD + "".join(items) + tail).encode())


def test_a_post_brings_its_title_author_dates_and_old_address() -> None:
    ((result, about),) = read_wxr(export(post()), "quay.xml")
    document = whole(cast("Imported", result)).document
    assert (document.title, document.tags) == ("The quay", ("lamps",))
    assert (about.author, about.path, about.slug, about.status) == (
        "Mara Tellin",
        "/2019/05/the-quay/",
        "the-quay",
        "publish",
    )
    assert about.published_at == dt.datetime(2019, 5, 3, 10, 20, 30, tzinfo=dt.UTC)
    assert about.categories == ("Islands",)
    assert about.is_public


def test_an_old_post_has_blank_lines_for_paragraphs_and_shortcodes() -> None:
    ((result, _),) = read_wxr(export(post(OLD)), "quay.xml")
    document = whole(cast("Imported", result)).document
    assert document.introduction == "An evening."
    assert document.cards[0].body == "[picture](https://example.org/1.jpg)\n\nPhoto 1\n\nOil\\\nburns."


def test_only_posts_are_articles_and_comments_are_not_content() -> None:
    found = list(
        read_wxr(export(post(kind="page"), post(kind="attachment"), post(status="trash"), post(status="draft")))
    )
    ((result, about),) = found
    assert about.status == "draft"
    assert not about.is_public
    assert "First!" not in cast("Imported", result).account.source


def test_a_post_without_cards_is_refused_by_name_and_the_others_go_on() -> None:
    (refused, _), (result, _) = read_wxr(export(post("Just a letter.", number=3), post()), "quay.xml")
    assert isinstance(refused, ImportRefused)
    assert "post 3" in str(refused)
    whole(cast("Imported", result))


@pytest.mark.parametrize("tail", ["<item><title>cut", "<item><title><![CDATA[" + "cut " * 50_000])
def test_what_came_before_a_cut_stays_whole(tail: str) -> None:
    posts = read_wxr(export(post(), tail=tail), "quay.xml")
    whole(cast("Imported", next(posts)[0]))
    with pytest.raises(ImportRefused, match=r"quay\.xml is broken or cut off in line 1 \(the 1 posts before it"):
        list(posts)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'<!DOCTYPE r [<!ENTITY a "aaaa">]><rss>&a;</rss>', "document type"),
        (b"<html><body>Hi</body></html>", "no WordPress export"),
        (b"not xml at all", "broken"),
    ],
)
def test_files_that_are_no_export_are_refused(data: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "quay.xml"
    file.write_bytes(data)
    with pytest.raises(ImportRefused, match=words):
        list(read_wxr(file))


def test_an_export_is_not_taken_for_an_article() -> None:
    with pytest.raises(ImportRefused, match="WordPress export"):
        read(export(post()).read(), "quay.xml")


def test_a_page_with_the_wrong_name_is_read_as_a_page() -> None:
    assert whole(read(f"<!DOCTYPE html><html><body>{NEW}</body></html>".encode(), "quay.txt")).kind == "html"


class Endless(io.RawIOBase):
    """An export of many posts that is never whole in memory."""

    def __init__(self, count: int) -> None:
        self._pieces = self._make(count)
        self._left = b""

    def _make(self, count: int) -> Iterator[bytes]:
        yield HEAD.encode()
        for number in range(count):
            yield post(NEW + "<p>" + "words " * 2_000 + "</p>", number=number).encode()
        yield TAIL.encode()

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size and (piece := next(self._pieces, b"")):
            self._left += piece
        taken, self._left = self._left[:size], self._left[size:]
        return taken


@pytest.mark.slow
def test_memory_stays_flat_however_long_the_export_is() -> None:
    """What is held after each tenth post, without what waits for the collector of garbage: not one post more."""
    held = []
    posts = 100 if is_thorough() else 60
    for number, _post in enumerate(read_wxr(cast("BinaryIO", Endless(posts)), "quay.xml")):
        if number == 20:  # what is kept for good is there
            tracemalloc.start()
        if number >= 20 and number % 10 == 0:
            del _post
            gc.collect()
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert len(held) == posts / 10 - 2
    assert max(held[1:]) - held[1] < 12_000  # bytes: the words of one post of all these
