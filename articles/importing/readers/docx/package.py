"""The parts of a .docx as a stream of events, under limits: no tree is built, and nothing is unpacked beyond them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from articles.importing.errors import ImportRefused
from articles.text.messages import _

MOST_PARTS = 5_000
MOST_EVENTS = 600_000  # of all parts that are read; a page of a real document has some hundreds
DEEPEST = 200
LARGEST_UNPACKED = 200 * 1024 * 1024  # declared, with pictures
LARGEST_PART = 40 * 1024 * 1024
LARGEST_TAG = 1024 * 1024  # with its attributes
LARGEST_PICTURE = 20 * 1024 * 1024
MOST_TEXT = 5 * 1024 * 1024  # signs
_CHUNK = 1 << 16
_HEAD = 4_096
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)

#: By the end of the address of a name space, which is the same in the transitional and the strict form of the format.
_PREFIXES = {
    "wordprocessingml/2006/main": "w", "wordprocessingml/main": "w", "markup-compatibility/2006": "mc",
    "drawingml/2006/main": "a", "drawingml/main": "a", "drawingml/2006/wordprocessingDrawing": "wp",
    "drawingml/wordprocessingDrawing": "wp", "officeDocument/2006/math": "m", "officeDocument/math": "m",
    "officeDocument/2006/relationships": "r", "officeDocument/relationships": "r",
    "urn:schemas-microsoft-com:vml": "v", "package/2006/relationships": "rel",
}  # fmt: skip

Attributes = dict[str, str]


#: An element's start ("w:p" with its attributes), its end ("/w:p"), or a text ("" with the text).
Event = tuple[str, Attributes, str]
_NONE: Attributes = {}


class Package:
    """An open .docx. `name` is the file's, for refusals; every method raises ImportRefused."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._events = 0
        self._text = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGED as error:
            raise ImportRefused(
                _("%(name)s is no Word document, or damaged: save it as .docx again.", name=name)
            ) from error
        self._parts = {part.filename: part for part in self._archive.infolist()}
        if "word/document.xml" not in self._parts:
            raise ImportRefused(_("%(name)s holds no Word document: save it as .docx again.", name=name))
        self._refuse_harm()

    def named(self, pattern: str) -> list[str]:
        return sorted(name for name in self._parts if re.fullmatch(pattern, name))

    def picture(self, part: str) -> bytes | None:
        """The bytes of a picture; None for one that is not there or larger than anybody needs."""
        found = self._parts.get(part)
        if found is None or found.file_size > LARGEST_PICTURE:
            return None
        try:
            with self._archive.open(found) as file:
                return file.read(LARGEST_PICTURE)
        except _DAMAGED as error:
            raise self._damaged(part) from error

    def events(self, part: str) -> Iterator[Event]:
        """What stands in a part, in its order; nothing when there is no such part."""
        if part not in self._parts:
            return
        stream = _Stream()
        size = silent = 0
        try:
            with self._archive.open(self._parts[part]) as file:
                while chunk := file.read(_CHUNK):
                    size += len(chunk)
                    if size > LARGEST_PART or silent > LARGEST_TAG:
                        raise self._too_large(part)
                    events = stream.feed(chunk)
                    silent = 0 if events else silent + len(chunk)
                    yield from self._counted(events, part)
            yield from self._counted(stream.feed(b""), part)
        except expat.ExpatError as error:
            raise self._damaged(part, stream.line) from error
        except _DAMAGED as error:
            if isinstance(error, ImportRefused):
                raise
            raise self._damaged(part) from error
        if stream.has_document_type:
            raise self._entities(part)

    def _counted(self, events: list[Event], part: str) -> list[Event]:
        self._events += len(events)
        self._text += sum(len(text) for _tag, _given, text in events)
        if self._events > MOST_EVENTS or self._text > MOST_TEXT:
            raise ImportRefused(
                _(
                    "%(name)s holds more than a document can (%(part)s): copy its text into a new one and save that.",
                    name=self.name,
                    part=part,
                )
            )
        return events

    # --- refusals -----------------------------------------------------------------------------------------------------

    def _refuse_harm(self) -> None:
        parts = self._parts.values()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise ImportRefused(
                _("%(name)s unpacks to more than any document should: save it as .docx again.", name=self.name)
            )
        for part in parts:
            self._refuse_part(part)

    def _refuse_part(self, part: zipfile.ZipInfo) -> None:
        name = part.filename
        if part.flag_bits & 1:
            raise ImportRefused(_("%(name)s is locked with a password: save it without one.", name=self.name))
        if name.lower().endswith("vbaproject.bin"):
            raise ImportRefused(
                _("%(name)s holds a macro (%(part)s): save it as .docx without macros.", name=self.name, part=name)
            )
        if not name.lower().endswith((".xml", ".rels")):
            return
        if part.file_size > LARGEST_PART:
            raise self._too_large(name)
        head = self._head(part)
        if _DOCTYPE.search(head):
            raise self._entities(name)
        if name == "[Content_Types].xml" and b"macroEnabled" in head:
            raise ImportRefused(
                _("%(name)s is a document with macros: save it as .docx without macros.", name=self.name)
            )

    def _head(self, part: zipfile.ZipInfo) -> bytes:
        try:
            with self._archive.open(part) as file:
                return file.read(_CHUNK if part.filename == "[Content_Types].xml" else _HEAD)
        except _DAMAGED as error:
            raise self._damaged(part.filename) from error

    def _too_large(self, part: str) -> ImportRefused:
        return ImportRefused(
            _(
                "%(name)s: %(part)s unpacks to more than 40 MB; save the document as .docx again.",
                name=self.name,
                part=part,
            )
        )

    def _entities(self, part: str) -> ImportRefused:
        return ImportRefused(
            _("%(name)s declares entities in %(part)s: save it as .docx again.", name=self.name, part=part)
        )

    def _damaged(self, part: str, line: int = 1) -> ImportRefused:
        return ImportRefused(
            _(
                "%(name)s is damaged in %(part)s, line %(line)s: save it as .docx again.",
                name=self.name,
                part=part,
                line=line,
            )
        )


class _Stream:
    """Bytes in, events out, chunk by chunk."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._document_type
        self._events: list[Event] = []
        self._tags: dict[str, str] = {}
        self._depth = 0
        self.has_document_type = False

    @property
    def line(self) -> int:
        return self._parser.ErrorLineNumber or 1

    def feed(self, chunk: bytes) -> list[Event]:
        if self.has_document_type:
            return []
        self._parser.Parse(chunk, not chunk)
        events, self._events = self._events, []
        return events

    def _start(self, name: str, given: Attributes) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise expat.ExpatError("nested too deep")
        attributes = {self._tag(key): value for key, value in given.items()} if given else _NONE
        self._events.append((self._tag(name), attributes, ""))

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._events.append(("/" + self._tag(name), _NONE, ""))

    def _characters(self, text: str) -> None:
        self._events.append(("", _NONE, text))

    def _document_type(self, *_: object) -> None:
        self.has_document_type = True

    def _tag(self, name: str) -> str:
        """The name with the usual prefix of its name space: "w:p"."""
        found = self._tags.get(name)
        if found is None:
            space, _, local = name.rpartition(" ")
            prefix = next((prefix for end, prefix in _PREFIXES.items() if space.endswith(end)), "")
            found = f"{prefix}:{local}" if prefix else local
            if len(self._tags) < 2_000:
                self._tags[name] = found
        return found
