"""The Document: one article as plain values, its JSON, its rules, and the comparison of two of them.

The importer's answer, a revision, an edition's source, an export and a comparison all speak this shape. Nothing
here knows the database: what an article refers to is named by things that never change (a subject's and an author's
slug, a tag's name, a picture's id), and pictures come along as they were when the Document was made.
"""

from articles.document.comparison import Change, Comparison, FieldChange, ItemChange, compare
from articles.document.labels import FIELD_LABELS
from articles.document.plain_json import (
    SCHEMA_VERSION,
    DocumentError,
    card_from_json,
    dumps,
    faq_from_json,
    from_json,
    item_to_json,
    part_from_json,
    part_to_json,
    to_json,
)
from articles.document.rules import longest
from articles.document.shapes import Card, Caveat, Document, Faq, Numbering, Picture, Source, SourceKind, column_names
from articles.document.sizes import excess
from articles.document.validation import Fault, InvalidError, faults, mend, validate

__all__ = [
    "FIELD_LABELS",
    "SCHEMA_VERSION",
    "Card",
    "Caveat",
    "Change",
    "Comparison",
    "Document",
    "DocumentError",
    "Faq",
    "Fault",
    "FieldChange",
    "InvalidError",
    "ItemChange",
    "Numbering",
    "Picture",
    "Source",
    "SourceKind",
    "card_from_json",
    "column_names",
    "compare",
    "dumps",
    "excess",
    "faq_from_json",
    "faults",
    "from_json",
    "item_to_json",
    "longest",
    "mend",
    "part_from_json",
    "part_to_json",
    "to_json",
    "validate",
]
