"""Review links: who makes one, what comes back by it, and that a yes from outside approves nothing."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Article, Comment, Decision, History, ReviewLink, ReviewOpinion, Revision
from articles.models.reports import TooManyReportsError
from articles.models.review_links import TOKENS
from articles.workflow import review_links
from tests import make

pytestmark = pytest.mark.django_db

LAWYER = "Han Seo-yeon, lawyer"


def link_of(article: Article, *, name: str = LAWYER, **more) -> tuple[ReviewLink, str]:
    how = {"by": make.editor(), "days": 14, "change": article.change, "may_comment": True, "may_agree": True}
    return workflow.make_link(article, name, **how | more)


def behind(token: str) -> ReviewLink | None:
    return ReviewLink.objects.behind(token, timezone.now())


def acts(article: Article) -> list[str]:
    return list(article.history.values_list("act", flat=True))


def test_a_token_opens_its_link_and_is_stored_nowhere():
    row, token = link_of(make.handed_in())
    assert behind(token) == row
    assert row.digest != token
    secret = token.partition(".")[0]
    assert not any(secret in str(value) for value in ReviewLink.objects.values().get(pk=row.pk).values())


@pytest.mark.parametrize("spoil", [str.lower, lambda token: token[:-1], lambda token: token.partition(".")[0]])
def test_a_token_that_we_did_not_sign_is_not_looked_for(spoil, django_assert_num_queries):
    _row, token = link_of(make.handed_in())
    with django_assert_num_queries(0):
        assert behind(spoil(token)) is None
        assert TOKENS.digest_of("") is TOKENS.digest_of("x.y") is TOKENS.digest_of("\x00") is None


def test_a_link_ends_when_its_days_are_over_when_it_is_revoked_and_with_its_article():
    article, editor = make.handed_in(), make.editor()
    (first, one), (_second, other) = link_of(article, days=1), link_of(article, days=90)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1)):
        assert behind(one) is None
        assert behind(other)
    assert workflow.revoke_link(first, by=editor)
    assert not workflow.revoke_link(first, by=editor)
    assert behind(one) is None
    assert acts(article).count("revoke-link") == 1
    Article.objects.filter(pk=article.pk).update(binned_at=timezone.now())
    assert behind(other) is None


def test_only_who_may_approve_makes_and_revokes_links():
    article = make.handed_in()
    row, _token = link_of(article)
    with pytest.raises(PermissionDenied):
        link_of(article, by=article.owner)
    with pytest.raises(PermissionDenied):
        workflow.revoke_link(row, by=article.owner)
    assert ReviewLink.objects.get().revoked_at is None


@pytest.mark.parametrize("wrong", [{"name": " \u200b "}, {"name": "x" * 101}, {"days": 0}, {"days": 91}])
def test_a_link_without_a_person_or_for_too_long_is_refused(wrong):
    with pytest.raises(workflow.WorkflowError):
        link_of(make.handed_in(), **wrong)
    assert not ReviewLink.objects.exists()


def test_a_link_shows_a_revision_of_its_article_or_the_words_that_were_seen():
    article, other = make.article(), make.handed_in()
    row, _token = link_of(article)
    assert row.revision.reason == Revision.Reason.REQUESTED
    assert link_of(article)[0].revision == row.revision
    with pytest.raises(workflow.ConflictError):
        link_of(article, change=article.change - 1)
    with pytest.raises(workflow.WorkflowError):
        link_of(article, revision=other.revisions.get())
    assert link_of(other, revision=other.revisions.get(), change=None)[0].revision == other.revisions.get()


def test_a_yes_is_on_record_and_approves_nothing():
    article = make.handed_in()
    row, _token = link_of(article)
    before = Article.objects.values().get(pk=article.pk)
    workflow.agree(row, "Checked with the court's record.")
    assert Article.objects.values().get(pk=article.pk) == before
    assert not Decision.objects.exists()
    line = History.objects.get(act=History.Act.AGREE)
    assert (line.actor, line.actor_name, line.note) == (None, LAWYER, "Checked with the court's record.")
    assert line.details == {"revision": row.revision.number}
    with pytest.raises(workflow.ConflictError):
        workflow.agree(row, "Again")
    assert ReviewOpinion.objects.count() == 1
    with pytest.raises(workflow.WorkflowError):
        workflow.make(states.PUBLISH, article, by=make.editor(), change=article.change)


def test_a_comment_by_a_link_is_a_comment_of_the_article_with_a_name():
    article = make.handed_in()
    row, _token = link_of(article)
    card = article.cards.first()
    workflow.comment_by_link(row, f"card:{card.public_id}", "Seven lamps, not twelve.")
    workflow.comment_by_link(row, f"card:{card.public_id}", "Seven lamps, not twelve.")
    remark = Comment.objects.get()
    assert (remark.author, remark.by_name) == (None, f"{LAWYER} (by a review link)")
    assert (remark.place, remark.about) == (f"card:{card.public_id}", card.heading)
    assert workflow.open_remarks_of(article).comments == 1
    assert acts(article)[0] == "comment"


def test_a_comment_on_a_part_that_is_gone_by_now_says_what_it_was_about():
    article = make.handed_in()
    row, _token = link_of(article)
    card = article.cards.first()
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    workflow.comment_by_link(row, f"card:{card.public_id}", "Is it true?")
    assert Comment.objects.get().about == card.heading


@pytest.mark.parametrize(
    ("place", "text"), [("", " \u200b"), ("", "x" * 5001), ("card:bcdfghjkmn", "x"), ("\x00", "x"), ("details ", "x")]
)
def test_a_comment_that_is_empty_too_long_or_on_no_part_is_refused(place, text):
    row, _token = link_of(make.handed_in())
    with pytest.raises(workflow.WorkflowError):
        workflow.comment_by_link(row, place, text)
    assert not Comment.objects.exists()
    assert not ReviewOpinion.objects.exists()


def test_a_link_takes_only_what_it_was_made_for_and_nothing_once_it_is_closed():
    article = make.handed_in()
    reading, _token = link_of(article, may_comment=False, may_agree=False)
    for act in (lambda: workflow.agree(reading, ""), lambda: workflow.comment_by_link(reading, "", "Hello")):
        with pytest.raises(workflow.WorkflowError):
            act()
    row, _token = link_of(article)
    workflow.revoke_link(row, by=make.editor())
    for act in (lambda: workflow.agree(row, ""), lambda: workflow.comment_by_link(row, "", "Hello")):
        with pytest.raises(workflow.LinkClosedError):
            act()
    assert not ReviewOpinion.objects.exists()
    assert not {"agree", "comment"} & set(acts(article))


def test_a_link_takes_so_much_within_an_hour(monkeypatch):
    monkeypatch.setattr(review_links, "MOST_PER_LINK", 2)
    article = make.handed_in()
    (row, _token), (other, _other_token) = link_of(article), link_of(article)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for text in ("One", "Two"):
            workflow.comment_by_link(row, "", text)
            clock.shift(60)
        with pytest.raises(TooManyReportsError) as refused:
            workflow.comment_by_link(row, "", "Three")
        assert refused.value.seconds == 3600 - 120
        workflow.comment_by_link(other, "", "Three")
        clock.shift(3600)
        workflow.comment_by_link(row, "", "Three")
    assert Comment.objects.count() == 4
