"""What an export carries of restatements: on which facts people said that a part rests, and what is still right."""

from __future__ import annotations

from articles import models
from articles.transfer.fields import Kind, Reference, Shaped, Table, columns
from articles.transfer.shapes import Object, Objects, Text

RESTATEMENT_ACT = Table(
    models.RestatementAct,
    (
        Shaped("public_id", Text("public id", may_be_empty=False)),
        *columns("place", "kind"),
        Shaped("facts", Objects(Object({"fact": Text("public id", may_be_empty=False), "words": Text()}), default=[])),
        *columns("key", "made_at"),
        Reference("made_by", Kind.PERSON),
        Reference("article", Kind.ARTICLE),
    ),
)
