"""A correction in one article is offered to all that tell the fact, and carried to those that somebody chooses."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied

from articles import drafts, states, workflow
from articles.document import Card
from articles.models import Article, Edition, FactCard, History
from articles.models.fact_uses import Mode
from articles.states import Status
from articles.workflow import ConflictError, Offer, WorkflowError, fact_uses
from tests import make

pytestmark = pytest.mark.django_db

FIRST, SECOND = "There are nine lamps.", "There are ten lamps."


@pytest.fixture
def editor():
    return make.editor()


@pytest.fixture
def origin(editor) -> Article:
    return make.live(by=editor, cards=(make.card(heading="Lamps", body=FIRST), make.card()))


def publish(article: Article, editor) -> Article:
    article = Article.objects.get(pk=article.pk)
    if article.effective_status is Status.DRAFT:
        article = workflow.make(states.SUBMIT, article, by=article.owner)
    article = workflow.make(states.APPROVE, article, by=editor, change=article.change)
    how = {"kind": "correction", "note": "We had counted wrongly."} if article.editions.exists() else {}
    return workflow.make(states.PUBLISH, article, by=editor, change=article.change, **how)


def follower(origin: Article, mode: Mode = Mode.FOLLOW) -> Article:
    article = make.article(cards=(make.card(heading="Another"),))
    fact_uses.use_fact(article, lamps(origin).public_id, mode, by=article.owner)
    return Article.objects.get(pk=article.pk)


@pytest.fixture
def article(origin, editor) -> Article:
    return publish(follower(origin), editor)


def lamps(article: Article) -> FactCard:
    return article.cards.get(heading="Lamps")


def rewrite(article: Article, body: str, heading: str = "Lamps") -> None:
    row = article.cards.get(heading=heading)
    old = drafts.card_value(row)
    new = dataclasses.replace(old, body=body)
    drafts.save_card(row, new, token=drafts.token(old), by=article.owner)


def correct(origin: Article, editor, body: str = SECOND) -> None:
    rewrite(origin, body)
    publish(origin, editor)


def public(article: Article, heading: str = "Lamps") -> Card:
    edition = Edition.objects.in_force().get(article=article)
    return next(card for card in edition.revision.document.cards if card.heading == heading)


def only_offer(article: Article, editor) -> Offer:
    [offer] = workflow.offers(article, editor)
    return offer


def carry(origin: Article, editor, *offers: Offer, kind: str = "correction", note: str = "Counted again."):
    chosen = {offer.card.public_id: offer.token for offer in offers or workflow.offers(origin, editor)}
    return workflow.carry_correction(origin, chosen, kind=kind, note=note, by=editor)


def test_a_correction_is_carried_into_what_is_live_and_approved_there(origin, article, editor):
    assert workflow.offers(origin, editor) == []
    correct(origin, editor)
    assert workflow.corrected_facts(origin) == {lamps(origin).public_id}
    offer = only_offer(origin, editor)
    assert (offer.before.body, offer.after.body, offer.why_not) == (FIRST, SECOND, "")
    assert public(article).body == FIRST
    [done] = carry(origin, editor)
    assert public(article) == offer.after, "what goes live is what was read"
    assert lamps(article).body == SECOND
    now = Article.objects.get(pk=article.pk)
    assert now.effective_status is Status.APPROVED, "the words were approved where they come from"
    assert not workflow.public_state(now).changed_since
    assert (done.edition.change_kind, done.edition.change_note) == ("correction", "Counted again.")
    line = article.history.get(act=History.Act.CARRY_CORRECTION)
    assert (line.actor, line.details["source"]) == (editor, origin.title)
    assert workflow.offers(origin, editor) == []
    assert drafts.use_of(lamps(article).public_id).state is drafts.UseState.SAME


@pytest.mark.slow
def test_pending_changes_of_other_parts_stay_where_they_are(origin, article, editor):
    rewrite(article, "Not read by anybody yet.", heading="Another")
    correct(origin, editor)
    carry(origin, editor)
    assert public(article).body == SECOND
    assert public(article, "Another").body != "Not read by anybody yet."
    assert article.cards.get(heading="Another").body == "Not read by anybody yet."
    assert Article.objects.get(pk=article.pk).effective_status is Status.DRAFT


@pytest.mark.slow
def test_own_pending_words_of_the_fact_are_in_the_way(origin, article, editor):
    rewrite(article, "We count nine.")
    correct(origin, editor)
    offer = only_offer(origin, editor)
    assert "not published yet" in offer.why_not
    with pytest.raises(WorkflowError, match="not published yet"):
        carry(origin, editor, offer)
    assert lamps(article).body == "We count nine."
    assert drafts.use_of(lamps(article).public_id).state is drafts.UseState.STALE, "offered as pending there"


@pytest.mark.slow
def test_what_waits_for_review_is_left_to_it(origin, article, editor):
    rewrite(article, "Other words.", heading="Another")
    handed_in = workflow.make(states.SUBMIT, Article.objects.get(pk=article.pk), by=article.owner)
    correct(origin, editor)
    with pytest.raises(WorkflowError, match="waits for review"):
        carry(origin, editor)
    approved = workflow.make(states.APPROVE, handed_in, by=editor, change=handed_in.change)
    assert "approved words wait" in only_offer(origin, editor).why_not
    assert Article.objects.get(pk=article.pk).change == approved.change
    assert drafts.use_of(lamps(article).public_id).state is drafts.UseState.PENDING


@pytest.mark.slow
def test_of_a_draft_that_nobody_sees_the_words_are_replaced_alone(origin, editor):
    draft = follower(origin)
    correct(origin, editor)
    [done] = carry(origin, editor, kind="")
    assert done.edition is None
    assert lamps(draft).body == SECOND
    assert not draft.editions.exists()


@pytest.mark.slow
def test_own_words_are_replaced_where_somebody_chooses_that(origin, editor):
    article = follower(origin, Mode.ADAPT)
    rewrite(article, "We count nine.")
    publish(article, editor)
    correct(origin, editor)
    offer = only_offer(origin, editor)
    assert offer.before.body == "We count nine."
    carry(origin, editor)
    assert public(article).body == SECOND
    assert drafts.use_of(lamps(article).public_id).mode is Mode.ADAPT


@pytest.mark.slow
def test_a_correction_travels_from_a_follower_to_the_original_and_its_siblings(origin, article, editor):
    sibling = publish(follower(origin), editor)
    correct(article, editor)
    offers = workflow.offers(article, editor)
    assert {offer.article for offer in offers} == {origin, sibling}
    carry(article, editor)
    assert public(origin).body == public(sibling).body == SECOND
    for each in (article, sibling):
        assert drafts.use_of(lamps(each).public_id).state is drafts.UseState.SAME
        assert drafts.use_of(lamps(each).public_id).mode is Mode.FOLLOW


@pytest.mark.slow
def test_all_are_carried_or_none(origin, article, editor):
    sibling = publish(follower(origin), editor)
    correct(origin, editor)
    first, second = sorted(workflow.offers(origin, editor), key=lambda offer: offer.article.pk)
    rewrite(second.article, "Changed meanwhile.")
    with pytest.raises(WorkflowError):
        carry(origin, editor, first, second)
    assert public(article).body == public(sibling).body == FIRST
    assert lamps(first.article).body == FIRST


@pytest.mark.slow
def test_words_that_changed_after_they_were_read_are_a_conflict(origin, article, editor):
    correct(origin, editor)
    read = only_offer(origin, editor)
    correct(origin, editor, "There are eleven lamps.")
    with pytest.raises(ConflictError):
        carry(origin, editor, read)
    with pytest.raises(ConflictError):
        workflow.carry_correction(origin, {"nothing": ""}, kind="typo", by=editor)
    with pytest.raises(WorkflowError, match="at least one"):
        workflow.carry_correction(origin, {}, kind="typo", by=editor)
    assert public(article).body == FIRST


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "note"), [("", ""), ("correction", ""), ("miracle", "Why."), ("typo", "x" * 301)])
def test_readers_are_told_or_nothing_is_carried(origin, article, editor, kind, note):
    correct(origin, editor)
    with pytest.raises(WorkflowError):
        carry(origin, editor, kind=kind, note=note)
    assert (public(article).body, lamps(article).body) == (FIRST, FIRST)


@pytest.mark.slow
def test_it_takes_the_right_to_publish_each_of_the_articles(origin, article, editor):
    correct(origin, editor)
    writer = origin.owner
    assert "may not publish" in only_offer(origin, writer).why_not
    with pytest.raises(PermissionDenied):
        carry(origin, writer)
    writer.user_permissions.add(*editor.groups.get().permissions.filter(codename="publish_article"))
    by_owner = type(writer).objects.get(pk=writer.pk)
    with pytest.raises(WorkflowError, match="may not publish"):
        carry(origin, by_owner)


@pytest.mark.slow
def test_a_lock_of_somebody_else_is_respected(origin, article, editor):
    workflow.lock(article, f"card:{lamps(article).public_id}", "The lawyer reads it.", by=make.editor())
    correct(origin, editor)
    with pytest.raises(WorkflowError, match="The lawyer reads it"):
        carry(origin, editor)
    assert public(article).body == FIRST


@pytest.mark.slow
def test_a_picture_comes_along_as_it_was_reviewed(origin, article, editor):
    picture = make.picture()
    rewrite(origin, f"{SECOND}\n\n![](picture:{picture.public_id})")
    publish(origin, editor)
    carry(origin, editor)
    edition = Edition.objects.in_force().get(article=article)
    assert [each.public_id for each in edition.revision.document.pictures] == [picture.public_id]
