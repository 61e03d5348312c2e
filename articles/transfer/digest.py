"""One short word for the words of a working copy."""

from __future__ import annotations

import hashlib

from articles import document
from articles.document import Document


def digest(value: Document) -> str:
    """Tells whether a working copy is still the one that was exported."""
    return hashlib.sha256(document.dumps(value).encode("utf-8", "surrogatepass")).hexdigest()[:16]
