"""The posts of an export one by one, out of a stream of bytes: a post that is broken costs no other.

The file is not read as one XML document: its items are cut out first, and each is parsed for itself. Bytes that are no
UTF-8 are read as Windows-1252; signs and entities that XML cannot hold are mended.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from articles.importing.account import Repaired
from articles.importing.errors import ImportRefused
from articles.importing.readers import signs
from articles.text.messages import _

_CHUNK = 1 << 16
_LARGEST_ITEM = 16 * 1024 * 1024  # signs
_LARGEST_HEAD = 32 * 1024 * 1024
_ENCODING = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["'](?P<name>[\w.-]{2,30})""")
_ITEM = re.compile(r"<item[\s>]")
_INSIDE = re.compile(r"<!\[CDATA\[|</item\s*>|<item[\s>]")
_ROOT = re.compile(r"<(?P<name>[A-Za-z][\w:.-]*)")
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)(?P<name>\w{2,31};)?")
_NUMBER = re.compile(r"&#(?:(?P<decimal>\d{1,7})|[xX](?P<hex>[0-9a-fA-F]{1,6}));")
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("fanguide-windows", _as_windows)


@dataclass(frozen=True, slots=True)
class Item:
    """A post as it stands in the file, with its line there."""

    text: str
    line: int
    is_whole: bool = True


class Export:
    """An export that is being read: `head` is what stands before the first post. Raises ImportRefused."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name
        self._decoder: codecs.IncrementalDecoder | None = None
        self._buffer = ""
        self._line = 1
        self._count = 0
        self.head = self._head()

    def items(self) -> Iterator[Item]:
        """The posts; one that the file ends in comes as a refusal, after all that were whole."""
        while True:
            found = self._find(_ITEM)
            if found is None:
                break
            self._drop(found.start())
            stop, is_whole = self._end_of_item()
            item = Item(self._buffer[:stop], self._line, is_whole)
            self._drop(stop)
            self._count += 1
            yield item
        if "</rss" not in self._buffer:
            raise self._broken()

    # --- the file -----------------------------------------------------------------------------------------------------

    def _more(self) -> bool:
        chunk = self._file.read(_CHUNK)
        if self._decoder is None:
            found = _ENCODING.search(chunk[:300])
            self._decoder = _decoder(found["name"].decode("ascii") if found else "utf-8")
        self._buffer += self._decoder.decode(chunk, not chunk)
        return bool(chunk)

    def _drop(self, count: int) -> None:
        self._line += self._buffer.count("\n", 0, count)
        self._buffer = self._buffer[count:]

    def _find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The next place of a pattern; what stands before it is dropped as it is read, but for the end of the file."""
        while True:
            found = pattern.search(self._buffer)
            if found is not None:
                return found
            if len(self._buffer) > 2 * _CHUNK:
                self._drop(len(self._buffer) - 100)
            if not self._more():
                return pattern.search(self._buffer)

    def _head(self) -> str:
        while not _ITEM.search(self._buffer):
            if not self._more() or len(self._buffer) > _LARGEST_HEAD:
                break
        found = _ITEM.search(self._buffer)
        head = self._buffer[: found.start() if found else len(self._buffer)]
        if "<!DOCTYPE" in head or "<!ENTITY" in head:
            line = head[: max(head.find("<!DOCTYPE"), head.find("<!ENTITY"))].count("\n") + 1
            raise ImportRefused(
                _(
                    "%(name)s declares a document type in line %(line)s, which no WordPress export does: "
                    "export the site again and import that file.",
                    name=self._name,
                    line=line,
                )
            )
        root = _ROOT.search(head.partition("?>")[2] if "<?xml" in head else head)
        if root is None:
            raise self._broken()
        if root["name"] != "rss":
            raise ImportRefused(
                _("%(name)s is no WordPress export: choose the file from Tools, Export.", name=self._name)
            )
        return head

    def _end_of_item(self) -> tuple[int, bool]:
        """Where the item at the start of the buffer ends, and whether it is whole."""
        at = len("<item")
        while True:
            found = _INSIDE.search(self._buffer, at)
            if found is None:
                at = max(len("<item"), len(self._buffer) - 12)
            elif found[0].startswith("</"):
                return found.end(), True
            elif found[0].startswith("<item"):
                return found.start(), False  # the end of this one is missing
            else:
                stop = self._buffer.find("]]>", max(found.end(), at))
                if stop >= 0:
                    at = stop + 3
                    continue
                at = found.start()
            if len(self._buffer) > _LARGEST_ITEM:
                found = _ITEM.search(self._buffer, len("<item"))
                return (found.start() if found else len(self._buffer)), False
            if not self._more_at(at):
                raise self._broken()

    def _more_at(self, at: int) -> bool:
        """Reads on, and tells whether anything came. Whoever waits for the end of a long CDATA looks again only when
        the buffer has doubled.
        """
        size = len(self._buffer)
        aim = size + min(size - at, _LARGEST_ITEM)
        while self._more() and len(self._buffer) < aim:
            pass
        return len(self._buffer) > size

    def _broken(self) -> ImportRefused:
        line = self._line + self._buffer.count("\n")
        before = (
            _("the %(count)s posts before it are whole", count=self._count)
            if self._count
            else _("no post comes before it")
        )
        return ImportRefused(
            _(
                "%(name)s is broken or cut off in line %(line)s (%(before)s): export the site again and import that.",
                name=self._name,
                line=line,
                before=before,
            )
        )


def _decoder(name: str) -> codecs.IncrementalDecoder:
    try:
        return codecs.getincrementaldecoder(name)(
            "fanguide-windows" if name.lower() in ("utf-8", "utf8") else "replace"
        )
    except LookupError:
        return codecs.getincrementaldecoder("utf-8")("fanguide-windows")


# --- one item ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Element:
    """A field of a post: its path below the item ("wp:comment/wp:comment_id"), its domain, its text."""

    path: str
    domain: str
    text: str


def elements(text: str, most: int) -> tuple[list[Element], list[Repaired]]:
    """The fields of an item, and what was mended in it. Raises expat.ExpatError for what cannot be mended.

    A field gives no more than `most` signs and one.
    """
    text, repaired = signs.clean(text)
    text = _NUMBER.sub(_fit_number, text) if "&#" in text else text
    try:
        return _Parser(most).parsed(text), repaired
    except expat.ExpatError:
        return _Parser(most).parsed(_mended(text)), repaired


def _fit_number(found: re.Match[str]) -> str:
    """A sign that is named by a number which no XML may hold is left out, outside CDATA and in it."""
    number = int(found["decimal"]) if found["decimal"] else int(found["hex"], 16)
    if number in (9, 10, 13) or (number >= 32 and not 0xD800 <= number <= 0xDFFF and number < 0x11_0000):
        return found[0] if number not in (0xFFFE, 0xFFFF) else ""
    return " " if number == 11 else ""


def _mended(text: str) -> str:
    """Names that only HTML knows, and signs for "and", which are none of XML's; CDATA stays as it is."""
    pieces = _CDATA.split(text)
    pieces[::2] = [_ENTITY.sub(_entity, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _entity(found: re.Match[str]) -> str:
    if found["name"] is None:
        return "&amp;"
    sign = html.unescape(f"&{found['name']}")
    return html.escape(sign) if not sign.startswith("&") else f"&amp;{found['name']}"


class _Parser:
    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0  # of the field that is being read
        self._found: list[Element] = []
        self._open: list[tuple[str, str, list[str]]] = []
        self._parser = expat.ParserCreate("utf-8")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def parsed(self, text: str) -> list[Element]:
        self._parser.Parse(text.encode("utf-8", "replace"), True)
        return self._found

    def _start(self, tag: str, given: dict[str, str]) -> None:
        path = f"{self._open[-1][0]}/{tag}" if len(self._open) > 1 else tag if self._open else ""
        self._open.append((path, given.get("domain", ""), []))
        self._size = 0

    def _characters(self, text: str) -> None:
        if self._size <= self._most:
            self._open[-1][2].append(text[: self._most + 1])
            self._size += len(text)

    def _end(self, _tag: str) -> None:
        path, domain, pieces = self._open.pop()
        if path:
            self._found.append(Element(path, domain, "".join(pieces)))
