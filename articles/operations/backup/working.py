"""One maintenance at a time, and the folders that it works in: what a kill leaves there is swept by the next."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from articles.operations.errors import OperationError

_LOCK, _WORK = "maintenance.lock", "maintenance-work"


@contextlib.contextmanager
def maintenance_lock() -> Iterator[None]:
    """For backup, restore and the removal of orphans. Raises OperationError while one of them runs on this machine.

    The kernel lets go of it when the process ends, however it ends.
    """
    data = Path(settings.DATA)
    data.mkdir(parents=True, exist_ok=True)
    with (data / _LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OperationError(
                "A backup, a restore or a removal of orphans is running: try again when it is done."
            ) from error
        yield


@contextlib.contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder that only this account can read, inside of FANGUIDE_DATA. Only under `maintenance_lock`."""
    folder = Path(settings.DATA) / _WORK
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def leftovers() -> Path | None:
    """The folder that a killed maintenance has left, None where there is none or one is running."""
    folder = Path(settings.DATA) / _WORK
    if not folder.is_dir():
        return None
    try:
        with maintenance_lock():
            return folder
    except OperationError:
        return None


def sync_folder(folder: Path) -> None:
    """Makes names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_synced(path: Path, data: bytes) -> None:
    """A file that is there whole or not at all."""
    beside = path.with_name(f".{path.name}.unfinished")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)
