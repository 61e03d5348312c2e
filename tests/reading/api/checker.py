"""A small checker of the JSON Schema (2020-12) that the API's description uses; another keyword fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}
_KNOWN = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "$ref", "format", "description"}


def check(value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], place: str = "answer") -> None:
    """Raises AssertionError, which names the place, where the value is not as the schema says."""
    assert schema.keys() <= _KNOWN, f"{place}: the checker does not know {schema.keys() - _KNOWN}"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return check(value, document["components"]["schemas"][name], document, place)
    if "anyOf" in schema:
        if value is not None:
            check(value, schema["anyOf"][0], document, place)
        return None
    wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert type(value) in [_TYPES[each] for each in wanted], f"{place}: {value!r} is no {wanted}"
    if isinstance(value, dict):
        assert value.keys() == schema["properties"].keys() == set(schema["required"]), place
        for name, each in value.items():
            check(each, schema["properties"][name], document, f"{place}.{name}")
    elif isinstance(value, list):
        for each in value:
            check(each, schema["items"], document, f"{place}[]")
    elif isinstance(value, str):
        _check_format(value, schema.get("format", ""), place)
    return None


def _check_format(value: str, name: str, place: str) -> None:
    if name == "uri":
        assert urlsplit(value).netloc, f"{place}: {value!r} is no absolute address"
    elif name == "date-time":
        assert dt.datetime.fromisoformat(value).utcoffset() == dt.timedelta(0), place
    elif name == "date":
        dt.date.fromisoformat(value)
