"""A backup as it lies there: unpacked where it is one file, and every digest checked before anything is believed."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from articles.operations.backup import remote
from articles.operations.backup.encryption import decrypted
from articles.operations.backup.manifest import NAME, Manifest
from articles.operations.backup.writing import SUMS
from articles.operations.errors import OperationError

_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n\\]+)")
_AGAIN = "take another backup."


class Source:
    """A folder whose digests were found right."""

    def __init__(self, root: Path) -> None:
        """Raises OperationError for anything missing, changed or too much."""
        if not (root / SUMS).is_file() or not (root / NAME).is_file():
            raise OperationError(f"{root.name} is no whole backup: it has no {SUMS} or no {NAME}.")
        self.root = root
        self._sums = dict(self._read_sums())
        there = {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir()} - {SUMS}
        if odd := sorted(there ^ self._sums.keys()):
            raise OperationError(
                f"{odd[0]} is {'not named in' if odd[0] in there else 'named and missing beside'} {SUMS}: {_AGAIN}"
            )
        for name in self._sums:
            self.require_whole(name)
        self.manifest = Manifest.read((root / NAME).read_text("utf-8"))
        if len(self._sums) != self.manifest.files:
            raise OperationError(
                f"{SUMS} names {len(self._sums)} files, and there should be {self.manifest.files}: {_AGAIN}"
            )

    def _read_sums(self) -> Iterator[tuple[str, str]]:
        for number, line in enumerate((self.root / SUMS).read_text("utf-8").splitlines(), 1):
            match = _LINE.fullmatch(line)
            if not match or not is_inside(match[2]):
                raise OperationError(f"{SUMS}, line {number}, cannot be read: {_AGAIN}")
            yield match[2], match[1]

    def require_whole(self, name: str) -> None:
        path = self.root / name
        if path.is_symlink():
            raise OperationError(f"{name} is a link and not a file: {_AGAIN}")
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != self._sums[name]:
                raise OperationError(f"{name} is not what was backed up (its digest differs): {_AGAIN}")

    def names_below(self, folder: str) -> Iterator[str]:
        """What stands below a folder, without its name."""
        prefix = f"{folder}/"
        yield from (name.removeprefix(prefix) for name in self._sums if name.startswith(prefix))


def is_inside(name: str) -> bool:
    """Whether a name stays below the folder that it is put into."""
    return bool(name) and not name.startswith("/") and not {"", ".", ".."} & set(name.split("/"))


@contextlib.contextmanager
def opened(where: Path | str, work: Path, identity: Path | None) -> Iterator[Source]:
    """Raises OperationError. `work` takes what comes out of a store, and what is unpacked."""
    root = work / "unpacked"
    if remote.is_remote(where):
        with remote.downloaded(str(where), work) as file:
            _unpack_file(file, root, identity)
        yield Source(root)
    elif (path := Path(where)).is_dir():
        yield Source(path)
    elif path.is_file():
        _unpack_file(path, root, identity)
        yield Source(root)
    else:
        raise OperationError(f"There is no backup at {where}.")


def _unpack_file(where: Path, root: Path, identity: Path | None) -> None:
    root.mkdir()
    try:
        if where.suffix in {".gpg", ".age"}:
            with decrypted(where, identity) as stream:
                _unpack(stream, root)
        else:
            with where.open("rb") as file:
                _unpack(file, root)
    except (tarfile.TarError, EOFError) as error:
        raise OperationError(f"{where.name} is no whole backup ({error}): {_AGAIN}") from error


def _unpack(stream: IO[bytes], root: Path) -> None:
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for member in tar:
            source = tar.extractfile(member) if member.isreg() else None
            if source is None or not is_inside(member.name):
                raise tarfile.TarError(f"{member.name!r} is not a file of a backup")
            path = root / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                shutil.copyfileobj(source, file)
