"""“Report a mistake”: what a reader sends arrives once, with the fact; floods and what walks into the trap do not."""

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client

from articles import publishing
from articles.models import PublishedFact, Report, reports
from articles.models.reports import ALLOWANCES, digest_of_sender
from tests import make

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)
TIMESTAMP = re.compile(r'name="timestamp" value="([^"]+)"')
WORDS = "The ferry has nine lamps, not seven."


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fact() -> PublishedFact:
    with time_machine.travel(NOW - dt.timedelta(days=9), tick=False):
        return make.edition(cards=(make.card(heading="Seven lamps"),)).facts.get()


def path_of(fact: PublishedFact) -> str:
    return f"/report/{fact.public_id}/"


def send(fact: PublishedFact, *, at: dt.datetime = NOW, after: float = 20, address: str = "192.0.2.7", **fields):
    """Opens the form, waits, and sends it. What a browser says of itself goes in `headers`."""
    client, headers = Client(REMOTE_ADDR=address), fields.pop("headers", {})
    with time_machine.travel(at, tick=False):
        timestamp = TIMESTAMP.search(client.get(path_of(fact)).content.decode())
    with time_machine.travel(at + dt.timedelta(seconds=after), tick=False):
        data = {"words": WORDS, "timestamp": timestamp[1]} | fields
        return client.post(path_of(fact), data, headers=headers)


def test_what_a_reader_sends_arrives_with_the_fact(fact):
    response = send(fact, words=f"  {WORDS}\r\nLook twice. ", source="example.org/lamps", email="sora@example.org")
    assert (response.status_code, response["Location"]) == (302, f"/reported/?fact={fact.public_id}")
    report = Report.objects.get()
    assert (report.public_id, report.article, report.heading) == (fact.public_id, fact.edition.article, "Seven lamps")
    assert report.words == f"{WORDS}\nLook twice."
    assert (report.source, report.email) == ("https://example.org/lamps", "sora@example.org")
    assert report.is_open
    assert "192.0.2.7" not in str(vars(report))


def test_no_token_and_no_cookie_is_asked_for(fact):
    client = Client(enforce_csrf_checks=True)
    page = client.get(path_of(fact))
    timestamp = TIMESTAMP.search(page.content.decode())[1]
    with time_machine.travel(NOW + dt.timedelta(minutes=1)):
        answer = client.post(path_of(fact), {"words": WORDS, "timestamp": timestamp})
    assert answer.status_code == 302
    assert not client.cookies
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": ""}, "Write what is wrong"),
        ({"words": " \n "}, "Write what is wrong"),
        ({"words": "Wrong."}, "Write a little more"),
        ({"words": "a" * 2001}, "Keep it to 2000"),
        ({"words": "\x00" * 20}, "Write what is wrong"),
        ({"source": "javascript:alert(1)"}, "Write a whole web address"),
        ({"source": "ftp://example.org/"}, "Write a whole web address"),
        ({"source": f"https://example.org/{'a' * 500}"}, "Keep it to 500 characters; there are 520 now."),
        ({"email": "sora"}, "Write an e-mail address"),
    ],
)
def test_what_is_wrong_with_it_is_said_at_the_field_and_above(fact, fields, sentence):
    response = send(fact, **fields)
    page = response.content.decode()
    assert response.status_code == 400
    assert page.count(sentence) == 2
    name = next(iter(fields))
    assert f'href="#report-{name}"' in page
    assert f'id="report-{name}_error"' in page
    assert re.search(rf'name="{name}"[^>]*aria-invalid="true"', page)
    assert "<title>Not sent:" in page
    assert name == "words" or WORDS in page
    assert not Report.objects.exists()


def test_2000_signs_with_new_lines_are_2000_signs(fact):
    assert send(fact, words=("a" * 19 + "\r\n") * 99 + "b" * 20).status_code == 302


def test_words_that_look_like_markup_stay_words(fact):
    page = send(fact, words="</textarea><script>alert(1)</script>", email="x").content.decode()
    assert "<script>alert" not in page


def test_what_falls_into_the_trap_is_thanked_and_dropped(fact):
    response = send(fact, homepage="https://pills.example/")
    assert not Report.objects.exists()
    assert response["Location"] == send(fact)["Location"]
    assert Report.objects.exists()


def test_the_trap_is_hidden_from_everybody_but_programs(fact):
    page = Client().get(path_of(fact)).content.decode()
    trap = re.search(r'<div class="visually-hidden" aria-hidden="true">.*?</div>', page)[0]
    assert 'name="homepage"' in trap
    assert 'tabindex="-1"' in trap
    assert 'autocomplete="off"' in trap


def test_a_form_sent_at_once_is_shown_again_with_its_words(fact):
    response = send(fact, after=1)
    assert (response.status_code, Report.objects.count()) == (400, 0)
    assert WORDS in response.content.decode()
    assert TIMESTAMP.search(response.content.decode()), "sent again after a moment it is taken"
    assert send(fact, after=3).status_code == 302


@pytest.mark.parametrize("timestamp", ["", "nonsense", "a:b:c"])
def test_a_stamp_that_is_none_of_ours_is_replaced(fact, timestamp):
    response = send(fact, timestamp=timestamp)
    assert (response.status_code, Report.objects.count()) == (400, 0)
    assert TIMESTAMP.search(response.content.decode())[1] != timestamp


def test_a_form_that_lay_open_for_a_day_gets_a_new_stamp_and_keeps_its_words(fact):
    response = send(fact, after=24 * 3600 + 5)
    assert response.status_code == 400
    assert WORDS in response.content.decode()


def test_a_stamp_counts_for_its_own_fact_only(fact):
    other = make.edition(at=NOW - dt.timedelta(days=8), cards=1).facts.get()
    with time_machine.travel(NOW, tick=False):
        foreign = TIMESTAMP.search(Client().get(path_of(other)).content.decode())[1]
    assert send(fact, timestamp=foreign).status_code == 400


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 302),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_another_site_cannot_send_for_its_visitors(fact, headers, status):
    response = send(fact, headers=headers)
    assert response.status_code == status
    assert Report.objects.exists() == (status == 302)
    assert status == 302 or WORDS in response.content.decode()


def test_sent_twice_it_is_kept_once(fact):
    assert [send(fact).status_code, send(fact, after=25).status_code] == [302, 302]
    assert Report.objects.count() == 1


(CROWDED, OF_SENDER, OF_NETWORK), *_MORE, (LAST, *_LAST) = ALLOWANCES
PILE = "&held=yes"


@pytest.mark.slow
def test_what_one_sender_sends_too_much_of_waits_in_the_pile_and_shuts_nobody_out(fact):
    for number in range(OF_SENDER):
        assert PILE not in send(fact, words=f"{WORDS} {number}")["Location"]
    response = send(fact, words="One more mistake here.")
    assert (response.status_code, PILE in response["Location"]) == (302, True)
    assert [report.words for report in Report.objects.held()] == ["One more mistake here."]
    assert PILE in send(fact, words="One more mistake here.", after=25)["Location"], "sent twice it says the same"
    assert PILE not in send(fact, address="192.0.2.8")["Location"]
    later = NOW + dt.timedelta(minutes=61)
    assert PILE not in send(fact, words="An hour later.", at=later)["Location"]


def test_the_page_of_thanks_says_that_a_report_waits_apart_and_where_else_to_turn(client, fact):
    page = client.get("/reported/", {"fact": fact.public_id, "held": "yes"}).content.decode()
    assert "waits apart from the others" in page
    assert page.count('href="/contact/"') == 2  # and in the foot of each page
    assert "waits apart" not in client.get("/reported/").content.decode()


@pytest.mark.slow
def test_a_network_that_floods_by_many_addresses_leaves_the_list_to_others(fact):
    for number in range(OF_NETWORK):
        assert PILE not in send(fact, address=f"192.0.2.{number + 1}")["Location"]
    assert PILE in send(fact, address="192.0.2.200")["Location"]
    assert PILE not in send(fact, address="198.51.100.7")["Location"]
    for number in range(OF_NETWORK):
        send(fact, address=f"2001:db8:1:{number:x}::1")
    assert PILE in send(fact, address="2001:db8:1:ff::1")["Location"]
    assert PILE not in send(fact, address="2001:db8:2::1")["Location"]


@pytest.mark.slow
def test_the_fuller_the_hour_the_less_of_each_sender_but_never_nothing(fact):
    """A flood from everywhere: an honest reader is still heard, first in the list, at last in the pile."""
    some = {"made_at": NOW - dt.timedelta(minutes=30)}
    for number in range(CROWDED):
        make.report(fact, sender=f"{number}", network=f"{number}", **some)
    assert PILE not in send(fact, address="203.0.113.5")["Location"]
    assert PILE not in send(fact, address="203.0.113.5", words="A second mistake.")["Location"]
    assert PILE in send(fact, address="203.0.113.5", words="A third mistake.")["Location"]
    for number in range(CROWDED, LAST):
        make.report(fact, sender=f"{number}", network=f"{number}", **some)
    response = send(fact, address="203.0.113.99")
    assert (response.status_code, PILE in response["Location"]) == (302, True)
    assert PILE not in send(fact, address="203.0.113.98", at=NOW + dt.timedelta(minutes=31))["Location"]


def test_the_pile_has_an_end_and_who_fills_it_makes_room(fact, monkeypatch):
    monkeypatch.setattr(reports, "MOST_HELD", 3)
    honest = make.report(fact, is_held=True, sender="honest", made_at=NOW - dt.timedelta(hours=5))
    oldest, *_others = [make.report(fact, is_held=True, sender="flood", words=f"{n}") for n in range(2)]
    for number in range(OF_SENDER + 1):
        send(fact, words=f"{WORDS} {number}")
    assert Report.objects.held().count() == 3
    assert Report.objects.filter(pk=honest.pk).exists()
    assert not Report.objects.filter(pk=oldest.pk).exists()


def test_a_list_that_nobody_reads_has_an_end(fact, monkeypatch):
    monkeypatch.setattr(reports, "MOST_OPEN", 1)
    assert PILE not in send(fact)["Location"]
    assert PILE in send(fact, address="198.51.100.7", at=NOW + dt.timedelta(hours=9))["Location"]


def test_a_digest_knows_an_address_for_a_day_and_a_household_of_ipv6_as_one(settings):
    first = digest_of_sender("192.0.2.7", NOW)
    assert first == digest_of_sender("192.0.2.7", NOW + dt.timedelta(hours=11))
    assert first == digest_of_sender("::ffff:192.0.2.7", NOW)
    assert first != digest_of_sender("192.0.2.7", NOW + dt.timedelta(hours=12))
    assert first != digest_of_sender("192.0.2.8", NOW)
    assert digest_of_sender("2001:db8::1", NOW) == digest_of_sender("2001:db8::ffff:1", NOW)
    assert digest_of_sender("2001:db8:0:1::1", NOW) != digest_of_sender("2001:db8::1", NOW)
    assert digest_of_sender("", NOW) != first
    settings.SECRET_KEY = "another"
    assert digest_of_sender("192.0.2.7", NOW) != first


def test_what_is_not_needed_any_longer_goes_with_the_next_report(fact):
    day = dt.timedelta(days=1)
    old = {"made_at": NOW - 120 * day, "email": "sora@example.org", "sender": "a"}
    closed, late, still_open = (make.report(fact, closed_at=at, **old) for at in (NOW - 91 * day, NOW - 89 * day, None))
    send(fact)
    for row in (closed, late, still_open):
        row.refresh_from_db()
    assert [row.email for row in (closed, late, still_open)] == ["", "sora@example.org", "sora@example.org"]
    assert {row.sender for row in (closed, late, still_open)} == {""}
    assert Report.objects.latest("made_at").sender
    assert Report.objects.latest("made_at").network


def test_a_spoiler_is_not_told_on_the_way(client):
    card = make.card(heading="She drowns", safe_heading="What happens to her", body="In the lake.", spoiler_after=9)
    public_id = make.edition(cards=(card,)).facts.get().public_id
    page = client.get(f"/report/{public_id}/").content.decode()
    assert "What happens to her" in page
    assert "drowns" not in page
    assert "lake" not in page


def test_only_a_fact_in_force_can_be_reported(client, fact):
    draft = make.article().cards.first()
    assert client.get(f"/report/{draft.public_id}/").status_code == 404
    assert client.post(f"/report/{draft.public_id}/", {"words": WORDS}).status_code == 404
    publishing.take_down(fact.edition.article)
    assert client.get(path_of(fact)).status_code == 410
    assert client.post(path_of(fact), {"words": WORDS}).status_code == 410


def test_no_search_engine_keeps_these_pages_and_no_cache_the_answers(client, fact):
    for path, kept in ((path_of(fact), "private, no-cache"), ("/reported/", "no-store")):
        response = client.get(path)
        assert 'name="robots" content="noindex' in response.content.decode()
        assert kept in response["Cache-Control"]
        assert path not in client.get("/sitemap.xml").content.decode()
    assert send(fact)["Cache-Control"] == send(fact, words="")["Cache-Control"] == "no-store"


@pytest.mark.parametrize("fact_id", ["", "../admin/", "//evil.example", "short", "a" * 300])
def test_thanks_leads_back_to_facts_only(client, fact_id):
    page = client.get("/reported/", {"fact": fact_id}).content.decode()
    assert "Back to the fact" not in page
    assert "evil" not in page


def test_each_card_and_each_fact_leads_to_the_form(client, fact):
    for path in (f"/articles/{fact.edition.slug}/", f"/facts/{fact.public_id}/{fact.slug}/"):
        assert f'href="{path_of(fact)}"' in client.get(path).content.decode(), path
