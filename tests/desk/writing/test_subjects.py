"""A writer proposes a subject without leaving the article; an editor confirms it; until then nothing is handed in."""

import pytest
from django.urls import reverse

from articles import drafts, readiness
from articles.desk import overview
from articles.models import Subject
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, text

pytestmark = pytest.mark.django_db

LAMPS = {"name": "Seven Lamps", "kind": "film", "year": "2024", "episodes": ""}


@pytest.fixture
def article():
    return make.article(subject="")


def propose(article, by=None, **fields):
    return client(by or article.owner).post(at("propose_subject", article), LAMPS | fields, **JSON)


def codes(article) -> set[str]:
    article = type(article).objects.get(pk=article.pk)
    return {problem.code for problem in readiness.blocking(drafts.document_of(article), article)}


@pytest.mark.slow
def test_a_writer_proposes_one_uses_it_and_an_editor_confirms_it(article):
    answer = propose(article)
    assert answer.json()["slug"] == "seven-lamps"
    assert answer.json()["name"] == "Seven Lamps (proposed)"
    subject = Subject.objects.get(slug="seven-lamps")
    assert (subject.is_confirmed, subject.proposed_by, subject.year) == (False, article.owner, 2024)

    browser = client(article.owner)
    assert sent_unchanged(browser, at("details", article), subject="seven-lamps").status_code == 302
    assert "Seven Lamps (proposed)" in browser.get(at("details", article)).content.decode()
    assert codes(article) == {"subject-proposed"}
    assert browser.post(at("move", article, "submit")).status_code == 409

    editor = make.editor()
    (section,) = [section for section in overview.sections(editor) if section.name == "proposed"]
    assert [row.title for row in section.rows] == ["Seven Lamps"]
    assert "proposed" not in {section.name for section in overview.sections(article.owner)}
    page = reverse("admin:articles_subject_change", args=[subject.pk])
    assert section.rows[0].url == page
    assert "Proposed subjects" in text(client(editor).get(reverse("admin:index")))
    assert sent_unchanged(client(editor), page, is_confirmed="on").status_code == 302
    assert codes(article) == set()
    assert sent_unchanged(client(editor), page).status_code == 302
    assert Subject.objects.get(slug="seven-lamps").is_confirmed, "what is confirmed stays so by itself"
    fields = form_of(client(editor).get(page))
    assert fields.pop("is_confirmed") == "on"
    assert client(editor).post(page, fields).status_code == 302
    assert not Subject.objects.get(slug="seven-lamps").is_confirmed
    assert client(article.owner).post(page, fields | {"is_confirmed": "on"}).status_code == 403
    assert sent_unchanged(client(editor), page, is_confirmed="on").status_code == 302
    assert "proposed" not in {section.name for section in overview.sections(editor)}


def test_what_an_editor_adds_needs_nobody(article):
    assert propose(article, by=make.editor()).json()["name"] == "Seven Lamps"
    assert Subject.objects.get(slug="seven-lamps").is_confirmed


def test_one_that_is_there_already_is_chosen(article):
    there = make.subject(name="Seven Lamps", kind="film", year=2024)
    answer = propose(article, name="seven lamps").json()
    assert answer["slug"] == there.slug
    assert "already" in answer["note"]
    assert Subject.objects.count() == 1


def test_another_work_of_the_same_name_gets_an_address_with_a_number_and_that_is_said(article):
    make.subject(name="Seven Lamps", kind="film", year=1987)
    answer = propose(article).json()
    assert answer["slug"] == "seven-lamps-2"
    assert "“seven-lamps-2”" in answer["note"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "\u200b"), ("name", "x" * 201), ("kind", "opera"), ("year", "99999"), ("episodes", "0")],
)
def test_a_wrong_value_is_told_at_its_field(article, field, value):
    answer = propose(article, **{field: value})
    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Subject.objects.exists()


@pytest.mark.slow
def test_without_a_script_it_is_a_page_that_leads_back_to_the_details(article):
    browser = client(article.owner)
    assert at("propose_subject", article) in browser.get(at("details", article)).content.decode()
    answer = sent_unchanged(browser, at("propose_subject", article), **LAMPS)
    assert answer.status_code == 302
    back = browser.get(answer.headers["Location"])
    assert form_of(back)["subject"] == "seven-lamps", "it is chosen, and saved with the details"
    assert "You can write about it at once" in text(back)


def test_only_those_who_may_change_the_article_propose_from_it(article):
    assert propose(article, by=make.writer()).status_code == 403
    assert not Subject.objects.exists()


def test_a_proposed_subject_that_a_draft_uses_is_not_deleted(article):
    propose(article)
    sent_unchanged(client(article.owner), at("details", article), subject="seven-lamps")
    page = reverse("admin:articles_subject_delete", args=[Subject.objects.get().pk])
    client(make.editor()).post(page, {"post": "yes"})
    assert Subject.objects.exists()


@pytest.mark.slow
def test_an_address_that_another_article_had_gets_a_number_and_that_is_said():
    make.edition(slug="night-ferry")
    article = make.article(title="Something else", slug="")
    browser = client(article.owner)
    answer = browser.post(
        at("details", article), form_of(browser.get(at("details", article))) | {"slug": "night-ferry"}, **JSON
    )
    assert answer.json()["value"]["slug"] == "night-ferry-2"
    assert answer.json()["notes"] == ["The address “night-ferry” is taken: this article gets “night-ferry-2”."]
    again = browser.post(at("details", article), form_of(browser.get(at("details", article))) | {"dek": "New."}, **JSON)
    assert (again.json()["value"]["slug"], again.json()["notes"]) == ("night-ferry-2", [])


def test_a_new_article_is_offered_no_address_that_is_refused_later():
    live = make.edition(title="Night ferry", slug="night-ferry")
    copy = drafts.create(make.document(title=live.title, slug=""), by=make.writer())
    assert copy.slug == "night-ferry-2"
