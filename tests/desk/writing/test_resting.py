"""What still says what a fact said before: on the article's page, in the checklist, in review, on a page of its own."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse

from articles import states, workflow
from articles.models import Article, RestatementAct
from tests import make
from tests.desk.pages import JSON, at, client, text, tree
from tests.restatements.makers import NEW, OLD, article, marked, marks, reword_card

pytestmark = pytest.mark.django_db

LINE = "Within a week it stood in the Top 10 of"


@pytest.fixture
def row() -> Article:
    made = article()
    reword_card(made, 2, OLD, NEW)
    return made


def send(row: Article, user: User | None = None, **given) -> HttpResponse:
    return client(user or row.owner).post(at("restatement_act", row), given, follow=True)


def test_both_sentences_stand_below_the_part_with_what_changed(row: Article):
    page = tree(client(row.owner).get(at("change", row)))
    box = page.css_first("#conclusion [data-restated]")
    sides = [node.text(deep=True).strip() for node in box.css(".both-side .both-text")]
    assert sides == ["A drama that 26 countries put into their Top 10 has earned more.", f"{LINE} 27 countries."]
    assert [node.text() for node in box.css("ins, del")] == ["27", "26"]
    assert page.css_first("#details [data-restated] button[name=still_right]")
    assert not page.css_first("#introduction [data-restated]").text().strip()
    button = box.css_first("button[name=still_right]")
    assert page.css_first(f"form#{button.attributes['form']}").attributes["action"] == at("restatement_act", row)


def test_the_checklist_answers_with_them_after_a_save(row: Article):
    body = client(row.owner).get(at("checklist", row), **JSON).json()
    (group,) = [group for group in body["groups"] if group["code"] == "said-before"]
    assert group["sentence"] == "3 sentences still say what facts said before"
    assert [each["links"][0]["words"] for each in group["problems"]] == ["What it rests on"] * 3
    faq = f"faq:{row.faqs.get(position=1).public_id}"
    assert set(body["restated"]) == {"details", "conclusion", faq}
    reword_card(row, 2, NEW, OLD)
    assert client(row.owner).get(at("checklist", row), **JSON).json()["restated"] == {}


@pytest.mark.slow
def test_the_review_page_has_them_beside_the_part_and_goes_back_to_it(row: Article):
    handed = workflow.make(states.SUBMIT, Article.objects.get(pk=row.pk), by=row.owner)
    editor = make.editor()
    page = tree(client(editor).get(at("review", handed)))
    piece = page.css_first("#conclusion .restatements")
    assert f"{LINE} 27 countries." in piece.text(deep=True)
    assert "says what Fact 2 said before" not in page.css_first("#conclusion .piece-side").text(), "once is enough"
    key = piece.css_first("button[name=still_right]").attributes["value"]
    answer = send(handed, editor, still_right=key, back="review", place="conclusion")
    assert answer.redirect_chain[0][0] == f"{at('review', handed)}#conclusion"
    assert marked(row) == ["dek", "1answer"]


@pytest.mark.slow
def test_the_page_says_on_which_facts_each_part_rests_and_keeps_what_people_say(row: Article):
    place = f"faq:{row.faqs.get(position=3).public_id}"
    page = client(row.owner).get(at("restatements", row))
    assert "Repeats no fact." in text(page)
    assert "Repeats Fact 3, as far as the rules see." in text(page)
    (first, *_others) = (card.public_id for card in row.cards.all())
    assert "It is marked when one of these facts changes" not in text(page)
    assert "Saved: it is marked" in text(send(row, act="rest_on", place=place, fact=[first]))
    page = tree(client(row.owner).get(at("restatements", row)))
    section = page.css_first(f"#{place.replace(':', '-')}")
    assert f"Rests on Fact 1, said {row.owner}." in section.text()
    assert [node.attributes["value"] for node in section.css("input[name=fact][checked]")] == [first]
    assert "Saved: it needs no fact." in text(send(row, act="rest_on", place=place))
    assert "Taken back" in text(send(row, act="leave_as_found", place=place))


def test_what_is_still_right_is_shown_and_taken_back_there(row: Article):
    key = marks(row)[0].key
    page = send(row, still_right=key)
    assert f"Still right, said {row.owner}" in text(page)
    assert tree(page).css_first("button[name=ask_again]").attributes["value"] == key
    assert "Taken back: it is asked again." in text(send(row, ask_again=key))
    assert len(marked(row)) == 3


def test_a_script_gets_a_sentence_or_409_with_one(row: Article):
    browser, url = client(row.owner), at("restatement_act", row)
    key = marks(row)[0].key
    assert browser.post(url, {"still_right": key}, **JSON).json()["sentence"].startswith("Still right")
    refused = browser.post(url, {"still_right": key}, **JSON)
    assert refused.status_code == 409
    assert "have changed meanwhile" in refused.json()["sentence"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({}, 400),
        ({"act": "burn"}, 400),
        ({"act": "rest_on"}, 409),
        ({"act": "rest_on", "place": "\x00", "fact": "x"}, 409),
    ],
)
def test_what_nobody_offers_is_refused(row: Article, given: dict[str, str], status: int):
    answer = client(row.owner).post(at("restatement_act", row), given)
    assert answer.status_code == status
    assert not RestatementAct.objects.exists()


def test_who_may_only_look_gets_no_buttons(row: Article):
    workflow.make(states.ARCHIVE, Article.objects.get(pk=row.pk), by=make.editor())
    page = client(row.owner).get(at("restatements", row))
    assert page.status_code == 200
    assert not tree(page).css("#content form")


def test_words_of_the_article_are_escaped():
    made = article()
    reword_card(made, 2, "26 countries", "27 countries <script>alert(1)</script>")
    page = client(made.owner).get(at("restatements", made)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_an_article_without_anything_beside_its_facts_says_so():
    bare = make.article(dek="", introduction="", conclusion="", conclusion_heading="", faqs=0)
    assert "Nothing stands beside the facts yet" in text(client(bare.owner).get(at("restatements", bare)))
