"""The review page: each part as readers will see it, with what is decided on it, by forms and by a script."""

import dataclasses
import importlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Article, Decision, Lock, ReviewLink, Tag
from articles.states import Status
from articles.workflow import Verdict
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def piece(response, place: str):
    return tree(response).css_first(f"[data-piece='{place}']")


def fields(response, place: str, verdict: str, note: str = "") -> dict[str, str]:
    form = piece(response, place).css_first("[data-decide]")
    found = {field.attributes["name"]: field.attributes.get("value", "") for field in form.css("input")}
    return {"place": found["place"], "token": found["token"], "verdict": verdict, "note": note}


def rewrite(card, by, **values) -> None:
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, **values), token=drafts.token(value), by=by)


def test_an_article_is_approved_part_by_part_without_scripts():
    article, browser = make.handed_in(), client(make.editor())
    page = browser.get(at("review", article))
    places = [each.attributes["data-piece"] for each in tree(page).css("[data-piece]")]
    assert places == list(drafts.pieces_of(drafts.document_of(article)))
    for place in places:
        answer = browser.post(at("decide", article), fields(page, place, "approved"))
        assert answer.status_code == 302
    assert fresh(article).effective_status is Status.APPROVED
    assert "every part is approved" in text(browser.get(at("review", article)))


@pytest.mark.slow
def test_a_script_gets_the_part_as_it_is_now_and_how_far_it_is():
    article, browser = make.handed_in(), client(make.editor(name="edda"))
    page = browser.get(at("review", article))
    place = next(each for each in drafts.pieces_of(drafts.document_of(article)) if each.startswith("card:"))
    given = fields(page, place, "sent-back", "Who counted the lamps?")
    answer = browser.post(at("decide", article), given, HTTP_ACCEPT="application/json").json()
    assert (answer["approved"], answer["is_over"]) == (0, False)
    assert "Sent back" in answer["html"]
    assert "Who counted the lamps?" in answer["html"]
    writers = client(article.owner)
    assert "Who counted the lamps?" in text(writers.get(at("review", article)))
    assert article.comments.get().place == place


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"verdict": "seen"}, 409),
        ({"verdict": "perhaps"}, 400),
        ({"verdict": ""}, 400),
        ({"place": "card:bcdfghjkmn"}, 409),
        ({"place": "'\"<b>"}, 409),
        ({"token": "0" * 16}, 409),
        ({"token": "\x00"}, 409),
        ({"verdict": "sent-back", "note": ""}, 409),
        ({"verdict": "asked", "note": "x" * 100_000}, 409),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence_and_changes_nothing(change, status):
    article, browser = make.handed_in(), client(make.editor())
    given = fields(browser.get(at("review", article)), "introduction", "approved") | change
    answer = browser.post(at("decide", article), given, HTTP_ACCEPT="application/json")
    assert answer.status_code == status
    assert answer.json()["sentence"]
    assert not Decision.objects.exists()
    assert not article.comments.exists()


@pytest.mark.slow
def test_the_page_speaks_to_whoever_reads_it():
    article = make.article(owner=make.editor())
    workflow.make(states.SUBMIT, article, by=article.owner)
    owner, writer, other = client(article.owner), make.writer(), client(make.editor())
    assert "You handed this in: somebody else has to approve it." in text(owner.get(at("review", article)))
    assert not tree(owner.get(at("review", article))).css("button[value=approved]")
    assert tree(other.get(at("review", article))).css("button[value=approved]")
    assert client(writer).get(at("review", article)).status_code == 403
    mine = make.handed_in(owner=writer)
    page = client(writer).get(at("review", mine))
    assert "Editors are reading this" in text(page)
    assert not tree(page).css("[data-decide]")
    assert "Not in review now" in text(client(make.editor()).get(at("review", make.article())))


def test_on_the_second_round_only_what_changed_stands_open_with_its_words_marked():
    article, editor = make.handed_in(), make.editor()
    one, _two, three = article.cards.order_by("position")
    workflow.make(states.SEND_BACK, article, by=editor, note="More about the lamps.")
    rewrite(one, article.owner, body="Count them in the third scene: there are nine.")
    order = drafts.order_of(article, "cards")
    drafts.save_order(article, "cards", (order[2], *order[:2]), token=drafts.token(order), by=article.owner)
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    page = client(editor).get(at("review", article))
    open_ones = [
        each.attributes["data-piece"]
        for each in tree(page).css("[data-piece]")
        if not each.css(".piece-words > details:not(.piece-changes)")
    ]
    assert open_ones == ["details", f"card:{one.public_id}"]
    assert "third" in [mark.text(strip=True) for mark in piece(page, f"card:{one.public_id}").css("ins")]
    assert f"“{three.heading}” moved from place 3 to 1." in piece(page, "details").text()
    assert "2 parts are new to you" in text(page)


@pytest.mark.slow
def test_a_lock_is_put_and_lifted_on_the_page():
    article, lawyer = make.handed_in(), make.editor(name="lena")
    browser, card = client(lawyer), article.cards.first()
    place = f"card:{card.public_id}"
    assert browser.post(at("lock", article), {"place": place, "reason": "A number to check"}).status_code == 302
    assert "Locked by lena: A number to check" in text(browser.get(at("review", article)))
    assert browser.post(at("lock", article), {"place": place, "reason": " "}).status_code == 409
    lock = Lock.objects.get()
    assert client(article.owner).post(at("unlock", article), {"lock": lock.pk}).status_code == 403
    assert browser.post(at("unlock", article), {"lock": "x"}).status_code == 409
    assert browser.post(at("unlock", make.article()), {"lock": lock.pk}).status_code == 409
    assert browser.post(at("unlock", article), {"lock": lock.pk}).status_code == 302
    assert not drafts.locks_of(fresh(article))


@pytest.mark.slow
def test_what_is_still_open_keeps_the_last_approval_from_being_the_whole():
    article, editor = make.handed_in(), make.editor()
    workflow.comment(article, "And the captain?", by=editor)
    value = drafts.document_of(article)
    for place, part in drafts.pieces_of(value).items():
        workflow.decide(article, place, Verdict.APPROVED, by=editor, token=drafts.token(part))
    assert fresh(article).status == Status.IN_REVIEW
    despite = workflow.open_remarks_of(article).key
    now = workflow.make(states.APPROVE, fresh(article), by=editor, change=article.change, despite=despite)
    assert now.effective_status is Status.APPROVED


def under_review(cards: int, editor) -> Article:
    """In its second round: a cover, facts with pictures and tags, decisions, comments and answers."""
    picture = make.picture()
    some = tuple(make.card(tags=(f"Lamps {cards}", "Night"), picture=picture.public_id) for _ in range(cards))
    article = make.handed_in(cards=some, cover=make.picture().public_id)
    for card in article.cards.all()[:3]:
        remark = workflow.comment(article, "Who says so?", by=editor, place=f"card:{card.public_id}")
        workflow.comment(article, "The captain does.", by=article.owner, parent=remark)
    for verdict in (Verdict.ASKED, Verdict.APPROVED):
        value = drafts.document_of(article)
        token = drafts.token(drafts.pieces_of(value)[f"card:{some[1].public_id}"])
        workflow.decide(article, f"card:{some[1].public_id}", verdict, by=editor, token=token, note="Well?")
    workflow.make(states.SEND_BACK, article, by=editor, note="Mend it.")
    despite = workflow.open_remarks_of(article).key
    return workflow.make(states.SUBMIT, fresh(article), by=article.owner, despite=despite)


@pytest.mark.slow
@pytest.mark.parametrize(("is_renamed", "most"), [(False, 21), (True, 23)])
def test_the_page_takes_the_same_queries_for_ten_cards_and_for_two_hundred(is_renamed, most):
    editor, costs = make.editor(), []
    browser = client(editor)
    for count in (10, 200):
        article = under_review(count, editor)
        if is_renamed:  # a tag of each fact: it is looked up whether that is the tag that was decided on
            Tag.objects.filter(name=f"Lamps {count}").update(name=f"Lanterns {count}", key=f"lanterns{count}")
        browser.get(at("review", article))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(at("review", article))
        assert len(tree(page).css("[data-piece^=card]")) == count
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert costs[0] <= most, "\n".join(query["sql"][:200] for query in queries.captured_queries)


@pytest.mark.slow
def test_pictures_that_changed_cost_the_same_in_two_facts_and_in_eight():
    editor, costs = make.editor(), []
    browser, picture = client(editor), make.picture()
    for count in (2, 8):
        article = make.handed_in(cards=count)
        workflow.make(states.SEND_BACK, article, by=editor, note="Show them.")
        for card in article.cards.all():
            rewrite(card, article.owner, picture=picture.public_id)
        browser.get(at("review", article))
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(at("review", article))
        assert len(tree(page).css("[data-piece^=card] .piece-changes")) == count
        assert "Ferry" in text(page)
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.fixture
def binned_meanwhile(monkeypatch):
    """Somebody puts an article into the bin between the opening of a page and the lock of its act."""

    def of(module: str, name: str) -> None:
        lock = getattr(importlib.import_module(module), name)

        def late(article: Article) -> Article:
            Article.with_binned.filter(pk=article.pk).update(binned_at=timezone.now())
            return lock(article)

        monkeypatch.setattr(f"{module}.{name}", late)

    return of


def test_what_is_done_to_an_article_that_went_into_the_bin_meanwhile_is_refused_with_a_sentence(binned_meanwhile):
    article, editor = make.handed_in(), make.editor()
    lock = workflow.lock(article, "", "Wait for the lawyer", by=editor)
    workflow.make_link(article, "Han Seo-yeon", by=editor, days=1, change=article.change)
    workflow.take_review(article, by=editor)
    binned_meanwhile("articles.workflow.locks", "row_lock")
    binned_meanwhile("articles.workflow.review_links", "lock")
    binned_meanwhile("articles.workflow.planning", "lock")
    browser = client(editor)
    for name, more, sent in (
        ("unlock", (), {"lock": lock.pk}),
        ("revoke_link", (ReviewLink.objects.get().pk,), {}),
        ("release_review", (), {}),
    ):
        answer = browser.post(at(name, article, *more), sent)
        assert (name, answer.status_code) == (name, 409)
        assert "into the bin meanwhile" in text(answer)
        Article.with_binned.filter(pk=article.pk).update(binned_at=None)
    assert Lock.objects.get().lifted_at is None
    assert ReviewLink.objects.get().revoked_at is None
    assert fresh(article).reviewer == editor
