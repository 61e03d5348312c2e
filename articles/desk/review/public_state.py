"""What readers see of an article, in words."""

from __future__ import annotations

import datetime as dt

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Edition
from articles.workflow import PublicFilter, PublicState

FILTER_NAMES = {
    PublicFilter.LIVE: gettext_lazy("Live"),
    PublicFilter.CHANGED: gettext_lazy("Live, changed since"),
    PublicFilter.WAITING: gettext_lazy("Scheduled"),
    PublicFilter.TAKEN_DOWN: gettext_lazy("Taken down"),
    PublicFilter.NEVER: gettext_lazy("Never public"),
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
