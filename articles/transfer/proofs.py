"""What an export carries of claims: what people did about them, and what the site wants proved."""

from __future__ import annotations

from articles import models
from articles.transfer.fields import Kind, Reference, Shaped, Table, columns
from articles.transfer.shapes import Text, Texts

CLAIM_ACT = Table(
    models.ClaimAct,
    (
        Shaped("public_id", Text("public id", may_be_empty=False)),
        *columns("place", "kind", "identity", "words", "times"),
        Shaped("members", Texts(default=[])),
        *columns("source", "start", "stop", "excerpt", "proves", "remark", "as_of", "again_on", "undoes", "made_at"),
        Reference("made_by", Kind.PERSON),
        Reference("article", Kind.ARTICLE),
    ),
)
PROOF_REQUIREMENT = Table(models.ProofRequirement, columns("kind", "level"))
