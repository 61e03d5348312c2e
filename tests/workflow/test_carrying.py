"""A fix published today goes along into the versions that wait, part by part, and nothing of theirs is lost."""

import dataclasses
import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import drafts, states, workflow
from articles.desk.review import history_lines
from articles.document import Document
from articles.models import Article, Edition, History, Revision
from articles.workflow import CarryChoice, ConflictError, WorkflowError
from articles.workflow.fixes import carried, fixed_parts
from tests import make
from tests.workflow.test_decisions import fresh

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def approve(article: Article, value: Document) -> Article:
    """The article with these words, approved by another person."""
    article = fresh(article)
    revision = drafts.keep_revision(article, "requested", by=article.owner, value=value)
    drafts.restore(article, revision, change=article.change, by=article.owner)
    ready = workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    return workflow.make(states.APPROVE, ready, by=make.editor(), change=ready.change)


def publish(article: Article, value: Document, *, at: dt.datetime | None = None, kind: str = "clarification") -> None:
    ready, move = approve(article, value), states.SCHEDULE if at else states.PUBLISH
    workflow.make(move, ready, by=make.editor(), change=ready.change, kind=kind, note="Mended.", at=at)


def with_card(value: Document, number: int, **fields) -> Document:
    cards = [dataclasses.replace(card, **fields) if at == number else card for at, card in enumerate(value.cards)]
    return dataclasses.replace(value, cards=tuple(cards))


def place(value: Document, number: int) -> str:
    return f"card:{value.cards[number].public_id}"


def waiting(article: Article) -> list[Edition]:
    return list(workflow.public_state(fresh(article)).waiting)


def carry_of(article: Article, event: Edition) -> workflow.Carry:
    return workflow.carries(article, workflow.public_state(fresh(article)))[event.pk]


def carry(article: Article, event: Edition, *places: str, by=None, fix: int | None = None) -> Article:
    fix = fix or workflow.public_state(fresh(article)).current.pk
    choice = CarryChoice(fix, frozenset(places))
    return workflow.make(states.CARRY, fresh(article), by=by or make.editor(), event=event, carried=choice)


@pytest.fixture
def article(db) -> Article:
    return make.live(cards=3, slug="ferry", title="3 facts about the ferry")


@pytest.fixture
def base(article: Article) -> Document:
    return drafts.document_of(fresh(article))


@pytest.mark.slow
def test_a_fix_goes_along_and_the_scheduled_words_stay(article: Article, base: Document):
    tomorrow = timezone.now() + DAY
    publish(article, with_card(base, 0, body="Scheduled words."), at=tomorrow, kind="correction")
    publish(article, with_card(base, 1, body="Mended words."))
    (event,) = waiting(article)
    found = carry_of(article, event)
    assert [(part.place, part.is_conflict) for part in found.parts] == [(place(base, 1), False)]
    editor, before = make.editor(), fresh(article)
    carry(article, event, place(base, 1), by=editor)
    (now,) = waiting(article)
    assert [card.body for card in now.revision.document.cards[:2]] == ["Scheduled words.", "Mended words."]
    assert (now.visible_from, now.change_kind, now.change_note) == (tomorrow, "correction", "Mended.")
    assert (now.revision.reason, now.revision.change) == (Revision.Reason.CARRIED, 0)
    assert now.facts.get(public_id=base.cards[1].public_id).excerpt == "Mended words."
    line = History.objects.filter(act="carry").get()
    assert (line.actor, line.details["about"]) == (editor, base.cards[1].heading)
    after = fresh(article)
    assert (after.status, after.change, after.approved_revision) == (
        *(before.status, before.change),
        before.approved_revision,
    )
    corrected = [entry["place"] for entry in now.parts["corrections"] if entry["at"] == now.visible_from.isoformat()]
    assert corrected == [place(base, 0)], "the scheduled version corrects what it changes, not what the fix has"
    assert not workflow.carries(article, workflow.public_state(after)), "it has all of the fix now"


@pytest.mark.slow
def test_what_both_changed_is_a_conflict_and_is_not_carried(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    publish(article, with_card(with_card(base, 0, body="Mended words."), 2, body="Mended too."))
    (event,) = waiting(article)
    found = carry_of(article, event)
    assert [part.place for part in found.conflicts] == [place(base, 0)]
    assert [part.place for part in found.free] == [place(base, 2)]
    for places in ([place(base, 0)], [place(base, 0), place(base, 2)], ["card:unknown"], ["introduction"]):
        with pytest.raises(WorkflowError, match="its own words"):
            carry(article, event, *places)
    with pytest.raises(WorkflowError, match="Choose what is carried"):
        carry(article, event)
    assert waiting(article)[0].revision == event.revision
    assert not Revision.objects.filter(reason=Revision.Reason.CARRIED).exists()


@pytest.mark.slow
def test_each_of_several_is_chosen_by_itself(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    publish(article, with_card(base, 1, body="Later words."), at=timezone.now() + 2 * DAY)
    publish(article, with_card(base, 1, body="Mended words."))
    first, second = waiting(article)
    assert not carry_of(article, first).conflicts
    assert not carry_of(article, second).free
    carry(article, first, place(base, 1))
    assert [event.revision.document.cards[1].body for event in waiting(article)] == ["Mended words.", "Later words."]
    assert waiting(article)[0].visible_until == second.visible_from


@pytest.mark.slow
def test_facts_that_came_and_went_and_the_title_that_counts_them(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    new = make.card(heading="A new one")
    fixed = dataclasses.replace(base, cards=(base.cards[0], new, *base.cards[1:]), title="4 facts about the ferry")
    publish(article, fixed)
    (event,) = waiting(article)
    carry(article, event, f"card:{new.public_id}")
    (event,) = waiting(article)
    value = event.revision.document
    assert (value.title, [card.heading for card in value.cards][1]) == ("4 facts about the ferry", "A new one")
    publish(article, dataclasses.replace(fixed, cards=fixed.cards[:3], title="3 facts about the ferry"))
    assert [part.fixed for part in carry_of(article, event).parts if part.place != "details"] == [None]
    carry(article, event, place(base, 2))
    value = waiting(article)[0].revision.document
    assert (value.title, len(value.cards)) == ("3 facts about the ferry", 3)


@pytest.mark.slow
def test_details_go_field_by_field_and_the_address_with_them(article: Article, base: Document):
    publish(article, dataclasses.replace(base, dek="Scheduled."), at=timezone.now() + DAY)
    publish(article, dataclasses.replace(base, title="Facts about a ferry", slug="a-ferry", cards=base.cards[::-1]))
    (event,) = waiting(article)
    carry(article, event, "details")
    (event,) = waiting(article)
    value = event.revision.document
    assert (value.title, value.slug, value.dek) == ("Facts about a ferry", "a-ferry", "Scheduled.")
    assert value.cards == base.cards[::-1]
    publish(article, dataclasses.replace(base, dek="Mended.", slug="a-ferry"))
    assert [part.place for part in carry_of(article, event).conflicts] == ["details"]


@pytest.mark.slow
def test_undoing_a_fix_can_be_carried_too(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    publish(article, with_card(base, 1, body="A mistake."))
    carry(article, waiting(article)[0], place(base, 1))
    workflow.make(states.UNDO_PUBLICATION, fresh(article), by=make.editor(), note="It was wrong.")
    carry(article, waiting(article)[0], place(base, 1))
    assert waiting(article)[0].revision.document == with_card(base, 0, body="Scheduled words.")


@pytest.mark.slow
def test_who_was_too_late_is_told(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    publish(article, with_card(base, 1, body="Mended words."))
    (event,) = waiting(article)
    fix = workflow.public_state(article).current.pk
    publish(article, with_card(base, 2, body="Newer words."))
    with pytest.raises(ConflictError, match="Something else was published"):
        carry(article, event, place(base, 1), fix=fix)
    workflow.make(states.RESCHEDULE, fresh(article), by=make.editor(), event=event, at=timezone.now() + 2 * DAY)
    with pytest.raises(WorkflowError, match="not scheduled any more"):
        carry(article, event, place(base, 2))
    (event,) = waiting(article)
    workflow.make(states.CANCEL, fresh(article), by=make.editor(), event=event)
    with pytest.raises(WorkflowError, match="scheduled any more"):
        carry(article, event, place(base, 2))
    assert not waiting(article)


@pytest.mark.slow
def test_rights_and_locks(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    publish(article, with_card(base, 1, body="Mended words."))
    (event,) = waiting(article)
    with pytest.raises(PermissionDenied):
        carry(article, event, place(base, 1), by=article.owner)
    workflow.lock(article, "", "A lawyer reads it.", by=make.editor())
    with pytest.raises(WorkflowError, match="A lawyer reads it"):
        carry(article, event, place(base, 1))
    assert waiting(article)[0].revision == event.revision


@pytest.mark.slow
def test_a_picture_that_other_parts_show_as_it_was_holds_the_part_back(article: Article, base: Document):
    picture = make.picture()
    shown = f"![](picture:{picture.public_id})"
    both = drafts.with_pictures(with_card(with_card(base, 0, body=shown), 1, body=shown))
    publish(article, both)
    publish(article, with_card(both, 2, body="Scheduled words."), at=timezone.now() + DAY)
    picture.alt = "A ferry by day"
    picture.save()
    publish(article, drafts.with_pictures(both))
    (event,) = waiting(article)
    places = [place(base, 0), place(base, 1)]
    assert [part.place for part in carry_of(article, event).free] == places
    with pytest.raises(WorkflowError, match="not all parts that show it"):
        carry(article, event, places[0])
    carry(article, event, *places)
    assert {shown.alt for shown in waiting(article)[0].revision.document.pictures} == {"A ferry by day"}


@pytest.mark.slow
def test_of_several_fixes_each_is_offered_until_it_is_carried(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    first = with_card(base, 1, body="Mended words.")
    publish(article, first)
    publish(article, with_card(first, 2, body="Mended too."))
    (event,) = waiting(article)
    assert [part.place for part in carry_of(article, event).free] == [place(base, 1), place(base, 2)]
    carry(article, event, place(base, 2))
    third = with_card(with_card(first, 2, body="Mended again."), 0, heading="Mended heading")
    publish(article, third)
    (event,) = waiting(article)
    found = carry_of(article, event)
    assert [part.place for part in found.free] == [place(base, 1), place(base, 2)], (
        "the second fix is no own word of it"
    )
    assert [part.place for part in found.conflicts] == [place(base, 0)]
    carry(article, event, place(base, 1), place(base, 2))
    (event,) = waiting(article)
    assert event.revision.document == dataclasses.replace(
        third, cards=(event.revision.document.cards[0], *third.cards[1:])
    )
    assert [part.is_conflict for part in carry_of(article, event).parts] == [True]


@pytest.mark.slow
def test_what_a_version_made_on_the_fix_says_otherwise_is_its_own(article: Article, base: Document):
    older = with_card(base, 1, body="Older words.")
    publish(article, older)
    mended = with_card(older, 1, body="Mended words.")
    publish(article, mended)
    later = with_card(mended, 2, body="Later words.")
    publish(article, later)
    publish(article, with_card(later, 1, body="Older words."), at=timezone.now() + DAY)
    assert not workflow.carries(article, workflow.public_state(fresh(article)))
    publish(article, with_card(later, 0, body="Newest words."))
    assert [part.place for part in carry_of(article, waiting(article)[0]).parts] == [place(base, 0)]


@pytest.mark.slow
def test_the_history_says_what_was_carried_into_what_and_why(article: Article, base: Document):
    publish(article, with_card(base, 0, body="Scheduled words."), at=timezone.now() + DAY)
    publish(article, with_card(base, 1, body="Mended words."))
    (event,) = waiting(article)
    fix = workflow.public_state(fresh(article)).current
    choice = CarryChoice(fix.pk, frozenset([place(base, 1)]))
    editor, why = make.editor(), "It is wrong there as well."
    workflow.make(states.CARRY, fresh(article), by=editor, event=event, carried=choice, note=why)
    said = history_lines.line_of(History.objects.get(act="carry"))
    numbers = (fix.revision.number, event.revision.number)
    assert (said.who, said.note) == (editor.username, why)
    assert said.did == f"carried a fix into a scheduled version of “{article.title}”"
    assert base.cards[1].heading in said.more
    assert "from revision {}, which was public, into revision {}, which waited".format(*numbers) in said.more


WORDS = st.sampled_from(["one", "two", "three"])


@st.composite
def versions(draw) -> list[Document]:
    """From three to five Documents out of the same few cards, in any order and with any words."""
    found = []
    for _version in range(draw(st.integers(3, 5))):
        ids = draw(st.lists(st.sampled_from("abcd"), min_size=1, max_size=4, unique=True))
        cards = tuple(make.card(public_id=each, heading=each, body=draw(WORDS), sources=()) for each in ids)
        words = {name: draw(WORDS | st.just("")) for name in ("dek", "introduction", "conclusion")}
        found.append(make.document(title="About it", cards=cards, faqs=(), subject="", authors=(), **words))
    return found


@pytest.mark.slow
@given(documents=versions(), chosen=st.integers(0, 2**8 - 1))
def test_nothing_is_carried_but_what_was_chosen_and_only_fixes_changed(documents: list[Document], chosen: int):
    *earlier, fixed, waiting = documents
    free = [part for part in fixed_parts(earlier, fixed, waiting) if not part.is_conflict]
    places = frozenset(part.place for at, part in enumerate(free) if chosen >> at & 1)
    try:
        result = drafts.pieces_of(carried(earlier, fixed, waiting, places))
    except WorkflowError:
        return  # no fact was left
    *old, new, there = (drafts.pieces_of(value) for value in documents)
    for name in {*new, *there, *result}.union(*old) - {"details"}:
        if name in places:
            assert result.get(name) == new.get(name)
            assert there.get(name) in [pieces.get(name) for pieces in old]
        else:
            assert result.get(name) == there.get(name)
    is_outdated = waiting.dek in [value.dek for value in earlier]
    assert result["details"].details.dek == (fixed.dek if "details" in places and is_outdated else waiting.dek)


@pytest.mark.slow
@given(documents=versions())
def test_no_words_come_back_that_readers_saw_once_and_see_others_of_now(documents: list[Document]):
    *earlier, fixed, waiting = documents
    parts = list(fixed_parts(earlier, fixed, waiting))
    free = frozenset(part.place for part in parts if not part.is_conflict)
    try:
        result = carried(earlier, fixed, waiting, free)
    except WorkflowError:
        return  # no fact was left
    *old, new, now = (drafts.pieces_of(value) for value in (*earlier, fixed, result))
    for name in {*new, *now}.union(*old) - {"details"}:
        seen = [pieces.get(name) for pieces in old]
        assert now.get(name) == new.get(name) or now.get(name) not in seen
    if "details" not in {part.place for part in parts if part.is_conflict}:
        assert result.dek == fixed.dek or result.dek not in [value.dek for value in earlier]
    assert not [part for part in fixed_parts(earlier, fixed, result) if not part.is_conflict], (
        "nothing is left to carry"
    )
