"""The documents in files, folders, zips and WordPress exports, one by one. Needs no database.

Nothing is read before it is asked for, but for what names it: who knows a document by its source and digest passes on.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from articles import importing
from articles.importing import Imported, ImportRefused, Post
from articles.importing.entry import LARGEST_FILE

logger = logging.getLogger(__name__)

#: What is taken out of a folder or a zip; everything else there is left aside. Most .json files are no exports.
DOCUMENTS = frozenset(
    ending for row in importing.FORMATS if row.read is not None or row.has_many_articles for ending in row.endings
)
EXPORTS = frozenset(ending for row in importing.FORMATS if row.has_many_articles for ending in row.endings)
ARCHIVE = ".zip"

LONGEST_KEY = 1000
MOST_ENTRIES = 50_000
LARGEST_ARCHIVE = 2 * 1024**3  # unpacked
MOST_PACKED = 100  # times; words pack to a tenth
SMALL = 1024 * 1024  # an entry below this may be packed as tightly as it likes


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document: `key` is what it is known by for ever, `name` what a person calls it. `read` raises ImportRefused."""

    key: str
    name: str
    digest: str
    size: int
    read: Callable[[], Imported]
    post: Post | None = None


def find(paths: Iterable[str]) -> Iterator[Found]:
    """In a folder's and an archive's own order of names; a file that cannot be had comes as its refusal."""
    for path in paths:
        yield from _guarded(path, _in_path)


def _in_path(path: str) -> Iterator[Found]:
    yield from _in_folder(path) if Path(path).is_dir() else _in_file(path)


def _guarded(path: str, look: Callable[[str], Iterator[Found]]) -> Iterator[Found]:
    """What is found at a path; whatever goes wrong there is told of that path, and the others are looked at."""
    try:
        yield from look(path)
    except OSError as error:
        yield _cannot_be_read(path, error.strerror or str(error))
    except ValueError as error:  # a sign that no name of a file may hold
        yield _cannot_be_read(path, str(error))
    except Exception:
        logger.exception("Looking for documents in %s", printable_path(path))
        yield _refused(
            path,
            f"{printable_path(path)} was not read to its end because of a fault of this program, which is in its log.",
        )


def printable_path(path: str) -> str:
    """A name as text: one that is no UTF-8 on the disk could be neither printed nor stored."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _in_folder(path: str) -> Iterator[Found]:
    is_empty = True
    for folder, inside, names in os.walk(path):
        inside[:] = sorted(name for name in inside if not _is_hidden(name))
        for name in sorted(names):
            if _is_hidden(name) or PurePosixPath(name).suffix.lower() not in DOCUMENTS | {ARCHIVE}:
                continue
            is_empty = False
            yield from _guarded(str(Path(folder, name)), _in_file)
    if is_empty:
        yield _refused(
            path, f"{printable_path(path)} holds no document: name a folder with texts, Word documents or exports."
        )


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name == "__MACOSX"


def _in_file(path: str) -> Iterator[Found]:
    ending = Path(path).suffix.lower()
    if ending == ARCHIVE:
        yield from _in_archive(path)
        return
    with Path(path).open("rb") as file:
        if ending in EXPORTS:
            yield from _in_export(file, printable_path(path))
        else:
            yield _document(
                file.read(LARGEST_FILE + 1), printable_path(str(Path(path).resolve())), printable_path(path)
            )


def _document(data: bytes, key: str, name: str) -> Found:
    """`data` is one byte more than is taken when it is too long: the reader refuses it then."""
    read = functools.partial(importing.read, data, name)
    return Found(key=_short(key), name=name, digest=hashlib.sha256(data).hexdigest(), size=len(data), read=read)


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_KEY else f"sha256 {hashlib.sha256(key.encode()).hexdigest()}"


def _in_export(file: IO[bytes], name: str) -> Iterator[Found]:
    """A post is known by its number on its site, so that a later export of the same site knows it again."""
    try:
        for post, read in importing.unread_wxr(file, name):  # type: ignore[arg-type]  # the stream of a zip will do
            site = post.site.partition("://")[2].rstrip("/") or name
            words = functools.partial(_words_of, read)
            yield Found(
                key=_short(f"{site} post {post.number or post.path or post.title}"),
                name=f"{name}, post {post.number or '?'} “{post.title or post.slug}”",
                digest=post.digest,
                size=0,
                read=words,
                post=post,
            )
    except ImportRefused as error:
        yield _refused(name, str(error))


def _words_of(read: Callable[[], Imported | ImportRefused]) -> Imported:
    found = read()
    if isinstance(found, ImportRefused):
        raise found
    return found


# --- archives ---------------------------------------------------------------------------------------------------------


def _in_archive(path: str) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = _entries(archive, path)
            if not entries:
                yield _refused(path, f"{path} holds no document: pack texts, Word documents or exports into it.")
            for entry in entries:
                yield from _in_entry(archive, entry, path)
    except ImportRefused as error:
        yield _refused(path, str(error))
    except zipfile.BadZipFile:
        yield _refused(path, f"{path} is no zip file, or a damaged one: pack it again.")


def _entries(archive: zipfile.ZipFile, path: str) -> list[zipfile.ZipInfo]:
    """The documents inside. Raises ImportRefused for what unpacks to more than anybody has written."""
    everything = archive.infolist()
    if len(everything) > MOST_ENTRIES:
        raise ImportRefused(f"{path} holds more than {MOST_ENTRIES:,} files: pack them into several.")
    entries = [entry for entry in everything if _is_document(entry)]
    if sum(entry.file_size for entry in entries) > LARGEST_ARCHIVE:
        raise ImportRefused(f"{path} unpacks to more than {LARGEST_ARCHIVE // 1024**3} GB: pack it into several.")
    for entry in entries:
        if entry.file_size > SMALL and entry.file_size > MOST_PACKED * entry.compress_size:
            raise ImportRefused(f"{path} unpacks {entry.filename} to {MOST_PACKED} times its size: look what it is.")
    return sorted(entries, key=lambda entry: entry.filename)


def _is_document(entry: zipfile.ZipInfo) -> bool:
    place = PurePosixPath(entry.filename)
    return not entry.is_dir() and place.suffix.lower() in DOCUMENTS and not any(map(_is_hidden, place.parts))


def _in_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> Iterator[Found]:
    """A zip gives no more of an entry than the size that it declares, which was looked at."""
    name = f"{path}/{entry.filename}"
    try:
        with archive.open(entry) as file:
            if PurePosixPath(entry.filename).suffix.lower() in EXPORTS:
                yield from _in_export(file, name)
            else:
                key = f"{Path(path).resolve()}/{entry.filename}"
                yield _document(file.read(LARGEST_FILE + 1), key, name)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError):
        yield _refused(name, f"{name} is damaged or locked by a password: pack it again.")


# --- refusals ---------------------------------------------------------------------------------------------------------


def _cannot_be_read(path: str, why: str) -> Found:
    return _refused(path, f"{printable_path(path)} cannot be read ({why}): check the name and whether you may open it.")


def _refused(name: str, sentence: str) -> Found:
    def read() -> Imported:
        raise ImportRefused(sentence)

    return Found(key="", name=printable_path(name), digest="", size=0, read=read)
