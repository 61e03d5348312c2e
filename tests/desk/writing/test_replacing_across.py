"""Find and replace in many articles: every place, each article by itself, as drafts, and undone."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Article, History, HouseTerm, PublishedFact
from articles.operations import replacing
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = reverse("admin:articles_article_replace_across")
UNDO = reverse("admin:articles_article_undo_across")


def with_name(title: str = "Facts", **fields: Any) -> Article:
    cards = (make.card(heading="Joo Ji-hoon sings", body="So says Joo Ji-hoon."),)
    return make.article(title=title, cards=cards, **fields)


def look(browser: Client, find: str = "joo ji-hoon", **query: str) -> str:
    return browser.get(ADDRESS, {"find": find, "by": "Ju Ji-hoon", **query}).content.decode()


def fields_of(page: str) -> dict[str, Any]:
    """What a browser would send of the form with the places, all of them ticked."""
    form = page.split('<form method="post" class="desk-form"')[1].split("</form>")[0]
    fields: dict[str, Any] = {}
    pattern = r'<input type="(?:hidden|checkbox)" name="([^"]+)" value="([^"]*)"(?! disabled)'
    for name, value in re.findall(pattern, form):
        fields.setdefault(name, []).append(html.unescape(value))
    return fields


def undo_of(page: str) -> str:
    return html.unescape(re.findall(r'name="undo" value="([^"]+)"', page)[-1])


def test_what_one_field_carries_is_nothing_in_the_other(by_editor):
    article = with_name()
    tokens = fields_of(look(by_editor))["tokens"]
    assert by_editor.post(UNDO, {"undo": tokens}).status_code == 400
    page = by_editor.get(reverse("admin:articles_article_replace", args=[article.pk]), {"find": "sings"})
    undo = reverse("admin:articles_article_undo_replace", args=[article.pk])
    assert by_editor.post(undo, {"undo": page.context["tokens"]}).status_code == 400


def headings(article: Article) -> list[str]:
    return [card.heading for card in article.cards.all()]


def test_places_of_all_texts_are_grouped_by_article(by_editor):
    one, two = with_name("Joo Ji-hoon", introduction="JOO JI-HOON."), with_name(conclusion="Joo Ji-hoon, again.")
    faq = make.article(faqs=(make.faq(answer="Joo Ji-hoon."),))
    make.article(title="Nothing of it")
    page = look(by_editor)
    keys = fields_of(page)["place"]
    assert {key.partition(" ")[0] for key in keys} == {str(each.pk) for each in (one, two, faq)}
    assert len(keys) == 4 + 3 + 1
    assert "Nothing of it" not in page


@pytest.mark.parametrize(("wanted", "text"), [("édith", "ÉDITH."), ("주지훈", "주지훈은"), ("c++ (new)", "C++ (NEW)!")])
def test_any_script_and_sign_is_found_in_every_kind_of_text(by_editor, wanted, text):
    make.article(introduction=text, cards=(make.card(body=text, safe_heading=text),), faqs=(make.faq(answer=text),))
    assert len(fields_of(look(by_editor, wanted))["place"]) == 4


@pytest.mark.slow
def test_live_articles_get_newer_changes_and_their_public_text_stays(by_editor):
    article = make.live(cards=(make.card(heading="Joo Ji-hoon sings"),))
    answer = by_editor.post(ADDRESS, fields_of(look(by_editor)))
    assert "Replaced at 1 place." in answer.content.decode()
    article.refresh_from_db()
    assert headings(article) == ["Ju Ji-hoon sings"]
    assert article.effective_status is states.Status.DRAFT
    assert PublishedFact.objects.get().heading == "Joo Ji-hoon sings"
    assert "Joo Ji-hoon sings" in article.editions.get().parts["cards"][0]["heading"]


@pytest.mark.slow
def test_each_article_has_one_line_of_history_and_one_undo(by_editor):
    one, two = with_name("Joo Ji-hoon"), with_name()
    History._base_manager.all().delete()
    page = by_editor.post(ADDRESS, fields_of(look(by_editor))).content.decode()
    assert [article.history.count() for article in (one, two)] == [1, 1]
    page = by_editor.post(UNDO, {"undo": undo_of(page), "only": one.pk}).content.decode()
    assert (headings(one), headings(two)) == (["Joo Ji-hoon sings"], ["Ju Ji-hoon sings"])
    by_editor.post(UNDO, {"undo": undo_of(page)})
    assert headings(two) == ["Joo Ji-hoon sings"]


def test_only_the_ticked_places_change(by_editor):
    article = with_name("Joo Ji-hoon")
    fields = fields_of(look(by_editor))
    fields["place"] = [key for key in fields["place"] if " heading " in key]
    by_editor.post(ADDRESS, fields)
    card = article.cards.get()
    assert (card.heading, card.body) == ("Ju Ji-hoon sings", "So says Joo Ji-hoon.")


@pytest.mark.slow
def test_what_cannot_be_changed_is_reported_and_the_others_go_on(by_editor):
    changed, gone, archived, fine = (with_name(f"Article {number}") for number in range(4))
    fields = fields_of(look(by_editor))
    card = changed.cards.get()
    value = drafts.card_value(card)
    drafts.save_card(
        card, make.card(public_id=card.public_id, body="Meanwhile."), token=drafts.token(value), by=changed.owner
    )
    Article.with_binned.filter(pk=gone.pk).update(binned_at=timezone.now())
    workflow.make(states.ARCHIVE, archived, by=make.editor())
    page = by_editor.post(ADDRESS, fields).content.decode()
    for sentence in ("Somebody changed it meanwhile", "into the bin", "Unarchive it", "Replaced at 2 places."):
        assert sentence in page
    assert headings(fine) == ["Ju Ji-hoon sings"]
    assert headings(archived) == headings(gone) == ["Joo Ji-hoon sings"]


def test_an_archived_article_is_shown_and_cannot_be_ticked(by_editor):
    article = with_name()
    workflow.make(states.ARCHIVE, article, by=make.editor())
    page = look(by_editor)
    assert "Unarchive it before you change it." in page
    assert "place" not in fields_of(page)


def test_writers_see_and_change_their_own_only(by_writer):
    foreign = with_name("Of somebody else")
    assert "Of somebody else" not in look(by_writer)
    fields = {"find": "Joo", "by": "Ju", "place": f"{foreign.pk} introduction introduction 0 3", "tokens": ""}
    assert "You may not change this article" in by_writer.post(ADDRESS, fields).content.decode()
    assert headings(foreign) == ["Joo Ji-hoon sings"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"find": ""}, "Write what to find"),
        ({"find": "x" * 500}, "Keep it to"),
        ({"find": "\x00"}, "Null characters"),
        ({"find": "Joo"}, "Tick a place"),
        ({"find": "Joo", "place": ["x", "9" * 30 + " a"]}, "Tick a place"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(by_editor, sent, sentence):
    with_name()
    response = by_editor.post(ADDRESS, {"by": "Ju", **sent})
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_a_made_up_undo_undoes_nothing(by_editor):
    assert by_editor.post(UNDO, {"undo": "made:up"}).status_code == 400
    assert by_editor.get(UNDO).status_code == 302


def test_house_terms_are_choices_there_and_in_one_article_as_far_as_it_breaks_them(by_editor):
    HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"])
    HouseTerm.objects.create(right="C & A", wrong=["C and A"])
    article = with_name()
    page = by_editor.get(ADDRESS).content.decode()
    assert "?find=C%20and%20A&amp;by=C%20%26%20A&amp;whole=on&amp;case=on" in page
    own = by_editor.get(reverse("admin:articles_article_replace", args=[article.pk])).content.decode()
    assert "find=Joo%20Ji-hoon" in own
    assert "C%20and%20A" not in own


@pytest.mark.slow
def test_a_search_is_bounded(by_editor, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(replacing, "MOST_ARTICLES", 12)
    for number in range(14):
        with_name(f"Article {number}")
    with django_assert_max_num_queries(110):
        page = look(by_editor)
    assert "12 changed last" in page
    assert len({key.partition(" ")[0] for key in fields_of(page)["place"]}) == 10
    assert len({key.partition(" ")[0] for key in fields_of(look(by_editor, page="2"))["place"]}) == 2


def test_the_checklist_leads_to_the_replacement(by_editor):
    HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"])
    article = with_name()
    found = by_editor.get(
        reverse("admin:articles_article_checklist", args=[article.pk]), HTTP_ACCEPT="application/json"
    )
    groups = {group["code"]: group for group in found.json()["groups"]}
    problem = groups["house-term"]["problems"][0]
    assert problem["links"][0]["url"] == reverse("admin:articles_article_replace", args=[article.pk])
    assert "“Joo Ji-hoon” is written “Ju Ji-hoon” here" in problem["sentence"]
