"""The folder of an export, kept under version control and exported into again and again."""

import json
import threading
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from articles import drafts, transfer
from articles.models import Article, Picture, Subject
from articles.models.snapshot import snapshot
from tests import make


@pytest.fixture
def folder(db: None, tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_an_article_is_a_folder_that_reads_well(folder: Path):
    make.live(title="3 facts about 한국", slug="3-facts-about-한국")
    transfer.export_site(folder)
    (article,) = (folder / "articles").iterdir()
    assert article.name == "3-facts-about-한국"
    assert {path.name for path in article.iterdir()} == {
        *("article.md", "article.json", "comments.json", "decisions.json", "history.json", "editions", "revisions"),
    }
    assert (article / "article.md").read_text().startswith('+++\nfanguide = 1\ntitle = "3 facts about 한국"\n')
    assert "한국" in (article / "revisions" / "0001.json").read_text()


def test_exporting_again_rewrites_what_changed_and_removes_what_is_gone(folder: Path):
    stays, goes = make.article(title="Stays"), make.article(title="Goes")
    picture = make.picture()
    transfer.export_site(folder)
    written = (folder / "articles/stays/article.md").stat().st_mtime_ns
    for name in (".git/HEAD", "articles/stays/notes.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("mine")
    drafts.delete(goes, by=goes.owner)
    Picture.objects.filter(pk=picture.pk).delete()
    transfer.export_site(folder)
    assert not (folder / "articles/goes").exists()
    assert not list((folder / "pictures").glob("*"))
    assert (folder / ".git/HEAD").read_text() == (folder / "articles/stays/notes.txt").read_text() == "mine"
    assert (folder / "articles/stays/article.md").stat().st_mtime_ns == written
    assert stays.title in (folder / "articles/stays/article.md").read_text()


def test_a_folder_with_other_things_is_left_alone(folder: Path):
    folder.mkdir()
    (folder / "thesis.txt").write_text("Years of work")
    with pytest.raises(transfer.TransferError, match=r"holds other things \(thesis.txt\)"):
        transfer.export_site(folder)
    assert [path.name for path in folder.iterdir()] == ["thesis.txt"]


def test_an_export_that_was_interrupted_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch):
    make.article()
    with monkeypatch.context() as broken:
        broken.setattr(drafts, "document_of", lambda _article: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            transfer.export_site(folder)
    Article.objects.all().delete()
    with pytest.raises(transfer.TransferError, match="was not finished"):
        transfer.import_site(folder)
    transfer.export_site(folder)  # done again it is whole


def test_a_missing_picture_file_is_told_and_stops_nothing(folder: Path):
    default_storage.delete(make.picture().file)
    told = transfer.export_site(folder)
    assert ["is missing" in warning for warning in told.warnings] == [True]
    assert json.loads((folder / "pictures.json").read_text())["files"] == []


def test_drafts_with_one_address_get_folders_of_their_own(folder: Path):
    for _ in range(3):
        make.article(title="Same", cards=0, faqs=0)
    make.article(title="🔥🔥", cards=0, faqs=0)
    make.article(title="…", slug="", cards=0, faqs=0)
    make.article(title="가" * 100, cards=0, faqs=0)
    transfer.export_site(folder)
    names = {path.name for path in (folder / "articles").iterdir()}
    assert {"same", "same-2", "same-3", "fire-fire", "article", "가" * 60} == names


@pytest.mark.django_db(transaction=True)
def test_people_go_on_writing_while_a_site_is_exported():
    """What they write meanwhile is not in it, and they do not wait."""

    def write() -> None:
        make.subject(name="Meanwhile")
        connection.close()

    make.subject(name="Before")
    with snapshot():
        seen = Subject.objects.count()
        thread = threading.Thread(target=write)
        thread.start()
        thread.join(timeout=15)
        assert not thread.is_alive()
        assert Subject.objects.count() == seen
    assert Subject.objects.count() == seen + 1
