"""What readers searched and did not find, counted by the day for the editors. Nobody is counted with it."""

from __future__ import annotations

import datetime as dt
import re
from typing import ClassVar

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.models.waiting import short_wait
from articles.text import tokens

#: Longer ones are no searches, and may be anything that somebody pasted.
MOST_LETTERS, MOST_WORDS = 60, 6
#: How many different ones are counted on a day, and for how long they are stored.
MOST_A_DAY, STORED = 500, dt.timedelta(days=90)
#: Milliseconds, for the lock of the database.
LONGEST_WAIT = 50
#: What may name a person who is not asked about: addresses, numbers of telephones and cards.
_PERSONAL = re.compile(r"@|\d[\d ().-]{5,}|://")


class VainSearchQuerySet(models.QuerySet["VainSearch"]):
    def count_one(self, question: str, day: dt.date) -> None:
        """What looks personal, or like no search, is not counted. Nothing is written where nothing is counted.

        Raises DatabaseError where nothing can be written at once.
        """
        words = " ".join(tokens.pieces(tokens.normalised(question[: 4 * MOST_LETTERS])))
        if not words or len(words) > MOST_LETTERS or words.count(" ") >= MOST_WORDS or _PERSONAL.search(question):
            return
        of_day = self.filter(day=day)
        counted = of_day.aggregate(all=Count("pk"), same=Count("pk", filter=Q(words=words)))
        if counted["same"]:
            with short_wait(LONGEST_WAIT):
                of_day.filter(words=words).update(times=F("times") + 1)
        elif counted["all"] < MOST_A_DAY:
            with short_wait(LONGEST_WAIT):
                self.bulk_create([VainSearch(words=words, day=day)], ignore_conflicts=True)
                self.filter(day__lt=day - STORED).delete()


class VainSearch(models.Model):
    words = LineField(_("words"), max_length=MOST_LETTERS)
    day = models.DateField(_("day"))
    times = models.PositiveIntegerField(_("times"), default=1)

    objects = VainSearchQuerySet.as_manager()

    class Meta:
        ordering = ("-day", "-times", "words")
        verbose_name = _("search in vain")
        verbose_name_plural = _("searches in vain")
        constraints: ClassVar = [models.UniqueConstraint(fields=["day", "words"], name="vain_search_once_a_day")]

    def __str__(self) -> str:
        return self.words
