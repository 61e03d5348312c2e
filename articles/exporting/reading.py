"""The Document in a Markdown export. Harmless edits by hand are taken; what was damaged is refused with its line."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from articles import document
from articles.document import SCHEMA_VERSION, Document, DocumentError
from articles.exporting import marks
from articles.exporting.errors import ReadError
from articles.exporting.marks import Kind

_MARK = re.compile(rf"\ufeff?\+\+\+[ \t]*\r?\n{marks.VERSION_KEY}[ \t]*=")
_TOML_PLACE = re.compile(r" \(at line (?P<line>\d+), column \d+\)| \(at end of document\)")
_ELSEWHERE = ("cards", "faqs", "conclusion_heading", "conclusion")


@dataclass(frozen=True, slots=True)
class _Lines:
    """Some lines of the file; `first` is the number of the first of them."""

    first: int
    lines: Sequence[str]

    def part(self, start: int, stop: int | None = None) -> _Lines:
        return _Lines(self.first + start, self.lines[start:stop])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def body(self) -> str:
        """The text between the one empty line that stands before a body and the one after it."""
        start, stop = 0, len(self.lines)
        if start < stop and not self.lines[start]:
            start += 1
        if start < stop and not self.lines[stop - 1]:
            stop -= 1
        return self.part(start, stop).text

    def line_of(self, key: str) -> int:
        """Where a field is written; the first line when it is not."""
        pattern = re.compile(rf"\s*(?:\[\[)?{re.escape(key)}\s*(?:=|\]\])")
        return self.first + next((index for index, line in enumerate(self.lines) if pattern.match(line)), 0)


def is_export(text: str) -> bool:
    """Whether a text bears the mark of our exports: then it is read exactly and never guessed at."""
    return _MARK.match(text) is not None


def from_markdown(text: str) -> Document:
    """The Document again. Raises ReadError for what was damaged by hand.

    Cards may be moved, added and taken away (their numbers count for nothing), words may be changed; line ends and a
    byte order mark are as the editor likes them.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = _Lines(1, text.split("\n"))
    front, rest = _front_matter(lines)
    introduction, *sections = _divided(rest)
    value = _front_document(front, introduction)
    found: dict[Kind, list[Document]] = {kind: [] for kind in Kind}
    for section in sections:
        kind, read = _section(section)
        if kind is Kind.CONCLUSION and found[kind]:
            raise ReadError(section.first, "this is a second conclusion: an article has one.")
        found[kind].append(read)
    for conclusion in found[Kind.CONCLUSION]:
        names = (Kind.CONCLUSION.value.title, Kind.CONCLUSION.value.body)
        value = dataclasses.replace(value, **{name: getattr(conclusion, name) for name in names})
    return dataclasses.replace(
        value,
        cards=tuple(card for read in found[Kind.FACT] for card in read.cards),
        faqs=tuple(faq for read in found[Kind.QUESTION] for faq in read.faqs),
    )


# --- the parts of the file --------------------------------------------------------------------------------------------


def _front_matter(lines: _Lines) -> tuple[_Lines, _Lines]:
    if lines.lines[0].rstrip() != marks.FRONT:
        raise ReadError(1, f"an export begins with a line {marks.FRONT}.")
    for index, line in enumerate(lines.lines[1:], 1):
        if line.rstrip() == marks.FRONT:
            return lines.part(1, index), lines.part(index + 1)
    raise ReadError(1, f"no second line {marks.FRONT} ends what begins here.")


def _divided(lines: _Lines) -> Iterator[_Lines]:
    """The introduction, then each section. What stands between the fences of fields begins no section."""
    start, fence, may_open = 0, "", False
    for index, line in enumerate(lines.lines):
        if fence:
            fence = "" if line.rstrip() == fence else fence
        elif marks.read_section_line(line):
            yield lines.part(start, index)
            start, may_open = index, True
        elif may_open and line.strip():
            fence, may_open = marks.opens_fields(line), False
    yield lines.part(start)


def _front_document(front: _Lines, introduction: _Lines) -> Document:
    values = _toml(front)
    for name in _ELSEWHERE:
        if name in values:
            raise ReadError(front.line_of(name), f"“{name}” does not stand here but in a section of its own below.")
    version = values.pop(marks.VERSION_KEY, None)
    _put(values, "introduction", introduction.body, introduction.first)
    return _document({"schema": version, **values}, front)


def _section(section: _Lines) -> tuple[Kind, Document]:
    found = marks.read_section_line(section.lines[0])
    assert found is not None  # noqa: S101  -- sections are divided at these lines
    kind, title = found
    fields, body = _fields(section)
    values = _toml(fields)
    _put(values, kind.value.title, title, section.first)
    _put(values, kind.value.body, body.body, body.first)
    if kind is Kind.CONCLUSION:
        for name in values.keys() - {kind.value.title, kind.value.body}:
            raise ReadError(fields.line_of(name), f"a conclusion has no field {name!r}.")
        return kind, _document({"schema": SCHEMA_VERSION, **values}, fields)
    return kind, _document({"schema": SCHEMA_VERSION, kind.value.items: [values]}, fields)


def _fields(section: _Lines) -> tuple[_Lines, _Lines]:
    """The fields of a section, and its body."""
    start = next((index for index, line in enumerate(section.lines[1:], 1) if line.strip()), len(section.lines))
    fence = marks.opens_fields(section.lines[start]) if start < len(section.lines) else ""
    if not fence:
        return section.part(0, 0), section.part(1)
    for index, line in enumerate(section.lines[start + 1 :], start + 1):
        if line.rstrip() == fence:
            return section.part(start + 1, index), section.part(index + 1)
    raise ReadError(section.first + start, f"no line {fence} ends the fields that begin here.")


# --- values -----------------------------------------------------------------------------------------------------------


def _toml(lines: _Lines) -> dict[str, Any]:
    try:
        return {key: _plain(value) for key, value in tomllib.loads(lines.text).items()}
    except ValueError as error:  # beside TOMLDecodeError: a number of many thousand digits
        found = _TOML_PLACE.search(str(error))
        within = int(found["line"]) if found and found["line"] else max(1, len(lines.lines))
        what = _TOML_PLACE.sub("", str(error))
        raise ReadError(lines.first + within - 1, f"this is not TOML ({what}).") from error
    except RecursionError as error:
        raise ReadError(lines.first, "this is nested too deep.") from error


def _plain(value: Any) -> Any:
    """As JSON has it: a day is a text."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _put(values: dict[str, Any], name: str, text: str, line: int) -> None:
    """What stands in the open must not stand among the fields as well: which of the two would count?"""
    if not text:
        return
    if name in values:
        raise ReadError(line, f"“{name}” stands here and among the fields: keep one of the two.")
    values[name] = text


def _document(values: Mapping[str, Any], place: _Lines) -> Document:
    try:
        return document.from_json(values)
    except DocumentError as error:
        sentence = re.sub(r"^document(?:\.(?:cards|faqs)\[0\])?[.:]? ?", "", str(error))
        key = re.search(r"\w+", sentence.removeprefix("unknown field "))
        raise ReadError(place.line_of(key[0] if key else ""), sentence) from error
