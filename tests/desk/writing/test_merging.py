"""Two people who change different words of one part get one text; who changed the same words is named."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from articles import drafts
from articles.models import Article
from tests import make
from tests.desk.pages import JSON, at, client

pytestmark = pytest.mark.django_db

BODY = "The ferry leaves at night.\n\nIt has twelve lamps."


@pytest.fixture
def article() -> Article:
    return make.article(cards=(make.card(heading="The lamps", body=BODY, sources=()),))


def fields(**changes: str) -> dict[str, str]:
    return {"heading": "The lamps", "body": BODY, "sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"} | changes


def save(person: Any, article: Article, token: str, **more: str) -> Any:
    return client(person).post(at("card", article, article.cards.get().public_id), {"token": token, **more}, **JSON)


def token_of(article: Article) -> str:
    return drafts.token(drafts.card_value(article.cards.get()))


def test_changes_of_different_lines_become_one_text(article):
    began, mina = token_of(article), make.editor(name="mina")
    assert save(mina, article, began, **fields(body=BODY.replace("at night", "at dawn"))).status_code == 200
    ours = fields(body=BODY.replace("twelve", "ten"), heading="Ten lamps")
    answer = save(article.owner, article, began, **ours, base=urlencode(fields()))
    assert answer.status_code == 200
    assert answer.json()["merged"] is True
    assert answer.json()["notes"] == ["Merged with what mina wrote meanwhile."]
    card = article.cards.get()
    assert card.heading == "Ten lamps"
    assert card.body == BODY.replace("at night", "at dawn").replace("twelve", "ten")


def test_changes_of_the_same_words_stand_side_by_side_and_name_the_other(article):
    began, mina = token_of(article), make.editor(name="mina")
    save(mina, article, began, **fields(body=BODY.replace("twelve", "ten")))
    answer = save(article.owner, article, began, **fields(body=BODY.replace("twelve", "six")), base=urlencode(fields()))
    assert answer.status_code == 409
    assert answer.json()["sentence"] == "mina changed this meanwhile."
    assert "ten" in article.cards.get().body


def test_an_own_change_in_another_tab_is_called_that(article):
    began = token_of(article)
    save(article.owner, article, began, **fields(body="Ten lamps."))
    answer = save(article.owner, article, began, **fields(body="Six lamps."))
    assert answer.status_code == 409
    assert "another tab" in answer.json()["sentence"]


@pytest.mark.slow
@pytest.mark.parametrize("base", ["", "x", "body=", "%", "heading=" + "x" * 100_000, "sources-TOTAL_FORMS=9999999"])
def test_without_what_the_writer_began_with_nothing_is_merged(article, base):
    began = token_of(article)
    save(make.editor(), article, began, **fields(body=BODY.replace("twelve", "ten")))
    answer = save(article.owner, article, began, **fields(body=BODY.replace("twelve", "six")), base=base)
    assert answer.status_code == 409
    assert "ten" in article.cards.get().body


def test_what_a_merge_replaces_is_kept(article):
    began = token_of(article)
    theirs = BODY.replace("at night", "at dawn")
    save(make.editor(), article, began, **fields(body=theirs))
    save(article.owner, article, began, **fields(body=BODY.replace("twelve", "ten")), base=urlencode(fields()))
    kept = [drafts.value_of(version).body for version in article.part_versions.all()]
    assert kept == [theirs, BODY]


def test_a_new_card_that_stands_there_with_other_words_is_not_merged(article):
    """Whoever adds has read nothing that could be merged."""
    added = fields(heading="New", public_id="bcdfghjkmn")
    sent = [added, added | {"heading": "Newer", "base": urlencode(added)}]
    first, second = (client(article.owner).post(at("card_add", article), each, **JSON) for each in sent)
    assert (first.status_code, second.status_code) == (200, 409)
    assert second.json()["submitted"]["heading"] == "Newer"
