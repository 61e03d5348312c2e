"""When the last backup was made on this machine: for `doctor`, which need not know where backups are put."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from articles.operations.backup import remote
from articles.operations.backup.working import write_synced

_FILE = "last-backup.json"


class LastBackup(NamedTuple):
    made_at: dt.datetime
    where: str


def last_backup() -> LastBackup | None:
    """None where none was made yet, or the note of it cannot be read."""
    try:
        value = json.loads((Path(settings.DATA) / _FILE).read_text("utf-8"))
        return LastBackup(dt.datetime.fromisoformat(value["made_at"]), str(value["where"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def newest_backup() -> LastBackup | None:
    """Of this machine; where backups go into a store (FANGUIDE_BACKUP_TO) the newest that lies there, whoever made it.
    Raises OSError, OperationError.
    """
    if not remote.is_remote(settings.BACKUP_TO):
        return last_backup()
    found = remote.newest(settings.BACKUP_TO)
    return LastBackup(found[0], str(found[1])) if found else None


def note_backup(made_at: dt.datetime, where: object) -> None:
    value = {"made_at": made_at.isoformat(), "where": str(where)}
    write_synced(Path(settings.DATA) / _FILE, (json.dumps(value, ensure_ascii=False) + "\n").encode())
