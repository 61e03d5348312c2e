"""The page that offers a published correction to the other articles that tell the fact."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from articles import states, workflow
from articles.models import Article, Edition
from articles.states import Status
from tests import make
from tests.desk.pages import at, client, form_of, text, tree
from tests.workflow.test_offering import FIRST, SECOND, correct, follower, lamps, public, publish, rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make.editor()


@pytest.fixture
def origin(editor) -> Article:
    return make.live(by=editor, title="About ferries", cards=(make.card(heading="Lamps", body=FIRST),))


@pytest.fixture
def article(origin, editor) -> Article:
    found = publish(follower(origin), editor)
    Article.objects.filter(pk=found.pk).update(title="About lamps")
    return found


@pytest.mark.slow
def test_publishing_a_correction_leads_to_the_articles_that_tell_the_fact(origin, article, editor):
    rewrite(origin, SECOND)
    ready = Article.objects.get(pk=origin.pk)
    ready = workflow.make(states.SUBMIT, ready, by=ready.owner)
    ready = workflow.make(states.APPROVE, ready, by=editor, change=ready.change)
    browser, address = client(editor), at("move", origin, "publish")
    page = browser.get(f"{address}?change={ready.change}")
    assert "About lamps: follows the original" in text(page)
    sent = form_of(page) | {"kind": "correction", "note": "We had counted wrongly."}
    answer = browser.post(address, sent, follow=True)
    assert answer.redirect_chain[-1][0] == at("offered", origin)
    assert "1 other article tells this in other words" in text(answer)
    assert [node.text() for node in tree(answer).css("del, ins")] == ["nine", "ten"]
    sent = form_of(answer)
    assert (sent.get("kind", ""), sent["note"]) == ("correction", "We had counted wrongly.")
    done = browser.post(at("offered", origin), sent, follow=True)
    assert "Carried into 1 article." in text(done)
    assert public(article).body == SECOND
    assert Edition.objects.in_force().get(article=article).change_note == "We had counted wrongly."


@pytest.mark.slow
def test_what_is_in_the_way_is_said_and_has_no_tick(origin, article, editor):
    rewrite(article, "We count nine.")
    correct(origin, editor)
    page = client(editor).get(at("offered", origin))
    assert "It has other words of this fact that are not published yet" in text(page)
    assert not tree(page).css("input[name=card]")


@pytest.mark.slow
@pytest.mark.parametrize("sent", [{}, {"card": "nothing"}, {"card": ["\x00", "a" * 500]}])
def test_bad_choices_are_refused_with_a_sentence(origin, article, editor, sent):
    correct(origin, editor)
    answer = client(editor).post(at("offered", origin), {**sent, "kind": "typo"})
    assert answer.status_code == 409
    assert tree(answer).css_first(".errornote")
    assert public(article).body == FIRST


@pytest.mark.slow
def test_where_all_have_the_words_the_page_says_so(origin, article, editor):
    page = client(editor).get(at("offered", origin))
    assert "has the words that readers see here" in text(page)
    assert client(origin.owner).get(at("offered", origin)).status_code == 403


@pytest.mark.slow
def test_a_scheduled_version_that_lacks_the_correction_is_named(origin, article, editor):
    rewrite(article, "Other words.", heading="Another")
    ready = workflow.make(states.SUBMIT, Article.objects.get(pk=article.pk), by=article.owner)
    ready = workflow.make(states.APPROVE, ready, by=editor, change=ready.change)
    at_time = timezone.now() + dt.timedelta(days=2)
    workflow.make(states.SCHEDULE, ready, by=editor, change=ready.change, at=at_time, kind="clarification")
    rewrite(article, article.cards.get(heading="Another").body + " ", heading="Another")
    correct(origin, editor)
    if Article.objects.get(pk=article.pk).effective_status is Status.APPROVED:
        rewrite(article, "Other words again.", heading="Another")
    browser = client(editor)
    answer = browser.post(at("offered", origin), form_of(browser.get(at("offered", origin))), follow=True)
    assert "is scheduled that lacks it" in text(answer)
    assert lamps(article).body == SECOND
