"""What happened on the desk that somebody may want to be told of: read from the history, the comments and the editions.

Nothing is written for it when it happens. One look gathers all of a time; who is told what is decided in memory.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles import rights, states
from articles.models import Article, Comment, Edition, History
from articles.models.notifications import NotificationChoice

#: So many rows of each table are looked at, the newest: a mail is no archive.
MOST_ROWS = 5000

Kind = NotificationChoice.Kind
_PUBLIC_ACTS = (
    *("publish", "publish-approved", "schedule", "reschedule", "take-down", "take-down-at"),
    "undo-publication",
)


@dataclass(frozen=True)
class Happening:
    """`by` is the account that did it, None where nobody did (or the account is gone). `to` says whom it concerns."""

    kind: Kind
    at: dt.datetime
    article: Article
    by: int | None
    who: str
    words: str
    to: frozenset[int] | None  # accounts; None for all who review

    def concerns(self, user: User) -> bool:
        if self.by == user.pk or not rights.may(user, "articles.view_article", self.article):
            return False
        return user.pk in self.to if self.to is not None else rights.may(user, "articles.review_article")


def happenings(since: dt.datetime, until: dt.datetime) -> list[Happening]:
    """All that happened after `since` up to `until`, in order; a fixed number of queries."""
    found = [*_moves(since, until), *_public_events(since, until), *_remarks(since, until)]
    return sorted(found, key=lambda each: each.at)


def publication_recipients(article: Article, *, by: User) -> list[str]:
    """The names of those whom a digest will tell when this person publishes the article or takes it down."""
    to = frozenset({article.owner_id})
    happening = Happening(Kind.PUBLISHED, timezone.now(), article, by.pk, by.get_username(), "", to)
    people = User.objects.filter(pk__in=to, is_active=True, is_staff=True).exclude(email="")
    choices = {choice.user_id: choice for choice in NotificationChoice.objects.filter(user__in=to)}
    wants = [user for user in people if user.pk not in choices or choices[user.pk].wants(Kind.PUBLISHED)]
    return [user.get_username() for user in wants if happening.concerns(user)]


def _moves(since: dt.datetime, until: dt.datetime) -> Iterator[Happening]:
    kinds = {states.SUBMIT.name: Kind.HANDED_IN, states.SEND_BACK.name: Kind.SENT_BACK}
    lines = History.objects.filter(act__in=kinds, at__gt=since, at__lte=until, article__binned_at=None)
    for line in lines.exclude(article=None).select_related("article")[:MOST_ROWS]:
        assert line.article is not None  # noqa: S101  -- excluded
        to = frozenset({line.article.owner_id}) if line.act == states.SEND_BACK.name else None
        yield Happening(kinds[line.act], line.at, line.article, line.actor_id, line.actor_name, line.note, to)


def _public_events(since: dt.datetime, until: dt.datetime) -> Iterator[Happening]:
    """What became true in public, whenever it was decided: the instant counts, and whoever set it is who did it."""
    events = Edition.objects.filter(visible_from__gt=since, visible_from__lte=until, article__binned_at=None)
    found = list(events.select_related("article").defer("parts").order_by("-visible_from")[:MOST_ROWS])
    actors = _who_set({event.article_id for event in found})
    for event in found:
        by, who = actors.get((event.article_id, _to_the_millisecond(event.visible_from)), (None, ""))
        words = "removal" if event.is_removal else "version"
        to = frozenset({event.article.owner_id})
        yield Happening(Kind.PUBLISHED, event.visible_from, event.article, by, who, words, to)


def _who_set(articles: Iterable[int]) -> Mapping[tuple[int, dt.datetime], tuple[int | None, str]]:
    """By article and instant: the account that set this event, the last one where somebody moved it."""
    lines = History.objects.filter(article__in=list(articles), act__in=_PUBLIC_ACTS).order_by("pk")
    found = {}
    for article, at, actor, name in lines.values_list("article", "details__at", "actor", "actor_name"):
        if instant := parse_datetime(at) if isinstance(at, str) else None:
            found[article, _to_the_millisecond(instant)] = (actor, name)
    return found


def _to_the_millisecond(at: dt.datetime) -> dt.datetime:
    """As JSON has it."""
    return at.replace(microsecond=at.microsecond // 1000 * 1000)


def _remarks(since: dt.datetime, until: dt.datetime) -> Iterator[Happening]:
    """Who is mentioned is told of that, and not of the answer beside."""
    rows = Comment.objects.filter(written_at__gt=since, written_at__lte=until, article__binned_at=None)
    found = list(rows.select_related("article", "author").order_by("-written_at")[:MOST_ROWS])
    threads = _writers_of_threads({row.parent_id for row in found if row.parent_id})
    names = _mentioned_in(found)
    for row in found:
        who = row.by_name
        mentioned = names.get(row.pk, frozenset())
        concerned = {row.article.owner_id, *threads.get(row.parent_id or 0, ())} - mentioned
        for kind, to in ((Kind.MENTIONED, mentioned), (Kind.REPLIED, frozenset(concerned))):
            if to:
                yield Happening(kind, row.written_at, row.article, row.author_id, who, row.text, to)


def _writers_of_threads(parents: Iterable[int]) -> Mapping[int, set[int]]:
    """By the first comment of a thread: all who wrote in it."""
    found: dict[int, set[int]] = defaultdict(set)
    keys = list(parents)
    for rows, thread in (
        (Comment.objects.filter(pk__in=keys), "pk"),
        (Comment.objects.filter(parent__in=keys), "parent"),
    ):
        for pk, author in rows.exclude(author=None).values_list(thread, "author"):
            found[pk].add(author)
    return found


def _mentioned_in(comments: Iterable[Comment]) -> Mapping[int, frozenset[int]]:
    """By comment: the accounts that it mentions, as `workflow.comments` noted them when it was written."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Comment.mentioned.through.objects.filter(comment__in=[row.pk for row in comments])
    for comment, account in rows.values_list("comment", "user"):
        found[comment].add(account)
    return {comment: frozenset(accounts) for comment, accounts in found.items()}
