"""The database at one instant into a file, and such a file into the database: wholly, or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from articles.models.snapshot import snapshot
from articles.operations.errors import OperationError

#: Nobody who was logged in then is logged in again by a restore.
_SESSIONS = "django_session"


def file_name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


@contextlib.contextmanager
def frozen() -> Iterator[None]:
    """Every query of this process within sees one moment, and so does `dump`. Nobody waits for it."""
    with snapshot():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations")  # the moment is that of the first read
            cursor.fetchone()
        yield


def dump(path: Path) -> None:
    """Within `frozen`. Raises OperationError."""
    if connection.vendor == "sqlite":
        _dump_sqlite(path)
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
    own = ["--format=custom", "--no-owner", "--no-privileges", f"--exclude-table-data={_SESSIONS}"]
    _postgresql("pg_dump", *own, f"--snapshot={moment}", f"--file={path}")


def _dump_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size=0")  # or the whole file would stand in the memory of this process
    with contextlib.closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute(f"DELETE FROM {_SESSIONS}")  # noqa: S608  -- a name of ours
        copy.commit()


def load(path: Path) -> None:
    """In place of all that the database holds, in one transaction: whoever reads meanwhile sees the old or the new.

    Raises OperationError; the database is then as it was.
    """
    connection.close()
    if connection.vendor == "sqlite":
        _load_sqlite(path)
    else:
        own = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
        _postgresql("pg_restore", *own, path=path)


def _load_sqlite(path: Path) -> None:
    try:
        with (
            contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy,
            contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as live,
        ):
            if (found := copy.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
                raise OperationError(f"The database in this backup is damaged ({found}): take another backup.")
            live.execute("PRAGMA synchronous=FULL")
            copy.backup(live)
            live.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise OperationError(
            f"The database cannot be put in place ({error}): end the site, and run it again."
        ) from error


def _postgresql(program: str, *options: str, path: Path | None = None) -> None:
    """With the account of the settings; the password goes by the environment, which other accounts cannot see."""
    if shutil.which(program) is None:
        raise OperationError(f"The program {program} is not installed: apt install postgresql-client.")
    arguments, environment = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    *account, name = arguments[1:]
    command = [program, "--no-password", *account, *options]
    command += [f"--dbname={name}", str(path)] if path else [name]
    done = subprocess.run(  # noqa: S603
        command, env={**os.environ, **(environment or {})}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise OperationError(
            f"{program}: {lines[0] if lines else 'it failed'} (account and server: FANGUIDE_DATABASE_URL)."
        )
