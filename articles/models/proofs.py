"""What people have done about the claims of articles, and how much of it a site asks for.

Whether a tick holds is stored nowhere: it is read from the words of now (articles.proofs).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.claims import IDENTITY_LENGTH, Proves
from articles.document.rules import ID_LENGTH
from articles.models.fields import LineField, LinesField
from articles.models.reference import Subject
from articles.models.writing import Article
from articles.text.ids import new_public_id

REMARK_LENGTH = 500
#: Of words that a person marks, so that they are claims, too.
MARKED_LENGTH = 600
DIGEST_LENGTH = 64


class ClaimAct(models.Model):
    """What one person did about one claim of a part, with the words as they were. Rows are added, never changed.

    A card or question is known by its permanent id, wherever it stands; `article` is set for the introduction and the
    conclusion alone, whose place means nothing without it.
    """

    class Kind(models.TextChoices):
        BIND = "bind", _("bound to the words of a source")
        TICK = "tick", _("ticked by hand")
        SET_ASIDE = "set-aside", _("set aside")
        ADD = "add", _("marked as a claim")
        JOIN = "join", _("made one claim of several")
        DATE = "date", _("dated")
        TAKE_BACK = "take-back", _("taken back")

    public_id = LineField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    article = models.ForeignKey(Article, models.CASCADE, null=True, related_name="claim_acts")
    place = LineField(max_length=40)  # as in a Problem
    kind = LineField(max_length=10, choices=Kind)
    identity = LineField(max_length=IDENTITY_LENGTH)  # see claims.identity
    words = LinesField()  # of the claim, as they were
    times = models.PositiveSmallIntegerField(default=1)  # how often the part said it
    members = models.JSONField(default=list)  # JOIN: the identities that it takes the place of
    source = LineField(max_length=DIGEST_LENGTH, blank=True)  # BIND: the digest of the excerpt
    start = models.PositiveIntegerField(null=True)  # BIND: a range of the normalised excerpt, in code points
    stop = models.PositiveIntegerField(null=True)
    excerpt = LinesField(blank=True)  # BIND: its words there
    proves = LineField(max_length=10, choices=[(each.value, each.value) for each in Proves], blank=True)  # by rule
    remark = LinesField(_("remark"), blank=True, validators=[MaxLengthValidator(REMARK_LENGTH)])
    as_of = models.DateField(_("as of"), null=True)  # DATE: one of the two, or both
    again_on = models.DateField(_("look again on"), null=True)
    undoes = LineField(max_length=ID_LENGTH, blank=True)  # TAKE_BACK: the `public_id` of what is taken back
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("made_at", "id")
        verbose_name = _("act on a claim")
        verbose_name_plural = _("acts on claims")
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["place", "made_at"]),
            models.Index(fields=["again_on"], name="claim_act_again_on", condition=models.Q(kind="date")),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(kind="date") ^ models.Q(as_of=None, again_on=None), name="claim_act_days_of_a_date"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.words[:60]}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An act on a claim never changes: take it back by another one.")
        super().save(*args, **kwargs)

    @property
    def by_name(self) -> str:
        """Who did it; "" where the account is gone."""
        return self.made_by.get_username() if self.made_by else ""


class Level(models.TextChoices):
    NOTHING = "nothing", _("nothing")
    FIGURES = "figures", _("every figure, date, rank and quotation")
    EVERYTHING = "everything", _("every claim")


class ProofRequirement(models.Model):
    """How much of an article about a subject of this kind has to be proved before it is approved and published."""

    kind = LineField(_("kind of subject"), max_length=10, choices=Subject.Kind, unique=True)
    level = LineField(_("to be proved"), max_length=10, choices=Level, default=Level.NOTHING)

    class Meta:
        ordering = ("kind",)
        verbose_name = _("requirement of proof")
        verbose_name_plural = _("requirements of proof")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_level_display()}"
