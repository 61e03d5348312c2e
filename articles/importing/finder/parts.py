"""From a run of blocks to the parts of an article: every block gets a role."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Sequence

from articles.document import Numbering
from articles.importing.blocks import Block, Hint, Kind
from articles.importing.finder import closing, contents, headings, lists, questions, series, shapes, titles, words
from articles.importing.finder.layout import Layout, Part, Role
from articles.importing.finder.numbers import promised
from articles.importing.finder.series import Series
from articles.importing.finder.shapes import Field
from articles.text.messages import _

CONTENTS = _("a table of contents: the page makes its own out of the cards")


def lay_out(blocks: Sequence[Block], title: str = "") -> Layout | None:
    """The layout of a run of blocks, or None when it holds no series of cards. `title` is one from outside the text."""
    heading = titles.find_title(blocks, title)
    asked = questions.find_questions(blocks, heading)
    finder = _Finder(blocks, title, heading, asked)
    return finder.layout()


class _Finder:
    def __init__(
        self, blocks: Sequence[Block], title: str, heading: int | None, asked: questions.Questions | None
    ) -> None:
        self.blocks = blocks
        self.title = title
        self.heading = heading
        self.asked = asked
        self.contents = contents.find_contents(blocks)
        self.roles: dict[int, tuple[Role, str]] = {}

    def layout(self) -> Layout | None:
        readings = series.find_readings(self._field())
        if not readings:
            return None
        found = readings[0]
        ending = closing.find_ending(self.blocks, found, self.asked, self._promise())
        found = ending.series
        self._give_roles(found, ending)
        parts = self._parts(found, ending)
        return Layout(
            parts=tuple(lists.with_lists(_with_pictures_after_headings(parts))),
            title=self.title,
            numbering=found.numbering,
            notes=tuple(_gaps(found)),
        )

    def _promise(self) -> frozenset[int]:
        return frozenset(promised(self._title_text()))

    def _field(self) -> Field:
        taken = {index for index, block in enumerate(self.blocks) if not shapes.is_words(block)}
        if self.heading is not None:
            taken.add(self.heading)
        if self.asked:
            taken.update(range(self.asked.start, self.asked.stop))
        taken |= self.contents
        taken.update(index for index, block in enumerate(self.blocks) if _names_a_part(block))
        first = [block for index, block in enumerate(self.blocks[:30]) if index not in self.contents][:12]
        before = " ".join(block.text[:600] for block in first)
        return Field(
            self.blocks, frozenset(taken), self._promise(), frozenset(promised(before)), words.spaced(self._title_text())
        )

    def _title_text(self) -> str:
        return self.title or (self.blocks[self.heading].text if self.heading is not None else "")

    def _give_roles(self, found: Series, ending: closing.Ending) -> None:
        for index, block in enumerate(self.blocks):
            if block.hint in (Hint.ASIDE, Hint.BYLINE, Hint.CONTENTS):
                self.roles[index] = (Role.LEFT_OUT, block.why or CONTENTS)
        if self.heading is not None:
            self.roles[self.heading] = (Role.TITLE, "")
        for index in self.contents:
            self.roles.setdefault(index, (Role.LEFT_OUT, CONTENTS))
        if self.title:
            self._find_title_again(found)
        if ending.heading is not None:
            self.roles.setdefault(ending.heading, (Role.CONCLUSION_HEADING, ""))
        for index, role in (self.asked.roles if self.asked else {}).items():
            self.roles.setdefault(index, (Role(role), questions.WHY_LEFT_OUT if role == "left out" else ""))

    def _find_title_again(self, found: Series) -> None:
        for index, block in enumerate(self.blocks[: found.first]):
            if block.kind is Kind.HEADING and words.same_words(block.text, self.title):
                self.roles.setdefault(index, (Role.TITLE, ""))

    def _parts(self, found: Series, ending: closing.Ending) -> list[Part]:
        marks = {mark.index: mark for mark in found.marks}
        heading_ends = headings.label_ends(self.blocks, found)
        parts: list[Part] = []
        role = Role.INTRODUCTION
        for index, block in enumerate(self.blocks):
            if index == ending.start:
                role = Role.CONCLUSION
            given, why = self.roles.get(index, (role, ""))
            mark = marks.get(index)
            if mark:
                role = Role.CARD_TEXT
                parts += headings.card(block, mark, heading_ends.get(index, mark.stop))
            elif given is Role.QUESTION:
                parts += [Part(piece, Role(name)) for piece, name in questions.split(block, self.asked)]
            elif given is Role.ANSWER:
                parts.append(Part(questions.without_answer_sign(block), given))
            elif given is Role.CONCLUSION_HEADING and ending.split:
                parts += headings.run_in(block, ending.split, Role.CONCLUSION_HEADING, Role.CONCLUSION)
            elif mark is None and given is Role.CARD_TEXT and block.depth and found.rank == shapes.ITEM:
                parts.append(Part(dataclasses.replace(block, depth=block.depth - 1), given, why))
            else:
                parts.append(Part(block, given, why))
        return parts


def _names_a_part(block: Block) -> bool:
    """Whether a heading names a part of the page, not a card."""
    if not closing.is_heading_like(block):
        return False
    text = titles.without_number(block.text)
    return words.names_a_part(text) if text == block.text else words.is_conclusion_heading(text)


def _with_pictures_after_headings(parts: Sequence[Part]) -> list[Part]:
    """Where pictures stand before the headings of most cards, each goes with the card under it, not over it."""
    heads = [index for index, part in enumerate(parts) if part.role is Role.CARD]
    before = {index: _pictures_before(parts, index) for index in heads}
    if sum(bool(pictures) for pictures in before.values()) < max(2, 0.7 * len(heads)):
        return list(parts)
    moved = {index for pictures in before.values() for index in pictures}
    ordered: list[Part] = []
    for index, part in enumerate(parts):
        if index in moved:
            continue
        ordered.append(part)
        if part.role is Role.CARD:
            ordered += (Part(parts[at].block, Role.CARD_TEXT) for at in before[index])
    return ordered


def _pictures_before(parts: Sequence[Part], index: int) -> list[int]:
    found: list[int] = []
    while index and parts[index - 1].block.kind is Kind.PICTURE and parts[index - 1].role is not Role.CARD:
        index -= 1
        found.insert(0, index)
    return found


def _gaps(found: Series) -> list[str]:
    """Sentences about numbers that the source leaves out or uses twice."""
    if found.numbering is Numbering.NONE:
        return []
    values = [mark.value for mark in found.marks if mark.value is not None]
    notes: list[str] = []
    step = 1 if found.numbering is Numbering.UP else -1
    if values and (values[0] if step > 0 else values[-1]) != 1:
        number = values[0] if step > 0 else values[-1]
        if step > 0:
            notes.append(
                _(
                    "The numbers of the source begin with %(number)s; the cards are numbered by their order.",
                    number=number,
                )
            )
        else:
            notes.append(
                _(
                    "The numbers of the source end with %(number)s; the cards are numbered by their order.",
                    number=number,
                )
            )
    for before, after in itertools.pairwise(values):
        if after != before + step and abs(after - before) > 0 and len(found.marks) == len(values):
            notes.append(
                _(
                    "The numbers of the source go from %(before)s to %(after)s; the cards are numbered by their order.",
                    before=before,
                    after=after,
                )
            )
    notes += [
        _(
            "The source numbers %(count)s cards %(value)s; the cards are numbered by their order.",
            count=count,
            value=value,
        )
        for value, count in Counter(values).items()
        if count > 1
    ]
    return notes
