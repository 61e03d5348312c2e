"""From a run of blocks to the parts of an article: every block gets a role."""

from __future__ import annotations

import dataclasses
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from articles.document import Numbering
from articles.importing.blocks import Block, Hint, Kind, squash
from articles.importing.finder import (
    closing,
    contents,
    headings,
    lists,
    questions,
    series,
    shapes,
    titles,
    trimming,
    words,
)
from articles.importing.finder.layout import Layout, LayoutBlock, Role
from articles.importing.finder.numbers import promised
from articles.importing.finder.series import Series
from articles.importing.finder.shapes import Field
from articles.text.messages import _

CONTENTS = _("a table of contents: the page makes its own out of the cards")
GROUP = _("a heading over several cards: an article has no groups of cards")
AGAIN = _("words that the head of the page says twice")
_MOST_LAYOUTS = 4
_Roles = dict[int, tuple[Role, str]]
_LEAST_SHARE = 0.2  # of the best reading's score


def find_layouts(blocks: Sequence[Block], title: str = "") -> Iterator[Layout]:
    """Every likely layout of a run of blocks, the likeliest first; none when it holds no series of cards.

    `title` is one from outside the text.
    """
    return _Finder(blocks, title).layouts()


def unassigned(blocks: Sequence[Block], title: str = "") -> Layout:
    """The layout of a text without a list: everything but its title is introduction, for a person to give it roles."""
    return _Finder(blocks, title).unassigned()


class _Finder:
    """What holds for every reading of the blocks: the title, the questions, what is no text of the article."""

    def __init__(self, blocks: Sequence[Block], title: str) -> None:
        self.blocks = blocks
        self.title = title
        self.heading = titles.find_title(blocks, title)
        self.asked = questions.find_questions(blocks, self.heading)
        self.contents = contents.find_contents(blocks)

    def layouts(self) -> Iterator[Layout]:
        readings = series.find_readings(self._field())
        seen: set[tuple[str, ...]] = set()
        for found in readings:
            if len(seen) == _MOST_LAYOUTS or found.score < _LEAST_SHARE * readings[0].score:
                return
            layout = self._layout(found)
            if (names := _headings(layout)) not in seen:
                seen.add(names)
                yield layout

    def unassigned(self) -> Layout:
        roles = self._left_out()
        if self.heading is not None:
            roles[self.heading] = (Role.TITLE, "")
        blocks = (
            LayoutBlock(block, *roles.get(index, (Role.INTRODUCTION, ""))) for index, block in enumerate(self.blocks)
        )
        return Layout(tuple(blocks), title=self.title, numbering=Numbering.NONE)

    def _layout(self, found: Series) -> Layout:
        ending = closing.find_ending(self.blocks, found, self.asked, self._promise())
        entries = self._entries(ending.series, ending)
        return Layout(
            blocks=tuple(lists.with_lists(_with_pictures_after_headings(entries))),
            title=self.title,
            numbering=ending.series.numbering,
            notes=tuple(_gaps(ending.series)),
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
        title = words.spaced(self._title_text())
        return Field(self.blocks, frozenset(taken), self._promise(), frozenset(promised(before)), title)

    def _title_text(self) -> str:
        return self.title or (self.blocks[self.heading].text if self.heading is not None else "")

    def _left_out(self) -> _Roles:
        return {
            index: (Role.LEFT_OUT, block.why or CONTENTS)
            for index, block in enumerate(self.blocks)
            if block.hint in (Hint.ASIDE, Hint.BYLINE, Hint.CONTENTS)
        }

    def _roles(self, found: Series, ending: closing.Ending) -> _Roles:
        """The roles that blocks have by themselves; any other block belongs to the heading above it."""
        roles = self._left_out()
        if self.heading is not None:
            roles[self.heading] = (Role.TITLE, "")
        groups = dict.fromkeys(trimming.group_headings(self.blocks, found), (Role.LEFT_OUT, GROUP))
        for index, role in [*dict.fromkeys(self.contents, (Role.LEFT_OUT, CONTENTS)).items(), *groups.items()]:
            roles.setdefault(index, role)
        for index, again, why in self._said_again(found):
            roles.setdefault(index, (again, why))
        if ending.heading is not None:
            roles.setdefault(ending.heading, (Role.CONCLUSION_HEADING, ""))
        for index, name in (self.asked.roles if self.asked else {}).items():
            roles.setdefault(index, (Role(name), questions.WHY_LEFT_OUT if name == "left out" else ""))
        return roles

    def _said_again(self, found: Series) -> Iterator[tuple[int, Role, str]]:
        """Headings before the cards that repeat the title, or a line above: pages write their head twice."""
        title, above = self._title_text(), set[str]()
        for index, block in enumerate(self.blocks[: found.first]):
            if index != self.heading and block.kind is Kind.HEADING:
                if words.same_words(block.text, title):
                    yield index, Role.TITLE, ""
                elif squash(block.text) in above:
                    yield index, Role.LEFT_OUT, AGAIN
            if shapes.is_words(block) and (text := squash(block.text)):
                above.add(text)

    def _entries(self, found: Series, ending: closing.Ending) -> list[LayoutBlock]:
        roles = self._roles(found, ending)
        marks = {mark.index: mark for mark in found.marks}
        heading_ends = headings.label_ends(self.blocks, found)
        entries: list[LayoutBlock] = []
        role = Role.INTRODUCTION
        for index, block in enumerate(self.blocks):
            if index == ending.start:
                role = Role.CONCLUSION
            mark = marks.get(index)
            if mark:
                role = Role.CARD_TEXT
                entries += headings.card(block, mark, heading_ends.get(index, mark.stop))
            else:
                given, why = roles.get(index, (role, ""))
                is_inside = given is Role.CARD_TEXT and found.rank == shapes.ITEM
                entries += self._of_block(block, given, why, ending.split, is_inside=is_inside)
        return entries

    def _of_block(self, block: Block, role: Role, why: str, split: int, *, is_inside: bool) -> list[LayoutBlock]:
        """A block that is no card's heading; one that holds a heading and its text becomes two."""
        if role is Role.QUESTION:
            return [LayoutBlock(piece, Role(name)) for piece, name in questions.split(block, self.asked)]
        if role is Role.ANSWER:
            return [LayoutBlock(questions.without_answer_sign(block), role)]
        if role is Role.CONCLUSION_HEADING and split:
            return headings.run_in(block, split, Role.CONCLUSION_HEADING, Role.CONCLUSION)
        if is_inside and block.depth:  # the cards are items: what stands in them stands in no list any more
            return [LayoutBlock(dataclasses.replace(block, depth=block.depth - 1), role, why)]
        return [LayoutBlock(block, role, why)]


def _headings(layout: Layout) -> tuple[str, ...]:
    return tuple(entry.block.text for entry in layout.blocks if entry.role is Role.CARD)


def _names_a_part(block: Block) -> bool:
    """Whether a heading names a part of the page, not a card."""
    if not shapes.is_heading_like(block):
        return False
    text = titles.without_number(block.text)
    return words.names_a_part(text) if text == block.text else words.is_conclusion_heading(text)


def _with_pictures_after_headings(entries: Sequence[LayoutBlock]) -> list[LayoutBlock]:
    """Where pictures stand before the headings of most cards, each goes with the card under it, not over it."""
    heads = [index for index, entry in enumerate(entries) if entry.role is Role.CARD]
    before = {index: _pictures_before(entries, index) for index in heads}
    if sum(bool(pictures) for pictures in before.values()) < max(2, 0.7 * len(heads)):
        return list(entries)
    moved = {index for pictures in before.values() for index in pictures}
    ordered: list[LayoutBlock] = []
    for index, entry in enumerate(entries):
        if index in moved:
            continue
        ordered.append(entry)
        if entry.role is Role.CARD:
            ordered += (LayoutBlock(entries[at].block, Role.CARD_TEXT) for at in before[index])
    return ordered


def _pictures_before(entries: Sequence[LayoutBlock], index: int) -> list[int]:
    found: list[int] = []
    while index and entries[index - 1].block.kind is Kind.PICTURE and entries[index - 1].role is not Role.CARD:
        index -= 1
        found.insert(0, index)
    return found


def _gaps(found: Series) -> list[str]:
    """Sentences about numbers that the source leaves out, uses twice or begins again."""
    values = [mark.value for mark in found.marks if mark.value is not None]
    if found.numbering is Numbering.NONE or not values:
        return []
    step = 1 if found.numbering is Numbering.UP else -1
    return [*_ends(values, step), *_steps(values, step, len(found.marks))]


def _ends(values: Sequence[int], step: int) -> Iterator[str]:
    if step > 0 and values[0] != 1:
        yield _(
            "The numbers of the source begin with %(number)s; the cards are numbered by their order.", number=values[0]
        )
    if step < 0 and values[-1] != 1:
        yield _(
            "The numbers of the source end with %(number)s; the cards are numbered by their order.", number=values[-1]
        )


def _steps(values: Sequence[int], step: int, cards: int) -> Iterator[str]:
    restarts = [(before, after) for before, after in itertools.pairwise(values) if (after - before) * step < 0]
    if restarts:
        yield _(
            "The numbers of the source begin again in %(count)s places; the cards are numbered by their order.",
            count=len(restarts),
        )
    for before, after in itertools.pairwise(values):
        if (after - before) * step > 1 and cards == len(values):
            yield _(
                "The numbers of the source go from %(before)s to %(after)s; the cards are numbered by their order.",
                before=before,
                after=after,
            )
    for value, count in Counter(values).items():
        if count > 1 and not restarts:
            yield _(
                "The source numbers %(count)s cards %(value)s; the cards are numbered by their order.",
                count=count,
                value=value,
            )
