"""`doctor` finds each defect that is planted in a clean site, names the remedy, and is silent on the clean one."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import shutil
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.checks import Warning as CheckWarning
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import operations
from articles.models import (
    ClockDecision,
    CountChange,
    CountTotal,
    Edition,
    OldPath,
    OutboxMessage,
    Picture,
    SearchRow,
    Tag,
    schema,
)
from articles.operations import orphans
from articles.operations.backup import working
from articles.operations.backup.record import note_backup
from articles.operations.doctor import database, machine, people
from articles.rights import write_groups
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean_site(settings, tmp_path: Path) -> None:
    """With an admin, an article with a picture, and a backup of today."""
    settings.ROOT_URLCONF = "tests.operations.addresses"
    settings.ALLOWED_HOSTS = ["fans.example"]
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    write_groups()
    make.admin(password="lanterns-at-sea")
    picture = make.picture(size=(400, 300))
    make.live(slug="ferry", cover=picture.public_id, cards=(make.card(body=picture.markdown, tags=("Boats",)),))
    note_backup(timezone.now(), tmp_path / "backup")


def findings() -> list[operations.Finding]:
    return list(operations.examine())


def codes() -> set[str]:
    return {finding.code for finding in findings()}


@pytest.mark.slow
def test_a_clean_site_is_silent():
    assert findings() == []
    out = io.StringIO()
    call_command("doctor", stdout=out)
    assert out.getvalue() == "All well.\n"


# --- defects ----------------------------------------------------------------------------------------------------------


def production(settings: Any) -> None:
    """As settings.py sets it up, but for what the test then spoils."""
    settings.IS_PRODUCTION = True


def of_checks(_settings: Any, patch: pytest.MonkeyPatch) -> None:
    found = [CheckWarning("Something is off.", hint="Put it on.", id="x.W1")]
    patch.setattr(machine, "run_checks", lambda **_options: found)


def no_proxy(settings: Any, _patch: Any) -> None:
    production(settings)
    settings.PROXIES_ARE_SET = False


def no_mail(settings: Any, _patch: Any) -> None:
    production(settings)
    settings.MAIL_IS_SET_UP = False


def no_second_factor(settings: Any, _patch: Any) -> None:
    settings.SECOND_FACTOR = "editors"


def no_site_url(settings: Any, patch: Any) -> None:
    mail_server_down(settings, patch)
    settings.SITE_URL = ""


def mail_server_down(settings: Any, _patch: Any) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.MAILER = {"OPTIONS": {"host": "127.0.0.1", "port": port}}


def no_cache(_settings: Any, patch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> None:
        raise ConnectionError("refused")

    patch.setattr(machine.cache, "set", fail)


def store_is_a_file(settings: Any, _patch: Any) -> None:
    shutil.rmtree(settings.MEDIA_ROOT)
    Path(settings.MEDIA_ROOT).write_text("")


def space(free: int) -> Callable[[Any, pytest.MonkeyPatch], None]:
    def plant(_settings: Any, patch: pytest.MonkeyPatch) -> None:
        usage = shutil.disk_usage("/")
        patch.setattr(machine.shutil, "disk_usage", lambda _path: usage._replace(free=free))

    return plant


def no_pg_dump(_settings: Any, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(machine, "connection", type("Other", (), {"vendor": "postgresql"}))
    patch.setattr(machine.shutil, "which", lambda _name: None)


def no_backup(settings: Any, _patch: Any) -> None:
    (settings.DATA / "last-backup.json").unlink()


def old_backup(settings: Any, _patch: Any) -> None:
    note_backup(timezone.now() - dt.timedelta(days=3), settings.DATA)


def killed(settings: Any, _patch: Any) -> None:
    (settings.DATA / working._WORK).mkdir()


def database_down(_settings: Any, patch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise DatabaseError("gone away")

    patch.setattr(schema, "applied", fail)


def ran(*more: schema.Migration, without: str = "") -> Callable[[Any, pytest.MonkeyPatch], None]:
    def plant(_settings: Any, patch: pytest.MonkeyPatch) -> None:
        done = {each for each in schema.applied() if each[0] != without} | set(more)
        patch.setattr(schema, "applied", lambda: done)

    return plant


class AsSqlite:
    """The connection, for who asks what database it is."""

    vendor = "sqlite"

    def __getattr__(self, name: str) -> Any:
        return getattr(connection, name)


def answering(query: str, *rows: tuple[Any, ...]) -> Callable[[Any, pytest.MonkeyPatch], None]:
    """SQLite answers this to a question about itself: a damaged file cannot be planted inside of a transaction."""

    def plant(_settings: Any, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(database, "connection", AsSqlite())
        answers = {"PRAGMA journal_mode": [("wal",)], "PRAGMA quick_check(1)": [("ok",)]} | {query: list(rows)}
        patch.setattr(database, "_asked", lambda text: answers.get(text, []))

    return plant


def clock_set_back(_settings: Any, _patch: Any) -> None:
    Edition.objects.update(made_at=timezone.now() + dt.timedelta(hours=1))


def of_rows(change: Callable[[], Any]) -> Callable[[Any, Any], None]:
    return lambda _settings, _patch: change()


def many_sessions() -> None:
    over = timezone.now() - dt.timedelta(days=1)
    rows = (Session(session_key=f"{n:032}", session_data="", expire_date=over) for n in range(people.MANY_SESSIONS + 1))
    Session.objects.bulk_create(rows)


def orphan(settings: Any, _patch: Any) -> None:
    path = Path(settings.MEDIA_ROOT) / "pictures" / f"{'a' * 32}.webp"
    path.write_bytes(b"x")
    old = time.time() - orphans.GRACE.total_seconds() - 60
    os.utime(path, (old, old))


def lost_file(settings: Any, _patch: Any) -> None:
    (Path(settings.MEDIA_ROOT) / Picture.objects.get().file).unlink()


def wrong_counts() -> None:
    CountTotal.objects.all().delete()
    CountChange.objects.all().delete()


def redirect_to_a_draft() -> None:
    OldPath.objects.create(path="2019/05/lamps", article=make.article())


def message(*, kind: str, minutes: int, **fields: Any) -> Callable[[], object]:
    """One that should have been told so many minutes ago."""
    since = timezone.now() - dt.timedelta(minutes=minutes)
    row = {"kind": kind, "target": "https://there.example/", "due_since": since, **fields}
    return lambda: OutboxMessage.objects.create(**row)


DEFECTS: dict[str, tuple[str, Callable[[Any, Any], None], str]] = {
    "a system check": ("check-x.W1", of_checks, "Put it on"),
    "debug": ("debug", lambda settings, _patch: setattr(settings, "DEBUG", True), "FANGUIDE_DEBUG"),
    "no proxies": ("check-fanguide.W001", no_proxy, "FANGUIDE_PROXIES"),
    "mails without an address": ("site-url", no_site_url, "FANGUIDE_SITE_URL"),
    "no mail server": ("check-fanguide.W002", no_mail, "FANGUIDE_EMAIL_HOST"),
    "a mail server that is down": ("mail", mail_server_down, "FANGUIDE_EMAIL_PORT"),
    "a cache that is down": ("cache", no_cache, "FANGUIDE_REDIS_URL"),
    "a store that cannot be written": ("store", store_is_a_file, "FANGUIDE_DATA"),
    "little space": ("disk", space(machine.WANTED_SPACE - 1), "larger disk"),
    "hardly any space": ("disk", space(machine.LEAST_SPACE - 1), "larger disk"),
    "styles not collected": ("static", no_proxy, "collectstatic"),
    "no pg_dump": ("driver", no_pg_dump, "postgresql-client"),
    "no backup": ("backup", no_backup, "manage.py backup"),
    "an old backup": ("backup", old_backup, "manage.py backup"),
    "a killed backup": ("killed", killed, "Run it again"),
    "a database that is down": ("database", database_down, "FANGUIDE_DATABASE_URL"),
    "migrations that wait": ("migrations", ran(without="sessions"), "manage.py migrate"),
    "a newer database": ("newer", ran(("articles", "9999_later")), "manage.py restore"),
    "no WAL": ("journal", answering("PRAGMA journal_mode", ("delete",)), "FANGUIDE_DATA"),
    "a damaged file": ("damaged", answering("PRAGMA quick_check(1)", ("row 3 missing",)), "manage.py restore"),
    "a row that names nothing": ("references", answering("PRAGMA foreign_key_check", ("x", 1, "y", 0)), "restore"),
    "a clock set back": ("clock", clock_set_back, "manage.py accept_clock"),
    "nobody in charge": ("nobody", of_rows(lambda: User.objects.update(is_active=False)), "createsuperuser"),
    "a second step that is missing": ("second-factor", no_second_factor, "next log-in"),
    "rights that were changed": ("roles", of_rows(lambda: Group.objects.get(name="Writers").delete()), "migrate"),
    "old sessions": ("sessions", of_rows(many_sessions), "clearsessions"),
    "an old renderer": ("renderer", of_rows(lambda: Edition.objects.update(renderer=0)), "rebuild_editions"),
    "an unused tag": ("tags", of_rows(lambda: Tag.objects.create(name="Nobody’s")), "Tags to look at"),
    "a dead redirect": ("redirects", of_rows(redirect_to_a_draft), "Publish"),
    "a cache that was not told": ("outbox", of_rows(message(kind="purge", minutes=2)), "send_outbox"),
    "a webhook that was not told": ("outbox", of_rows(message(kind="webhook", minutes=70)), "send_outbox"),
    "a message given up": ("outbox-lost", of_rows(message(kind="webhook", minutes=9, given_up=True)), "Outbox"),
    "a wrong count": ("counts", of_rows(wrong_counts), "rebuild_counts"),
    "lost search rows": ("search", of_rows(lambda: SearchRow.objects.all().delete()), "rebuild_search"),
    "a lost picture": ("pictures", lost_file, "from a backup"),
    "an orphan": ("orphans", orphan, "manage.py remove_orphans"),
    "a broken link": ("article", of_rows(lambda: make.live(introduction="[x](/nowhere/)")), "Correct the article"),
    "a picture without words": ("article", of_rows(lambda: Picture.objects.update(alt="")), "Correct the article"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(name: str, settings, monkeypatch):
    code, plant, remedy = DEFECTS[name]
    if name == "a picture without words":
        Picture.objects.update(alt="")
        make.edition(slug="bare", cover=Picture.objects.get().public_id)
    plant(settings, monkeypatch)
    found = [finding for finding in findings() if finding.code == code]
    assert found, f"Found instead: {codes()}"
    assert remedy in found[0].remedy


@pytest.mark.slow
def test_nothing_else_is_found_beside_what_was_planted(settings, monkeypatch):
    """A warning too many is a warning that nobody reads."""
    Tag.objects.create(name="Nobody’s")
    old_backup(settings, monkeypatch)
    assert codes() == {"tags", "backup"}


@pytest.mark.slow
def test_what_waits_for_a_moment_or_for_its_time_is_no_finding():
    message(kind="purge", minutes=0)()
    message(kind="webhook", minutes=50)()
    message(kind="webhook", minutes=-500)()
    assert codes() == set()


@pytest.mark.slow
def test_a_backup_under_way_is_not_a_killed_one(settings):
    with working.maintenance_lock(), working.work_folder():
        assert codes() == set()


# --- the command and the page -----------------------------------------------------------------------------------------


def ended(*arguments: str) -> tuple[int, str]:
    out = io.StringIO()
    with pytest.raises(CommandError) as raised:
        call_command("doctor", *arguments, stdout=out)
    return raised.value.returncode, out.getvalue()


@pytest.mark.slow
def test_a_monitor_is_told_by_the_exit_status(settings, monkeypatch):
    old_backup(settings, monkeypatch)
    status, words = ended()
    assert status == 1
    assert (
        words
        == "warning backup: The newest backup is 3 days old. Run manage.py backup, and let cron run it each night.\n"
    )
    wrong_counts()
    assert ended()[0] == 2
    assert ended("--quick")[0] == 1
    status, words = ended("--json")
    assert [each["code"] for each in json.loads(words)] == ["backup", "counts"]


def test_orphans_are_removed_and_nothing_else(settings, monkeypatch):
    """What an older edition, a revision or a change that waits shows is no orphan; a young file may be of an upload."""
    picture = Picture.objects.get()
    picture.take(make.image_bytes(colour="red"), "new.jpg")
    picture.save()
    orphan(settings, monkeypatch)
    root = Path(settings.MEDIA_ROOT) / "pictures"
    old = time.time() - orphans.GRACE.total_seconds() - 60
    for path in root.rglob("*.*"):
        os.utime(path, (old, old))
    young = root / f"{'b' * 32}.webp"
    young.write_bytes(b"x")
    before = {path for path in root.rglob("*") if path.is_file()}
    out = io.StringIO()
    call_command("remove_orphans", dry_run=True, stdout=out)
    assert out.getvalue().endswith("Files that nothing names: 1. Nothing was deleted.\n")
    call_command("remove_orphans", stdout=out)
    assert before - {path for path in root.rglob("*") if path.is_file()} == {root / f"{'a' * 32}.webp"}


@pytest.mark.slow
def test_admins_read_the_same_on_a_page(settings, monkeypatch):
    settings.ROOT_URLCONF = "fanguide.urls"
    client = Client(headers={"host": "fans.example"})
    client.force_login(make.admin())
    assert "Nothing is wrong." in client.get(reverse("admin:health")).content.decode()
    old_backup(settings, monkeypatch)
    page = client.get(reverse("admin:health")).content.decode()
    assert "The newest backup is 3 days old." in page
    assert "Run manage.py backup" in page
    assert reverse("admin:health") in client.get(reverse("admin:index")).content.decode()


@pytest.mark.slow
def test_a_clock_that_was_accepted_is_right():
    with time_machine.travel(timezone.now() - dt.timedelta(hours=1), tick=False):
        assert "clock" in codes()
        call_command("accept_clock", stdout=io.StringIO())
        assert ClockDecision.objects.exists()
        assert "clock" not in codes()


@pytest.mark.parametrize(
    ("plant", "line"),
    [
        (ran(without="sessions"), "Run manage.py backup, then manage.py migrate."),
        (ran(("articles", "9999_later")), "The database is newer than this program: it has articles.9999_later."),
    ],
)
def test_readyz_says_that_tables_and_program_do_not_agree(plant, line: str, settings, monkeypatch):
    settings.ROOT_URLCONF = "fanguide.urls"
    client = Client(headers={"host": "fans.example"})
    assert client.get("/readyz").content == b"ready\n"
    plant(settings, monkeypatch)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert line in answer.content.decode()
    assert answer.content.count(b"\n") == 1
