"""Making a backup while the site serves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from django.utils import timezone

from articles.operations.backup import database, media, proof, remote
from articles.operations.backup.encryption import Encrypter
from articles.operations.backup.manifest import NAME, Manifest
from articles.operations.backup.record import note_backup
from articles.operations.backup.working import maintenance_lock, work_folder
from articles.operations.backup.writing import SUMS, FolderTarget, LocalFile, TarTarget, Writer
from articles.operations.errors import OperationError

PAGES = "pages.txt"


@dataclass(frozen=True)
class Made:
    where: Path | remote.Place
    files: int
    pages: int
    warnings: tuple[str, ...] = ()

    def __str__(self) -> str:
        pages = f"digests of {self.pages} public addresses" if self.pages else "no digests of the public pages"
        return f"{self.where}: database, {self.files} media files, {pages}"


def make_backup(where: Path | str, *, recipient: str = "", with_proof: bool = True) -> Made:
    """Into a new folder or a new .tar file, or, below a folder that is there, under a name of the instant. In a store
    (s3://bucket/prefix) it is always a file.

    A recipient encrypts, which takes a file. Raises OperationError; nothing is left then.
    """
    encrypter = Encrypter(recipient) if recipient else None
    at = timezone.now()
    with maintenance_lock(), work_folder() as work:
        try:
            final, target = _target(where, at, encrypter)
        except OSError as error:
            raise OperationError(f"{where} cannot be written ({error.strerror or error}).") from error
        try:
            made = _fill(Writer(target, work / SUMS), work, final, with_proof=with_proof)
        except BaseException as error:
            target.give_up()
            if isinstance(error, OSError):
                raise OperationError(f"{final} cannot be written ({error.strerror or error}).") from error
            raise
        note_backup(at, final)
    return made


def _fill(writer: Writer, work: Path, final: Path | remote.Place, *, with_proof: bool) -> Made:
    copy, pages = work / database.file_name(), work / PAGES
    count = broken = 0
    with database.frozen():
        at = timezone.now()
        database.dump(copy)
        with pages.open("w", encoding="utf-8") as file:
            for answer in proof.answers(at, work) if with_proof else ():
                file.write(answer.as_line())
                count += 1
                broken += answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        writer.add_path(copy.name, copy)
        copy.unlink()
        files = 0
        for name in media.names():
            writer.add(f"{media.FOLDER}/{name}", media.read(name))
            files += 1
        writer.add_path(PAGES, pages)
        writer.add(NAME, Manifest.of_this_site(at, files=writer.count + 1, pages=count).as_json())
    writer.finish()
    warning = f"{broken} public addresses answered with an error of the site: see its log, and manage.py doctor."
    return Made(final, files, count, (warning,) if broken else ())


def _place(where: Path, at: dt.datetime, encrypted: str | None) -> Path:
    """Where the backup will be. Raises OperationError where that cannot be."""
    if (where / SUMS).is_file():
        raise OperationError(f"{where} is a backup itself: name the folder that it lies in, or a new name.")
    if where.is_dir():
        where = where / f"fanguide-{at:%Y-%m-%dT%H-%M-%SZ}{f'.tar{encrypted}' if encrypted else ''}"
    elif encrypted and not where.name.endswith(f".tar{encrypted}"):
        raise OperationError(f"An encrypted backup is one file: give it a name that ends with .tar{encrypted}.")
    elif not encrypted and where.suffix in {".gpg", ".age"}:
        raise OperationError(f"{where.name}: say for whom it is encrypted, by --encrypt-to.")
    if where.exists() and not where.is_dir():
        raise OperationError(f"{where} is there already: a backup is never written over.")
    if not where.absolute().parent.is_dir():
        raise OperationError(f"There is no folder {where.absolute().parent}: make it first.")
    return where.absolute()


def _target(
    where: Path | str, at: dt.datetime, encrypter: Encrypter | None
) -> tuple[Path | remote.Place, FolderTarget | TarTarget]:
    """Raises OperationError, OSError."""
    encrypted = encrypter.ending if encrypter else None
    if remote.is_remote(where):
        place = remote.new_place(str(where), at, encrypted)
        return place, TarTarget(remote.UploadedFile(place), encrypter)
    final = _place(Path(where), at, encrypted)
    if encrypter or final.suffix == ".tar":
        return final, TarTarget(LocalFile(final), encrypter)
    return final, FolderTarget(final)
