"""The title of an article."""

from __future__ import annotations

from collections.abc import Sequence

from articles.importing.blocks import Block, Hint, Kind, paragraph
from articles.importing.finder import shapes, words
from articles.importing.finder.numbers import promised, sure_number


def find_title(blocks: Sequence[Block], outside: str) -> int | None:
    """The block that is the article's title. `outside` is a title that came with the file (front matter, a field)."""
    for index, block in enumerate(blocks):
        if block.hint is Hint.TITLE:
            return index
    headings = [index for index, block in enumerate(blocks) if block.kind is Kind.HEADING and shapes.is_words(block)]
    found = _title_heading(blocks, headings, outside) if headings else None
    return found if found is not None or outside else _title_line(blocks, needs_bold=bool(headings))


def _title_heading(blocks: Sequence[Block], headings: Sequence[int], outside: str) -> int | None:
    highest = min(blocks[index].level for index in headings)
    first, *others = [index for index in headings if blocks[index].level == highest]
    if outside:
        return first if words.same_words(blocks[first].text, outside) else None
    text = blocks[first].text
    if first != headings[0] or words.is_faq_heading(text) or words.names_a_part(text):
        return None
    is_numbered, are_numbered = _is_numbered(blocks[first]), any(_is_numbered(blocks[at]) for at in headings[1:])
    if is_numbered and (others or len(headings) == 1 or are_numbered):
        return None
    if not others:
        return first if len(headings) > 1 or not _words_before(blocks, first) else None
    if first + 1 < len(blocks) and blocks[first + 1].kind is Kind.ITEM:
        return None  # with others like it, a heading right over a list is a part: contents, the article in short
    follows = next((block for block in blocks[first + 1 :] if shapes.is_words(block)), None)
    has_nothing_below = follows is not None and follows.kind is Kind.HEADING and follows.level == highest
    rest_numbered = sum(_is_numbered(blocks[index]) for index in others)
    is_at_top = highest == 1 and not any(shapes.is_words(block) for block in blocks[:first])
    if has_nothing_below or is_at_top or rest_numbered >= 3 or (promised(text) & {len(others), len(others) - 1}):
        return first if not _words_before(blocks, first) else None
    return None


def _is_numbered(block: Block) -> bool:
    return _is_headed(block) or sure_number(block.text) is not None


def _is_headed(block: Block) -> bool:
    """By a bare number in the line over it; over a title may stand “Slide 1”."""
    is_bare = block.number is not None and not any(map(str.isalpha, block.marker))
    return is_bare and block.kind in (Kind.PARAGRAPH, Kind.HEADING)


def _words_before(blocks: Sequence[Block], stop: int) -> bool:
    return any(shapes.is_words(block) and len(block.text) > 80 for block in blocks[:stop])


def _title_line(blocks: Sequence[Block], *, needs_bold: bool) -> int | None:
    """A first line that is no sentence; bold where real headings follow."""
    texts = [index for index, block in enumerate(blocks) if shapes.is_words(block)]
    if len(texts) < 4:
        return None
    block = blocks[texts[0]]
    is_bold = shapes.is_bold_line(block)
    if block.kind is not Kind.PARAGRAPH or not (is_bold or _is_line(block)) or (needs_bold and not is_bold):
        return None
    if sure_number(block.text) or shapes.typed_bullet(block) or words.names_a_part(block.text):
        return None
    if _is_headed(block) and any(_is_headed(each) for each in blocks[texts[0] + 1 :]):
        return None  # the number in the line over it is the first of several
    return None if words.is_byline(block.text) else texts[0]


def _is_line(block: Block) -> bool:
    """A short line that is no sentence; a semicolon ends none (it may be the end of "&gt;")."""
    return shapes.is_short_line(block) or shapes.is_short_line(paragraph(block.text.rstrip("; ")))


def without_number(text: str) -> str:
    number = sure_number(text)
    return text[: number.start] + text[number.stop :] if number else text
