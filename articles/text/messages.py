"""Sentences of rooms that do not know Django: English words that remember their pattern, for translation."""

from __future__ import annotations

from collections.abc import Mapping


class TranslatableMessage(str):
    """The sentence itself in English, with the pattern that it was made of and what was put into it."""

    pattern: str
    values: Mapping[str, object]


def _(pattern: str, **values: object) -> TranslatableMessage:
    """Marks a sentence for translation. Values stand in it as %(name)s, and may be sentences themselves."""
    said = TranslatableMessage(pattern % values if values else pattern)
    said.pattern, said.values = pattern, values
    return said
