"""What every change of a working copy passes through: the lock, the version check, the change number."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import document
from articles.drafts import locks, reading, visible
from articles.drafts.reading import Part
from articles.models import Article, History
from articles.states import Status
from articles.translation import translated

Value = TypeVar("Value")
#: Among the places that a change writes: all of them.
EVERYTHING = "*"


class DraftError(Exception):
    """The working copy cannot be changed this way now; the message is a sentence for the writer.

    `faults` says what is wrong in which field, where the values are to blame.
    """

    def __init__(self, sentence: str, faults: Sequence[document.Fault] = ()) -> None:
        super().__init__(sentence)
        self.faults = faults


class StaleError(Exception):
    """The part was changed by somebody else meanwhile. Nothing was written; both texts are here."""

    def __init__(self, current: Part, submitted: Part) -> None:
        super().__init__(_("Somebody else changed this meanwhile."))
        self.current = current
        self.submitted = submitted
        self.token = reading.token(current)


def checked(value: Value) -> Value:
    """The value as the gate lets it through, its signs mended; raises DraftError with the faults."""
    try:
        return document.validate(value)
    except document.InvalidError as error:
        raise DraftError(translated(error.message), error.faults) from error


class Unchanged(Exception):  # noqa: N818  -- leaves the block, is not an error
    pass


def lock(article: Article) -> Article:
    """The article as it stands now, held until the transaction ends; raises DraftError for one in the bin."""
    locked = Article.objects.select_for_update().filter(pk=article.pk).first()
    if locked is None:
        raise DraftError(_("Somebody put this article into the bin meanwhile."))
    return locked


@contextlib.contextmanager
def changing(
    article: Article, part: History.Part, by: User, *, places: Sequence[str], number: int | None = None
) -> Iterator[Article]:
    """Gives the article, locked; raises its change number and notes the save of `part` when the block ends well.

    `places` are the parts that `by` writes, as in a Problem, EVERYTHING for all of them. `number` is the position of a
    card or question.

    Raises DraftError for an article in the bin or in the archive, and for what another person has locked. `Unchanged`,
    raised in the block, ends it without any change.
    """
    try:
        with transaction.atomic():
            locked = lock(article)
            if locked.status == Status.ARCHIVED:
                raise DraftError(_("This article is archived. Unarchive it before you change it."))
            if sentence := locks.sentence_for(locked, places, by):
                raise DraftError(sentence)
            was = locked.effective_status
            before = _pieces_and_writers(locked) if EVERYTHING in places else {}
            yield locked
            locked.change += 1
            locked.changed_at, locked.changed_by = timezone.now(), by
            if EVERYTHING in places:
                locked.writers = _writers_of_all(locked, before, by)
            else:
                locked.writers |= dict.fromkeys(places, by.pk)
            _keep_approval(locked, was)
            locked.save(update_fields=["change", "changed_at", "changed_by", "writers", "approved_change"])
            History.write_save(locked, part, by=by, number=number)
            article.change = locked.change
            article.approved_change = locked.approved_change
    except Unchanged:
        pass


def writer_of(article: Article, place: str) -> int | None:
    """The primary key of whoever changed the part last."""
    return article.writers.get(place) or article.writers.get(EVERYTHING) or article.changed_by_id


def _pieces_and_writers(locked: Article) -> dict[str, tuple[visible.Piece, int | None]]:
    pieces = visible.pieces_of(reading.document_of(Article.objects.get(pk=locked.pk)))
    return {place: (piece, writer_of(locked, place)) for place, piece in pieces.items()}


def _writers_of_all(
    locked: Article, before: Mapping[str, tuple[visible.Piece, int | None]], by: User
) -> dict[str, int]:
    """Whoever writes everything anew has written what is another text then; the rest, and the bin, stay others' words.

    Else two people could approve their own words by going back to an earlier revision for each other.
    """
    now = visible.pieces_of(reading.document_of(Article.objects.get(pk=locked.pk)))
    kept = {place: writer for place, (piece, writer) in before.items() if writer and now.get(place, piece) == piece}
    gone = {place: writer for place, writer in locked.writers.items() if place not in now and place != EVERYTHING}
    return {EVERYTHING: by.pk} | gone | kept


def _keep_approval(locked: Article, was: Status) -> None:
    """An approval belongs to what readers see: a change that they cannot see leaves it as it is."""
    revision = locked.approved_revision
    if was is Status.APPROVED and revision is not None:
        now = reading.document_of(Article.with_binned.get(pk=locked.pk))
        if visible.same_to_readers(revision.document, now):
            locked.approved_change = locked.change


def check_token(current: Part, new: Part, token: str) -> None:
    """Raises StaleError when `current` is not what the token was made of, and Unchanged when `new` is `current`: a save
    of the same values is no conflict, whoever was first.
    """
    if current == new:
        raise Unchanged
    if reading.token(current) != token:
        raise StaleError(current, new)
