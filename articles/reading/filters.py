"""What the query of the fact index asks for, and the way back to its one address."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from articles.models.reference import Subject
from articles.reading.seen import seen_episode
from articles.reading.selectors.fact_query import CHECKED, EPISODE, INTERESTING, NEWEST, OLDEST, TITLE
from articles.text import questions, slugs

MOST_TAGS = 10
SORTS = (NEWEST, OLDEST, INTERESTING, CHECKED, EPISODE, TITLE)
#: What else than facts an address may show: all tags or all subjects of the choice, or any one fact of it.
TAGS, SUBJECTS, RANDOM = "tags", "subjects", "random"
#: All parameters that mean something, in their order.
PARAMETERS = (
    *("q", "tag", "subject", "kind", "sourced", "checked", "picture", "spoilers", "sort", "seen", "show"),
    *("page", "until"),
)
_SLUG = re.compile(slugs.PATTERN)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_MOST_DIGITS = 16  # of microseconds: to the year 2286


@dataclass(frozen=True, slots=True)
class Filters:
    """Slugs as they were asked for, in their order; empty fields, as a form sends them, ask for nothing.

    `seen` is an answer about the subject: without one it says nothing.
    """

    tags: tuple[str, ...] = ()
    subject: str = ""
    kind: str = ""
    is_sourced: bool = False
    is_checked: bool = False
    has_picture: bool = False
    without_spoilers: bool = False
    sort: str = NEWEST  # of a search: the best first
    seen: int | None = None
    words: str = ""
    show: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Raises BadRequest for more than ten tags, and for an order, a kind or a wish that there is not; and Http404
        for what can be nobody's slug.
        """
        tags = tuple(sorted({*filter(None, query.getlist("tag"))}))
        if len(tags) > MOST_TAGS:
            raise BadRequest(_("Facts can be looked up by at most ten tags at once."))
        subject, kind, sort = query.get("subject", ""), query.get("kind", ""), query.get("sort") or NEWEST
        if not all(_SLUG.fullmatch(slug) for slug in filter(None, (*tags, subject))):
            raise Http404
        if kind and kind not in Subject.Kind.values:
            raise BadRequest(_("There is no such kind of subject."))
        if sort not in SORTS or (sort == EPISODE and not subject):
            raise BadRequest(
                _("Facts can be sorted by newest, oldest, interesting, checked or title, and of a subject by episode.")
            )
        asked = questions.parse(query.get("q", ""))
        return cls(
            tags=tags,
            subject=subject,
            kind=kind,
            is_sourced=_wish(query, "sourced", "yes"),
            is_checked=_wish(query, "checked", "yes"),
            has_picture=_wish(query, "picture", "yes"),
            without_spoilers=_wish(query, "spoilers", "hide"),
            sort=sort,
            seen=seen_episode(query) if subject else None,
            words=asked.text if asked.wanted else "",
            show=_one_of(query, "show", (TAGS, SUBJECTS, RANDOM)),
        )

    @property
    def is_empty(self) -> bool:
        return self == type(self)()

    @property
    def query(self) -> str:
        return urlencode(self.pairs, errors="replace")

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """In the order of PARAMETERS."""
        pairs = [("q", self.words), *(("tag", tag) for tag in self.tags), ("subject", self.subject)]
        pairs += [("kind", self.kind), ("sourced", "yes" if self.is_sourced else "")]
        pairs += [("checked", "yes" if self.is_checked else ""), ("picture", "yes" if self.has_picture else "")]
        pairs += [("spoilers", "hide" if self.without_spoilers else "")]
        pairs += [("sort", self.sort if self.sort != NEWEST else ""), ("seen", str(self.seen or ""))]
        return tuple((name, value) for name, value in (*pairs, ("show", self.show)) if value)

    @property
    def count(self) -> int:
        """How many things the list is narrowed by."""
        marks = (self.is_sourced, self.is_checked, self.has_picture, self.without_spoilers)
        return len(self.tags) + sum(map(bool, (self.words, self.subject, self.kind, *marks)))

    def with_tag(self, slug: str) -> Self:
        return replace(self, tags=tuple(sorted({*self.tags, slug})))

    def with_mark(self, name: str, *, is_on: bool) -> Self:
        """`name` is that of a field that says yes or no."""
        return replace(self, **{name: is_on})  # type: ignore[arg-type]

    def without_tag(self, slug: str) -> Self:
        return replace(self, tags=tuple(tag for tag in self.tags if tag != slug))

    def without_subject(self) -> Self:
        return replace(self, subject="", sort=NEWEST if self.sort == EPISODE else self.sort, seen=None)


def _wish(query: QueryDict, name: str, value: str) -> bool:
    return bool(_one_of(query, name, (value,)))


def _one_of(query: QueryDict, name: str, values: tuple[str, ...]) -> str:
    value = query.get(name, "")
    if value and value not in values:
        example = f"{name}={values[0]}"
        raise BadRequest(_("This is not understood: “%(name)s”. Say %(example)s.") % {"name": name, "example": example})
    return value


def known_pairs(query_string: str) -> tuple[tuple[str, str], ...]:
    """The parameters of an address that mean something, as they stand there."""
    pairs = parse_qsl(query_string, keep_blank_values=True, errors="replace")
    return tuple((name, value) for name, value in pairs if name in PARAMETERS)


# --- until when a fact was first public -------------------------------------------------------------------------------
# The pages after the first say it in their address, so that what arrives in between moves no row from page to page.


def mark_of(instant: dt.datetime | None) -> str:
    return str((instant - _EPOCH) // dt.timedelta(microseconds=1)) if instant else ""


def instant_of(mark: str, now: dt.datetime) -> dt.datetime | None:
    """None for what is none, and for one that has not come yet."""
    if not (mark.isascii() and mark.isdecimal() and len(mark) <= _MOST_DIGITS):
        return None
    instant = _EPOCH + dt.timedelta(microseconds=int(mark))
    return instant if instant <= now and mark_of(instant) == mark else None
