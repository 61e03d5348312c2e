"""The page that a review link opens: who gets in, what it says to caches and robots, what it takes and refuses."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import workflow
from articles.models import Article, Comment, ReviewLink, ReviewOpinion
from articles.workflow import review_links
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db


def linked(article: Article, **more) -> str:
    """The address of a link for a revision of the words as they are."""
    how = {"by": make.editor(), "days": 14, "change": article.change, "may_comment": True, "may_agree": True}
    return f"/review/{workflow.make_link(article, 'Han Seo-yeon', **how | more)[1]}/"


def test_whoever_holds_the_address_reads_that_revision_and_no_newer_words():
    article = make.handed_in(introduction="It leaves at night.")
    address = linked(article)
    Article.objects.filter(pk=article.pk).update(introduction="It leaves at dawn.")
    page = Client().get(address)
    assert page.status_code == 200
    words = text(page)
    assert "It leaves at night." in words
    assert "dawn" not in words
    assert "Han Seo-yeon" in words


def test_the_page_is_found_by_no_search_engine_and_kept_by_no_cache():
    page = Client().get(linked(make.handed_in()))
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert tree(page).css_first("meta[name=robots]").attributes["content"].startswith("noindex")
    assert {"no-store", "private"} <= set(page.headers["Cache-Control"].split(", "))
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "ETag" not in page.headers
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_a_link_for_reading_sets_no_cookie_and_a_form_only_that_of_its_token():
    article = make.handed_in()
    assert not Client().get(linked(article, may_comment=False, may_agree=False)).cookies
    assert list(Client().get(linked(article)).cookies) == ["csrftoken"]
    assert Client(enforce_csrf_checks=True).post(linked(article), {"act": "agree"}).status_code == 403
    assert not ReviewOpinion.objects.exists()


def closed(article: Article) -> list[str]:
    """Addresses that open nothing, each for another reason."""
    run_out, revoked, good = linked(article, days=1), linked(article), linked(article)
    ReviewLink.objects.filter(expires_at__lt=timezone.now() + dt.timedelta(days=2)).update(expires_at=timezone.now())
    workflow.revoke_link(ReviewLink.objects.order_by("-pk")[1], by=make.editor())
    binned = make.handed_in()
    of_binned = linked(binned)
    Article.objects.filter(pk=binned.pk).update(binned_at=timezone.now())
    return [run_out, revoked, of_binned, good[:-3] + "/", "/review/x/", "/review/%00/", f"/review/{'x' * 3000}/"]


@pytest.mark.slow
def test_what_opens_nothing_does_not_tell_why():
    answers = [(Client().get(address), Client().post(address)) for address in closed(make.handed_in())]
    assert {answer.status_code for pair in answers for answer in pair} == {404}
    assert len({answer.content for pair in answers for answer in pair}) == 1
    assert {answer.headers["X-Robots-Tag"] for pair in answers for answer in pair} == {"noindex, nofollow, noarchive"}
    assert all("no-store" in answer.headers["Cache-Control"] for pair in answers for answer in pair)
    assert not any(answer.cookies for answer, _ in answers)


def test_visits_are_counted_and_looks_by_machines_are_not():
    address = linked(make.handed_in())
    Client().head(address)
    assert ReviewLink.objects.get().visits == 0
    Client().get(address)
    first = ReviewLink.objects.get().first_seen_at
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        Client().get(address)
    link = ReviewLink.objects.get()
    assert (link.visits, link.first_seen_at) == (2, first)
    assert link.last_seen_at > first


@pytest.mark.slow
def test_a_guest_comments_and_says_yes():
    article = make.handed_in()
    address, guest = linked(article), Client()
    place = f"card:{article.cards.first().public_id}"
    sent = guest.post(address, {"act": "comment", "place": place, "text": "Seven <b>lamps</b>", "note": ""})
    assert (sent.status_code, sent.headers["Location"]) == (302, f"{address}#said")
    guest.post(address, {"act": "agree", "place": "", "text": "", "note": "In my opinion"})
    page = guest.get(address)
    assert "Seven <b>lamps</b>" in text(page)
    assert not tree(page).css("button[value=agree]")
    assert {row.verdict for row in ReviewOpinion.objects.all()} == {"yes", "comment"}
    assert Comment.objects.get().place == place
    desk = client(article.owner)
    assert "Han Seo-yeon (by a review link)" in text(desk.get(at("comments", article)))
    assert "Han Seo-yeon said yes to revision 1" in text(desk.get(at("review", article)))
    assert "Han Seo-yeon said yes by a review link" in text(desk.get(at("history", article)))


def test_what_is_closed_on_the_page_is_named_nowhere_else_on_it():
    cards = (
        make.card(heading="The captain drowns", spoiler_after=3, safe_heading="What the captain does"),
        make.card(heading="The cook did it", spoiler_after=3),
        make.card(heading="A court case"),
    )
    faq = make.faq(question="Why did the cook do it?", spoiler_after=3)
    article = make.handed_in(value=make.document(subject=make.subject().slug, cards=cards, faqs=(faq,)))
    address, guest = linked(article), Client()
    for place in (*(f"card:{card.public_id}" for card in article.cards.all()), f"faq:{article.faqs.get().public_id}"):
        guest.post(address, {"act": "comment", "place": place, "text": "Is this so?"})
    answer = tree(guest.get(address)).css_first(".guest-answer").text()
    assert not any(words in answer for words in ("drowns", "cook"))
    assert answer.count("Fact 1: What the captain does") == 2
    assert answer.count("Fact 2: A fact about Night Ferry, after episode 3") == 2
    assert answer.count("Fact 3: A court case") == 2


def test_what_is_written_for_the_other_button_comes_back():
    address, guest = linked(make.handed_in()), Client()
    page = guest.post(address, {"act": "agree", "place": "conclusion", "text": "One more thing", "note": ""})
    assert page.status_code == 200
    assert "not sent yet" in text(page)
    assert tree(page).css_first("textarea[name=text]").text().strip() == "One more thing"
    assert tree(page).css_first("option[selected]").attributes["value"] == "conclusion"
    assert [row.verdict for row in ReviewOpinion.objects.all()] == ["yes"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"act": "comment", "text": " "}, 400),
        ({"act": "comment", "text": "x" * 100_000}, 400),
        ({"act": "comment", "text": "Hello", "place": "card:bcdfghjkmn"}, 400),
        ({"act": "agree", "note": "x" * 2001}, 400),
        ({"act": "approve", "text": "Hello"}, 400),
        ({"text": "Hello"}, 400),
    ],
)
def test_what_is_refused_stands_in_the_form_again_with_a_sentence(given, status):
    page = Client().post(linked(make.handed_in()), given)
    assert page.status_code == status
    assert tree(page).css_first("#form-summary").text().strip()
    written = given.get("text", "") + given.get("note", "")
    assert written.strip() in "".join(area.text() for area in tree(page).css("textarea"))
    assert not ReviewOpinion.objects.exists()


def test_a_link_takes_no_more_than_it_was_made_for():
    article = make.handed_in()
    only_reading, only_yes = linked(article, may_comment=False, may_agree=False), linked(article, may_comment=False)
    for address, act in ((only_reading, "comment"), (only_reading, "agree"), (only_yes, "comment")):
        page = Client().post(address, {"act": act, "text": "Hello"})
        assert page.status_code == 403
    assert not tree(Client().get(only_reading)).css(".guest-answer")
    assert not tree(Client().get(only_yes)).css("textarea[name=text]")
    assert not ReviewOpinion.objects.exists()
    assert Client().put(only_yes).status_code == 405


def test_a_second_yes_is_told_that_the_first_is_on_record():
    address = linked(make.handed_in())
    assert [Client().post(address, {"act": "agree"}).status_code for _each in range(2)] == [302, 409]
    assert ReviewOpinion.objects.count() == 1


def test_too_much_within_an_hour_waits_with_its_words(monkeypatch):
    monkeypatch.setattr(review_links, "MOST_PER_LINK", 1)
    address = linked(make.handed_in())
    with time_machine.travel(timezone.now(), tick=False):
        Client().post(address, {"act": "comment", "text": "One"})
        page = Client().post(address, {"act": "comment", "text": "Two"})
    assert (page.status_code, page.headers["Retry-After"]) == (429, "3600")
    assert tree(page).css_first("textarea[name=text]").text().strip() == "Two"


@pytest.mark.slow
def test_the_page_costs_the_same_however_long_it_is():
    counts = []
    for cards in (2, 20):
        address = linked(make.handed_in(cards=cards))
        with CaptureQueriesContext(connection) as queries:
            Client().get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6
