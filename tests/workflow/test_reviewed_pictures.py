"""Whatever happens to a picture, an approved article publishes it as it was when it was reviewed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles import drafts, states, workflow
from articles.document import Picture as PictureValue
from articles.models import Article, Picture
from articles.operations import OperationError, picture_changes
from articles.states import Status
from tests import make

pytestmark = pytest.mark.django_db

ACTS = ("swap", "describe", "propose", "accept", "hand in", "approve", "publish", "back")
#: Files that differ only by their name: what is inside is the business of other tests.
FILES = [f"pictures/{letter * 32}.jpg" for letter in "abc"]


def pictures_of(value: drafts.Piece | object) -> dict[str, PictureValue]:
    return {picture.public_id: picture for picture in value.pictures}


@pytest.mark.slow
@example(acts=[(act, 1) for act in ("hand in", "approve", "publish", "swap", "hand in", "approve", "publish")])
@example(acts=[(act, 2) for act in ("hand in", "approve", "propose", "accept", "publish", "describe", "publish")])
@settings(
    max_examples=settings.default.max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), min_size=3, max_size=25))
def test_no_picture_goes_live_that_nobody_reviewed(db, acts):
    owner, stranger, editor = make.writer(), make.writer(), make.editor()
    cover = Picture.objects.create(title="Ferry", alt="A ferry", file=FILES[0], width=80, height=60)
    article = make.article(owner=owner, cover=cover.public_id, cards=(make.card(body=cover.markdown),), faqs=0)
    reviewed: dict[str, PictureValue] = {}
    for name, number in acts:
        now = Article.objects.get(pk=article.pk)
        try:
            if name == "swap":
                save(cover, owner, file=FILES[number])
            elif name == "describe":
                save(cover, editor, alt=f"Ferry {number}")
            elif name == "propose":
                save(cover, stranger, credit=f"Mina {number}")
            elif name == "accept" and (waiting := picture_changes.waiting_change(cover)):
                token = drafts.token(Picture.objects.get(pk=cover.pk).as_value())
                picture_changes.accept(waiting, token=token, by=editor)
            elif name == "hand in":
                workflow.make(states.SUBMIT, now, by=owner)
            elif name == "approve":
                seen = pictures_of(drafts.document_of(now))
                workflow.make(states.APPROVE, now, by=make.editor(), change=now.change)
                reviewed = seen
            elif name == "back":
                workflow.make(states.SEND_BACK, now, by=editor, note="Look again.")
            elif name == "publish":
                kind = {"kind": "clarification", "note": "Told better."} if now.editions.exists() else {}
                after = workflow.make(states.PUBLISH, now, by=editor, change=now.change, **kind)
                live = after.editions.order_by("-visible_from").first()
                assert pictures_of(live.revision.document) == reviewed
        except (workflow.WorkflowError, workflow.ConflictError, workflow.NotReadyError, OperationError):
            pass
        now = Article.objects.get(pk=article.pk)
        if now.effective_status is Status.APPROVED:
            assert pictures_of(drafts.document_of(now)) == reviewed == pictures_of(now.approved_revision.document)


def save(picture: Picture, by, **fields) -> None:
    row = Picture.objects.get(pk=picture.pk)
    for name, value in fields.items():
        setattr(row, name, value)
    picture_changes.save_picture(row, by=by)
