"""What happened to a subject (“Season 2 was announced”), and the parts of articles that spoke of it before: each is to
be looked at again until an editor says that it is still true, or its words change.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.reference import Subject
from articles.models.writing import Article

LONGEST_SENTENCE = 300


def _today() -> dt.date:
    return timezone.localdate()


class SubjectEvent(models.Model):
    subject = models.ForeignKey(Subject, models.CASCADE, related_name="+", verbose_name=_("subject"))
    sentence = LineField(_("what happened"), max_length=LONGEST_SENTENCE)
    happened_on = models.DateField(_("on"), default=_today)
    key_words: models.JSONField[list[str], list[str]] = models.JSONField(_("spoken of by"), default=list)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-written_at", "-id")
        verbose_name = _("event of a subject")
        verbose_name_plural = _("events of subjects")

    def __str__(self) -> str:
        return self.sentence


class EventMention(models.Model):
    """A part that speaks of an event. It is open while nobody has settled it and its words have this digest: words that
    were changed answer the event, and words that are changed back do not.
    """

    event = models.ForeignKey(SubjectEvent, models.CASCADE, related_name="mentions")
    article = models.ForeignKey(Article, models.CASCADE, related_name="event_mentions")
    place = LineField(max_length=40)  # as in a Problem
    words = LineField(max_length=32)  # digest: drafts.mentions.digest_of
    sentence = models.TextField()  # the first that speaks of it
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("event__happened_on", "id")
        verbose_name = _("part that speaks of an event")
        verbose_name_plural = _("parts that speak of events")
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["event", "article", "place"], name="event_mention_once")
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["article", "place"]),
            models.Index(fields=["event"], name="event_mention_open", condition=models.Q(settled_at=None)),
        ]

    def __str__(self) -> str:
        return self.sentence
