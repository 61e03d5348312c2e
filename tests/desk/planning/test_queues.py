"""The first page: every count is that of the list that it leads to, and both are what a person would count."""

import datetime as dt
import random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import drafts, roles, states, workflow
from articles.desk import overview
from articles.desk.planning import queues
from articles.desk.planning.queues import Queue
from articles.models import Article, Comment, Edition
from articles.states import Status
from tests import make
from tests.desk.pages import client, tree
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

ABOUT_ARTICLES = {
    *("in-review", "approved", "waiting", "published", "planned", "changed", "comments"),
    *("sent-back", "drafts", "handed-in"),
}


def later(hours: int = 1) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=hours)


def busy_desk(seed: int) -> tuple[list[User], list[User]]:
    """Articles in every state, with plans and comments by chance."""
    chance = random.Random(seed)
    writers, editors = [make.writer() for _ in range(2)], [make.editor() for _ in range(2)]
    for _ in range(14):
        owner, editor = chance.choice([*writers, editors[0]]), editors[1]
        maker = chance.choice([make.article, make.handed_in, make.approved, make.live])
        article = maker(owner=owner)
        if maker is make.article and chance.random() < 0.3:
            drafts.mark_template(article, is_template=True, by=editor)
        elif chance.random() < 0.4:
            workflow.plan(article, by=editor, planned_for=later(48).date())
        if chance.random() < 0.5:
            remark = workflow.comment(article, "Hm?", by=editor)
            workflow.comment(article, "So.", by=editor, parent=remark)
            if chance.random() < 0.5:
                workflow.resolve(remark, by=editor)
        _go_on(article, maker, editor, chance)
    return writers, editors


def _go_on(article: Article, maker: Any, editor: User, chance: random.Random) -> None:
    if chance.random() < 0.5:
        return
    if maker is make.live:
        if chance.random() < 0.5:
            drafts.add_card(article, by=article.owner)
        workflow.make(states.TAKE_DOWN_AT, article, by=editor, note="x", at=later(2))
    elif maker is make.approved:
        for hours in (1, 2):
            despite = workflow.open_remarks_of(article).key
            move = {"by": editor, "change": article.change, "at": later(hours), "kind": "typo", "despite": despite}
            workflow.make(states.SCHEDULE, article, **move)
    elif maker is make.handed_in:
        workflow.make(states.SEND_BACK, article, by=editor, note="x")
    else:
        workflow.make(states.ARCHIVE, article, by=editor)


def expected(user: User) -> dict[str, int]:
    """Counted one by one, as a person would who opens each article."""
    now = timezone.now()
    is_editor = user.has_perm(roles.ANY_ARTICLE)
    found = dict.fromkeys(ABOUT_ARTICLES, 0)
    for article in Article.objects.all():
        events = list(Edition.objects.filter(article=article, visible_until__gt=now))
        ahead = [event for event in events if event.visible_from > now]
        live = [event for event in events if event.visible_from <= now and not event.is_removal]
        status, is_own = article.effective_status, article.owner_id == user.pk
        seen = is_editor or is_own
        archived = article.status == Status.ARCHIVED
        remarks = Comment.objects.filter(article=article, parent=None, resolved_at=None)
        used = [event.revision_id for event in events]
        found["in-review"] += is_editor and status is Status.IN_REVIEW
        found["approved"] += is_editor and status is Status.APPROVED and article.approved_revision_id not in used
        found["waiting"] += is_editor and bool(ahead)
        found["published"] += is_editor and bool(live)
        found["planned"] += seen and article.planned_for is not None and not archived
        found["changed"] += seen and bool(live) and live[0].revision.change != article.change
        found["comments"] += seen and remarks.exists() and not archived and not article.is_template
        found["sent-back"] += is_own and status is Status.CHANGES_REQUESTED
        found["drafts"] += is_own and status is Status.DRAFT
        found["handed-in"] += is_own and status in (Status.IN_REVIEW, Status.APPROVED)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", sampled(range(4), 1))
def test_counts_equal_those_of_the_lists_and_of_brute_force(seed):
    writers, editors = busy_desk(seed)
    for user in (*writers, *editors):
        sections = {each.name: each for each in overview.sections(user) if each.name in ABOUT_ARTICLES}
        counts = {name: sections[name].count if name in sections else 0 for name in ABOUT_ARTICLES}
        assert counts == expected(user)
        for section in sections.values():
            rows = tree(client(user).get(section.url)).css("#result_list tbody tr")
            assert len(rows) == section.count, section.name


def test_every_queue_has_a_name_and_a_query():
    assert set(queues.QUEUE_NAMES) == set(Queue)
    for queue in Queue:
        assert list(queues.in_queue(Article.objects.all(), queue)) == []


@pytest.mark.slow
def test_what_is_urgent_comes_first_and_what_others_have_last():
    anna, bert = make.editor(), make.editor()
    names = ["old", "due", "high", "mine", "of bert"]
    articles = {name: make.handed_in(title=name) for name in names}
    workflow.plan(articles["due"], by=anna, due_on=later(48).date())
    workflow.plan(articles["high"], by=anna, priority=1)
    workflow.take_review(articles["mine"], by=anna)
    workflow.plan(articles["of bert"], by=anna, priority=2, reviewer=bert)
    (section,) = [each for each in overview.sections(anna) if each.name == "in-review"]
    assert [row.title for row in section.rows] == ["mine", "high", "due", "old", "of bert"]
    assert [bool(row.take) for row in section.rows] == [False, True, True, True, False]


def test_a_day_that_is_over_is_said():
    anna = make.editor()
    article = make.handed_in()
    Article.objects.filter(pk=article.pk).update(due_on=later(-48).date())
    (section,) = [each for each in overview.sections(anna) if each.name == "in-review"]
    assert section.rows[0].plans[0].kind == "overdue"
    assert "was due on" in section.rows[0].plans[0].words


def test_a_review_is_taken_from_the_first_page_and_leads_back_to_it():
    anna, article = make.editor(), make.handed_in()
    browser = client(anna)
    form = tree(browser.get("/admin/")).css_first(".desk-section-in-review form")
    answer = browser.post(form.attributes["action"], {"queue": "1"})
    assert answer.headers["Location"] == "/admin/"
    assert Article.objects.get(pk=article.pk).reviewer == anna
