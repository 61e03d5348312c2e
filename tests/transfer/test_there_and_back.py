"""A site exported and imported into an empty database is the same site."""

import json
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from articles import drafts, transfer
from articles.models import Article, Author, Edition, History, Picture, PublishedFact, Subject, Tag
from tests.transfer import site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_public_address_answers_the_same_bytes(exported: Path, settings, tmp_path: Path):
    """Now, and after everything that waits has happened."""
    moments = (site.NOW, site.LATER)
    before = [site.answers(at) for at in moments]
    keys = set(Article.objects.values_list("pk", flat=True))
    site.empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    assert site.answers(site.NOW) != before[0]
    transfer.import_site(exported)
    assert not keys & set(Article.objects.values_list("pk", flat=True)), "equal keys would hide what depends on them"
    for at, old in zip(moments, before, strict=True):
        new = site.answers(at)
        assert new.keys() == old.keys()
        assert {path for path in old if old[path] != new[path]} == set()
        assert {200, 301, 404, 410} <= {status for status, _location, _body in old.values()}


def test_a_second_export_has_equal_bytes(emptied: Path, tmp_path: Path):
    transfer.import_site(emptied)
    transfer.export_site(tmp_path / "again")
    first, second = files(emptied), files(tmp_path / "again")
    assert first.keys() == second.keys()
    assert {name for name in first if first[name] != second[name]} == set()


def test_every_working_copy_stands_as_it_stood(exported: Path, settings, tmp_path: Path):
    def articles() -> list[object]:
        rows = Article.objects.order_by("pk")
        return [
            (drafts.document_of(row), row.effective_status, row.change, row.owner.username, row.changed_at)
            for row in rows
        ]

    before = articles()
    site.empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    transfer.import_site(exported)
    assert articles() == before


def test_rows_keep_the_order_in_which_they_were_made(exported: Path, settings, tmp_path: Path):
    """Lists of equal age are told apart by it."""
    names = {
        Subject: "slug",
        Author: "slug",
        Tag: "key",
        Picture: "public_id",
        Article: "title",
        Edition: "visible_from",
    }
    names[PublishedFact] = "public_id"

    def orders() -> list[list[object]]:
        return [list(model.objects.order_by("pk").values_list(name, flat=True)) for model, name in names.items()]

    before = orders()
    site.empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    transfer.import_site(exported)
    assert orders() == before


def test_pictures_come_with_the_files_that_live_articles_still_show(emptied: Path):
    told = transfer.import_site(emptied)
    assert (told.pictures, told.warnings) == (3, [])
    assert len({row.file for row in Picture.objects.all()}) == 3
    shown = {picture["file"] for edition in Edition.objects.versions() for picture in _pictures_of(edition)}
    assert len(shown - {row.file for row in Picture.objects.all()}) == 1, "the file that was replaced"
    assert all(default_storage.exists(name) for name in shown)


def _pictures_of(edition: Edition) -> list[dict[str, str]]:
    assert edition.revision
    pictures: list[dict[str, str]] = edition.revision.content.get("pictures", [])
    return pictures


def test_people_come_as_names_with_their_roles_and_without_a_password(emptied: Path):
    transfer.import_site(emptied)
    mina, shut_out = User.objects.get(username="mina"), User.objects.get(username="shut-out")
    assert mina.get_full_name() == "미나 Park"
    assert mina.has_perm("articles.submit_article")
    assert not mina.has_perm("articles.publish_article")
    assert (mina.has_usable_password(), mina.email, shut_out.is_active) == (False, "", False)
    assert b"@example.org" not in b"".join(files(emptied).values())


def test_the_history_names_the_editions_and_remarks_of_the_new_database(emptied: Path):
    transfer.import_site(emptied)
    for line in History.objects.filter(act="publish"):
        assert Edition.objects.get(pk=line.details["edition"]).article == line.article
    for line in History.objects.filter(act="comment"):
        assert line.article is not None
        assert line.article.comments.filter(pk=line.details["comment"]).exists()
    cancelled = Article.objects.get(title="Cancelled")
    assert [line.details["edition"] for line in cancelled.history.filter(act="schedule")] == [None]


def test_no_primary_key_stands_in_any_file(exported: Path):
    """A field that is named like a key, or an edition of the history that is named by one."""
    for name, data in files(exported).items():
        if name.endswith(".json"):
            keys = {key for key in _keys(json.loads(data)) if key in {"pk", "id"} or key.endswith("_id")}
            assert keys <= {"id", "public_id"}, name
    for path in exported.glob("articles/*/history.json"):
        for line in json.loads(path.read_text()):
            assert not isinstance(line.get("details", {}).get("edition"), int)


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return {*value, *(key for item in value.values() for key in _keys(item))}
    return {key for item in value for key in _keys(item)} if isinstance(value, list) else set()
