"""Subjects, tags and authors: names, other spellings, addresses, and deleting what is used."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.desk.admin import reference
from articles.desk.admin.tags import TagAdmin
from articles.models import Address, Author, Subject, Tag, TagAlias, TaggedCard
from tests import make
from tests.desk.pages import saved

pytestmark = pytest.mark.django_db


def tag(name: str = "Ferries") -> Tag:
    return Tag.objects.for_names([name])[0]


def page(model: str, act: str, *args: Any) -> str:
    return reverse(f"admin:articles_{model}_{act}", args=args)


def save_tag(client: Client, row: Tag | None = None, **fields: str):
    values = {"name": row.name if row else "", "slug": row.slug if row else "", "description": "", "also_written": ""}
    url = page("tag", "change", row.pk) if row else page("tag", "add")
    return saved(client, url, values | fields)


def errors(answer) -> dict[str, Any]:
    return answer.context["adminform"].form.errors


# --- tags -------------------------------------------------------------------------------------------------------------


def test_a_tag_takes_other_spellings_one_on_a_line(by_editor):
    assert (
        save_tag(by_editor, name="K-Drama", also_written="한국 드라마\r\nkorean drama\r\n\r\nKorean  Drama").status_code
        == 302
    )
    made = Tag.objects.by_names(["한국드라마", "KOREAN-DRAMA", "k drama"])
    assert {row.name for row in made.values()} == {"K-Drama"}
    assert len(made) == 3
    shown = by_editor.get(page("tag", "change", Tag.objects.get().pk)).content.decode()
    assert "korean drama\n한국 드라마</textarea>" in shown


def test_another_spelling_of_a_tag_is_told_at_the_name(by_editor):
    tag("K-Drama")
    answer = save_tag(by_editor, name="k drama")
    assert answer.status_code == 200
    assert errors(answer)["name"] == ["This is another spelling of “K-Drama”."]


def test_a_spelling_that_means_another_tag_is_told_at_the_field(by_editor):
    other = tag("Boats")
    TagAlias.objects.create(tag=other, name="Ships")
    answer = save_tag(by_editor, tag("Ferries"), also_written="ships\nB-O-A-T-S\nvessels")
    assert errors(answer)["also_written"] == [
        "“B-O-A-T-S” already means the tag “Boats”.",
        "“ships” already means the tag “Boats”.",
    ]
    assert not TagAlias.objects.filter(name="vessels").exists()


def test_a_spelling_can_be_taken_away_again(by_editor):
    row = tag()
    save_tag(by_editor, row, also_written="ships\nvessels")
    save_tag(by_editor, row, also_written="vessels")
    assert [alias.name for alias in row.aliases.all()] == ["vessels"]


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "x" * 101, "㍿" * 40])
def test_a_name_in_which_there_is_nothing_or_too_much_is_refused_at_the_field(by_editor, name):
    assert "name" in errors(save_tag(by_editor, name=name))


@pytest.mark.slow
def test_too_many_or_too_long_spellings_are_refused_at_the_field(by_editor):
    many = "\n".join(f"name {number}" for number in range(51))
    assert errors(save_tag(by_editor, tag(), also_written=many))["also_written"] == ["Use at most 50 lines."]
    assert "also_written" in errors(save_tag(by_editor, tag(), also_written="x" * 101))
    assert "also_written" in errors(save_tag(by_editor, tag(), also_written="㍿" * 40))


def test_a_renamed_tag_keeps_its_old_name_and_its_old_address(by_editor):
    row = tag("Ferries")
    assert save_tag(by_editor, row, name="Night Boats", slug="").status_code == 302
    row = Tag.objects.get(pk=row.pk)
    assert (row.name, row.slug) == ("Night Boats", "night-boats")
    assert [alias.name for alias in row.aliases.all()] == ["Ferries"]
    assert Tag.objects.for_names(["ferries"]) == [row]
    assert set(Address.objects.filter(tag=row).values_list("slug", flat=True)) == {"ferries", "night-boats"}


def test_renaming_to_one_of_its_own_spellings_swaps_the_two(by_editor):
    row = tag("Ferries")
    save_tag(by_editor, row, also_written="Boats")
    assert save_tag(by_editor, row, name="Boats", also_written="Boats").status_code == 302
    row.refresh_from_db()
    assert row.name == "Boats"
    assert [alias.name for alias in row.aliases.all()] == ["Ferries"]


def test_another_capital_letter_makes_no_spelling(by_editor):
    row = tag("ferries")
    save_tag(by_editor, row, name="Ferries")
    assert not row.aliases.exists()


def test_an_address_of_another_tag_now_or_formerly_gets_a_number_and_that_is_said(by_editor):
    save_tag(by_editor, tag("Ferries"), name="Boats", slug="boats")
    save_tag(by_editor, name="Ships", slug="ferries")
    ships = Tag.objects.get(name="Ships")
    assert ships.slug == "ferries-2"
    listed = by_editor.get(page("tag", "changelist")).content.decode()
    assert "The address “ferries” is taken: this one is “ferries-2”." in listed
    save_tag(by_editor, ships, description="Again.")
    assert "is taken" not in by_editor.get(page("tag", "changelist")).content.decode(), "it is said once"


@pytest.mark.parametrize(("name", "slug"), [("C++", "c-plus-plus"), ("주지훈", "주지훈"), ("🔥", "fire")])
def test_a_tag_of_any_script_gets_an_address(by_editor, name, slug):
    save_tag(by_editor, name=name)
    assert Tag.objects.get().slug == slug


def test_changes_are_in_the_history_with_the_person(sign_in):
    user, row = make.editor(), tag()
    save_tag(sign_in(user), row, also_written="ships")
    line = LogEntry.objects.get()
    assert (line.user, line.object_id, line.get_change_message()) == (user, str(row.pk), "Changed Also written.")


def test_the_list_counts_articles_and_facts_in_a_fixed_number_of_queries(by_editor, django_assert_num_queries):
    fixed = 6  # session, account, rights, count, rows, spellings

    def row_of(name: str) -> Tag:
        listed = by_editor.get(page("tag", "changelist")).context["cl"].result_list
        return next(row for row in listed if row.name == name)

    make.article(tags=("Ferries",), cards=(make.card(tags=("Ferries",)), make.card(tags=("Ferries",))))
    make.article(tags=("Ferries",))
    found = row_of("Ferries")
    assert (found.article_count, found.fact_count) == (2, 2)
    with django_assert_num_queries(fixed):
        by_editor.get(page("tag", "changelist"))
    make.article(cards=tuple(make.card(tags=(f"Tag {number}",)) for number in range(20)))
    with django_assert_num_queries(fixed):
        by_editor.get(page("tag", "changelist"))


@pytest.mark.parametrize("model", ["tag", "subject", "author"])
def test_a_list_of_several_pages_counts_for_the_rows_of_its_page_alone(by_editor, monkeypatch, model: str):
    """Some databases count for each row before they take the first fifty."""
    monkeypatch.setattr(reference.ReferenceAdmin, "list_per_page", 1)
    make.article(tags=("Ferries", "Lamps"))
    make.subject(name="Day Ferry")
    make.author(name="Another")
    with CaptureQueriesContext(connection) as queries:
        by_editor.get(page(model, "changelist"))
    counting = [each["sql"] for each in queries if "article_count" in each["sql"]]
    assert len(counting) == 1
    assert f'"articles_{model}"."id" IN (' in counting[0]


@pytest.mark.parametrize("on_a_page", [1, 50])
def test_the_list_can_be_sorted_by_a_number(by_editor, monkeypatch, on_a_page: int):
    monkeypatch.setattr(reference.ReferenceAdmin, "list_per_page", on_a_page)
    make.article(tags=("Ferries", "Lamps"))
    make.article(tags=("Lamps",))
    tag("Orphan")
    listed = by_editor.get(page("tag", "changelist") + "?o=-2").context["cl"].result_list
    assert [row.name for row in listed] == ["Lamps", "Ferries", "Orphan"][:on_a_page]


def test_the_list_can_be_narrowed_to_tags_that_nothing_uses(by_editor):
    make.article(tags=("Ferries",))
    tag("Orphan")
    listed = by_editor.get(page("tag", "changelist") + "?use=unused").context["cl"].result_list
    assert [row.name for row in listed] == ["Orphan"]


def test_a_tag_is_found_by_any_of_its_spellings(by_editor):
    save_tag(by_editor, name="K-Drama", also_written="한국 드라마")
    listed = by_editor.get(page("tag", "changelist") + "?q=드라마").context["cl"].result_list
    assert [row.name for row in listed] == ["K-Drama"]


def test_a_writer_sees_a_tag_and_its_spellings_and_changes_nothing(by_writer):
    row = tag()
    TagAlias.objects.create(tag=row, name="ships")
    assert "ships" in by_writer.get(page("tag", "change", row.pk)).content.decode()
    assert save_tag(by_writer, row, name="Mine").status_code == 403
    row.refresh_from_db()
    assert row.name == "Ferries"


# --- subjects and authors ---------------------------------------------------------------------------------------------

SUBJECT = {"name": "Night Ferry", "original_language": "ko", "kind": "drama", "palette": "teal", "slug": ""}


def test_a_subjects_other_names_are_lines(by_editor):
    answer = by_editor.post(page("subject", "add"), SUBJECT | {"also_named": "밤배\r\n\r\n 밤배 \r\nThe Ferry"})
    assert answer.status_code == 302
    row = Subject.objects.get()
    assert row.other_names == ["밤배", "The Ferry"]
    assert "밤배\nThe Ferry</textarea>" in by_editor.get(page("subject", "change", row.pk)).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("original_language", "Korean!"),
        ("year", "-1"),
        ("year", "99999"),
        ("episodes", "many"),
        ("kind", "opera"),
        ("palette", "#ff0000"),
        ("also_named", "x" * 201),
        ("slug", "!!!"),
    ],
)
def test_a_wrong_value_of_a_subject_is_told_at_its_field(by_editor, field, value):
    answer = by_editor.post(page("subject", "add"), SUBJECT | {field: value})
    assert answer.status_code == 200
    assert field in errors(answer)
    assert not Subject.objects.exists()


def test_a_byline_may_name_the_account_behind_it_and_only_one_may(by_admin):
    user = make.writer()
    by_admin.post(page("author", "add"), {"name": "Mina Park", "user": user.pk})
    assert Author.objects.get().user == user
    assert "user" in errors(by_admin.post(page("author", "add"), {"name": "Juno Lee", "user": user.pk}))


def test_the_choices_of_a_portrait_are_the_newest_pictures_and_the_own_one(by_admin, monkeypatch):
    monkeypatch.setattr(reference, "MOST_PICTURES", 2)
    row = make.author(picture=make.picture(title="Portrait"))
    make.picture(title="Too old")
    for number in range(2):
        make.picture(title=f"New {number}")
    html = by_admin.get(page("author", "change", row.pk)).content.decode()
    assert all(title in html for title in ("Portrait", "New 0", "New 1"))
    assert "Too old" not in html


def test_the_autocomplete_of_pictures_is_for_those_who_may_see_pictures(by_admin, sign_in):
    make.picture(title="Ferry at night")
    query = {"app_label": "articles", "model_name": "author", "field_name": "picture", "term": "night"}
    assert by_admin.get(reverse("admin:autocomplete"), query).json()["results"][0]["text"] == "Ferry at night"
    nobody = make.writer()
    nobody.groups.clear()
    assert sign_in(nobody).get(reverse("admin:autocomplete"), query).status_code == 403


# --- deleting ---------------------------------------------------------------------------------------------------------


def test_what_nothing_uses_is_deleted_after_a_question(by_admin):
    for model, row in (("tag", tag()), ("subject", make.subject()), ("author", make.author())):
        url = page(model, "delete", row.pk)
        assert "Nothing uses it" in by_admin.get(url).content.decode()
        assert type(row).objects.filter(pk=row.pk).exists(), "GET only asks"
        assert by_admin.post(url, {"post": "yes"}).status_code == 302
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", ["tag", "subject", "author"])
@pytest.mark.parametrize("made", [make.article, make.edition])
def test_what_is_used_is_not_deleted_and_the_page_says_where(by_admin, model, made):
    found = made(title="On board", tags=("Ferries",))
    row = {"tag": Tag, "subject": Subject, "author": Author}[model].objects.get()
    if made is make.edition:
        article = found.article
        article.tagged.all().delete()
        article.bylines.all().delete()
        article.subject = None
        article.save()
    url = page(model, "delete", row.pk)
    for answer in (by_admin.get(url), by_admin.post(url, {"post": "yes"})):
        assert answer.status_code == 200
        assert "cannot be deleted while it is used" in answer.content.decode()
        assert "The article “On board”" in answer.content.decode()
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_tag_of_a_single_card_counts_as_used(by_editor):
    make.article(tags=(), cards=(make.card(tags=("Ferries",)),))
    by_editor.post(page("tag", "delete", tag().pk), {"post": "yes"})
    assert Tag.objects.filter(name="Ferries").exists()


def test_all_editions_are_looked_through_for_a_tag_only_where_no_row_tells_of_it(by_editor):
    make.live(tags=("Ferries",))
    with CaptureQueriesContext(connection) as queries:
        html = by_editor.get(page("tag", "delete", tag().pk)).content.decode()
    assert "The article “" in html
    assert not [each["sql"] for each in queries if "parts" in each["sql"]]
    edition = make.edition(tags=(), cards=(make.card(tags=("Lamps",), spoiler_after=3, safe_heading="A lamp"),))
    TaggedCard.objects.all().delete()  # the writer took it away again, and readers still have it
    html = by_editor.get(page("tag", "delete", tag("Lamps").pk)).content.decode()
    assert f"The article “{edition.article.title}”" in html


def test_use_that_begins_while_the_question_is_open_is_a_sentence_and_no_crash(by_editor, monkeypatch):
    row = tag()

    def refuse(*_args: Any) -> None:
        raise ProtectedError("used", set())

    monkeypatch.setattr(TagAdmin, "delete_model", refuse)
    answer = by_editor.post(page("tag", "delete", row.pk), {"post": "yes"}, follow=True)
    assert answer.status_code == 200
    assert "Somebody has just begun to use this" in answer.content.decode()


@pytest.mark.slow
def test_the_places_of_use_are_few_queries_and_few_lines_however_many_there_are(
    by_editor, django_assert_max_num_queries
):
    for number in range(25):
        make.article(title=f"List {number}", tags=("Ferries",))
    with django_assert_max_num_queries(12):
        html = by_editor.get(page("tag", "delete", tag().pk)).content.decode()
    assert html.count("The article “") == 20
    assert "5 more articles" in html
