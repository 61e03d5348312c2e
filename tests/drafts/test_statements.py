"""What the sentences of a working copy measure is kept beside them, whatever is done to the article."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.management import call_command

from articles import drafts, operations
from articles.models import Article, FactCard, Statement
from articles.operations.doctor import content
from tests import make

pytestmark = pytest.mark.django_db

BODY = "It was released on January 24, 2025, and ranked in the Top 10 across 26 countries."


@pytest.fixture
def article() -> Article:
    cards = (make.card(body=BODY), make.card(body="It has 16 episodes."), make.card())
    faqs = (make.faq(answer="It premiered on May 3, 2025."),)
    return make.article(cards=cards, faqs=faqs, introduction="It sold 40,000 copies.", dek="It has 16 episodes.")


def kept(article: Article) -> set[tuple[str, str]]:
    assert operations.wrong_statements() == 0
    return {(row.place.partition(":")[0], row.words) for row in Statement.objects.filter(article=article)}


WHOLE = {
    ("details", "16 episodes"),
    ("introduction", "40,000 copies"),
    ("card", "January 24, 2025"),
    ("card", "26 countries"),
    ("card", "16 episodes"),
    ("faq", "May 3, 2025"),
}


def test_each_part_has_its_statements(article: Article):
    assert kept(article) == WHOLE
    row = Statement.objects.get(words="26 countries")
    assert row.sentence == BODY
    assert row.place == f"card:{article.cards.get(position=1).public_id}"


def save(article: Article, position: int, **fields: str) -> None:
    row = drafts.whole_cards(article.cards.filter(position=position)).get()
    value = drafts.card_value(row)
    drafts.save_card(row, dataclasses.replace(value, **fields), token=drafts.token(value), by=article.owner)


def test_every_way_to_change_words_changes_what_they_state(article: Article):
    owner = article.owner
    save(article, 1, body=BODY.replace("26", "27"))
    assert ("card", "27 countries") in kept(article)
    intro = drafts.introduction_of(article)
    new = dataclasses.replace(intro, introduction="It sold 41,000 copies.")
    drafts.save_introduction(article, new, token=drafts.token(intro), by=owner)
    end = drafts.conclusion_of(article)
    new_end = dataclasses.replace(end, conclusion="It was released in 2025.")
    drafts.save_conclusion(article, new_end, token=drafts.token(end), by=owner)
    faq = article.faqs.get()
    asked = drafts.faq_value(faq)
    drafts.save_faq(faq, dataclasses.replace(asked, answer="Nobody knows."), token=drafts.token(asked), by=owner)
    drafts.add_card(article, make.card(body="It was filmed for 8 months."), by=owner)
    drafts.add_faq(article, make.faq(answer="It has 12 episodes."), by=owner)
    assert kept(article) == {
        *(("details", "16 episodes"), ("introduction", "41,000 copies"), ("conclusion", "2025")),
        *(("card", "January 24, 2025"), ("card", "27 countries"), ("card", "16 episodes"), ("card", "8 months")),
        ("faq", "12 episodes"),
    }


def test_details_that_change_subject_or_dek_are_followed(article: Article):
    details = drafts.details_of(article)
    new = dataclasses.replace(details, dek="It has 12 episodes.", subject=make.subject(name="Gull Rock").slug)
    drafts.save_details(article, new, token=drafts.token(details), by=article.owner)
    assert ("details", "12 episodes") in kept(article)
    assert {str(row.subject) for row in Statement.objects.all()} == {"Gull Rock"}
    article = Article.objects.get(pk=article.pk)
    now = drafts.details_of(article)
    drafts.save_details(article, dataclasses.replace(now, subject=""), token=drafts.token(now), by=article.owner)
    assert kept(article) == set()


@pytest.mark.slow
def test_moving_deleting_restoring_and_replacing_keep_it_right(article: Article):
    owner, revision = article.owner, drafts.keep_named(article, "as it was", by=article.owner)
    target = make.article(owner=owner, subject=make.subject(name="Gull Rock").slug)
    drafts.move_card(article.cards.get(position=1), target, by=owner)
    assert ("card", "26 countries") in kept(target)
    row = drafts.whole_cards(article.cards.filter(position=1)).get()
    drafts.delete_card(row, token=drafts.token(drafts.card_value(row)), by=owner)
    assert kept(article) == WHOLE - {("card", "January 24, 2025"), ("card", "26 countries"), ("card", "16 episodes")}
    article.refresh_from_db()
    drafts.restore(article, revision, change=article.change, by=owner)
    assert kept(article) == WHOLE
    assert kept(drafts.duplicate(article, by=owner)) == WHOLE
    drafts.replace(article, make.document(introduction="It sold 5,000 copies."), by=owner)
    assert kept(article) == {("introduction", "5,000 copies")}


def test_hostile_words_are_stored_whole_or_not_at_all():
    hostile = "It sold 40,000 \u202ecopies\u202c\u0001 <script>alert(1)</script> " + "Ä" * 700
    article = make.article(cards=(make.card(body=hostile), make.card(body=f"{BODY} <b>x</b>\u202e")))
    kept(article)
    assert all(row.sentence == " ".join(row.sentence.split()) for row in Statement.objects.all())


def test_the_command_mends_what_a_hand_has_spoilt_and_the_doctor_says_so(article: Article, capsys):
    assert list(content.statements()) == []
    FactCard.objects.filter(article=article, position=2).update(body="It has 12 episodes.")
    ((code, remedy),) = [(each.code, each.remedy) for each in content.statements()]
    assert (code, remedy) == ("statements", "Run manage.py rebuild_statements.")
    call_command("rebuild_statements")
    assert "were wrong: 1." in capsys.readouterr().out
    assert ("card", "12 episodes") in kept(article)
    assert list(content.statements()) == []


def test_a_save_that_measures_nothing_new_asks_nothing_more(article: Article, django_assert_max_num_queries):
    save(article, 3, body="The mate sings at dawn.")  # what is asked once for a process
    for body, more in (("The mate sings at dusk.", 0), ("The mate sings, and 40,000 copies sold.", 5)):
        row = drafts.whole_cards(article.cards.filter(position=3)).get()
        value = drafts.card_value(row)
        with django_assert_max_num_queries(14 + more):
            drafts.save_card(row, dataclasses.replace(value, body=body), token=drafts.token(value), by=article.owner)
