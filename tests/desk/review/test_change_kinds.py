"""Publishing over live words asks what kind of change it is, with a note for readers."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import drafts, publishing, states, workflow
from articles.models import Article, Correction, Edition
from articles.workflow import WorkflowError
from tests import make
from tests.desk.pages import at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def fresh(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


def approved_again(article: Article, words: str) -> Article:
    old = drafts.introduction_of(fresh(article))
    new = drafts.Introduction(introduction=words)
    drafts.save_introduction(fresh(article), new, token=drafts.token(old), by=article.owner)
    workflow.make(states.SUBMIT, fresh(article), by=article.owner)
    return workflow.make(states.APPROVE, fresh(article), by=make.editor(), change=fresh(article).change)


def changed_live() -> Article:
    """A live article with approved words that readers have not seen."""
    return approved_again(make.live(introduction="It leaves at night."), "It leaves at noon.")


def radios(response) -> list[str]:
    return [field.attributes["value"] for field in tree(response).css("input[name=kind]")]


def newest(article: Article) -> Edition:
    edition = article.editions.order_by("visible_from").last()
    assert edition
    return edition


@pytest.mark.slow
def test_an_update_asks_and_nothing_is_chosen_beforehand():
    response = client(make.editor()).get(at("move", changed_live(), "publish"))
    assert radios(response) == list(Edition.ChangeKind.values)
    assert "kind" not in form_of(response)
    assert form_of(response)["note"] == ""


@pytest.mark.slow
def test_without_a_kind_nothing_is_published():
    article = changed_live()
    response = sent_unchanged(client(make.editor()), at("move", article, "publish"))
    assert response.status_code == 400
    assert "Choose what kind of change it is." in text(response)
    assert article.editions.count() == 1


@pytest.mark.slow
def test_a_correction_needs_a_note_and_the_others_do_not():
    article = changed_live()
    browser, url = client(make.editor()), at("move", article, "publish")
    refused = sent_unchanged(browser, url, kind="correction")
    assert refused.status_code == 400
    assert "Say in a few words what was wrong" in text(refused)
    assert sent_unchanged(browser, url, kind="correction", note="x" * 301).status_code == 400
    assert sent_unchanged(browser, url, kind="rumour").status_code == 400
    assert article.editions.count() == 1
    assert sent_unchanged(browser, url, kind="clarification").status_code == 302
    assert newest(article).change_kind == "clarification"


@pytest.mark.slow
def test_the_note_stands_with_the_correction_and_the_history_tells_both():
    article, browser = changed_live(), client(make.editor())
    sent_unchanged(browser, at("move", article, "publish"), kind="correction", note="It was noon.")
    assert (newest(article).change_note, Correction.objects.get().note) == ("It was noon.", "It was noon.")
    history = text(browser.get(at("history", article)))
    assert "It was noon." in history
    assert "a correction: something was wrong" in history


@pytest.mark.slow
def test_a_first_version_and_one_after_a_taking_down_are_not_asked():
    first, gone = make.approved(), changed_live()
    publishing.take_down(gone)
    for article in (first, gone):
        browser = client(make.editor())
        assert radios(browser.get(at("move", article, "publish"))) == []
        assert radios(browser.get(at("move", article, "schedule"))) == []
        assert sent_unchanged(browser, at("move", article, "publish"), kind="correction").status_code == 302
        assert newest(article).change_kind == ""


@pytest.mark.slow
def test_equal_words_are_not_asked():
    article = approved_again(make.live(introduction="It leaves at night."), "It leaves at noon.")
    article = approved_again(article, "It leaves at night.")
    browser = client(make.editor())
    assert radios(browser.get(at("move", article, "publish"))) == []
    assert sent_unchanged(browser, at("move", article, "publish")).status_code == 302
    assert newest(article).modified_at == newest(article).first_visible_from


@pytest.mark.slow
def test_a_schedule_asks_when_other_words_are_in_force_by_then():
    """The first version waits: before it nothing is changed, after it something is."""
    article = make.approved(introduction="It leaves at night.")
    noon = (timezone.now() + 5 * HOUR).replace(second=0, microsecond=0)
    workflow.make(states.SCHEDULE, article, by=make.editor(), change=article.change, at=noon)
    article = approved_again(article, "It leaves at noon.")
    browser, url = client(make.editor()), at("move", article, "schedule")
    before, after = (timezone.localtime(noon + hours * HOUR).strftime("%Y-%m-%dT%H:%M") for hours in (-1, 1))
    assert radios(browser.get(at("move", article, "publish"))) == []
    assert radios(browser.get(url)) == list(Edition.ChangeKind.values)
    assert sent_unchanged(browser, url, at=after).status_code == 400
    assert sent_unchanged(browser, url, at="soon", kind="typo").status_code == 400
    assert sent_unchanged(browser, url, at=after, kind="typo").status_code == 302
    assert newest(article).change_kind == "typo"
    article = approved_again(article, "It leaves at one.")
    assert sent_unchanged(browser, url, at=before).status_code == 302
    assert article.editions.count() == 3


@pytest.mark.slow
def test_the_door_itself_refuses_what_a_page_did_not_ask():
    article, editor = changed_live(), make.editor()
    for kind, note in (("", ""), ("rumour", "x"), ("correction", "  "), ("typo", "x" * 301)):
        with pytest.raises(WorkflowError):
            workflow.make(states.PUBLISH, article, by=editor, change=article.change, kind=kind, note=note)
    assert article.editions.count() == 1
