"""Find and replace in one article: every text of every part, replaced together or not at all, and undone together."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles.document import Card, Faq
from articles.drafts import reading
from articles.drafts.changing import DraftError
from articles.drafts.reading import Conclusion, Details, Introduction
from articles.drafts.reverting import revert, save_part
from articles.drafts.versions import Value, place_of
from articles.models import Article
from articles.text import finding

#: The texts of each kind of part. Addresses, names of tags and the like are not replaced here.
FIELDS: Mapping[type[Any], tuple[str, ...]] = {
    Details: ("title", "dek"),
    Introduction: ("introduction",),
    Card: ("heading", "safe_heading", "body"),
    Conclusion: ("conclusion_heading", "conclusion"),
    Faq: ("question", "answer"),
}
#: Enough to see what one is doing; a longer list is worked through in turns.
MOST_FOUND = 500
_AROUND = 60


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One run of the wanted words: the part (as in a Problem), its field, where in the text, and what stands around."""

    place: str
    field: str
    start: int
    stop: int
    before: str
    words: str
    after: str

    @property
    def key(self) -> str:
        return f"{self.place} {self.field} {self.start} {self.stop}"


@dataclass(frozen=True, slots=True)
class Replaced:
    """`versions` are primary keys of the wordings that were replaced, with the token of what stands there now."""

    count: int
    versions: Mapping[int, str]


def parts_of(article: Article) -> Iterator[Value]:
    """All parts in reading order."""
    document = reading.document_of(article)
    yield reading.details_of(article)
    yield reading.introduction_of(article)
    yield from document.cards
    yield reading.conclusion_of(article)
    yield from document.faqs


def find(parts: Iterable[Value], wanted: str, *, whole_words: bool, match_case: bool) -> list[Occurrence]:
    """At most MOST_FOUND, in reading order; ValueError when `wanted` is empty."""
    pattern = finding.pattern(wanted, whole_words=whole_words, match_case=match_case)
    found: list[Occurrence] = []
    for part in parts:
        for field in FIELDS[type(part)]:
            text = getattr(part, field)
            for start, stop in finding.occurrences(text, pattern):
                before, after = text[max(0, start - _AROUND) : start], text[stop : stop + _AROUND]
                found.append(Occurrence(place_of(part), field, start, stop, before, text[start:stop], after))
                if len(found) == MOST_FOUND:
                    return found
    return found


@transaction.atomic
def replace_all(
    article: Article, chosen: Sequence[Occurrence], by_words: str, *, tokens: Mapping[str, str], by: User
) -> Replaced:
    """Puts `by_words` in the place of the chosen runs.

    `tokens` are those of the parts as they were searched, by place. Raises StaleError when one has changed since, and
    DraftError when one is gone; nothing is written then.
    """
    newest = article.part_versions.order_by("-pk").values_list("pk", flat=True).first() or 0
    places: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in chosen:
        places[occurrence.place].append(occurrence)
    after: dict[str, str] = {}
    for part in parts_of(article):
        place = place_of(part)
        if place in places:
            value = save_part(article, _replaced(part, places.pop(place), by_words), token=tokens.get(place, ""), by=by)
            after[place] = reading.token(value)
    if places:
        raise DraftError(_("A part was deleted meanwhile: search again."))
    versions = article.part_versions.filter(pk__gt=newest, replaced_by=by).values_list("pk", "place")
    return Replaced(len(chosen), {pk: after[place] for pk, place in versions if place in after})


@transaction.atomic
def undo(article: Article, versions: Mapping[int, str], *, by: User) -> None:
    """Brings all wordings back that a replacement replaced; raises StaleError or DraftError as `revert`, changing
    nothing then."""
    for pk, token in versions.items():
        revert(article, pk, token=token, by=by)


def _replaced(part: Value, chosen: Iterable[Occurrence], by_words: str) -> Value:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for occurrence in chosen:
        spans[occurrence.field].append((occurrence.start, occurrence.stop))
    changed = {field: finding.replaced(getattr(part, field), each, by_words) for field, each in spans.items()}
    return dataclasses.replace(part, **changed)  # type: ignore[arg-type]  # the fields of FIELDS
