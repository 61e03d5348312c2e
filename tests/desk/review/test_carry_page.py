"""After a fix is published, the desk asks what of it goes into each version that waits."""

import dataclasses

import pytest
from django.utils import timezone

from articles import drafts, states, workflow
from articles.models import Article, Edition
from tests import make
from tests.desk.pages import at, client, form_of, sent_unchanged, text, tree
from tests.desk.review.test_moves import move_url
from tests.desk.review.test_plan_page import plan_of
from tests.workflow.test_carrying import DAY, approve, publish, waiting, with_card

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db) -> Article:
    """Two updates wait: one changes the first fact, the other the first and the second."""
    article = make.live(cards=3, slug="ferry")
    value = with_card(drafts.document_of(article), 0, body="Scheduled words.")
    publish(article, value, at=timezone.now() + DAY)
    publish(article, with_card(value, 1, body="Later words."), at=timezone.now() + 2 * DAY)
    return article


def publish_fix(article: Article, browser) -> object:
    """In the browser; gives the answer."""
    live = Edition.objects.in_force().get(article=article).revision.document
    ready = approve(article, with_card(live, 1, body="Mended words."))
    return sent_unchanged(browser, move_url(ready, "publish"), kind="correction", note="Mended.")


@pytest.mark.slow
def test_each_that_waits_is_asked_about_in_turn(article: Article):
    browser = client(make.editor())
    first, second = waiting(article)
    asked = publish_fix(article, browser)
    assert asked.status_code == 302
    assert asked.headers["Location"] == move_url(article, "carry", f"?event={first.pk}")
    page = browser.get(asked.headers["Location"])
    assert "choose what it gets" in text(page)
    assert "1 fact changes:" in plan_of(page)
    assert "What else happens on" in text(page)
    assert "Mended words." in tree(page).css_first("[aria-labelledby=carried-title]").text()
    after = browser.post(asked.headers["Location"].partition("?")[0], form_of(page))
    assert after.headers["Location"] == move_url(article, "carry", f"?event={second.pk}")
    now = waiting(article)[0].revision.document
    assert [card.body for card in now.cards[:2]] == ["Scheduled words.", "Mended words."]
    clash = browser.get(after.headers["Location"])
    shown = tree(clash).css_first("#conflicts").text()
    assert "Mended words." in shown
    assert "Later words." in shown
    assert not tree(clash).css("[name=places]")
    history = text(browser.get(at("history", article)))
    assert "carried a fix into a scheduled version of" in history


@pytest.mark.slow
def test_without_a_tick_nothing_is_carried_and_what_cannot_be_is_refused(article: Article):
    browser = client(make.editor())
    publish_fix(article, browser)
    url = move_url(article, "carry")
    asked = form_of(browser.get(url))
    rows = Edition.objects.count()
    nothing = browser.post(url, {name: value for name, value in asked.items() if name != "places"})
    assert nothing.status_code == 400
    assert "Choose what is carried." in text(nothing)
    clash = browser.post(url, asked | {"places": f"card:{article.cards.first().public_id}"})
    assert clash.status_code == 409
    for crafted in ({"places": "x" * 5000}, {"fix": "1"}, {"fix": "x"}, {"event": "9" * 30}, {"event": "7777777"}):
        assert browser.post(url, asked | crafted).status_code in (400, 409), crafted
    assert client(article.owner).post(url, asked).status_code == 403
    event = waiting(article)[0]
    workflow.make(states.CANCEL, Article.objects.get(pk=article.pk), by=make.editor(), event=event)
    late = browser.post(url, asked)
    assert late.status_code == 409
    assert "not scheduled any more" in text(late)
    assert Edition.objects.count() == rows - 1


@pytest.mark.slow
def test_nothing_is_asked_where_the_scheduled_version_has_it(article: Article):
    live = Edition.objects.in_force().get(article=article).revision.document
    ready = approve(article, with_card(live, 0, body="Scheduled words."))
    answer = sent_unchanged(client(make.editor()), move_url(ready, "publish"), kind="typo")
    assert "/moves/" not in answer.headers["Location"]
    assert client(make.editor()).get(move_url(article, "carry")).status_code == 200


@pytest.mark.slow
def test_new_and_removed_parts_and_details_are_named(article: Article):
    live = Edition.objects.in_force().get(article=article).revision.document
    new = make.card(heading="A new one")
    fixed = dataclasses.replace(live, title="Other title", cards=(*live.cards[:2], new), introduction="")
    publish(article, fixed)
    page = text(client(make.editor()).get(move_url(article, "carry")))
    for words in ("A new one (new)", f"{live.cards[2].heading} (removed)", "introduction (removed)", "Other title"):
        assert words in page
