"""What a backup says about itself, and whether this program can make a site of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import platform
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db import connection

from articles.models import schema
from articles.operations.errors import OperationError

FORMAT = 1
NAME = "manifest.json"
#: What decides how a page looks: a digest of it says whether two programs give the same answers.
_CODE = ("articles", "fanguide", "templates", "static", "locale")


@dataclasses.dataclass(frozen=True)
class Manifest:
    """`site`: the settings that public pages show. `files` and `pages`: lines of SHA256SUMS and pages.txt."""

    format: int
    made_at: str
    program: str
    code: str
    django: str
    python: str
    database: str
    database_version: str
    migrations: list[list[str]]
    site: dict[str, str]
    files: int
    pages: int

    @classmethod
    def of_this_site(cls, made_at: dt.datetime, *, files: int, pages: int) -> Manifest:
        return cls(
            format=FORMAT,
            made_at=made_at.isoformat(),
            program=program_version(),
            code=code_digest(),
            django=django.get_version(),
            python=platform.python_version(),
            database=connection.vendor,
            database_version=".".join(map(str, connection.get_database_version())),
            migrations=sorted(map(list, schema.applied())),
            site=site_settings(),
            files=files,
            pages=pages,
        )

    @classmethod
    def read(cls, text: str) -> Manifest:
        """Raises OperationError for another format."""
        try:
            value = json.loads(text)
            if value["format"] != FORMAT:
                raise OperationError(
                    f"{NAME}: this backup has format {value['format']}, and this program reads {FORMAT}."
                )
            made = cls(**{field.name: value[field.name] for field in dataclasses.fields(cls)})
            dt.datetime.fromisoformat(made.made_at)
        except (ValueError, KeyError, TypeError) as error:
            raise OperationError(f"{NAME} cannot be read ({error}): take another backup.") from error
        return made

    def as_json(self) -> bytes:
        return (json.dumps(dataclasses.asdict(self), ensure_ascii=False, indent=2) + "\n").encode()

    @property
    def instant(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.made_at)

    @property
    def same_program(self) -> bool:
        """Whether this program gives the same answers as the one that made the backup."""
        return (self.code, self.django) == (code_digest(), django.get_version())

    def require_readable(self) -> None:
        """Raises OperationError for another kind of database, and for a backup of a newer program."""
        if self.database != connection.vendor:
            raise OperationError(
                f"This backup is of {self.database}, and this site is on {connection.vendor}: set "
                "FANGUIDE_DATABASE_URL, or carry the site over with export_site and import_site."
            )
        unknown = schema.unknown({(app, name) for app, name in self.migrations})
        if unknown or _as_numbers(self.program) > _as_numbers(program_version()):
            why = f"it has {'.'.join(unknown[0])}" if unknown else f"this one is {program_version()}"
            raise OperationError(
                f"This backup was made by a newer program ({self.program}; {why}): install that one, then restore."
            )

    def has_pending_migrations(self) -> bool:
        return bool(schema.pending({(app, name) for app, name in self.migrations}))


def site_settings() -> dict[str, str]:
    shown = ("SITE_NAME", "SITE_DESCRIPTION", "SITE_URL", "LANGUAGE_CODE", "TIME_ZONE")
    return {name: getattr(settings, name) for name in shown}


def program_version() -> str:
    """As pyproject.toml says, or the installed package; "0" where there is neither."""
    try:
        return str(tomllib.loads((_root() / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        pass
    try:
        return metadata.version("fanguide")
    except metadata.PackageNotFoundError:
        return "0"


def code_digest() -> str:
    whole = hashlib.sha256()
    for name, path in _sources():
        whole.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _sources() -> Iterator[tuple[str, Path]]:
    """Each file with its name in a checkout. A wheel has templates and their like inside of `fanguide`."""
    for folder in _CODE:
        root = _root() if (_root() / folder).is_dir() else Path(settings.CODE_DIR)
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc" and "shipped" not in path.relative_to(root).parts:
                yield path.relative_to(root).as_posix(), path


def _root() -> Path:
    return Path(settings.BASE_DIR)


def _as_numbers(version: str) -> tuple[Any, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
