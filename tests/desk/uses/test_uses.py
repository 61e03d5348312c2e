"""Using a fact of another article on the desk: finding it, where it is used, what is pending, and deciding on it."""

from __future__ import annotations

import dataclasses

import pytest

from articles import drafts, publishing, readiness
from articles.models import Article, FactCard, FactUse, Revision
from articles.models.fact_uses import Mode
from articles.workflow import fact_uses
from tests import make
from tests.desk.pages import JSON, at, client, form_of, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def origin() -> Article:
    cards = (make.card(heading="Lamps of the ferry", body="There are nine."),)
    return make.edition(cards=cards, title="10 facts about ferries").article


@pytest.fixture
def article() -> Article:
    return make.article(cards=1, title="12 facts about lamps")


def fact(origin: Article) -> FactCard:
    return origin.cards.get()


def used(article: Article, origin: Article, mode: Mode = Mode.FOLLOW) -> FactCard:
    return fact_uses.use_fact(article, fact(origin).public_id, mode, by=article.owner)


def correct(origin: Article, body: str = "There are ten.") -> None:
    row = fact(origin)
    old = drafts.card_value(row)
    drafts.save_card(row, dataclasses.replace(old, body=body), token=drafts.token(old), by=origin.owner)
    revision = drafts.keep_revision(Article.objects.get(pk=origin.pk), Revision.Reason.APPROVED, by=origin.owner)
    publishing.publish(revision)


def send(browser, card: FactCard, act: str):
    page = tree(browser.get(at("uses", card.article, card.public_id)))
    seen = page.css_first("input[name=seen]").attributes.get("value") or ""
    return browser.post(at("use_act", card.article, card.public_id), {"act": act, "seen": seen}, follow=True)


@pytest.mark.slow
def test_a_writer_finds_a_public_fact_of_somebody_else_and_uses_it(article, origin):
    browser = client(article.owner)
    found = browser.get(at("use_fact", article), {"q": "LAMPS ferry"})
    assert "Lamps of the ferry" in text(found)
    assert "10 facts about ferries" in text(found)
    sent = {"fact": fact(origin).public_id, "mode": "follow", "q": "lamps"}
    answer = browser.post(at("use_fact", article), sent, follow=True)
    assert "A fact of “10 facts about ferries”: follows the original – with the words of the original." in text(answer)
    assert article.cards.get(heading="Lamps of the ferry").body == "There are nine."


@pytest.mark.parametrize("asked", ["lamps of the fery", "“lamps of the ferry”", "Night Ferry nine"])
def test_it_is_found_as_readers_find_it(article, origin, asked: str):
    assert "Lamps of the ferry" in text(client(article.owner).get(at("use_fact", article), {"q": asked}))


@pytest.mark.parametrize("asked", ["\x00", '"', "a" * 5000, "-lamps", "()", "🔥"])
def test_no_question_is_an_error(article, origin, asked: str):
    assert client(article.owner).get(at("use_fact", article), {"q": asked}).status_code == 200


def test_nothing_is_found_of_what_is_not_theirs_to_see_or_is_closed(article):
    make.article(cards=(make.card(heading="Secret lamps"),))
    closed = make.card(heading="Lamps that burn", body="Lamps burn.", spoiler_after=3, safe_heading="A danger")
    make.edition(cards=(closed,), title="Ferries")
    browser = client(article.owner)
    assert "No fact of another article" in text(browser.get(at("use_fact", article), {"q": "lamps"}))
    assert "A danger" in text(browser.get(at("use_fact", article), {"q": "danger"}))
    assert "Secret lamps" in text(client(make.editor()).get(at("use_fact", article), {"q": "lamps"}))


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"fact": "nothing", "mode": "follow"}, 409),
        ({"fact": "\x00", "mode": "pin"}, 409),
        ({"mode": "own"}, 400),
        ({}, 400),
    ],
)
def test_what_is_no_fact_or_no_mode_is_refused_with_a_sentence(article, sent, status):
    answer = client(article.owner).post(at("use_fact", article), {**sent, "q": "lamps"})
    assert answer.status_code == status
    assert tree(answer).css_first(".errornote")
    assert FactUse.objects.count() == 0


@pytest.mark.slow
def test_what_is_pending_is_shown_with_a_word_diff_and_taken_with_one_press(article, origin):
    card = used(article, origin)
    correct(origin)
    browser = client(article.owner)
    assert "Compare and decide" in text(browser.get(at("change", article)))
    page = browser.get(at("uses", article, card.public_id))
    assert [node.text() for node in tree(page).css("del, ins")] == ["nine", "ten"]
    assert "Taken over" in text(send(browser, card, "take"))
    card.refresh_from_db()
    assert card.body == "There are ten."
    assert "The words are the same." in text(browser.get(at("uses", article, card.public_id)))


@pytest.mark.slow
def test_ours_is_kept_and_own_words_are_compared(article, origin):
    card = used(article, origin)
    correct(origin)
    browser = client(article.owner)
    assert "somebody kept the words here" in text(send(browser, card, "keep"))
    assert "tells it in its own words" in text(send(browser, card, "adapt"))
    old = drafts.card_value(FactCard.objects.get(pk=card.pk))
    drafts.save_card(card, dataclasses.replace(old, body="We count."), token=drafts.token(old), by=article.owner)
    correct(origin, "There are eleven.")
    page = text(browser.get(at("uses", article, card.public_id)))
    assert "What changed in the original" in page
    assert "compared with the original" in text(send(browser, card, "look"))
    assert "This fact is told in this article alone." in text(send_unlink(browser, card))


def send_unlink(browser, card: FactCard):
    return browser.post(at("use_act", card.article, card.public_id), {"act": "unlink"}, follow=True)


@pytest.mark.slow
def test_an_act_on_words_that_changed_meanwhile_is_a_conflict(article, origin):
    card = used(article, origin)
    correct(origin)
    browser = client(article.owner)
    answer = browser.post(at("use_act", article, card.public_id), {"act": "take", "seen": "0" * 32})
    assert answer.status_code == 409
    assert "Read it again" in text(answer)
    assert browser.post(at("use_act", article, card.public_id), {"act": "explode"}).status_code == 400
    assert browser.get(at("use_act", article, card.public_id)).status_code == 302


@pytest.mark.slow
def test_where_a_fact_is_used_stands_beside_the_original(article, origin):
    used(article, origin)
    told = "Told again in “12 facts about lamps”: follows the original – with the words of the original."
    browser = client(make.editor())
    for name in ("change", "review"):
        assert told in text(browser.get(at(name, origin))), name
    for name in ("card", "uses"):
        assert "12 facts about lamps" in text(browser.get(at(name, origin, fact(origin).public_id))), name
    by_owner = text(client(origin.owner).get(at("change", origin)))
    assert "12 facts about lamps" not in by_owner
    assert "Told again in “an article of somebody else”" in by_owner


@pytest.mark.slow
def test_whoever_writes_other_words_into_a_follower_is_told(article, origin):
    card = used(article, origin)
    value = drafts.card_value(FactCard.objects.get(pk=card.pk))
    browser = client(article.owner)
    page = browser.get(at("card", article, card.public_id))
    assert "A fact of “10 facts about ferries”" in text(page)
    sent = form_of(page) | {"body": "We count nine."}
    answer = browser.post(at("card", article, card.public_id), sent, **JSON)
    assert answer.json()["notes"] == [
        "It had the words of the original. From now on this article tells the fact in its own."
    ]
    again = sent | {"token": answer.json()["token"], "body": "We counted nine."}
    assert browser.post(at("card", article, card.public_id), again, **JSON).json()["notes"] == []
    assert value.body == "There are nine."


@pytest.mark.slow
def test_a_fact_that_is_used_on_purpose_is_no_duplicate(article, origin):
    def codes(of: Article) -> list[str]:
        found = readiness.problems(drafts.document_of(of), of)
        return [problem.code for problem in found if problem.code == "published-elsewhere"]

    card = used(article, origin)
    third = make.edition(cards=(make.card(heading="Something else"),)).article
    again = fact_uses.use_fact(third, card.public_id, Mode.FOLLOW, by=third.owner)
    publishing.publish(drafts.keep_revision(Article.objects.get(pk=third.pk), "approved", by=third.owner))
    assert codes(article) == codes(origin) == []
    fact_uses.unlink(FactCard.objects.get(pk=again.pk), by=third.owner)
    assert codes(article) == ["published-elsewhere"]
