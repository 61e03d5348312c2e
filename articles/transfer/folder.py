"""The folder of an export: names, equal bytes for equal values, and nothing touched that is not ours."""

from __future__ import annotations

import datetime as dt
import filecmp
import json
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from articles.transfer.errors import REMEDY, TransferError, damaged

#: 2: an edition's parts say of what version they are, and saves in the history what they changed. 1 is read too.
FORMAT = 2
_READABLE = (1, 2)
MARK = "fanguide.json"

PICTURES, ARTICLES = "pictures", "articles"
PICTURE_FILE = re.compile(rf"{PICTURES}/(?P<digest>[0-9a-f]{{32}})\.(?:jpg|webp)")
_INSTANT = "%Y-%m-%dT%H-%M-%S.%fZ"
_OF_THE_SITE = (
    *("people", "subjects", "authors", "tags", "pictures", "facts", "house_terms", "pages", "checks"),
    *("order", "history", "imports", "reports", "votes", "featured"),
)
_OF_AN_ARTICLE = ("article", "comments", "history", "wordings", "decisions", "revisions/*", "editions/*")


def instant_name(at: dt.datetime) -> str:
    """An instant as a file is named by it; they sort as the instants do."""
    return at.astimezone(dt.UTC).strftime(_INSTANT)


def named_instant(name: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(name, _INSTANT).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


class Target:
    """Where an export goes. What an earlier export left and this one does not write is removed: below the folder of an
    article when that is written, everywhere else at the end. So no more names are remembered than those of folders.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._written: set[str] = set()
        self._of_article: set[str] = set()  # below the folder that is being written
        self._folders: set[str] = set()

    def begin(self) -> None:
        """Marks the folder as an export that is not finished. Raises TransferError for one that holds other things."""
        is_export = (self.root / MARK).is_file()
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            others = [path.name for path in self.root.iterdir() if not path.name.startswith(".")]
        except OSError as error:
            raise TransferError(f"{self.root} cannot be written to ({error.strerror}).") from error
        if others and not is_export:
            raise TransferError(f"{self.root} holds other things ({min(others)}): name an empty or a new folder.")
        self.write_json(MARK, {"fanguide": FORMAT, "finished": False})

    def finish_article(self, folder: str) -> None:
        """When everything below the folder of an article is written; the next one may begin."""
        self._clear(folder, self._of_article)
        self._folders.add(folder)
        self._of_article.clear()

    def finish(self) -> None:
        _remove_others(self.root, _OF_THE_SITE, {self.root / name for name in self._written})
        for path in (self.root / PICTURES).glob("*"):
            name = f"{PICTURES}/{path.name}"
            if PICTURE_FILE.fullmatch(name) and name not in self._written:
                path.unlink()
        for path in list((self.root / ARTICLES).glob("*")):
            if path.is_dir() and f"{ARTICLES}/{path.name}" not in self._folders:
                self._clear(f"{ARTICLES}/{path.name}", ())
        _remove_empty(self.root / ARTICLES)
        self.write_json(MARK, {"fanguide": FORMAT, "finished": True})

    def _clear(self, folder: str, written: Collection[str]) -> None:
        """Of an article: a folder that is empty then goes, too."""
        path = self.root / folder
        _remove_others(path, _OF_AN_ARTICLE, {self.root / name for name in written})
        for inner in sorted(path.glob("**/"), reverse=True):
            _remove_empty(inner)

    def write_json(self, name: str, value: Any) -> None:
        self.write(name, (_json(value) + "\n").encode())

    def write_list(self, name: str, rows: Iterable[Any]) -> None:
        """The same bytes as `write_json` of a list, of which one value at a time is in memory."""
        self._stream(name, "[]", (_json(row) for row in rows))

    def write_object(self, name: str, rows: Iterable[tuple[str, Any]]) -> None:
        """As `write_list`, of an object."""
        self._stream(name, "{}", (f"{_json(key)}: {_json(value)}" for key, value in rows))

    def _stream(self, name: str, brackets: str, values: Iterable[str]) -> None:
        path = self._path_of(name)
        new = path.with_name(f".{path.name}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with new.open("w", encoding="utf-8", newline="") as file:
                before, after = brackets[0] + "\n  ", brackets
                for value in values:
                    file.write(before + value.replace("\n", "\n  "))
                    before, after = ",\n  ", "\n" + brackets[1]
                file.write(after + "\n")
            if path.is_file() and filecmp.cmp(new, path, shallow=False):
                new.unlink()
            else:
                new.replace(path)
        except OSError as error:
            raise TransferError(f"{path} cannot be written ({error.strerror}).") from error

    def write(self, name: str, data: bytes) -> None:
        """Leaves a file that holds these bytes already as it is."""
        path = self._path_of(name)
        try:
            if path.is_file() and path.read_bytes() == data:
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise TransferError(f"{path} cannot be written ({error.strerror}).") from error

    def _path_of(self, name: str) -> Path:
        (self._of_article if name.startswith(f"{ARTICLES}/") else self._written).add(name)
        return self.root / name


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _remove_others(folder: Path, ours: Iterable[str], written: Collection[Path]) -> None:
    for pattern in ours:
        for ending in ("json", "md"):
            for path in list(folder.glob(f"{pattern}.{ending}")):
                if path not in written:
                    path.unlink()


def _remove_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


class Origin:
    """Where an import comes from. `current` is the file read last, for sentences about what goes wrong with it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.current = MARK

    def begin(self) -> None:
        """Raises TransferError for a folder that holds no whole export, or one of a newer program."""
        if not (self.root / MARK).is_file():
            raise TransferError(f"{self.root} is no export of a site: it has no file {MARK}.")
        mark = self.json(MARK)
        if not isinstance(mark, dict) or mark.get("fanguide") not in _READABLE:
            raise TransferError(
                f"{MARK}: this export has another format than {FORMAT}, the one this program reads. "
                "Import it with the program that wrote it."
            )
        if mark.get("finished") is not True:
            raise TransferError(f"{MARK}: this export was not finished. Run export_site again.")

    def bytes(self, name: str) -> bytes:
        self.current = name
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError as error:
            raise TransferError(f"{name} is missing. {REMEDY}") from error
        except OSError as error:
            raise TransferError(f"{name} cannot be read ({error.strerror}): see whether you may open it.") from error

    def text(self, name: str) -> str:
        try:
            return self.bytes(name).decode()
        except UnicodeDecodeError as error:
            raise damaged(name, f"it is not UTF-8 at byte {error.start}") from error

    def json(self, name: str) -> Any:
        """What the file holds. Its texts can be stored: none has a NUL or half a character in it."""
        text = self.text(name)
        try:
            value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
            if _MAY_HOLD_ODD_SIGNS.search(text):
                _refuse_odd_signs(value, name)
        except json.JSONDecodeError as error:
            raise damaged(name, f"line {error.lineno} is not JSON ({error.msg})") from error
        except RecursionError as error:
            raise damaged(name, "it is nested too deep") from error
        except ValueError as error:  # of the hooks, or a number of many thousand digits
            raise damaged(name, str(error).partition(":")[0]) from error
        return value

    def holds(self, name: str) -> bool:
        return (self.root / name).is_file()

    def stems(self, folder: str, pattern: str = "*.json") -> Iterator[str]:
        """The names of the files in a folder without their ending, sorted."""
        yield from sorted(path.stem for path in (self.root / folder).glob(pattern))

    def folders(self, folder: str) -> set[str]:
        return {path.name for path in (self.root / folder).glob("*") if path.is_dir()}


#: How JSON writes what a text of ours never holds as it is: a NUL, and half a character.
_MAY_HOLD_ODD_SIGNS = re.compile(r"\\u(0000|d[89a-f])", re.IGNORECASE)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Which of two values under one name would count?"""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(f"“{next(name for name in names if names.count(name) > 1)}” stands twice in one object")
    return found


def _refuse_odd_signs(value: Any, place: str) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _refuse_odd_signs(key, place)
            _refuse_odd_signs(item, f"{place}, {key}")
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            _refuse_odd_signs(item, f"{place}, entry {number}")
    elif isinstance(value, str) and ("\x00" in value or _HALF.search(value)):
        raise damaged(place, "there is a NUL or half a character in it, which no database keeps")


_HALF = re.compile("[\ud800-\udfff]")
