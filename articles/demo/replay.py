"""Telling one story: an article goes through the same doors as everybody's, and its past is dated afterwards.

Each act is checked and written by `drafts` and `workflow` as if a person did it now. Only then the times of what it
wrote are set back to when the story says that it happened: no rule is bent, and only the clock is told. The one
exception is publication, which has its own door for the past: the timeline cannot be dated afterwards, because
each edition, fact and tag row carries its instants.
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

from articles import drafts, publishing, states, workflow
from articles.demo import covers
from articles.demo.stories import Story, Update
from articles.models import Address, Article, Comment, Edition, FactCard, History, Picture, Revision, Subject

DAY = dt.timedelta(days=1)
STEP = dt.timedelta(hours=22, minutes=47)  # between two acts: not all on the hour
PUBLICATION_HOUR = 9


@dataclass(frozen=True)
class Cast:
    """Nobody approves their own words, not even here."""

    writer: User
    editor: User


@transaction.atomic
def replay(story: Story, cast: Cast) -> bool:
    """Loads one article, whole or not at all; False when the site knows any of its facts already."""
    ids = [card.public_id for card in story.document.cards]
    was_public = Address.objects.filter(kind=Address.Kind.FACT, slug__in=ids)
    if FactCard.objects.filter(public_id__in=ids).exists() or was_public.exists():
        return False
    telling = _Telling(story, cast)
    for step in (_Telling.write, *STEPS[story.state]):
        step(telling)
        telling.set_back()
    for update in story.updates:
        telling.update(update)
    return True


class _Telling:
    """`clock` is when the next act happened, or None for an act that happens as it is loaded."""

    article: Article

    def __init__(self, story: Story, cast: Cast) -> None:
        self.story, self.cast, self.now = story, cast, timezone.now()
        self.published_at = _at_publication_hour(self.now - story.days_ago * DAY, latest=self.now)
        self.clock: dt.datetime | None = self.published_at - 3 * STEP

    def set_back(self) -> None:
        """Dates what the last act wrote, and lets some time go by."""
        if self.clock is None:
            return
        ours = {"article": self.article}
        History.objects.filter(**ours, until__gte=self.now).update(until=self.clock)
        History.objects.filter(**ours, at__gte=self.now).update(at=self.clock)
        Revision.objects.filter(**ours, made_at__gte=self.now).update(made_at=self.clock)
        Comment.objects.filter(**ours, written_at__gte=self.now).update(written_at=self.clock)
        Edition.objects.filter(**ours, made_at__gte=self.now).update(made_at=self.clock)
        row = Article.objects.filter(pk=self.article.pk)
        row.filter(created_at__gte=self.now).update(created_at=self.clock)
        row.filter(changed_at__gte=self.now).update(changed_at=self.clock)
        self.clock += STEP

    # --- the steps ----------------------------------------------------------------------------------------------------

    def write(self) -> None:
        self._draw_cover()
        self.article = drafts.create(self.story.first_document, by=self.cast.writer)

    def hand_in(self) -> None:
        self.article = workflow.make(states.SUBMIT, self.article, by=self.cast.writer)

    def remark(self) -> None:
        cards = list(self.article.cards.all())
        for remark in self.story.remarks:
            card = cards[remark.card - 1] if remark.card else None
            workflow.comment(self.article, remark.text, by=self.cast.editor, card=card)

    def send_back(self) -> None:
        self._decide(states.SEND_BACK, note=self.story.note)

    def approve(self) -> None:
        self._decide(states.APPROVE, change=self.article.change)

    def publish(self) -> None:
        """By the operator's door, because workflow publishes now or ahead; with the history line that it writes."""
        revision = self.article.approved_revision
        assert revision is not None  # noqa: S101  -- the step before approved one
        edition = publishing.publish(revision, at=self.published_at, backdated=True)
        self.clock = self.published_at
        History.write(
            self.article,
            states.PUBLISH.name,
            by=self.cast.editor,
            change=revision.change,
            edition=edition.pk,
            at=edition.visible_from,
            revision=revision.number,
        )

    def change(self) -> None:
        self.clock = self.now - 4 * DAY
        cards: list[FactCard] = list(self.article.cards.all())
        for change in self.story.changes:
            card = cards[change.number - 1]
            old = drafts.card_value(card)
            new = dataclasses.replace(old, heading=change.heading or old.heading, body=change.body or old.body)
            drafts.save_card(card, new, token=drafts.token(old), by=self.cast.writer)
        self.article.refresh_from_db()

    def update(self, update: Update) -> None:
        """Readers see it as of now: only the first publication has a door for the past."""
        self.clock = self.now - 4 * DAY
        cards: list[FactCard] = list(self.article.cards.all())
        for rewording in update.cards:
            old = drafts.card_value(cards[rewording.number - 1])
            new = rewording.done(old)
            drafts.save_card(cards[rewording.number - 1], new, token=drafts.token(old), by=self.cast.writer)
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
        self.clock = None  # a takedown has no door for the past
        self._decide(states.TAKE_DOWN, note=self.story.note)

    def archive(self) -> None:
        self._decide(states.ARCHIVE, note=self.story.archive_note)

    def _decide(self, move: states.Move, **how: Any) -> None:
        self.article = workflow.make(move, self.article, by=self.cast.editor, **how)

    def _draw_cover(self) -> None:
        document, cover = self.story.document, self.story.cover
        if Picture.objects.filter(public_id=document.cover).exists():
            return
        palette = Subject.objects.at_slugs([document.subject])[document.subject].palette
        picture = Picture(
            public_id=document.cover,
            title=f"Cover: {document.title}",
            alt=cover.alt,
            decorative=cover.decorative,
            credit="Drawn by Fanguide",
            uploaded_by=self.cast.writer,
        )
        picture.take(covers.draw_cover(palette=palette, motif=cover.motif, seed=document.slug), f"{document.slug}.jpg")
        picture.full_clean()
        picture.save()


Step = Callable[[_Telling], None]
_UNTIL_APPROVED = (_Telling.hand_in, _Telling.approve)
_UNTIL_LIVE = (*_UNTIL_APPROVED, _Telling.publish)

STEPS: Mapping[str, tuple[Step, ...]] = {
    "draft": (),
    "in-review": (_Telling.hand_in, _Telling.remark),
    "sent-back": (_Telling.hand_in, _Telling.send_back),
    "approved": _UNTIL_APPROVED,
    "waiting": (*_UNTIL_APPROVED, _Telling.schedule),
    "live": _UNTIL_LIVE,
    "live-changed": (*_UNTIL_LIVE, _Telling.change),
    "live-waiting": (*_UNTIL_LIVE, _Telling.change, *_UNTIL_APPROVED, _Telling.schedule),
    "taken-down": (*_UNTIL_LIVE, _Telling.take_down, _Telling.archive),
}


def _at_publication_hour(moment: dt.datetime, latest: dt.datetime | None = None) -> dt.datetime:
    """That day's publication hour, or `latest` when it comes first."""
    hour = moment.replace(hour=PUBLICATION_HOUR, minute=0, second=0, microsecond=0)
    return min(hour, latest) if latest else hour
