"""What a subject's page and its tile say of it, and say once."""

from __future__ import annotations

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.models import Subject
from tests import make

pytestmark = pytest.mark.django_db


def tree(client: Client, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(path).content.decode())


def about(client: Client, **fields) -> LexborHTMLParser:
    subject = make.subject(name="Night Ferry", slug="night-ferry", **fields)
    make.edition(subject=subject.slug, slug="ferry")
    return tree(client, "/subjects/night-ferry/")


@pytest.mark.parametrize(("original", "shown"), [("Night Ferry", []), ("NIGHT FERRY", []), ("밤의 배", ["밤의 배"])])
def test_a_name_in_its_own_script_is_shown_where_it_is_another(client: Client, original: str, shown: list[str]):
    page = about(client, original_name=original)
    for each in (page, tree(client, "/subjects/"), tree(client, "/articles/ferry/")):
        assert [node.text() for node in each.css(".original-name")] == shown


@pytest.mark.parametrize(
    ("kind", "label", "tile"),
    [
        (Subject.Kind.PERSON, "Born", "Person · 3 facts"),
        (Subject.Kind.BAND, "Formed", "Band · 3 facts"),
        (Subject.Kind.GAME, "Year", "Game, 1979 · 3 facts"),
    ],
)
def test_a_year_says_what_happened_in_it(client: Client, kind: str, label: str, tile: str):
    page = about(client, kind=kind, year=1979)
    years = [node.css_first("dt").text() for node in page.css(".subject-data div") if "1979" in node.text()]
    assert years == [label]
    assert tree(client, "/subjects/").css_first(".subject-tile .meta").text() == tile


def test_its_page_does_not_name_it_again_on_each_row(client: Client):
    page = about(client)
    assert page.css(".teaser")
    assert page.css(".fact-row")
    assert page.css('.teaser a[href="/subjects/night-ferry/"], .fact-row a[href="/subjects/night-ferry/"]') == []
    assert tree(client, "/facts/").css('.fact-row a[href="/subjects/night-ferry/"]')
