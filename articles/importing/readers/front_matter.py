"""The fields before a Markdown text: YAML between dashes, TOML between plus signs; read by parsers for these languages.

What no parser takes, because a title holds a colon for instance, is read line by line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

import yaml

_YAML = re.compile(r"\ufeff?\s*---[ \t]*\n(?P<fields>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\ufeff?\s*\+\+\+[ \t]*\n(?P<fields>.*?)\n\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_FIELD = re.compile(r"(?P<key>[^\W\d_][\w -]{0,60}?)\s*[:=](?:\s+|$)(?P<value>.*)$")
_LONGEST = 20_000  # signs; the parser is slow, and no front matter is longer
_DEEPEST = 6
_LONGEST_TAG = 60
_MOST_TAGS = 30
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # makes nothing but texts, lists and mappings

Fields = dict[str, str]


def split(text: str) -> tuple[Fields, str]:
    """The fields by their names in small letters, and the text behind them. A list is kept as its items, one a line."""
    found = _YAML.match(text[: _LONGEST + 100]) or _TOML.match(text[: _LONGEST + 100])
    if found is None or not _looks_like_fields(found["fields"], 0.5 if found.re is _TOML else 0.8):
        return {}, text
    inside = found["fields"]
    read = _toml(inside) if found.re is _TOML else _yaml(inside)
    fields = _by_lines(inside) if read is None else {str(key): _text(value) for key, value in read.items()}
    return {key.casefold(): value for key, value in fields.items()}, text[found.end() :]


def tags(value: str) -> tuple[str, ...]:
    """The tags of a field: one a line, or with commas between them."""
    return tuple(name for name in dict.fromkeys(split_tags(value)) if len(name) <= _LONGEST_TAG)[:_MOST_TAGS]


def split_tags(value: str) -> list[str]:
    names = (_unquoted(name).lstrip("#").strip() for name in re.split(r"[\n,]", value.strip().strip("[]")))
    return [name for name in names if name]


def _looks_like_fields(inside: str, share: float) -> bool:
    """Whether the lines at the margin are fields: a text between two dividing lines is none."""
    lines = [
        line for line in inside.split("\n") if line.strip() and not line[0].isspace() and line[0] not in "-#]})\"'"
    ]
    fields = [_FIELD.match(line) is not None or line[:1] == "[" for line in lines]
    is_text = any(line.startswith("##") for line in inside.split("\n"))
    return bool(fields) and fields[0] and not is_text and sum(fields) >= share * len(lines)


def _yaml(inside: str) -> Mapping[object, object] | None:
    try:
        found = yaml.load(inside, Loader=_Loader)  # noqa: S506 - a base loader makes no objects
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    return found if isinstance(found, dict) and found else None


def _toml(inside: str) -> Mapping[object, object] | None:
    try:
        return dict(tomllib.loads(inside).items())
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _text(value: object) -> str:
    """A value as text: no longer than the front matter may be, even when YAML repeats a part of itself."""
    return "\n".join(_lines(value, _DEEPEST))[:_LONGEST].strip()


def _lines(value: object, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and depth:
        for key, inner in list(value.items())[:100]:
            yield f"{key}: {' '.join(_lines(inner, depth - 1))}"[:_LONGEST]
    elif isinstance(value, list | tuple) and depth:
        for inner in value[:200]:
            yield " ".join(_lines(inner, depth - 1))[:_LONGEST]
    elif value is not None:
        yield str(value).strip()


def _by_lines(inside: str) -> Fields:
    fields: Fields = {}
    key = ""  # what stands before the first field keeps an empty name
    for line in inside.splitlines():
        field = _FIELD.match(line)
        if field:
            key = field["key"]
            fields[key] = _unquoted(field["value"])
        elif line.strip():
            fields[key] = f"{fields.get(key, '')}\n{_unquoted(line.strip().lstrip('-').strip())}".strip()
    return fields


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return value
