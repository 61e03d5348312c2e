"""Words one letter apart, found by an index of what is left of each word when any one letter is left out."""

from __future__ import annotations

import hashlib
import re

from articles.text import tokens

SHORTEST, LONGEST = 4, 24
_HAS_DIGIT = re.compile(r"\d")


def can_be_mended(word: str) -> bool:
    """Short words are one letter from too many others; of numbers and CJK nobody can say what was meant."""
    return SHORTEST <= len(word) <= LONGEST and not _HAS_DIGIT.search(word) and not tokens.is_cjk(word)


def keys(word: str) -> list[int]:
    """The word and what is left of it without one letter, as numbers of 63 bits. Two words that are one letter apart
    (one more, one less, another, two exchanged) share one of them, and some others do: see `is_near`."""
    left = {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
    return [
        int.from_bytes(hashlib.blake2b(each.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1
        for each in left
    ]


def is_near(one: str, other: str) -> bool:
    """Whether at most one letter was left out, put in, taken for another, or exchanged with its neighbour."""
    if len(one) > len(other):
        one, other = other, one
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[at:] == other[at + 1 :]
    if one[at + 1 :] == other[at + 1 :]:
        return True
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
