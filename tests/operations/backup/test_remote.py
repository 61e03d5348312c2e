"""Backups in an S3-like store: there and back, encrypted, in bounded memory, and what a fault leaves there."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from articles import operations
from articles.models import Article, Edition, Tag
from articles.operations.backup import database, making, media, restoring
from articles.operations.backup.writing import SUMS
from articles.operations.doctor import machine
from articles.operations.errors import OperationError
from fanguide import backup_store
from tests import make
from tests.test_storage import dead, moto  # noqa: F401  -- a fixture

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.filterwarnings("default"),  # of moto's own server
]


@pytest.fixture
def bucket(moto: str, settings, tmp_path: Path) -> Iterator[Any]:  # noqa: F811
    settings.DATA = tmp_path / "data"
    settings.S3_BUCKET, settings.S3_ENDPOINT, settings.S3_BY_PATH, settings.S3_REGION = "", moto, True, "eu-west-1"
    settings.S3_KEY, settings.S3_SECRET = "a-key", "a-secret"
    store = backup_store.BackupStore(f"backups-{uuid.uuid4().hex}")
    region = {"LocationConstraint": settings.S3_REGION}
    store.client.create_bucket(Bucket=store.bucket, CreateBucketConfiguration=region)
    yield store
    for key in keys(store):
        store.client.delete_object(Bucket=store.bucket, Key=key)


@pytest.fixture
def site() -> Article:
    picture = make.picture(size=(400, 300))
    card = make.card(body=picture.markdown, tags=("Ferries",))
    return make.live(slug="the-ferry", title="The ferry", cover=picture.public_id, cards=(card,))


def keys(store: backup_store.BackupStore) -> list[str]:
    found = store.client.list_objects_v2(Bucket=store.bucket).get("Contents", ())
    return [each["Key"] for each in found]


def unfinished(store: backup_store.BackupStore) -> list[str]:
    found = store.client.list_multipart_uploads(Bucket=store.bucket).get("Uploads", ())
    return [each["Key"] for each in found]


def spoil(settings) -> None:
    Edition.objects.all().delete()
    Tag.objects.create(name="Nobody asked for it")
    shutil.rmtree(settings.MEDIA_ROOT)


def test_a_site_comes_back_out_of_a_bucket(site: Article, bucket, settings, capsys):
    page = Client().get("/articles/the-ferry/").content
    call_command("backup", f"s3://{bucket.bucket}/nightly")
    assert re.search(rf"s3://{bucket.bucket}/nightly/fanguide-\S+\.tar: database", capsys.readouterr().out)
    [key] = keys(bucket)
    assert unfinished(bucket) == []
    assert list((settings.DATA / "x").parent.glob("maintenance-work")) == []
    spoil(settings)
    call_command("restore", f"s3://{bucket.bucket}/{key}", replace=True)
    assert re.search(r"Restored: .* [1-9]\d* public addresses answer as they did then\.", capsys.readouterr().out)
    assert Client().get("/articles/the-ferry/").content == page
    assert not Tag.objects.filter(name="Nobody asked for it")


def test_of_a_prefix_the_newest_comes_back(site: Article, bucket, settings):
    where = f"s3://{bucket.bucket}/nightly/"
    making.make_backup(where, with_proof=False)
    Tag.objects.create(name="Of the second night")
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=2)):
        making.make_backup(where, with_proof=False)
    bucket.client.put_object(Bucket=bucket.bucket, Key="nightly/notes.txt", Body=b"of somebody else")
    spoil(settings)
    restoring.restore_backup(where, replace=True)
    assert Tag.objects.filter(name="Of the second night").exists()
    with pytest.raises(OperationError, match="There is no backup below"):
        restoring.restore_backup(f"s3://{bucket.bucket}/monthly/", replace=True)


@pytest.mark.skipif(not shutil.which("age"), reason="NOT TRIED: age is not installed")
def test_an_encrypted_backup_tells_the_store_nothing(site: Article, bucket, settings, tmp_path: Path):
    identity = tmp_path / "key"
    done = subprocess.run(["age-keygen", "-o", identity], check=True, capture_output=True, text=True)
    recipient = re.search(r"age1\w+", done.stderr)
    assert recipient
    made = making.make_backup(f"s3://{bucket.bucket}/nightly", recipient=recipient[0])
    [key] = keys(bucket)
    assert key.endswith(".tar.age")
    data = bucket.client.get_object(Bucket=bucket.bucket, Key=key)["Body"].read()
    assert b"The ferry" not in data
    assert b"manifest" not in data
    spoil(settings)
    done_again = restoring.restore_backup(str(made.where), replace=True, identity=identity)
    assert done_again.compared == made.pages > 10


def test_it_is_written_and_read_in_parts_no_larger_than_said(site: Article, bucket, settings, monkeypatch):
    """A store wants parts of 5 MB at least: the picture is one that needs three of them."""
    monkeypatch.setattr(backup_store, "PART", 5 << 20)
    monkeypatch.setattr(backup_store, "PIECE", 1 << 20)
    name = media.default_storage.save("pictures/large.jpg", media.ContentFile(bytes(12 << 20)))
    sent, got = list[int](), list[int]()
    plain_send, plain_piece = backup_store.Upload._send, backup_store.BackupStore._piece

    def send(self: Any) -> None:
        sent.append(len(self._waiting))
        plain_send(self)

    def piece(self: Any, *values: Any) -> bytes:
        data = plain_piece(self, *values)
        got.append(len(data))
        return data

    monkeypatch.setattr(backup_store.Upload, "_send", send)
    monkeypatch.setattr(backup_store.BackupStore, "_piece", piece)
    made = making.make_backup(f"s3://{bucket.bucket}/one.tar", with_proof=False)
    assert len(sent) > 2
    assert max(sent) < (5 << 20) + (1 << 17)
    spoil(settings)
    restoring.restore_backup(str(made.where), replace=True)
    assert max(got) == 1 << 20
    assert sum(got) == sum(sent)
    assert media.default_storage.size(name) == 12 << 20


# --- faults -----------------------------------------------------------------------------------------------------------


def test_a_backup_is_never_written_over_and_has_the_name_that_says_what_it_is(site: Article, bucket):
    where = f"s3://{bucket.bucket}/one.tar"
    making.make_backup(where, with_proof=False)
    with pytest.raises(OperationError, match="never written over"):
        making.make_backup(where, with_proof=False)
    with pytest.raises(OperationError, match="say --encrypt-to"):
        making.make_backup(f"{where}.gpg", with_proof=False)
    with pytest.raises(CommandError, match="write s3://bucket/prefix"):
        call_command("backup", "s3:///nightly")
    with pytest.raises(CommandError, match="Say where the backup goes"):
        call_command("backup")


def test_a_failure_in_the_middle_leaves_nothing_there(site: Article, bucket, settings, monkeypatch):
    def broken(_self: Any) -> None:
        raise OSError("the store of backups says: no more room")

    with monkeypatch.context() as patch:
        patch.setattr(backup_store.Upload, "_send", broken)
        with pytest.raises(OperationError, match="no more room"):
            making.make_backup(f"s3://{bucket.bucket}/one.tar", with_proof=False)
    with monkeypatch.context() as patch:
        patch.setattr(making.Manifest, "of_this_site", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            making.make_backup(f"s3://{bucket.bucket}/one.tar", with_proof=False)
    assert (keys(bucket), unfinished(bucket)) == ([], [])
    assert operations.last_backup() is None


def test_what_a_killed_backup_has_left_is_cleared_away_by_the_next(site: Article, bucket, monkeypatch):
    bucket.upload("nightly/fanguide-old.tar")
    assert unfinished(bucket) == ["nightly/fanguide-old.tar"]
    with monkeypatch.context() as patch:  # moto says of each that it was begun in 2010
        patch.setattr(backup_store, "UNFINISHED", dt.timedelta(days=40_000))
        making.make_backup(f"s3://{bucket.bucket}/nightly", with_proof=False)
    assert len(unfinished(bucket)) == 1, "another machine may be at it"
    making.make_backup(f"s3://{bucket.bucket}/nightly/two.tar", with_proof=False)
    assert unfinished(bucket) == []


@pytest.mark.parametrize("change", ["torn", "flipped"])
def test_what_was_changed_there_is_refused(site: Article, bucket, settings, change: str):
    made = making.make_backup(f"s3://{bucket.bucket}/one.tar", with_proof=False)
    data = bytearray(bucket.client.get_object(Bucket=bucket.bucket, Key="one.tar")["Body"].read())
    if change == "flipped":
        data[len(data) // 2] ^= 1  # within the database
    bucket.client.put_object(
        Bucket=bucket.bucket, Key="one.tar", Body=bytes(data[: None if change == "flipped" else -20000])
    )
    spoil(settings)
    with pytest.raises(OperationError, match="digest differs" if change == "flipped" else "no whole backup"):
        restoring.restore_backup(str(made.where), replace=True)
    assert Tag.objects.filter(name="Nobody asked for it")


def test_a_store_that_is_away_is_told_in_a_sentence(site: Article, bucket, settings, monkeypatch):
    settings.S3_ENDPOINT = dead()
    monkeypatch.setattr(backup_store, "TRIES", 1)
    with pytest.raises(CommandError, match=r"cannot be written .*No backup was made"):
        call_command("backup", "s3://backups/nightly")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", "s3://backups/nightly", replace=True)
    settings.BACKUP_TO = "s3://backups/nightly"
    [finding] = machine.backups()
    assert (finding.code, "does not answer" in finding.sentence) == ("backup", True)


def test_a_missing_driver_is_said_with_the_command(settings):
    settings.BACKUP_STORE = "fanguide.nothing_there.Store"
    with pytest.raises(CommandError, match=r"needs boto3 .*pip install"):
        call_command("backup", "s3://backups/nightly")


def test_the_doctor_tells_the_age_of_the_newest_whoever_made_it(site: Article, bucket, settings):
    settings.BACKUP_TO = f"s3://{bucket.bucket}/nightly"
    [finding] = machine.backups()
    assert finding.sentence == "There is no backup yet."
    call_command("backup", no_proof=True)
    (settings.DATA / "last-backup.json").unlink()
    assert list(machine.backups()) == []
    with time_machine.travel(timezone.now() + dt.timedelta(days=3)):
        [finding] = machine.backups()
    assert finding.sentence == "The newest backup is 3 days old."
    browser = Client()
    browser.force_login(make.admin())
    assert keys(bucket)[0] in browser.get("/admin/health/").content.decode()


def test_the_digests_are_in_it(site: Article, bucket, tmp_path: Path):
    making.make_backup(f"s3://{bucket.bucket}/one.tar", with_proof=False)
    bucket.client.download_file(bucket.bucket, "one.tar", str(tmp_path / "one.tar"))
    subprocess.run(["tar", "xf", "one.tar"], cwd=tmp_path, check=True)
    assert database.file_name() in (tmp_path / SUMS).read_text()
    done = subprocess.run(["sha256sum", "--check", "--strict", "--quiet", SUMS], cwd=tmp_path, check=False)
    assert done.returncode == 0
