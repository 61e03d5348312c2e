"""The instant of a move as somebody writes it: on the clock of the site's zone, where an hour may be missing or come
twice; and what else happens on that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from articles.desk.pages import article_url
from articles.models import Article, Edition

#: So many events are listed beside a time.
MOST_EVENTS = 20
#: Before them nothing is planned, and at the ends of the calendar there is no day before or after, nor any instant in
#: UTC for each of its hours.
YEARS = range(1900, 9999)
FIRST, SECOND = "first", "second"


class InstantField(forms.DateTimeField):
    """A wall-clock time in the current zone. One that the clock leaves out is refused; where it comes twice, `which`
    says which of the two instants is meant.
    """

    which = FIRST

    def to_python(self, value: Any) -> dt.datetime | None:
        try:
            found = super().to_python(value)
        except ValidationError as error:
            wall = _wall_of(error)
            if wall is None:
                raise
        else:
            if found and found.year not in YEARS:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            return found
        pair = instants_of(wall)
        if not pair:
            sentence = _("The clocks change on that day: %(time)s does not come in %(zone)s. Choose another time.")
            told = {"time": formats.time_format(wall.time()), "zone": timezone.get_current_timezone_name()}
            raise ValidationError(sentence % told, code="skipped")
        return pair[self.which == SECOND]


def time_field() -> InstantField:
    return InstantField(
        label=_("Time (%(zone)s)") % {"zone": settings.TIME_ZONE},
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write a day and a time, such as 2030-05-01T10:00."),
        },
    )


def time_fields(data: Mapping[str, Any] | None) -> dict[str, forms.Field]:
    """The field, and the question which of two instants is meant where what was sent comes twice."""
    at = time_field()
    pair = _pair_of(data.get("at")) if data else ()
    if not data or not pair:
        return {"at": at}
    at.which = str(data.get("which", FIRST))
    return {"at": at, "which": _which_field(pair)}


def instants_of(wall: dt.datetime) -> tuple[dt.datetime, ...]:
    """The two instants of a time that the clock shows twice in the current zone; none of one that it leaves out."""
    zone = timezone.get_current_timezone()
    pair = tuple(wall.replace(tzinfo=zone, fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    return pair if all(at.astimezone(zone).replace(tzinfo=None) == wall for at in pair) else ()


def _pair_of(sent: Any) -> tuple[dt.datetime, ...]:
    try:
        forms.DateTimeField().to_python(sent)
    except ValidationError as error:
        wall = _wall_of(error)
        return instants_of(wall) if wall else ()
    return ()


def _wall_of(error: ValidationError) -> dt.datetime | None:
    """The time that Django could not place in the zone; None where something else is wrong with it."""
    found = (error.params or {}).get("datetime") if getattr(error, "code", "") == "ambiguous_timezone" else None
    return found if isinstance(found, dt.datetime) else None


def _which_field(pair: Sequence[dt.datetime]) -> forms.Field:
    names = (_("the first time (%(offset)s)"), _("the second time, an hour later (%(offset)s)"))
    sentence = _("The clocks change on that day, and this time comes twice: choose which is meant.")
    return forms.ChoiceField(
        label=_("Which of the two"),
        choices=[
            (value, name % {"offset": f"UTC{timezone.localtime(at):%z}"})
            for value, name, at in zip((FIRST, SECOND), names, pair, strict=True)
        ],
        widget=forms.RadioSelect,
        error_messages={"required": sentence, "invalid_choice": sentence},
    )


# --- what else happens ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DayEvent:
    at: dt.datetime
    title: str
    url: str
    is_removal: bool
    is_own: bool


@dataclass(frozen=True)
class DayEvents:
    """What happens on `day`; without one, what is scheduled from now on. `more`: others are left out."""

    day: dt.date | None
    events: Sequence[DayEvent]
    more: bool


def events_beside(article: Article, at: dt.datetime | None) -> DayEvents:
    """Of all articles, on the day of that instant in the current zone. One query."""
    day = timezone.localtime(at).date() if at and at.year in YEARS else None
    rows = Edition.objects.filter(visible_from__gt=timezone.now())
    if day:
        begins, ends = (midnight(each) for each in (day, day + dt.timedelta(days=1)))
        rows = Edition.objects.filter(visible_from__gte=begins, visible_from__lt=ends)
    rows = rows.filter(article__binned_at=None).select_related("article").defer("parts").order_by("visible_from", "pk")
    found = list(rows[: MOST_EVENTS + 1])
    events = [
        DayEvent(
            at=row.visible_from,
            title=row.title or row.article.title,
            url=article_url("change", row.article),
            is_removal=row.is_removal,
            is_own=row.article_id == article.pk,
        )
        for row in found[:MOST_EVENTS]
    ]
    return DayEvents(day, events, more=len(found) > MOST_EVENTS)


def midnight(day: dt.date) -> dt.datetime:
    """The first instant of a day in the current zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
