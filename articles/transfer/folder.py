"""The folder of an export: names, equal bytes for equal values, and nothing touched that is not ours."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from articles.transfer.errors import REMEDY, TransferError, damaged

#: 2: an edition's parts say of what version they are, and saves in the history what they changed. 1 is read too.
FORMAT = 2
_READABLE = (1, 2)
MARK = "fanguide.json"

PICTURES = "pictures"
PICTURE_FILE = re.compile(rf"{PICTURES}/(?P<digest>[0-9a-f]{{32}})\.(?:jpg|webp)")
_INSTANT = "%Y-%m-%dT%H-%M-%S.%fZ"
_OURS = (
    *("people", "subjects", "authors", "tags", "pictures", "facts", "house_terms", "pages", "checks"),
    *("order", "history", "imports", "reports", "votes", "featured"),
    *("articles/*/article", "articles/*/comments", "articles/*/history", "articles/*/wordings", "articles/*/decisions"),
    *("articles/*/revisions/*", "articles/*/editions/*"),
)


def instant_name(at: dt.datetime) -> str:
    """An instant as a file is named by it; they sort as the instants do."""
    return at.astimezone(dt.UTC).strftime(_INSTANT)


def named_instant(name: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(name, _INSTANT).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


class Target:
    """Where an export goes. What an earlier export left and this one does not write is removed at the end."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._written: set[Path] = set()

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

    def finish(self) -> None:
        for pattern in _OURS:
            for ending in ("json", "md"):
                self._remove_others(f"{pattern}.{ending}")
        for path in (self.root / PICTURES).glob("*"):
            if PICTURE_FILE.fullmatch(f"{PICTURES}/{path.name}") and path not in self._written:
                path.unlink()
        for folder in sorted(self.root.glob("articles/**/"), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
        self.write_json(MARK, {"fanguide": FORMAT, "finished": True})

    def _remove_others(self, pattern: str) -> None:
        for path in list(self.root.glob(pattern)):
            if path not in self._written:
                path.unlink()

    def write_json(self, name: str, value: Any) -> None:
        self.write(name, (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode())

    def write(self, name: str, data: bytes) -> None:
        """Leaves a file that holds these bytes already as it is."""
        path = self.root / name
        self._written.add(path)
        try:
            if path.is_file() and path.read_bytes() == data:
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:
            raise TransferError(f"{path} cannot be written ({error.strerror}).") from error


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
