"""A picture is a part of what was reviewed: changing it changes every article that shows it, or waits for an editor."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts, states, workflow
from articles.models import Article, Author, History, Picture, PictureChange
from articles.operations import OperationError
from articles.operations.picture_changes import READER_FIELDS, SavedPicture, accept, decline, save_picture, withdraw
from articles.states import Status
from tests import make

pytestmark = pytest.mark.django_db


def save(picture: Picture, *, by: User, **fields: Any) -> SavedPicture:
    row = Picture.objects.get(pk=picture.pk)
    if fields.pop("new_file", False):
        row.take(make.image_bytes(size=(120, 90), colour="maroon"), "other.jpg")
    for name, value in fields.items():
        setattr(row, name, value)
    return save_picture(row, by=by)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def review(article: Article, user: User) -> workflow.Review:
    now = fresh(article)
    return workflow.review_of(now, drafts.document_of(now), user)


def token_of(picture: Picture) -> str:
    return drafts.token(Picture.objects.get(pk=picture.pk).as_value())


@pytest.mark.parametrize(
    "fields",
    [
        {"new_file": True},
        {"alt": "A ferry at dawn"},
        {"decorative": True},
        {"credit": "Mina Park"},
        {"licence": "CC BY 4.0"},
        {"focal_x": 10},
        {"focal_y": 10},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_readers_see_of_a_picture_is_a_change_of_its_article(fields):
    picture, owner = make.picture(), make.writer()
    article = make.approved(owner=owner, cover=picture.public_id)
    save(picture, by=owner, **fields)
    now = fresh(article)
    assert now.change == article.change + 1
    assert now.effective_status is Status.DRAFT, "The approval lapses."
    assert now.changed_by == owner
    last = History.objects.filter(article=article).first()
    assert last.details["parts"][-1] == {"part": "picture"}


def test_the_title_is_for_the_library_alone():
    picture, owner = make.picture(), make.writer()
    article = make.approved(owner=owner, cover=picture.public_id)
    assert save(picture, by=owner, title="Old ferry") == SavedPicture()
    assert fresh(article).change == article.change
    assert Picture.objects.get().title == "Old ferry"


def shown_in(picture: Picture) -> dict[str, dict[str, Any]]:
    return {
        "details": {"cover": picture.public_id},
        "introduction": {"introduction": f"See:\n\n{picture.markdown}"},
        "conclusion": {"conclusion": picture.markdown},
        "card": {"cards": (make.card(picture=picture.public_id),)},
        "body": {"cards": (make.card(body=picture.markdown),)},
        "faq": {"faqs": (make.faq(answer=picture.markdown),)},
    }


@pytest.mark.parametrize("where", ["details", "introduction", "conclusion", "card", "body", "faq"])
def test_every_place_counts_and_the_part_is_written_by_who_changed_it(where):
    picture, owner, other = make.picture(), make.writer(), make.editor()
    article = make.article(owner=owner, **shown_in(picture)[where])
    (use,) = drafts.picture_uses(picture)
    kind = {"body": "card"}.get(where, where)
    assert [place.partition(":")[0] for place in use.places] == [kind]
    save(picture, by=other, alt="Another")
    assert fresh(article).writers[use.places[0]] == other.pk


def test_an_id_in_the_text_without_a_picture_is_no_use():
    picture = make.picture()
    make.article(introduction=f"The id is {picture.public_id}.")
    assert drafts.picture_uses(picture) == []


@pytest.mark.slow
def test_a_decision_on_a_part_that_shows_it_lapses_and_the_others_hold():
    picture, owner, editor = make.picture(), make.writer(), make.editor()
    article = make.handed_in(owner=owner, cards=(make.card(picture=picture.public_id), make.card()), faqs=0)
    for piece in review(article, editor).pieces.values():
        workflow.decide(fresh(article), piece.place, workflow.Verdict.APPROVED, token=piece.token, by=editor)
    save(picture, by=owner, credit="Somebody")
    (shown,) = drafts.picture_uses(picture)
    now = review(article, editor)
    assert set(now.pieces) - set(now.approved) == set(shown.places)


def test_a_lock_is_respected_and_the_article_is_named():
    picture, owner = make.picture(), make.writer()
    article = make.article(owner=owner, title="On board", cover=picture.public_id)
    workflow.lock(article, "", "The lawyer reads it.", by=make.editor())
    with pytest.raises(OperationError, match=r"“On board” shows this picture.*The lawyer reads it"):
        save(picture, by=owner, alt="Another")
    assert Picture.objects.get().alt == "A ferry at night"
    assert fresh(article).change == article.change


def test_an_archived_article_is_left_alone_and_told():
    picture, editor = make.picture(), make.editor()
    article = workflow.make(states.ARCHIVE, make.article(cover=picture.public_id), by=editor)
    saved = save(picture, by=editor, alt="Another")
    assert (saved.articles, saved.archived) == ([], [article])
    assert fresh(article).change == article.change


def test_a_picture_in_too_many_articles_is_not_changed(monkeypatch):
    monkeypatch.setattr("articles.drafts.pictures.MOST_ARTICLES", 1)
    picture = make.picture()
    for _ in range(2):
        make.article(cover=picture.public_id)
    with pytest.raises(OperationError, match="More than 1 articles show"):
        save(picture, by=make.editor(), alt="Another")


def test_finding_the_uses_costs_one_query():
    picture = make.picture()
    for _ in range(3):
        make.article(cover=picture.public_id, cards=(make.card(picture=picture.public_id),))
    with CaptureQueriesContext(connection) as queries:
        assert len(drafts.picture_uses(picture)) == 3
    assert len(queries) == 1


# --- what waits for an editor -----------------------------------------------------------------------------------------


def portrait() -> Picture:
    picture = make.picture(alt="Mina")
    Author.objects.create(name="Mina Park", picture=picture)
    return picture


def test_a_writers_change_to_a_portrait_waits_and_an_editor_accepts_it():
    picture, writer, editor = portrait(), make.writer(), make.editor()
    file = picture.file
    saved = save(picture, by=writer, new_file=True, alt="Mina laughs", title="Mina, new")
    now = Picture.objects.get()
    assert (now.file, now.alt, now.title) == (file, "Mina", "Mina, new")
    accept(saved.waiting, token=token_of(picture), by=editor)
    now = Picture.objects.get()
    assert now.file != file
    assert (now.alt, now.width) == ("Mina laughs", 120)
    assert now.file in now.copies
    change = PictureChange.objects.get()
    assert (change.outcome, change.decided_by) == ("accepted", editor)


def test_what_an_editor_changes_shows_at_once():
    picture = portrait()
    assert save(picture, by=make.editor(), alt="Mina laughs").waiting is None
    assert Picture.objects.get().alt == "Mina laughs"


def test_a_picture_in_articles_of_others_waits_and_counts_as_the_writers_change():
    picture, writer, editor = make.picture(), make.writer(), make.editor()
    article = make.handed_in(cover=picture.public_id)
    saved = save(picture, by=writer, alt="Another")
    assert fresh(article).change == article.change
    accept(saved.waiting, token=token_of(picture), by=editor)
    now = fresh(article)
    assert (now.change, now.changed_by) == (article.change + 1, writer)
    assert workflow.make(states.APPROVE, now, by=editor, change=now.change).status is Status.APPROVED


def test_a_second_proposal_takes_the_place_of_the_first_and_another_writer_has_to_wait():
    picture, writer = portrait(), make.writer()
    first = save(picture, by=writer, alt="One").waiting
    second = save(picture, by=writer, alt="Two").waiting
    assert PictureChange.objects.get(pk=first.pk).outcome == "withdrawn"
    with pytest.raises(OperationError, match=f"by {writer.username} waits"):
        save(picture, by=make.writer(), alt="Three")
    withdraw(second, by=writer)
    assert not PictureChange.objects.filter(decided_at=None).exists()
    assert Picture.objects.get().alt == "Mina"


def test_nobody_decides_twice_or_without_the_right_or_on_another_picture_than_they_saw():
    picture, writer, editor = portrait(), make.writer(), make.editor()
    change = save(picture, by=writer, alt="One").waiting
    for act in (lambda: accept(change, token=token_of(picture), by=writer), lambda: decline(change, by=writer)):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(OperationError, match="Only who proposed"):
        withdraw(change, by=make.writer())
    seen = token_of(picture)
    save(picture, by=editor, credit="Somebody")
    with pytest.raises(OperationError, match="after you looked"):
        accept(change, token=seen, by=editor)
    decline(change, by=editor)
    with pytest.raises(OperationError, match="decided on this"):
        accept(change, token=token_of(picture), by=editor)
    assert Picture.objects.get().alt == "Mina"


def test_an_accepted_change_leaves_the_editors_newer_words_in_other_fields():
    picture, editor = portrait(), make.editor()
    change = save(picture, by=make.writer(), alt="One").waiting
    save(picture, by=editor, credit="Somebody")
    accept(change, token=token_of(picture), by=editor)
    now = Picture.objects.get()
    assert (now.alt, now.credit) == ("One", "Somebody")


def test_what_would_make_a_bad_picture_is_not_accepted():
    picture, writer, editor = portrait(), make.writer(), make.editor()
    save(picture, by=editor, decorative=True)
    change = save(picture, by=writer, decorative=False).waiting
    save(picture, by=editor, alt="")
    with pytest.raises(OperationError, match="Say what the picture shows"):
        accept(change, token=token_of(picture), by=editor)


def test_a_new_field_of_a_picture_is_one_that_readers_see():
    assert set(READER_FIELDS) >= {"file", "alt", "decorative", "credit", "licence", "focal_x", "focal_y"}
