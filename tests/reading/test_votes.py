"""“Interesting”: one vote a fact, network and day, without a cookie; numbers that readers see are settled."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client

from articles import publishing
from articles.models import PublishedFact, Vote, VoteCount, VoteDay, votes
from articles.models.votes import FEWEST_SHOWN, MOST_PER_REGION
from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
IN_PLACE = {"Accept": "application/json"}


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fact() -> PublishedFact:
    with time_machine.travel(NOW - dt.timedelta(days=9), tick=False):
        cards = (make.card(heading=name, body="Seen in the harbour.") for name in ("Seven lamps", "Two oars"))
        return make.edition(cards=tuple(cards)).facts.first()


def vote(fact: PublishedFact, address: str = "192.0.2.7", *, at: dt.datetime = NOW, **headers: str):
    with time_machine.travel(at, tick=False):
        return Client(enforce_csrf_checks=True, REMOTE_ADDR=address).post(f"/vote/{fact.public_id}/", headers=headers)


def votes_from(fact: PublishedFact, count: int, *, at: dt.datetime = NOW, first: int = 1) -> None:
    for number in range(first, first + count):
        assert vote(fact, f"10.{number}.0.1", at=at)["Location"].endswith("counted")


def number_of(fact: PublishedFact) -> int:
    return VoteCount.objects.get(public_id=fact.public_id).votes


def pages(fact: PublishedFact) -> list[str]:
    cache.clear()
    paths = (f"/articles/{fact.edition.slug}/", f"/facts/{fact.public_id}/{fact.slug}/", "/facts/?sort=interesting")
    return [Client().get(path).content.decode() for path in paths]


def test_a_button_counts_a_vote_and_the_page_after_it_leads_back(fact):
    response = vote(fact)
    assert (response.status_code, response["Location"]) == (303, f"/vote/{fact.public_id}/?said=counted")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    page = Client().get(response["Location"]).content.decode()
    assert "Your vote is counted" in page
    assert f'href="/articles/{fact.edition.slug}/#fact-{fact.public_id}"' in page
    assert number_of(fact) == 1


def test_one_vote_a_fact_network_and_day(fact):
    other = fact.edition.facts.exclude(pk=fact.pk).get()
    vote(fact)
    assert vote(fact, "192.0.2.200")["Location"].endswith("?said=again"), "the same /24"
    assert vote(fact, "::ffff:192.0.2.1")["Location"].endswith("?said=again")
    assert number_of(fact) == 1
    for address in ("192.0.3.7", "2001:db8::1", "2001:db8:0:100::1"):
        assert vote(fact, address)["Location"].endswith("counted"), address
    assert vote(fact, "2001:db8:0:ff::2")["Location"].endswith("again"), "the same /56"
    assert number_of(fact) == 4
    assert vote(other)["Location"].endswith("counted")
    assert vote(fact, at=NOW + dt.timedelta(hours=13))["Location"].endswith("counted"), "another day (UTC)"


def test_where_scripts_run_the_answer_is_a_sentence(fact):
    assert vote(fact, **IN_PLACE).json() == {"sentence": "Your vote is counted. Thank you."}
    assert "Each network has one a day" in vote(fact, **IN_PLACE).json()["sentence"]


def test_nothing_stored_names_an_address_and_the_salt_goes_with_its_day(fact):
    vote(fact)
    first, salt = Vote.objects.get(), VoteDay.objects.get().salt
    assert "192.0" not in str(vars(first))
    vote(fact, at=NOW + dt.timedelta(days=1))
    second = Vote.objects.get()
    assert VoteDay.objects.get().salt != salt
    assert second.network != first.network
    assert number_of(fact) == 2


@pytest.mark.slow
def test_too_few_are_not_shown_and_enough_show_at_once(fact):
    votes_from(fact, FEWEST_SHOWN - 1)
    assert not any("found this interesting" in page for page in pages(fact))
    vote(fact)
    assert all(f"{FEWEST_SHOWN} found this interesting" in page for page in pages(fact))


@pytest.mark.slow
def test_later_votes_show_after_an_hour_so_that_a_flood_changes_no_page(fact):
    votes_from(fact, FEWEST_SHOWN)
    before = [Client().get(f"/articles/{fact.edition.slug}/")["ETag"], *pages(fact)]
    votes_from(fact, 9, first=100)
    assert [Client().get(f"/articles/{fact.edition.slug}/")["ETag"], *pages(fact)] == before
    vote(fact, at=NOW + dt.timedelta(minutes=61))
    assert f"{FEWEST_SHOWN + 9} found this interesting" in pages(fact)[0]
    assert number_of(fact) == FEWEST_SHOWN + 10


@pytest.mark.slow
def test_a_correction_keeps_the_number_and_a_takedown_lets_nobody_vote(fact):
    votes_from(fact, FEWEST_SHOWN)
    publish_again(fact.edition.article, dek="Mended.")
    again = PublishedFact.objects.in_force().get(public_id=fact.public_id)
    assert (again.pk == fact.pk, again.interest) == (False, FEWEST_SHOWN)
    later = NOW + dt.timedelta(minutes=1)
    publishing.take_down(fact.edition.article, at=later)
    assert vote(fact, at=later).status_code == 410
    assert vote(PublishedFact(public_id="bcdfghjkmn")).status_code == 404


@pytest.mark.slow
def test_the_index_sorts_by_it_with_and_without_words(fact):
    other = fact.edition.facts.exclude(pk=fact.pk).get()
    votes_from(other, FEWEST_SHOWN)
    subject = fact.edition.subject.slug
    for choice in ("", f"&subject={subject}", f"&tag={fact.edition.tags.first().slug}", "&q=harbour"):
        page = Client().get(f"/facts/?sort=interesting{choice}", follow=True).content.decode()
        assert page.index("Two oars") < page.index("Seven lamps"), choice
    plain = Client().get("/facts/").content.decode()
    assert 'href="/facts/?sort=interesting"' in plain
    assert plain.index("Seven lamps") < plain.index("Two oars")


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Sec-Fetch-Site": "same-origin"}, 303), ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Origin": "null"}, 403)],
)
def test_another_site_cannot_vote_for_its_visitors(fact, headers, status):
    response = vote(fact, **headers)
    assert response.status_code == status
    assert Vote.objects.exists() == (status == 303)
    assert status == 303 or "from another site" in response.content.decode()


@pytest.mark.slow
def test_a_region_of_the_net_counts_so_often_for_a_fact(fact):
    for number in range(MOST_PER_REGION):
        assert vote(fact, f"198.51.{number}.1").status_code == 303
    response = vote(fact, "198.51.250.1")
    assert (response.status_code, response["Cache-Control"]) == (429, "no-store")
    assert "Tomorrow there is room again" in response.content.decode()
    assert vote(fact, "198.52.0.1").status_code == 303
    assert number_of(fact) == MOST_PER_REGION + 1


def test_in_a_flood_who_votes_little_is_counted_and_the_table_has_an_end(fact, monkeypatch):
    other = fact.edition.facts.exclude(pk=fact.pk).get()
    monkeypatch.setattr(votes, "ALLOWANCES", ((2, 100), (4, 1)))
    for address in ("10.1.0.1", "10.2.0.1"):
        vote(fact, address)
    assert vote(other, "10.1.0.1").status_code == 429, "one that has voted already"
    assert vote(other, "10.3.0.1").status_code == 303
    assert vote(other, "10.4.0.1").status_code == 303
    assert vote(other, "10.5.0.1").status_code == 429
    assert Vote.objects.count() == 4


def test_a_database_that_takes_nothing_leaves_a_sentence(fact, monkeypatch):
    def locked(*_args, **_kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(Vote, "save", locked)
    response = vote(fact, **IN_PLACE)
    assert (response.status_code, "busy" in response.json()["sentence"]) == (503, True)


def test_a_spoiler_is_not_told_on_the_way():
    card = make.card(heading="She drowns", safe_heading="What happens to her", body="In the lake.", spoiler_after=9)
    fact = make.edition(cards=(card,)).facts.get()
    page = Client().get(f"/vote/{fact.public_id}/").content.decode()
    assert "What happens to her" in page
    assert not re.search("drowns|lake", page)
    assert "noindex" in page


def test_each_fact_has_a_button_that_works_without_scripts(fact):
    for page in pages(fact)[:2]:
        assert f'<form class="vote" method="post" action="/vote/{fact.public_id}/"' in page
