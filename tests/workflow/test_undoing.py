"""Undoing the last publication: what was in force before comes back, and nothing that happened is forgotten."""

import dataclasses
import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import drafts, publishing, states, workflow
from articles.models import Article, Correction, Edition, History, Revision
from articles.publishing import UpdateNotice
from articles.workflow import ConflictError, WorkflowError
from tests import make
from tests.desk.pages import at, client, sent_unchanged, text

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)
SIX = UpdateNotice("correction", "There are six, not five.")


def updated(article: Article, notice: UpdateNotice | None, *, at: dt.datetime | None = None, **fields) -> Edition:
    """Another version. `card` changes the first fact, the rest fields of the Document."""
    value = article.revisions.order_by("number").last().document
    if "card" in fields:
        first = dataclasses.replace(value.cards[0], **fields.pop("card"))
        value = dataclasses.replace(value, cards=(first, *value.cards[1:]))
    value = dataclasses.replace(value, **fields)
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner, value=value)
    return publishing.publish(revision, at=at, notice=notice)


def undone(article: Article, note: str = "It was five after all.", **how) -> Edition:
    workflow.make(states.UNDO_PUBLICATION, article, by=make.editor(), note=note, **how)
    return Edition.objects.in_force().get(article=article)


def status(slug: str) -> int:
    return Client().get(reverse("article", args=[slug])).status_code


@pytest.fixture
def first() -> Edition:
    return make.edition(cards=(make.card(heading="It has five lamps"), make.card()), slug="ferry")


def test_an_update_brings_the_version_before_back_as_an_update_of_its_kind(first: Edition):
    two = updated(first.article, SIX, slug="big-ferry", card={"heading": "It has six lamps"})
    assert (status("ferry"), status("big-ferry")) == (301, 200)
    back = undone(first.article, event=two)
    assert back.revision == first.revision
    assert back.pk not in (first.pk, two.pk)
    assert (back.change_kind, back.change_note) == ("correction", "It was five after all.")
    assert (status("ferry"), status("big-ferry")) == (200, 301)
    assert [event.pk for event in Edition.objects.filter(article=first.article)] == [first.pk, two.pk, back.pk]


def test_a_correction_that_was_taken_back_stands_below_the_entry_that_says_so(first: Edition):
    updated(first.article, SIX, card={"heading": "It has six lamps"})
    back = undone(first.article)
    told = [(entry["old"], entry["new"], entry["note"]) for entry in back.parts["corrections"]]
    five, six = "It has five lamps", "It has six lamps"
    assert told == [(six, five, "It was five after all."), (five, six, "There are six, not five.")]
    rows = Correction.objects.order_by("-at").values_list("new", flat=True)
    assert [*rows] == [five, six]
    page = Client().get(reverse("corrections")).content.decode()
    assert page.index("It was five after all.") < page.index("There are six, not five.")


@pytest.mark.slow
def test_a_typo_undone_moves_no_date(first: Edition):
    updated(first.article, UpdateNotice("typo"), card={"heading": "It has fiv lamps"})
    back = undone(first.article)
    assert back.modified_at == first.modified_at
    assert back.parts["corrections"] == []


def test_a_first_publication_is_taken_down_and_undoing_that_brings_it_back(first: Edition):
    removal = undone(first.article)
    assert removal.is_removal
    assert status("ferry") == 410
    back = undone(first.article)
    assert (back.revision, back.change_kind, status("ferry")) == (first.revision, "", 200)
    assert back.modified_at == first.modified_at


def test_the_first_after_a_takedown_is_taken_down_again(first: Edition):
    publishing.take_down(first.article)
    updated(first.article, None, dek="Told anew.")
    assert undone(first.article).is_removal


def test_what_waits_still_happens(first: Edition):
    now = timezone.now()
    waiting = updated(first.article, SIX, at=now + HOUR, card={"heading": "It has six lamps"})
    two = updated(first.article, UpdateNotice("clarification", "Better."), dek="Better.")
    back = undone(first.article)
    assert (back.revision, back.visible_until) == (first.revision, waiting.visible_from)
    waiting.refresh_from_db()
    assert (waiting.visible_from, waiting.visible_until) == (now + HOUR, two._meta.get_field("visible_until").default)


def test_a_takedown_that_waits_is_named_where_it_would_have_nothing_to_take_down(first: Edition):
    publishing.take_down(first.article, at=timezone.now() + HOUR)
    with pytest.raises(WorkflowError, match="cancel it first"):
        undone(first.article)
    assert status("ferry") == 200


def test_nothing_is_undone_that_was_not_seen_or_says_the_same(first: Edition):
    two = updated(first.article, SIX, dek="New.")
    with pytest.raises(ConflictError):
        undone(first.article, event=first)
    publishing.publish(two.revision)
    with pytest.raises(WorkflowError, match="nothing to undo"):
        undone(first.article)
    assert Edition.objects.count() == 3


def test_a_locked_article_is_not_undone_by_others(first: Edition):
    workflow.lock(first.article, "", by=make.editor(), reason="A lawyer reads it.")
    with pytest.raises(WorkflowError, match="lawyer"):
        undone(first.article)
    assert status("ferry") == 200


@pytest.mark.slow
def test_the_page_says_what_comes_back_and_the_history_what_was_undone(first: Edition):
    editor = client(make.editor())
    updated(first.article, SIX, card={"heading": "It has six lamps"})
    asked = editor.get(at("move", first.article, "undo-publication"))
    assert "Revision 1 comes back" in text(asked)
    assert "five" in text(asked)
    stale = sent_unchanged(editor, at("move", first.article, "undo-publication"), note="No.", event=first.pk)
    assert stale.status_code == 409
    address = at("move", first.article, "undo-publication")
    assert sent_unchanged(editor, address, note="").status_code == 400
    assert sent_unchanged(editor, address, note="n" * 301).status_code == 400
    assert sent_unchanged(editor, address, note="Five after all.").status_code == 302
    line = History.objects.filter(act="undo-publication").get()
    assert (line.note, line.details["revision"], line.details["kind"]) == ("Five after all.", 1, "correction")
    assert "undid the last publication of" in text(editor.get(at("history", first.article)))
    assert "Undone is what was public since" in text(editor.get(at("history", first.article)))


@pytest.mark.slow
def test_the_page_says_that_a_first_publication_is_taken_down(first: Edition):
    asked = client(make.editor()).get(at("move", first.article, "undo-publication"))
    assert "Nothing was public before: it is taken down" in text(asked)
