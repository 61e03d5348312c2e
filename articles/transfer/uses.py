"""What an export carries of facts that are told in several articles: which card tells which, and how."""

from __future__ import annotations

from articles import models
from articles.models.fact_uses import Mode
from articles.transfer.fields import Kind, Reference, Shaped, Table, columns
from articles.transfer.shapes import Choice, Json, Text

FACT_USE = Table(
    models.FactUse,
    (
        Shaped("public_id", Text("public id", may_be_empty=False)),
        Shaped("origin", Text("public id", may_be_empty=False)),
        Shaped("mode", Choice(Mode.values)),
        Shaped("words", Json()),
        *columns("declined", "made_at"),
        Reference("made_by", Kind.PERSON),
    ),
)
