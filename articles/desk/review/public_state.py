"""What readers see of articles, in words and for many articles at once."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article, Edition
from articles.workflow import PublicState

#: The public states that a list can be narrowed to, with their names.
PUBLIC_STATES = {
    "live": gettext_lazy("Live"),
    "changed": gettext_lazy("Live, changed since"),
    "waiting": gettext_lazy("Waiting for its time"),
    "taken-down": gettext_lazy("Taken down"),
    "never": gettext_lazy("Never public"),
}


def moment(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def day(at: dt.datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATE_FORMAT")


def public_words(state: PublicState) -> list[str]:
    """A line for what is in force (to the day), and one for each event that waits (to the minute)."""
    lines = []
    current = state.current
    if current is None:
        lines.append(_("Never public"))
    elif current.is_removal:
        lines.append(_("Taken down since %(at)s") % {"at": day(current.visible_from)})
    elif state.changed_since:
        lines.append(_("Live since %(at)s, changed since") % {"at": day(current.visible_from)})
    else:
        lines.append(_("Live since %(at)s") % {"at": day(current.visible_from)})
    return lines + [event_words(event) for event in state.waiting]


def event_words(event: Edition) -> str:
    sentence = _("To be taken down on %(at)s") if event.is_removal else _("To be published on %(at)s")
    return sentence % {"at": moment(event.visible_from)}


def public_states(articles: Sequence[Article]) -> dict[int, PublicState]:
    """As `workflow.public_state`, for all of a page in one query."""
    now = timezone.now()
    lines: dict[int, list[Edition]] = defaultdict(list)
    events = Edition.objects.filter(article__in=articles, visible_until__gt=now).order_by("visible_from")
    for event in events.defer("parts", "revision__content").select_related("revision"):
        lines[event.article_id].append(event)
    return {article.pk: _state(article, lines[article.pk], now) for article in articles}


def _state(article: Article, events: Iterable[Edition], now: dt.datetime) -> PublicState:
    current, waiting = None, []
    for event in events:
        if event.visible_from > now:
            waiting.append(event)
        else:
            current = event
    revision = current.revision if current else None
    return PublicState(current, tuple(waiting), revision is not None and revision.change != article.change)


def in_public_state(articles: QuerySet[Article], name: str) -> QuerySet[Article]:
    """The articles in one of PUBLIC_STATES; an article that is live may also be waiting for an update."""
    now = timezone.now()
    events = Edition.objects.filter(article=OuterRef("pk"))
    in_force = events.in_force(at=now)
    live = in_force.versions()
    conditions: dict[str, Any] = {
        "live": Exists(live),
        "changed": Exists(live.exclude(revision__change=OuterRef("change"))),
        "waiting": Exists(events.filter(visible_from__gt=now)),
        "taken-down": Exists(in_force.filter(kind=Edition.Kind.REMOVAL)),
        "never": ~Exists(events.filter(visible_from__lte=now)),
    }
    return articles.filter(conditions[name])
