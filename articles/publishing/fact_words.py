"""The digest of the exact words of a fact: what a later look at it is bound to."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from articles.document import Card, Source

#: What may change while the fact stays word for word the same.
_NO_WORDS = {"public_id", "tags", "check_on"}


def digest_of(card: Card) -> str:
    """32 hexadecimal digits. Fields at their defaults do not count, so a new kind of field changes no digest."""
    values = {**_values(card), "sources": [_values(source) for source in card.sources]}
    text = json.dumps(
        {name: value for name, value in values.items() if name not in _NO_WORDS},
        ensure_ascii=False,
        sort_keys=True,
        default=str,
    )
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def _values(part: Card | Source) -> dict[str, Any]:
    fields = [(field, getattr(part, field.name)) for field in dataclasses.fields(part)]
    return {field.name: value for field, value in fields if value != field.default}
