"""The list of spellings: what it takes, and what it refuses."""

from __future__ import annotations

import pytest
from django.urls import reverse

from articles.models import HouseTerm

pytestmark = pytest.mark.django_db
ADD = reverse("admin:articles_houseterm_add")


def sent(right: str, wrong: str) -> dict[str, str]:
    return {"right": right, "not_written": wrong, "whole_words": "on", "match_case": "on", "note": ""}


def test_an_editor_adds_a_term(by_editor):
    by_editor.post(ADD, sent("Ju Ji-hoon", "Joo Ji-hoon\n\nJu Jihoon\nJoo Ji-hoon"))
    assert HouseTerm.objects.get().wrong == ["Joo Ji-hoon", "Ju Jihoon"]
    assert "Ju Jihoon" in by_editor.get(reverse("admin:articles_houseterm_changelist")).content.decode()


@pytest.mark.parametrize(
    ("right", "wrong", "sentence"),
    [
        ("Harbour", "Harbour", "the right spelling itself"),
        ("Pier", "Harbor", "stands with “Harbour” already"),
        ("Pier", "Harbour", "stands with “Harbour” already"),
        ("Harbor", "Port", "is a wrong spelling of “Harbour”"),
        ("Harbour", "Port", "already exists"),
        ("Pier", "", "required"),
        ("Pier", "x" * 300, "too long"),
        ("Pier", "\n".join(str(number) for number in range(40)), "at most 30 lines"),
        ("\u200b", "Port", "required"),
    ],
)
def test_what_nobody_could_follow_is_refused(by_editor, right, wrong, sentence):
    HouseTerm.objects.create(right="Harbour", wrong=["Harbor"])
    response = by_editor.post(ADD, sent(right, wrong))
    assert sentence in response.content.decode()
    assert HouseTerm.objects.count() == 1


def test_writers_read_it_and_change_nothing(by_writer):
    assert by_writer.get(reverse("admin:articles_houseterm_changelist")).status_code == 200
    assert by_writer.post(ADD, sent("Harbour", "Harbor")).status_code == 403
