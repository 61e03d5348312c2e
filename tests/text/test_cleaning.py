"""Sanitising takes steps that grow with the HTML: what nh3 is given holds little of what it is slow with."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from articles.text import cleaning, feed_html, markdown

PIECES = ["«", "\xa0", "&nbsp;", "\xbf", "a", "é", "한", "<p>", "</p>", '<a href="/x">', "&amp;"]
HTML = st.lists(st.sampled_from(PIECES))


class Spy:
    """Stands in for a cleaner and keeps what it was given."""

    def __init__(self, cleaner) -> None:
        self.cleaner, self.given = cleaner, ""

    def clean(self, html: str) -> str:
        self.given = html
        return self.cleaner.clean(html)


@given(HTML.map("".join))
def test_the_detour_changes_nothing(html):
    spy = Spy(markdown._cleaner)
    many = html + "«" * cleaning._MANY
    assert cleaning.clean(spy, many) == markdown._cleaner.clean(many)
    assert not re.search("[\xa0-\xbf]|&nbsp;", spy.given)


@pytest.mark.parametrize("sign", [chr(number) for number in range(0xA0, 0xC0)])
def test_no_text_and_no_attribute_reaches_nh3_with_many_slow_signs(monkeypatch, sign):
    spy = Spy(markdown._cleaner)
    monkeypatch.setattr(markdown, "_cleaner", spy)
    for source in (sign * 3000, f'[a](/b "{sign * 3000}")', f"a {sign}\n" * 2000):
        html = markdown.render(source)
        assert len(re.findall("[\xa0-\xbf]|&nbsp;", spy.given)) < cleaning._MANY
        assert markdown.sanitise(html) == html
        assert len(re.findall("[\xa0-\xbf]|&nbsp;", spy.given)) < cleaning._MANY
    assert html.count("&nbsp;" if sign == "\xa0" else sign) >= 1999  # the last ends the text, and no space does


@pytest.mark.parametrize(
    "piece", ["&laquo;", "&#171;", "&#xAB;", "&#Xbf;", "&nbsp", "&laquo", "&#171", "&copyx;", "&notit;"]
)
def test_no_reference_stands_for_a_slow_sign_when_it_reaches_nh3(monkeypatch, piece):
    spy = Spy(markdown._cleaner)
    monkeypatch.setattr(markdown, "_cleaner", spy)
    markdown.sanitise(f'<p>{piece * 3000}</p><a href="/x" title="{piece * 3000}">x</a>')
    assert len(re.findall("[\xa0-\xbf]", unescape(spy.given))) < cleaning._MANY


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("&laquo;a&#187; &amp; &lt;b&gt; &hellip; &#44032;", "«a» &amp; &lt;b&gt; … 가"),
        ("AT&T, a & b, &nosuch; &copyx;", "AT&amp;T, a &amp; b, &amp;nosuch; &amp;copyx;"),
        ("a&#0;b&#1;c&#xFDD0;d&#xD800;e", "a\ufffdbcd\ufffde"),
    ],
)
def test_references_mean_what_they_do_in_html(html, found):
    assert markdown.sanitise(html) == found


def test_feeds_take_the_same_way(monkeypatch):
    html = markdown.render("«" * 3000)
    spies = []
    make = feed_html._cleaner
    monkeypatch.setattr(feed_html, "_cleaner", lambda page: spies.append(Spy(make(page))) or spies[-1])
    assert "«" * 3000 in feed_html.for_feeds(html, "https://a.example/")
    assert "«" not in spies[0].given


def depth_of(html: str) -> int:
    body, deepest = LexborHTMLParser(html).body, 0
    waiting = [(body, 0)]
    while waiting:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(child, depth + 1) for child in node.iter()]
    return deepest


@pytest.mark.parametrize(
    "piece", ["<ol>", "<pre>", "<figure>", "<ol></p>", "<b><ol></b>", "<OL a='b'>", "<blockquote>a", "<ul><li>"]
)
def test_html_of_any_origin_is_parsed_in_little_depth_and_keeps_its_words(piece):
    html = cleaning.without_deep_nesting(f"{piece * 800}last words")
    assert depth_of(html) <= 3 * cleaning._DEEPEST
    found = markdown.sanitise(f"{piece * 800}last words")
    assert depth_of(found) <= 3 * cleaning._DEEPEST
    assert "last words" in found


def test_what_is_not_deep_stays_as_it_is():
    html = "<p>a</p>" * 500 + "<br>" * 500 + "<ul><li>a<ul><li>b</li></ul></li></ul>" * 200 + '<img alt="<b">' * 50
    assert cleaning.without_deep_nesting(html) == html
