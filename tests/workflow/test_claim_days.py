"""As of when something holds and when to look again: what people say of it, what holds afterwards, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import drafts, proofs, states, workflow
from articles.models import Article, ClaimAct, FactCard, History
from articles.proofs import Dated
from articles.workflow import ConflictError, WorkflowError, claims
from tests import make
from tests.proofs.makers import identity, place_of, said
from tests.workflow.test_claims import rewrite

pytestmark = pytest.mark.django_db

NOW = "It is currently in the Top 10 in 31 countries."
BODY = f"It began on March 8, 2024. {NOW} Season 2 has not been announced."


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


@pytest.fixture
def row() -> Article:
    return make.article(cards=(make.card(heading="Lamps", body=BODY),), faqs=0, introduction="She is 25 years old.")


def dated(row: Article, words: str = NOW, place: str = "") -> Dated | None:
    row = Article.objects.get(pk=row.pk)
    value = drafts.document_of(row)
    found = proofs.dated_of(value, proofs.acts_on(value, row.pk)).get(place or place_of(row), ())
    return next((each for each in found if each.words == words), None)


def give(row: Article, words: str = NOW, *, as_of: int | None = 0, again_on: int | None = 90, by=None, place: str = ""):
    place = place or place_of(row)
    given = {"as_of": None if as_of is None else day(as_of), "again_on": None if again_on is None else day(again_on)}
    return claims.date(row, place, dated(row, words, place).identity, **given, by=by or row.owner)


def test_a_person_says_as_of_when_it_holds_and_when_to_look_again(row: Article):
    assert not dated(row).has_day
    change = row.change
    act = give(row)
    found = dated(row)
    assert (found.as_of, found.again_on, found.act) == (day(0).isoformat(), day(90), act)
    line = History.objects.filter(article=row).first()
    assert (line.act, line.details["about"], line.actor) == ("date-claim", NOW, row.owner)
    row.refresh_from_db()
    assert row.change == change, "no approval lapses by it"


def test_either_day_may_stay_empty_but_not_both(row: Article):
    give(row, again_on=None)
    assert (dated(row).as_of, dated(row).again_on) == (day(0).isoformat(), None)
    give(row, as_of=None)
    assert (dated(row).as_of, dated(row).again_on) == ("", day(90))
    with pytest.raises(WorkflowError, match="Say as of when"):
        give(row, as_of=None, again_on=None)


@pytest.mark.parametrize(
    ("as_of", "again_on", "sentence"),
    [(1, 90, "Nobody knows yet"), (0, 0, "a day ahead"), (0, -1, "a day ahead"), (0, 3700, "within ten years")],
)
def test_days_on_the_wrong_side_of_today_are_refused(row: Article, as_of: int, again_on: int, sentence: str):
    with pytest.raises(WorkflowError, match=sentence):
        give(row, as_of=as_of, again_on=again_on)
    assert not ClaimAct.objects.exists()


def test_the_days_fall_with_their_words_and_return_with_them(row: Article):
    give(row)
    rewrite(row, body=BODY.replace("31", "32"))
    assert not dated(row, NOW.replace("31", "32")).has_day
    rewrite(row, body=f"🔥 Much else.\n\n{BODY.replace('It is currently', 'It  is **currently**')}")
    assert dated(row).again_on == day(90)


def test_what_is_said_once_more_by_now_was_not_dated(row: Article):
    give(row)
    rewrite(row, body=f"{BODY} {NOW}")
    assert not dated(row).has_day


def test_days_are_taken_back_and_what_was_said_before_counts_again(row: Article):
    give(row, as_of=-30, again_on=10)
    act = give(row)
    claims.take_back(row, act.public_id, by=make.editor())
    assert (dated(row).as_of, dated(row).again_on) == (day(-30).isoformat(), day(10))
    with pytest.raises(ConflictError):
        claims.take_back(row, act.public_id, by=row.owner)
    assert ClaimAct.objects.filter(public_id=act.public_id).exists(), "the row stays"


def test_a_day_proves_nothing_and_a_tick_dates_nothing(row: Article):
    words = "31 countries"
    claims.date(row, place_of(row), identity(row, words), as_of=day(0), again_on=None, by=row.owner)
    assert said(row)[words] == "open"
    assert dated(row, words).as_of == day(0).isoformat(), "a person may say so of any claim"
    claims.tick(row, place_of(row), identity(row, words), remark="Looked up.", by=row.owner)
    assert (said(row)[words], dated(row, words).as_of) == ("ticked", day(0).isoformat())


def test_words_that_a_person_has_marked_are_dated_like_any_others(row: Article):
    claims.add(row, place_of(row), "It began on", by=row.owner)
    claims.date(row, place_of(row), identity(row, "It began on"), as_of=day(-1), again_on=None, by=row.owner)
    assert dated(row, "It began on").as_of == day(-1).isoformat()


def test_what_says_itself_as_of_when_it_holds_needs_nobody(row: Article):
    words = "As of March 2025 it is No. 1."
    rewrite(row, body=words)
    assert (dated(row, words).as_of, dated(row, words).has_day) == ("2025-03", True)
    give(row, words, as_of=-1)
    assert dated(row, words).as_of == day(-1).isoformat(), "a person knows better"


def test_the_introduction_has_days_too_which_belong_to_its_article(row: Article):
    other = make.article(introduction="She is 25 years old.", cards=1, faqs=0)
    give(row, "She is 25 years old.", place="introduction")
    assert dated(row, "She is 25 years old.", "introduction").has_day
    assert not dated(other, "She is 25 years old.", "introduction").has_day


def test_a_card_keeps_its_days_wherever_it_moves(row: Article):
    give(row)
    goal = make.article(owner=row.owner, cards=0)
    drafts.move_card(FactCard.objects.get(article=row), goal, by=row.owner)
    assert dated(goal).has_day


def test_another_writer_may_not_and_an_archived_article_takes_none(row: Article):
    with pytest.raises(PermissionDenied):
        give(row, by=make.writer())
    workflow.make(states.ARCHIVE, row, by=make.editor())
    with pytest.raises(WorkflowError, match="archived"):
        give(row)
    assert not ClaimAct.objects.exists()


def test_what_does_not_stand_there_any_more_cannot_be_dated(row: Article):
    gone = dated(row).identity
    rewrite(row, body="Nothing.")
    for place in (place_of(row), "card:none"):
        with pytest.raises(ConflictError, match="changed meanwhile"):
            claims.date(row, place, gone, as_of=day(0), again_on=None, by=row.owner)


@pytest.mark.parametrize("fields", [{"kind": "date"}, {"kind": "tick", "as_of": dt.date(2025, 1, 1)}])
def test_the_database_keeps_days_and_their_kind_together(fields: dict[str, object]):
    with pytest.raises(IntegrityError), transaction.atomic():
        ClaimAct.objects.create(place="card:none", identity="words:none", words="None.", **fields)


# --- looking again ----------------------------------------------------------------------------------------------------


def due(row: Article, *, until: int = 0, by=None) -> list[str]:
    articles = Article.objects.filter(owner=by) if by else Article.objects.all()
    return [each.act.words for each in workflow.claims_to_check(articles, until=day(until), most=50)]


def test_on_its_day_it_is_to_be_looked_at_what_is_due_longest_first(row: Article):
    later = "Season 2 has not been announced."
    give(row, again_on=20), give(row, later, again_on=10)
    give(row, "She is 25 years old.", again_on=15, place="introduction")
    assert due(row, until=9) == []
    assert due(row, until=30) == [later, "She is 25 years old.", NOW]
    assert len(workflow.claims_to_check(Article.objects.all(), until=day(30), most=2)) == 2
    assert due(row, until=30, by=make.writer()) == []
    with time_machine.travel(dt.datetime.combine(day(10), dt.time(12), dt.UTC)):
        assert due(row) == [later]


def test_still_true_moves_both_days_in_one_press(row: Article):
    act = give(row, as_of=-200, again_on=5)
    with time_machine.travel(dt.datetime.combine(day(6), dt.time(12), dt.UTC)):
        place, what = place_of(row), dated(row).identity
        claims.still_true(row, place, what, act=act.public_id, again_on=day(90), by=row.owner)
        assert (dated(row).as_of, dated(row).again_on) == (day(0).isoformat(), day(90))
        assert due(row) == []
        assert History.objects.filter(article=row).first().act == "check-fact"
        with pytest.raises(ConflictError, match="answered this meanwhile"):
            claims.still_true(row, place, what, act=act.public_id, again_on=day(90), by=row.owner)


def test_what_says_itself_as_of_when_it_holds_keeps_saying_so(row: Article):
    words = "As of March 2025 it is No. 1."
    rewrite(row, body=words)
    act = give(row, words, as_of=None)
    claims.still_true(row, place_of(row), dated(row, words).identity, act=act.public_id, again_on=day(9), by=row.owner)
    assert (dated(row, words).as_of, dated(row, words).again_on) == ("2025-03", day(9))


def test_what_was_reworded_taken_back_binned_or_archived_is_not_asked_about(row: Article):
    act = give(row, again_on=5)
    rewrite(row, body="Nothing.")
    assert due(row, until=9) == []
    rewrite(row, body=BODY)
    assert due(row, until=9) == [NOW]
    claims.take_back(row, act.public_id, by=row.owner)
    assert due(row, until=9) == []
    give(row, again_on=5)
    workflow.make(states.ARCHIVE, row, by=make.editor())
    assert due(row, until=9) == []


def test_a_day_that_was_said_anew_counts_alone(row: Article):
    give(row, again_on=5), give(row, again_on=50)
    assert due(row, until=9) == []
    assert due(row, until=60) == [NOW]


@pytest.mark.slow
def test_many_that_are_reworded_by_now_hide_none(row: Article, django_assert_num_queries):
    what, place = dated(row).identity, place_of(row)
    ClaimAct.objects.bulk_create(
        ClaimAct(place=place, kind="date", identity=f"words:{number}", words="Gone.", again_on=day(1))
        for number in range(250)
    )
    claims.date(row, place, what, as_of=None, again_on=day(2), by=row.owner)
    assert due(row, until=9) == [NOW]
