"""What makes a claim the same claim: what it states, not where it stands or how it is written.

Edits around it, moves, white space, quotation marks, italics, emoji and another notation change nothing; another
figure, day, name or word makes another claim.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from articles.claims.quoted import same_words
from articles.claims.shapes import Claim, Day, Kind, Quantity, Rank, StoryPlace, Value, Words

#: Skin tones, the sign that makes an emoji of a letter, and the frame of a keycap.
_EMOJI_PARTS = re.compile("[\U0001f3fb-\U0001f3ff\ufe0e\ufe0f\u20e3]")
#: How long an identity is at most, for a column.
IDENTITY_LENGTH = 50


def identity_of(claim: Claim) -> str:
    return identity(claim.value)


def identity_of_words(words: str) -> str:
    """Of a claim that a person has marked, which no rule reads."""
    return identity(words_value(words))


def words_value(words: str) -> Words:
    """The value of words that a person has marked."""
    return same_words(words)


def identity(value: Value) -> str:
    """The name of a value, of bounded length: its family and a digest."""
    family, stated = _stated(value)
    return f"{family}:{hashlib.blake2b(stated.encode(errors='surrogatepass'), digest_size=16).hexdigest()}"


def _stated(value: Value) -> tuple[str, str]:
    match value:
        case Quantity():
            return "figure", f"{format(value.number.normalize(), 'f')} {value.unit}"
        case Day():
            return "date", f"{value.year} {value.month} {value.day} {value.is_decade}"
        case StoryPlace():
            return "place", " ".join(f"{name} {number}" for name, number in value.points)
        case Rank():
            return "rank", f"{value.number} {value.is_among}"
        case Words():
            # A name, a title and a quotation alike: quotation marks and italics are no other claim.
            return "words", " ".join("".join(filter(_is_said, value.words)).split())


def _is_said(sign: str) -> bool:
    """Neither an emoji nor a sign that only joins one."""
    return unicodedata.category(sign) not in ("So", "Cf") and not _EMOJI_PARTS.match(sign)


#: Kinds of which “every number and quotation” speaks.
FIGURES_AND_QUOTATIONS = frozenset({Kind.NUMBER, Kind.AMOUNT, Kind.RANK, Kind.DATE, Kind.QUOTATION})
