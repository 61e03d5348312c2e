"""What a review is made of: revisions that never change, remarks, and the history."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import User
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import document
from articles.document import longest
from articles.document.rules import BODY_LENGTH
from articles.models.fields import LineField, LinesField
from articles.models.writing import Article

logger = logging.getLogger("articles.history")

#: One person's saves within this time are one line of the history.
SAVES_TOGETHER = dt.timedelta(hours=1)
#: What of a line may grow meanwhile.
GROWING = {"details", "until", "times"}


class Revision(models.Model):
    """An immutable Document: an article as it was at one change number."""

    class Reason(models.TextChoices):
        SUBMITTED = "submitted", _("handed in")
        APPROVED = "approved", _("approved")
        IMPORTED = "imported", _("imported")
        RESTORED = "restored", _("restored")
        REQUESTED = "requested", _("kept on request")
        NAMED = "named", _("kept under a name")
        PARTIAL = "partial", _("the approved parts, published")
        CARRIED = "carried", _("a fix carried into a scheduled version")

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
    """A remark on an article, a part or a run of its words, or a suggestion of other words for that run.

    Answers name their `parent` and share its place. `field`, `quoted`, `before`, `after` and `start` are the anchor of
    the words as they stood then (`articles.text.anchors` finds them again). A suggestion has the other words in
    `suggested`, which may be empty; None for a remark.
    """

    class Outcome(models.TextChoices):
        """How an editor's wording was decided on."""

        TAKEN = "taken", _("taken")
        DECLINED = "declined", _("declined")

    article = models.ForeignKey(Article, models.CASCADE, related_name="comments")
    place = LineField(max_length=40, blank=True)  # as in a Problem: "introduction", "card:<public id>"; "" the whole
    about = LineField(
        max_length=longest(document.Faq, "question"), blank=True
    )  # the part's heading then, for when the part is gone
    field = LineField(max_length=20, blank=True)
    quoted = LinesField(_("about the words"), max_length=BODY_LENGTH, blank=True)
    before = LinesField(max_length=100, blank=True)
    after = LinesField(max_length=100, blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)  # code points
    text = LinesField(_("comment"), max_length=5000, blank=True)
    suggested = LinesField(_("suggested words"), max_length=BODY_LENGTH, null=True, blank=True)
    outcome = LineField(max_length=10, choices=Outcome, blank=True)
    mentioned = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    guest_name = LineField(max_length=100, blank=True)  # of somebody without an account: they came by a review link
    written_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("written_at", "id")
        indexes: ClassVar = [
            models.Index(fields=["article", "place"]),
            models.Index(fields=["article"], name="comment_open", condition=models.Q(parent=None, resolved_at=None)),
        ]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def by_name(self) -> str:
        """Who wrote it; "" where the account is gone. A guest's name is never taken for that of an account."""
        if self.guest_name:
            return _("%(name)s (by a review link)") % {"name": self.guest_name}
        return self.author.get_username() if self.author else ""


def log_act(act: str, article: Article, *, refused: str = "") -> None:
    """One line in the log once the act is committed, without a person or a word of anybody: the history has those.

    `refused` names the move that was not made.
    """
    fields = {"act": act, "article": article.pk} | ({"refused": refused} if refused else {})
    what = f"{act} {refused}".strip()
    transaction.on_commit(lambda: logger.info("%s: article %s", what, article.pk, extra={"fields": fields}))


class HistoryQuerySet(models.QuerySet["History"]):
    """Of lines that stay as they are. The database lets a line forget an account that is deleted, and `rename` lets it
    name one that was anonymised by its new name.
    """

    def rename(self, *, actor_name: str | None = None, details: dict[str, Any] | None = None) -> int:
        """Other names in the same lines: for `operations.anonymise` alone."""
        values = {"actor_name": actor_name, "details": details}
        return super().update(**{name: value for name, value in values.items() if value is not None})

    def update(self, **_values: Any) -> int:
        raise TypeError("A line of the history never changes.")

    def delete(self) -> Any:
        raise TypeError("A line of the history is never deleted.")


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
        ANONYMISE = "anonymise", _("anonymised an account")
        RESET_SECOND_FACTOR = "reset-second-factor", _("reset the second factor of an account")
        IMPORT_PUBLISH = "import-publish", _("published it as it was imported")
        EDIT = "edit", _("edited")
        COMMENT = "comment", _("commented")
        RESOLVE = "resolve", _("marked a comment as resolved")
        REOPEN = "reopen", _("opened a comment again")
        SUGGEST = "suggest", _("suggested other words")
        TAKE_SUGGESTION = "take-suggestion", _("took a suggestion")
        DECLINE_SUGGESTION = "decline-suggestion", _("declined a suggestion")
        DELETE = "delete", _("deleted")
        TAKE_FROM_BIN = "take-from-bin", _("restored from the bin")
        RESTORE = "restore", _("went back to an earlier revision")
        MARK_TEMPLATE = "mark-template", _("made it a template")
        UNMARK_TEMPLATE = "unmark-template", _("made it an ordinary article again")
        NAME_VERSION = "name-version", _("kept a version under a name")
        APPROVE_PART = "approve-part", _("approved a part of it")
        ASK_PART = "ask-part", _("asked about a part of it")
        SEND_BACK_PART = "send-back-part", _("sent back a part of it")
        LOCK = "lock", _("locked it")
        UNLOCK = "unlock", _("lifted a lock on it")
        PLAN = "plan", _("changed the plan")
        TAKE_REVIEW = "take-review", _("took the review")
        CHECK_FACT = "check-fact", _("checked a fact: still true")
        BIND_CLAIM = "bind-claim", _("bound claims to the words of a source")
        TICK_CLAIM = "tick-claim", _("ticked a claim")
        SET_ASIDE_CLAIM = "set-aside-claim", _("set a claim aside")
        TAKE_BACK_CLAIM = "take-back-claim", _("took back a tick of a claim")
        ADD_CLAIM = "add-claim", _("marked words as a claim")
        REST_ON = "rest-on", _("said on which facts a part rests")
        LEAVE_AS_FOUND = "leave-as-found", _("left it to the rules on which facts a part rests")
        STILL_RIGHT = "still-right", _("said that a sentence is still right after a fact was changed")
        ASK_AGAIN = "ask-again", _("took back that a sentence is still right")
        JOIN_CLAIMS = "join-claims", _("made one claim of several")
        DATE_CLAIM = "date-claim", _("said as of when something holds")
        FEATURE_FACT = "feature-fact", _("put a fact on the home page")
        UNFEATURE_FACT = "unfeature-fact", _("took a fact off the home page")
        MOVE_FEATURED = "move-featured", _("moved a fact on the home page")
        RULE_CONTRADICTION = "rule-contradiction", _("decided on a contradiction")
        OPEN_EVENT = "open-event", _("asked whether it is still true, for something happened")
        WITHDRAW_EVENT = "withdraw-event", _("withdrew what had happened")
        USE_FACT = "use-fact", _("used a fact of another article")
        TAKE_OVER_FACT = "take-over-fact", _("took over the words of the original")
        KEEP_WORDS = "keep-words", _("did not take over the words of the original")
        LOOK_AT_ORIGIN = "look-at-origin", _("compared a fact with the original")
        CHANGE_USE = "change-use", _("changed how a fact follows the original")
        UNLINK_FACT = "unlink-fact", _("unlinked a fact from the original")
        CARRY_CORRECTION = "carry-correction", _("carried a correction into it")
        REFUSED = "refused", _("was refused")
        RELEASE_REVIEW = "release-review", _("gave the review back")
        MAKE_LINK = "make-link", _("made a review link")
        REVOKE_LINK = "revoke-link", _("revoked a review link")
        AGREE = "agree", _("said yes by a review link")

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
        PICTURE = "picture", _("a picture")

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

    objects = HistoryQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("history line")
        verbose_name_plural = _("history")
        indexes: ClassVar = [models.Index(fields=["article", "-at"]), models.Index(fields=["-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.act} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds a line; one that is there may only grow (TypeError for anything else)."""
        if not self._state.adding and not set(kwargs.get("update_fields") or [""]) <= GROWING:
            raise TypeError("A line of the history never changes.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> Any:
        raise TypeError("A line of the history is never deleted.")

    @classmethod
    def write(cls, article: Article, act: str, *, by: User | str, note: str = "", **details: Any) -> History:
        """Adds a line; `by` is the name alone of somebody without an account."""
        log_act(act, article, refused=details.get("refused", ""))
        return cls.objects.create(
            article=article,
            title=article.title,
            actor=None if isinstance(by, str) else by,
            actor_name=by if isinstance(by, str) else by.get_username(),
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
