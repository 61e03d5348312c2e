"""Facts and questions of an article as their templates show them, out of an edition's parts.

What lies beyond a spoiler point is in the fields of a card alone; whatever stands outside the card's closed part is
made from `outside`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models.parts import CardPart, CorrectionPart, FaqPart, Parts, SourcePart
from articles.reading import rows
from articles.reading.corrections import Correction, on_card
from articles.reading.rows import SubjectName, Tag
from articles.reading.seen import is_safe, opens_at
from articles.text import markdown


class Source(NamedTuple):
    url: str
    title: SafeString
    publisher: SafeString
    seen_on: rows.Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`outside` is all that may be told without opening the card; `after` is empty when there is nothing to open.

    `opens_at` is the least answer to `?seen=` that opens it, `is_safe` whether this page's does.
    """

    anchor: str
    url: str
    report_url: str
    number: int | None
    outside: str
    after: str
    opens_at: int | None
    is_safe: bool
    heading: SafeString
    emoji: str
    body: SafeString
    tags: Sequence[Tag]
    quiet_tags: Sequence[Tag]  # told nowhere but here, so they have no page to lead to
    sources: Sequence[Source]
    checked: rows.Day | None  # when the last of its sources was seen
    corrections: Sequence[Correction]
    changed: str  # instant since when its words are these, in UTC; "" before publication

    @property
    def outside_html(self) -> SafeString:
        return markdown.inline(self.outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    anchor: str
    outside: str
    after: str
    opens_at: int | None
    is_safe: bool
    question: SafeString
    answer: SafeString

    @property
    def outside_html(self) -> SafeString:
        return markdown.inline(self.outside)


def tags_of_open_cards(parts: Parts) -> set[int]:
    return {tag for card in parts["cards"] if card["spoiler_after"] is None for tag in card["tags"]}


def card_of(
    card: CardPart,
    tags: Mapping[int, Tag],
    public_tags: set[int],
    subject: SubjectName | None,
    seen: int | None = None,
    corrections: Sequence[CorrectionPart] = (),
) -> Card:
    """`corrections` are the entries of all of the edition's parts."""
    spoiler_after, kind = card["spoiler_after"], subject.kind if subject else None
    opens = opens_at(spoiler_after, kind)
    seen_on = [day for source in card["sources"] if (day := source["seen_on"])]
    own = [(pk in public_tags, tags[pk]) for pk in card["tags"] if pk in tags]
    return Card(
        anchor=card["anchor"],
        url=reverse("fact", args=[card["id"], card["slug"]]) if card["id"] else "",
        report_url=reverse("fact-report", args=[card["id"]]) if card["id"] else "",
        number=card["number"],
        outside=rows.safe_to_show(card["heading"], card["safe_heading"], spoiler_after, subject),
        after=rows.after_label(spoiler_after, kind),
        opens_at=opens,
        is_safe=is_safe(opens, seen),
        heading=markdown.inline(card["heading"]),
        emoji=card["emoji"],
        body=markdown.trusted(card["body"]),
        tags=[tag for is_public, tag in own if is_public],
        quiet_tags=[tag for is_public, tag in own if not is_public],
        sources=[_source(source) for source in card["sources"]],
        checked=rows.Day.of(dt.date.fromisoformat(max(seen_on))) if seen_on else None,
        corrections=on_card(corrections, card),
        changed=_to_the_second(card["changed_at"]),
    )


def _to_the_second(instant: str | None) -> str:
    return dt.datetime.fromisoformat(instant).isoformat(timespec="seconds") if instant else ""


def _source(source: SourcePart) -> Source:
    return Source(
        url=source["url"],
        title=markdown.inline(source["title"] or source["url"]),
        publisher=markdown.inline(source["publisher"]),
        seen_on=rows.Day.of(dt.date.fromisoformat(source["seen_on"])) if source["seen_on"] else None,
    )


def question_of(faq: FaqPart, subject: SubjectName | None, seen: int | None) -> Question:
    spoiler_after, kind = faq["spoiler_after"], subject.kind if subject else None
    opens = opens_at(spoiler_after, kind)
    return Question(
        anchor=faq["anchor"],
        outside=rows.safe_question(faq["question"], spoiler_after, subject),
        after=rows.after_label(spoiler_after, kind),
        opens_at=opens,
        is_safe=is_safe(opens, seen),
        question=markdown.inline(faq["question"]),
        answer=markdown.trusted(faq["answer"]),
    )
