"""What stands below a fact: when its sources were seen, and the row of what can be done with it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.document import Source, SourceKind
from articles.models import Edition
from tests import make

pytestmark = pytest.mark.django_db


def foot(client: Client, *days: dt.date | None) -> LexborHTMLParser:
    sources = tuple(Source(url=f"https://example.org/{place}", seen_on=day) for place, day in enumerate(days))
    edition = make.edition(cards=(make.card(sources=sources),))
    return LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode())


def seen(page: LexborHTMLParser) -> list[str]:
    return [" ".join(node.text().split()) for node in page.css(".seen")]


def test_sources_that_were_seen_on_one_day_say_it_together(client: Client):
    assert seen(foot(client, dt.date(2026, 10, 8), dt.date(2026, 10, 8))) == ["Sources checked on 8 October 2026"]


def test_of_sources_that_were_seen_on_several_days_each_says_its_own(client: Client):
    page = foot(client, dt.date(2026, 10, 1), dt.date(2026, 10, 8), None)
    assert seen(page) == ["checked on 1 October 2026", "checked on 8 October 2026"]
    feed = client.get("/feeds/facts.atom").content.decode()
    assert ", checked on 1 October 2026;" in feed
    assert ", checked on 8 October 2026;" in feed
    assert "Sources checked" not in feed


def test_one_source_says_its_day_once_and_one_without_a_day_none(client: Client):
    assert seen(foot(client, dt.date(2026, 10, 8))) == ["Source checked on 8 October 2026"]
    assert seen(foot(client, None)) == []


def test_the_permanent_link_is_there_without_a_script_and_sharing_waits_for_one(client: Client):
    page = foot(client, None)
    link = page.css_first(".card-tools .permalink").attributes["href"]
    share = page.css_first(".card [data-share]")
    assert share.attributes["data-share"] == link
    assert "hidden" in share.attributes


@pytest.mark.parametrize("after", [None, 3], ids=["open", "closed"])
def test_the_link_the_sharing_and_the_report_stand_in_one_row_outside_what_is_closed(client: Client, after: int | None):
    edition = make.edition(cards=(make.card(spoiler_after=after),))
    page = LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode())
    (row,) = page.css(".card .card-tools")
    assert [node.tag for node in row.iter()] == ["a", "button", "a"]
    assert row.css_first("[rel=nofollow]").attributes["href"].startswith("/report/")
    assert not page.css("details .card-tools")


def test_on_its_own_page_a_fact_is_shared_and_reported_but_not_linked_to(client: Client):
    edition = make.edition()
    address = LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode()).css_first(".permalink")
    page = LexborHTMLParser(client.get(address.attributes["href"]).content.decode())
    (row,) = page.css(".card-tools")
    assert [node.tag for node in row.iter()] == ["button", "button", "button", "a"]
    assert row.css_first("button").attributes["data-share"] == address.attributes["href"]


def excerpts(page: LexborHTMLParser) -> list[str]:
    return [node.text() for node in page.css(".excerpt blockquote")]


def test_an_excerpt_of_a_source_is_closed_and_shows_its_first_300_signs_cut_at_a_word(client: Client):
    edition = make.edition(cards=(make.card(sources=(Source(title="The log", excerpt="lamps\n" * 800),)),))
    page = LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode())
    assert excerpts(page) == ["lamps " * 48 + "lamps…"]
    assert "open" not in page.css_first("details.excerpt").attributes
    assert edition.parts["cards"][0]["sources"][0]["excerpt"] == excerpts(page)[0], "no more of it leaves the desk"


def test_the_kind_of_a_source_stands_beside_it_and_one_without_excerpt_has_no_disclosure(client: Client):
    sources = (Source(title="The log", kind=SourceKind.INTERVIEW), Source(title="A site"))
    edition = make.edition(cards=(make.card(sources=sources),))
    page = LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode())
    assert seen(page) == ["interview"]
    assert not page.css(".excerpt")
    assert "The log, interview" in client.get("/feeds/facts.atom").content.decode()
    assert "- The log, interview" in client.get(f"/articles/{edition.slug}.md").content.decode()


def test_a_hostile_excerpt_is_words_on_the_page_in_the_feed_and_in_markdown(client: Client):
    evil = "<script>alert(1)</script> [x](javascript:1) ]]> </blockquote> \u202e # **26**"
    edition = make.edition(cards=(make.card(sources=(Source(title="The log", excerpt=evil),)),))
    page = client.get(f"/articles/{edition.slug}/").content.decode()
    assert "<script>alert" not in page
    assert excerpts(LexborHTMLParser(page)) == [" ".join(evil.replace("\u202e", "").split())]
    assert "<script>" not in client.get("/feeds/articles.atom").content.decode()
    text = client.get(f"/articles/{edition.slug}.md").content.decode()
    assert r"\[x\](javascript:1)" in text, "no link, but words"
    assert r"\<script>" in text


def test_editions_of_before_have_no_excerpt(client: Client):
    edition = make.edition(cards=(make.card(sources=(Source(title="The log"),)),))
    parts = {**edition.parts, "version": 4}
    for source in parts["cards"][0]["sources"]:
        del source["kind"], source["excerpt"]
    Edition.objects.filter(pk=edition.pk).update(parts=parts)
    page = LexborHTMLParser(client.get(f"/articles/{edition.slug}/").content.decode())
    assert page.css_first(".sources li").text().strip() == "The log"


def test_an_archived_copy_stands_beside_its_source_on_the_page_in_feeds_markdown_and_json_ld(client: Client):
    copy = "https://archive.example/a?b=c&d=1"
    source = Source(url="https://example.org/log", title="The log", excerpt="Nine lamps.", archived_url=copy)
    edition = make.edition(cards=(make.card(sources=(source,)),))
    answer = client.get(f"/articles/{edition.slug}/").content.decode()
    page = LexborHTMLParser(answer)
    (link,) = [node for node in page.css(".sources a") if node.text() == "archived copy"]
    assert link.attributes["href"] == copy
    assert excerpts(page) == ["Nine lamps."]
    assert f'"archivedAt": "{copy}"'.replace("&", "\\u0026") in answer.replace('":"', '": "')
    assert "archived copy" in client.get("/feeds/facts.atom").content.decode()
    assert f"[archived copy]({copy})" in client.get(f"/articles/{edition.slug}.md").content.decode()
    assert client.get(f"/api/facts/{edition.facts.get().public_id}").json()["sources"][0]["archived_url"] == copy


def test_what_is_no_address_of_the_web_becomes_no_link():
    source = Source(url="https://example.org/log", title="The log", archived_url="javascript:alert(1)")
    composed = publishing.compose(make.document(cards=(make.card(sources=(source,)),)))
    assert composed.edition.parts["cards"][0]["sources"][0]["archived_url"] == ""
