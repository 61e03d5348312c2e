"""Whether the database has the tables that this program expects: migrations that wait, and those of a newer program."""

from __future__ import annotations

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

Migration = tuple[str, str]  # app and name


def applied() -> set[Migration]:
    """What was done to the database, one query; nothing where there is no table of migrations yet."""
    return set(MigrationRecorder(connection).applied_migrations())


def pending(done: set[Migration]) -> list[Migration]:
    """The migrations of this program that are not among `done`."""
    return sorted(
        key for key, replaced in _of_program().items() if key not in done and not (replaced and replaced <= done)
    )


def unknown(done: set[Migration]) -> list[Migration]:
    """Those among `done` that this program does not have, of apps that it has: a newer program ran them."""
    known = _of_program()
    replaced = {each for several in known.values() for each in several}
    apps = {app for app, _name in known}
    return sorted(each for each in done if each[0] in apps and each not in known and each not in replaced)


def trouble() -> tuple[str, str] | None:
    """A sentence and the remedy where tables and program do not agree. Raises DatabaseError."""
    done = applied()
    if newer := unknown(done):
        return (
            f"The database is newer than this program: it has {'.'.join(newer[0])}.",
            "Start the program that made it, or restore the backup from before the upgrade: manage.py restore.",
        )
    if waiting := pending(done):
        return (
            f"Migrations that have not run: {len(waiting)}, the first is {'.'.join(waiting[0])}.",
            "Run manage.py backup, then manage.py migrate.",
        )
    return None


@cache
def _of_program() -> dict[Migration, frozenset[Migration]]:
    """Each migration on the disk, with those that it replaces."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {key: frozenset(migration.replaces) for key, migration in loader.disk_migrations.items()}
