"""The timeline of an article: at most one at an instant, each in force until the next.

Everything here runs in one transaction with the article's row locked. Nothing has to happen when an instant comes:
what is in force is read from the instants that were written when the event was made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.document import Document, InvalidError, validate
from articles.models import Article, Edition, EditionAuthor, EditionTag, PublishedTag, Revision
from articles.models.editions import FOR_EVER
from articles.models.outbox import announce
from articles.models.parts import Parts
from articles.proofs import proofs_of_cards
from articles.publishing import addresses, clock, corrections, ledger, projection, search_rows
from articles.publishing.composing import compose, proofs_in, with_tags_of
from articles.publishing.notices import PublishingError, UpdateNotice
from articles.translation import translated


def is_update(article: Article, content: Mapping[str, Any], at: dt.datetime | None = None) -> bool:
    """Whether publishing a Revision's content at that instant (now without one) changes words that readers see until
    then.
    """
    before = Edition.objects.filter(article=article, visible_from__lte=at or timezone.now())
    last = before.select_related("revision").defer("parts").order_by("visible_from").last()
    return last is not None and last.revision is not None and last.revision.content != content


@transaction.atomic
def publish(
    revision: Revision,
    *,
    at: dt.datetime | None = None,
    backdated: bool = False,
    notice: UpdateNotice | None = None,
    tagged_as: Parts | None = None,
) -> Edition:
    """Makes a version from a revision, in force from `at` (now without one) until the article's next event.

    `at` lies ahead, and the revision passes the gate, or PublishingError. Only an operator's import of an article
    without any event may be `backdated`.
    An update without a `notice` moves the dates and corrects nothing. `tagged_as` has the tags, where the names of the
    revision are not those of today.
    """
    now = _lock(revision.article)
    at = _instant(revision.article, at, now, backdated=backdated)
    composed = compose(value := _checked(revision), held=True, proofs=proofs_of_cards(value, revision.article))
    if tagged_as:
        composed = with_tags_of(composed, tagged_as)
    edition = composed.edition
    edition.article, edition.revision = revision.article, revision
    if notice:
        notice.check()
        edition.change_kind, edition.change_note = notice
    try:
        first = addresses.claim(edition, [fact.public_id for fact in composed.facts], at)
    except addresses.AddressTakenError as error:
        raise PublishingError(str(error)) from error
    with ledger.recorded([revision.article_id], first):
        is_alone = _insert(edition, at)
        EditionAuthor.objects.bulk_create(
            EditionAuthor(edition=edition, author=author, position=position)
            for position, author in enumerate(composed.authors, 1)
        )
        EditionTag.objects.bulk_create(
            EditionTag(edition=edition, tag=tag, position=position) for position, tag in enumerate(composed.tags, 1)
        )
        seen = [public_id for public_id, instant in first.items() if instant < at]
        tag_rows = projection.write(edition, composed, first, seen)
    _update_events(revision.article, now, made=edition, is_alone=is_alone)
    search_rows.write_new(edition, [tag.pk for tag in composed.tags], list(composed.facts), tag_rows)
    announce(edition, "article.published")
    return edition


@transaction.atomic
def take_down(article: Article, *, at: dt.datetime | None = None) -> Edition:
    """Makes a takedown: from `at` (now without one) the article's addresses answer 410."""
    now = _lock(article)
    at = _instant(article, at, now, backdated=False)
    removal = Edition(article=article, kind=Edition.Kind.REMOVAL)
    with ledger.recorded([article.pk]):
        _insert(removal, at)
    _update_events(article, now)
    announce(removal, "article.taken_down")
    return removal


@transaction.atomic
def cancel(edition: Edition) -> None:
    """Unmakes a waiting event: its predecessor runs on, and addresses that nobody has seen are released."""
    now = _lock(edition.article)
    following = _remove(edition, now)
    if following:
        _carry_over_notice(edition, following)
    _update_events(edition.article, now)


@transaction.atomic
def reschedule(edition: Edition, at: dt.datetime) -> Edition:
    """Makes a waiting event happen at another instant ahead; the words stay those that were approved."""
    article, revision = edition.article, edition.revision
    now = _lock(article)
    parts = Edition.objects.filter(pk=edition.pk).values_list("parts", flat=True).first()  # with the tags of today
    following = _remove(edition, now)
    if following and following.visible_from < at:
        _carry_over_notice(edition, following)
    if revision is None:
        return take_down(article, at=at)
    return publish(revision, at=at, notice=UpdateNotice.of(edition), tagged_as=parts)


@transaction.atomic
def exchange(edition: Edition, revision: Revision, *, tagged_as: Parts) -> Edition:
    """Puts a version of other words in the place of a waiting one, at the same instant and with the same notice.

    Raises PublishingError, where it waits no more among others.
    """
    now = _lock(edition.article)
    _remove(edition, now)
    return publish(revision, at=edition.visible_from, notice=UpdateNotice.of(edition), tagged_as=tagged_as)


@transaction.atomic
def rebuild(edition: Edition) -> None:
    """Renders a version again, after the renderer changed. Instants, addresses, tags and what was proved then stay."""
    _hold(edition.article)
    now = timezone.now()
    edition.refresh_from_db()
    if edition.revision is None:
        return
    composed = compose(edition.revision.document, proofs=proofs_in(edition.parts))
    composed = with_tags_of(composed, edition.parts)
    corrections.render_again(edition, composed.edition.parts)
    for name in ("cover", "card_count", "word_count", "renderer"):
        setattr(edition, name, getattr(composed.edition, name))
    edition.save(update_fields=["parts", "cover", "card_count", "word_count", "renderer"])
    if edition.visible_until > now:
        with ledger.recorded([edition.article_id]):
            projection.write_again(edition, composed)
        search_rows.write([edition])


# --- the timeline -----------------------------------------------------------------------------------------------------


def _lock(article: Article) -> dt.datetime:
    """Locks the timeline; gives the instant that counts as now: later than that of every earlier holder of the lock.

    Raises PublishingError where the clock stands before anything that was made.
    """
    _hold(article)
    try:
        return clock.now()
    except clock.ClockError as error:
        raise PublishingError(str(error)) from error


def _hold(article: Article) -> None:
    Article.objects.select_for_update().values_list("pk").get(pk=article.pk)


def _checked(revision: Revision) -> Document:
    """Its Document, checked again: an older program or a hand in the database may have made it.

    A fact without an id of its own has no address, and would break every list that it stands in.
    """
    try:
        value = validate(revision.document)
    except InvalidError as error:
        raise PublishingError(translated(error.message)) from error
    if not all([*(card.public_id for card in value.cards), *(faq.public_id for faq in value.faqs)]):
        raise PublishingError(_("A fact or question has no id of its own: save the article and approve it again."))
    return value


def _instant(article: Article, at: dt.datetime | None, now: dt.datetime, *, backdated: bool) -> dt.datetime:
    if at is None:
        return now
    if at >= FOR_EVER:
        raise PublishingError(_("That time is too far ahead."))
    if at <= now and not (backdated and not article.editions.exists()):
        raise PublishingError(_("That time has passed: choose one that lies ahead."))
    return at


def _events(article: Article) -> QuerySet[Edition]:
    return Edition.objects.filter(article=article).defer("parts").order_by("visible_from")


def _insert(edition: Edition, at: dt.datetime) -> bool:
    """Gives whether it is the only event of its article."""
    before: Edition | None = None
    until = FOR_EVER
    events = list(_events(edition.article))
    for event in events:
        if event.visible_from == at:
            raise PublishingError(_("Something else already happens to this article at that very moment."))
        if event.visible_from > at:
            until = event.visible_from
            break
        before = event
    if before:
        _end(before, at)  # before the new one is written: only one event may be the last
    edition.visible_from = edition.first_visible_from = edition.modified_at = at
    edition.visible_until = until
    if not edition.is_removal:
        corrections.date_first_version(edition)
    edition.save()
    return not events


def _remove(edition: Edition, now: dt.datetime) -> Edition | None:
    """Takes a waiting event out of the timeline; gives the one after it. Raises PublishingError if it waits no more."""
    waiting = _events(edition.article).filter(pk=edition.pk, visible_from__gt=now).first()
    if waiting is None:
        raise PublishingError(_("This has already happened, or somebody else cancelled it."))
    before = _events(edition.article).filter(visible_from__lt=waiting.visible_from).last()
    with ledger.recorded([waiting.article_id]):
        addresses.release(waiting)
        waiting.delete()
        if before:
            _end(before, waiting.visible_until)
    return _events(edition.article).filter(visible_from__gt=waiting.visible_from).first()


def _carry_over_notice(gone: Edition, following: Edition) -> None:
    """Gives the version after a cancelled one its notice, where that says more: readers get the same changes."""
    if following.is_removal or corrections.WEIGHTS[gone.change_kind] <= corrections.WEIGHTS[following.change_kind]:
        return
    following.change_kind, following.change_note = gone.change_kind, gone.change_note
    following.save(update_fields=["change_kind", "change_note"])


def _end(edition: Edition, until: dt.datetime) -> None:
    edition.visible_until = until
    edition.save(update_fields=["visible_until"])
    edition.facts.update(visible_until=until)
    PublishedTag.objects.filter(fact__in=edition.facts.values("pk")).update(visible_until=until)
    search_rows.end(edition)


def _update_events(article: Article, now: dt.datetime, made: Edition | None = None, *, is_alone: bool = False) -> None:
    """Sets what each event that lies ahead has from those before it (first publication, dates and places of change),
    and drops the fact rows of editions that are over. Call it after every change of the timeline.

    `made` is a new event that the caller holds and goes on using, `is_alone` if it is the only one. Raises
    PublishingError when a takedown would follow nothing, or another takedown.
    """
    version: Edition | None = None
    first: dt.datetime | None = None
    was_removal = True
    if made and is_alone:
        events = [made]
    else:
        stored = _events(article).select_related("revision").defer("parts", "revision__content")
        events = [made if made and event.pk == made.pk else event for event in stored]
    for event in events:
        if event.is_removal and was_removal:
            raise PublishingError(_("A takedown would have nothing to take down: cancel it first."))
        first = first or event.visible_from
        if event.visible_from >= now:  # what has happened does not change any more
            _update_event(event, version, first, is_update=not was_removal)
        was_removal = event.is_removal
        if not event.is_removal:
            version = event
    projection.drop([event for event in events if event.visible_until <= now])


_DERIVED = ("first_visible_from", "modified_at", "parts")


def _update_event(event: Edition, version: Edition | None, first: dt.datetime, *, is_update: bool) -> None:
    """Sets the fields of _DERIVED, writes them where they changed. `version` is the last one before it with words."""
    was = [getattr(event, name) for name in _DERIVED]
    event.first_visible_from = first
    if event.is_removal:
        event.modified_at = event.visible_from
    elif version is None:
        corrections.date_first_version(event)
    else:
        corrections.date_next_version(event, version, is_update=is_update)
    if was == [getattr(event, name) for name in _DERIVED]:
        return
    event.save(update_fields=_DERIVED)
    if not event.is_removal:
        corrections.write_rows(event)
        search_rows.date(event)
