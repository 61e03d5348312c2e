"""What people have said of parts that repeat facts: on which facts a part rests, and that a sentence is still right.

Which sentences repeat a fact, and which of them still say what it said before, is stored nowhere: it is read from the
words of now and their earlier wordings (articles.restatements).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField
from articles.models.writing import Article
from articles.text.ids import new_public_id

KEY_LENGTH = 32


class RestatementAct(models.Model):
    """What one person said of one part. Rows are added, never changed; of acts about the same the newest holds.

    A card or question is known by its permanent id; `article` is set for the parts that an article has once, whose
    place means nothing without it.
    """

    class Kind(models.TextChoices):
        RESTS = "rests", _("said on which facts a part rests")  # on none where `facts` is empty
        AS_FOUND = "as-found", _("left it to the rules on which facts a part rests")
        STILL_RIGHT = "still-right", _("said that a sentence is still right after a fact was changed")
        ASK_AGAIN = "ask-again", _("took back that a sentence is still right")

    public_id = LineField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="restatement_acts")
    place = LineField(max_length=40)  # as in a Problem
    kind = LineField(max_length=12, choices=Kind)
    #: RESTS: {"fact": its public id, "words": as they were then, which says what has changed since}.
    facts: models.JSONField[list[dict[str, str]], list[dict[str, str]]] = models.JSONField(default=list)
    key = LineField(max_length=KEY_LENGTH, blank=True)  # STILL_RIGHT, ASK_AGAIN: of restatements.Mark
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        verbose_name = _("act on what repeats a fact")
        verbose_name_plural = _("acts on what repeats a fact")
        indexes: ClassVar = [models.Index(fields=["place", "made_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"

    @property
    def words_of_facts(self) -> dict[str, str]:
        """The words of each fact as they were then, by its public id."""
        return {each["fact"]: each["words"] for each in self.facts}

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An act on what repeats a fact never changes: another one takes its place.")
        super().save(*args, **kwargs)
