"""What the query of the fact index asks for, and the way back to an address."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from articles.reading.seen import seen_episode
from articles.reading.selectors.facts import EPISODE, NEWEST, OLDEST
from articles.text import slugs

MOST_TAGS = 10
_SLUG = re.compile(slugs.PATTERN)


@dataclass(frozen=True, slots=True)
class Filters:
    """Slugs as they were asked for; empty fields, as a form sends them, ask for nothing.

    `seen` is an answer about the subject: without one it says nothing.
    """

    tags: tuple[str, ...] = ()
    subject: str = ""
    without_spoilers: bool = False
    sort: str = NEWEST
    seen: int | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Raises BadRequest for more than ten tags, an unknown order, or a wish about spoilers that is not "hide"; and
        Http404 for what can be nobody's slug.
        """
        tags = tuple(dict.fromkeys(filter(None, query.getlist("tag"))))
        if len(tags) > MOST_TAGS:
            raise BadRequest(_("Facts can be looked up by at most ten tags at once."))
        subject, spoilers, sort = query.get("subject", ""), query.get("spoilers", ""), query.get("sort") or NEWEST
        if not all(_SLUG.fullmatch(slug) for slug in filter(None, (*tags, subject))):
            raise Http404
        if spoilers not in ("", "hide"):
            raise BadRequest(_("Spoilers can be hidden with spoilers=hide, and in no other way."))
        if sort not in (NEWEST, OLDEST, EPISODE) or (sort == EPISODE and not subject):
            raise BadRequest(_("Facts can be sorted by newest or oldest, and those about one subject by episode."))
        return cls(tags, subject, spoilers == "hide", sort, seen_episode(query) if subject else None)

    @property
    def is_empty(self) -> bool:
        return self == type(self)()

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        pairs = [("tag", tag) for tag in self.tags]
        pairs += [("subject", self.subject)] if self.subject else []
        pairs += [("spoilers", "hide")] if self.without_spoilers else []
        pairs += [("sort", self.sort)] if self.sort != NEWEST else []
        pairs += [("seen", str(self.seen))] if self.seen else []
        return tuple(pairs)

    def without_tag(self, slug: str) -> Self:
        return replace(self, tags=tuple(tag for tag in self.tags if tag != slug))

    def without_subject(self) -> Self:
        return replace(self, subject="", sort=NEWEST if self.sort == EPISODE else self.sort, seen=None)

    def with_spoilers(self) -> Self:
        return replace(self, without_spoilers=False)

    def without_seen(self) -> Self:
        return replace(self, seen=None)
