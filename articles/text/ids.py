"""Permanent public ids: short enough to read aloud, with no vowels to make words of and no look-alikes to mistype."""

from __future__ import annotations

import secrets

_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowels (nor y), no l, which looks like 1
_SIGNS = _LETTERS + "23456789"  # no 0 and 1, which look like o and l
_LENGTH = 10

#: For URL converters and validators; it is not anchored.
PUBLIC_ID_PATTERN = rf"[{_LETTERS}][{_SIGNS}]{{{_LENGTH - 1}}}"


def new_public_id() -> str:
    """Ten characters, the first a letter: 1.4 × 10¹⁴ of them, so a clash is left to the unique constraint."""
    return secrets.choice(_LETTERS) + "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH - 1))
