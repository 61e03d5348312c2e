"""Carrying fixes into a version that waits, so that its words do not bring back what was wrong.

Compared part by part are the version in force, those that readers have seen before it since the waiting one was made,
and the waiting one. Words of the waiting version that readers saw once, and see others of now, are carried whole, as
they were reviewed when they were published: of however many fixes. Where the waiting version has words of its own and
those of the public changed meanwhile, there is a conflict: it is shown with both wordings, and never carried.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from articles import drafts, publishing, states
from articles.document import Document
from articles.models import Article, Edition, History, Revision
from articles.models.parts import Parts
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.fixes import FixedPart, carried, fixed_parts
from articles.workflow.proving import refuse_unproved
from articles.workflow.public_state import PublicState

#: So many public versions are compared with one that waits, the newest.
_MOST_VERSIONS = 20


@dataclass(frozen=True)
class CarryChoice:
    """What somebody chose to carry: the places of the parts, and the primary key of the edition that was in force."""

    fix: int
    places: frozenset[str]


@dataclass(frozen=True)
class Carry:
    """What can be carried into `event`, a version that waits, of `fix`, the one in force.

    `earlier` are the Documents that readers saw before it, the oldest first: see `_seen_since`.
    """

    fix: Edition
    event: Edition
    earlier: tuple[Document, ...]
    fixed: Document
    waiting: Document
    parts: tuple[FixedPart, ...]

    @property
    def free(self) -> tuple[FixedPart, ...]:
        return tuple(part for part in self.parts if not part.is_conflict)

    @property
    def conflicts(self) -> tuple[FixedPart, ...]:
        return tuple(part for part in self.parts if part.is_conflict)

    def document(self, places: frozenset[str]) -> Document:
        """The waiting version with the parts at these places as the fix has them. Raises WorkflowError."""
        return carried(self.earlier, self.fixed, self.waiting, places)


def carries(article: Article, state: PublicState) -> dict[int, Carry]:
    """By the waiting version's primary key; of those alone that lack something. At most three queries more than
    `state` took, and some where tags have other names.
    """
    fix = state.current
    events = [event for event in state.waiting if event.revision]
    if fix is None or fix.revision is None or not events:
        return {}
    versions = Edition.objects.versions().filter(article=article, visible_from__lt=fix.visible_from)
    newest = versions.select_related("revision").defer("parts").order_by("-visible_from")[:_MOST_VERSIONS]
    public = [version for version in reversed(newest) if version.revision]
    documents = {version.pk: version.revision.document for version in public if version.revision}
    made = _made_at(article, [event.revision for event in events if event.revision])
    fixed, found = fix.revision.document, {}
    for event in events:
        assert event.revision is not None  # noqa: S101  -- filtered above
        waiting = event.revision.document
        seen = _seen_since(made[event.revision.number], public)
        earlier = tuple(documents[version.pk] if version else Document() for version in seen)
        if parts := tuple(fixed_parts(earlier, fixed, waiting)):
            found[event.pk] = Carry(fix, event, earlier, fixed, waiting, parts)
    return found


def _made_at(article: Article, revisions: Sequence[Revision]) -> dict[int, dt.datetime]:
    """When the words of each were made, by its number; what has been carried into some since makes them no newer."""
    if not any(revision.reason == Revision.Reason.CARRIED for revision in revisions):
        return {revision.number: revision.made_at for revision in revisions}
    lines = History.objects.filter(article=article, act=states.CARRY.name).values_list("details", flat=True)
    numbers = ([line.get(name) for name in ("revision", "into")] for line in lines)
    into = {new: old for new, old in numbers if isinstance(new, int) and isinstance(old, int)}  # imported: anything
    made = dict(article.revisions.values_list("number", "made_at"))
    found = {}
    for revision in revisions:
        number = revision.number
        while (older := into.get(number, number)) in made and older < number:
            number = older
        found[revision.number] = made[number]
    return found


def _seen_since(made_at: dt.datetime, public: Sequence[Edition]) -> list[Edition | None]:
    """Those of the public versions, the oldest first, that readers have seen since that moment; None for nothing, when
    there was none then. The last one always: who made the words may have begun before it came.
    """
    before = [version for version in public if version.visible_from <= made_at]
    since = [version for version in public if version.visible_from > made_at]
    return [before[-1] if before else None, *since]


def carry(
    article: Article, state: PublicState, event: Edition, choice: CarryChoice | None, *, by: User
) -> dict[str, Any]:
    """Of a locked article; gives what the history tells of it. Raises WorkflowError or PublishingError."""
    if event.pk not in {waiting.pk for waiting in state.waiting}:
        raise WorkflowError(_("This is not scheduled any more: perhaps somebody else cancelled or moved it."))
    if choice is None or not choice.places:
        raise WorkflowError(_("Choose what is carried."))
    if state.current is None or state.current.pk != choice.fix:
        raise ConflictError(_("Something else was published after you read this. Read it again before you decide."))
    found = carries(article, state).get(event.pk)
    free = {part.place: part for part in found.free} if found else {}
    if found is None or not choice.places <= free.keys():
        raise WorkflowError(_("Not all of this can be carried: the scheduled version has its own words there."))
    value = found.document(choice.places)
    refuse_unproved(value, article)
    revision = drafts.keep_revision(article, Revision.Reason.CARRIED, by=by, value=value)
    tags = _tags_of(found, value, choice.places)
    edition = publishing.exchange(found.event, revision, tagged_as=tags)
    assert found.fix.revision and found.event.revision  # noqa: S101, PT018  -- versions have one
    return {
        "edition": edition.pk,
        "at": edition.visible_from,
        "revision": revision.number,
        "fix": found.fix.revision.number,
        "into": found.event.revision.number,
        "about": ", ".join(part.name for place, part in free.items() if place in choice.places),
    }


def _tags_of(found: Carry, value: Document, places: frozenset[str]) -> Parts:
    """The tags that each part has in its edition today, wherever tags were merged or split since."""
    fix, waiting = found.fix.parts, found.event.parts
    is_from_fix = value.tags == found.fixed.tags != found.waiting.tags
    cards = [card for card in waiting["cards"] if f"card:{card['id']}" not in places]
    cards += [card for card in fix["cards"] if f"card:{card['id']}" in places]
    return {**waiting, "tags": fix["tags"] if is_from_fix else waiting["tags"], "cards": cards}
