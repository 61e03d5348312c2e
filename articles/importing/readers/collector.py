"""Text and frames to blocks: the half of the HTML reader that knows no elements."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from articles.importing.blocks import Block, Hint, Kind, Span, Spans, lines, plain, trim
from articles.importing.readers import signs
from articles.importing.readers.looks import Look, Styles
from articles.importing.reading import Embedded, refuse_length
from articles.text.messages import _

_SPACES = re.compile(r"[ \t\n\r\f]+")
_HARD_SPACES = re.compile(r"[ \u00a0]{2,}")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n[\s]*")


@dataclass(slots=True)
class OpenList:
    ordered: bool
    group: int
    number: int
    step: int = 1
    levels: int = 1  # a list of a Google Docs file says by its class how deep it is, and stands in no other one


@dataclass(slots=True)
class OpenFrame:
    """What an open element changes, and how to close it."""

    look: Look
    node: int
    kind: Kind | None = None
    level: int = 0
    hint: Hint = Hint.NONE
    why: str = ""
    closes: str = ""
    preserves: bool = False  # every space and line break, as code does
    keeps_lines: bool = False  # only the line breaks, as verse does
    is_muted: bool = False  # its words stand there already, in another form
    is_paragraph: bool = False  # inside a <p> or a heading, where blank lines mean nothing


@dataclass(slots=True)
class Run:
    """Blocks being collected: of the document, of a quotation, of a table's cell."""

    blocks: list[Block] = field(default_factory=list)


class Collector:
    """Makes blocks of the text it is given. The buffer holds the spans of the block that is being read."""

    def __init__(self, styles: Styles, name: str, *, by_lines: bool = False) -> None:
        self.pictures: list[Embedded] = []
        self.ids: dict[str, int] = {}
        self._waiting_ids: list[str] = []
        self._name = name
        self._styles = styles
        self._by_lines = by_lines
        self._frames: list[OpenFrame] = [OpenFrame(Look(), 0)]
        self._runs: list[Run] = [Run()]
        self._lists: list[OpenList] = []
        self._items: list[tuple[int | None, int]] = []
        self._buffer: list[Span] = []
        self._groups = 0
        self._pending: tuple[int | None, int] | None = None
        self._quotes: list[int] = []  # the elements of the open quotations
        self._tables: list[list[list[Spans]]] = []
        self._held: list[list[Span]] = []  # what was being read when an aside within the line began
        self._later: list[Block] = []  # asides, which wait for the end of the block that they stand in
        self._marker = ""  # of Word's list item that is being read
        self._main: int | None = None
        self._outside = False

    # --- text ---------------------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        frame = self._frames[-1]
        text = signs.fit(text)
        if frame.is_muted:
            return
        if frame.preserves:
            self._add(text)
            return
        if frame.keeps_lines:
            self._words(text)
            return
        if self._by_lines and not self._lists and not self._tables and not frame.is_paragraph:
            first, *rest = _BLANK_LINE.split(text.replace("\r\n", "\n"))
            self._words(first)
            for piece in rest:
                self._flush()
                self._words(piece)
            return
        self._add(_SPACES.sub(" ", text))

    def _words(self, text: str) -> None:
        for index, line in enumerate(text.split("\n")):
            if index and self._buffer:
                self._break()
            self._add(_SPACES.sub(" ", line))

    def _add(self, text: str) -> None:
        if not text:
            return
        look = self._frames[-1].look
        if not self._frames[-1].preserves:
            text = _HARD_SPACES.sub(" ", text)
            if text[0] == " " and self._ends_with_space():
                text = text[1:]
        if text:
            self._buffer.append(
                Span(text, look.bold, look.italic, look.struck, look.code and not self._frames[-1].preserves, look.href)
            )

    def _ends_with_space(self) -> bool:
        for span in reversed(self._buffer):
            if not span.picture:
                return span.text[-1] in " \n\u00a0"
        return True

    def _break(self) -> None:
        look = self._frames[-1].look
        self._buffer.append(Span("\n", look.bold, look.italic))

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """Ends the block that is being read. Blank lines inside it (two line breaks) divide it."""
        spans, self._buffer = trim(tuple(self._buffer)), []
        if spans:
            self._flush_spans(spans)
        if self._later and len(self._runs) == 1 and not self._held:
            self._runs[0].blocks += self._later
            self._later = []

    def _flush_spans(self, spans: Spans) -> None:
        if self._frames[-1].preserves or not any("\n" in span.text for span in spans):
            self._emit(spans)
            return
        held: list[Span] = []
        for line in lines(spans):
            if plain(line).strip() or any(span.picture for span in line):
                held += [Span("\n"), *trim(line)] if held else trim(line)
            elif held:
                self._emit(tuple(held))
                held = []
        if held:
            self._emit(tuple(held))

    def _emit(self, spans: Spans) -> None:
        if not plain(spans).strip() and not any(span.picture for span in spans):
            return
        refuse_length(len(self._runs[-1].blocks) + len(self._later), self._name)
        kind, level, hint, why = self._context()
        if hint is Hint.ASIDE and (self._held or len(self._runs) > 1):
            self._later.append(Block(kind=Kind.PARAGRAPH, spans=spans, hint=hint, why=why))
            return
        if self._waiting_ids and len(self._runs) == 1:
            self.ids |= dict.fromkeys(self._waiting_ids, len(self._runs[0].blocks))
            self._waiting_ids = []
        number, group = None, 0
        if self._pending and kind in (Kind.PARAGRAPH, Kind.HEADING):
            (number, group), self._pending = self._pending, None
            kind = Kind.ITEM if kind is Kind.PARAGRAPH else kind
        marker, self._marker = self._marker, ""
        self._runs[-1].blocks.append(
            Block(
                kind=kind, spans=spans, level=level, depth=self._depth, marker=marker, number=number, group=group,
                hint=hint, why=why,
            )
        )  # fmt: skip

    @property
    def _depth(self) -> int:
        """How deep in lists. A list right inside a list (Google Docs writes so) is one deeper, as if in an item."""
        if not self._items:
            return 0
        return max(len(self._items), sum(found.levels for found in self._lists))

    def _context(self) -> tuple[Kind, int, Hint, str]:
        kind, level = Kind.PARAGRAPH, 0
        hint, why = (Hint.ASIDE, _("on the page around the article")) if self._outside else (Hint.NONE, "")
        for frame in self._frames:
            if frame.kind is not None:
                kind, level = frame.kind, frame.level
            if frame.hint is not Hint.NONE and hint not in (Hint.ASIDE, Hint.CONTENTS):
                hint, why = frame.hint, frame.why
        if self._outside and kind is Kind.HEADING and level == 1:
            hint, why = Hint.TITLE, ""
        return kind, level, hint, why

    # --- asides within a line -----------------------------------------------------------------------------------------

    def _hold(self) -> None:
        self._held.append(self._buffer)
        self._buffer = []

    def _set_aside(self) -> None:
        """Ends an aside within a line: its words wait behind the block, and the line goes on where it was."""
        spans = trim(tuple(self._buffer))
        if plain(spans).strip():
            _kind, _level, _hint, why = self._context()
            self._later.append(Block(kind=Kind.PARAGRAPH, spans=spans, hint=Hint.ASIDE, why=why))
        self._buffer = self._held.pop()

    def _take_marker(self) -> None:
        self._marker = plain(self._buffer).strip()
        self._buffer = self._held.pop()
