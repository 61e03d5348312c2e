"""Plain text as Markdown that shows exactly its words: whatever could be taken for a mark is escaped."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"[\\`*\[\]]|<(?=[a-zA-Z/!?])|&(?=#?\w+;)|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~")
_LINE_START = re.compile(
    r"(?P<mark>#{1,6}|[-+]|\d{1,9}(?=[.)]))(?=[.)]?(?:\s|$))|(?P<always>>|~~~)|(?P<row>[-:|](?=[-:|\s]*$))"
)


def escape(text: str) -> str:
    """Plain text as Markdown that shows it literally, as a whole line."""
    return guard_start(escape_marks(text))


def escape_marks(text: str) -> str:
    """The same for a piece that begins no line."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def guard_start(line: str) -> str:
    """A line of Markdown whose beginning is not taken for that of a block."""
    found = _LINE_START.match(line)
    if not found:
        return line
    at = found.end("mark") if found["mark"] and found["mark"].isdigit() else 0
    return f"{line[:at]}\\{line[at:]}"
