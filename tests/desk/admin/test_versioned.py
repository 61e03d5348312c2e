"""Nobody's words are written over in any form of the admin: each is opened twice, and sent twice."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.desk.admin.versioned import VersionedForm
from articles.models import (
    Article,
    Author,
    HouseTerm,
    OutboxMessage,
    Picture,
    ProofRequirement,
    Report,
    SitePage,
    Subject,
    Tag,
    VainSearch,
    Webhook,
)
from tests import make
from tests.desk.pages import both_texts, form_of, saved, text, version_at

pytestmark = pytest.mark.django_db

#: Each model with a form in the admin: a row of it, and two fields with another value for each of two people.
FORMS: dict[type[Model], tuple[Any, str, tuple[str, str], str, str]] = {
    Subject: (make.subject, "also_named", ("Night Boat", "Sea Bus"), "year", "2019"),
    Tag: (lambda: Tag.objects.for_names(["Ferries"])[0], "description", ("Boats.", "Ships."), "also_written", "vessel"),
    Author: (make.author, "bio", ("Writes at sea.", "Draws."), "name", "Mina P."),
    Picture: (make.picture, "alt", ("A boat at dusk", "One lamp"), "credit", "Mina Park"),
    SitePage: (
        lambda: SitePage.objects.create(slug="about", title="Us", body="We are many."),
        *("body", ("We are two.", "Nobody is here."), "title", "About us"),
    ),
    HouseTerm: (
        lambda: HouseTerm.objects.create(right="Ju Ji-hoon", wrong=["Joo Ji-hoon"]),
        *("note", ("As he writes it.", "As the agency has it."), "not_written", "Ju Jihoon"),
    ),
    ProofRequirement: (
        lambda: ProofRequirement.objects.create(kind="band", level="nothing"),
        *("level", ("figures", "everything"), "kind", "film"),
    ),
    Report: (lambda: make.report(make.edition(cards=1).facts.get()), "answer", ("Looked up.", "Asked."), "", ""),
    Webhook: (
        lambda: Webhook.objects.create(name="Ours", url="https://9.9.9.9/told"),
        *("name", ("Office", "Studio"), "url", "https://9.9.9.10/told"),
    ),
    User: (make.writer, "email", ("b@example.org", "c@example.org"), "last_name", "Lee"),
}
#: An article's own pages keep tokens of their own (desk.writing.saving); groups and taggit's tags have no page.
#: Nobody changes what readers searched in vain, and what was told to whom.
OTHERWISE = {Article, VainSearch, OutboxMessage}


@pytest.fixture
def by_boss(sign_in) -> Client:
    return sign_in(make.admin(is_superuser=True, name="boss", first_name="Sora", last_name="Kim"))


@pytest.fixture
def by_other(sign_in) -> Client:
    return sign_in(make.admin(is_superuser=True, name="other"))


def address(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def value(row: Any, field: str) -> str:
    row = type(row)._default_manager.get(pk=row.pk)
    names = {"also_named": "other_names", "also_written": "aliases", "not_written": "wrong"}
    found = getattr(row, names.get(field, field))
    return "\n".join(map(str, found.all() if hasattr(found, "all") else found if isinstance(found, list) else [found]))


def called(model: type[Model], field: str, value: str) -> str:
    """As a person reads it: of a choice its words."""
    names = {each.name: dict(each.flatchoices) for each in model._meta.concrete_fields}
    return str(names.get(field, {}).get(value, value))


def test_every_form_of_the_admin_is_tried_here_and_is_of_the_one_kind():
    registered = set(admin.site._registry) - OTHERWISE
    assert registered == set(FORMS), "Say in FORMS how a row of the new model is made, and what two people change."
    for model in registered:
        assert issubclass(admin.site._registry[model].form, VersionedForm), (
            f"{model}: its form writes others' words over."
        )


@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_the_second_of_two_sees_both_texts_and_saves_a_third(model, by_boss, by_other):
    make_row, field, (theirs, mine), _field, _value = FORMS[model]
    row = make_row()
    url = address(row)
    opened = form_of(by_boss.get(url))
    assert saved(by_other, url, form_of(by_other.get(url)) | {field: theirs}).status_code == 302

    refused = by_boss.post(url, opened | {field: mine})
    assert refused.status_code == 409
    assert value(row, field) == theirs
    assert both_texts(refused) == [called(model, field, theirs), called(model, field, mine)]
    assert "other changed this meanwhile" in text(refused)
    again = form_of(refused)
    assert again[field] == mine, "what was written is still in the form"

    third = "nothing" if model is ProofRequirement else f"x{mine}"  # of a choice, which takes no other words
    assert by_boss.post(url, again | {field: third}).status_code == 302
    assert value(row, field) == third


@pytest.mark.parametrize("model", [model for model in FORMS if FORMS[model][3]], ids=lambda model: model.__name__)
def test_changes_of_different_fields_merge_by_themselves(model, by_boss, by_other):
    make_row, field, (mine, _other), their_field, theirs = FORMS[model]
    row = make_row()
    url = address(row)
    opened = form_of(by_boss.get(url))
    by_other.post(url, form_of(by_other.get(url)) | {their_field: theirs})
    answer = by_boss.post(url, opened | {field: mine}, follow=True)
    assert answer.redirect_chain
    assert (value(row, field), value(row, their_field)) == (mine, theirs)
    assert "Merged with what other wrote meanwhile." in text(answer)


@pytest.mark.slow
@pytest.mark.parametrize("model", FORMS, ids=lambda model: model.__name__)
def test_without_a_version_or_with_another_rows_nothing_is_written_over(model, by_boss):
    make_row, field, (_theirs, mine), _field, _value = FORMS[model]
    row = make_row()
    url, before = address(row), value(row, field)
    fields = form_of(by_boss.get(url)) | {field: mine}
    of_another = version_at(by_boss, address(Subject.objects.create(name="Another")))["version"]
    for version in ("", "made:up", of_another, "x" * 5000):
        assert by_boss.post(url, fields | {"version": version}).status_code == 409
        assert value(row, field) == before


def test_an_old_form_of_a_tag_erases_neither_description_nor_spelling(by_boss, by_other):
    tag = Tag.objects.for_names(["Ferries"])[0]
    url = address(tag)
    old = form_of(by_boss.get(url))
    by_other.post(url, form_of(by_other.get(url)) | {"description": "Boats for cars.", "also_written": "car ferry"})
    assert by_boss.post(url, old | {"name": "Car ferries"}).status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.description) == ("Car ferries", "Boats for cars.")
    assert {alias.name for alias in tag.aliases.all()} == {"car ferry", "Ferries"}


@pytest.mark.slow
def test_both_add_a_spelling_and_both_stay(by_boss, by_other):
    tag = Tag.objects.for_names(["Ferries"])[0]
    url = address(tag)
    saved(by_boss, url, {"name": "Ferries", "slug": "ferries", "description": "", "also_written": "a boat\nthe lake"})
    old = form_of(by_boss.get(url))
    by_other.post(url, form_of(by_other.get(url)) | {"also_written": "a big boat\na boat\nthe lake"})
    assert by_boss.post(url, old | {"also_written": "a boat\nthe lake\nthe river"}).status_code == 302
    assert {alias.name for alias in tag.aliases.all()} == {"a big boat", "a boat", "the lake", "the river"}


@pytest.mark.slow
def test_another_tab_of_ones_own_is_said(by_boss):
    url = address(make.subject())
    first, second = form_of(by_boss.get(url)), form_of(by_boss.get(url))
    by_boss.post(url, first | {"name": "Morning Ferry"})
    refused = by_boss.post(url, second | {"name": "Evening Ferry"})
    assert "You changed this meanwhile, in another tab" in text(refused)


@pytest.mark.slow
def test_whoever_changed_it_before_the_form_was_opened_is_not_named(by_boss, by_other):
    subject = make.subject()
    url = address(subject)
    with time_machine.travel(timezone.now() - dt.timedelta(days=1)):
        by_other.force_login(User.objects.get(username="other"))
        by_other.post(url, form_of(by_other.get(url)) | {"year": "2001"})
    old = form_of(by_boss.get(url))
    Subject.objects.filter(pk=subject.pk).update(name="By a command")
    refused = by_boss.post(url, old | {"name": "By hand"})
    assert refused.status_code == 409
    assert "Somebody else changed this meanwhile" in text(refused)
    assert "other changed" not in text(refused)


def test_two_who_give_roles_both_give_them(by_boss, by_other):
    user = make.writer()
    url = address(user)
    old = form_of(by_boss.get(url))
    pk = {group.name: str(group.pk) for group in Group.objects.all()}
    by_other.post(url, form_of(by_other.get(url)) | {"groups": [pk["Writers"], pk["Editors"]]})
    assert by_boss.post(url, old | {"groups": [pk["Writers"], pk["Admins"]]}).status_code == 302
    assert set(user.groups.values_list("name", flat=True)) == {"Writers", "Editors", "Admins"}


@pytest.mark.slow
def test_of_two_files_neither_replaces_the_other_unseen(by_boss, by_other):
    def file(number: int) -> SimpleUploadedFile:
        return SimpleUploadedFile(f"number-{number}.jpg", make.image_bytes(number=number))

    picture = make.picture()
    url = address(picture)
    old = form_of(by_boss.get(url))
    by_other.post(url, form_of(by_other.get(url)) | {"upload": file(5)})
    theirs = Picture.objects.get().file
    refused = by_boss.post(url, old | {"upload": file(6)})
    assert refused.status_code == 409
    assert Picture.objects.get().file == theirs
    assert "number-6.jpg" in text(refused)
    again = form_of(refused)
    assert again["kept"], "the file need not be chosen again"
    assert by_boss.post(url, again).status_code == 302
    assert Picture.objects.get().file != theirs


@pytest.mark.slow
def test_the_names_of_what_was_chosen_are_shown(by_boss, by_other):
    url = address(make.subject())
    old = form_of(by_boss.get(url))
    by_other.post(url, form_of(by_other.get(url)) | {"kind": "film"})
    shown = text(by_boss.post(url, old | {"kind": "band"}))
    assert "Kind Saved version Film Your version Band" in shown


@pytest.mark.slow
def test_the_dialog_of_pictures_keeps_both_too(by_boss, by_other):
    picture = make.picture()
    url = reverse("admin:articles_picture_choose_one", args=[picture.public_id])
    page = address(picture)
    words = form_of(by_boss.get(page))
    by_other.post(page, form_of(by_other.get(page)) | {"alt": "A boat at dusk"})
    refused = by_boss.post(url, words | {"alt": "One lamp"}, headers={"Accept": "application/json"})
    assert refused.status_code == 409
    assert all(part in refused.json()["html"] for part in ("A boat at dusk", "One lamp"))
    merged = by_boss.post(url, words | {"credit": "Mina"}, headers={"Accept": "application/json"})
    assert "other" in merged.json()["note"]
    picture.refresh_from_db()
    assert (picture.alt, picture.credit) == ("A boat at dusk", "Mina")
