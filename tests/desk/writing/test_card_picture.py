"""A fact's picture at the desk: chosen, shown where the card is closed, in the preview, in what changed, and kept."""

from __future__ import annotations

import dataclasses
from urllib.parse import urlencode

import pytest

from articles import drafts, readiness
from articles.models import Article, FactCard, Picture
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture() -> Picture:
    return make.picture(title="Lamps at sea", alt="Two lamps")


@pytest.fixture
def article(picture: Picture) -> Article:
    return make.article(cards=(make.card(picture=picture.public_id), make.card()), faqs=0)


@pytest.fixture
def browser(article: Article):
    return client(article.owner)


def card_url(article: Article, position: int = 1) -> str:
    return at("card", article, article.cards.get(position=position).public_id)


def change(article: Article, position: int = 1, **fields: object) -> FactCard:
    row = article.cards.get(position=position)
    now = drafts.card_value(row)
    drafts.save_card(row, dataclasses.replace(now, **fields), token=drafts.token(now), by=article.owner)
    return row


@pytest.mark.slow
def test_the_page_of_a_card_lists_the_library_and_saves_a_choice(article, browser, picture):
    url = card_url(article, 2)
    options = tree(browser.get(url)).css("select[name=picture] option")
    assert [(node.attributes["value"], node.text()) for node in options] == [
        ("", "— none —"),
        (picture.public_id, "Lamps at sea"),
    ]
    assert sent_unchanged(browser, url, picture=picture.public_id).status_code == 302
    assert article.cards.get(position=2).picture == picture.public_id
    assert sent_unchanged(browser, url, picture="").status_code == 302
    assert article.cards.get(position=2).picture == ""


@pytest.mark.parametrize("wrong", ["../..", "<b>", "x" * 500, "bcdfghjkmn\n", "ﷺ"])
def test_what_is_no_picture_is_refused_at_its_field(article, browser, wrong):
    answer = browser.post(card_url(article), form_of(browser.get(card_url(article))) | {"picture": wrong}, **JSON)
    if wrong.endswith("\n"):  # white space around it does no harm
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert "picture" in answer.json()["errors"]


@pytest.mark.slow
def test_one_that_the_library_lost_stays_until_somebody_chooses_and_is_told(article, browser):
    change(article, 2, picture="bcdfghjkmn")
    url = card_url(article, 2)
    assert "not in the library" in text(browser.get(url))
    sent_unchanged(browser, url, heading="Other words")
    assert article.cards.get(position=2).picture == "bcdfghjkmn"
    codes = {problem.code: problem for problem in readiness.problems(drafts.document_of(article), article)}
    assert codes["picture-missing"].field == "picture"


def test_one_without_words_keeps_the_article_from_being_handed_in(article, picture):
    assert not [p for p in readiness.problems(drafts.document_of(article), article) if p.code.startswith("picture")]
    Picture.objects.filter(pk=picture.pk).update(alt="")
    (found,) = [p for p in readiness.problems(drafts.document_of(article), article) if p.code.startswith("picture")]
    assert (found.code, found.place.partition(":")[0], found.is_blocking) == ("picture-without-alt", "card", True)
    Picture.objects.filter(pk=picture.pk).update(decorative=True)
    assert not [p for p in readiness.problems(drafts.document_of(article), article) if p.code.startswith("picture")]


@pytest.mark.slow
def test_the_closed_card_shows_it_above_its_words(article, browser):
    page = tree(browser.get(at("change", article)))
    first, second = page.css(".lines .line-body")
    assert first.css_first("img").attributes["alt"] == "Two lamps"
    assert not second.css("img")
    answer = browser.post(card_url(article), form_of(browser.get(card_url(article))) | {"picture": ""}, **JSON).json()
    assert "<img" not in answer["html"]
    assert not tree(browser.get(at("change", article))).css(".lines .line-body img")


def test_the_page_of_the_desk_holds_no_list_of_the_library(article, browser, picture):
    fields = tree(browser.get(at("change", article))).css_first("template[data-template=card]").html
    assert 'name="picture"' in fields
    assert picture.public_id not in fields


def test_the_live_preview_shows_one_that_is_not_saved_yet(article, browser, picture):
    row = article.cards.get(position=2)
    sources = {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}
    fields = {"heading": "H", "body": "B", "picture": picture.public_id, **sources}
    sent = {f"card:{row.public_id}": urlencode(fields)}
    page = tree(browser.post(at("preview_unsaved", article), sent))
    assert [image.attributes["alt"] for image in page.css(".card-picture img")] == ["Two lamps", "Two lamps"]


def test_a_comparison_names_pictures_and_not_their_ids(article, browser, picture):
    drafts.keep_named(article, "before", by=article.owner)
    lamp = make.picture(title="One lamp")
    change(article, 1, picture=lamp.public_id)
    change(article, 2, picture=picture.public_id)
    page = text(browser.get(f"{at('compare', article)}?old=1"))
    assert "Lamps at sea" in page
    assert "One lamp" in page


def test_both_pictures_of_a_conflict_are_named(article, browser, picture):
    url = card_url(article)
    opened = form_of(browser.get(url))
    change(article, picture=make.picture(title="One lamp").public_id)
    answer = browser.post(url, opened | {"picture": make.picture(title="No lamp").public_id}, **JSON)
    assert answer.status_code == 409
    (row,) = answer.json()["rows"]
    assert {"".join(run["text"] for run in row[side]) for side in ("old", "new")} == {"One lamp", "No lamp"}


def test_copies_moves_the_bin_and_earlier_wordings_carry_it(article, picture):
    target = make.article(cards=(), owner=article.owner)
    row = article.cards.get(position=1)
    drafts.copy_cards(article, [row.public_id], target, by=article.owner)
    assert [card.picture for card in target.cards.all()] == [picture.public_id]
    drafts.move_card(row, target, by=article.owner)
    assert [card.picture for card in target.cards.all()] == [picture.public_id] * 2
    row.refresh_from_db()
    token = drafts.token(drafts.card_value(row))
    binned = drafts.delete_card(row, token=token, by=article.owner)
    drafts.restore_part(binned, by=article.owner)
    assert [card.picture for card in target.cards.all()] == [picture.public_id] * 2
    copy = drafts.duplicate(target, by=article.owner)
    assert [card.picture for card in copy.cards.all()] == [picture.public_id] * 2
    change(copy, 1, picture="")
    place = f"card:{copy.cards.get(position=1).public_id}"
    (version,) = drafts.versions_of(copy, place)
    assert drafts.value_of(version).picture == picture.public_id
