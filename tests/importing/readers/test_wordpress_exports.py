"""Exports of WordPress sites as they really are: entities in titles, missing dates, bad bytes, blocks by reference."""

from __future__ import annotations

import datetime as dt
import io
from typing import cast

import pytest

from articles.importing import Imported, ImportRefused, Post, read_wxr
from tests.importing.readers.test_word_and_wordpress import HEAD, NEW, TAIL, export, post, whole

NOON = dt.datetime(2019, 5, 3, 10, 20, 30, tzinfo=dt.UTC)
GMT = "<wp:post_date_gmt>2019-05-03 10:20:30</wp:post_date_gmt>"


def only(*items: str) -> tuple[Imported, Post]:
    ((result, about),) = read_wxr(export(*items), "quay.xml")
    return whole(cast("Imported", result)), about


def first(content: str) -> str:
    return only(post(content + NEW))[0].document.introduction


@pytest.mark.parametrize(
    ("field", "title"),
    [
        ("Tom &amp;amp; Mara&amp;#8217;s", "Tom & Mara’s"),
        ("<![CDATA[Tom &amp; Mara&#8217;s]]>", "Tom & Mara’s"),
        ("<![CDATA[The <em>quay</em> &lt;3]]>", "The quay <3"),
        ("Tom & Mara &hellip;", "Tom & Mara …"),
    ],
)
def test_a_field_that_wordpress_keeps_as_html_is_read_as_html(field: str, title: str) -> None:
    result, about = only(post().replace("<title>The quay</title>", f"<title>{field}</title>"))
    assert about.title == result.document.title == title


def test_tags_and_authors_are_read_as_html_too() -> None:
    item = post().replace(">lamps<", "><![CDATA[Oil &amp; Fire]]><")
    assert only(item)[1].tags == ("Oil & Fire",)


@pytest.mark.parametrize(
    "bad", [b"\x01", b"\x0b", b"\x92", b"\xff\xfe", b"&#11;", b"&#xFFFF;", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_one_bad_byte_costs_no_word_and_no_other_post(bad: bytes) -> None:
    data = (HEAD + post(number=1) + post(NEW.replace("Oil", "Oil~"), number=2) + post(number=3) + TAIL).encode()
    found = list(read_wxr(io.BytesIO(data.replace(b"~", bad)), "quay.xml"))
    assert [about.number for _, about in found] == ["1", "2", "3"]
    for result, _about in found:
        whole(cast("Imported", result))


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>Broken</title><wp:post_id>2</wp:wrong></item>",
        "<item><title>Broken</title><content:encoded>",
        "<item><title>Broken</title><<<</item>",
    ],
)
def test_a_broken_post_is_named_and_the_others_are_read(broken: str) -> None:
    found = list(read_wxr(export(post(number=1), "\n" + broken, post(number=3)), "quay.xml"))
    assert [about.number for _, about in found] == ["1", "", "3"]
    assert isinstance(found[1][0], ImportRefused)
    assert "Broken" in str(found[1][0])
    assert "line 2" in str(found[1][0])
    whole(cast("Imported", found[2][0]))


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "moment"),
    [
        (GMT, NOON),
        ("<pubDate>Fri, 03 May 2019 10:20:30 +0000</pubDate><wp:post_date>2019-05-03 19:20:30</wp:post_date>", NOON),
        ("<pubDate>Fri, 03 May 2019 19:20:30 +0900</pubDate>", NOON),
        (
            "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt><pubDate>Fri, 03 May 2019 10:20:30 +0000</pubDate>",
            NOON,
        ),
        ("<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate>", None),
    ],
)
def test_a_missing_date_is_taken_from_the_feed_s_own(dates: str, moment: dt.datetime | None) -> None:
    assert only(post().replace(GMT, dates))[1].published_at == moment


def test_a_missing_date_is_counted_from_the_site_s_clock_that_another_post_shows() -> None:
    shown = post(number=1).replace(GMT, GMT + "<wp:post_date>2019-05-03 19:20:30</wp:post_date>")
    missing = post(number=2).replace(GMT, "<wp:post_date>2019-06-01 09:00:00</wp:post_date>")
    (_, _), (_, about) = read_wxr(export(shown, missing), "quay.xml")
    assert about.published_at == dt.datetime(2019, 6, 1, 0, 0, tzinfo=dt.UTC)


# --- blocks and marks -------------------------------------------------------------------------------------------------

SHARED = post("<p>Words that many posts share.</p>", kind="wp_block", number=77)
USES = '<!-- wp:block {"ref":77} /-->'


@pytest.mark.parametrize("items", [(post(USES + NEW), SHARED), (SHARED, post(USES + NEW))])
def test_a_reusable_block_stands_where_it_is_used(items: tuple[str, str]) -> None:
    assert only(*items)[0].document.introduction == "Words that many posts share."


def test_a_reusable_block_that_is_not_there_is_told() -> None:
    result, _ = only(post(USES + NEW))
    assert any("77" in note for note in result.account.notes)


def test_blocks_that_use_each_other_end() -> None:
    circle = post(f"<p>Round.</p>{USES}", kind="wp_block", number=77)
    assert only(circle, post(USES + NEW))[0].document.introduction.count("Round.") < 20


@pytest.mark.parametrize(
    ("content", "introduction"),
    [
        ("<!-- wp:verse --><pre class='wp-block-verse'>Salt,\nsea</pre>", "Salt,\\\nsea"),
        ("[su_quote cite='Mara']Nobody sleeps.[/su_quote]", "> Nobody sleeps.\n>\n> — Mara"),
        ("[vc_row][vc_column width='1/2']Oil [sic] burns [1].[/vc_column][/vc_row]", "Oil \\[sic\\] burns \\[1\\]."),
        ("[spoiler title='The end']Oil burns.[/spoiler]", "**The end**\n\nOil burns."),
        ("[embed]https://example.org/film[/embed]", "[https://example.org/film](https://example.org/film)"),
        ("An [b]old[/b] lamp [laughs]", "An **old** lamp \\[laughs\\]"),
    ],
)
def test_what_marks_in_brackets_hold_is_kept(content: str, introduction: str) -> None:
    assert first(content) == introduction
