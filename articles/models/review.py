"""What a review is made of: revisions that never change, remarks, and the history."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import document
from articles.models.fields import LineField, LinesField
from articles.models.writing import Article, FactCard

#: One person's saves within this time are one line of the history.
SAVES_TOGETHER = dt.timedelta(hours=1)


class Revision(models.Model):
    """An immutable Document: an article as it was at one change number."""

    class Reason(models.TextChoices):
        SUBMITTED = "submitted", _("handed in")
        APPROVED = "approved", _("approved")
        IMPORTED = "imported", _("imported")
        RESTORED = "restored", _("restored")
        REQUESTED = "requested", _("kept on request")
        NAMED = "named", _("kept under a name")

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    change = models.PositiveIntegerField()
    content = models.JSONField()
    reason = LineField(max_length=20, choices=Reason)
    name = LineField(_("name"), max_length=100, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["article", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        if self.name:
            return _("Revision %(number)s, “%(name)s”") % {"number": self.number, "name": self.name}
        return _("Revision %(number)s") % {"number": self.number}

    @property
    def document(self) -> document.Document:
        return document.from_json(self.content)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A revision never changes: make a new one.")
        super().save(*args, **kwargs)


class Comment(models.Model):
    """A remark on an article, a card or a run of its words; answers name their `parent` and share its place."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments")
    card = models.ForeignKey(FactCard, models.SET_NULL, null=True, blank=True, related_name="comments")
    about = LineField(max_length=250, blank=True)  # the card's heading then, for when the card is gone
    quoted = LineField(_("about the words"), max_length=500, blank=True)
    text = LinesField(_("comment"), max_length=5000)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("written_at", "id")
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text[:60]


class History(models.Model):
    """Who did what, when and why, stored as data: it is said in words, in the reader's language, when it is shown.

    `act` is an Act or the name of a move of `states.MOVES`; `details` holds what the act was about (`write`, and for
    saves `write_save`). Lines are only ever added, except that one person's saves within an hour grow one line
    (`until`, `times`, `details["parts"]`).
    """

    class Act(models.TextChoices):
        """What happens beside the moves; the labels follow the name of the person."""

        CREATE = "create", _("created it")
        IMPORT = "import", _("imported it")
        IMPORT_PUBLISH = "import-publish", _("published it as it was imported")
        EDIT = "edit", _("edited")
        COMMENT = "comment", _("commented")
        RESOLVE = "resolve", _("marked a comment as resolved")
        REOPEN = "reopen", _("opened a comment again")
        DELETE = "delete", _("deleted")
        TAKE_FROM_BIN = "take-from-bin", _("restored from the bin")
        RESTORE = "restore", _("went back to an earlier revision")
        MARK_TEMPLATE = "mark-template", _("made it a template")
        UNMARK_TEMPLATE = "unmark-template", _("made it an ordinary article again")
        NAME_VERSION = "name-version", _("kept a version under a name")

    class Part(models.TextChoices):
        """What a save changed. A card or question has its position then as `number` beside it."""

        CARD = "card", _("card")
        QUESTION = "question", _("question")
        NEW_CARD = "new-card", _("a new card")
        NEW_QUESTION = "new-question", _("a new question")
        MOVED_CARD = "moved-card", _("a moved card")
        FROM_BIN = "from-bin", _("from the bin")
        ORDER = "order", _("order")
        DETAILS = "details", _("details")
        INTRODUCTION = "introduction", _("introduction")
        CONCLUSION = "conclusion", _("conclusion")
        UNPLACED_TEXT = "unplaced-text", _("unplaced text")
        EVERYTHING = "everything", _("everything")

    article = models.ForeignKey(Article, models.SET_NULL, null=True, related_name="history")
    title = LineField(max_length=200)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    actor_name = LineField(max_length=150)
    act = LineField(max_length=30)
    note = LinesField(blank=True)
    details = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("history line")
        verbose_name_plural = _("history")
        indexes: ClassVar = [models.Index(fields=["article", "-at"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.act} {self.title}"

    @classmethod
    def write(cls, article: Article, act: str, *, by: User, note: str = "", **details: Any) -> History:
        """Adds a line."""
        return cls.objects.create(
            article=article,
            title=article.title,
            actor=by,
            actor_name=by.get_username(),
            act=act,
            note=note,
            details=details,
        )

    @classmethod
    def write_save(cls, article: Article, part: Part, *, by: User, number: int | None = None) -> None:
        """Notes a save of one part; grows the person's last line while it is younger than SAVES_TOGETHER."""
        now, saved = timezone.now(), {"part": part, "number": number} if number else {"part": part}
        last = cls.objects.filter(article=article).first()
        if not (last and last.act == cls.Act.EDIT and last.actor_id == by.pk and now - last.at < SAVES_TOGETHER):
            cls.write(article, cls.Act.EDIT, by=by, parts=[saved])
            return
        parts = last.details.get("parts", [])
        last.details = {"parts": parts if saved in parts else [*parts, saved]}
        last.until, last.times = now, last.times + 1
        last.save(update_fields=["details", "until", "times"])
