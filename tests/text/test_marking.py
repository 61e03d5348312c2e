"""Runs of words are marked across inline marks, never across blocks, and the HTML stays whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from selectolax.lexbor import LexborHTMLParser

from articles.text import markdown, marking
from tests.strategies import hostile


def marked(source: str, *runs: str) -> str:
    return marking.mark(markdown.render(source), runs, "not yet")


SPAN = '<span class="unsourced">'
NOTE = '<span class="visually-hidden"> (not yet)</span>'


@pytest.mark.parametrize(
    ("source", "run", "html"),
    [
        (
            "In **26** countries.",
            "26 countries",
            f"<p>In <strong>{SPAN}26</span></strong>{SPAN} countries</span>{NOTE}.</p>",
        ),
        ("In 26\ncountries.", "26 countries", f"<p>In {SPAN}26\ncountries</span>{NOTE}.</p>"),
        ("A & B are here.", "A & B", f"<p>{SPAN}A &amp; B</span>{NOTE} are here.</p>"),
        ("In 26\n\ncountries.", "26 countries", "<p>In 26</p>\n<p>countries.</p>"),
        ("the heart", "art", "<p>the heart</p>"),
    ],
)
def test_where_the_marks_stand(source: str, run: str, html: str):
    assert marked(source, run).strip() == html


def test_each_run_is_marked_once_and_none_in_another():
    html = marked("26 countries and 26 countries", "26 countries", "26", "26 countries", "26 countries")
    assert html.count('class="unsourced"') == 2


@given(hostile(nul=False, longest=300), hostile(nul=False, longest=20))
def test_without_its_marks_it_is_the_same_html(source: str, run: str):
    html = markdown.render(source)
    again = marking.mark(html, [run, source[:9]], "not yet").replace(NOTE, "")
    assert re.sub(r'<span class="unsourced">(.*?)</span>', r"\1", again, flags=re.DOTALL) == html
    assert LexborHTMLParser(again).html is not None


def test_the_sanitiser_lets_marks_be():
    html = marked("In **26** countries.", "26 countries")
    assert markdown.sanitise(html) == html
