"""What readers see of an article: read from its editions and the clock."""

from __future__ import annotations

import datetime as dt
import enum
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.models import Article, Edition, Revision


@dataclass(frozen=True)
class PublicState:
    """What readers see of an article at an instant, read from its editions: never stored."""

    current: Edition | None  # the event in force
    waiting: tuple[Edition, ...]
    changed_since: bool  # the working copy is not the revision that is live

    @property
    def is_live(self) -> bool:
        return self.current is not None and not self.current.is_removal


def public_state(article: Article, *, at: dt.datetime | None = None) -> PublicState:
    at = at or timezone.now()
    events = Edition.objects.filter(article=article, visible_until__gt=at).defer("parts").select_related("revision")
    return _state(article, events.order_by("visible_from"), at)


def public_states(articles: Sequence[Article]) -> dict[int, PublicState]:
    """Of many articles, by their primary keys, in one query; the content of revisions is left out."""
    now = timezone.now()
    timelines: dict[int, list[Edition]] = defaultdict(list)
    events = Edition.objects.filter(article__in=articles, visible_until__gt=now).select_related("revision")
    for event in events.defer("parts", "revision__content").order_by("visible_from"):
        timelines[event.article_id].append(event)
    return {article.pk: _state(article, timelines[article.pk], now) for article in articles}


def _state(article: Article, events: Iterable[Edition], at: dt.datetime) -> PublicState:
    """`events` are those that are not over by then, in their order."""
    current: Edition | None = None
    waiting = []
    for event in events:
        if event.visible_from <= at:
            current = event
        else:
            waiting.append(event)
    revision = current.revision if current else None
    return PublicState(current, tuple(waiting), revision is not None and not _reads_as(article, revision))


def _reads_as(article: Article, revision: Revision) -> bool:
    """Whether the working copy has the words of a revision, or others that look the same to readers."""
    is_approved = revision.pk == article.approved_revision_id and article.approved_change == article.change
    return revision.change == article.change or is_approved


class PublicFilter(enum.StrEnum):
    """What a list of articles can be narrowed to. An article that is live may also wait for an update."""

    LIVE = "live"
    CHANGED = "changed"  # live, and the working copy is not what is live
    WAITING = "waiting"
    TAKEN_DOWN = "taken-down"
    NEVER = "never"


def in_public_state(articles: QuerySet[Article], wanted: PublicFilter) -> QuerySet[Article]:
    """Those of the articles that are in this state now."""
    now = timezone.now()
    events = Edition.objects.order_by()
    in_force = events.in_force(at=now)
    live = in_force.versions()
    match wanted:
        case PublicFilter.LIVE:
            return articles.filter(Exists(live.filter(article=OuterRef("pk"))))
        case PublicFilter.CHANGED:
            return articles.filter(pk__in=_changed_since(live).values("pk"))
        case PublicFilter.WAITING:
            return articles.filter(pk__in=events.filter(visible_from__gt=now).values("article"))
        case PublicFilter.TAKEN_DOWN:
            return articles.filter(pk__in=in_force.filter(kind=Edition.Kind.REMOVAL).values("article"))
    return articles.filter(~Exists(events.filter(article=OuterRef("pk"), visible_from__lte=now)))


def _changed_since(live: QuerySet[Edition]) -> QuerySet[Article]:
    """As not `_reads_as`. Most articles are live as they were approved: an index alone says so of each."""
    as_approved = Exists(live.filter(revision=OuterRef("approved_revision")))
    here = live.filter(article=OuterRef("pk"))
    other = here.filter(
        Q(revision__change__lt=OuterRef("change")) | Q(revision__change__gt=OuterRef("change")), revision__isnull=False
    )
    return Article.objects.order_by().exclude(as_approved, approved_change=F("change")).filter(Exists(other))
