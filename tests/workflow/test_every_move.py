"""The table of moves: each from every status, and for every role."""

import dataclasses
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import drafts, roles, workflow
from articles.models import Article, History
from articles.roles import PERMISSIONS, Role
from articles.states import MOVES, Move, Needs, Status
from articles.workflow import CarryChoice, WorkflowError
from tests import make
from tests.workflow.test_carrying import publish
from tests.workflow.test_moves import HOUR

pytestmark = pytest.mark.django_db

ROLES = [*Role, None]
ArticleIn = Callable[[Status, Needs], Article]


@pytest.fixture(scope="module")
def article_of(module_db) -> dict[str, Article]:
    """By what its public timeline has."""
    waiting = make.live()
    value = drafts.document_of(waiting)
    publish(waiting, dataclasses.replace(value, introduction="Scheduled."), at=timezone.now() + HOUR)
    publish(waiting, dataclasses.replace(value, conclusion="Mended."))
    return {"nothing": make.approved(), "live": make.live(), "waiting": waiting}


@pytest.fixture
def article_in(db, article_of: dict[str, Article]) -> ArticleIn:
    """An article in a status, whose public timeline has what a move needs."""

    def found(status: Status, needs: Needs) -> Article:
        kind = "nothing" if needs in (Needs.NOTHING, Needs.NEITHER) else "live"
        rows = Article.objects.filter(pk=article_of["waiting" if needs is Needs.WAITING else kind].pk)
        if status is not Status.APPROVED:
            rows.update(status=status, approved_revision=None)
        return rows.get()

    return found


def attempt(move: Move, article: Article, by: object) -> Article:
    state = workflow.public_state(article)
    event = state.waiting[:1]
    fix = state.current.pk if state.current else 0
    return workflow.make(
        move,
        article,
        by=by,
        note="Because.",
        change=article.change,
        at=timezone.now() + 2 * HOUR if move.takes_time else None,
        event=event[0] if event else None,
        carried=CarryChoice(fix, frozenset(["conclusion"])),
    )


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_move_is_possible_from_its_statuses_and_from_no_other(article_in: ArticleIn, move: Move, status: Status):
    article, before = article_in(status, move.needs), History.objects.count()
    if status in move.sources:
        moved = attempt(move, article, make.editor())
        assert moved.effective_status == (move.target or status)
        line = History.objects.filter(article=article).first()
        assert (line.act, line.note) == (move.name, "Because.")
    else:
        before = History.objects.count()
        with pytest.raises(WorkflowError):
            attempt(move, article, make.editor())
        article.refresh_from_db()
        assert article.status == status
        assert History.objects.exclude(act=History.Act.REFUSED).count() == before
        assert History.objects.filter(article=article).first().details["refused"] == move.name


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_move_is_made_by_those_whom_the_table_names(article_in: ArticleIn, move: Move, role: Role | None):
    article = article_in(min(move.sources), move.needs)
    person = make.user(role=role)
    is_allowed = role is not None and move.permission in PERMISSIONS[role] and roles.ANY_ARTICLE in PERMISSIONS[role]
    if is_allowed:
        attempt(move, article, person)
    else:
        with pytest.raises(PermissionDenied):
            attempt(move, article, person)
        assert move not in workflow.possible_moves(article, person)


@pytest.mark.parametrize("needs", [Needs.LIVE, Needs.HAPPENED, Needs.WAITING, Needs.PUBLIC])
def test_moves_of_the_public_line_need_something_there(needs: Needs):
    article = make.approved()
    for move in (move for move in MOVES if move.needs is needs):
        with pytest.raises(WorkflowError):
            attempt(move, article, make.editor())
        assert move not in workflow.possible_moves(article, make.editor())
