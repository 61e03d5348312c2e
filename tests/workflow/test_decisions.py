"""Approval card by card: it belongs to words, lapses with them and with nothing else, and comes back with them."""

import dataclasses

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from articles import drafts, states, workflow
from articles.document import Card, Document
from articles.models import Article, Comment, Decision, FactCard, History, Tag
from articles.operations import tags
from articles.states import Status
from articles.workflow import ConflictError, NotReadyError, Verdict, WorkflowError
from tests import make
from tests.strategies import SLOW

pytestmark = pytest.mark.django_db


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def review(article: Article, user=None) -> workflow.Review:
    article = fresh(article)
    return workflow.review_of(article, drafts.document_of(article), user or article.owner)


def decide(article: Article, place: str, verdict: Verdict = Verdict.APPROVED, *, by, note: str = "") -> Article:
    token = review(article, by).pieces[place].token
    return workflow.decide(fresh(article), place, verdict, by=by, token=token, note=note)


def places(article: Article) -> list[str]:
    return list(review(article).pieces)


def approve_all(article: Article, by, but: str = "") -> None:
    for place in places(article):
        if place != but:
            decide(article, place, by=by)


def first_card(article: Article) -> FactCard:
    return article.cards.order_by("position")[0]


def place_of(card: FactCard) -> str:
    return f"card:{card.public_id}"


def rewrite(card: FactCard, by, **fields) -> None:
    card = FactCard.objects.get(pk=card.pk)
    value = drafts.card_value(card)
    drafts.save_card(card, dataclasses.replace(value, **fields), token=drafts.token(value), by=by)


@pytest.mark.slow
def test_the_article_is_approved_with_the_approval_of_its_last_part():
    article, editor = make.handed_in(), make.editor()
    *others, last = places(article)
    for place in others:
        assert decide(article, place, by=editor).status == Status.IN_REVIEW
    approved = decide(article, last, by=editor)
    assert approved.effective_status is Status.APPROVED
    assert fresh(article).approved_revision.document == drafts.document_of(fresh(article))
    assert History.objects.filter(article=article, act="approve-part").count() == len([*others, last])
    workflow.make(states.PUBLISH, fresh(article), by=editor, change=approved.change)


@pytest.mark.slow
def test_two_editors_share_the_work():
    article, one, other = make.handed_in(), make.editor(), make.editor()
    first, *others = places(article)
    decide(article, first, by=one)
    for place in others:
        decide(article, place, by=other)
    assert fresh(article).effective_status is Status.APPROVED


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({"body": "Other words."}, False),
        ({"heading": "Another heading"}, False),
        ({"tags": ("Sea",)}, False),
        ({"spoiler_after": 3}, False),
        ({"sources": ()}, False),
        ({"body": "Count  them\nhere.  "}, True),
        ({"body": "Count them here.\n\n\n"}, True),
        ({"body": "*Count* them here."}, False),
    ],
)
def test_an_approval_lapses_when_readers_would_see_something_else(fields, holds):
    article = make.handed_in(cards=(make.card(body="Count them here."), make.card()))
    card, editor = first_card(article), make.editor()
    decide(article, place_of(card), by=editor)
    rewrite(card, article.owner, **fields)
    assert review(article).pieces[place_of(card)].is_approved is holds


def test_an_approval_comes_back_with_its_words():
    article, editor = make.handed_in(), make.editor()
    card = first_card(article)
    decide(article, place_of(card), by=editor)
    was = drafts.card_value(card)
    rewrite(card, article.owner, body="Something else.")
    rewrite(card, article.owner, body=was.body)
    assert review(article).pieces[place_of(card)].is_approved


@pytest.mark.slow
def test_a_move_leaves_the_approval_of_the_card_and_ends_that_of_the_order():
    article, editor = make.handed_in(), make.editor()
    approve_all(article, editor, but="faq:" + article.faqs.all()[0].public_id)
    order = drafts.order_of(article, "cards")
    drafts.save_order(article, "cards", order[::-1], token=drafts.token(order), by=article.owner)
    now = review(article)
    assert all(now.pieces[f"card:{public_id}"].is_approved for public_id in order)
    assert not now.pieces["details"].is_approved


def test_an_approved_article_stays_approved_through_a_change_that_nobody_sees():
    article = make.approved(introduction="It leaves at night.")
    value = drafts.introduction_of(article)
    new = dataclasses.replace(value, introduction="It leaves  at night.\n")
    drafts.save_introduction(article, new, token=drafts.token(value), by=article.owner)
    now = fresh(article)
    assert now.change > now.approved_revision.change
    assert now.effective_status is Status.APPROVED
    assert now in Article.objects.with_effective_status(Status.APPROVED)
    assert now not in Article.objects.with_effective_status(Status.DRAFT)
    workflow.make(states.PUBLISH, now, by=make.editor(), change=now.change)


def test_an_approval_goes_along_when_a_card_moves_to_another_article():
    article, other, editor = make.handed_in(), make.article(), make.editor()
    card = first_card(article)
    decide(article, place_of(card), by=editor)
    drafts.move_card(card, other, by=article.owner)
    assert review(other).pieces[place_of(card)].is_approved


@pytest.mark.slow
def test_nobody_approves_what_they_wrote_last():
    article, editor, other = make.handed_in(), make.editor(), make.editor()
    card = first_card(article)
    rewrite(card, editor, body="Mended by the editor.")
    with pytest.raises(WorkflowError, match="You changed this last"):
        decide(article, place_of(card), by=editor)
    approve_all(article, editor, but=place_of(card))
    assert fresh(article).status == Status.IN_REVIEW
    with pytest.raises(WorkflowError, match="somebody else has to approve that"):
        workflow.make(states.APPROVE, fresh(article), by=editor, change=fresh(article).change)
    assert decide(article, place_of(card), by=other).effective_status is Status.APPROVED


def test_an_approval_does_not_count_once_its_giver_has_written_the_words():
    article, editor, other = make.handed_in(), make.editor(), make.editor()
    card = first_card(article)
    decide(article, place_of(card), by=editor)
    was = drafts.card_value(card)
    rewrite(card, other, body="In between.")
    rewrite(card, editor, body=was.body)
    assert not review(article).pieces[place_of(card)].is_approved


def test_whoever_handed_in_approves_nothing():
    article = make.article(owner=make.editor())
    workflow.make(states.SUBMIT, article, by=article.owner)
    with pytest.raises(WorkflowError, match="You handed this in"):
        decide(article, "details", by=article.owner)
    assert states.APPROVE not in workflow.possible_moves(fresh(article), article.owner)


@pytest.mark.slow
def test_asking_and_sending_back_want_a_note_and_end_an_approval():
    article, editor = make.handed_in(), make.editor()
    place = place_of(first_card(article))
    decide(article, place, by=editor)
    for verdict in (Verdict.ASKED, Verdict.SENT_BACK):
        with pytest.raises(WorkflowError, match="why"):
            decide(article, place, verdict, by=editor, note="  ")
        decide(article, place, verdict, by=editor, note="Who counted them?")
        assert review(article).pieces[place].verdict == verdict
    assert Comment.objects.filter(article=article, text="Who counted them?").count() == 2
    assert decide(article, place, by=editor).status == Status.IN_REVIEW
    assert review(article).pieces[place].is_approved


def test_words_that_were_not_read_are_not_decided_on():
    article, editor = make.handed_in(), make.editor()
    card = first_card(article)
    token = review(article).pieces[place_of(card)].token
    rewrite(card, article.owner, body="Newer.")
    with pytest.raises(ConflictError):
        workflow.decide(fresh(article), place_of(card), Verdict.APPROVED, by=editor, token=token)
    assert not Decision.objects.exists()


def test_what_is_not_there_or_not_ready_or_not_in_review_is_refused():
    article, editor = make.handed_in(), make.editor()
    for place in ("card:nothing", "", "introduction:1", "x" * 500):
        with pytest.raises(WorkflowError, match="not in the article"):
            workflow.decide(article, place, Verdict.APPROVED, by=editor, token="0")
    card = first_card(article)
    rewrite(card, article.owner, heading="")
    with pytest.raises(NotReadyError):
        decide(article, place_of(card), by=editor)
    with pytest.raises(WorkflowError, match="not in review"):
        decide(make.article(), "details", by=editor)
    with pytest.raises(PermissionDenied):
        decide(article, "details", by=article.owner)
    assert not Decision.objects.exists()


def test_sending_the_whole_back_remembers_what_was_read():
    article, editor = make.handed_in(), make.editor()
    card = first_card(article)
    workflow.make(states.SEND_BACK, article, by=editor, note="More about the lamps.")
    rewrite(card, article.owner, body="More about the lamps: there are nine.")
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    now = review(article, editor)
    assert [place for place, piece in now.pieces.items() if piece.is_new_to_me] == [place_of(card)]
    assert not Decision.objects.exclude(verdict=Verdict.SEEN).exists()


@pytest.mark.parametrize(("mode", "enough"), [("any", 1), ("all", 2)])
def test_named_people_are_asked_for(settings, mode, enough):
    anna, ben, other = make.editor(name="anna"), make.editor(name="ben"), make.editor()
    settings.APPROVERS, settings.APPROVALS = ("anna", "ben"), mode
    article = make.handed_in()
    given_by = [other, anna, ben]
    for count, person in enumerate(given_by):
        now = fresh(article)
        assert now.status == Status.IN_REVIEW, count
        now = workflow.make(states.APPROVE, now, by=person, change=now.change)
        assert (now.effective_status is Status.APPROVED) is (count >= enough)
        if count >= enough:
            break
    assert Decision.objects.filter(article=article, by=other, verdict="approved").exists(), "it stands on record"


def test_a_named_person_who_wrote_a_part_is_not_waited_for(settings):
    anna, ben = make.editor(name="anna"), make.editor(name="ben")
    settings.APPROVERS, settings.APPROVALS = ("anna", "ben"), "all"
    article = make.handed_in()
    card = first_card(article)
    rewrite(card, anna, body="Mended.")
    assert decide(article, place_of(card), by=ben).status == Status.IN_REVIEW
    assert review(article).pieces[place_of(card)].is_approved


@pytest.mark.slow
def test_a_review_takes_as_many_queries_for_sixty_cards(django_assert_max_num_queries):
    for count in (3, 60):
        article, editor = make.handed_in(cards=count), make.editor()
        workflow.make(states.APPROVE, article, by=editor, change=article.change)
        article = fresh(article)
        value = drafts.document_of(article)
        with django_assert_max_num_queries(2):
            assert workflow.review_of(article, value, editor).is_approved


def test_a_decision_of_which_nothing_can_be_read_any_more_holds_for_nothing():
    article, editor = make.handed_in(), make.editor()
    decide(article, "details", by=editor)
    Decision.objects.update(value={"words": {"of": "another program"}})
    assert not review(article).pieces["details"].is_approved


SPACES = st.sampled_from([" ", "  ", "\n", " \n", "\t"])
WORDS = st.lists(st.sampled_from(["ferry", "**night**", "lamp,", "9", "한국", "_sea_"]), min_size=1, max_size=8)


@SLOW
@given(words=WORDS, data=st.data())
def test_white_space_between_words_never_matters_and_a_word_always_does(words, data):
    def body(spaces):
        return words[0] + "".join(space + word for space, word in zip(spaces, words[1:], strict=True))

    one, other = (data.draw(st.lists(SPACES, min_size=len(words) - 1, max_size=len(words) - 1)) for _ in range(2))
    cards = [Card(public_id="bcdfghjkmn", body=body(spaces)) for spaces in (one, other)]
    documents = [Document(cards=(card,)) for card in cards]
    assert drafts.same_to_readers(*documents)
    longer = dataclasses.replace(cards[0], body=f"{cards[0].body} harbour")
    assert not drafts.same_to_readers(documents[0], Document(cards=(longer,)))


@pytest.mark.slow
def test_a_merged_tag_and_a_new_address_of_the_subject_are_nobodys_approval():
    article, editor = make.handed_in(cards=(make.card(tags=("Boats",)), make.card()), tags=("Boats",)), make.editor()
    for place in ("details", place_of(first_card(article))):
        decide(article, place, by=editor)
    tags.merge(Tag.objects.get(name="Boats"), Tag.objects.create(name="Ships"), by=editor)
    subject = article.subject
    subject.slug = "another-address"
    subject.save()
    now = review(article)
    assert now.pieces["details"].is_approved
    assert now.pieces[place_of(first_card(article))].is_approved
    rewrite(first_card(article), article.owner, tags=("Sea",))
    assert not review(article).pieces[place_of(first_card(article))].is_approved


def test_an_unseen_change_of_what_is_live_is_no_newer_change():
    article = make.live(introduction="It leaves at night.")
    value = drafts.introduction_of(article)
    drafts.save_introduction(
        article,
        dataclasses.replace(value, introduction="It leaves\nat night."),
        token=drafts.token(value),
        by=article.owner,
    )
    now = fresh(article)
    changed = workflow.in_public_state(Article.objects.all(), workflow.PublicFilter.CHANGED)
    assert not workflow.public_state(now).changed_since
    assert now not in changed
    value = drafts.introduction_of(now)
    new = dataclasses.replace(value, introduction="It leaves at noon.")
    drafts.save_introduction(now, new, token=drafts.token(value), by=article.owner)
    assert workflow.public_state(fresh(article)).changed_since
    assert now in changed.all()


def test_a_note_is_not_endless():
    article, editor = make.handed_in(), make.editor()
    for verdict in (Verdict.APPROVED, Verdict.ASKED):
        with pytest.raises(WorkflowError, match="at most"):
            decide(article, "details", verdict, by=editor, note="x" * 100_000)
    assert not Decision.objects.exists()


def test_a_comment_on_the_longest_question_keeps_what_it_was_about():
    article = make.article(faqs=(make.faq(question="y" * 300),))
    place = f"faq:{article.faqs.get().public_id}"
    row = workflow.comment(article, "Shorter?", by=article.owner, place=place)
    row.clean_fields(exclude=["resolved_by", "parent"])
    assert len(Comment.objects.get(pk=row.pk).about) == 300
