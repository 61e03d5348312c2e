"""A backup in an S3-like store, named as s3://bucket/prefix or s3://bucket/name.tar. The site says what the store is
(settings.BACKUP_STORE).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.utils.module_loading import import_string

from articles.operations.errors import OperationError

SCHEME = "s3://"
#: How backups are called that have no name of their own.
PATTERN = "fanguide-*.tar*"
_ENDINGS = (".tar", ".tar.gpg", ".tar.age")


class Place(NamedTuple):
    """A bucket, and a key in it: of a backup where it ends as one, else what the keys of backups begin with."""

    bucket: str
    key: str

    def __str__(self) -> str:
        return f"{SCHEME}{self.bucket}/{self.key}"

    @property
    def is_file(self) -> bool:
        return self.key.endswith(_ENDINGS)


def is_remote(where: Path | str) -> bool:
    return str(where).startswith(SCHEME)


def place_of(where: str) -> Place:
    """Raises OperationError for what names no bucket."""
    bucket, _slash, key = where.removeprefix(SCHEME).partition("/")
    if not bucket:
        raise OperationError(f"{where}: write {SCHEME}bucket/prefix.")
    place = Place(bucket, key)
    return place if place.is_file or not key or key.endswith("/") else Place(bucket, f"{key}/")


def new_place(where: str, at: dt.datetime, encrypted: str | None) -> Place:
    """Of a backup that is made now. Raises OperationError where that cannot be."""
    place, ending = place_of(where), f".tar{encrypted or ''}"
    if not place.is_file:
        place = Place(place.bucket, f"{place.key}fanguide-{at:%Y-%m-%dT%H-%M-%SZ}{ending}")
    if not place.key.endswith(ending):
        how = f"an encrypted backup has a name that ends with {ending}" if encrypted else "say --encrypt-to"
        raise OperationError(f"{place}: {how}.")
    if store_of(place).exists(place.key):
        raise OperationError(f"{place} is there already: a backup is never written over.")
    return place


def store_of(place: Place) -> Any:
    """Raises OperationError where its driver is not installed; its methods raise OSError."""
    try:
        made = import_string(settings.BACKUP_STORE)
    except ImportError as error:
        raise OperationError(
            f"{SCHEME} needs boto3 and django-storages, which are not installed: pip install 'fanguide[s3]', or the "
            "packages of requirements-production.txt."
        ) from error
    return made(place.bucket)


def newest(where: str) -> tuple[dt.datetime, Place] | None:
    """The newest backup below a prefix, and when it was whole. Raises OSError, OperationError."""
    place = place_of(where)
    found = store_of(place).newest(place.key, PATTERN)
    return (found[0], Place(place.bucket, found[1])) if found else None


@contextlib.contextmanager
def downloaded(where: str, folder: Path) -> Iterator[Path]:
    """A backup as a file; of a prefix the newest one. Raises OperationError."""
    try:
        place = place_of(where)
        if not place.is_file:
            found = newest(where)
            if found is None:
                raise OperationError(f"There is no backup below {place}.")
            place = found[1]
        path = folder / place.key.rpartition("/")[2]
        with path.open("wb") as file:
            for piece in store_of(place).pieces(place.key):
                file.write(piece)
    except OSError as error:
        raise OperationError(f"{where} cannot be read ({error}).") from error
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


class UploadedFile:
    """What a tar, or the program that encrypts it, writes into: a pipe, at whose end a thread sends part by part."""

    def __init__(self, place: Place) -> None:
        store = store_of(place)
        with contextlib.suppress(OSError):  # the account may not be allowed to list them
            store.clear_unfinished(place.key.rpartition("/")[0])
        self._upload = store.upload(place.key)
        reading, writing = os.pipe()
        self.file: IO[bytes] = os.fdopen(writing, "wb")
        self._trouble: BaseException | None = None
        self._thread = threading.Thread(target=self._send, args=[os.fdopen(reading, "rb")], name="backup-upload")
        self._thread.start()

    def _send(self, source: IO[bytes]) -> None:
        """Where it fails the pipe is shut, so that the writer stops."""
        with source:
            try:
                self._upload.read_from(source)
            except BaseException as error:  # noqa: BLE001  -- raised again in `finish`
                self._trouble = error

    @property
    def trouble(self) -> str:
        """Why the pipe is shut; empty where it is not this end's fault."""
        self._thread.join(1)
        return str(self._trouble or "")

    def finish(self) -> None:
        self.file.close()
        self._thread.join()
        if self._trouble:
            raise self._trouble
        self._upload.finish()

    def give_up(self) -> None:
        with contextlib.suppress(OSError):
            self.file.close()
        self._thread.join()
        with contextlib.suppress(OSError):
            self._upload.give_up()
