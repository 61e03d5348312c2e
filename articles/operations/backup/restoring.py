"""The site of a backup. Pictures come first, the database after them in one transaction: a kill leaves the old site or
the new one, and running it again ends well.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Model

from articles.models import OutboxMessage
from articles.models.outbox import purge_everything
from articles.models.queries import refresh_statistics
from articles.operations.backup import database, media, proof
from articles.operations.backup.making import PAGES
from articles.operations.backup.manifest import Manifest
from articles.operations.backup.reading import Source, opened
from articles.operations.backup.working import maintenance_lock, work_folder
from articles.operations.errors import OperationError

_SHOWN = 10


@dataclass(frozen=True)
class Restored:
    """`compared`: how many public addresses answer as they did. `next_steps`: what the operator does now."""

    manifest: Manifest
    files: int
    compared: int
    next_steps: tuple[str, ...]


def restore_backup(
    where: Path | str, *, replace: bool, with_proof: bool = True, identity: Path | None = None
) -> Restored:
    """Raises OperationError; before the database is replaced nothing that anybody sees has changed then."""
    with maintenance_lock(), work_folder() as work, opened(where, work, identity) as source:
        source.manifest.require_readable()
        if not replace:
            _refuse_unless_empty()
        try:
            files = _place_media(source)
        except OSError as error:
            raise OperationError(f"Pictures cannot be put in place ({error.strerror or error}).") from error
        database.load(source.root / database.file_name())
        refresh_statistics()
        cache.clear()
        if not source.manifest.has_pending_migrations():
            OutboxMessage.objects.all().delete()  # what was to be told at the instant of the backup
            purge_everything()
        return _finish(source, files, with_proof=with_proof)


def _place_media(source: Source) -> int:
    files = 0
    for files, name in enumerate(source.names_below(media.FOLDER), 1):  # noqa: B007  -- counted
        media.place(name, (source.root / media.FOLDER / name).read_bytes())
    return files


def _finish(source: Source, files: int, *, with_proof: bool) -> Restored:
    manifest, steps = source.manifest, []
    compared = 0
    if manifest.has_pending_migrations():
        steps.append("The backup is of an older program: run manage.py migrate, then manage.py rebuild_editions.")
    elif not manifest.pages:
        steps.append("The backup holds no digests of the public pages: nothing was compared.")
    elif not manifest.same_program:
        steps.append(
            "The backup was made by another state of this program or of Django, whose pages may look otherwise: they "
            "were not compared. Run manage.py doctor."
        )
    elif with_proof:
        compared = _compare(source)
    return Restored(manifest, files, compared, tuple(steps))


def _compare(source: Source) -> int:
    """Raises OperationError where an address answers something else than when the backup was made."""
    with (source.root / PAGES).open(encoding="utf-8") as lines:
        wrong = list(proof.differing(map(proof.Answer.of_line, lines), source.manifest.instant, source.manifest.site))
    if wrong:
        shown = "\n".join(wrong[:_SHOWN])
        raise OperationError(
            f"Everything is in place, but {len(wrong)} of {source.manifest.pages} public addresses do not answer as "
            f"they did:\n{shown}\nCompare the settings of both sites, then run manage.py doctor."
        )
    return source.manifest.pages


def _refuse_unless_empty() -> None:
    there = set(connection.introspection.table_names())
    models: list[type[Model]] = [User, *apps.get_app_config("articles").get_models()]
    for model in models:
        if model._meta.db_table not in there:
            continue
        try:
            count = model._base_manager.count()
        except DatabaseError as error:
            raise OperationError(
                f"The database cannot be read ({error}): --replace puts the backup in its place."
            ) from error
        if count:
            name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            raise OperationError(
                f"This site has content ({count} {name}). To put the backup in its place, say --replace; make a "
                "backup of what is there first."
            )
