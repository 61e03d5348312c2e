"""Where a backup goes: a folder, or one tar file, perhaps through a program that encrypts it (and see `remote`)."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tarfile
from pathlib import Path
from typing import IO, Protocol

from articles.operations.backup.encryption import Encrypter
from articles.operations.backup.working import sync_folder
from articles.operations.errors import OperationError

SUMS = "SHA256SUMS"
_PIECE = 1 << 20  # bytes read at once


class Target(Protocol):
    def add(self, name: str, source: IO[bytes], size: int) -> None: ...
    def finish(self) -> None: ...
    def give_up(self) -> None: ...


class Writer:
    """Adds files to a target and notes their digests, which it writes last. `sums` is a file for them: a site has as
    many as it has pictures.
    """

    def __init__(self, target: Target, sums: Path) -> None:
        self._target, self._sums, self.count = target, sums, 0
        self._sums.touch(mode=0o600)

    def _note(self, digest: str, name: str) -> None:
        with self._sums.open("a", encoding="utf-8") as file:
            file.write(f"{digest}  {name}\n")
        self.count += 1

    def add_path(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            self._target.add(name, file, path.stat().st_size)
        self._note(digest, name)

    def add(self, name: str, data: bytes) -> None:
        self._target.add(name, io.BytesIO(data), len(data))
        self._note(hashlib.sha256(data).hexdigest(), name)

    def finish(self) -> None:
        with self._sums.open("rb") as file:
            self._target.add(SUMS, file, self._sums.stat().st_size)
        self._target.finish()


def _unfinished(final: Path) -> Path:
    """Beside the place where it will be, so that it can be renamed there; a name that no glob of `*` finds."""
    return final.with_name(f".{final.name}.unfinished")


class FolderTarget:
    def __init__(self, final: Path) -> None:
        self._final, self._root = final, _unfinished(final)
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir(mode=0o700)
        self._folders = {self._root}

    def add(self, name: str, source: IO[bytes], size: int) -> None:  # noqa: ARG002  -- a tar wants to know it before
        path = self._root / name
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders |= {folder for folder in path.parents if folder.is_relative_to(self._root)}
        with path.open("wb") as file:
            shutil.copyfileobj(source, file, _PIECE)
            file.flush()
            os.fsync(file.fileno())

    def finish(self) -> None:
        for folder in self._folders:
            sync_folder(folder)
        self._root.rename(self._final)
        sync_folder(self._final.parent)

    def give_up(self) -> None:
        shutil.rmtree(self._root, ignore_errors=True)


class Output(Protocol):
    """What a tar goes into: `file` is something that a program can write into as well."""

    file: IO[bytes]

    @property
    def trouble(self) -> str: ...
    def finish(self) -> None: ...
    def give_up(self) -> None: ...


class LocalFile:
    """It has its name when it is whole and safe on the disk."""

    trouble = ""

    def __init__(self, final: Path) -> None:
        self._final, self._path = final, _unfinished(final)
        self.file: IO[bytes] = os.fdopen(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")

    def finish(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        self._path.rename(self._final)
        sync_folder(self._final.parent)

    def give_up(self) -> None:
        self.file.close()
        self._path.unlink(missing_ok=True)


class TarTarget:
    """One file. With an encrypter nothing that is not encrypted is written beside it."""

    def __init__(self, out: Output, encrypter: Encrypter | None) -> None:
        self._out, self._encrypter = out, encrypter
        stream = encrypter.start(out.file) if encrypter else out.file
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115  -- closed in finish

    def add(self, name: str, source: IO[bytes], size: int) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        try:
            self._tar.addfile(info, source)
        except BrokenPipeError as error:
            raise self._why(error) from error

    def finish(self) -> None:
        try:
            self._tar.close()
            if self._encrypter:
                self._encrypter.finish()
        except (BrokenPipeError, OperationError) as error:
            raise self._why(error) from error
        self._out.finish()

    def _why(self, error: Exception) -> OperationError:
        said = self._out.trouble
        return OperationError(said or (self._encrypter.complaint() if self._encrypter else str(error)))

    def give_up(self) -> None:
        if self._encrypter:
            self._encrypter.give_up()
        self._tar.fileobj = io.BytesIO()  # what it still holds goes nowhere
        self._out.give_up()
