"""Proving claims on the desk: the pages without a script, what the script gets, and what is refused."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.claims import digest
from articles.models import Article, ClaimAct
from tests import make
from tests.desk.pages import JSON, at, client, text, tree
from tests.proofs.makers import EXCERPT, article, identity, place_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Article:
    return article()


def act(row: Article, user=None, /, **given):
    return client(user or row.owner).post(at("claim_act", row), {"place": place_of(row), **given})


def claim_page(row: Article, words: str, user=None):
    query = {"place": place_of(row), "claim": identity(row, words)}
    return client(user or row.owner).get(at("claim", row), query)


def test_the_list_shows_how_far_each_claim_is_proved_and_binds_with_one_button(row: Article):
    browser = client(row.owner)
    page = tree(browser.get(at("claims", row)))
    states = [node.text() for node in page.css(f"#{place_of(row).replace(':', '-')} .claim-state")]
    assert states == ["stands in a source"] * 4 + ["open"]
    button = page.css_first("button[name=bind]")
    assert button.attributes["form"] == page.css_first("form[action='act/']").attributes["id"]
    answer = browser.post(at("claim_act", row), {"bind": button.attributes["value"]}, follow=True)
    assert "The figure stands in the source. Bound by" in text(answer)
    assert said(row)["26 countries"] == "bound"


@pytest.mark.slow
def test_all_that_stand_in_the_sources_are_bound_at_once(row: Article):
    answer = client(row.owner).post(at("claim_act", row), {"act": "bind_all"}, follow=True)
    assert "4 claims are bound to their sources." in text(answer)
    assert "5 things to check, 4 done" in text(client(row.owner).get(at("change", row)))
    again = client(row.owner).post(at("claim_act", row), {"act": "bind_all"})
    assert again.status_code == 409


def test_the_page_of_one_claim_has_the_excerpt_and_its_forms(row: Article):
    page = claim_page(row, "longest")
    assert page.status_code == 200
    assert "nobody slept that night" in text(page)
    assert {node.attributes["value"] for node in tree(page).css("button[name=act]")} == {
        *("words", "tick", "set_aside", "join", "date"),
    }
    given = {"claim": identity(row, "longest"), "source": digest(EXCERPT), "words": "nobody slept", "remark": "So."}
    assert act(row, act="words", **given).status_code == 302
    assert "Checked by" in text(claim_page(row, "longest"))


@pytest.mark.slow
def test_ticking_setting_aside_and_taking_back(row: Article):
    given = {"claim": identity(row, "longest"), "remark": "The almanac."}
    act(row, act="tick", **given)
    assert "The almanac." in text(claim_page(row, "longest"))
    button = tree(claim_page(row, "longest")).css_first("button[value=take_back]")
    (form,) = [node for node in tree(claim_page(row, "longest")).css("form") if "take_back" in node.html]
    act(row, act="take_back", row=form.css_first("[name=row]").attributes["value"])
    assert button is not None
    assert said(row)["longest"] == "open"
    act(row, act="set_aside", **given)
    assert said(row)["longest"] == "set-aside"


def test_words_are_marked_and_two_claims_joined(row: Article):
    assert act(row, act="add", words="that night").status_code == 302
    assert "that night" in said(row)
    act(row, act="join", claim=identity(row, "26 countries"), other=identity(row, "March 8, 2024"))
    assert "26 countries from March 8, 2024" in said(row)


@pytest.mark.slow
def test_what_cannot_be_done_is_said_and_changes_nothing(row: Article):
    longest = identity(row, "longest")
    for given, status in (
        ({"act": "fly"}, 400),
        ({}, 400),
        ({"act": "tick", "claim": longest}, 409),
        ({"act": "tick", "claim": "no such", "remark": "x"}, 409),
        ({"act": "bind", "claim": longest}, 409),
        ({"bind": "nonsense"}, 409),
        ({"act": "take_back", "row": "none"}, 409),
        ({"act": "add", "words": "<script>alert(1)</script>"}, 409),
        ({"act": "join", "claim": longest, "other": longest}, 409),
        ({"act": "words", "claim": longest, "source": "x" * 9000, "words": "x", "remark": "x"}, 409),
    ):
        assert act(row, **given).status_code == status, given
    assert not ClaimAct.objects.exists()
    missing = client(row.owner).get(at("claim", row), {"place": "card:none", "claim": longest})
    assert missing.status_code == 409


def test_the_script_gets_the_list_of_the_part_or_a_sentence(row: Article):
    browser = client(row.owner)
    given = {"place": place_of(row), "act": "bind", "claim": identity(row, "26 countries")}
    body = browser.post(at("claim_act", row), given, **JSON).json()
    first = body["claims"][0]
    assert (first["state"], first["quoted"], first["settled"]) == ("bound", "26 countries", True)
    assert body["sentence"] == "Bound: 26 countries"
    refused = browser.post(at("claim_act", row), given, **JSON)
    assert refused.status_code == 409
    assert "meanwhile" in refused.json()["sentence"]
    checked = browser.get(at("checklist", row), **JSON).json()["checked"]
    assert checked == {place_of(row): 1}


def test_an_editor_ticks_on_the_review_page():
    row = article()
    editor = make.editor()
    page = tree(client(editor).get(at("review", row)))
    button = page.css_first(".piece-claims button[name=bind]")
    form = page.css_first(f"form#{button.attributes['form']}")
    sent = {"bind": button.attributes["value"], "back": form.css_first("[name=back]").attributes["value"]}
    answer = client(editor).post(at("claim_act", row), sent)
    assert answer.url.startswith(at("review", row))
    assert "Bound by " + editor.username in text(client(editor).get(at("review", row)))


def test_who_may_not_gets_no_buttons_and_no_act(row: Article):
    stranger = make.writer()
    assert act(row, stranger, act="bind_all").status_code == 403
    assert client(stranger).get(at("claim", row)).status_code == 403
    assert client(None).post(at("claim_act", row), {"act": "bind_all"}).status_code == 302
    assert not ClaimAct.objects.exists()
    assert client(row.owner).get(at("claim_act", row)).status_code == 302


def test_hostile_words_of_an_excerpt_and_a_remark_are_words(row: Article):
    evil = "<script>alert(1)</script>"
    act(row, act="tick", claim=identity(row, "longest"), remark=evil)
    for name in ("claims", "review"):
        page = client(row.owner).get(at(name, row)).content.decode()
        assert evil not in page
        assert "&lt;script&gt;" in page


@pytest.mark.slow
def test_a_card_with_many_claims_costs_no_more_queries(row: Article):
    body = " ".join(f"It has {number} lamps." for number in range(100, 400))
    long = make.article(owner=row.owner, cards=tuple(make.card(body=body) for _ in range(3)))
    browser = client(row.owner)

    def queries(name: str, of: Article) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(at(name, of)).status_code == 200
        return len(seen)

    for name in ("claims", "change", "review"):
        queries(name, row), queries(name, long)  # what is made once is made
        assert queries(name, long) == queries(name, row)
    assert len(drafts.document_of(long).cards) == 3
