"""Data for programs within a page."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

# Inside a script element no character reference is read: what could end it is written as JSON escapes.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def json_element(value: Any, media_type: str) -> SafeString:
    """A script element that holds data and runs nothing. `media_type` is ours, never anybody's input."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(f'<script type="{media_type}">{text}</script>')  # noqa: S308 - escaped in the line above
