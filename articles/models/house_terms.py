"""How this house spells things: names and titles, and the spellings that are mended to them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.fields import LineField
from articles.text import signs

#: Of one spelling; so many wrong ones of a term; so many terms.
TERM_LENGTH = 200
MOST_WRONG = 30
MOST_TERMS = 500


class HouseTerm(models.Model):
    """The spelling that is used here, and those that are not: the checklist names them, the replacement offers it."""

    right = LineField(_("we write"), max_length=TERM_LENGTH, unique=True)
    wrong = models.JSONField(_("not"), default=list)
    whole_words = models.BooleanField(_("whole words only"), default=True)
    match_case = models.BooleanField(_("same capital and small letters"), default=True)
    note = LineField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ("right",)
        verbose_name = _("house term")
        verbose_name_plural = _("house terms")

    def __str__(self) -> str:
        return self.right

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The spellings are mended as those in columns of their own are, and empty ones dropped."""
        self.wrong = [text for text in map(signs.line, self.wrong) if text]
        super().save(*args, **kwargs)
