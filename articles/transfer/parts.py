"""The rendered words of an edition and its cover, field by field as in models.parts.

tests/document/test_fields.py names a field of models.parts that is missing here.
"""

from __future__ import annotations

from typing import Any

from articles.document import Caveat, SourceKind
from articles.models import Edition
from articles.models.parts import LONGEST_MARKED, PARTS_VERSION, Parts, current
from articles.transfer.fields import Kind, KnownRows, Names
from articles.transfer.shapes import (
    Choice,
    Day,
    Html,
    Instant,
    Number,
    Numbers,
    Object,
    ObjectOrNone,
    Objects,
    Rows,
    Text,
    Texts,
    WebAddress,
)
from articles.transfer.values import Values

_EPISODE = Number(1, 32_767, is_optional=True)
PIXELS = Number(1, 100_000)
CAVEAT = Choice([caveat.value for caveat in Caveat], default="")

SOURCE = Object(
    {
        "url": WebAddress(),
        "title": Text(),
        "publisher": Text(),
        "seen_on": Day(),
        "kind": Choice([kind.value for kind in SourceKind], default=""),
        "excerpt": Text(default=""),
        "archived_url": WebAddress(default=""),
    }
)
COVER = Object(
    {
        "url": Text(),
        "file": Text("name of a picture file", default=""),
        "width": PIXELS,
        "height": PIXELS,
        "alt": Text(),
        "credit": Text(),
        "licence": Text(),
        "focal_x": Number(0, 100, default=50),
        "focal_y": Number(0, 100, default=50),
        "widths": Numbers(default=[]),
        "formats": Texts(default=[]),
    }
)
AS_OF = Object({"claim": Text("identity of a claim", may_be_empty=False), "day": Text("day, month or year")})
CARD = Object(
    {
        "id": Text("public id", may_be_empty=False),
        "anchor": Text("name of a place on a page", may_be_empty=False),
        "slug": Text("part of an address", may_be_empty=False),
        "number": Number(is_optional=True),
        "heading": Text(),
        "safe_heading": Text(),
        "emoji": Text(),
        "picture": ObjectOrNone(COVER),
        "body": Html(),
        "spoiler_after": _EPISODE,
        "check_on": Day(),
        "caveat": CAVEAT,
        "caveat_since": Day(),
        "caveat_note": Text(default=""),
        "tags": Rows(Kind.TAG),
        "sources": Objects(SOURCE),
        "changed_at": Instant(is_optional=True),
        "claims_checked": Number(default=0),
        "claims_checked_on": Day(),
        "unsourced": Texts(default=[], longest=LONGEST_MARKED),
        "marked_body": Html(default=""),
        "as_of": Objects(AS_OF, default=[]),
    }
)
FAQ = Object(
    {
        "id": Text("public id", may_be_empty=False),
        "anchor": Text("name of a place on a page", may_be_empty=False),
        "question": Text(),
        "answer": Html(),
        "spoiler_after": _EPISODE,
    }
)
CORRECTION = Object(
    {
        "place": Text(),
        "id": Text("public id"),
        "anchor": Text("name of a place on a page"),
        "heading": Text(),
        "spoiler_after": _EPISODE,
        "old": Text(),
        "new": Text(),
        "kind": Choice(Edition.ChangeKind.values),
        "at": Instant(),
        "note": Text(),
    }
)
PARTS = Object(
    {
        "version": Number(1, PARTS_VERSION, default=1),
        "introduction": Html(),
        "conclusion_heading": Text(),
        "conclusion": Html(),
        "cards": Objects(CARD),
        "faqs": Objects(FAQ),
        "tags": Rows(Kind.TAG),
        "authors": Rows(Kind.AUTHOR),
        "corrections": Objects(CORRECTION, default=[]),
    }
)


class PartsShape:
    """`Edition.parts`; whatever version wrote them, they become those of this one."""

    def pack(self, value: Parts, names: Names) -> dict[str, Any]:
        return PARTS.pack(value, names)

    def unpack(self, values: Values, key: str, known: KnownRows) -> Parts:
        return current(PARTS.unpack(values, key, known))
