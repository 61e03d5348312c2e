"""What stands below a fact: when its sources were seen, and its permanent link."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.document import Source
from tests import make

pytestmark = pytest.mark.django_db


def foot(client: Client, *days: dt.date | None) -> LexborHTMLParser:
    sources = tuple(Source(url=f"https://example.org/{place}", seen_on=day) for place, day in enumerate(days))
    edition = make.edition(cards=(make.card(sources=sources),))
    return LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode())


def seen(page: LexborHTMLParser) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(".seen")]


def test_sources_were_checked_when_the_last_of_them_was_seen(client: Client):
    page = foot(client, dt.date(2026, 10, 1), dt.date(2026, 10, 8), None)
    assert seen(page) == ["seen 1 October 2026", "Sources checked on 8 October 2026"]


def test_one_source_says_its_day_once_and_one_without_a_day_none(client: Client):
    assert seen(foot(client, dt.date(2026, 10, 8))) == ["Source checked on 8 October 2026"]
    assert seen(foot(client, None)) == []


def test_the_permanent_link_is_there_without_a_script_and_sharing_waits_for_one(client: Client):
    page = foot(client, None)
    link = page.css_first(".card-tools .permalink").attributes["href"]
    share = page.css_first(".card [data-share]")
    assert share.attributes["data-share"] == link
    assert "hidden" in share.attributes
