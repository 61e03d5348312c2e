"""What people have said of an article's restatements, as it holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from articles.document import Document
from articles.models import RestatementAct
from articles.restatements.listing import FIXED

Kind = RestatementAct.Kind


@dataclass(frozen=True)
class Acts:
    """By place the newest act that says on which facts it rests; and by the key of a Mark the act that says that its
    sentence is still right.
    """

    resting: Mapping[str, RestatementAct] = field(default_factory=dict)
    still_right: Mapping[str, RestatementAct] = field(default_factory=dict)


def acts_on(value: Document, article_id: int) -> Acts:
    """One query."""
    places = [f"card:{card.public_id}" for card in value.cards] + [f"faq:{faq.public_id}" for faq in value.faqs]
    wanted = Q(place__in=places) | Q(article=article_id, place__in=FIXED)
    return _holding(RestatementAct.objects.filter(wanted).select_related("made_by").order_by("made_at", "pk"))


def _holding(rows: Iterable[RestatementAct]) -> Acts:
    """`rows` begin with the oldest."""
    resting: dict[str, RestatementAct] = {}
    still_right: dict[str, RestatementAct] = {}
    for row in rows:
        if row.kind == Kind.RESTS:
            resting[row.place] = row
        elif row.kind == Kind.AS_FOUND:
            resting.pop(row.place, None)
        elif row.kind == Kind.STILL_RIGHT:
            still_right[row.key] = row
        else:
            still_right.pop(row.key, None)
    return Acts(resting, still_right)
