"""Two plain texts as runs of words that are the same or different: what people are shown of a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.text import word_diff
from articles.text.matching import Allowance

#: Texts that share less than this are different as a whole: marks on every other word would help nobody.
LEAST_IN_COMMON = 0.5

#: Of kana and Chinese characters, between which no spaces stand, each is a word of its own.
_UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"\s+|[{_UNSPACED}]|(?:(?![{_UNSPACED}])\w)+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Run:
    text: str
    is_different: bool


def of_texts(old: str, new: str, together: Allowance | None = None) -> tuple[list[Run], list[Run]]:
    """Both texts from beginning to end, empty where nothing stands. In texts that have little in common nothing is
    marked; a text that stands alone is not marked either. `together`: see `word_diff.blocks`.
    """
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if not (before and after):
        return [Run(old, bool(new))] if old else [], [Run(new, bool(old))] if new else []
    blocks = word_diff.blocks(before, after, together)
    if not _have_enough_in_common(before, after, blocks):
        return [Run(old, False)], [Run(new, False)]
    left = [Run("".join(before[each.a : each.b]), not each.is_equal) for each in blocks if each.a < each.b]
    right = [Run("".join(after[each.c : each.d]), not each.is_equal) for each in blocks if each.c < each.d]
    return left, right


def _have_enough_in_common(before: Sequence[str], after: Sequence[str], blocks: Sequence[word_diff.Block]) -> bool:
    """One word in the place of one other is marked however short the text is."""
    others = [block for block in blocks if not block.is_equal]
    if len(others) == 1 and len(blocks) > 1 and max(others[0].b - others[0].a, others[0].d - others[0].c) == 1:
        return True
    same = sum(block.b - block.a for block in blocks if block.is_equal)
    return 2 * same >= LEAST_IN_COMMON * (len(before) + len(after))
