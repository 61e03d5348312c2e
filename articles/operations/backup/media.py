"""The files of the picture library. They are named by their content and never changed, so that the order is enough:
a file is stored before the row that names it, hence what is copied after the database is all that its rows name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from articles.operations.backup.working import write_synced
from articles.reading.sharing import FOLDER as SHARE_PICTURES

#: Inside of a backup.
FOLDER = "media"
#: What a line of SHA256SUMS cannot hold, or a storage would not give back.
_ODD = re.compile(r"[\r\n\\]")


def names() -> Iterator[str]:
    """All files of the store, sorted within each folder; not share pictures, which are drawn again when asked for."""
    yield from _below("")


def _below(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):  # nothing was ever stored
        return
    prefix = f"{folder}/" if folder else ""
    yield from (f"{prefix}{name}" for name in sorted(files) if not _ODD.search(name))
    for name in sorted(folders):
        if f"{prefix}{name}" != SHARE_PICTURES and not _ODD.search(name):
            yield from _below(f"{prefix}{name}")


def read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def place(name: str, data: bytes) -> None:
    """Writes a file, unless it is there with these bytes. A kill leaves it as it was, or whole."""
    if default_storage.exists(name) and default_storage.size(name) == len(data) and read(name) == data:
        return
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # not a folder of this machine
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, ContentFile(data))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_synced(path, data)
