"""The desk's page of dead sources: what is listed, the archived copy that is named, looking now, who may come."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from articles.delivery import looking
from articles.delivery.looking import Looked, Outcome
from articles.document import Source
from articles.models import Article, SourceCheck
from articles.operations import source_checks
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db

PAGE = at("dead_sources")
GONE = "https://gone.example/a?b=(b)&c=1"
COPY = "https://archive.example/2020/log"


@pytest.fixture
def desk() -> Client:
    return client(make.editor(name="edda"))


@pytest.fixture
def articles() -> tuple[Article, Article]:
    cards = [
        make.card(heading="Nine lamps <i>", sources=(Source(url=GONE, title="The <log>", excerpt="Nine lamps."),)),
        make.card(heading="A captain", sources=(Source(title="A book"), Source(url=GONE))),
    ]
    return tuple(make.article(title=f"Ferry {n}", cards=(card,)) for n, card in enumerate(cards, 1))


def noted(url: str, outcome: str, days: int) -> None:
    check = SourceCheck(url=url, host="gone.example", asked_at=timezone.now())
    for ago in range(days, 0, -1):
        check.note(outcome, status=404, said="", at=timezone.now(), day=timezone.localdate() - dt.timedelta(days=ago))


def test_an_empty_page_says_so(desk: Client):
    assert "No source is gone, as far as somebody has looked." in text(desk.get(PAGE))
    assert "0 addresses were looked at so far." in text(desk.get(PAGE))
    assert "No source that is gone has an archived copy." in text(desk.get(f"{PAGE}?show=copied"))
    assert "has answered" in text(desk.get(f"{PAGE}?show=doubtful"))
    assert desk.get(f"{PAGE}?show=nonsense&page=x").status_code == 200


@pytest.mark.slow
def test_a_dead_source_stands_there_with_every_fact_that_uses_it(desk: Client, articles):
    noted(GONE, "gone", 3)
    page = tree(desk.get(PAGE))
    (entry,) = page.css(".dead-sources > li")
    assert entry.css_first(".dead-address a").attributes["href"] == GONE
    assert "is gone (404)" in entry.text()
    assert "failed 3 times in a row" in " ".join(entry.text().split())
    links = [node.attributes["href"] for node in entry.css(".dead-facts > li > a")]
    assert sorted(links) == sorted(at("card", each, each.cards.get().public_id) for each in articles)
    assert all(desk.get(link).status_code == 200 for link in links)
    assert "Nine lamps <i>" in entry.text()
    assert not entry.css("i")
    assert "Dead sources" in text(desk.get("/admin/"))


def test_what_failed_once_or_did_not_answer_is_no_dead_one(desk: Client, articles):
    noted(GONE, "no-answer", 5)
    assert not tree(desk.get(PAGE)).css(".dead-sources")
    assert "did not answer" in text(desk.get(f"{PAGE}?show=doubtful"))


@pytest.mark.slow
def test_a_copy_that_is_named_stands_beside_the_source_in_all_facts_and_the_excerpt_stays(desk: Client, articles):
    noted(GONE, "gone", 2)
    answer = desk.post(PAGE, {"url": GONE, "archived_url": f" {COPY} "}, follow=True)
    assert "Named in 2 facts." in text(answer)
    assert not tree(answer).css(".dead-sources")
    sources = [source for each in articles for source in each.cards.get().sources.all()]
    assert [(source.url, source.archived_url) for source in sources] == [(GONE, COPY), ("", ""), (GONE, COPY)]
    assert sources[0].excerpt == "Nine lamps."
    assert COPY in {node.attributes["href"] for node in tree(desk.get(f"{PAGE}?show=copied")).css(".dead-facts a")}
    assert "No fact uses this address any more" in text(
        desk.post(PAGE, {"url": GONE, "archived_url": COPY}, follow=True)
    )


@pytest.mark.parametrize(
    "typed", ["", "javascript:alert(1)", "no address", GONE, "https://e.example/" + "x" * 600, "https://a\x00.example/"]
)
def test_what_is_no_copy_is_refused_and_what_was_typed_stays(desk: Client, articles, typed: str):
    noted(GONE, "gone", 2)
    answer = desk.post(PAGE, {"url": GONE, "archived_url": typed})
    assert answer.status_code == 400
    (entry,) = tree(answer).css(".dead-sources > li")
    assert entry.css("[role=alert]")
    assert (entry.css_first("input[type=url]").attributes["value"] or "") == typed.replace("\x00", "\ufffd")
    assert not articles[0].cards.get().sources.exclude(archived_url="").exists()


def test_an_address_of_nothing_changes_nothing(desk: Client, articles):
    answer = desk.post(PAGE, {"url": "https://nobody.example/", "archived_url": COPY}, follow=True)
    assert "No fact uses this address" in text(answer)
    assert desk.post(PAGE, {"url": "x" * 10_000, "archived_url": COPY}, follow=True).status_code == 200


def test_the_button_looks_at_a_few_addresses(desk: Client, articles, monkeypatch):
    monkeypatch.setattr(source_checks, "PAUSE", 0.0)
    monkeypatch.setattr(looking, "look", lambda *_args: Looked(Outcome.GONE, 404))
    answer = desk.post(PAGE, {"look": "yes"}, follow=True)
    assert "1 address was looked at, gone: 1. Waiting for another look: 0." in text(answer)
    assert "1 address was looked at so far." in text(answer)
    assert "Every address was looked at" in text(desk.post(PAGE, {"look": "yes"}, follow=True))


def test_writers_stay_out(articles):
    writer = client(make.writer(name="wilma"))
    assert {writer.get(PAGE).status_code, writer.post(PAGE, {"look": "yes"}).status_code} == {403}
    assert not SourceCheck.objects.exists()


@pytest.mark.slow
def test_it_takes_the_same_queries_for_one_and_for_many(desk: Client, django_assert_max_num_queries):
    desk.get(PAGE)
    for number in range(15):
        make.article(cards=(make.card(sources=(Source(url=f"https://gone.example/{number}"),)),))
        noted(f"https://gone.example/{number}", "gone", 2)
    with django_assert_max_num_queries(12):
        assert len(tree(desk.get(PAGE)).css(".dead-sources > li")) == 15
