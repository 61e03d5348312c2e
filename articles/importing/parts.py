"""From a run of blocks to the parts of an article: every block gets a role, and the whole is the layout.

A person may give any block another role afterwards and build again: the layout holds all that the builder needs.
"""

from __future__ import annotations

import dataclasses
import enum
import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from articles.document import Numbering
from articles.importing import closing, questions, series, shapes, words
from articles.importing.blocks import Block, Hint, Kind, Span, cut, plain, squash, trim
from articles.importing.numbers import leading_number, promised
from articles.importing.series import Field, Series
from articles.importing.shapes import Mark


class Role(enum.StrEnum):
    TITLE = "title"
    INTRODUCTION = "introduction"
    CARD = "card"  # its heading: a new card begins
    CARD_TEXT = "card text"
    CONCLUSION_HEADING = "conclusion heading"
    CONCLUSION = "conclusion"
    FAQ_HEADING = "faq heading"
    QUESTION = "question"
    ANSWER = "answer"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its role; `why` is a sentence for a block that was left out."""

    block: Block
    role: Role
    why: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    parts: tuple[Part, ...]
    title: str = ""
    numbering: Numbering = Numbering.UP
    notes: tuple[str, ...] = ()


CONTENTS = "a table of contents: the page makes its own out of the cards"


def lay_out(blocks: Sequence[Block], title: str = "") -> Layout | None:
    """The layout of a run of blocks, or None when it holds no series of cards. `title` is one from outside the text."""
    heading = _title(blocks, title)
    asked = questions.find(blocks, heading)
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
        self.roles: dict[int, tuple[Role, str]] = {}

    def layout(self) -> Layout | None:
        found = series.find(self._field())
        if found is None:
            return None
        ending = closing.find(self.blocks, found, self.asked, self._promise())
        found = ending.series
        self._give_roles(found, ending)
        parts = self._parts(found, ending)
        return Layout(
            parts=tuple(_with_pictures_after_headings(parts)),
            title=self.title,
            numbering=found.numbering,
            notes=tuple(_gaps(found)),
        )

    def _promise(self) -> frozenset[int]:
        title = self.title or (self.blocks[self.heading].text if self.heading is not None else "")
        return frozenset(promised(title))

    def _field(self) -> Field:
        taken = {index for index, block in enumerate(self.blocks) if not shapes.is_words(block)}
        if self.heading is not None:
            taken.add(self.heading)
        if self.asked:
            taken.update(range(self.asked.start, self.asked.stop))
        taken.update(
            index
            for index, block in enumerate(self.blocks)
            if closing.is_heading_like(block) and words.is_conclusion_heading(_without_number(block.text))
        )
        before = " ".join(block.text[:600] for block in self.blocks[:12])
        return Field(self.blocks, frozenset(taken), self._promise(), frozenset(promised(before)))

    def _give_roles(self, found: Series, ending: closing.Ending) -> None:
        for index, block in enumerate(self.blocks):
            if block.hint in (Hint.ASIDE, Hint.BYLINE, Hint.CONTENTS):
                self.roles[index] = (Role.LEFT_OUT, block.why or CONTENTS)
        if self.heading is not None:
            self.roles[self.heading] = (Role.TITLE, "")
        for index in _contents(self.blocks, found):
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
        heading_ends = _label_ends(self.blocks, found)
        parts: list[Part] = []
        role = Role.INTRODUCTION
        for index, block in enumerate(self.blocks):
            if index == ending.start:
                role = Role.CONCLUSION
            given, why = self.roles.get(index, (role, ""))
            mark = marks.get(index)
            if mark:
                role = Role.CARD_TEXT
                parts += _card(block, mark, heading_ends.get(index, mark.stop))
            elif given is Role.QUESTION:
                parts += [Part(piece, Role(name)) for piece, name in questions.split(block, self.asked)]
            elif given is Role.ANSWER:
                parts.append(Part(questions.without_answer_sign(block), given))
            elif given is Role.CONCLUSION_HEADING and ending.split:
                parts += _run_in(block, ending.split, Role.CONCLUSION_HEADING, Role.CONCLUSION)
            elif mark is None and given is Role.CARD_TEXT and block.depth and found.rank == shapes.ITEM:
                parts.append(Part(dataclasses.replace(block, depth=block.depth - 1), given, why))
            else:
                parts.append(Part(block, given, why))
        return parts


# --- title ------------------------------------------------------------------------------------------------------------


def _title(blocks: Sequence[Block], outside: str) -> int | None:
    """The block that is the article's title. `outside` is a title that came with the file (front matter, a field)."""
    for index, block in enumerate(blocks):
        if block.hint is Hint.TITLE:
            return index
    headings = [index for index, block in enumerate(blocks) if block.kind is Kind.HEADING and shapes.is_words(block)]
    if headings:
        return _title_heading(blocks, headings, outside)
    return None if outside else _title_line(blocks)


def _title_heading(blocks: Sequence[Block], headings: Sequence[int], outside: str) -> int | None:
    highest = min(blocks[index].level for index in headings)
    first, *others = [index for index in headings if blocks[index].level == highest]
    if outside:
        return first if words.same_words(blocks[first].text, outside) else None
    text = blocks[first].text
    if first != headings[0] or words.is_faq_heading(text) or words.is_conclusion_heading(text):
        return None
    number = leading_number(text)
    is_numbered = number is not None and number.style != "space"
    if is_numbered and (others or len(headings) == 1):
        return None
    if not others:
        return first if len(headings) > 1 or not _words_before(blocks, first) else None
    follows = next((block for block in blocks[first + 1 :] if shapes.is_words(block)), None)
    has_nothing_below = follows is not None and follows.kind is Kind.HEADING and follows.level == highest
    rest_numbered = sum(_has_list_number(blocks[index].text) for index in others)
    if has_nothing_below or rest_numbered >= 3 or (promised(text) & {len(others), len(others) - 1}):
        return first if not _words_before(blocks, first) else None
    return None


def _has_list_number(text: str) -> bool:
    number = leading_number(text)
    return number is not None and number.style != "space"


def _words_before(blocks: Sequence[Block], stop: int) -> bool:
    return any(shapes.is_words(block) and len(block.text) > 80 for block in blocks[:stop])


def _title_line(blocks: Sequence[Block]) -> int | None:
    """In a text without headings: a first line that is no sentence, above something that goes on otherwise."""
    texts = [index for index, block in enumerate(blocks) if shapes.is_words(block)]
    if len(texts) < 4:
        return None
    block = blocks[texts[0]]
    number = leading_number(block.text)
    if block.kind is not Kind.PARAGRAPH or not shapes.is_short_line(block) or (number and number.style != "space"):
        return None
    if shapes.typed_bullet(block) or words.is_contents_heading(block.text):
        return None
    following = blocks[texts[1]]
    is_headed = len(following.text) > len(block.text) or _has_list_number(following.text)
    return texts[0] if is_headed or shapes.is_bold_line(block) or promised(block.text) else None


# --- contents ---------------------------------------------------------------------------------------------------------


def _contents(blocks: Sequence[Block], found: Series) -> set[int]:
    """A pasted table of contents before the cards: a run of short lines that mostly repeats their headings."""
    names = {squash(_without_number(blocks[mark.index].text)) for mark in found.marks} - {""}
    matching = [
        index
        for index, block in enumerate(blocks[: found.first])
        if len(block.text) <= shapes.LONGEST_HEADING and squash(_without_number(block.text)) in names
    ]
    if len(matching) < 3 or len(matching) < 0.5 * len(names):
        return set()
    start, stop = matching[0], matching[-1]
    inside = {
        index
        for index in range(start, stop + 1)
        if blocks[index].kind is Kind.ITEM or len(blocks[index].text) <= shapes.LONGEST_LINE
    }
    while stop + 1 < found.first and blocks[stop + 1].kind is Kind.ITEM:
        stop += 1
        inside.add(stop)
    while start and (words.is_contents_heading(blocks[start - 1].text) or blocks[start - 1].kind is Kind.RULE):
        start -= 1
        inside.add(start)
    return inside


def _without_number(text: str) -> str:
    number = leading_number(text)
    return text[: number.start] + text[number.stop :] if number and number.style != "space" else text


# --- headings of cards ------------------------------------------------------------------------------------------------


def _label_ends(blocks: Sequence[Block], found: Series) -> dict[int, int]:
    """For series whose headings run into their text: where each heading ends."""
    runs_in = [mark for mark in found.marks if mark.rank in (shapes.ITEM, shapes.LINE) and not mark.stop]
    if not runs_in:
        return {}
    long = sum(len(blocks[mark.index].text) > shapes.LONGEST_HEADING for mark in runs_in)
    labelled = sum(
        shapes.label_end(blocks[mark.index].text, _number_stop(mark)) < len(blocks[mark.index].text) for mark in runs_in
    )
    marks = {mark.index for mark in found.marks}
    bodies = sum(
        shapes.has_body(blocks, mark, min(mark.index + 2, len(blocks))) and mark.index + 1 not in marks
        for mark in runs_in
    )
    if long * 2 < len(runs_in) and (bodies * 2 > len(runs_in) or labelled < 0.7 * len(runs_in)):
        return {
            mark.index: shapes.label_end(blocks[mark.index].text, _number_stop(mark))
            for mark in runs_in
            if len(blocks[mark.index].text) > shapes.LONGEST_HEADING
        }
    return {mark.index: shapes.label_end(blocks[mark.index].text, _number_stop(mark)) for mark in runs_in}


def _number_stop(mark: Mark) -> int:
    return mark.number.stop if mark.number else 0


def _card(block: Block, mark: Mark, stop: int) -> list[Part]:
    """The heading of a card without its number (that becomes the marker), and what runs on behind it."""
    spans = block.spans
    text = plain(spans)
    end = stop or len(text)
    number = mark.number
    markers = [block.marker]
    if number and number.stop < end:
        markers.append(text[number.start : number.stop].strip())
        head = (*cut(spans, 0, number.start), *cut(spans, number.stop, end))
    elif mark.number is None and (bullet := shapes.typed_bullet(block)):
        markers.append(text[:bullet].strip())
        head = cut(spans, bullet, end)
    else:
        head = cut(spans, 0, end)
    rest_at = shapes.body_start(text, end) if stop and stop < len(text) else len(text)
    markers.append(text[end:rest_at].strip())
    head_text = plain(head).rstrip()
    if stop and head_text.endswith((":", "：")):
        head = cut(trim(head), 0, len(plain(trim(head))) - 1)
        markers.append(head_text[-1])
    heading = dataclasses.replace(
        block,
        kind=Kind.HEADING,
        spans=trim(head),
        marker=" ".join(filter(None, markers)),
        level=2,
        depth=0,
        number=None,
    )
    parts = [Part(heading, Role.CARD)]
    rest = trim(cut(spans, rest_at))
    if plain(rest).strip():
        parts.append(Part(Block(kind=Kind.PARAGRAPH, spans=rest), Role.CARD_TEXT))
    return parts


def _run_in(block: Block, stop: int, head: Role, rest: Role) -> list[Part]:
    text = plain(block.spans)
    label = text[:stop].rstrip()
    sign = label[-1] if label.endswith((":", "：")) else ""
    heading = Block(kind=Kind.HEADING, spans=(Span(label.removesuffix(sign) if sign else label),), marker=sign, level=2)
    return [Part(heading, head), Part(block.with_spans(trim(cut(block.spans, stop))), rest)]


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
    notes = []
    step = 1 if found.numbering is Numbering.UP else -1
    if values and (values[0] if step > 0 else values[-1]) != 1:
        edge = "begin with" if step > 0 else "end with"
        number = values[0] if step > 0 else values[-1]
        notes.append(f"The numbers of the source {edge} {number}; the cards are numbered by their order.")
    for before, after in itertools.pairwise(values):
        if after != before + step and abs(after - before) > 0 and len(found.marks) == len(values):
            notes.append(
                f"The numbers of the source go from {before} to {after}; the cards are numbered by their order."
            )
    notes += [
        f"The source numbers {count} cards {value}; the cards are numbered by their order."
        for value, count in Counter(values).items()
        if count > 1
    ]
    return notes
