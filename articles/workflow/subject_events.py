"""An event of a subject opens all that speaks of it, in one act; what is open, and “still true” for one part."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rights
from articles.claims.event_words import LONGEST_KEY_WORD, MOST_KEY_WORDS, Spoken
from articles.drafts import mentions
from articles.drafts.mentions import PartWords
from articles.models import Article, EventMention, History, Subject, SubjectEvent
from articles.models.subject_events import LONGEST_SENTENCE
from articles.roles import ANY_ARTICLE
from articles.states import Status
from articles.workflow.errors import ConflictError, WorkflowError

EVENT = "articles.publish_article"  # as of facts that are checked again: what comes of it is for readers


@dataclass(frozen=True, slots=True)
class Spoke:
    """A part that speaks of an event, and the first sentence that does."""

    part: PartWords
    sentence: str


@dataclass(frozen=True, slots=True)
class OpenMention:
    mention: EventMention
    part: PartWords


def speaks_of(subject: Subject, key_words: Sequence[str]) -> list[Spoke]:
    """Every fact, question, introduction, conclusion and dek about the subject that has one of the key words."""
    spoken = Spoken(key_words)
    rows = Article.objects.filter(subject=subject, is_template=False).exclude(status=Status.ARCHIVED)
    found = []
    for part in mentions.words_of_articles(rows.order_by("pk")):
        language = part.article.language or settings.LANGUAGE_CODE
        if sentence := next(filter(None, (spoken.sentence_in(text, language) for text in part.texts)), ""):
            found.append(Spoke(part, sentence))
    return found


@transaction.atomic
def open_event(
    subject: Subject, sentence: str, *, happened_on: dt.date, key_words: Sequence[str], by: User
) -> SubjectEvent:
    """Keeps an event, and opens what speaks of it. Raises PermissionDenied and WorkflowError."""
    _require(by)
    words = list(dict.fromkeys(filter(None, (" ".join(word.split()) for word in key_words))))
    if not sentence.strip() or len(sentence) > LONGEST_SENTENCE:
        raise WorkflowError(_("Say in one sentence what happened."))
    if not words or len(words) > MOST_KEY_WORDS or any(len(word) > LONGEST_KEY_WORD for word in words):
        told = _("Give 1 to %(most)s words that it is spoken of by, each of at most %(length)s characters.")
        raise WorkflowError(told % {"most": MOST_KEY_WORDS, "length": LONGEST_KEY_WORD})
    event = SubjectEvent.objects.create(
        subject=subject, sentence=sentence.strip(), happened_on=happened_on, key_words=words, written_by=by
    )
    found = speaks_of(subject, words)
    EventMention.objects.bulk_create(
        EventMention(
            event=event,
            article=each.part.article,
            place=each.part.place,
            words=each.part.digest,
            sentence=each.sentence,
        )
        for each in found
    )
    for article in {each.part.article.pk: each.part.article for each in found}.values():
        History.write(article, History.Act.OPEN_EVENT, by=by, about=event.sentence)
    return event


@transaction.atomic
def withdraw_event(event: SubjectEvent, *, by: User) -> None:
    """An event that did not happen, or was written with the wrong words: what it opened is not open any more."""
    _require(by)
    articles = Article.objects.filter(pk__in=event.mentions.values("article"))
    for article in articles:
        History.write(article, History.Act.WITHDRAW_EVENT, by=by, about=event.sentence)
    event.delete()


def open_mentions(articles: QuerySet[Article]) -> list[OpenMention]:
    """What is open in these articles, that of the oldest event first. Four queries at most, one where nothing is."""
    here = articles.order_by().exclude(status=Status.ARCHIVED).filter(pk=OuterRef("article"))
    rows = EventMention.objects.filter(Exists(here), settled_at=None)  # one by one: what is open is little
    waiting = list(rows.select_related("event"))
    found = mentions.words_at((row.article_id, row.place) for row in waiting) if waiting else {}
    pairs = ((row, found.get(mentions.key_of(row.article_id, row.place))) for row in waiting)
    return [OpenMention(row, part) for row, part in pairs if part and part.digest == row.words]


@transaction.atomic
def settle_mention(mention: EventMention, *, by: User) -> None:
    """“Still true”, of the words that the mention was opened for. Raises PermissionDenied and ConflictError."""
    rights.require(by, EVENT, mention.article)
    row = EventMention.objects.select_for_update().filter(pk=mention.pk, settled_at=None).first()
    part = mentions.words_at([(mention.article_id, mention.place)]).get(
        mentions.key_of(mention.article_id, mention.place)
    )
    if row is None or part is None or part.digest != row.words:
        raise ConflictError(_("Somebody has answered this meanwhile, or the words are others by now."))
    row.settled_at, row.settled_by = timezone.now(), by
    row.save(update_fields=["settled_at", "settled_by"])
    about = f"{part.name or row.sentence} ({mention.event})"
    History.write(part.article, History.Act.CHECK_FACT, by=by, about=about)


def settle_card(public_id: str, *, by: User) -> None:
    """The fact was looked at and is still true: that answers all events. Call it in the transaction that says so."""
    rows = EventMention.objects.filter(place=f"card:{public_id}", settled_at=None)
    rows.update(settled_at=timezone.now(), settled_by=by)


def _require(by: User) -> None:
    rights.require(by, EVENT)
    rights.require(by, ANY_ARTICLE)
