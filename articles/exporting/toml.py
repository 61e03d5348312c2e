"""A small writer of TOML (toml.io, version 1.0) for what Documents are made of; the standard library reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

Value = str | int | Sequence[str] | Sequence[Mapping[str, "str | int"]]

LONGEST_LINE = 100

#: What no text shows and a file had better not hold as it is; tabs and line feeds are no part of it.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def dumps(values: Mapping[str, Value]) -> str:
    """Lines of `key = value`, then a `[[key]]` for each mapping of a list; every key must be a bare one."""
    lines = [_line(key, value) for key, value in values.items() if not _is_tables(value)]
    blocks = ["".join(lines)] if lines else []
    for key, value in values.items():
        if _is_tables(value):
            blocks += [f"[[{key}]]\n{dumps(table)}" for table in value]  # type: ignore[union-attr, arg-type]
    return "\n".join(blocks)


def _is_tables(value: Value) -> bool:
    return not isinstance(value, str | int) and any(isinstance(item, Mapping) for item in value)


def _line(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return f"{key} = {'true' if value else 'false'}\n"
    if isinstance(value, int):
        return f"{key} = {value}\n"
    return f"{key} = {_string(value) if isinstance(value, str) else _list(value)}\n"


def _list(values: Sequence[object]) -> str:
    items = [_in_quotes(str(value)) for value in values]
    on_one_line = f"[{', '.join(items)}]"
    if len(on_one_line) <= LONGEST_LINE:
        return on_one_line
    return "[\n" + "".join(f"    {item},\n" for item in items) + "]"


def _string(text: str) -> str:
    """Several lines stay several lines where nothing in them has to be escaped."""
    reads_plainly = "'''" not in text and not text.endswith("'") and not CONTROL.search(text)
    if "\n" in text and reads_plainly and "+++" not in text:  # which ends the front matter
        return f"'''\n{text}'''"
    return _in_quotes(text)


def _in_quotes(text: str) -> str:
    """The escapes of JSON are escapes of TOML's basic strings too, which also want U+007F escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
