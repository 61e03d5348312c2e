"""A subject's colour is proposed from its newest cover, and chosen by an editor."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Picture, Subject
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject() -> Subject:
    return make.subject(name="Harbour", palette="slate")


def cover(colour: str) -> str:
    picture = make.picture()
    Picture.objects.filter(pk=picture.pk).update(colour=colour)
    return picture.public_id


def hint(client: Client, subject: Subject) -> str:
    response = client.get(reverse("admin:articles_subject_change", args=[subject.pk]))
    return str(response.context["adminform"].form.fields["palette"].help_text)


@pytest.mark.slow
def test_the_newest_cover_proposes_its_colour(by_editor, subject):
    assert hint(by_editor, subject) == ""
    make.article(subject=subject.slug)
    make.article(subject=subject.slug, cover=cover("rose"))
    make.article(subject=subject.slug, cover=cover("teal"))
    make.article(cover=cover("brick"), subject=make.subject(name="Other").slug)
    assert hint(by_editor, subject) == "The newest cover is mostly teal: that colour would suit."
    shown = by_editor.get(reverse("admin:articles_subject_change", args=[subject.pk])).content.decode()
    assert "mostly teal" in shown


def test_nothing_is_proposed_where_it_is_chosen_already(by_editor, subject):
    make.article(subject=subject.slug, cover=cover("slate"))
    make.article(subject=make.subject(name="Other").slug, cover=cover(""))
    assert hint(by_editor, subject) == ""
    assert hint(by_editor, Subject.objects.get(name="Other")) == ""


def test_a_new_subject_has_nothing_to_propose(by_editor):
    response = by_editor.get(reverse("admin:articles_subject_add"))
    assert response.context["adminform"].form.fields["palette"].help_text == ""


def test_those_who_may_only_look_are_shown_the_page(by_writer, subject):
    assert by_writer.get(reverse("admin:articles_subject_change", args=[subject.pk])).status_code == 200
