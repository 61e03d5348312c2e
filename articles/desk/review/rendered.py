"""Two states of an article as readers see them, part beside part, with the words marked that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import drafts
from articles.desk.review import differences
from articles.desk.review.differences import KINDS, FieldDifference
from articles.document import Card, Change, Comparison, Document, Faq, ItemChange
from articles.text import marked_html, matching, word_runs
from articles.text.matching import Allowance
from articles.text.word_runs import Run

#: Fields that the rendered sides show.
_RENDERED = {"heading", "question", "body", "answer", "picture"}


@dataclass(frozen=True, slots=True)
class RenderedPair:
    """One part in both states. Of one that is the same in both, only the new side is filled."""

    place: str
    name: str
    kind: str
    change: Change
    old_heading: list[Run]
    new_heading: list[Run]
    old_html: SafeString
    new_html: SafeString
    old_position: int | None = None
    new_position: int | None = None
    rows: tuple[FieldDifference, ...] = ()

    @property
    def is_same(self) -> bool:
        """Its words are; it may stand elsewhere."""
        return self.change in (Change.SAME, Change.MOVED)


def pairs(old: Document, new: Document, comparison: Comparison) -> list[RenderedPair]:
    """All parts in the order of the new one; what is gone follows its kind."""
    html, together = (drafts.html_in(old), drafts.html_in(new)), matching.together()
    return [
        *_once("introduction", _("introduction"), ("", ""), html, together),
        *(_of_item(item, html, together) for item in comparison.cards),
        *_once("conclusion", _("conclusion"), (old.conclusion_heading, new.conclusion_heading), html, together),
        *(_of_item(item, html, together) for item in comparison.faqs),
    ]


_Html = tuple[dict[str, SafeString], dict[str, SafeString]]


def _once(place: str, name: str, headings: tuple[str, str], html: _Html, together: Allowance) -> Iterator[RenderedPair]:
    one, other = (each.get(place, drafts.html_of("")) for each in html)
    if any((one, other, *headings)):
        change = _change_of((headings[0], one), (headings[1], other))
        sides = *_marked(*headings, together), *_both(one, other, change, together)
        yield RenderedPair(place, name, str(KINDS[change]), change, *sides)


def _change_of(old: tuple[str, str], new: tuple[str, str]) -> Change:
    if old == new:
        return Change.SAME
    return Change.ADDED if not any(old) else Change.CHANGED if any(new) else Change.REMOVED


def _of_item(item: ItemChange, html: _Html, together: Allowance) -> RenderedPair:
    place = differences.place_of(item)
    one, other = (each.get(place, drafts.html_of("")) for each in html)
    headings = _heading(item.old), _heading(item.new)
    further = [change for change in item.fields if change.name not in _RENDERED]
    return RenderedPair(
        place,
        differences.name_of(item),
        str(KINDS[item.kind]),
        item.kind,
        *_marked(*headings, together),
        *_both(one, other, item.kind, together),
        item.old_position,
        item.new_position,
        tuple(differences.rows_of(further, together=together)),
    )


def _heading(value: Card | Faq | None) -> str:
    if value is None:
        return ""
    return " ".join(filter(None, (value.emoji, value.heading))) if isinstance(value, Card) else value.question


def _marked(old: str, new: str, together: Allowance) -> tuple[list[Run], list[Run]]:
    if old == new:
        return [Run(old, False)], [Run(new, False)]
    return word_runs.of_texts(old, new, together)


def _both(old: SafeString, new: SafeString, change: Change, together: Allowance) -> tuple[SafeString, SafeString]:
    return marked_html.marked(old, new, together) if change is Change.CHANGED else (old, new)
