"""Sentences that contradict each other: found over the site, named in the checklist, ruled on, open when changed."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, readiness
from articles.models import Article, History, Ruling, Statement, Subject
from articles.operations import contradictions
from articles.operations.contradictions import RulingError
from articles.readiness.contradictions import Contradiction, State, all_contradictions
from tests import make

pytestmark = pytest.mark.django_db

#: The facts of a document about a hospital drama, which says twice what it was made from, and not the same.
HOSPITAL = {
    "introduction": "When Netflix released The Trauma Code: Heroes on Call on January 24, 2025, fans were ready.",
    "cards": (
        make.card(
            heading="A surgeon’s book",
            body="Unlike others, The Trauma Code is based on Trauma Center: Golden Hour, a web novel by a doctor.",
        ),
        make.card(
            heading="A patient reads",
            body="If you pause, he’s reading Trauma Center: Golden Hour, the very webtoon the drama is based on!",
        ),
        make.card(
            heading="Seen everywhere",
            body="It became a success, ranking in the Top 10 across 26 countries.\n\n"
            "Like Sweet Home, another hit adapted from a webtoon.",
        ),
    ),
}


@pytest.fixture
def subject() -> Subject:
    return make.subject(name="The Trauma Code: Heroes on Call", original_name="중증외상센터")


@pytest.fixture
def hospital(subject: Subject) -> Article:
    return make.article(subject=subject.slug, **HOSPITAL)


def about(subject: Subject, body: str, **fields) -> Article:
    return make.article(subject=subject.slug, cards=(make.card(heading="One more", body=body),), **fields)


def the_one(state: State = State.OPEN) -> Contradiction:
    (found,) = all_contradictions()
    assert found.state is state
    return found


def ruled(found: Contradiction, verdict: str, right: str = "", reason: str = "The author said so.") -> Ruling:
    words = {"verdict": verdict, "right": right, "reason": reason, "digests": found.digests, "by": make.editor()}
    return contradictions.rule(found.subject, found.measure, **words)


def told(article: Article) -> list[tuple[str, str]]:
    article = Article.objects.get(pk=article.pk)
    found = readiness.problems(drafts.document_of(article), article)
    return [(problem.place, problem.sentence) for problem in found if problem.code == "contradiction"]


def reworded(article: Article, position: int, body: str) -> None:
    row = drafts.whole_cards(article.cards.filter(position=position)).get()
    value = drafts.card_value(row)
    drafts.save_card(row, dataclasses.replace(value, body=body), token=drafts.token(value), by=article.owner)


def test_web_novel_and_webtoon_are_one_contradiction(hospital: Article):
    found = the_one()
    assert {side.value: len(side.statements) for side in found.sides} == {"web novel": 1, "webtoon": 1}
    first, second, third = (f"card:{row.public_id}" for row in hospital.cards.all())
    assert {place for place, _sentence in told(hospital)} == {first, second}
    assert told(hospital)[0][1] == "Fact 1: “web novel” contradicts “webtoon” in this article."
    measures = Statement.objects.filter(article=hospital, place__in=[third, "introduction"])
    assert {row.words for row in measures} == {"26 countries", "January 24, 2025"}


def test_another_article_contradicts_and_its_words_are_not_told(hospital: Article, subject: Subject):
    reworded(hospital, 2, "He reads.")
    other = about(subject, "중증외상센터는 27개국에서 톱 10에 올랐다.")
    assert [side.words for side in the_one().sides] == ["26 countries", "27개국"]
    ((_place, sentence),) = told(hospital)
    assert sentence == "Fact 3: “26 countries” contradicts what another article says of the same subject."
    assert "27" not in sentence
    assert len(told(other)) == 1


def test_another_subject_is_another_thing(hospital: Article):
    reworded(hospital, 2, "He reads.")
    about(make.subject(name="Gull Rock"), "It ranked in the Top 10 across 27 countries.")
    assert all_contradictions() == []


def test_a_ruling_says_what_is_right_and_the_wrong_one_is_told(hospital: Article):
    ruled(the_one(), "one-right", right="web novel")
    found = the_one(State.TO_CORRECT)
    ((place, sentence),) = told(hospital)
    assert place == f"card:{hospital.cards.get(position=2).public_id}"
    assert sentence == "Fact 2: An editor has decided that “web novel” is right, not “webtoon”."
    reworded(hospital, 2, "He reads the web novel.")
    assert all_contradictions() == []
    assert told(hospital) == []
    assert found.ruling
    line = History.objects.get(act=History.Act.RULE_CONTRADICTION)
    assert (line.note, line.details["right"]) == ("The author said so.", "web novel")


@pytest.mark.parametrize("verdict", ["both-true", "not-same"])
def test_what_is_settled_is_told_no_more_until_a_sentence_changes(hospital: Article, verdict: str):
    ruled(the_one(), verdict)
    the_one(State.SETTLED)
    assert told(hospital) == []
    body = hospital.cards.get(position=1).body
    reworded(hospital, 1, body.replace("a web novel", "a  “web novel”").replace(" Unlike", "\n\nUnlike"))
    the_one(State.SETTLED)
    reworded(hospital, 1, body.replace("doctor", "surgeon"))
    assert the_one().ruling
    assert len(told(hospital)) == 2
    reworded(hospital, 1, body)
    the_one(State.SETTLED)


def test_a_new_sentence_on_one_side_asks_again(hospital: Article, subject: Subject):
    ruled(the_one(), "both-true")
    about(subject, "It is adapted from a webtoon.")
    the_one(State.OPEN)


def test_a_moved_or_copied_sentence_is_the_same(hospital: Article, subject: Subject):
    ruled(the_one(), "both-true")
    target = make.article(subject=subject.slug)
    drafts.move_card(hospital.cards.get(position=2), target, by=hospital.owner)
    drafts.copy_cards(hospital, [hospital.cards.get(position=1).public_id], target, by=hospital.owner)
    the_one(State.SETTLED)


def test_bin_archive_and_templates_do_not_count(hospital: Article, subject: Subject):
    reworded(hospital, 2, "He reads.")
    other = about(subject, "It ranked in the Top 10 across 27 countries.")
    the_one()
    drafts.mark_template(other, is_template=True, by=other.owner)
    assert all_contradictions() == []
    drafts.mark_template(other, is_template=False, by=other.owner)
    drafts.delete(other, by=other.owner)
    assert all_contradictions() == []
    assert told(hospital) == []
    drafts.take_from_bin(other, by=other.owner)
    the_one()


def test_a_card_in_the_bin_says_nothing(hospital: Article):
    row = drafts.whole_cards(hospital.cards.filter(position=2)).get()
    binned = drafts.delete_card(row, token=drafts.token(drafts.card_value(row)), by=hospital.owner)
    assert all_contradictions() == []
    assert not Statement.objects.filter(is_contested=True).exists()
    drafts.restore_part(binned, by=hospital.owner)
    the_one()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"verdict": "nonsense"}, "Say what you have decided."),
        ({"verdict": "one-right", "right": "manga"}, "Choose the one that is right."),
        ({"verdict": "one-right", "right": ""}, "Choose the one that is right."),
        ({"reason": " \n"}, "Say why all of them are true: whoever asks next will read it."),
        ({"reason": "a" * 501}, "A reason has at most 500 characters."),
        ({"digests": ["0" * 32]}, "The sentences are others by now: read them again before you decide."),
        ({"digests": []}, "The sentences are others by now: read them again before you decide."),
    ],
)
def test_a_ruling_that_is_none_is_refused(hospital: Article, changes: dict, sentence: str):
    found = the_one()
    words = {"verdict": "both-true", "right": "", "reason": "So it is.", "digests": found.digests, "by": make.editor()}
    with pytest.raises(RulingError, match=sentence.replace(".", r"\.")):
        contradictions.rule(found.subject, found.measure, **words | changes)
    assert not Ruling.objects.exists()


def test_writers_do_not_rule(hospital: Article):
    found = the_one()
    words = {"verdict": "not-same", "right": "", "reason": "", "digests": found.digests, "by": hospital.owner}
    with pytest.raises(PermissionDenied):
        contradictions.rule(found.subject, found.measure, **words)


def test_the_checklist_asks_the_same_however_much_is_contested(
    hospital: Article, subject: Subject, django_assert_num_queries
):
    for number in (27, 28, 29):
        about(subject, f"It ranked in the Top 10 across {number} countries.")
        article = Article.objects.select_related("subject").get(pk=hospital.pk)
        value = drafts.document_of(article)
        with django_assert_num_queries(9):
            readiness.problems(value, article)
