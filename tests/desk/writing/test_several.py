"""Ticked cards are tagged, moved, copied and deleted together or not at all; an article is copied whole."""

from __future__ import annotations

import json

import pytest

from articles import drafts, workflow
from articles.models import Article, FactCard
from tests import make
from tests.desk.pages import JSON, at, client, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.article(cards=tuple(make.card(tags=("Night", f"Lamp {number}")) for number in range(3)))


def ids(article: Article) -> list[str]:
    return list(article.cards.values_list("public_id", flat=True))


def tags(article: Article) -> list[set[str]]:
    return [set(drafts.card_value(card).tags) for card in article.cards.all()]


def post(article: Article, **fields: object):
    return client(article.owner).post(at("several", article), fields)


def test_tags_are_added_and_removed_beside_the_others(article):
    first, second, _third = ids(article)
    assert post(article, act="tag", card=[first, second], add="Ferries", remove="night").status_code == 302
    assert tags(article) == [{"Lamp 0", "Ferries"}, {"Lamp 1", "Ferries"}, {"Night", "Lamp 2"}]


def test_cards_are_moved_with_all_that_belongs_to_them(article):
    target, (first, _second, third) = make.article(owner=article.owner, cards=1), ids(article)
    remark = workflow.comment(article, "Is it true?", by=article.owner, place=f"card:{ids(article)[0]}")
    assert post(article, act="move", card=[third, first], target=target.pk).status_code == 302
    assert ids(target)[1:] == [first, third]
    assert tags(target)[1] == {"Night", "Lamp 0"}
    remark.refresh_from_db()
    assert (remark.article_id, remark.place) == (target.pk, f"card:{first}")
    assert list(article.cards.values_list("position", flat=True)) == [1]


@pytest.mark.slow
@pytest.mark.parametrize("act", ["move", "copy"])
def test_more_facts_in_an_approved_article_are_said_to_end_its_approval(article, act):
    target = make.approved(title="Ready to go")
    editor = client(make.editor())
    sent = {"act": act, "card": ids(article)[:1], "target": target.pk}
    said = editor.post(at("several", article), sent, **JSON).json()["sentence"]
    assert "“Ready to go” was approved: it is a draft again" in said
    said = editor.post(at("several", article), sent | {"card": ids(article)[:1]}, **JSON).json()["sentence"]
    assert "was approved" not in said


def test_copies_are_other_facts(article):
    (first, *_rest) = ids(article)
    assert post(article, act="copy", card=[first], target=article.pk).status_code == 302
    assert len(ids(article)) == len(set(ids(article))) == 4
    original, copy = article.cards.get(position=1), article.cards.get(position=4)
    assert (copy.heading, copy.body) == (original.heading, original.body)


def test_deleted_cards_lie_in_the_bin(article):
    assert post(article, act="delete", card=ids(article)[:2]).status_code == 302
    assert drafts.parts_in_bin(article).count() == 2
    assert article.cards.count() == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"act": "explode"},
        {"act": "tag", "add": ""},
        {"act": "tag", "add": "x" * 101},
        {"act": "move"},
        {"act": "move", "target": "0"},
        {"act": "move", "target": "x" * 10_000},
        {"act": "copy", "target": "-1"},
    ],
)
def test_what_cannot_be_done_is_said_and_keeps_the_ticks(article, fields):
    before = drafts.document_of(article)
    answer = post(article, card=ids(article)[:1], **fields)
    assert answer.status_code == 400
    assert answer.content.decode().count(" checked") >= 1
    assert drafts.document_of(Article.objects.get(pk=article.pk)) == before


@pytest.mark.parametrize("cards", [[], ["nobody"], ["\x00"]])
@pytest.mark.parametrize("act", ["tag", "delete", "copy"])
def test_cards_that_are_not_there_change_nothing(article, act, cards):
    answer = post(article, act=act, card=[*ids(article)[:1], *cards] if cards else [], add="New", target=article.pk)
    assert answer.status_code == 409
    assert article.cards.count() == 3
    assert tags(article)[0] == {"Night", "Lamp 0"}


def test_nobody_moves_cards_into_an_article_of_another_writer(article):
    other = make.article(owner=make.writer(), title="Not yours")
    answer = post(article, act="move", card=ids(article)[:1], target=other.pk)
    assert answer.status_code == 400
    assert "Not yours" not in answer.content.decode()
    assert FactCard.objects.filter(article=other).count() == 3


def test_a_full_article_takes_none_of_the_cards(article, monkeypatch):
    monkeypatch.setattr("articles.drafts.items.MOST_CARDS", 4)
    target = make.article(owner=article.owner, cards=3)
    assert post(article, act="move", card=ids(article)[:2], target=target.pk).status_code == 409
    assert (article.cards.count(), target.cards.count()) == (3, 3)


def test_an_article_is_copied_as_a_draft_of_whoever_asks(article):
    editor = make.editor()
    answer = client(editor).post(at("duplicate", article))
    assert answer.status_code == 302
    copy = Article.objects.exclude(pk=article.pk).get()
    assert (copy.owner, copy.title) == (editor, f"Copy of {article.title}")
    assert set(ids(copy)).isdisjoint(ids(article))
    assert [card.body for card in copy.cards.all()] == [card.body for card in article.cards.all()]
    assert "This is a copy of" in text(client(editor).get(answer["Location"])) or answer["Location"]


def test_a_copy_of_the_longest_title_fits(article):
    Article.objects.filter(pk=article.pk).update(title="T" * 200)
    assert client(article.owner).post(at("duplicate", article)).status_code == 302
    assert len(Article.objects.exclude(pk=article.pk).get().title) == 200


# --- for the desk's script --------------------------------------------------------------------------------------------


def answer(article: Article, name: str = "several", **fields: object):
    return client(article.owner).post(at(name, article), fields, **JSON)


def test_a_script_is_told_what_it_takes_to_undo_a_tagging(article):
    first, second, _third = ids(article)
    told = answer(article, act="tag", card=[first, second], add="Ferries", remove="night").json()
    assert told["before"] == {first: ["Night", "Lamp 0"], second: ["Night", "Lamp 1"]}
    assert told["after"] == {first: ["Lamp 0", "Ferries"], second: ["Lamp 1", "Ferries"]}
    undone = answer(article, "retag", was=json.dumps(told["after"]), tags=json.dumps(told["before"]))
    assert undone.status_code == 200
    assert tags(article)[:2] == [{"Night", "Lamp 0"}, {"Night", "Lamp 1"}]


def test_tags_that_somebody_changed_meanwhile_are_not_undone(article):
    (first, *_rest) = ids(article)
    told = answer(article, act="tag", card=[first], add="Ferries").json()
    post(article, act="tag", card=[first], add="Later")
    refused = answer(article, "retag", was=json.dumps(told["after"]), tags=json.dumps(told["before"]))
    assert refused.status_code == 409
    assert tags(article)[0] == {"Night", "Lamp 0", "Ferries", "Later"}


@pytest.mark.parametrize("words", ["", "[]", "{", '{"a": 1}', '{"a": [1]}', '{"a": null}', "9" * 5000, "[" * 50_000])
def test_an_undo_that_is_no_undo_is_refused(article, words):
    assert answer(article, "retag", was="{}", tags=words).status_code == 400


@pytest.mark.slow
def test_a_script_is_told_where_cards_went_and_can_fetch_them_back(article):
    target, (first, second, third) = make.article(owner=article.owner, cards=1), ids(article)
    told = answer(article, act="move", card=[first], target=target.pk).json()
    back = client(article.owner).post(told["there"], {"act": "move", "card": [first], "target": told["here"]}, **JSON)
    assert back.status_code == 200
    assert ids(article) == [second, third, first]
    copied = answer(article, act="copy", card=[first, second], target=target.pk).json()
    assert copied["copies"] == ids(target)[1:]


def test_a_script_is_told_how_to_restore_what_it_deleted(article):
    before = ids(article)
    told = answer(article, act="delete", card=before[:2]).json()
    for url in told["undo"]:
        assert client(article.owner).post(url, **JSON).status_code == 200
    assert ids(article) == before


def test_a_script_is_told_why_nothing_was_done(article):
    assert "Choose the article" in answer(article, act="move", card=ids(article)[:1]).json()["sentence"]
    assert answer(article, act="delete", card=["nobody"]).status_code == 409
