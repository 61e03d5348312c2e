"""Nine approved facts go out and the tenth stays as readers see it; its draft is untouched and goes out later."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import drafts, states, workflow
from articles.document import Card, Document
from articles.models import Article, Edition, Revision
from articles.states import Status
from articles.workflow import Verdict, WorkflowError
from articles.workflow.partial import mix
from tests import make
from tests.workflow.test_decisions import decide, fresh, places, rewrite

pytestmark = pytest.mark.django_db


def publish(article: Article, by, **more) -> Article:
    article, despite = fresh(article), workflow.open_remarks_of(article).key
    return workflow.make(states.PUBLISH_APPROVED, article, by=by, change=article.change, despite=despite, **more)


def live_document(article: Article) -> Document:
    return Edition.objects.in_force().get(article=article).revision.document


def headings(document: Document) -> list[str]:
    return [card.heading for card in document.cards]


def test_nine_of_ten_go_out_and_the_tenth_follows_alone():
    article = make.handed_in(title="10 facts about the ferry", cards=10)
    editor = make.editor()
    tenth = article.cards.get(position=4)
    for place in places(article):
        if place != f"card:{tenth.public_id}":
            decide(article, place, by=editor)
    now = publish(article, editor)
    assert now.status == Status.IN_REVIEW
    went_out = live_document(article)
    assert went_out.title == "9 facts about the ferry"
    assert tenth.heading not in headings(went_out)
    assert len(went_out.cards) == 9
    assert fresh(article).title == "10 facts about the ferry"
    edition = Edition.objects.in_force().get(article=article)
    assert (edition.revision.reason, edition.card_count) == (Revision.Reason.PARTIAL, 9)
    line = article.history.filter(act="publish-approved").get()
    assert line.details["left_out"] == [tenth.heading]
    assert workflow.public_state(fresh(article)).changed_since
    decide(article, f"card:{tenth.public_id}", by=editor)
    done = workflow.make(
        states.PUBLISH, fresh(article), by=editor, change=fresh(article).change, kind="clarification", note="One more."
    )
    assert live_document(done).title == "10 facts about the ferry"
    assert headings(live_document(done))[3] == tenth.heading


@pytest.mark.slow
def test_what_is_not_approved_stays_as_it_is_live():
    editor = make.editor()
    article = make.live(by=editor, cards=3)
    one, two, _three = article.cards.order_by("position")
    was = one.body
    rewrite(one, article.owner, body="A rumour.")
    rewrite(two, article.owner, body="Counted again: there are twelve.")
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    decide(article, f"card:{two.public_id}", by=editor)
    publish(article, editor, kind="correction", note="There are twelve.")
    now = live_document(article)
    assert [card.body for card in now.cards[:2]] == [was, "Counted again: there are twelve."]
    assert fresh(article).cards.get(pk=one.pk).body == "A rumour."
    facts = Edition.objects.in_force().get(article=article).corrections.all()
    assert [row.public_id for row in facts] == [two.public_id]


@pytest.mark.slow
def test_order_and_deletions_wait_for_the_approval_of_the_details():
    editor = make.editor()
    article = make.live(by=editor, cards=3)
    one, two, three = article.cards.order_by("position")
    drafts.delete_card(one, token=drafts.token(drafts.card_value(one)), by=article.owner)
    order = drafts.order_of(article, "cards")
    drafts.save_order(article, "cards", order[::-1], token=drafts.token(order), by=article.owner)
    new = drafts.add_card(article, make.card(heading="A new one"), by=article.owner, position=2)
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    decide(article, f"card:{new.public_id}", by=editor)
    publish(article, editor, kind="clarification", note="")
    assert headings(live_document(article)) == [one.heading, two.heading, three.heading, "A new one"]
    decide(article, "details", by=editor)
    assert fresh(article).effective_status is Status.APPROVED
    article = fresh(article)
    workflow.make(states.PUBLISH, article, by=editor, change=article.change, kind="clarification")
    assert headings(live_document(article)) == [three.heading, "A new one", two.heading]


@pytest.mark.slow
def test_nothing_goes_out_without_what_holds_it_together():
    article, editor = make.handed_in(cards=2), make.editor()
    with pytest.raises(WorkflowError, match="No part of these words"):
        publish(article, editor)
    card = article.cards.first()
    decide(article, f"card:{card.public_id}", by=editor)
    with pytest.raises(WorkflowError, match="Title, order and details"):
        publish(article, editor)
    assert not Edition.objects.exists()
    decide(article, f"card:{card.public_id}", Verdict.SENT_BACK, by=editor, note="No.")
    decide(article, "details", by=editor)
    with pytest.raises(WorkflowError, match="No fact"):
        publish(article, editor)


@pytest.mark.slow
def test_the_same_again_is_refused():
    editor = make.editor()
    article = make.live(by=editor)
    rewrite(article.cards.first(), article.owner, body="A rumour.")
    with pytest.raises(WorkflowError, match="live already"):
        publish(article, editor)


@pytest.mark.slow
def test_a_changed_picture_that_also_stands_in_an_unapproved_part_holds_all_back():
    picture, editor = make.picture(), make.editor()
    show = f"![](picture:{picture.public_id})"
    article = make.live(by=editor, cards=(make.card(body=f"One.\n\n{show}"), make.card(body=f"Two.\n\n{show}")))
    picture.alt = "Another ferry"
    picture.save()
    one, two = article.cards.order_by("position")
    rewrite(one, article.owner, body=f"One more.\n\n{show}")
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    decide(article, f"card:{one.public_id}", by=editor)
    with pytest.raises(WorkflowError, match="has changed, and not all parts"):
        publish(article, editor)
    decide(article, f"card:{two.public_id}", by=editor)
    article = fresh(article)
    workflow.make(states.PUBLISH, article, by=editor, change=article.change, kind="typo")
    assert {row.alt for row in live_document(article).pictures} == {"Another ferry"}


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True)


def cards_of(ids, words) -> tuple[Card, ...]:
    return tuple(Card(public_id=public_id * 10, heading=f"{public_id} {words}") for public_id in ids)


@given(working=IDS, live=IDS, approved=st.sets(st.sampled_from("abcdefgh")), is_framed=st.booleans())
def test_each_fact_goes_out_approved_or_live_or_not_at_all(working, live, approved, is_framed):
    now, before = (
        Document(title=words, cards=cards_of(ids, words)) for ids, words in ((working, "now"), (live, "live"))
    )
    places = {f"card:{public_id * 10}" for public_id in approved} | ({"details"} if is_framed else set())
    mixed = mix(now, before, places)
    found = {card.public_id[0]: card.heading.split()[1] for card in mixed.cards}
    assert len(found) == len(mixed.cards)
    for public_id in "abcdefgh":
        if public_id in approved and public_id in working:
            expected = "now"
        elif public_id in live and (public_id in working or not is_framed):
            expected = "live"
        else:
            expected = None
        assert found.get(public_id) == expected, public_id
    assert mixed.title == ("now" if is_framed else "live")
    frame = working if is_framed else live
    assert [card for card in found if card in frame] == [card for card in frame if card in found]


def test_all_approved_is_the_working_copy_and_none_is_what_is_live():
    now, before = (dataclasses.replace(make.document(), title=words) for words in ("now", "live"))
    assert mix(now, before, set(drafts.pieces_of(now))) == now
    assert mix(now, before, set()) == before


def test_approvals_of_before_publish_no_template():
    article, editor = make.handed_in(), make.editor()
    for place in places(article)[:2]:
        decide(article, place, by=editor)
    article = workflow.make(states.WITHDRAW, fresh(article), by=article.owner)
    drafts.mark_template(article, is_template=True, by=editor)
    assert states.PUBLISH_APPROVED not in workflow.possible_moves(fresh(article), editor)
    with pytest.raises(WorkflowError, match="template"):
        publish(article, editor)
