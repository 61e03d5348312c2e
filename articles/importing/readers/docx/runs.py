"""The words of a Word document: runs with their looks, fields, links, ruby, pictures, and what is set aside.

`visible` gathers every word of the source by itself, without regard to the blocks that are made of them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from articles.importing.blocks import Block, Hint, Kind, Span, Spans
from articles.importing.readers import raised
from articles.importing.readers.asides import ASIDES
from articles.importing.readers.docx import symbols
from articles.importing.readers.docx.package import Attributes
from articles.importing.readers.docx.styles import Styles

_LONGEST_CODE = 2_000
_ADDRESS = re.compile(r'\s*HYPERLINK\s+"(?P<address>[^"]{1,2000})"')


@dataclass(slots=True)
class Paragraph:
    """A paragraph that is being read. `behind` is what is anchored in it: text boxes, notes, words set aside."""

    style: str = ""
    outline: int | None = None
    list_id: str = ""
    list_level: int | None = None
    spans: list[Span] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # their words, for `visible`
    fields: int = 0  # how many were open when it began


@dataclass(slots=True)
class Run:
    style: str = ""
    marks: dict[str, bool] = field(default_factory=dict)
    raised: str = ""


@dataclass(slots=True)
class Field:
    """A field that Word computes: its code, then what it came to."""

    code: str = ""
    has_result: bool = False

    @property
    def address(self) -> str:
        found = _ADDRESS.match(self.code)
        return found["address"] if found else ""


@dataclass(frozen=True, slots=True)
class Links:
    """What the document refers to: addresses of links by their ids, and what keeps a picture and gives its address."""

    addresses: Mapping[str, str]
    keep_picture: Callable[[str, str], str]


def joined(spans: Sequence[Span]) -> Spans:
    """The spans with neighbours of one look made one: Word divides a sentence into many runs."""
    found: list[Span] = []
    for look, group in itertools.groupby(spans, lambda span: span if span.picture else span.with_text("")):
        same = list(group)
        found += same if look.picture else [look.with_text("".join(span.text for span in same))]
    return tuple(found)


def aside(text: str, why: str) -> Block:
    return Block(kind=Kind.PARAGRAPH, spans=(Span(text),), hint=Hint.ASIDE, why=ASIDES[why])


class Runs:
    """`notes` are the footnotes and endnotes by kind and id ("foot 2"), which go behind the paragraph they note."""

    def __init__(self, styles: Styles, links: Links, notes: Mapping[str, Sequence[Block]]) -> None:
        self._styles, self._links, self._notes = styles, links, notes
        self._paragraphs: list[Paragraph] = []
        self._run = Run()
        self._fields: list[Field] = []
        self._text: list[str] = []
        self._link = self._alt = ""
        self._reads = ""  # "text" or "code": what the characters are that come
        self._deleted = self._moved = 0
        self._has_moved_to = False
        self._moves: list[str] = []
        self._readings: list[list[Span]] = []
        self._in_reading = False
        self._met = 0  # words and pictures, to see whether anything was met at all
        self._notes_read = 0

    @property
    def visible(self) -> str:
        return "".join(self._text)

    # --- words --------------------------------------------------------------------------------------------------------

    def open_run(self, _given: Attributes) -> None:
        self._run = Run()

    def open_run_style(self, given: Attributes) -> None:
        self._run.style = given.get("w:val", "")

    def open_raised(self, given: Attributes) -> None:
        self._run.raised = given.get("w:val", "")

    def open_power(self, _given: Attributes) -> None:
        self._run.raised = "superscript"

    def end_power(self) -> None:
        self._run.raised = ""

    def open_divisor(self, _given: Attributes) -> None:
        self._words("/")

    def open_text(self, _given: Attributes) -> None:
        self._reads = "text"

    def open_code(self, _given: Attributes) -> None:
        self._reads = "code"

    def end_text(self) -> None:
        self._reads = ""

    def open_break(self, given: Attributes) -> None:
        self._words("\n\n" if given.get("w:type") in ("page", "column") else "\n")

    def open_tab(self, _given: Attributes) -> None:
        if self._paragraphs and self._paragraphs[-1].spans:
            self._words(" ")

    def open_hyphen(self, _given: Attributes) -> None:
        self._words("\u2011")

    def open_symbol(self, given: Attributes) -> None:
        self._words(symbols.sign(given.get("w:font", ""), given.get("w:char", "")))

    def characters(self, text: str) -> None:
        if self._reads == "text":
            self._words(text)
        elif self._reads == "code" and self._fields and not self._fields[-1].has_result:
            self._fields[-1].code = (self._fields[-1].code + text)[:_LONGEST_CODE]

    def _words(self, text: str) -> None:
        if not self._paragraphs or not text or (self._fields and not self._fields[-1].has_result):
            return
        self._met += 1
        marks = {**self._styles.marks(self._run.style), **self._run.marks} if self._run.style else self._run.marks
        if self._moved:
            self._moves.append(text)
        elif self._deleted or marks.get("w:vanish"):
            self._set_aside(text, "deleted" if self._deleted else "hidden")
        else:
            if self._run.raised:
                text = {"superscript": raised.above, "subscript": raised.below}.get(self._run.raised, str)(text)
            self._text.append(text)
            is_struck = marks.get("w:strike", False) or marks.get("w:dstrike", False)
            self._add(Span(text, marks.get("w:b", False), marks.get("w:i", False), is_struck, href=self._address()))

    def _address(self) -> str:
        """Of the link around the words. One that a field makes ends with its paragraph at the latest."""
        opened = self._fields[self._paragraphs[-1].fields :]
        return self._link or next((each.address for each in opened if each.address), "")

    def _add(self, span: Span) -> None:
        (self._readings[-1] if self._in_reading else self._paragraphs[-1].spans).append(span)

    def _set_aside(self, text: str, why: str) -> None:
        """Words that go behind the paragraph; those that follow each other for one reason are one passage."""
        behind = self._paragraphs[-1].behind
        self._text.append(f" {text} ")
        if behind and behind[-1].why is ASIDES[why]:
            behind[-1] = aside(behind[-1].text + text, why)
        else:
            behind.append(aside(text, why))

    # --- deleted and moved --------------------------------------------------------------------------------------------

    def open_deleted(self, _given: Attributes) -> None:
        self._deleted += 1

    def end_deleted(self) -> None:
        self._deleted -= 1

    def open_moved_from(self, _given: Attributes) -> None:
        self._moved += 1

    def end_moved_from(self) -> None:
        self._moved -= 1

    def open_moved_to(self, _given: Attributes) -> None:
        self._has_moved_to = True

    def _moved_away(self) -> list[Block]:
        """What was moved, when the place that it was moved to is not in this part."""
        words = "" if self._has_moved_to else "".join(self._moves)
        if not words.strip():
            return []
        self._text.append(f"\n{words}\n")
        return [aside(words, "moved")]

    # --- fields, links, ruby ------------------------------------------------------------------------------------------

    def open_field_sign(self, given: Attributes) -> None:
        match given.get("w:fldCharType"):
            case "begin":
                self._fields.append(Field())
            case "separate" if self._fields:
                self._fields[-1].has_result = True
            case "end" if self._fields:
                self._fields.pop()

    def open_simple_field(self, given: Attributes) -> None:
        self._fields.append(Field(given.get("w:instr", "")[:_LONGEST_CODE], has_result=True))

    def end_simple_field(self) -> None:
        if self._fields:
            self._fields.pop()

    def open_link(self, given: Attributes) -> None:
        self._link = self._links.addresses.get(given.get("r:id", ""), "")

    def end_link(self) -> None:
        self._link = ""

    def open_reading(self, _given: Attributes) -> None:
        self._readings.append([])
        self._in_reading = True

    def end_reading(self) -> None:
        self._in_reading = False

    def end_ruby(self) -> None:
        """Word writes the reading before its base; it goes in brackets behind it."""
        reading = self._readings.pop() if self._readings else []
        if reading and self._paragraphs:
            for span in (Span(" ("), *reading, Span(")")):
                self._add(span)

    # --- pictures and notes -------------------------------------------------------------------------------------------

    def open_properties(self, given: Attributes) -> None:
        self._alt = " ".join((given.get("descr") or given.get("title") or "").split())

    def open_picture(self, given: Attributes) -> None:
        key = given.get("r:embed") or given.get("r:link") or given.get("r:id") or ""
        if not key or not self._paragraphs or self._deleted or self._moved:
            return
        self._met += 1
        address = self._links.keep_picture(key, self._alt)
        if address:
            self._add(Span(self._alt, picture=address))
        self._alt = ""

    def open_footnote_sign(self, given: Attributes) -> None:
        self._note("foot", given.get("w:id", ""))

    def open_endnote_sign(self, given: Attributes) -> None:
        self._note("end", given.get("w:id", ""))

    def _note(self, kind: str, key: str) -> None:
        blocks = self._notes.get(f"{kind} {key}")
        if not blocks or not self._paragraphs or self._deleted or self._moved:
            return
        self._notes_read += 1
        sign = f"[{self._notes_read}]"
        self._add(Span(sign))
        paragraph, (first, *others) = self._paragraphs[-1], blocks
        paragraph.behind += (replace(first, spans=(Span(f"{sign} "), *first.spans)), *others)
        paragraph.notes += (block.text for block in blocks)
