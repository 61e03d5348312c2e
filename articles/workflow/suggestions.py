"""Other words that somebody suggests for a run of words: taken into the text by one act, or declined."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.models import Article, Comment, History
from articles.text import anchors, signs
from articles.workflow.comments import check_lengths, mentioned_in
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock
from articles.workflow.places import Words, require_words

Outcome = Comment.Outcome


def suggest(
    article: Article,
    suggested: str,
    *,
    by: User,
    place: str,
    field: str,
    quoted: str = "",
    start: int | None = None,
    text: str = "",
) -> Comment:
    """Suggests other words for `quoted`, or without it for the whole text of a field; empty ones take the words out.

    `text` may say why. Raises WorkflowError.
    """
    rights.require(by, "articles.comment_article", article)
    suggested, text = signs.body(suggested).strip("\n"), signs.body(text).strip()
    check_lengths(text, "")
    words = require_words(article, place, field=field, quoted=signs.body(quoted).strip("\n"), start=start)
    if not words.quoted:
        words = _whole_field(article, place, field)
    if suggested == words.quoted:
        raise WorkflowError(_("These words stand there already."))
    if len(suggested) > (Comment._meta.get_field("suggested").max_length or 0):
        raise WorkflowError(_("This is longer than any text of an article."))
    with transaction.atomic():
        row = Comment.objects.create(article=article, **words._asdict(), suggested=suggested, text=text, author=by)
        row.mentioned.set(mentioned_in(text, article, by))
        History.write(article, History.Act.SUGGEST, by=by, comment=row.pk, about=row.about)
    return row


def _whole_field(article: Article, place: str, field: str) -> Words:
    part = drafts.texts_of(article).get(place, {})
    if not part.get(field):
        raise WorkflowError(_("Choose the words that you would write otherwise."))
    return require_words(article, place, field=field, quoted=part[field], start=0)


def place_in(text: str, remark: Comment) -> anchors.Span | None:
    """Where the words of a remark stand in the text of its field now; None when they are gone."""
    if not remark.quoted:
        return None
    return anchors.find(text, anchors.Anchor(remark.quoted, remark.before, remark.after, remark.start))


@transaction.atomic
def take(remark: Comment, *, by: User) -> Article:
    """Puts the suggested words into the text: a save of the part like any other. Gives the article as it is then.

    Raises PermissionDenied, ConflictError when somebody saves the part in the same moment, and WorkflowError when the
    words are not there any more, or it was decided on already. Nothing is changed then.
    """
    rights.require(by, "articles.change_article", remark.article)
    article = lock(remark.article)
    row = _open_suggestion(remark)
    part = drafts.part_at(article, row.place)
    if part is None:
        raise WorkflowError(_("This part was deleted: restore it from the bin first."))
    text = drafts.texts_of(article)[row.place].get(row.field, "")  # a row that came by an import may name no field
    found = place_in(text, row)
    if found is None or text[slice(*found)] != row.quoted:
        raise WorkflowError(_("The words have changed since, so this does not fit any more. Nothing was changed."))
    changed: dict[str, Any] = {row.field: text[: found[0]] + (row.suggested or "") + text[found[1] :]}
    new = dataclasses.replace(part, **changed)
    try:
        drafts.save_part(article, new, token=drafts.token(part), by=by)
    except drafts.StaleError as error:
        raise ConflictError(str(error)) from error
    except drafts.DraftError as error:
        raise WorkflowError(str(error)) from error
    _close(row, Outcome.TAKEN, by)
    author = row.author.get_username() if row.author else ""
    History.write(article, History.Act.TAKE_SUGGESTION, by=by, comment=row.pk, about=row.about, suggested_by=author)
    article.refresh_from_db()
    return article


@transaction.atomic
def decline(remark: Comment, *, by: User, reason: str = "") -> None:
    """Leaves the words as they are; the reason is the last answer of its thread. Raises as `take`."""
    rights.require(by, "articles.comment_article", remark.article)
    reason = signs.body(reason).strip()
    check_lengths(reason, "")
    article = lock(remark.article)
    row = _open_suggestion(remark)
    if reason:
        answer = Words(row.place, row.about)
        reply = Comment.objects.create(article=article, **answer._asdict(), text=reason, parent=row, author=by)
        reply.mentioned.set(mentioned_in(reason, article, by))
    _close(row, Outcome.DECLINED, by)
    History.write(article, History.Act.DECLINE_SUGGESTION, by=by, note=reason, comment=row.pk, about=row.about)


def _open_suggestion(remark: Comment) -> Comment:
    row = Comment.objects.filter(pk=remark.pk, suggested__isnull=False).select_related("author").first()
    if row is None:
        raise WorkflowError(_("This is no suggestion."))
    if row.resolved_at:
        raise WorkflowError(_("Somebody has decided on this already."))
    return row


def _close(row: Comment, outcome: Comment.Outcome, by: User) -> None:
    row.outcome, row.resolved_at, row.resolved_by = outcome, timezone.now(), by
    row.save(update_fields=["outcome", "resolved_at", "resolved_by"])
