"""What readers see of an article: read from its editions and the clock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from articles.models import Article, Edition


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
    current: Edition | None = None
    waiting = []
    for event in events.order_by("visible_from"):
        if event.visible_from <= at:
            current = event
        else:
            waiting.append(event)
    revision = current.revision if current else None
    return PublicState(current, tuple(waiting), revision is not None and revision.change != article.change)
