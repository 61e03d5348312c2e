"""Cells of a table that spreadsheets open."""

from __future__ import annotations

#: What a spreadsheet may take for the beginning of a formula, in full width too.
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def cell(text: str) -> str:
    """A cell that begins no formula: an apostrophe before what might."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA_SIGNS) else text
