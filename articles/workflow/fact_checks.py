"""Facts that are due for another look, and “checked, still true”."""

from __future__ import annotations

import dataclasses
import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import drafts, rights
from articles.models import Article, FactCard, FactCheck, History, PublishedFact, ReadCount
from articles.models.queries import keys_in_any
from articles.publishing.projection import note_check
from articles.states import Status
from articles.workflow.errors import ConflictError, WorkflowError
from articles.workflow.locking import lock
from articles.workflow.subject_events import settle_card

CHECK = "articles.publish_article"  # readers see it
#: Statuses in which a save of the card's date takes nothing away: no approval, and no words that somebody reads.
_OPEN = (Status.DRAFT, Status.CHANGES_REQUESTED)


def facts_to_check(articles: QuerySet[Article], *, until: dt.date) -> QuerySet[FactCard]:
    """The cards of these articles whose date has come by that day, the longest overdue first, each with `due_on` and
    `public_words`, the digest of what readers see ("" where they see nothing of it).

    A look at the words that are public stands in place of the date that it answered.
    """
    public = PublishedFact.objects.in_force().filter(public_id=OuterRef("public_id"))
    same_words = public.filter(words=OuterRef("words"))
    looks = FactCheck.objects.filter(public_id=OuterRef("public_id"), answers=OuterRef("check_on"))
    latest = looks.filter(Exists(same_words)).order_by("-checked_on", "-pk").values("again_on")[:1]
    words = public.order_by("-visible_from", "-pk").values("words")[:1]
    # One by one: few cards have such a date, and `articles` may be all that there are.
    of_these = Exists(articles.order_by().filter(pk=OuterRef("article")))
    own = FactCard.objects.filter(check_on__lte=until).values("pk")
    earlier = FactCheck.objects.filter(again_on__lte=until, answers__gt=until).order_by().values("public_id")
    looked_at = FactCard.objects.filter(public_id__in=earlier, check_on__isnull=False).values("pk")
    found = FactCard.objects.filter(of_these, pk__in=keys_in_any(own, looked_at), article__is_template=False)
    return (
        found.exclude(article__status=Status.ARCHIVED)
        .annotate(
            due_on=Coalesce(Subquery(latest), "check_on", output_field=DateField()),
            public_words=Coalesce(Subquery(words), Value("")),
        )
        .filter(due_on__lte=until)
        .order_by("due_on", "article", "position")
    )


def most_read_first(due: QuerySet[FactCard]) -> QuerySet[FactCard]:
    """These cards, those of the article with the most readers lately first; of one article the longest overdue."""
    lately = ReadCount.objects.lately(timezone.now()).filter(article=OuterRef("article")).order_by()
    readers = lately.values("article").annotate(sum=Sum("count")).values("sum")
    return due.annotate(readers=Coalesce(Subquery(readers), 0)).order_by("-readers", "article", F("due_on"), "position")


@transaction.atomic
def check_fact(card: FactCard, *, by: User, words: str, again_on: dt.date) -> FactCheck | None:
    """“Checked, still true”: readers see the day, and the fact is due again on `again_on`.

    `words` is the digest of the published words that were looked at, "" for a fact that is not public: then nothing is
    told to anybody, and None is given. The card's own date moves on too where that is a save like any other; where it
    would end an approval or a review, the check alone counts. Raises PermissionDenied, ConflictError, WorkflowError.
    """
    rights.require(by, CHECK, card.article)
    if again_on <= timezone.localdate():
        raise WorkflowError(_("Choose a day ahead for the next look."))
    lock(card.article)  # before the card, as every save does: nobody waits for somebody who waits for them
    locked = drafts.whole_cards(FactCard.objects.select_for_update()).filter(pk=card.pk).first()
    if locked is None:
        raise WorkflowError(_("This fact is not there any more."))
    fact = PublishedFact.objects.in_force().filter(public_id=locked.public_id).order_by("-visible_from", "-pk").first()
    if words != (fact.words if fact else ""):
        raise ConflictError(_("Other words are public by now. Look at the fact again before you say that it is true."))
    if locked.caveat or (fact and fact.caveat):
        raise WorkflowError(_("Readers are told that it is disputed or no longer true: change that first."))
    answers = locked.check_on
    moved = _is_open(locked.article, fact) and _move_date(locked, again_on, by)
    if fact is None and not moved:
        raise WorkflowError(_("This fact is not public, and its article waits for a decision. Its date can move then."))
    row = None
    if fact:
        row = FactCheck.objects.create(
            public_id=fact.public_id, words=fact.words, again_on=again_on, answers=answers, checked_by=by
        )
        note_check(row)
    settle_card(locked.public_id, by=by)
    History.write(locked.article, History.Act.CHECK_FACT, by=by, about=str(locked), fact=locked.public_id)
    return row


def _is_open(article: Article, fact: PublishedFact | None) -> bool:
    """Whether the card's date may move: it is part of the Document, so that moving it is a change of the article."""
    if article.effective_status not in _OPEN:
        return False
    revision = fact.edition.revision if fact and fact.edition.article_id == article.pk else None
    return revision is None or revision.change != article.change


def _move_date(card: FactCard, day: dt.date, by: User) -> bool:
    """False where the card cannot be saved now: a lock, say, is no reason not to look at a fact."""
    value = drafts.card_value(card)
    try:
        with transaction.atomic():
            drafts.save_card(card, dataclasses.replace(value, check_on=day), token=drafts.token(value), by=by)
    except drafts.DraftError:
        return False
    return True
