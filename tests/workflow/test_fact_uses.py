"""One fact in several articles: linking, what is pending, taking over, keeping, pinning, adapting, unlinking."""

from __future__ import annotations

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts, publishing, states, workflow
from articles.drafts import Gone, Use, UseState
from articles.models import Article, FactCard, FactUse, History, Revision
from articles.models.fact_uses import Mode
from articles.workflow import ConflictError, WorkflowError, fact_uses
from tests import make

pytestmark = pytest.mark.django_db

FIRST, SECOND = "The ferry has nine lamps.", "The ferry has ten lamps."


@pytest.fixture
def origin() -> Article:
    return make.edition(cards=(make.card(heading="Lamps", body=FIRST, tags=("Light",)), make.card())).article


@pytest.fixture
def article() -> Article:
    return make.article(cards=(make.card(heading="Another"),))


def lamps(article: Article) -> FactCard:
    return article.cards.get(heading="Lamps")


def used(article: Article, origin: Article, mode: Mode = Mode.FOLLOW) -> FactCard:
    return fact_uses.use_fact(article, lamps(origin).public_id, mode, by=article.owner)


def rewrite(card: FactCard, body: str = SECOND, **words: object) -> None:
    old = drafts.card_value(FactCard.objects.get(pk=card.pk))
    new = dataclasses.replace(old, body=body, **words)
    drafts.save_card(card, new, token=drafts.token(old), by=card.article.owner)


def publish(article: Article) -> None:
    article.refresh_from_db()
    publishing.publish(drafts.keep_revision(article, Revision.Reason.APPROVED, by=article.owner))


def correct(origin: Article, body: str = SECOND, **words: object) -> None:
    rewrite(lamps(origin), body, **words)
    publish(origin)


def use_of(card: FactCard) -> Use:
    found = drafts.use_of(card.public_id)
    assert found
    return found


def body(card: FactCard) -> str:
    return FactCard.objects.get(pk=card.pk).body


def acts(article: Article) -> list[str]:
    return list(article.history.order_by("pk").values_list("act", flat=True))


def test_a_fact_of_another_article_is_a_card_of_its_own(article, origin):
    change = article.change
    card = used(article, origin)
    assert card.public_id != lamps(origin).public_id
    assert (card.position, body(card)) == (2, FIRST)
    assert drafts.card_value(card).tags == ("Light",)
    assert use_of(card).state is UseState.SAME
    assert Article.objects.get(pk=article.pk).change == change + 1
    assert article.history.get(act=History.Act.USE_FACT).details["mode"] == "follow"


def test_only_reviewed_words_are_offered_to_a_follower_and_none_change_by_themselves(article, origin):
    card = used(article, origin)
    rewrite(lamps(origin))
    assert use_of(card).state is UseState.SAME, "a draft of the original is nobody's business"
    publish(origin)
    assert use_of(card).state is UseState.PENDING
    assert body(card) == FIRST


@pytest.mark.slow
def test_taking_over_is_one_save_of_the_words_that_were_read(article, origin):
    card = used(article, origin)
    rewrite(card, FIRST, tags=("Ours",))
    correct(origin, heading="Lamps")
    read = use_of(card).seen
    correct(origin, "The ferry has eleven lamps.")
    with pytest.raises(ConflictError):
        fact_uses.take_over(card, seen=read, by=article.owner)
    assert body(card) == FIRST
    fact_uses.take_over(card, seen=use_of(card).seen, by=article.owner)
    assert body(card) == "The ferry has eleven lamps."
    assert drafts.card_value(FactCard.objects.get(pk=card.pk)).tags == ("Ours",), "tags are the article's own"
    assert use_of(card).state is UseState.SAME
    assert drafts.versions_of(article, f"card:{card.public_id}").exists(), "the words before can come back"
    assert History.Act.TAKE_OVER_FACT in acts(article)


@pytest.mark.slow
def test_keeping_ours_is_remembered_for_exactly_these_words(article, origin):
    card = used(article, origin)
    correct(origin)
    fact_uses.keep(card, seen=use_of(card).seen, by=article.owner)
    assert use_of(card).state is UseState.KEPT
    correct(origin, FIRST)
    assert use_of(card).state is UseState.SAME
    correct(origin, "The ferry has twelve lamps.")
    assert use_of(card).state is UseState.PENDING


@pytest.mark.slow
def test_words_of_a_follower_do_not_diverge_silently(article, origin):
    card = used(article, origin)
    rewrite(card, "We count nine lamps.")
    assert use_of(card).mode is Mode.ADAPT
    assert use_of(card).state is UseState.OWN
    correct(origin)
    assert use_of(card).state is UseState.STALE
    rewrite(card, FIRST)
    assert use_of(card).state is UseState.OWN, "whoever edits has the original beside it"


def test_a_pinned_wording_stays_and_says_that_the_original_has_changed(article, origin):
    card = used(article, origin, Mode.PIN)
    assert use_of(card).state is UseState.PINNED
    correct(origin)
    found = use_of(card)
    assert (found.state, found.own.body, found.now and found.now.body) == (UseState.CHANGED, FIRST, SECOND)


@pytest.mark.slow
def test_own_words_are_stale_until_somebody_has_compared_them(article, origin):
    card = used(article, origin, Mode.ADAPT)
    rewrite(card, "Nine lamps, we count.")
    correct(origin)
    assert use_of(card).state is UseState.STALE
    fact_uses.look_at(card, seen=use_of(card).seen, by=article.owner)
    assert use_of(card).state is UseState.OWN
    assert body(card) == "Nine lamps, we count."


def test_following_again_takes_over_the_words_that_were_read(article, origin):
    card = used(article, origin, Mode.ADAPT)
    rewrite(card, "Nine lamps, we count.")
    with pytest.raises(ConflictError):
        fact_uses.set_mode(card, Mode.FOLLOW, by=article.owner)
    fact_uses.set_mode(card, Mode.FOLLOW, seen=use_of(card).seen, by=article.owner)
    assert (use_of(card).mode, body(card)) == (Mode.FOLLOW, FIRST)


def test_an_unlinked_card_keeps_its_words_and_hears_no_more(article, origin):
    card = used(article, origin)
    fact_uses.unlink(card, by=article.owner)
    correct(origin)
    assert drafts.use_of(card.public_id) is None
    assert body(card) == FIRST
    with pytest.raises(WorkflowError):
        fact_uses.unlink(card, by=article.owner)


@pytest.mark.slow
def test_a_use_of_a_use_leads_to_the_original_and_no_article_tells_a_fact_twice(article, origin):
    card = used(article, origin)
    third = make.article(owner=article.owner)
    again = fact_uses.use_fact(third, card.public_id, Mode.FOLLOW, by=article.owner)
    assert use_of(again).row.origin == lamps(origin).public_id
    with pytest.raises(WorkflowError, match="already"):
        fact_uses.use_fact(third, lamps(origin).public_id, Mode.PIN, by=article.owner)
    with pytest.raises(WorkflowError, match="already"):
        fact_uses.use_fact(origin, card.public_id, Mode.PIN, by=make.editor())


def test_a_link_to_what_is_gone_says_so(article, origin):
    card = used(article, origin)
    row = lamps(origin)
    publishing.take_down(origin)
    assert use_of(card).origin.gone is Gone.NOT_PUBLIC
    value = drafts.card_value(row)
    drafts.delete_card(row, token=drafts.token(value), by=origin.owner)
    found = use_of(card)
    assert (found.origin.gone, found.state) == (Gone.DELETED, UseState.GONE)
    with pytest.raises(WorkflowError, match="deleted"):
        fact_uses.take_over(card, seen=found.seen, by=article.owner)


@pytest.mark.slow
def test_both_cards_may_move_and_stay_linked(article, origin):
    card, row = used(article, origin), lamps(origin)
    drafts.move_card(card, make.article(owner=article.owner), by=article.owner)
    drafts.move_card(row, make.article(owner=origin.owner), by=origin.owner)
    found = use_of(FactCard.objects.get(pk=card.pk))
    assert found.state is UseState.SAME
    assert drafts.uses_of([row.public_id])[row.public_id].users[0].card == card


@pytest.mark.slow
def test_of_what_was_never_public_the_words_of_the_last_approval_count(article):
    origin = make.approved(owner=article.owner, cards=(make.card(heading="Lamps", body=FIRST),))
    card = used(article, origin)
    rewrite(lamps(origin))
    assert use_of(card).state is UseState.SAME
    handed_in = workflow.make(states.SUBMIT, Article.objects.get(pk=origin.pk), by=origin.owner)
    workflow.make(states.APPROVE, handed_in, by=make.editor(), change=handed_in.change)
    assert use_of(card).state is UseState.PENDING


@pytest.mark.slow
def test_a_spoiler_point_belongs_to_the_subject(article):
    secret = make.card(heading="Lamps", body=FIRST, spoiler_after=4, safe_heading="Light")
    origin = make.edition(cards=(secret,), subject=make.subject(name="Another Ferry").slug).article
    card = used(article, origin)
    assert drafts.card_value(card).spoiler_after == 4, "what is closed there is not opened here"
    rewrite(card, FIRST, spoiler_after=1, safe_heading="")
    assert use_of(card).state is UseState.SAME
    correct(origin)
    fact_uses.take_over(card, seen=use_of(card).seen, by=article.owner)
    taken = drafts.card_value(FactCard.objects.get(pk=card.pk))
    assert (taken.body, taken.spoiler_after, taken.safe_heading) == (SECOND, 1, "")


@pytest.mark.slow
def test_everybody_may_tell_what_is_public_and_nobody_what_is_not_theirs_to_see(article, origin):
    hidden = make.article(cards=(make.card(heading="Lamps"),))
    with pytest.raises(WorkflowError, match="not yours"):
        used(article, hidden)
    with pytest.raises(WorkflowError, match="not there"):
        fact_uses.use_fact(article, "nothing", Mode.FOLLOW, by=article.owner)
    with pytest.raises(PermissionDenied):
        fact_uses.use_fact(article, lamps(origin).public_id, Mode.FOLLOW, by=make.writer())
    card = used(article, origin)
    for act in (fact_uses.take_over, fact_uses.keep, fact_uses.look_at):
        with pytest.raises(PermissionDenied):
            act(card, seen=use_of(card).seen, by=make.writer())


@pytest.mark.slow
def test_a_locked_or_archived_article_is_left_alone(article, origin):
    card = used(article, origin)
    correct(origin)
    workflow.lock(article, f"card:{card.public_id}", "Wait.", by=make.editor())
    with pytest.raises(WorkflowError, match="Wait"):
        fact_uses.take_over(card, seen=use_of(card).seen, by=article.owner)
    Article.objects.filter(pk=article.pk).update(status=states.Status.ARCHIVED)
    with pytest.raises(WorkflowError, match="archived"):
        fact_uses.unlink(card, by=article.owner)
    assert FactUse.objects.count() == 1


def test_saving_a_card_that_has_no_link_asks_no_further_question(article, origin):
    """Whether it has one is asked along with the card."""
    card = article.cards.get()
    rewrite(card, "First.")  # what the first save of a spell writes

    def saved(words: str) -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            rewrite(card, words)
        return [query["sql"] for query in asked]

    alone = [sql for sql in saved("Second.") if "articles_factuse" in sql]
    assert len(alone) == 1
    assert "articles_factcard" in alone[0]


@pytest.mark.slow
def test_the_number_of_links_does_not_change_the_number_of_queries(article, origin):
    def cost(cards: list[FactCard]) -> int:
        with CaptureQueriesContext(connection) as asked:
            drafts.uses_of([card.public_id for card in cards])
        return len(asked)

    cards = [used(article, origin)]
    one = cost(cards)
    for _ in range(3):
        other = make.edition(cards=(make.card(heading="Lamps"),)).article
        cards.append(used(article, other))
    assert cost(cards) == one
    assert cost([make.article().cards.first()]) == 1
