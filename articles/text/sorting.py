"""What titles are sorted by, alike on every database: those compare texts each in a way of their own."""

from __future__ import annotations

import re

from articles.text import tokens

_MOST_LETTERS = 40
#: UTF-8 has at most four bytes for a letter, and each is two digits.
MOST_SIGNS = _MOST_LETTERS * 4 * 2
#: After all titles.
LAST = "z"
_WORD = re.compile(r"[^\W_]+")


def title_key(title: str) -> str:
    """Hexadecimal digits of its first letters without case, accents, marks and emoji; LAST where none is left."""
    words = " ".join(_WORD.findall(tokens.normalised(title)))
    return words[:_MOST_LETTERS].encode(errors="replace").hex() or LAST
