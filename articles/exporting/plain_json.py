"""A Document as JSON that people can read, and back."""

from __future__ import annotations

import json

from articles import document
from articles.document import Document, DocumentError
from articles.exporting.errors import ReadError, refuse_half_characters


def to_json(value: Document) -> str:
    """Indented, fields in the Document's own order, those at their default left out. Raises ExportError."""
    return refuse_half_characters(json.dumps(document.to_json(value), ensure_ascii=False, indent=2) + "\n")


def from_json(text: str) -> Document:
    """Raises ReadError. Where the JSON is sound but means no Document, its sentence names the field and line 1."""
    try:
        return document.from_json(json.loads(text.removeprefix("\ufeff")))
    except json.JSONDecodeError as error:
        raise ReadError(error.lineno, f"this is not JSON ({error.msg}).") from error
    except RecursionError as error:
        raise ReadError(1, "this is nested too deep.") from error
    except DocumentError as error:
        raise ReadError(1, str(error)) from error
