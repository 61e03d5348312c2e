"""Whole numbers in what somebody sent: an address, a form."""

from __future__ import annotations

_MOST_DIGITS = 18


def whole_number(text: str, *, least: int = 0, most: int) -> int | None:
    """The number that ASCII digits say; None for anything else, and for a number below `least` or above `most`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        return None
    number = int(text)
    return number if least <= number <= most else None
