"""One walk over the tree of a page: what each element does to the blocks that are being collected."""

from __future__ import annotations

import re
from dataclasses import replace

from selectolax.lexbor import LexborNode

from articles.importing.blocks import Block, Hint, Kind, Span, plain
from articles.importing.readers import folding, markup, pictures, raised, tree, word
from articles.importing.readers.collector import Collector, OpenFrame, OpenList, Run
from articles.importing.readers.asides import ASIDES
from articles.importing.readers.asides import TAG as _ASIDE_TAG
from articles.importing.readers.folding import Folded
from articles.importing.readers.markup import BLOCKS, EMBEDS, HEADINGS
from articles.importing.readers.survey import Survey
from articles.importing.reading import Embedded
from articles.text.messages import _

BYLINE = _("a byline or a date: authors and dates are set on the article itself")
HIDDEN = _("hidden on the page: nothing there shows it to a reader")
LABEL = _("a label that unfolds words of the page")


class Walker(Collector):
    """`survey` knows what each element holds, `folded` which hidden ones a reader can open."""

    survey: Survey
    folded: Folded
    is_word = False

    def walk(self, root: LexborNode, main: int | None) -> list[Block]:
        self._main = main
        self._outside = main is not None and main != root.mem_id
        for node, entering in tree.steps(root):
            tag = node.tag or ""
            if tag == "-text":
                self._text(node.text_content or "")
            elif entering:
                self._enter(node, tag)
            else:
                self._leave(node, tag)
        self._flush()
        return self._runs[0].blocks

    # --- elements -----------------------------------------------------------------------------------------------------

    def _enter(self, node: LexborNode, tag: str) -> None:
        given = markup.attributes(node)
        if tag in BLOCKS and tag != "li":
            self._flush()
        if given.get("id"):
            self._waiting_ids.append(given["id"])
        if node.mem_id == self._main:
            self._flush()
            self._outside = False
        if tag in _SINGLE or tag in EMBEDS:
            self._single(node, tag, given)
        outer = self._frames[-1]
        frame = OpenFrame(
            self._styles.look(tag, given, outer.look), node.mem_id or 0, preserves=outer.preserves,
            keeps_lines=outer.keeps_lines, is_muted=outer.is_muted,
            is_paragraph=outer.is_paragraph or tag == "p" or tag in HEADINGS,
        )  # fmt: skip
        frame.hint, frame.why = self._aside(node, tag, given)
        self._frames.append(frame)
        if frame.hint is Hint.NONE:
            self._set_frame(node, tag, given, frame)
        elif frame.hint is Hint.ASIDE and tag not in BLOCKS and tag not in _SINGLE:
            self._hold()
            frame.closes = "aside"

    def _aside(self, node: LexborNode, tag: str, given: dict[str, str]) -> tuple[Hint, str]:
        """Why the words of an element are no part of the article; (Hint.NONE, "") when they are."""
        if tag == _ASIDE_TAG:
            return Hint.ASIDE, ASIDES.get(given.get("data-why", ""), HIDDEN)
        if tag in _LABELS and folding.is_label(node.text()[:60]) and not _leads_away(given):
            return Hint.ASIDE, LABEL
        if tag == "button" and folding.is_control(given):
            return Hint.NONE, ""
        found = markup.aside(tag, given)
        if found[0] is Hint.NONE and given:
            why = word.aside(tag, given, is_word=self.is_word)
            if not why and markup.is_hidden(given) and not self.folded.can_be_unfolded(node, given):
                why = HIDDEN
            return (Hint.ASIDE, why) if why else found
        return found

    def _set_frame(self, node: LexborNode, tag: str, given: dict[str, str], frame: OpenFrame) -> None:
        if tag in HEADINGS or (given.get("role") == "heading" and given.get("aria-level", "").isdigit()):
            frame.kind = Kind.HEADING
            frame.level = HEADINGS.get(tag) or min(6, max(1, int(given["aria-level"][:2])))
        if markup.is_title(tag, given):
            frame.kind, frame.level, frame.hint = Kind.HEADING, frame.level or 1, Hint.TITLE
        elif markup.is_byline(tag, given):
            frame.hint, frame.why = Hint.BYLINE, BYLINE
        opener = _OPENERS.get(tag)
        if opener:
            opener(self, node, given, frame)
        if tag == "button" or markup.is_question(tag, given, _of_parent(node, given)):
            self._open_question(frame)
        power = raised.written(node, tag) if tag in _RAISED and not frame.is_muted else None
        if power is not None:
            self._add(power)
            frame.is_muted = True
        if word.is_marker(given):
            self._hold()
            frame.closes = "marker"
        word.mark(tag, given, frame)

    def _open_question(self, frame: OpenFrame) -> None:
        self._flush()
        frame.hint = Hint.QUESTION
        frame.look = replace(frame.look, bold=True)
        frame.closes = frame.closes or "flush"

    def _leave(self, node: LexborNode, tag: str) -> None:
        frame = self._frames[-1]
        if tag in BLOCKS:
            self._flush()
        if frame.closes:
            _CLOSERS[frame.closes](self)
        self._frames.pop()
        if tag == "sup" and frame.level == -1:
            self._add("]")
        if node.mem_id == self._main:
            self._flush()
            self._outside = True

    def _single(self, node: LexborNode, tag: str, given: dict[str, str]) -> None:
        if tag == "br":
            self._break()
        elif tag == "hr":
            if len(self._tables) == 0:
                self._runs[-1].blocks.append(Block(kind=Kind.RULE))
        elif tag == "img":
            self._picture(node, given)
        elif given.get("src", "").startswith(("http:", "https:", "//")):
            self._buffer.append(Span(tag.replace("iframe", "embedded page"), picture=given["src"]))

    def _picture(self, node: LexborNode, given: dict[str, str]) -> None:
        if tree.is_emoji(given):
            self._add(given["alt"])
            return
        alt = " ".join(given.get("alt", "").split())
        for address in pictures.addresses(node, given):
            if address.startswith("data:"):
                found = pictures.embedded(address)
                kept = self.keep(*found, alt) if found else ""
            else:
                kept = address
            if kept:
                self._buffer.append(Span(alt, picture=kept))
                return

    def keep(self, data: bytes, ending: str, alt: str) -> str:
        name = f"picture-{len(self.pictures) + 1}.{ending}"
        self.pictures.append(Embedded(name, data, alt))
        return f"picture:{name}"

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


def _of_parent(node: LexborNode, given: dict[str, str]) -> dict[str, str]:
    parent = node.parent if "itemprop" in given else None
    return markup.attributes(parent) if parent is not None else {}


def _leads_away(given: dict[str, str]) -> bool:
    """A link to another page is no label that unfolds this one."""
    return given.get("href", "#")[:1] != "#" and not given.get("href", "").startswith("javascript:")


_SINGLE = frozenset(("br", "hr", "img"))
_LABELS = frozenset(("button", "a", "label", "span"))
_RAISED = frozenset(("sup", "sub", "span"))
_GOOGLE_LIST = re.compile(r"\blst-kix_\w+-(?P<level>\d)\b")
_OPENERS = {
    "ul": Walker.open_list,
    "ol": Walker.open_list,
    "li": Walker.open_item,
    "blockquote": Walker.open_quote,
    "cite": Walker.open_cite,
    "figcaption": Walker.open_caption,
    "caption": Walker.open_caption,
    "footer": Walker.open_footer,
    "aside": Walker.open_aside,
    "dt": Walker.open_term,
    "pre": Walker.open_pre,
    "rt": Walker.open_reading,
    "sup": Walker.open_sup,
    "q": Walker.open_quoted,
    "table": Walker.open_table,
    "tr": Walker.open_row,
    "td": Walker.open_cell,
    "th": Walker.open_cell,
}
_CLOSERS = {
    "aside": Walker._set_aside,
    "marker": Walker._take_marker,
    "list": Walker.close_list,
    "item": Walker.close_item,
    "quote": Walker.close_quote,
    "flush": Walker.close_flush,
    "bracket": Walker.close_bracket,
    "quoted": Walker.close_quoted,
    "table": Walker.close_table,
    "cell": Walker.close_cell,
}
