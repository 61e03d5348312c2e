"""Choosing the subject of an article on a site that has thousands of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Subject, SubjectEvent
from tests import make
from tests.desk.pages import JSON, at, client, form_of, tree

pytestmark = pytest.mark.django_db
HTML = 20_000


@pytest.fixture
def article() -> Article:
    return make.article(cards=3)


def fill_with_subjects(count: int) -> None:
    there = Subject.objects.filter(name__startswith="Lantern").count()
    for number in range(there, there + count):
        make.subject(name=f"Lantern Ward {number:04}", original_name=f"등불 병동 {number:04}")


def options(page) -> list[str]:
    return [each.attributes["value"] for each in page.css('select[name="subject"] option')]


def sent(browser, article: Article, **changes: str):
    url = at("details", article)
    return browser.post(url, {**form_of(browser.get(url)), **changes})


def test_few_subjects_are_all_listed_and_nothing_is_to_be_looked_for(article):
    fill_with_subjects(3)
    page = tree(client(article.owner).get(at("details", article)))
    assert len(options(page)) == 1 + Subject.objects.count()
    assert page.css_first('[name="subject_search"]') is None


@pytest.mark.slow
def test_the_form_stays_small_however_many_there_are(article):
    browser, sizes, counts = client(article.owner), [], []
    for more in (60, 240):
        fill_with_subjects(more)
        browser.get(at("details", article))
        with CaptureQueriesContext(connection) as queries:
            response = browser.get(at("details", article))
        sizes.append(len(response.content))
        counts.append(len(queries))
        assert article.subject.slug in options(tree(response))
    assert counts[0] == counts[1]
    assert max(sizes) < HTML
    assert sizes[1] - sizes[0] < 500


@pytest.mark.slow
@pytest.mark.parametrize("asked", ["lantern ward 0033", "0033", "LANTERN 0033", "병동 0033"])
def test_a_part_of_a_name_finds_it_without_a_script(article, asked):
    fill_with_subjects(60)
    assert sent(client(article.owner), article, subject_search=asked).status_code == 302
    article.refresh_from_db()
    assert article.subject.name == "Lantern Ward 0033"


@pytest.mark.slow
def test_several_are_listed_to_choose_from_and_nothing_is_lost(article):
    fill_with_subjects(60)
    browser = client(article.owner)
    response = sent(browser, article, subject_search="lantern ward 003", title="A new title")
    page = tree(response)
    assert "choose one in the list" in response.content.decode()
    assert page.css_first('[name="title"]').attributes["value"] == "A new title"
    found = [slug for slug in options(page) if slug.startswith("lantern-ward-003")]
    assert len(found) == 10
    chosen = {"subject": found[4], "subject_search": "lantern ward 003", "title": "A new title"}
    assert sent(browser, article, **chosen).status_code == 302
    article.refresh_from_db()
    assert (article.subject.slug, article.title) == (found[4], "A new title")


@pytest.mark.slow
def test_a_whole_name_is_enough_where_others_begin_with_it(article):
    fill_with_subjects(45)
    for name in ("Gull", "Gull Rock"):
        make.subject(name=name)
    sent(client(article.owner), article, subject_search="gull")
    article.refresh_from_db()
    assert article.subject.name == "Gull"


HOSTILE = ["nobody", "!!!", "\u202e", "<b>x</b>", "x" * 200, "%", "_"]


@pytest.mark.slow
@pytest.mark.parametrize("asked", HOSTILE)
def test_what_is_called_nothing_so_is_said_and_saves_nothing(article, asked):
    fill_with_subjects(45)
    before = article.change
    response = sent(client(article.owner), article, subject_search=asked, title="Other")
    article.refresh_from_db()
    assert article.change == before
    assert "No subject is called so" in response.content.decode()


@pytest.mark.slow
def test_a_subject_beyond_the_list_is_a_good_choice(article):
    fill_with_subjects(60)
    sent(client(article.owner), article, subject="lantern-ward-0059")
    article.refresh_from_db()
    assert article.subject.slug == "lantern-ward-0059"


@pytest.mark.slow
def test_a_script_asks_for_a_few_at_a_time_by_an_index(article):
    browser, url = client(article.owner), at("subjects")
    counts = []
    for more in (50, 100):
        fill_with_subjects(more)
        browser.get(url, {"q": "lantern"}, **JSON)
        with CaptureQueriesContext(connection) as queries:
            found = browser.get(url, {"q": "lantern"}, **JSON).json()["subjects"]
        assert len(found) == 40
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert browser.get(url, {"q": "병동 0007"}, **JSON).json()["subjects"] == [
        {"slug": "lantern-ward-0007", "name": "Lantern Ward 0007"}
    ]
    assert browser.get(url, **JSON).json() == {"subjects": []}
    assert browser.get(url, {"q": "x" * 10_000}, **JSON).json() == {"subjects": []}


# --- the other forms that ask for a subject ---------------------------------------------------------------------------

EVENTS, IMPORT = "/admin/articles/article/events/", "/admin/articles/article/import/"
PASTED = "Two facts\n\n1. The ferry is real\n\nIt crosses twice.\n\n2. It has lamps\n\nCount them.\n"


def events_page(browser):
    return browser.get(EVENTS)


def import_preview(browser):
    return browser.post(IMPORT, {"text": PASTED})


@pytest.mark.slow
@pytest.mark.parametrize("opened", [events_page, import_preview])
def test_other_forms_stay_small_too(opened):
    make.article()
    browser, sizes, counts = client(make.editor()), [], []
    for more in (60, 240):
        fill_with_subjects(more)
        opened(browser)
        with CaptureQueriesContext(connection) as queries:
            response = opened(browser)
        sizes.append(len(response.content))
        counts.append(len(queries))
        assert 1 < len(options(tree(response))) <= 41
        assert tree(response).css_first('[name="subject_search"][data-subject-search]')
    assert counts[0] == counts[1]
    assert sizes[1] - sizes[0] < 500


@pytest.mark.parametrize("opened", [events_page, import_preview])
def test_few_subjects_are_all_listed_in_other_forms(opened):
    fill_with_subjects(3)
    page = tree(opened(client(make.editor())))
    assert len(options(page)) == 1 + Subject.objects.count()
    assert page.css_first('[name="subject_search"]') is None


@pytest.mark.slow
def test_an_event_is_about_the_subject_whose_name_was_typed():
    fill_with_subjects(60)
    browser = client(make.editor())
    asked = {"subject": "", "sentence": "Season 2 was announced", "happened_on": "2026-03-03", "key_words": ""}
    for typed, status in (("0033", 200), ("", 422), ("gull", 422), ("lantern", 422)):
        assert browser.get(EVENTS, {**asked, "subject_search": typed}).status_code == status, typed
    kept = {"act": "open", **asked, "key_words": "season 2", "subject_search": "0033"}
    assert browser.post(EVENTS, kept).status_code == 302
    assert SubjectEvent.objects.get().subject.name == "Lantern Ward 0033"


@pytest.mark.slow
def test_a_document_is_about_the_subject_whose_name_was_typed():
    fill_with_subjects(60)
    browser = client(make.writer())
    form = form_of(import_preview(browser)) | {"act": "create", "title": "The ferry"}
    for typed in ("gull", "lantern"):
        assert browser.post(IMPORT, form | {"subject_search": typed}).status_code == 400
    assert browser.post(IMPORT, form | {"subject_search": "0033"}).status_code == 302
    assert Article.objects.get(title="The ferry").subject.name == "Lantern Ward 0033"


def test_the_subject_that_a_document_seems_to_be_about_is_chosen_however_many_there_are():
    fill_with_subjects(60)
    make.subject(name="Zebra Crossing")
    page = tree(
        client(make.writer()).post(IMPORT, {"text": PASTED.replace("Two facts", "Two facts about Zebra Crossing")})
    )
    assert page.css_first('select[name="subject"] option[selected]').attributes["value"] == "zebra-crossing"
