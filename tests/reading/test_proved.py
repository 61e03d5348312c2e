"""What readers see of proof: days, marks that a site switches, nothing outside what is closed, the same again later."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles import drafts, publishing
from articles.document import Source
from articles.models import Article, Edition, Revision
from articles.operations.rendering import rebuild_editions
from articles.workflow import claims
from tests import make
from tests.proofs.makers import BODY, EXCERPT, SOURCE, article, identity, place_of
from tests.reading.addresses import examples

pytestmark = pytest.mark.django_db

CANARY = "Zebrafinch"


def publish(row: Article) -> Edition:
    revision = drafts.keep_revision(row, Revision.Reason.IMPORTED, by=row.owner)
    return publishing.publish(revision)


def page(edition: Edition, path: str = "") -> LexborHTMLParser:
    cache.clear()
    return LexborHTMLParser(Client().get(path or f"/articles/{edition.slug}/").content.decode())


def test_beside_a_fact_stand_how_many_statements_were_checked_and_the_last_day():
    row = article()
    assert not page(publish(article())).css(".checked-claims")
    with time_machine.travel(dt.datetime(2026, 10, 8, 12, tzinfo=dt.UTC)):
        claims.bind_all(row, by=row.owner)
    edition = publish(row)
    assert page(edition).css_first(".checked-claims").text().strip() == (
        "4 statements checked, the last on 8 October 2026"
    )
    fact = edition.facts.get()
    assert page(edition, f"/facts/{fact.public_id}/{fact.slug}/").css(".checked-claims")


def test_what_no_source_states_is_marked_where_the_site_wants_it(settings):
    assert not page(publish(article())).css(".unsourced")
    settings.MARK_UNSOURCED = True
    edition = publish(article())
    (mark,) = page(edition).css(".unsourced")
    assert mark.text() == "longest"
    assert mark.next.text() == " (not sourced yet)"
    assert "visually-hidden" in mark.next.attributes["class"]
    for path in ("/feeds/articles.atom", f"/articles/{edition.slug}.md", "/facts/"):
        assert b"not sourced" not in Client().get(path).content


def test_what_is_set_aside_or_ticked_is_not_marked(settings):
    settings.MARK_UNSOURCED = True
    row = article()
    claims.set_aside(row, place_of(row), identity(row, "longest"), reason="An opinion.", by=row.owner)
    edition = publish(row)
    assert not page(edition).css(".unsourced")
    assert not page(edition).css(".checked-claims"), "nothing was checked"


def test_the_mark_speaks_the_language_of_the_words(settings):
    settings.MARK_UNSOURCED = True
    korean = make.card(heading="등대", body="등대는 26개국에서 보인다.", sources=(Source(title="A log"),))
    edition = publish(article(cards=(korean,), language="ko"))
    assert "(not sourced yet)" not in page(edition).body.text()
    assert page(edition).css_first(".unsourced").text() == "26개국"


def test_later_ticks_change_nothing_of_an_edition_and_rendering_again_gives_the_same():
    row = article()
    claims.bind_all(row, by=row.owner)
    edition = publish(row)
    before = edition.parts
    place = place_of(row)
    claims.tick(row, place, identity(row, "longest"), remark="Later.", by=row.owner)
    Edition.objects.update(renderer=0)
    rebuild_editions()
    edition.refresh_from_db()
    assert edition.parts == before
    assert publish(row).parts["cards"][0]["unsourced"] == []


def test_an_edition_of_before_tells_nothing_of_proof(settings):
    settings.MARK_UNSOURCED = True
    edition = publish(article())
    parts = {**edition.parts, "version": 4}
    for card in parts["cards"]:
        for name in ("claims_checked", "claims_checked_on", "unsourced", "marked_body"):
            del card[name]
    Edition.objects.filter(pk=edition.pk).update(parts=parts)
    assert not page(edition).css(".unsourced, .checked-claims")
    assert page(edition).css_first(".prose")


@pytest.mark.parametrize("words", ["in 26 countries, <b>the longest</b>", "“quoted & <i>hostile</i> words here”"])
def test_marks_keep_hostile_words_inert(settings, words: str):
    settings.MARK_UNSOURCED = True
    row = article(
        cards=(make.card(heading="Lamps", body=f"It is the longest: {words} *and* [in 9 towns](https://a.example)."),)
    )
    html = Client().get(f"/articles/{publish(row).slug}/").content.decode()
    assert "<b>the" not in html
    assert "<i>hostile" not in html
    assert 'class="unsourced"' in html


@pytest.mark.slow
def test_an_excerpt_and_a_tick_behind_a_spoiler_point_stand_nowhere_outside(settings):
    settings.MARK_UNSOURCED = True
    source = Source(
        title=f"{CANARY} log", url="https://example.org/a", excerpt=f"{CANARY} said: 26 countries. {EXCERPT}"
    )
    hidden = make.card(
        heading="He dies", safe_heading="What happens", body=f"{CANARY}. {BODY}", sources=(source,), spoiler_after=9
    )
    row = article(cards=(make.card(heading="Open", body="Open.", sources=(SOURCE,)), hidden))
    claims.bind_all(row, by=row.owner)
    edition = publish(row)
    cache.clear()
    for address in examples(edition).values():
        response = Client().get(address)
        if "html" not in response.get("Content-Type", ""):
            assert CANARY not in b"".join(response).decode(errors="replace"), address
            continue
        shown = LexborHTMLParser(response.content.decode())
        for body in shown.css("details.spoiler .spoiler-body"):
            body.decompose()
        assert CANARY not in shown.html, address
        assert not shown.css(".checked-claims"), address
    inside = page(edition).css_first("details.spoiler .spoiler-body")
    assert CANARY in inside.css_first(".excerpt").text()
    assert inside.css(".checked-claims, .unsourced")
