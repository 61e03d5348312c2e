"""What each element of a page does to the blocks that are being collected: lists, quotations, tables and others."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from articles.importing.blocks import Block, Hint, Kind, Span, plain
from articles.importing.readers import markup
from articles.importing.readers.collector import Collector, OpenFrame, OpenList, Run
from articles.importing.readers.survey import Survey
from articles.text.messages import _

_GOOGLE_LIST = re.compile(r"\blst-kix_\w+-(?P<level>\d)\b")


class Elements(Collector):
    """`survey` knows what each element holds."""

    survey: Survey

    # --- lists --------------------------------------------------------------------------------------------------------

    def open_list(self, node: LexborNode, given: dict[str, str], frame: OpenFrame) -> None:
        ordered = node.tag == "ol"
        self._groups += 1
        start = given.get("start", "")
        number = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        step = 1
        if "reversed" in given:
            step = -1
            number = int(start[:6]) if start.isdecimal() else sum(child.tag == "li" for child in node.iter())
        deep = _GOOGLE_LIST.search(given.get("class", ""))
        self._lists.append(OpenList(ordered, self._groups, number, step, 1 + int(deep["level"]) if deep else 1))
        frame.closes = "list"

    def close_list(self) -> None:
        self._lists.pop()

    def open_item(self, _node: LexborNode, given: dict[str, str], frame: OpenFrame) -> None:
        self._flush()
        found = self._lists[-1] if self._lists else None
        number = None
        if found and found.ordered:
            if given.get("value", "").isdecimal():
                found.number = int(given["value"][:6])
            number = found.number if found.number >= 0 else None
            found.number += found.step
        self._items.append((number, found.group if found else 0))
        self._pending = self._items[-1]
        frame.closes = "item"

    def close_item(self) -> None:
        self._flush()
        self._items.pop()
        self._pending = None

    # --- quotations ---------------------------------------------------------------------------------------------------

    def open_quote(self, node: LexborNode, given: dict[str, str], frame: OpenFrame) -> None:
        is_forwarded = not {"gmail_quote", "cite"}.isdisjoint({*markup.classes(given), given.get("type", "")})
        if is_forwarded or self.survey.holds(node, "h1", "h2", "h3", "blockquote"):
            return  # a mail that was passed on, or a page that indents by quoting
        self._quotes.append(frame.node)
        self._runs.append(Run())
        frame.closes = "quote"

    def close_quote(self) -> None:
        children = tuple(self._runs.pop().blocks)
        self._quotes.pop()
        _kind, _level, hint, why = self._context()
        words = tuple(child for child in children if child.kind is not Kind.PICTURE or child.spans)
        if any(child.text.strip() or child.spans for child in words):
            hint = Hint.NONE if hint is Hint.CAPTION else hint
            self._runs[-1].blocks.append(
                Block(kind=Kind.QUOTE, children=words, depth=len(self._items), hint=hint, why=why)
            )

    def open_cite(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        """A cite at the end of a quotation names the speaker; anywhere else it is a title in italics."""
        if self._quotes and self.survey.is_last(node, self._quotes[-1]):
            self._flush()
            frame.hint = Hint.ATTRIBUTION
            frame.closes = "flush"
            frame.look = replace(frame.look, italic=self._frames[-2].look.italic)

    def close_flush(self) -> None:
        self._flush()

    # --- other elements -----------------------------------------------------------------------------------------------

    def open_caption(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        parent = node.parent
        is_of_quote = parent is not None and parent.tag == "figure" and self.survey.holds(parent, "blockquote")
        frame.hint = Hint.ATTRIBUTION if is_of_quote else Hint.CAPTION

    def open_footer(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        if len(self._runs) > 1:
            frame.hint = Hint.ATTRIBUTION
        elif not self.survey.holds(node, "h1", "h2", "h3", "h4"):
            frame.hint, frame.why = Hint.ASIDE, _("the foot of the page")

    def open_aside(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        if not self.survey.holds(node, "blockquote"):
            frame.hint, frame.why = Hint.ASIDE, _("a box beside the article")

    def open_term(self, _node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        frame.look = replace(frame.look, bold=True)

    def open_pre(self, _node: LexborNode, given: dict[str, str], frame: OpenFrame) -> None:
        if markup.classes(given).isdisjoint({"wp-block-verse", "poetry", "verse"}):
            frame.kind = Kind.CODE
            frame.preserves = True
        else:
            frame.keeps_lines = True

    def open_reading(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        """Ruby text goes in brackets behind its base, where the page brings none itself."""
        ruby = node.parent
        if ruby is None or not self.survey.holds(ruby, "rp"):
            self._add(" (")
            frame.closes = "bracket"

    def close_bracket(self) -> None:
        self._add(")")

    def open_sup(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        """The sign of a footnote must not run into the word before it."""
        text = node.text()[:20].strip()
        if text.isdigit() and (node.css_first("a") is not None or self._frames[-2].look.href):
            frame.level = -1
            self._add("[")

    def open_quoted(self, _node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        self._add("“")
        frame.closes = "quoted"

    def close_quoted(self) -> None:
        self._add("”")

    # --- tables -------------------------------------------------------------------------------------------------------

    def open_table(self, node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        if not self.survey.is_data(node) or self._tables:
            return
        self._tables.append([])
        frame.closes = "table"

    def close_table(self) -> None:
        rows = tuple(tuple(row) for row in self._tables.pop() if row)
        _kind, _level, hint, why = self._context()
        if any(plain(cell).strip() or any(span.picture for span in cell) for row in rows for cell in row):
            self._runs[-1].blocks.append(Block(kind=Kind.TABLE, rows=rows, depth=len(self._items), hint=hint, why=why))

    def open_row(self, _node: LexborNode, _given: dict[str, str], _frame: OpenFrame) -> None:
        if self._tables:
            self._tables[-1].append([])

    def open_cell(self, _node: LexborNode, _given: dict[str, str], frame: OpenFrame) -> None:
        if self._tables:
            if not self._tables[-1]:
                self._tables[-1].append([])
            self._runs.append(Run())
            frame.closes = "cell"

    def close_cell(self) -> None:
        spans: list[Span] = []
        for block in self._runs.pop().blocks:
            inner = block.spans if block.kind is not Kind.QUOTE else (Span(block.text),)
            spans += [Span("\n"), *inner] if spans else inner
        self._tables[-1][-1].append(tuple(spans))


OPENERS = {
    "ul": Elements.open_list,
    "ol": Elements.open_list,
    "li": Elements.open_item,
    "blockquote": Elements.open_quote,
    "cite": Elements.open_cite,
    "figcaption": Elements.open_caption,
    "caption": Elements.open_caption,
    "footer": Elements.open_footer,
    "aside": Elements.open_aside,
    "dt": Elements.open_term,
    "pre": Elements.open_pre,
    "rt": Elements.open_reading,
    "sup": Elements.open_sup,
    "q": Elements.open_quoted,
    "table": Elements.open_table,
    "tr": Elements.open_row,
    "td": Elements.open_cell,
    "th": Elements.open_cell,
}
CLOSERS = {
    "aside": Elements._set_aside,
    "marker": Elements._take_marker,
    "list": Elements.close_list,
    "item": Elements.close_item,
    "quote": Elements.close_quote,
    "flush": Elements.close_flush,
    "bracket": Elements.close_bracket,
    "quoted": Elements.close_quoted,
    "table": Elements.close_table,
    "cell": Elements.close_cell,
}
