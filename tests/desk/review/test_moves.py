"""From a draft to readers and back, over the pages that ask before each move."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import drafts, publishing, states, workflow
from articles.desk.review.moves import CONSEQUENCES
from articles.models import Article, Edition
from articles.states import MOVES, Status
from tests import make
from tests.desk.pages import at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def move_url(article: Article, name: str, query: str = "") -> str:
    return at("move", article, name) + query


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def wall_clock(at: dt.datetime) -> str:
    """As a datetime-local field sends it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M")


def buttons(browser, article: Article) -> list[str]:
    page = tree(browser.get(at("change", article)))
    return [link.text(strip=True) for link in page.css(".article-steps a[href*='/moves/']")]


def test_every_move_says_what_it_will_do():
    assert set(CONSEQUENCES) == {move.name for move in MOVES}


@pytest.mark.slow
def test_buttons_come_from_the_table():
    article, editor = make.article(), make.editor()
    assert buttons(client(article.owner), article) == ["Hand in"]
    workflow.make(states.SUBMIT, article, by=article.owner)
    assert buttons(client(article.owner), article) == ["Withdraw"]
    assert {"Send back", "Approve"} <= set(buttons(client(editor), article))


def test_from_a_draft_to_readers():
    article, editor = make.article(), make.editor()
    writers, editors = client(article.owner), client(editor)

    asked = writers.get(move_url(article, "submit"))
    assert "An editor gets the article" in text(asked)
    assert sent_unchanged(writers, move_url(article, "submit"), note="Please look").status_code == 302

    card = article.cards.first()
    editors.post(at("comments", article), {"place": f"card:{card.public_id}", "quoted": "lamps", "text": "How many?"})
    assert "How many?" in text(writers.get(at("card", article, card.public_id)))
    assert "1 open comment" in text(writers.get(at("change", article)))
    assert sent_unchanged(editors, move_url(article, "send-back"), note="Count again").status_code == 302
    assert "Count again" in text(writers.get(at("change", article)))

    sent_unchanged(writers, at("card", article, card.public_id), body="Seven lamps.")
    assert sent_unchanged(writers, move_url(article, "submit")).status_code == 400, "one comment is open"
    despite = {f"despite_{workflow.open_remarks_of(article).key}": "on"}
    sent_unchanged(writers, move_url(article, "submit"), **despite)
    change = fresh(article).change
    approved = sent_unchanged(editors, move_url(article, "approve", f"?change={change}"), **despite)
    assert approved.status_code == 302
    workflow.resolve(article.comments.get(), by=editor)
    assert fresh(article).effective_status is Status.APPROVED
    done = sent_unchanged(editors, move_url(article, "publish"))
    assert done.status_code == 302
    assert workflow.public_state(fresh(article)).is_live
    assert "You published" in text(editors.get(done.headers["Location"]))


def test_a_note_is_required_where_the_table_says_so():
    article = make.handed_in()
    response = sent_unchanged(client(make.editor()), move_url(article, "send-back"), note=" ")
    assert response.status_code == 400
    assert tree(response).css_first("#id_note_error").text(strip=True) == "Write a few words on why."
    assert fresh(article).effective_status is Status.IN_REVIEW


def test_what_an_article_lacks_is_listed_with_links():
    article = make.article(cards=(make.card(body=""),))
    response = sent_unchanged(client(article.owner), move_url(article, "submit"))
    assert response.status_code == 409
    link = tree(response).css_first(".problems a")
    assert link.attributes["href"] == at("card", article, article.cards.first().public_id)
    assert fresh(article).effective_status is Status.DRAFT


@pytest.mark.slow
def test_words_that_changed_after_they_were_read_are_not_approved():
    article, editor = make.handed_in(), make.editor()
    browser = client(editor)
    asked = form_of(browser.get(move_url(article, "approve", f"?change={article.change}")))
    sent_unchanged(client(article.owner), at("introduction", article), introduction="Other words.")
    response = browser.post(move_url(article, "approve"), asked)
    assert response.status_code == 409
    assert "Read it again" in text(response)
    assert fresh(article).effective_status is Status.IN_REVIEW
    old_link = browser.get(move_url(article, "approve", f"?change={article.change}"))
    assert old_link.status_code == 409


@pytest.mark.slow
def test_a_conflict_told_once_is_a_conflict_still():
    """The page that tells of newer words must not approve them at the next press."""
    article = make.handed_in()
    browser = client(make.editor())
    asked = form_of(browser.get(move_url(article, "approve", f"?change={article.change}")))
    sent_unchanged(client(article.owner), at("introduction", article), introduction="Other words.")
    again = form_of(browser.post(move_url(article, "approve"), asked))
    assert browser.post(move_url(article, "approve"), again).status_code == 409


@pytest.mark.parametrize("given", ["", "x", "-1", "99999999999999999999"])
def test_an_approval_that_names_no_change_is_a_conflict(given):
    article = make.handed_in()
    response = client(make.editor()).post(move_url(article, "approve"), {"change": given})
    assert response.status_code in (400, 409)
    assert fresh(article).effective_status is Status.IN_REVIEW


@pytest.mark.slow
def test_the_second_of_two_presses_is_told():
    article, editor = make.approved(), make.editor()
    browser = client(editor)
    asked = form_of(browser.get(move_url(article, "publish")))
    assert browser.post(move_url(article, "publish"), asked).status_code == 302
    second = browser.post(move_url(article, "publish"), asked)
    assert second.status_code == 409
    assert "live already" in text(second)
    assert Edition.objects.count() == 1


def test_a_move_that_is_over_says_so_before_it_is_tried():
    article = make.approved()
    response = client(make.editor()).get(move_url(article, "approve"))
    assert response.status_code == 409
    assert "not possible now" in text(response)
    assert not tree(response).css("#content form")


@pytest.mark.slow
def test_nobody_approves_what_they_changed_last():
    article, editor = make.handed_in(), make.editor()
    browser = client(editor)
    sent_unchanged(browser, at("introduction", article), introduction="The editor's own words.")
    response = sent_unchanged(browser, move_url(article, "approve"))
    assert response.status_code == 409
    assert "You changed “introduction” last: somebody else has to approve that." in text(response)


@pytest.mark.parametrize("move", MOVES, ids=lambda move: move.name)
def test_a_writer_cannot_open_what_the_table_does_not_give(move):
    article = make.handed_in()
    own, other = client(article.owner), client(make.writer())
    allowed = move.permission == "articles.submit_article"
    for ask in ("get", "post"):
        assert getattr(own, ask)(move_url(article, move.name)).status_code != 403 or not allowed
        assert (getattr(own, ask)(move_url(article, move.name)).status_code == 403) is not allowed
        assert getattr(other, ask)(move_url(article, move.name)).status_code == 403
    assert client(make.editor()).get(move_url(article, move.name)).status_code in (200, 409)


def test_an_unknown_move_is_not_found():
    assert client(make.editor()).get(move_url(make.article(), "explode")).status_code == 404


# --- at a time --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_version_is_scheduled_moved_and_cancelled(settings):
    settings.TIME_ZONE = "Asia/Seoul"
    article, browser = make.approved(), client(make.editor())
    when = (timezone.now() + 5 * HOUR).replace(second=0, microsecond=0)
    assert "Asia/Seoul" in text(browser.get(move_url(article, "schedule")))
    assert sent_unchanged(browser, move_url(article, "schedule"), at=wall_clock(when)).status_code == 302
    event = Edition.objects.get()
    assert event.visible_from == when

    asked = browser.get(move_url(article, "reschedule", f"?event={event.pk}"))
    assert form_of(asked)["at"] == wall_clock(when)
    later = when + 24 * HOUR
    sent_unchanged(browser, move_url(article, "reschedule", f"?event={event.pk}"), at=wall_clock(later))
    event = Edition.objects.get()
    assert event.visible_from == later

    asked = form_of(browser.get(move_url(article, "cancel", f"?event={event.pk}")))
    assert browser.post(move_url(article, "cancel"), asked).status_code == 302
    assert not Edition.objects.exists()
    second = browser.post(move_url(article, "cancel"), asked)
    assert second.status_code == 409
    assert "scheduled any more" in text(second)


@pytest.mark.slow
def test_an_update_takes_the_place_of_what_is_live_at_its_time():
    article, editor = make.live(title="One"), make.editor()
    drafts.save_details(
        article,
        drafts.Details(**{**form_values(article), "title": "Two"}),
        token=drafts.token(drafts.details_of(article)),
        by=article.owner,
    )
    workflow.make(states.SUBMIT, article, by=article.owner)
    workflow.make(states.APPROVE, article, by=editor, change=fresh(article).change)
    when = (timezone.now() + 5 * HOUR).replace(second=0, microsecond=0)
    sent_unchanged(client(editor), move_url(article, "schedule"), at=wall_clock(when), kind="clarification")
    titles = [Edition.objects.in_force(at=instant).get().title for instant in (when - HOUR, when)]
    assert titles == ["One", "Two"]


def form_values(article: Article) -> dict:
    details = drafts.details_of(article)
    return {name: getattr(details, name) for name in details.__dataclass_fields__}


def test_the_page_before_an_approval_reads_the_article_once():
    article, browser = make.handed_in(), client(make.editor())
    with CaptureQueriesContext(connection) as queries:
        browser.get(move_url(article, "approve"))
    assert sum('FROM "articles_factcard"' in query["sql"] for query in queries) == 1


@pytest.mark.parametrize(
    ("at_", "status"), [("", 400), ("soon", 400), ("2001-01-01T10:00", 409), ("9999-12-31T23:59", 400)]
)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Seoul", "America/New_York"])
def test_a_time_that_cannot_be_is_refused(at_, status, zone):
    article = make.approved()
    with timezone.override(zone):
        response = sent_unchanged(client(make.editor()), move_url(article, "schedule"), at=at_)
    assert response.status_code == status
    assert not Edition.objects.exists()


@pytest.mark.slow
def test_an_event_that_happened_meanwhile_cannot_be_cancelled():
    article, editor = make.approved(), make.editor()
    browser = client(editor)
    when = timezone.now() + HOUR
    workflow.make(states.SCHEDULE, article, by=editor, change=article.change, at=when)
    asked = form_of(browser.get(move_url(article, "cancel")))
    with time_machine.travel(when + HOUR):
        response = client(editor).post(move_url(article, "cancel"), asked)
    assert response.status_code == 409


@pytest.mark.slow
def test_an_event_of_another_article_is_none_of_this_one():
    editor = make.editor()
    article, other = make.approved(), make.approved()
    for each in (article, other):
        workflow.make(states.SCHEDULE, each, by=editor, change=each.change, at=timezone.now() + HOUR)
    foreign = Edition.objects.get(article=other)
    response = client(editor).post(move_url(article, "cancel"), {"event": foreign.pk})
    assert response.status_code == 409
    assert Edition.objects.count() == 2
    for nonsense in ("", "x", "0", "9" * 30):
        assert client(editor).post(move_url(article, "cancel"), {"event": nonsense}).status_code in (400, 409)


@pytest.mark.slow
def test_an_article_is_taken_down_and_the_outline_says_so():
    article, browser = make.live(), client(make.editor())
    assert sent_unchanged(browser, move_url(article, "take-down"), note="Wrong").status_code == 302
    assert "Taken down since" in text(browser.get(at("change", article)))


def test_the_outline_offers_what_can_be_done_with_each_waiting_event():
    article, editor = make.live(), make.editor()
    publishing.take_down(article, at=timezone.now() + 9 * HOUR)
    event = article.editions.get(kind=Edition.Kind.REMOVAL)
    links = [a.attributes["href"] for a in tree(client(editor).get(at("change", article))).css(".event a")]
    assert links == [
        f"{move_url(article, 'reschedule')}?event={event.pk}",
        f"{move_url(article, 'cancel')}?event={event.pk}",
    ]


@pytest.mark.slow
def test_handing_in_lists_every_gap_and_asks_for_the_blocking_ones_only():
    article = make.article(cards=(make.card(sources=()), make.card()), introduction="")
    browser = client(article.owner)
    page = browser.get(at("move", article, "submit"))
    assert "Name a source" in text(page)
    assert "Write an introduction" in text(page)
    assert sent_unchanged(browser, at("move", article, "submit")).status_code == 302
    bare = make.article(cards=(make.card(body="", sources=()),), owner=article.owner)
    refused = sent_unchanged(browser, at("move", bare, "submit"))
    assert refused.status_code == 409
    assert "Name a source" in text(refused)
    assert "no text yet" in text(refused)
