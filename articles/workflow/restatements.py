"""What people say of the parts that repeat facts: the one door to it. Each act is a row that stays, and a line of the
history.

No word changes by it, and so no approval lapses. What is marked is computed (articles.restatements).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafts, restatements
from articles.document import Document
from articles.models import Article, History, RestatementAct
from articles.restatements import Restatements
from articles.workflow.claims import CHECK_CLAIMS
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock_unarchived

#: A part that rests on more facts than these sums up the list, and is to be read after each change anyway.
MOST_FACTS = 20

Kind, Act = RestatementAct.Kind, History.Act
#: Whoever checks an article's claims may say it.
SAY = CHECK_CLAIMS


@dataclass(frozen=True)
class _Found:
    """A locked article, its words, and what is marked in them."""

    article: Article
    document: Document
    restatements: Restatements


def _found(article: Article, by: User) -> _Found:
    """Raises PermissionDenied, or WorkflowError for an article in the bin or the archive."""
    locked = lock_unarchived(article, SAY, by)
    value = drafts.document_of(locked)
    acts = restatements.acts_on(value, locked.pk)
    wordings = restatements.wordings_of(locked)
    return _Found(locked, value, restatements.restatements_of(value, wordings, acts, locked.subject))


@transaction.atomic
def rest_on(article: Article, place: str, facts: Sequence[str], *, by: User) -> RestatementAct:
    """Says on which facts a part rests, by their public ids; on none without any. Holds until somebody says otherwise.

    Raises PermissionDenied, and WorkflowError for a part or a fact that is not there.
    """
    found = _found(article, by)
    name = _name_of(found, place)
    cards = {card.public_id: card for card in found.document.cards}
    wanted = list(dict.fromkeys(facts))
    if any(public_id not in cards for public_id in wanted):
        raise ConflictError(_("One of these facts is not in the article any more: choose again."))
    if len(wanted) > MOST_FACTS:
        raise WorkflowError(_("Choose at most %(most)s facts.") % {"most": MOST_FACTS})
    texts = [{"fact": each, "words": "\n".join(restatements.texts_of_card(cards[each]))} for each in wanted]
    names = [drafts.name_of_piece(cards[public_id]) for public_id in wanted]
    return _write(found, Act.REST_ON, place, by, about=": ".join(filter(None, (name, "; ".join(names)))), facts=texts)


@transaction.atomic
def leave_as_found(article: Article, place: str, *, by: User) -> RestatementAct:
    """Takes back on which facts a part rests: the rules find it again."""
    found = _found(article, by)
    name = _name_of(found, place)
    if not found.restatements.resting[place].declared:
        raise ConflictError(_("Nobody has said on which facts this part rests, or somebody took it back meanwhile."))
    return _write(found, Act.LEAVE_AS_FOUND, place, by, about=name)


@transaction.atomic
def still_right(article: Article, key: str, *, by: User) -> RestatementAct:
    """Of a sentence that is marked: it holds as long as neither it nor the fact changes again."""
    found = _found(article, by)
    mark = next((mark for mark in found.restatements.marks if mark.key == key), None)
    if mark is None:
        raise ConflictError(_("These sentences have changed meanwhile, or somebody has answered: look at them again."))
    return _write(found, Act.STILL_RIGHT, mark.place, by, about=mark.sentence, key=key)


@transaction.atomic
def ask_again(article: Article, key: str, *, by: User) -> RestatementAct:
    """Takes back that a sentence is still right."""
    found = _found(article, by)
    mark = next((mark for mark, _act in found.restatements.settled if mark.key == key), None)
    if mark is None:
        raise ConflictError(_("These sentences have changed meanwhile, or somebody has answered: look at them again."))
    return _write(found, Act.ASK_AGAIN, mark.place, by, about=mark.sentence, key=key)


_KINDS: Mapping[str, str] = {
    Act.REST_ON: Kind.RESTS,
    Act.LEAVE_AS_FOUND: Kind.AS_FOUND,
    Act.STILL_RIGHT: Kind.STILL_RIGHT,
    Act.ASK_AGAIN: Kind.ASK_AGAIN,
}


def _write(found: _Found, act: str, place: str, by: User, *, about: str, **values: Any) -> RestatementAct:
    """A question keeps its acts wherever it stands: its id is enough."""
    article = None if ":" in place else found.article
    row = RestatementAct(article=article, place=place, kind=_KINDS[act], made_by=by, **values)
    row.save()
    History.write(found.article, act, by=by, about=about)
    return row


def _name_of(found: _Found, place: str) -> str:
    if place not in found.restatements.resting:
        raise ConflictError(_("This part is not in the article any more, or has no words yet."))
    return drafts.name_of_piece(drafts.pieces_of(found.document)[place])
