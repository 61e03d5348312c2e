"""The committed catalogues as values, read without gettext: .po files in the plain form that msgmerge writes."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "ko" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")

_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")')
_PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True)
class Message:
    context: str
    words: str
    plural: str
    korean: tuple[str, ...]
    is_fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.words

    @property
    def places(self) -> set[str]:
        """Those of the plural: Korean has one form for every number, and “one fact” need not name it."""
        return set(_PLACE.findall(self.plural or self.words))


@cache
def messages(path: Path) -> tuple[Message, ...]:
    """Every message but the header, which says no word of the interface."""
    return tuple(message for message in _read(path) if message.words)


def _read(path: Path) -> Iterator[Message]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        parts: dict[str, str] = {}
        name, is_fuzzy = "", False
        for line in block.splitlines():
            is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
            if not line.startswith("#") and (found := _LINE.fullmatch(line)):
                name = found[1] or name
                parts[name] = parts.get(name, "") + ast.literal_eval(found[2])
        korean = tuple(text for name, text in parts.items() if name.startswith("msgstr"))
        if korean:
            yield Message(parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""), korean, is_fuzzy)


def committed(domain: str) -> tuple[Message, ...]:
    return messages(FOLDER / f"{domain}.po")


def compiled(domain: str) -> gettext.GNUTranslations:
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def said(message: Message, catalogue: gettext.GNUTranslations) -> str | None:
    """What the compiled catalogue makes of the message; None where it does not know it."""
    entries: dict[object, str] = catalogue._catalog  # type: ignore[attr-defined]
    key = f"{message.context}\x04{message.words}" if message.context else message.words
    return entries.get((key, 0) if message.plural else key)
