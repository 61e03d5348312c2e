"""The desk's page of contradictions: both sentences, the ruling, refusals that keep what was typed, who may come."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from selectolax.lexbor import LexborNode

from articles import drafts
from articles.models import Article, History, Ruling
from articles.readiness import contradictions as finding
from articles.readiness.contradictions import all_contradictions
from tests import make
from tests.desk.pages import at, client, form_of, text, tree

pytestmark = pytest.mark.django_db

HOSTILE = "In 2025 it ranked in the Top 10 across 27 countries <b onclick=go()> \u202eabc\u202c & so."


@pytest.fixture
def articles() -> tuple[Article, Article]:
    subject = make.subject(name="The Harbour Code").slug
    words = ("It ranked in the Top 10 across 26 countries.", "It ranked in the Top 10 across 27 countries.")
    return tuple(make.article(subject=subject, cards=(make.card(heading="A success", body=body),)) for body in words)


@pytest.fixture
def desk() -> Client:
    return client(make.editor(name="edda"))


PAGE = at("contradictions")


def ruling_form(desk: Client, **changes: str) -> dict[str, str]:
    fields = tree(desk.get(PAGE)).css(".contradiction-decide form input[type=hidden]")
    sent = {field.attributes["name"]: field.attributes["value"] or "" for field in fields}
    return sent | {"decision": "both-true", "reason": "One week was longer."} | changes


def test_an_empty_page_says_so(desk: Client):
    assert "No sentence contradicts another one, as far as the rules see." in text(desk.get(PAGE))
    assert "Nothing is settled yet." in text(desk.get(f"{PAGE}?show=settled"))
    assert "Nothing that was decided waits" in text(desk.get(f"{PAGE}?show=to-correct"))
    assert desk.get(f"{PAGE}?show=nonsense&page=x").status_code == 200


@pytest.mark.slow
def test_both_sentences_stand_side_by_side_with_links(desk: Client, articles: tuple[Article, Article]):
    page = tree(desk.get(PAGE))
    assert [node.text(strip=True) for node in page.css(".contradictions h2")] == ["The Harbour Code"]
    assert [node.text(strip=True) for node in page.css(".contradiction-words")] == ["26 countries", "27 countries"]
    links = [node.attributes["href"] for node in page.css(".contradiction-side a:first-child")]
    assert links == [at("card", article, article.cards.get().public_id) for article in articles]
    assert all(desk.get(link).status_code == 200 for link in links)
    section = tree(desk.get("/admin/")).css_first(".desk-section-contradictions")
    assert "26 countries / 27 countries" in section.text()
    assert section.css_first(".desk-count").text(strip=True) == "1"


@pytest.mark.slow
def test_a_ruling_is_kept_with_who_and_why_and_can_be_made_anew(desk: Client, articles: tuple[Article, Article]):
    answer = desk.post(PAGE, ruling_form(desk, decision="right 27"), follow=True)
    assert "“27 countries” is right" in text(answer)
    assert not tree(desk.get("/admin/")).css(".desk-section-contradictions")
    shown = text(desk.get(f"{PAGE}?show=to-correct"))
    assert "Decided: “27 countries” is right edda" in shown
    assert "One week was longer." in shown
    assert "to be corrected" in shown
    for article in articles:
        assert article.history.filter(act=History.Act.RULE_CONTRADICTION).count() == 1
        history = text(desk.get(at("history", article)))
        assert "decided on a contradiction" in history
        assert "one of them is right: 27 countries" in history
    fields = tree(desk.get(f"{PAGE}?show=to-correct")).css(".contradiction-decide form input[type=hidden]")
    sent = {field.attributes["name"]: field.attributes["value"] for field in fields}
    desk.post(PAGE, sent | {"decision": "not-same", "reason": ""})
    assert "They do not speak of the same thing" in text(desk.get(f"{PAGE}?show=settled"))
    assert Ruling.objects.count() == 2


def doubts(desk: Client, show: str = "") -> list[str]:
    links = [
        node.attributes["href"] or "" for node in tree(desk.get(f"{PAGE}?show={show}")).css(".contradiction-side a")
    ]
    return [link for link in links if "caveat=" in link]


@pytest.mark.slow
def test_a_fact_in_doubt_can_say_so_to_readers(desk: Client, articles: tuple[Article, Article]):
    first, second = doubts(desk)
    fields = form_of(desk.get(first))
    told = ("disputed", timezone.localdate().isoformat(), "Elsewhere it is said: 27 countries.")
    assert tuple(fields[name] for name in ("caveat", "caveat_since", "caveat_note")) == told
    assert "26 countries" in form_of(desk.get(second))["caveat_note"]
    desk.post(PAGE, ruling_form(desk, decision="right 27"))
    (only,) = doubts(desk, "to-correct")
    assert form_of(desk.get(only))["caveat_note"] == "It is: 27 countries."
    card = articles[0].cards.get()
    assert card.caveat == ""
    assert desk.get(f"{at('card', articles[0], card.public_id)}?caveat=nonsense&note={'x' * 900}").status_code == 200


@pytest.mark.usefixtures("articles")
def test_what_is_settled_raises_no_doubt(desk: Client):
    desk.post(PAGE, ruling_form(desk))
    assert doubts(desk, "settled") == []


@pytest.mark.usefixtures("articles")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decision": ""}, "Say what you have decided."),
        ({"decision": "right 28"}, "Choose the one that is right."),
        ({"reason": ""}, "Say why all of them are true"),
        ({"reason": "a" * 10_000}, "A reason has at most 500 characters."),
        ({"digests": "x y"}, "The sentences are others by now"),
        ({"measure": "\0" * 10}, "The sentences are others by now"),
        ({"subject": "99999999999999999999"}, "The sentences are others by now"),
        ({"subject": "-1"}, "The sentences are others by now"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_stays_typed(desk: Client, changes: dict[str, str], sentence: str):
    sent = ruling_form(desk, **changes)
    answer = desk.post(PAGE, sent)
    assert answer.status_code == 409
    assert sentence in text(answer)
    assert not Ruling.objects.exists()
    if not {"subject", "measure"} & changes.keys():
        assert tree(answer).css_first("textarea").text() == sent["reason"]


def test_a_sentence_that_changed_meanwhile_is_not_ruled_on(desk: Client, articles: tuple[Article, Article]):
    sent = ruling_form(desk)
    row = drafts.whole_cards(articles[0].cards.all()).get()
    value = drafts.card_value(row)
    new = dataclasses.replace(value, body=HOSTILE)
    drafts.save_card(row, new, token=drafts.token(value), by=articles[0].owner)
    make.article(
        subject=articles[0].subject.slug, cards=(make.card(body="It ranked in the Top 10 across 29 countries."),)
    )
    answer = desk.post(PAGE, sent)
    assert answer.status_code == 409
    assert "The sentences are others by now" in text(answer)


def test_hostile_words_are_shown_as_words(desk: Client, articles: tuple[Article, Article]):
    body = HOSTILE.removeprefix("In 2025 ").replace("27", "28")
    make.article(subject=articles[0].subject.slug, cards=(make.card(body=body),))
    page = desk.get(PAGE)
    assert b"<b onclick" not in page.content
    assert "<b onclick=go()>" in " ".join(node.text() for node in tree(page).css("q"))


@pytest.mark.slow
def test_writers_neither_see_nor_rule(desk: Client, articles: tuple[Article, Article]):
    sent = ruling_form(desk)
    for account in (articles[0].owner, make.writer()):
        writer = client(account)
        assert writer.get(PAGE).status_code == 403
        assert writer.post(PAGE, sent).status_code == 403
        assert "Contradictions" not in text(writer.get("/admin/"))
    assert not Ruling.objects.exists()


@pytest.mark.slow
def test_queries_do_not_grow_with_what_is_contested(
    desk: Client, articles: tuple[Article, Article], django_assert_num_queries
):
    desk.get(PAGE)
    with django_assert_num_queries(5):
        desk.get(PAGE)
    for number in range(8):
        subject = make.subject(name=f"Work {number}").slug
        for count in (26, 27, 28):
            make.article(subject=subject, cards=(make.card(body=f"It was in the Top 10 of {count} countries."),))
    with django_assert_num_queries(5):
        assert len(tree(desk.get(PAGE)).css(".contradictions > li")) == 9


def contested(numbers: range) -> None:
    for number in numbers:
        subject = make.subject(name=f"Work {number:03}").slug
        for count in (26, 27):
            make.article(subject=subject, cards=(make.card(body=f"It was in the Top 10 of {count} countries."),))


def first_page(desk: Client) -> tuple[int, int, LexborNode]:
    """Queries, bytes, and the section of contradictions."""
    desk.get("/admin/")
    with CaptureQueriesContext(connection) as queries:
        answer = desk.get("/admin/")
    return len(queries), len(answer.content), tree(answer).css_first(".desk-section-contradictions")


@pytest.mark.slow
def test_the_first_page_reads_no_more_contradictions_than_it_shows(desk: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "SUBJECTS_AT_ONCE", 4)
    contested(range(8))
    few, bytes_of_few, section = first_page(desk)
    assert len(section.css("li")) == 6
    assert section.css_first(".desk-count").text(strip=True) == "6+"
    assert section.css("p a")[-1].attributes["href"] == PAGE
    contested(range(8, 20))
    many, bytes_of_many, _section = first_page(desk)
    assert many == few
    assert abs(bytes_of_many - bytes_of_few) < 100


@pytest.mark.slow
def test_what_is_settled_hides_nothing_that_comes_after_it(desk: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(finding, "SUBJECTS_AT_ONCE", 2)
    contested(range(6))
    for found in all_contradictions()[:5]:
        Ruling.objects.create(
            subject=found.subject,
            measure=found.measure,
            verdict=Ruling.Verdict.BOTH_TRUE,
            digests=found.digests,
            reason="Both.",
        )
    section = first_page(desk)[2]
    assert [node.text(strip=True) for node in section.css("li .desk-facts span")] == ["Work 005"]
    assert section.css_first(".desk-count").text(strip=True) == "1"
