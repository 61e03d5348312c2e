"""The palette finds articles by their titles, and none that somebody may not see."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles import states, workflow
from tests import make
from tests.desk.pages import JSON, client

pytestmark = pytest.mark.django_db


def found(user, **query: str) -> list[str]:
    answer = client(user).get(reverse("admin:articles_article_find"), query, **JSON)
    assert answer.status_code == 200, answer.content
    return [row["title"] for row in answer.json()["articles"]]


def test_all_words_must_stand_in_the_title_in_any_order():
    writer = make.writer()
    make.article(owner=writer, title="The night ferry")
    make.article(owner=writer, title="The day ferry")
    assert found(writer, q="FERRY night") == ["The night ferry"]
    assert found(writer, q="ferry") == ["The day ferry", "The night ferry"]


def test_capitals_of_any_script_are_found():
    writer = make.writer()
    make.article(owner=writer, title="Ночной ПАРОМ и Ähren")
    assert found(writer, q="ночной паром") == ["Ночной ПАРОМ и Ähren"]
    assert found(writer, q="ähren") == ["Ночной ПАРОМ и Ähren"]


def test_a_writer_finds_no_article_of_others_and_an_editor_all():
    make.article(owner=make.writer(), title="Not yours")
    assert found(make.writer(), q="yours") == []
    assert found(make.editor(), q="yours") == ["Not yours"]


def test_facts_are_not_moved_into_what_is_archived():
    editor = make.editor()
    article = make.article(owner=editor, title="Put away")
    workflow.make(states.ARCHIVE, article, by=editor)
    assert found(editor, q="away") == ["Put away"]
    assert found(editor, q="away", change="yes") == []


@pytest.mark.parametrize("query", ["", "%", "_", "\x00", "'; --", "\ud83d", "x " * 5000])
def test_any_question_has_an_answer(query: str):
    writer = make.writer()
    make.article(owner=writer, title="The night ferry")
    assert found(writer, q=query.encode("utf-8", "replace").decode()) in ([], ["The night ferry"])
