"""The events of a Word document to blocks, in one pass: paragraphs, lists, tables, text boxes, notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from articles.importing.blocks import Block, Hint, Kind, Span, Spans, lines, plain, trim
from articles.importing.readers.docx.package import Attributes, Event
from articles.importing.readers.docx.runs import Links, Paragraph, Run, Runs, joined
from articles.importing.readers.docx.styles import MARKS, Numbering, Styles, is_on
from articles.importing.reading import refuse_length

_MOST_IN_CELL = 3  # paragraphs; a cell with more lays out the page
_LONGEST_CELL = 1500  # signs
_LONGEST_BOX = 200  # signs of a table of one cell, which is a heading drawn as a box
_DEEPEST_LIST = 12
_HINTS = {"caption": Hint.CAPTION, "contents": Hint.CONTENTS, "quote": Hint.WORD_QUOTE}


@dataclass(slots=True)
class _Table:
    rows: list[list[list[Block]]] = field(default_factory=list)


class Body(Runs):
    """Reads one part. `notes_found` are the notes or comments in it, by kind and id."""

    def __init__(
        self,
        name: str,
        styles: Styles,
        numbering: Numbering,
        links: Links,
        notes: Mapping[str, Sequence[Block]],
    ) -> None:
        super().__init__(styles, links, notes)
        self._name, self._numbering = name, numbering
        self.notes_found: dict[str, list[Block]] = {}
        self._note_key = ""
        self._outputs: list[list[Block]] = [[]]
        self._tables: list[_Table] = []
        self._choices: list[int] = []
        self._skipped = 0
        self._group = 0
        self._last_list = ""

    def read(self, events: Iterable[Event]) -> list[Block]:
        for tag, given, text in events:
            if not tag:
                if self._reads:
                    self.characters(text)
            elif tag[0] == "/":
                self._close(tag[1:])
            else:
                self._open(tag, given)
        return [*self._outputs[0], *self._moved_away()]

    def _open(self, tag: str, given: Attributes) -> None:
        if self._skipped or tag in _SKIPPED or tag.endswith("PrChange") or self._is_told(tag):
            self._skipped += 1
        elif tag in MARKS:
            self._run.marks[tag] = is_on(given)
        elif opener := _OPENERS.get(tag):
            opener(self, given)

    def _close(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif closer := _CLOSERS.get(tag):
            closer(self)

    # --- two forms of one thing ---------------------------------------------------------------------------------------

    def open_choice(self, _given: Attributes) -> None:
        self._choices.append(self._met)

    def _is_told(self, tag: str) -> bool:
        """Whether the form before this one, for newer programs, gave words or a picture: then this one would again."""
        return tag == "mc:Fallback" and bool(self._choices) and self._choices[-1] != self._met

    def end_alternatives(self) -> None:
        if self._choices:
            self._choices.pop()

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def open_paragraph(self, _given: Attributes) -> None:
        self._paragraphs.append(Paragraph(fields=len(self._fields)))
        self._run = Run()
        self._text.append("\n")

    def end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        for spans in _parted(joined(paragraph.spans)):
            self._put(self._block(paragraph, spans))
        for block in paragraph.behind:
            self._put(block.with_spans(trim(block.spans)))
        self._text += ("\n", *(f"{words}\n" for words in paragraph.notes))
        refuse_length(sum(map(len, self._outputs)), self._name)

    def _block(self, paragraph: Paragraph, spans: Spans) -> Block:
        role = self._styles.role(paragraph.style, paragraph.outline)
        number, level = self._list_of(paragraph)
        shape = self._numbering.level(number, level) if number else None
        if role.kind in ("heading", "title"):
            if shape and shape.is_ordered and role.kind == "heading":
                value, label = self._numbering.next(number, level)
                spans = (Span(f"{label or f'{value}.'} "), *spans)
            hint = Hint.TITLE if role.kind == "title" else Hint.NONE
            return Block(kind=Kind.HEADING, spans=spans, level=role.level, hint=hint)
        if role.kind == "code":
            return Block(kind=Kind.CODE, spans=(Span(plain(spans)),))
        if shape is not None and not role.kind:
            count = self._numbering.next(number, level)[0] if shape.is_ordered else None
            return Block(kind=Kind.ITEM, spans=spans, depth=level + 1, number=count, group=self._group_of(number))
        return Block(kind=Kind.PARAGRAPH, spans=spans, hint=_HINTS.get(role.kind, Hint.NONE))

    def _list_of(self, paragraph: Paragraph) -> tuple[str, int]:
        number, level = self._styles.numbering(paragraph.style)
        number = paragraph.list_id or number
        level = level if paragraph.list_level is None else paragraph.list_level
        return number, min(level, _DEEPEST_LIST - 1)

    def _group_of(self, number: str) -> int:
        """A list ends where another paragraph stands, though Word counts on."""
        if number != self._last_list:
            self._group += 1
        self._last_list = number
        return self._group

    def _put(self, block: Block) -> None:
        output = self._outputs[-1]
        if block.kind is not Kind.ITEM and block.hint is not Hint.ASIDE:
            self._last_list = ""
        last = output[-1] if output else None
        if block.hint is Hint.WORD_QUOTE:
            child = replace(block, hint=Hint.NONE)
            block = Block(kind=Kind.QUOTE, children=(child,), hint=Hint.WORD_QUOTE)
            if last is not None and last.hint is Hint.WORD_QUOTE:
                block = replace(output.pop(), children=(*last.children, child))
        elif block.kind is Kind.CODE and last is not None and last.kind is Kind.CODE:
            block = Block(kind=Kind.CODE, spans=(Span(f"{output.pop().text}\n{block.text}"),))
        output.append(block)

    def open_style(self, given: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = given.get("w:val", "")

    def open_outline(self, given: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].outline = _small(given, 9)

    def open_list(self, given: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].list_id = given.get("w:val", "")

    def open_level(self, given: Attributes) -> None:
        if self._paragraphs:
            self._paragraphs[-1].list_level = _small(given, 0)

    # --- text boxes, notes, tables ------------------------------------------------------------------------------------

    def open_box(self, _given: Attributes) -> None:
        self._outputs.append([])

    def end_box(self) -> None:
        """A text box goes behind the paragraph that it is anchored in."""
        if len(self._outputs) < 2:
            return
        blocks = self._outputs.pop()
        if self._paragraphs:
            self._paragraphs[-1].behind += blocks
        else:
            self._outputs[-1] += blocks

    def open_footnote(self, given: Attributes) -> None:
        self._open_note("foot", given)

    def open_endnote(self, given: Attributes) -> None:
        self._open_note("end", given)

    def _open_note(self, kind: str, given: Attributes) -> None:
        is_text = given.get("w:type", "normal") == "normal"
        self._note_key = f"{kind} {given.get('w:id', '')}" if is_text else ""
        self._outputs.append([])

    def end_note(self) -> None:
        if len(self._outputs) > 1:
            blocks = self._outputs.pop()
            if self._note_key and blocks:
                self.notes_found[self._note_key] = blocks

    def open_table(self, _given: Attributes) -> None:
        self._tables.append(_Table())

    def open_row(self, _given: Attributes) -> None:
        if self._tables:
            self._tables[-1].rows.append([])

    def open_cell(self, _given: Attributes) -> None:
        if self._tables and self._tables[-1].rows:
            self._outputs.append([])

    def end_cell(self) -> None:
        if self._tables and self._tables[-1].rows and len(self._outputs) > 1:
            self._tables[-1].rows[-1].append(self._outputs.pop())

    def end_table(self) -> None:
        if not self._tables:
            return
        rows = [row for row in self._tables.pop().rows if row]
        cells = [cell for row in rows for cell in row]
        if _is_data(rows, cells):
            self._put(Block(kind=Kind.TABLE, rows=tuple(tuple(map(_in_cell, row)) for row in rows)))
            cells = [[block for block in cell if block.hint is Hint.ASIDE] for cell in cells]
        for block in (block for cell in cells for block in cell):
            self._put(block)


def _small(given: Attributes, otherwise: int) -> int:
    value = given.get("w:val", "")
    return int(value) if value.isdecimal() and len(value) < 4 else otherwise


def _parted(spans: Spans) -> list[Spans]:
    """A paragraph parted where blank lines or page breaks stand in it."""
    found: list[list[Span]] = [[]]
    for line in lines(spans):
        if plain(line).strip() or any(span.picture for span in line):
            found[-1] += [Span("\n"), *trim(line)] if found[-1] else trim(line)
        elif found[-1]:
            found.append([])
    return [tuple(part) for part in found if part]


def _is_data(rows: Sequence[Sequence[Sequence[Block]]], cells: Sequence[Sequence[Block]]) -> bool:
    """Whether a table is one of data, or a box of a few words, not one that lays out the page."""
    is_box = len(cells) == 1 and sum(len(block.text) for block in cells[0]) <= _LONGEST_BOX
    if len(cells) <= len(rows) and not is_box:
        return False
    for cell in cells:
        words = [block for block in cell if block.hint is not Hint.ASIDE]
        if len(words) > _MOST_IN_CELL or sum(len(block.text) for block in words) > _LONGEST_CELL:
            return False
        if any(block.kind is not Kind.PARAGRAPH for block in words):
            return False
    return True


def _in_cell(blocks: Sequence[Block]) -> Spans:
    spans: list[Span] = []
    for block in blocks:
        if block.hint is not Hint.ASIDE:
            spans += [Span("\n"), *block.spans] if spans else block.spans
    return tuple(spans)


_SKIPPED = frozenset(
    ("w:sdtPr", "w:sdtEndPr", "w:sectPr", "w:tblPr", "w:tblGrid", "w:trPr", "w:tcPr", "w:rubyPr", "w:smartTagPr",
     "w:customXmlPr", "m:rPr", "m:oMathParaPr")
)  # fmt: skip
_OPENERS: Mapping[str, Callable[[Body, Attributes], None]] = {
    "w:p": Body.open_paragraph, "w:pStyle": Body.open_style, "w:outlineLvl": Body.open_outline,
    "w:numId": Body.open_list, "w:ilvl": Body.open_level, "w:r": Body.open_run, "w:rStyle": Body.open_run_style,
    "w:vertAlign": Body.open_raised, "m:sup": Body.open_power, "m:den": Body.open_divisor,
    "w:t": Body.open_text, "w:delText": Body.open_text, "m:t": Body.open_text, "w:instrText": Body.open_code,
    "w:br": Body.open_break, "w:cr": Body.open_break, "w:tab": Body.open_tab, "w:ptab": Body.open_tab,
    "w:noBreakHyphen": Body.open_hyphen, "w:sym": Body.open_symbol,
    "w:del": Body.open_deleted, "w:moveFrom": Body.open_moved_from, "w:moveTo": Body.open_moved_to,
    "w:fldChar": Body.open_field_sign, "w:fldSimple": Body.open_simple_field, "w:hyperlink": Body.open_link,
    "w:rt": Body.open_reading, "wp:docPr": Body.open_properties, "a:blip": Body.open_picture,
    "v:imagedata": Body.open_picture, "w:footnoteReference": Body.open_footnote_sign,
    "w:endnoteReference": Body.open_endnote_sign, "w:footnote": Body.open_footnote, "w:endnote": Body.open_endnote,
    "w:txbxContent": Body.open_box, "mc:Choice": Body.open_choice,
    "w:tbl": Body.open_table, "w:tr": Body.open_row, "w:tc": Body.open_cell,
}  # fmt: skip
_CLOSERS: Mapping[str, Callable[[Body], None]] = {
    "w:p": Body.end_paragraph, "w:t": Body.end_text, "w:delText": Body.end_text, "m:t": Body.end_text,
    "w:instrText": Body.end_text, "w:del": Body.end_deleted, "w:moveFrom": Body.end_moved_from,
    "w:fldSimple": Body.end_simple_field, "w:hyperlink": Body.end_link, "w:rt": Body.end_reading,
    "w:ruby": Body.end_ruby, "w:txbxContent": Body.end_box, "w:footnote": Body.end_note, "w:endnote": Body.end_note,
    "mc:AlternateContent": Body.end_alternatives, "w:tc": Body.end_cell, "w:tbl": Body.end_table,
    "m:sup": Body.end_power,
}  # fmt: skip
