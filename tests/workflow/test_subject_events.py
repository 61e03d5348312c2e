"""An event of a subject opens all that speaks of it, until it is said to be still true or its words change."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, workflow
from articles.claims.event_words import Spoken, proposed
from articles.models import Article, EventMention, FactCheck, History, Subject, SubjectEvent
from tests import make

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 3)
#: What a document about a hospital drama says of a second season, in three places.
HOSPITAL = {
    "cards": (
        make.card(heading="Malak", body="In Episode 2 he was one of the Black Wings."),
        make.card(
            heading="Season 2? Here’s What We Know So Far!",
            body="Though Netflix hasn’t officially announced Season 2, there’s strong demand.\n\nFans are hopeful.",
        ),
    ),
    "conclusion": "Will we see Dr. Baek Kang-hyuk and his team again in Season 2? Only time will tell.",
    "faqs": (
        make.faq(question="Is it based on a true story?", answer="Not exactly."),
        make.faq(question="Will there be more?", answer="Netflix has not confirmed a second season yet."),
    ),
}


@pytest.fixture
def subject() -> Subject:
    return make.subject(name="The Trauma Code: Heroes on Call")


@pytest.fixture
def hospital(subject: Subject) -> Article:
    return make.article(subject=subject.slug, **HOSPITAL)


def opened(subject: Subject, sentence: str = "Season 2 was announced", **fields) -> SubjectEvent:
    words = {"happened_on": TODAY, "key_words": proposed(sentence, "en"), "by": make.editor()}
    return workflow.open_event(subject, sentence, **words | fields)


def waiting() -> list[tuple[str, str]]:
    return [
        (each.part.place.partition(":")[0], each.part.name) for each in workflow.open_mentions(Article.objects.all())
    ]


ALL = [("card", "Season 2? Here’s What We Know So Far!"), ("conclusion", ""), ("faq", "Will there be more?")]


def test_one_event_finds_what_speaks_of_a_second_season(hospital: Article, subject: Subject):
    make.article(subject=make.subject(name="Signal").slug, **HOSPITAL | {"cards": 1, "faqs": 1})
    opened(subject)
    assert sorted(waiting()) == ALL
    line = hospital.history.get(act=History.Act.OPEN_EVENT)
    assert line.details["about"] == "Season 2 was announced"


@pytest.mark.parametrize(
    ("sentence", "body", "is_found"),
    [
        ("Season 2 was announced", "Der Sender plant eine zweite Staffel.", True),
        ("Season 2 was announced", "시즌 2는 아직 발표되지 않았다.", True),
        ("Season 2 was announced", "S02E01 is not written.", True),
        ("Season 2 was announced", "It has 20 seasons; season 20 was the last.", False),
        ("Season 2 was announced", "See [the second page](https://example.org/season-2).", False),
        ("시즌 2 제작이 확정됐다", "Nobody has announced **Season 2** yet.", True),
        ("A film was announced", "Perhaps a film will follow.", True),
        ("A film was announced", "The filming took weeks.", False),
        ("Ju Min-ho left the cast", "The role of Ju Min-ho goes on.", True),
    ],
)
def test_key_words_find_other_notations_and_no_other_things(sentence: str, body: str, is_found: bool):
    assert bool(Spoken(proposed(sentence, "en")).sentence_in(body, "de" if "Staffel" in body else "en")) is is_found


def test_hostile_key_words_find_nothing_and_break_nothing():
    for word in ("(", "[a-z]*", "\\", "\0", "a" * 10_000, "\u202e"):
        assert Spoken([word]).sentence_in("Season 2 (or 3) is near.", "en") in ("", "Season 2 (or 3) is near.")
    assert Spoken([]).sentence_in("Anything.", "en") == ""


def test_still_true_closes_one_and_its_siblings_stay(hospital: Article, subject: Subject):
    opened(subject)
    chief = make.editor()
    mention = EventMention.objects.get(place="conclusion")
    workflow.settle_mention(mention, by=chief)
    assert sorted(waiting()) == [ALL[0], ALL[2]]
    assert hospital.history.get(act=History.Act.CHECK_FACT).actor == chief
    with pytest.raises(workflow.ConflictError):
        workflow.settle_mention(mention, by=chief)


def test_other_words_answer_an_event_and_the_old_ones_open_it_again(hospital: Article, subject: Subject):
    opened(subject)
    old = drafts.conclusion_of(hospital)
    for words, is_open in (
        ("Season 2 comes in May.", False),
        (old.conclusion.replace(" again", "\n again").replace("time", "“time”"), True),
        (old.conclusion, True),
    ):
        hospital.refresh_from_db()
        now = drafts.conclusion_of(hospital)
        new = dataclasses.replace(now, conclusion=words)
        drafts.save_conclusion(hospital, new, token=drafts.token(now), by=hospital.owner)
        assert (("conclusion", "") in waiting()) is is_open
    mention = EventMention.objects.get(place="conclusion")
    EventMention.objects.filter(pk=mention.pk).update(words="0" * 32)
    with pytest.raises(workflow.ConflictError):
        workflow.settle_mention(mention, by=make.editor())


def test_checked_still_true_of_a_live_fact_answers_the_event_too(subject: Subject):
    article = make.live(subject=subject.slug, **HOSPITAL)
    opened(subject)
    card = article.cards.get(position=2)
    words = article.editions.get().facts.get(public_id=card.public_id).words
    workflow.check_fact(card, by=make.editor(), words=words, again_on=dt.date(2100, 1, 1))
    assert sorted(waiting()) == ALL[1:]
    assert FactCheck.objects.get().public_id == card.public_id


def test_a_moved_fact_stays_open_and_one_in_the_bin_waits_there(hospital: Article, subject: Subject):
    opened(subject)
    card = hospital.cards.get(position=2)
    target = make.article(subject=make.subject(name="Signal").slug)
    drafts.move_card(card, target, by=hospital.owner)
    (found,) = [each for each in workflow.open_mentions(Article.objects.all()) if each.part.place.startswith("card:")]
    assert found.part.article == target
    row = drafts.whole_cards(target.cards.filter(public_id=card.public_id)).get()
    binned = drafts.delete_card(row, token=drafts.token(drafts.card_value(row)), by=target.owner)
    assert sorted(waiting()) == ALL[1:]
    drafts.restore_part(binned, by=target.owner)
    assert sorted(waiting()) == ALL


def test_a_withdrawn_event_leaves_nothing_open(hospital: Article, subject: Subject):
    event = opened(subject)
    workflow.withdraw_event(event, by=make.editor())
    assert waiting() == []
    assert hospital.history.filter(act=History.Act.WITHDRAW_EVENT).count() == 1


def test_the_oldest_event_comes_first_and_queries_are_flat(subject: Subject, django_assert_num_queries):
    opened(subject, "A musical was announced", happened_on=TODAY)
    for number in range(3):
        make.article(subject=subject.slug, **{**HOSPITAL, "introduction": f"A film? {number}"})
    opened(subject, happened_on=TODAY)
    with django_assert_num_queries(4):
        first = waiting()
    opened(subject, "A film was announced", happened_on=TODAY - dt.timedelta(days=9))
    with django_assert_num_queries(4):
        second = waiting()
    assert [kind for kind, _name in second[:3]] == ["introduction"] * 3
    assert second[3:] == first


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"sentence": " "}, "Say in one sentence what happened."),
        ({"sentence": "a" * 301}, "Say in one sentence what happened."),
        ({"key_words": []}, "Give 1 to 12 words"),
        ({"key_words": [" "]}, "Give 1 to 12 words"),
        ({"key_words": ["a" * 61]}, "Give 1 to 12 words"),
        ({"key_words": [f"word {number}" for number in range(13)]}, "Give 1 to 12 words"),
    ],
)
def test_an_event_that_is_none_is_refused(subject: Subject, changes: dict, sentence: str):
    with pytest.raises(workflow.WorkflowError, match=sentence):
        opened(subject, **changes)
    assert not SubjectEvent.objects.exists()


def test_writers_write_no_events_and_settle_nothing(hospital: Article, subject: Subject):
    with pytest.raises(PermissionDenied):
        opened(subject, by=hospital.owner)
    event = opened(subject)
    for act in (workflow.withdraw_event, workflow.settle_mention):
        with pytest.raises(PermissionDenied):
            act(event if act is workflow.withdraw_event else event.mentions.first(), by=hospital.owner)
    assert len(waiting()) == 3
