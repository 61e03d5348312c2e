"""The questions and answers of an article: a part of its own, under a heading that says so.

A question anywhere else (a title, a card, a joke) is no FAQ.
"""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from articles.importing.blocks import Block, Hint, Kind, all_in, cut, is_bold, plain, trim
from articles.importing.finder import shapes, words
from articles.importing.finder.numbers import sure_number
from articles.text.messages import _

WHY_LEFT_OUT = _("Words between the heading of the questions and the first question; no field holds them.")

_Q = re.compile(
    r"\s*(?:q(?:uestion)?|f(?:rage)?|p(?:regunta)?|в(?:опрос)?|問|问|문|질문|Ｑ|س(?:ؤال)?)\s*\d{0,3}\s*[.:：)\-–—]\s*(?=\S)",
    re.IGNORECASE,
)
_A = re.compile(
    r"\s*(?:a(?:nswer)?|antwort|r(?:espuesta)?|о(?:твет)?|答|답|답변|Ａ|ج(?:واب)?)\s*\d{0,3}\s*[.:：)\-–—]\s*(?=\S)",
    re.IGNORECASE,
)
_QUESTION_THEN_ANSWER = re.compile(r"(?P<question>[^?？]{8,180}[?？][\"”’»」』)]*)\s*(?=\S)")
_LONGEST_QUESTION = 250
_LONGEST_HEADING = 160
_MOST_HEADINGS = 10


@dataclass(frozen=True, slots=True)
class Questions:
    """The blocks from `start` (the heading) up to `stop`; `roles` by index: faq heading, question, answer, left out."""

    start: int
    stop: int
    roles: dict[int, str]
    runs_in: bool = False


def find_questions(blocks: Sequence[Block], title: int | None) -> Questions | None:
    """The part with the questions: under a heading that says so, or where the source's own markup does.

    Of several headings the last one counts under which questions really stand. One that only speaks of asking needs
    two; one that says something else needs two as well, and a text before it whose headings ask nothing.
    """
    headings = [index for index in range(len(blocks) - 1, -1, -1) if index != title and _may_be_heading(blocks[index])]
    for is_heading, least in ((_is_faq_heading, 1), (_speaks_of_asking, 2)):
        tried = (
            _under(blocks, index, least)
            for index in itertools.islice((index for index in headings if is_heading(blocks[index])), _MOST_HEADINGS)
        )
        found = next((found for found in tried if found), None)
        if found:
            return found
    return _marked(blocks) or _by_answers(blocks, headings)


def _by_answers(blocks: Sequence[Block], headings: Sequence[int]) -> Questions | None:
    """Nothing but questions and their answers under a heading, when hardly any heading before it asks something."""
    for index in headings[:_MOST_HEADINGS]:
        heading = blocks[index]
        if not _looks_like_heading(heading) or words.is_question(heading.text) or sure_number(heading.text):
            continue
        found = _under(blocks, index, 2)
        if found and found.roles.get(index + 1) == "question" and _all_ask(blocks, heading, found):
            before = [words.is_question(block.text) for block in blocks[:index] if _looks_like_heading(block)]
            if len(before) >= 4 and sum(before) * 4 <= len(before):
                return found
    return None


def _all_ask(blocks: Sequence[Block], heading: Block, found: Questions) -> bool:
    asked = [blocks[index] for index, role in found.roles.items() if role == "question"]
    return all(
        (found.runs_in or words.is_question(block.text)) and shapes.rank(heading) <= shapes.rank(block)
        for block in asked
    )


def _may_be_heading(block: Block) -> bool:
    if block.kind not in (Kind.HEADING, Kind.PARAGRAPH) or block.depth or not shapes.is_words(block):
        return False
    text = block.text.strip()
    return 0 < len(text) <= _LONGEST_HEADING and not text.endswith((",", ";"))


def _is_faq_heading(block: Block) -> bool:
    text = block.text.strip()
    number = sure_number(text)
    if number:
        return words.is_bare_faq_heading(text[number.stop :])
    if block.kind is Kind.HEADING or all_in(block.spans, is_bold):
        return words.is_faq_heading(text)
    return words.is_bare_faq_heading(text) or (words.is_faq_heading(text) and len(text) <= 60)


def _speaks_of_asking(block: Block) -> bool:
    text = block.text.strip()
    return _looks_like_heading(block) and words.may_head_questions(text) and not sure_number(text) and "\n" not in text


def _looks_like_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING or shapes.is_bold_line(block) or shapes.is_short_line(block)


def _under(blocks: Sequence[Block], start: int, least: int) -> Questions | None:
    stop = _stop(blocks, start)
    for is_one in _shapes(blocks, start, stop):
        asked = _up_to_next_part(blocks, start, [index for index in range(start + 1, stop) if is_one(blocks[index])])
        if len(asked) >= least:
            runs_in = is_one is _runs_on or is_one is _bold_then_answer
            stop = _end_of_last(blocks, start, asked[-1] + (1 if runs_in else 2), stop)
            return _with_roles(blocks, start, stop, asked, runs_in=runs_in)
    return None


def _up_to_next_part(blocks: Sequence[Block], start: int, asked: Sequence[int]) -> list[int]:
    """Among lines that ask, one that does not and looks as the heading of the questions does begins a new part."""
    look = shapes.look(blocks[start])
    return list(
        itertools.takewhile(
            lambda index: words.is_question(blocks[index].text) or shapes.look(blocks[index]) != look, asked
        )
    )


def _marked(blocks: Sequence[Block]) -> Questions | None:
    """Questions that the source marks as such, one after the other without a heading over or between them."""
    asked = [index for index, block in enumerate(blocks) if _is_marked(block)]
    if not asked or not _mostly_questions([blocks[index] for index in asked]):
        return None
    if any(blocks[index].kind is Kind.HEADING and index not in asked for index in range(asked[0], asked[-1])):
        return None
    stop = next(
        (
            index
            for index in range(asked[-1] + 2, len(blocks))
            if blocks[index].kind is Kind.HEADING or _is_conclusion(blocks[index])
        ),
        len(blocks),
    )
    return _with_roles(blocks, asked[0], stop, asked, runs_in=False)


def _stop(blocks: Sequence[Block], start: int) -> int:
    """Where the part ends: at a heading that is no question and not below it, or at a conclusion."""
    level = shapes.rank(blocks[start])
    same_level_questions = 0
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if _is_conclusion(block):
            return index
        if block.kind is not Kind.HEADING or level > 6 or not block.text.strip():
            continue
        if block.level < level and not words.is_question(block.text):
            return index
        if block.level == level:
            if not words.is_question(block.text) and (same_level_questions == 0 or index + 1 < len(blocks)):
                return index
            same_level_questions += 1
    return len(blocks)


def _is_conclusion(block: Block) -> bool:
    if _looks_like_heading(block):
        return words.is_conclusion_heading(block.text) and not words.is_question(block.text)
    return block.kind is Kind.PARAGRAPH and bool(words.conclusion_run_in(block.text))


def _end_of_last(blocks: Sequence[Block], start: int, after: int, stop: int) -> int:
    """Where the last answer ends: at the next block that looks as the heading of the questions itself does."""
    look = shapes.look(blocks[start])
    for index in range(after, stop):
        if (
            shapes.look(blocks[index]) == look
            and not words.is_question(blocks[index].text)
            and (look != "short" or shapes.is_line_over_text(blocks, index, stop))
        ):
            return index
    return stop


_IsOne = Callable[[Block], bool]


def _shapes(blocks: Sequence[Block], start: int, stop: int) -> Iterator[_IsOne]:
    """The ways in which the questions of this part may be marked, the surest first."""
    inside = blocks[start + 1 : stop]
    tests: list[_IsOne] = [_is_marked, _has_sign, *_heading_tests(inside), _is_bold_question, _bold_then_answer]
    for test in tests:
        found = [block for block in inside if test(block)]
        if found and (test in (_is_marked, _has_sign, _bold_then_answer) or _mostly_questions(found)):
            yield test
    if any(_is_line(block) for block in inside):
        yield _is_line
    if any(_runs_on(block) for block in inside):
        yield _runs_on


def _heading_tests(inside: Sequence[Block]) -> Iterator[_IsOne]:
    levels = sorted({block.level for block in inside if block.kind is Kind.HEADING})
    for level in levels:

        def is_one(block: Block, level: int = level) -> bool:
            return block.kind is Kind.HEADING and block.level == level

        yield is_one


def _mostly_questions(blocks: Sequence[Block]) -> bool:
    return sum(words.is_question(block.text) for block in blocks) * 2 >= len(blocks)


def _is_marked(block: Block) -> bool:
    return block.hint is Hint.QUESTION


def _has_sign(block: Block) -> bool:
    return block.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM) and _Q.match(block.text) is not None


def _is_bold_question(block: Block) -> bool:
    return (
        block.kind in (Kind.PARAGRAPH, Kind.ITEM)
        and len(block.text) <= _LONGEST_QUESTION
        and all_in(block.spans, is_bold)
    )


def _bold_then_answer(block: Block) -> bool:
    stop = shapes.bold_label(block)
    return bool(stop) and words.is_question(plain(block.spans)[:stop]) and block.kind in (Kind.PARAGRAPH, Kind.ITEM)


def _is_line(block: Block) -> bool:
    text = block.text.strip()
    return (
        block.kind in (Kind.PARAGRAPH, Kind.ITEM)
        and len(text) <= _LONGEST_QUESTION
        and text.endswith(("?", "？", "؟"))
        and len(re.findall(r"[?？؟]", text)) <= 2
    )


def _runs_on(block: Block) -> bool:
    return block.kind in (Kind.PARAGRAPH, Kind.ITEM) and _QUESTION_THEN_ANSWER.match(block.text) is not None


def _with_roles(blocks: Sequence[Block], start: int, stop: int, asked: Sequence[int], *, runs_in: bool) -> Questions:
    """`start` is the heading, or the first question when there is none."""
    roles = {} if start in asked else {start: "faq heading"}
    questions = set(asked)
    for index in sorted(questions):
        # Of two question lines in a row the second belongs to the answer, unless the first would have none at all.
        is_line = blocks[index].kind is Kind.PARAGRAPH and not runs_in and not all_in(blocks[index].spans, is_bold)
        if is_line and index - 1 in questions and index + 1 in questions and _is_line(blocks[index]):
            questions.discard(index)
    is_open = False
    for index in range(start + (start not in asked), stop):
        if index in questions:
            roles[index] = "question"
            is_open = True
        else:
            roles[index] = "answer" if is_open else "left out"
    return Questions(start, stop, roles, runs_in)


def split(block: Block, questions: Questions | None) -> list[tuple[Block, str]]:
    """The question without its number or sign (that becomes the marker), and the answer that runs on behind it."""
    text = plain(block.spans)
    sign = _Q.match(text)
    number = sure_number(text) if sign is None else None
    start = sign.end() if sign else number.stop if number else 0
    stop = len(text)
    if questions and questions.runs_in:
        found = _QUESTION_THEN_ANSWER.match(text, start)
        stop = shapes.bold_label(block) or (found.end("question") if found else len(text))
    marker = " ".join(filter(None, [block.marker, text[:start].strip()]))
    spans = trim(cut(block.spans, start, stop))
    asked = dataclasses.replace(
        block, kind=Kind.HEADING, spans=spans, marker=marker, level=3, depth=0, number=None, hint=Hint.NONE
    )
    pieces = [(asked, "question")]
    answer = trim(cut(block.spans, stop))
    if plain(answer).strip():
        pieces.append((without_answer_sign(Block(kind=Kind.PARAGRAPH, spans=answer)), "answer"))
    return pieces


def without_answer_sign(block: Block) -> Block:
    """An answer without its "A:" (that becomes the marker)."""
    found = _A.match(block.text) if block.kind is Kind.PARAGRAPH and not block.marker else None
    if found is None:
        return block
    return dataclasses.replace(block, spans=trim(cut(block.spans, found.end())), marker=found[0].strip())
