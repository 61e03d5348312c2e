"""Changing a picture of the library: at once with all working copies that show it, or proposed to the editors."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import document, drafts, rights
from articles.models import Article, Author, Picture, PictureChange, SitePage
from articles.models.pictures import TAKEN_FIELDS
from articles.operations.errors import OperationError
from articles.roles import ANY_ARTICLE
from articles.states import Status

#: What readers see of a picture; its title is for the library alone.
READER_FIELDS = tuple(each.name for each in dataclasses.fields(document.Picture) if each.name != "public_id")
#: Fields that go with a file, and are written with it.
_OF_A_FILE = tuple(name for name in TAKEN_FIELDS if name != "copies")

Outcome = PictureChange.Outcome


@dataclass(frozen=True)
class SavedPicture:
    """What a save of a picture did: the working copies that it changed, or the change that waits for an editor.

    `archived` articles show the picture and were left as they are.
    """

    articles: list[Article] = field(default_factory=list)
    archived: list[Article] = field(default_factory=list)
    waiting: PictureChange | None = None


def may_decide(user: User) -> bool:
    """Whether this person's changes of pictures need nobody else, and they decide on those of others."""
    return rights.may(user, "articles.review_article") and rights.may(user, ANY_ARTICLE)


def waits_for_editor(picture: Picture, by: User) -> bool:
    """Whether this person's change of what readers see would wait: the picture is shown outside of their articles."""
    if may_decide(by):
        return False
    if Author.objects.filter(picture=picture).exists():
        return True
    if SitePage.objects.filter(body__contains=picture.public_id).exists():
        return True
    return any(use.article.owner_id != by.pk for use in drafts.picture_uses(picture))


def changed_fields(picture: Picture, stored: Picture) -> list[str]:
    """What readers would see differently."""
    return [name for name in READER_FIELDS if getattr(picture, name) != getattr(stored, name)]


def refusal(picture: Picture, *, by: User) -> str:
    """Why this person cannot save these values of a picture now, in a sentence; else empty.

    Call it in the transaction of the save: what it finds stays so until then.
    """
    stored = Picture.objects.get(pk=picture.pk)
    if not changed_fields(picture, stored):
        return ""
    if waits_for_editor(picture, by):
        waiting = waiting_change(picture)
        if waiting is not None and waiting.by_id != by.pk:
            return _("A change by %(name)s waits for an editor already.") % {"name": waiting.by_name}
        return ""
    return _locked_sentence(picture, by, reader=by)


def _locked_sentence(picture: Picture, by: User, *, reader: User) -> str:
    """Names the article as far as `reader` may see it."""
    try:
        drafts.require_changeable(picture, by)
    except drafts.PictureLockedError as error:
        if not rights.may(reader, "articles.view_article", error.article):
            return _("An article of somebody else shows this picture and is locked.")
        return _("“%(title)s” shows this picture. %(why)s") % {"title": error.article.title, "why": error}
    except drafts.DraftError as error:
        return str(error)
    return ""


def waiting_change(picture: Picture) -> PictureChange | None:
    return picture.changes.filter(decided_at=None).select_related("by").first()


@transaction.atomic
def save_picture(picture: Picture, *, by: User) -> SavedPicture:
    """Saves a picture whose fields were changed, or proposes what readers would see of the change.

    A proposal of the same person takes the place of their earlier one. `picture` has the saved values then. Raises
    OperationError with the sentence of `refusal`.
    """
    stored = Picture.objects.select_for_update(of=("self",)).get(pk=picture.pk)
    names = changed_fields(picture, stored)
    if sentence := refusal(picture, by=by):
        raise OperationError(sentence)
    if not names or not waits_for_editor(picture, by):
        picture.save()
        return _spread(picture, by) if names else SavedPicture()
    values = _values_of(picture, names)
    for name in {*names, *_OF_A_FILE}:
        setattr(picture, name, getattr(stored, name))
    picture.save()
    if (earlier := waiting_change(picture)) is not None:
        _decide(earlier, Outcome.WITHDRAWN, by)
    was = document.part_to_json(stored.as_value())
    names_of = {"by": by, "by_name": by.get_username()}
    return SavedPicture(waiting=PictureChange.objects.create(picture=picture, values=values, was=was, **names_of))


def _spread(picture: Picture, by: User) -> SavedPicture:
    archived = [use.article for use in drafts.picture_uses(picture) if use.article.status == Status.ARCHIVED]
    return SavedPicture(drafts.picture_changed(picture, by=by), archived)


def _values_of(picture: Picture, names: list[str]) -> dict[str, Any]:
    if "file" not in names:
        return {name: getattr(picture, name) for name in names}
    of_file = {name: getattr(picture, name) for name in {*names, *_OF_A_FILE}}
    return {**of_file, "copies": picture.copies.get(picture.file)}


# --- what waits -------------------------------------------------------------------------------------------------------


def proposed(change: PictureChange) -> Picture:
    """The picture as it would be, not saved."""
    picture = Picture.objects.get(pk=change.picture_id)
    values = dict(change.values)
    if (copies := values.pop("copies", None)) is not None:
        picture.copies = {**picture.copies, values["file"]: copies}
    for name, value in values.items():
        setattr(picture, name, value)
    return picture


@transaction.atomic
def accept(change: PictureChange, *, token: str, by: User) -> SavedPicture:
    """Writes a change that waits. It counts as that of its writer: who accepts it may approve the articles.

    `token` is that of the picture as it was shown beside the change. Raises PermissionDenied, OperationError.
    """
    _require_decider(by)
    stored = Picture.objects.select_for_update(of=("self",)).get(pk=change.picture_id)
    change = _still_waiting(change)
    if drafts.token(stored.as_value()) != token:
        raise OperationError(_("Somebody changed the picture after you looked at it. Look at it again."))
    picture, writer = proposed(change), change.by or by
    try:
        picture.full_clean()
    except ValidationError as error:
        raise OperationError(" ".join(error.messages)) from error
    if sentence := _locked_sentence(picture, writer, reader=by):
        raise OperationError(sentence)
    picture.save()
    _decide(change, Outcome.ACCEPTED, by)
    return _spread(picture, writer)


@transaction.atomic
def decline(change: PictureChange, *, by: User) -> None:
    """Raises PermissionDenied, OperationError."""
    _require_decider(by)
    _decide(_still_waiting(change), Outcome.DECLINED, by)


@transaction.atomic
def withdraw(change: PictureChange, *, by: User) -> None:
    """Takes one's own change back. Raises OperationError for that of another, and for one that was decided on."""
    waiting = _still_waiting(change)
    if waiting.by_id != by.pk:
        raise OperationError(_("Only who proposed this can withdraw it."))
    _decide(waiting, Outcome.WITHDRAWN, by)


def _require_decider(user: User) -> None:
    rights.require(user, "articles.review_article")
    rights.require(user, ANY_ARTICLE)


def _still_waiting(change: PictureChange) -> PictureChange:
    waiting = PictureChange.objects.select_for_update(of=("self",)).filter(pk=change.pk, decided_at=None).first()
    if waiting is None:
        raise OperationError(_("Somebody has decided on this meanwhile."))
    return waiting


def _decide(change: PictureChange, outcome: str, by: User) -> None:
    change.outcome, change.decided_by, change.decided_by_name = outcome, by, by.get_username()
    change.decided_at = timezone.now()
    change.save(update_fields=["outcome", "decided_by", "decided_by_name", "decided_at"])
