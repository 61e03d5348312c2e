"""Replaying one story: an article is written, reviewed and published as everybody's is, and dated back afterwards.

Each act is checked and written by `drafts` and `workflow` as if a person did it now. Only then the times of what it
wrote are set back to when the story says that it happened. A first publication is made with its date at once: each
edition, fact and tag row carries its instants, so that these cannot be changed afterwards.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import drafts, proofs, states, workflow
from articles.demo.stories import Story, Update
from articles.models import (
    Address,
    Article,
    ClaimAct,
    Comment,
    Decision,
    Edition,
    FactCard,
    History,
    Revision,
)

DAY = dt.timedelta(days=1)
STEP = dt.timedelta(hours=22, minutes=47)  # between two acts: not all on the hour
PUBLICATION_HOUR = 9


@dataclass(frozen=True)
class Staff:
    """Who acts in a story. Two people, because nobody approves their own words."""

    writer: User
    editor: User


def is_known(story: Story) -> bool:
    """Whether the site has any of its facts, or has ever shown one."""
    ids = [card.public_id for card in story.document.cards]
    was_public = Address.objects.filter(kind=Address.Kind.FACT, slug__in=ids)
    return FactCard.objects.filter(public_id__in=ids).exists() or was_public.exists()


@transaction.atomic
def replay(story: Story, staff: Staff) -> None:
    """Loads one article, whole or not at all. Its pictures have to be there."""
    replaying = _Replay(story, staff)
    for step in (_Replay.write, *STEPS[story.state]):
        step(replaying)
        replaying.set_back()
    for update in story.updates:
        replaying.update(update)


class _Replay:
    """`clock` is when the next act happened, or None for an act that happens as it is loaded."""

    article: Article

    def __init__(self, story: Story, staff: Staff) -> None:
        self.story, self.staff, self.now = story, staff, timezone.now()
        self.published_at = _at_publication_hour(self.now - story.days_ago * DAY, latest=self.now)
        self.clock: dt.datetime | None = self.published_at - 3 * STEP

    def set_back(self) -> None:
        """Dates what the last act wrote, and lets some time go by."""
        if self.clock is None:
            return
        ours = {"article": self.article}
        History._base_manager.filter(**ours, until__gte=self.now).update(until=self.clock)
        History._base_manager.filter(**ours, at__gte=self.now).update(at=self.clock)
        Revision.objects.filter(**ours, made_at__gte=self.now).update(made_at=self.clock)
        Decision.objects.filter(**ours, at__gte=self.now).update(at=self.clock)
        Comment.objects.filter(**ours, written_at__gte=self.now).update(written_at=self.clock)
        Edition.objects.filter(**ours, made_at__gte=self.now).update(made_at=self.clock)
        staff = (self.staff.writer, self.staff.editor)
        ClaimAct.objects.filter(made_by__in=staff, made_at__gte=self.now).update(made_at=self.clock)
        row = Article.objects.filter(pk=self.article.pk)
        row.filter(created_at__gte=self.now).update(created_at=self.clock)
        row.filter(changed_at__gte=self.now).update(changed_at=self.clock)
        self.clock += STEP

    # --- the steps ----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        self.article = drafts.create(self.story.first_document, by=self.staff.writer)
        self._prove()

    def _prove(self) -> None:
        """Binds what stands in the excerpts of sources, and says of other claims what the story has somebody say."""
        states = proofs.states_of(self.story.first_document, proofs.Acts(), self.article.subject)
        if any(each.proposal for claims in states.values() for each in claims):
            workflow.claims.bind_all(self.article, by=self.staff.writer)
        for looked in self.story.looked:
            (claim,) = (each.claim for each in states[looked.place] if each.claim.words == looked.words)
            how: dict[str, Any] = {"by": self.staff.writer}
            if looked.set_aside:
                workflow.claims.set_aside(self.article, looked.place, claim.identity, reason=looked.remark, **how)
            else:
                workflow.claims.tick(self.article, looked.place, claim.identity, remark=looked.remark, **how)

    def hand_in(self) -> None:
        self.article = workflow.make(states.SUBMIT, self.article, by=self.staff.writer)

    def comment(self) -> None:
        cards = list(self.article.cards.all())
        for comment in self.story.comments:
            place = f"card:{cards[comment.card - 1].public_id}" if comment.card else ""
            workflow.comment(self.article, comment.text, by=self.staff.editor, place=place)

    def send_back(self) -> None:
        self._decide(states.SEND_BACK, note=self.story.note)

    def approve(self) -> None:
        self._decide(states.APPROVE, change=self.article.change)

    def publish(self) -> None:
        self._decide(states.PUBLISH, change=self.article.change, since=self.published_at)
        self.clock = self.published_at

    def change(self) -> None:
        self.clock = self.now - 4 * DAY
        cards: list[FactCard] = list(self.article.cards.all())
        for change in self.story.changes:
            card = cards[change.number - 1]
            old = drafts.card_value(card)
            new = dataclasses.replace(old, heading=change.heading or old.heading, body=change.body or old.body)
            drafts.save_card(card, new, token=drafts.token(old), by=self.staff.writer)
        self.article.refresh_from_db()

    def update(self, update: Update) -> None:
        """Readers see it as of now: only a first publication can be dated back."""
        self.clock = self.now - 4 * DAY
        cards: list[FactCard] = list(self.article.cards.all())
        for rewording in update.cards:
            old = drafts.card_value(cards[rewording.number - 1])
            new = rewording.done(old)
            drafts.save_card(cards[rewording.number - 1], new, token=drafts.token(old), by=self.staff.writer)
        self.article.refresh_from_db()
        for step in _UNTIL_APPROVED:
            self.set_back()
            step(self)
        self.set_back()
        self.clock = self.now
        self._decide(states.PUBLISH, change=self.article.change, kind=update.kind, note=update.note)
        self.set_back()

    def schedule(self) -> None:
        ahead = _at_publication_hour(self.now + (self.story.publish_in_days or 1) * DAY)
        kind = Edition.ChangeKind.CLARIFICATION  # of an update alone: the first version has none
        self._decide(states.SCHEDULE, change=self.article.change, at=ahead, kind=kind)

    def take_down(self) -> None:
        self.clock = None  # a takedown cannot be dated back
        self._decide(states.TAKE_DOWN, note=self.story.note)

    def archive(self) -> None:
        self._decide(states.ARCHIVE, note=self.story.archive_note)

    def _decide(self, move: states.Move, **how: Any) -> None:
        self.article = workflow.make(move, self.article, by=self.staff.editor, **how)


Step = Callable[[_Replay], None]
_UNTIL_APPROVED = (_Replay.hand_in, _Replay.approve)
_UNTIL_LIVE = (*_UNTIL_APPROVED, _Replay.publish)

STEPS: Mapping[str, tuple[Step, ...]] = {
    "draft": (),
    "in-review": (_Replay.hand_in, _Replay.comment),
    "sent-back": (_Replay.hand_in, _Replay.send_back),
    "approved": _UNTIL_APPROVED,
    "waiting": (*_UNTIL_APPROVED, _Replay.schedule),
    "live": _UNTIL_LIVE,
    "live-changed": (*_UNTIL_LIVE, _Replay.change),
    "live-waiting": (*_UNTIL_LIVE, _Replay.change, *_UNTIL_APPROVED, _Replay.schedule),
    "taken-down": (*_UNTIL_LIVE, _Replay.take_down, _Replay.archive),
}


def _at_publication_hour(moment: dt.datetime, latest: dt.datetime | None = None) -> dt.datetime:
    """That day's publication hour, or `latest` when it comes first."""
    hour = moment.replace(hour=PUBLICATION_HOUR, minute=0, second=0, microsecond=0)
    return min(hour, latest) if latest else hour
