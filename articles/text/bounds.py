"""How much of a text is read as Markdown: all of it, unless it holds more signs than any article has use for.

The parser's work grows with the signs at which it stops, not with the letters between them: a hundred times as much for
a text of brackets or of one-letter list items as for prose of the same length. So the signs of one text are counted,
and what comes after the last that is allowed stays as it was typed. 1,000 links or 3,000 list items in one text work.
"""

from __future__ import annotations

import re
from itertools import islice

#: Of one text. A text of 2,000 characters has about 60, a whole book as one text perhaps 5,000.
MOST_SIGNS = 6_000

#: Where markdown-it stops in a line; the ends of lines; what divides cells; what numbers an item.
_SIGN = re.compile(r"[\n\r!#$%&*+\-:<=>@\[\\\]^_`{|}~]|(?<=\d)[.)]")


def count_signs(text: str) -> int:
    """How many signs of a text may mean something in Markdown."""
    return sum(1 for _sign in _SIGN.finditer(text))


def markdown_length(text: str) -> int:
    """How many characters from the beginning are Markdown: up to the last whole line within MOST_SIGNS.

    A line that has too many of them by itself ends there too.
    """
    if len(text) <= MOST_SIGNS:
        return len(text)
    first_too_many = next(islice(_SIGN.finditer(text), MOST_SIGNS, None), None)
    if first_too_many is None:
        return len(text)
    end = first_too_many.start()
    return text.rfind("\n", 0, end) + 1 or end
