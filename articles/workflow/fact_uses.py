"""Telling the fact of another article: linking a card, taking over what the origin says now, or not, and unlinking.

Every act needs the right to change the article in which the card stands. What readers see changes by none of them:
words that are taken over are a change of the working copy like any other, with a review of its own.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.document import Card
from articles.drafts import Gone, Origin, Use
from articles.models import Article, FactCard, FactUse, History
from articles.models.fact_uses import Mode
from articles.states import Status
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock

CHANGE, VIEW = "articles.change_article", "articles.view_article"
Act = History.Act


@transaction.atomic
def use_fact(article: Article, public_id: str, mode: Mode, *, by: User) -> FactCard:
    """Adds a card that tells the fact of another article; gives its row. Raises PermissionDenied or WorkflowError.

    A fact that is itself told after another one leads to that one. Everybody may tell what is public; of anything else
    its article must be theirs to see.
    """
    rights.require(by, CHANGE, article)
    locked = lock(article)
    origin, value = _fact(public_id, by)
    told_here = FactUse.objects.filter(origin=origin.public_id).values("public_id")
    own = locked.cards.order_by()
    if own.filter(public_id=origin.public_id).exists() or own.filter(public_id__in=told_here).exists():
        raise WorkflowError(_("This article tells that fact already."))
    with _as_workflow_errors():
        card = drafts.add_card(article, dataclasses.replace(value, public_id="", check_on=None), by=by)
    row = FactUse(public_id=card.public_id, origin=origin.public_id, mode=mode, made_by=by)
    row.words = {}
    row.save()
    drafts.set_use_words(row, value)
    History.write(locked, Act.USE_FACT, by=by, about=value.heading, mode=mode, place=_place(card))
    return card


def _fact(public_id: str, by: User) -> tuple[Origin, Card]:
    """The origin of a card, and its words: those that were reviewed, else those of the working copy."""
    linked = FactUse.objects.filter(public_id=public_id).values_list("origin", flat=True).first()
    root = linked or public_id
    origin = drafts.origins([root])[root]
    if not origin.is_public and (origin.article is None or not rights.may(by, VIEW, origin.article)):
        raise WorkflowError(_("This fact is not there, or not yours to see."))
    if origin.gone:
        raise WorkflowError(why_gone(origin.gone))
    if origin.words:
        return origin, origin.words
    card = drafts.whole_cards(FactCard.objects.filter(public_id=root)).get()
    return origin, drafts.card_value(card)


def why_gone(gone: Gone) -> str:
    if gone is Gone.DELETED:
        return _("The original was deleted.")
    return _("Readers do not see the original any more: it was taken down, or left out.")


class _Opened(NamedTuple):
    article: Article
    use: Use


@contextlib.contextmanager
def _opened(card: FactCard, act: History.Act, by: User) -> Iterator[_Opened]:
    """The card's article and its use, held until the transaction ends; the act is in the history with it."""
    with transaction.atomic(), _as_workflow_errors():
        article = lock(card.article)
        rights.require(by, CHANGE, article)
        if article.status == Status.ARCHIVED:
            raise WorkflowError(_("This article is archived. Unarchive it before you change it."))
        if sentence := drafts.lock_sentence(article, [_place(card)], by):
            raise WorkflowError(sentence)
        use = drafts.use_of(card.public_id)
        if use is None or use.card.article_id != article.pk:
            raise WorkflowError(_("This fact is not told after another one any more."))
        yield _Opened(article, use)
        History.write(article, act, by=by, about=use.own.heading, mode=use.row.mode, place=_place(card))


def take_over(card: FactCard, *, seen: str, by: User) -> None:
    """Puts the words of the origin in the place of the card's own. `seen` is the digest of those that were read
    (`Use.seen`): ConflictError for any other. Raises PermissionDenied or WorkflowError.
    """
    with _opened(card, Act.TAKE_OVER_FACT, by) as (_article, use):
        mode = Mode.FOLLOW if use.mode is Mode.ADAPT else use.mode
        _take(use, _read(use, seen), mode, by)


def keep(card: FactCard, *, seen: str, by: User) -> None:
    """Declines what the origin says now, for exactly these words. Raises as `take_over`."""
    with _opened(card, Act.KEEP_WORDS, by) as (_article, use):
        _read(use, seen)
        use.row.declined = seen
        use.row.save(update_fields=["declined"])


def look_at(card: FactCard, *, seen: str, by: User) -> None:
    """Says that the card's own words were compared with those of the origin. Raises as `take_over`."""
    with _opened(card, Act.LOOK_AT_ORIGIN, by) as (_article, use):
        _read(use, seen)
        assert use.origin.words  # noqa: S101  -- they were read
        drafts.set_use_words(use.row, use.origin.words)


def set_mode(card: FactCard, mode: Mode, *, seen: str = "", by: User) -> None:
    """Follow, pin or adapt. To follow or to pin is to have words of the origin: a card with its own takes them over,
    those that were `seen`. Raises as `take_over`.
    """
    with _opened(card, Act.CHANGE_USE, by) as (_article, use):
        if mode is not Mode.ADAPT and use.mode is Mode.ADAPT:
            _take(use, _read(use, seen), mode, by)
        else:
            use.row.mode, use.row.declined = mode, ""
            use.row.save(update_fields=["mode", "declined"])


def unlink(card: FactCard, *, by: User) -> None:
    """The card is a fact of its own from now on; its words stay. Raises as `take_over`."""
    with _opened(card, Act.UNLINK_FACT, by) as (_article, use):
        FactUse.objects.filter(pk=use.row.pk).delete()


def _read(use: Use, seen: str) -> Card:
    """The origin's words, which are those that were read."""
    if use.origin.gone:
        raise WorkflowError(why_gone(use.origin.gone))
    if use.now is None:
        raise WorkflowError(_("Nobody has reviewed the original yet: there is nothing to take over."))
    if use.seen != seen:
        raise ConflictError(_("The original has changed after you read it. Read it again before you decide."))
    return use.now


def _take(use: Use, words: Card, mode: Mode, by: User) -> None:
    current = drafts.card_value(use.card)
    new = drafts.with_words(current, words, same_subject=use.same_subject)
    drafts.save_card(use.card, new, token=drafts.token(current), by=by, is_return=True)
    assert use.origin.words  # noqa: S101  -- they were read
    drafts.set_use_words(use.row, use.origin.words, mode=mode)


@contextlib.contextmanager
def _as_workflow_errors() -> Iterator[None]:
    try:
        yield
    except drafts.StaleError as error:
        raise ConflictError(str(error)) from error
    except drafts.DraftError as error:
        raise WorkflowError(str(error)) from error


def _place(card: FactCard) -> str:
    return f"card:{card.public_id}"
