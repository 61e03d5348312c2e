"""The desk's page of events, and what they opened among the facts to check again."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from articles.models import Article, EventMention, SubjectEvent
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db

PAGE, FACTS = at("events"), at("facts")


@pytest.fixture
def article() -> Article:
    cards = (make.card(heading="What comes next", body="Nobody has announced a second season."), make.card())
    return make.article(subject=make.subject(name="The Harbour Code").slug, cards=cards, faqs=1)


@pytest.fixture
def desk() -> Client:
    return client(make.editor())


def sent(article: Article, act: str = "look", **changes: str) -> dict[str, str]:
    words = {"subject": article.subject.slug, "sentence": "Season 2 was announced", "happened_on": "2026-03-03"}
    return {"act": act, "key_words": "", **words, **changes}


def test_empty_pages_say_so(desk: Client):
    assert "No event yet." in text(desk.get(PAGE))
    assert "No fact is due for another look." in text(desk.get(FACTS))


@pytest.mark.slow
def test_what_speaks_of_it_is_shown_before_it_is_opened(desk: Client, article: Article):
    looked = desk.get(PAGE, sent(article))
    assert "1 part speaks of it" in text(looked)
    assert "Nobody has announced a second season." in text(looked)
    words = tree(looked).css_first("[name=key_words]").attributes["value"]
    assert words.startswith("season 2, another season")
    assert not SubjectEvent.objects.exists()
    kept = desk.post(PAGE, sent(article, "open", key_words=words), follow=True)
    assert "Kept. 1 part speaks of it and waits among the facts to check again." in text(kept)
    assert "Season 2 was announced The Harbour Code March 3, 2026" in text(kept)
    shown = text(desk.get(FACTS))
    assert "Something happened: is this still true? What comes next" in shown
    section = tree(desk.get("/admin/")).css_first(".desk-section-facts")
    assert "What comes next" in section.text()
    assert section.css_first(".desk-count").text(strip=True) == "1"


@pytest.mark.slow
def test_still_true_clears_the_queue(desk: Client, article: Article):
    desk.post(PAGE, sent(article, "open", key_words="season 2"))
    form = tree(desk.get(FACTS)).css_first("form[action*=still-true]")
    assert "Noted: still true." in text(desk.post(form.attributes["action"], follow=True))
    assert "No fact is due for another look." in text(desk.get(FACTS))
    assert desk.post(form.attributes["action"]).status_code == 409
    assert desk.get(form.attributes["action"]).status_code == 405


@pytest.mark.slow
def test_a_writer_sees_what_is_open_of_their_own_and_has_no_button(desk: Client, article: Article):
    desk.post(PAGE, sent(article, "open", key_words="season 2"))
    writer, stranger = client(article.owner), client(make.writer())
    assert "What comes next" in text(writer.get(FACTS))
    assert not tree(writer.get(FACTS)).css("form[action*=still-true]")
    assert "What comes next" not in text(stranger.get(FACTS))
    mention = EventMention.objects.get()
    for person in (writer, stranger):
        assert person.get(PAGE).status_code == 403
        assert person.post(PAGE, sent(article, "open", key_words="season 2")).status_code == 403
        assert person.post(at("mention_true", article, mention.pk)).status_code == 403


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sentence": ""}, "This field is required."),
        ({"sentence": "a" * 301}, "Keep it to 300 characters; there are 301 now."),
        ({"subject": "nonsense"}, "Select a valid choice."),
        ({"happened_on": "yesterday"}, "Enter a valid date."),
        ({"happened_on": ""}, "This field is required."),
        ({"key_words": "a" * 61}, "Give at most 12 words, each of at most 60 characters."),
        ({"key_words": ", ".join(map(str, range(13)))}, "Give at most 12 words"),
        ({"sentence": "It happened"}, "No words could be proposed from your sentence: write some."),
    ],
)
def test_a_faulty_event_is_refused_and_stays_typed(desk: Client, article: Article, changes: dict, sentence: str):
    for send in (desk.get, desk.post):
        answer = send(PAGE, sent(article, "open", **changes))
        assert answer.status_code == 422
        assert sentence in text(answer)
        assert tree(answer).css_first("[name=sentence]").attributes.get("value", "") == (
            changes.get("sentence", "Season 2 was announced") or None or ""
        )
    assert not SubjectEvent.objects.exists()


def test_hostile_words_are_words(desk: Client, article: Article):
    hostile = "<b onclick=go()> Season 2 \u202eok"
    desk.post(PAGE, sent(article, "open", sentence=hostile, key_words="<b onclick=go()>, season 2, (, \\"))
    for page in (PAGE, FACTS):
        answer = desk.get(page)
        assert b"<b onclick" not in answer.content
        assert "<b onclick=go()>" in text(answer)


@pytest.mark.slow
def test_an_event_is_withdrawn(desk: Client, article: Article):
    desk.post(PAGE, sent(article, "open", key_words="season 2"))
    event = SubjectEvent.objects.get()
    assert event.happened_on == dt.date(2026, 3, 3)
    assert "is not open any more" in text(desk.post(PAGE, {"act": "withdraw", "event": event.pk}, follow=True))
    assert "No fact is due for another look." in text(desk.get(FACTS))
    for key in (str(event.pk), "x", "9" * 30, ""):
        answer = desk.post(PAGE, {"act": "withdraw", "event": key}, follow=True)
        assert "This event is not there any more." in text(answer)
