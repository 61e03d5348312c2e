"""The layout as a person wants it: any block may be given another role than the one that the finder gave it."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping

from articles.importing import quotes
from articles.importing.blocks import Block, Kind, Span, Spans
from articles.importing.errors import ImportRefused
from articles.importing.finder import headings
from articles.importing.finder.layout import Layout, LayoutBlock, Role
from articles.importing.finder.marks import Mark
from articles.importing.finder.numbers import leading_number, sure_number
from articles.importing.finder.shapes import LINE
from articles.text.messages import _

_BY_HAND = _("left out by hand")


class Choice(enum.StrEnum):
    """What a person may make of a block. A quotation stays in the part of the article in which it stands."""

    TITLE = Role.TITLE.value
    INTRODUCTION = Role.INTRODUCTION.value
    CARD = Role.CARD.value
    CARD_TEXT = Role.CARD_TEXT.value
    QUOTATION = "quotation"
    QUESTION = Role.QUESTION.value
    ANSWER = Role.ANSWER.value
    CONCLUSION_HEADING = Role.CONCLUSION_HEADING.value
    CONCLUSION = Role.CONCLUSION.value
    LEFT_OUT = Role.LEFT_OUT.value


Choices = Mapping[int, Choice]

#: The text under each kind of heading.
_UNDER = {
    Role.CARD: Role.CARD_TEXT,
    Role.QUESTION: Role.ANSWER,
    Role.CONCLUSION_HEADING: Role.CONCLUSION,
}
_TEXTS = {Role.INTRODUCTION, *_UNDER.values()}
_LINES = (Choice.TITLE, Choice.CARD, Choice.QUESTION, Choice.CONCLUSION_HEADING)  # plain text, one line
_WORDLESS = (Choice.INTRODUCTION, Choice.CARD_TEXT, Choice.ANSWER, Choice.CONCLUSION, Choice.LEFT_OUT)


def choices_for(block: Block) -> tuple[Choice, ...]:
    """A picture fits into no line of plain text, so that it can be no heading; a dividing line can be nothing."""
    if block.kind is Kind.RULE:
        return ()
    if not block.text.strip():
        return _WORDLESS
    has_picture = any(span.picture for span in block.spans)
    return tuple(choice for choice in Choice if not (has_picture and choice in _LINES))


def arranged(layout: Layout, choices: Choices) -> Layout:
    """The same blocks in the same order, block for block, with the roles chosen for some of them (by their index).

    Text that nobody chose a role for follows a heading above it that became one, or ceased to be one, by choice.
    """
    for index, choice in choices.items():
        if not 0 <= index < len(layout.blocks) or choice not in choices_for(layout.blocks[index].block):
            raise ImportRefused(
                _(
                    "The document has no block %(number)s that can be “%(choice)s”: import it again.",
                    number=index + 1,
                    choice=choice,
                )
            )
    following = _Following()
    entries = [following.entry(entry, choices.get(index)) for index, entry in enumerate(layout.blocks)]
    return dataclasses.replace(layout, blocks=tuple(entries))


class _Following:
    """Walks the blocks in order and remembers under what the text stands now."""

    def __init__(self) -> None:
        self._section = Role.INTRODUCTION
        self._role: Role | None = None  # what text becomes that follows a choice …
        self._was: Role | None = None  # … as long as the finder thought it to be this (None: whatever comes first)

    def entry(self, entry: LayoutBlock, choice: Choice | None) -> LayoutBlock:
        found = self._untouched(entry) if choice is None else self._chosen(entry, choice)
        if found.role in _TEXTS or found.role in _UNDER:
            self._section = _UNDER.get(found.role, found.role)
        return found

    def _untouched(self, entry: LayoutBlock) -> LayoutBlock:
        if entry.role not in _TEXTS:
            if entry.role is not Role.LEFT_OUT:
                self._role = None
            return entry
        if self._role is None or self._was not in (None, entry.role):
            self._role = None
            return entry
        self._was = entry.role
        return dataclasses.replace(entry, role=self._role)

    def _chosen(self, entry: LayoutBlock, choice: Choice) -> LayoutBlock:
        role = self._section if choice is Choice.QUOTATION else Role(choice)
        if role in _UNDER or (entry.role not in _TEXTS and entry.role is not Role.LEFT_OUT):
            self._role = _UNDER.get(role, role if role in _TEXTS else self._section)
            self._was = _UNDER.get(entry.role, entry.role if entry.role in _TEXTS else None)
        return LayoutBlock(_shaped(entry, choice), role, _BY_HAND if role is Role.LEFT_OUT else "")


# --- the block in its new role ----------------------------------------------------------------------------------------


def _shaped(entry: LayoutBlock, choice: Choice) -> Block:
    block = entry.block
    if choice is Choice.QUOTATION:
        return block if block.kind is Kind.QUOTE else _quotation(block)
    if choice is Choice.CARD and entry.role is not Role.CARD and block.spans:
        return _card_heading(block)
    if Role(choice) not in _TEXTS:
        return block
    if block.kind is Kind.QUOTE:
        return Block(kind=Kind.PARAGRAPH, spans=_words_of(block), marker=block.marker)
    return _text(block) if entry.role in _UNDER else block


def _card_heading(block: Block) -> Block:
    return headings.card(block, Mark(0, "chosen", LINE, 1.0, sure_number(block.text)), 0)[0].block


def _quotation(block: Block) -> Block:
    """With its speaker, when the block names one behind a dash or in brackets."""
    if not block.spans:
        return block
    inside = Block(kind=Kind.PARAGRAPH, spans=_spans_with_marker(block))
    quote = quotes.find_quotations([Block(kind=Kind.QUOTE, children=(inside,))])[0]
    return dataclasses.replace(quote, marker=" ".join(filter(None, [block.marker, quote.marker])))


def _words_of(quote: Block) -> Spans:
    """A quotation as one paragraph, its speaker on the last line."""
    lines = [child.spans or (Span(child.text),) for child in quote.children]
    if quote.attribution:
        lines.append((Span("— "), *quote.attribution))
    return tuple(span for number, line in enumerate(lines) for span in ((Span("\n"), *line) if number else line))


def _text(block: Block) -> Block:
    """A heading that is none: a paragraph that has its number again."""
    if not block.spans or block.kind not in (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM):
        return block
    return Block(kind=Kind.PARAGRAPH, spans=_spans_with_marker(block))


def _spans_with_marker(block: Block) -> Spans:
    marker = block.marker
    before, after = (marker[:-1].strip(), marker[-1]) if marker.endswith((" :", " ：")) else (marker, "")
    if before in (":", "："):
        before, after = "", before
    elif block.kind is Kind.ITEM and not leading_number(f"{before} "):
        before = ""  # a bullet
    spans = (Span(f"{before} "), *block.spans) if before else block.spans
    return (*spans, Span(after)) if after else spans
