"""Days and instants as pages show them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from articles.reading.outputs import log_left_out


class Day(NamedTuple):
    """An instant or a day, for a `time` element. Days compare by their ISO form."""

    iso: str
    text: str

    @classmethod
    def of(cls, when: dt.datetime | dt.date | None, row: object = "") -> Day | None:
        """None without a day, and for an instant that has none in the site's time zone (at the ends of all time): that
        is logged with the name of `row`.
        """
        if when is None:
            return None
        try:
            when = timezone.localtime(when) if isinstance(when, dt.datetime) else when
        except OverflowError as error:
            log_left_out(row or f"the instant {when.isoformat()}", error)
            return None
        iso = when.isoformat(timespec="seconds") if isinstance(when, dt.datetime) else when.isoformat()
        return cls(iso, date_format(when, pgettext("how a day is written", "j F Y")))

    @classmethod
    def in_text(cls, text: str | None, part: object) -> Day | None:
        """Of a day in ISO form out of a part of an edition; None, and a line in the log, for what is none."""
        try:
            return cls.of(dt.date.fromisoformat(text)) if text else None
        except (TypeError, ValueError) as error:
            log_left_out(part, error)
            return None

    @classmethod
    def as_far_as_said(cls, text: str, part: object) -> Day | None:
        """Of a day, a month or a year in ISO form: “2025-03” is March 2025. None, and a line in the log, for none."""
        try:
            match text.count("-"):
                case 0:
                    return cls(text, date_format(dt.date(int(text), 1, 1), pgettext("how a year is written", "Y")))
                case 1:
                    first = dt.date.fromisoformat(f"{text}-01")
                    return cls(text, date_format(first, pgettext("how a month is written", "F Y")))
            return cls.of(dt.date.fromisoformat(text))
        except (TypeError, ValueError) as error:
            log_left_out(part, error)
            return None


def instant_in(text: str | None, part: object) -> dt.datetime | None:
    """An instant in ISO form out of a part of an edition; None, and a line in the log, for what is none."""
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except (TypeError, ValueError) as error:
        log_left_out(part, error)
        return None
