"""`backup` and `restore` of a site with pictures: what comes back, what is refused, and what nobody can read."""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
import subprocess
import tarfile
import threading
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from articles.models import Article, Edition, Picture, Tag
from articles.operations.backup import database, encryption, making, media, restoring
from articles.operations.backup.manifest import Manifest
from articles.operations.backup.record import last_backup
from articles.operations.backup.writing import SUMS
from articles.operations.errors import OperationError
from tests import make

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_data(settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path / "data"


@pytest.fixture
def site() -> Article:
    picture = make.picture(size=(400, 300))
    card = make.card(body=picture.markdown, tags=("Ferries",))
    return make.live(slug="the-ferry", title="The ferry", cover=picture.public_id, cards=(card,))


def backup(where: Path, **options: Any) -> making.Made:
    return making.make_backup(where, **options)


def files_of_media(settings: Any) -> dict[str, bytes]:
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def spoil(settings: Any) -> None:
    """Another site: nothing is public any more, and the pictures are gone."""
    Edition.objects.all().delete()
    Tag.objects.create(name="Nobody asked for it")
    shutil.rmtree(settings.MEDIA_ROOT)


@pytest.mark.parametrize("name", ["folder", "file.tar"])
def test_a_site_comes_back_as_it_was(site: Article, settings, tmp_path: Path, name: str):
    before, page = files_of_media(settings), Client().get("/articles/the-ferry/").content
    made = backup(tmp_path / name)
    assert made.files == len(before) > 0
    spoil(settings)
    done = restoring.restore_backup(made.where, replace=True)
    assert done.compared == made.pages > 10
    assert Client().get("/articles/the-ferry/").content == page
    assert files_of_media(settings) == before
    assert not Tag.objects.filter(name="Nobody asked for it")
    restoring.restore_backup(made.where, replace=True)  # and again


def test_anybody_can_check_the_digests(site: Article, tmp_path: Path):
    made = backup(tmp_path / "folder")
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=made.where, check=False)
    assert done.returncode == 0


def test_what_readers_see_is_in_the_list_of_addresses(site: Article, tmp_path: Path):
    lines = (backup(tmp_path / "folder").where / "pages.txt").read_text().splitlines()
    asked = {line.split(" ", 2)[2]: line.split(" ", 2)[1] for line in lines}
    fact = Edition.objects.get().facts.get()
    wanted = {"home", "facts", "sitemap"}
    assert {reverse(name) for name in wanted} <= asked.keys()
    assert asked[f"/facts/{fact.public_id}/{fact.slug}/"] == asked["/articles/the-ferry/"] == "200"
    assert any(path.startswith("/sitemap-") for path in asked)


def test_a_site_with_content_is_not_replaced_unless_told(site: Article, tmp_path: Path):
    made = backup(tmp_path / "folder")
    with pytest.raises(OperationError, match=r"This site has content \(\d+ users\)\. .* say --replace"):
        restoring.restore_backup(made.where, replace=False)


def test_an_empty_site_needs_no_word(site: Article, tmp_path: Path):
    made = backup(tmp_path / "folder")
    call_command("flush", interactive=False, verbosity=0)
    assert restoring.restore_backup(made.where, replace=False).compared
    assert Article.objects.get() == site


def test_nobody_is_logged_in_by_a_restore(site: Article, tmp_path: Path):
    client = Client()
    client.force_login(make.editor())
    made = backup(tmp_path / "folder")
    key = Session.objects.get().session_key
    assert key.encode() not in (made.where / database.file_name()).read_bytes()
    restoring.restore_backup(made.where, replace=True)
    assert not Session.objects.exists()


# --- at one instant, while it serves ----------------------------------------------------------------------------------


def test_people_write_meanwhile_and_the_backup_is_of_one_moment(site: Article, settings, tmp_path: Path, monkeypatch):
    """A tag and a picture come while pages are asked: neither waits, and neither is in the database of the backup."""
    of_pages = making.proof.answers
    made_meanwhile: list[str] = []

    def write() -> None:
        try:
            Tag.objects.create(name="Written meanwhile")
            made_meanwhile.append(make.picture(title="Meanwhile").file)
        finally:
            connection.close()

    def asked_while_somebody_writes(at: Any, work: Path) -> Any:
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(10)
        assert made_meanwhile, "The backup makes people wait."
        yield from of_pages(at, work)

    monkeypatch.setattr(making.proof, "answers", asked_while_somebody_writes)
    made = backup(tmp_path / "folder")
    assert Tag.objects.filter(name="Written meanwhile").exists()
    done = restoring.restore_backup(made.where, replace=True)
    assert done.compared == made.pages
    assert not Tag.objects.filter(name="Written meanwhile").exists()
    for picture in Picture.objects.all():
        assert (settings.MEDIA_ROOT / picture.file).is_file()


def test_two_at_once_are_refused(site: Article, tmp_path: Path):
    with making.maintenance_lock(), pytest.raises(OperationError, match="A backup, a restore or"):
        backup(tmp_path / "folder")


def test_a_failure_leaves_nothing(site: Article, tmp_path: Path, monkeypatch):
    def full(_name: str) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(media, "read", full)
    for name in ("folder", "file.tar"):
        with pytest.raises(OperationError, match="cannot be written"):
            backup(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert last_backup() is None


def test_a_backup_has_a_new_name(site: Article, tmp_path: Path):
    """A folder takes one named by the time, the first one too; a file is never written over."""
    (tmp_path / "many").mkdir()
    second = backup(tmp_path / "many")
    assert re.fullmatch(r"fanguide-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ", second.where.name)
    with pytest.raises(OperationError, match="is a backup itself"):
        backup(second.where)
    (tmp_path / "old.tar").write_bytes(b"")
    with pytest.raises(OperationError, match="never written over"):
        backup(tmp_path / "old.tar")
    with pytest.raises(OperationError, match="make it first"):
        backup(tmp_path / "no" / "such" / "folder")
    noted = last_backup()
    assert noted
    assert noted.where == str(second.where)


# --- what is refused --------------------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("name", ["manifest.json", "pages.txt", SUMS, "database", "media"])
@pytest.mark.parametrize("how", [flip, Path.unlink])
def test_a_damaged_backup_changes_nothing(site: Article, settings, tmp_path: Path, name: str, how: Any):
    root = backup(tmp_path / "folder", with_proof=name == "pages.txt").where
    found = {"database": root / database.file_name(), "media": next((root / "media").rglob("*.webp"))}
    how(found.get(name, root / name))
    spoil(settings)
    with pytest.raises(OperationError):
        restoring.restore_backup(root, replace=True)
    assert Tag.objects.filter(name="Nobody asked for it")
    assert not Path(settings.MEDIA_ROOT).exists()


def test_what_nobody_named_is_refused(site: Article, tmp_path: Path):
    root = backup(tmp_path / "folder", with_proof=False).where
    (root / "media" / "more.webp").write_bytes(b"x")
    with pytest.raises(OperationError, match=r"media/more\.webp is not named in SHA256SUMS"):
        restoring.restore_backup(root, replace=True)


def test_a_torn_file_and_one_that_climbs_are_refused(site: Article, tmp_path: Path):
    whole = backup(tmp_path / "file.tar", with_proof=False).where
    torn = tmp_path / "torn.tar"
    torn.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    with pytest.raises(OperationError, match="no whole backup"):
        restoring.restore_backup(torn, replace=True)
    climbing = tmp_path / "climbing.tar"
    with tarfile.open(climbing, "w") as tar:
        tar.addfile(tarfile.TarInfo("../out"))
    with pytest.raises(OperationError, match="not a file of a backup"):
        restoring.restore_backup(climbing, replace=True)
    assert not (tmp_path / "data" / "out").exists()


def changed_manifest(monkeypatch: pytest.MonkeyPatch, **fields: Any) -> None:
    """As another program would have written it."""
    of_this_site = Manifest.of_this_site
    monkeypatch.setattr(Manifest, "of_this_site", lambda *a, **k: dataclasses.replace(of_this_site(*a, **k), **fields))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"program": "99.0"}, "made by a newer program"),
        ({"migrations": [["articles", "9999_later"]]}, r"newer program .*articles\.9999_later"),
        ({"database": "oracle"}, "This backup is of oracle"),
        ({"format": 2}, "has format 2"),
    ],
)
def test_what_this_program_cannot_read_is_refused(site: Article, tmp_path: Path, monkeypatch, fields, sentence):
    changed_manifest(monkeypatch, **fields)
    made = backup(tmp_path / "folder", with_proof=False)
    with pytest.raises(OperationError, match=sentence):
        restoring.restore_backup(made.where, replace=True)


def test_after_an_older_program_the_operator_is_told_to_migrate(site: Article, tmp_path: Path, monkeypatch):
    changed_manifest(monkeypatch, migrations=[["auth", "0001_initial"]])
    done = restoring.restore_backup(backup(tmp_path / "folder").where, replace=True)
    assert not done.compared
    assert "run manage.py migrate" in done.next_steps[0]


def test_a_page_that_answers_otherwise_is_told(site: Article, tmp_path: Path, monkeypatch):
    made = backup(tmp_path / "folder")
    load = database.load

    def load_and_change(path: Path) -> None:
        load(path)
        Edition.objects.update(title="Another ferry")

    monkeypatch.setattr(database, "load", load_and_change)
    with pytest.raises(OperationError, match=r"public addresses do not answer as they did:\n/"):
        restoring.restore_backup(made.where, replace=True)


def test_another_host_and_language_prove_the_same_pages(site: Article, settings, tmp_path: Path):
    made = backup(tmp_path / "folder")
    settings.SITE_URL, settings.SITE_NAME, settings.LANGUAGE_CODE = "https://other.example", "Other", "ko"
    settings.SITE_DESCRIPTION = "Facts about others."
    assert restoring.restore_backup(made.where, replace=True).compared == made.pages


# --- encrypted --------------------------------------------------------------------------------------------------------

with_gpg = pytest.mark.skipif(not shutil.which("gpg"), reason="NOT TRIED: gpg is not installed")
with_age = pytest.mark.skipif(not shutil.which("age"), reason="NOT TRIED: age is not installed")


@pytest.fixture
def gpg_key(tmp_path_factory: pytest.TempPathFactory, monkeypatch):
    home = tmp_path_factory.mktemp("gpg")
    home.chmod(0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    quick = ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "backup@fans.example"]
    subprocess.run(quick, check=True, capture_output=True)
    yield "backup@fans.example"
    subprocess.run(["gpgconf", "--kill", "all"], check=False)


@with_gpg
def test_an_encrypted_backup_tells_nothing_and_comes_back(site: Article, settings, tmp_path: Path, gpg_key: str):
    made = backup(tmp_path / "file.tar.gpg", recipient=gpg_key)
    data = made.where.read_bytes()
    assert b"The ferry" not in data
    assert b"manifest" not in data
    spoil(settings)
    assert restoring.restore_backup(made.where, replace=True).compared == made.pages
    torn = tmp_path / "torn.tar.gpg"
    torn.write_bytes(data[: len(data) // 2])
    with pytest.raises(OperationError, match="torn"):
        restoring.restore_backup(torn, replace=True)


@with_gpg
def test_an_unknown_key_leaves_nothing(site: Article, tmp_path: Path, gpg_key: str):
    with pytest.raises(OperationError, match="gpg could not encrypt"):
        backup(tmp_path / "file.tar.gpg", recipient="nobody@fans.example")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


@with_age
def test_age_encrypts_too(site: Article, tmp_path: Path):
    identity = tmp_path / "key"
    done = subprocess.run(["age-keygen", "-o", identity], check=True, capture_output=True, text=True)
    recipient = re.search(r"age1\w+", done.stderr)
    assert recipient
    made = backup(tmp_path / "file.tar.age", recipient=recipient[0])
    assert b"manifest" not in made.where.read_bytes()
    assert restoring.restore_backup(made.where, replace=True, identity=identity).compared == made.pages


def test_a_missing_program_is_named(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(encryption.shutil, "which", lambda _name: None)
    with pytest.raises(CommandError, match=r"The program gpg is not installed.*apt install gnupg.*No backup was made"):
        call_command("backup", tmp_path / "file.tar.gpg", encrypt_to="somebody")
    with pytest.raises(OperationError, match="The program age is not installed"):
        encryption.Encrypter("age1xyz")


def test_an_encrypted_backup_is_one_file(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(encryption.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(OperationError, match=r"ends with \.tar\.gpg"):
        backup(tmp_path / "folder", recipient="somebody")


def test_the_commands_say_what_they_did(site: Article, tmp_path: Path, capsys):
    call_command("backup", tmp_path / "folder")
    assert re.search(r"database, \d+ media files, digests of \d+ public addresses\.", capsys.readouterr().out)
    manifest = json.loads((tmp_path / "folder" / "manifest.json").read_text())
    assert manifest["database"] == connection.vendor
    assert (tmp_path / "folder").stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="say --replace"):
        call_command("restore", tmp_path / "folder")
    call_command("restore", tmp_path / "folder", replace=True)
    assert re.search(r"Restored: .* \d+ public addresses answer as they did then\.", capsys.readouterr().out)
