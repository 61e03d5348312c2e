"""Markdown made readable without parsing it, for questions that are asked of every text at every save."""

from __future__ import annotations

import re
import unicodedata

_WIDE = frozenset("WF")  # Unicode Standard Annex 11: wide and full-width signs take two columns
# What a link or picture leads to, addresses that stand by themselves, and where a reference leads.
_ADDRESSES = re.compile(
    r"(?<=\])\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+|\b(?:https?://|www\.|mailto:)[^\s<>]++|^\[[^\]\n]*+\]:\s*+\S++",
    re.IGNORECASE | re.MULTILINE,
)


def without_addresses(source: str) -> str:
    """`source` with its words and marks, and a space where an address stood: “TODO” in a link's path is no note."""
    has_any = "](" in source or "://" in source or "www." in source or "]:" in source or "mailto:" in source
    return _ADDRESSES.sub(" ", source) if has_any else source


def columns(text: str) -> int:
    """How wide a line of text is, counted in half-width columns: Hangul, Kana and Han take two, a mark above none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(sign) for sign in unicodedata.normalize("NFC", text))


def _columns_of(sign: str) -> int:
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
