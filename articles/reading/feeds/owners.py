"""Of whom a feed was asked for: found by slugs, under their current names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from articles.reading import selectors
from articles.reading.feeds.addresses import FeedOwner
from articles.reading.filters import MOST_TAGS
from articles.reading.rows import Tag
from articles.reading.selectors import FeedScope, PublicClock
from articles.text import slugs

_SLUG = re.compile(slugs.PATTERN)


class FoundOwner(NamedTuple):
    owner: FeedOwner
    scope: FeedScope
    tags: tuple[Tag, ...] = ()  # of a choice: those that are public


def chosen_slugs(query: QueryDict) -> tuple[str, ...]:
    """The tags of a query, each once. Raises BadRequest for more than ten, Http404 for what can be nobody's slug."""
    found = tuple(dict.fromkeys(filter(None, query.getlist("tag"))))
    if len(found) > MOST_TAGS:
        raise BadRequest(_("A feed can follow at most ten tags: make two feeds of them."))
    if not all(_SLUG.fullmatch(slug) for slug in found):
        raise Http404
    return found


def choice_of(asked: Iterable[str], clock: PublicClock) -> FoundOwner:
    """What has any of these tags: under their current slugs, from A to Z; of one tag its own feed. One query.

    A tag that is not public keeps its place in the address: its facts may come back, and the feed goes on telling of
    the others. Raises Http404 where none is public.
    """
    asked = tuple(asked)
    found = selectors.understood(asked, "", clock.now).tags
    if not found:
        raise Http404
    keys = {tag: key for key, tag in found.values()}
    tags = tuple(sorted(keys, key=lambda tag: tag.slug))
    current = tuple(sorted({found[slug][1].slug if slug in found else slug for slug in asked}))
    owner = FeedOwner("choice" if len(current) > 1 else "tags", current, tuple(tag.name for tag in tags))
    return FoundOwner(owner, FeedScope("tag", tuple(keys[tag] for tag in tags)), tags)


def owner_at(kind: str, slug: str, now: dt.datetime) -> tuple[FoundOwner, PublicClock]:
    """The public tag, subject or author at a current or former slug; `kind` is "tags", "subjects" or "authors".

    One query. Raises Http404.
    """
    if not _SLUG.fullmatch(slug):
        raise Http404
    find, scope, name_of = _FINDERS[kind]
    found, clock = find(slug, now)
    owner = FeedOwner(kind, (found.slug,), (name_of(found),))
    tags = (Tag(found.name, found.slug),) if kind == "tags" else ()
    return FoundOwner(owner, FeedScope(scope, (found.pk,)), tags), clock


_FINDERS: Mapping[str, tuple[Callable[..., Any], str, Callable[[Any], str]]] = {
    "tags": (selectors.tag_at, "tag", lambda found: found.name),
    "subjects": (selectors.subject_at, "subject", lambda found: found.name.name),
    "authors": (selectors.author_at, "author", lambda found: found.author.name),
}
