"""One page that explains feeds and gives their addresses, also of what a reader chooses."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.cache_groups import TAG_NAMES, TAGS
from articles.reading import feeds, groups, markdown_pages, selectors, structured
from articles.reading.feeds import CONTENTS, FORMATS, WHOLE_SITE, FeedOwner, FoundOwner
from articles.reading.negotiation import same_form
from articles.reading.outputs import writable
from articles.reading.page_meta import INDEXED, NOT_INDEXED, page_meta
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import Tag
from articles.reading.selectors import FeedScope
from articles.reading.site import Site

#: From A to Z; every other tag's own page leads here with the tag chosen.
MOST_OFFERED = 300


class FeedAddress(NamedTuple):
    """One feed: what it is of, its address in the format for everybody, and the others by name."""

    id: str
    label: str
    url: str
    others: tuple[tuple[str, str], ...]

    @property
    def urls(self) -> list[str]:
        return [self.url, *(url for _name, url in self.others)]


@require_safe
def follow(request: HttpRequest) -> HttpResponse:
    """`?tag=` (up to ten), `?subject=` or `?author=` choose what the first addresses are of."""
    clock = selectors.public_clock(timezone.now())
    asked = feeds.chosen_slugs(request.GET)
    subject, author = request.GET.get("subject"), request.GET.get("author")
    found = FoundOwner(WHOLE_SITE, FeedScope())
    if asked:
        found = feeds.choice_of(asked, clock)
    elif subject or author:
        found, clock = feeds.owner_at(*(("subjects", subject) if subject else ("authors", author or "")), clock.now)
    if found.owner.follow_query != [(name, slug) for name in request.GET for slug in request.GET.getlist(name)]:
        return permanent_redirect(same_form(request, found.owner.follow_path), clock, found.owner)
    offered = selectors.tag_rows("", clock, 0, MOST_OFFERED)
    is_answer = found.owner != WHOLE_SITE
    inputs = (found.owner, found.tags, offered)
    return cached_page(
        request,
        "reading/follow.html",
        follow_page,
        inputs,
        clock,
        lists=(TAGS, TAG_NAMES, *(groups.owner_lists(found.owner) if is_answer else ())),
        markdown=markdown_pages.follow,
        is_answer=is_answer,
    )


def follow_page(site: Site, owner: FeedOwner, chosen: tuple[Tag, ...], offered: tuple[Tag, ...]) -> dict[str, Any]:
    is_chosen = owner != WHOLE_SITE
    robots = NOT_INDEXED if is_chosen else INDEXED
    slugs = {tag.slug for tag in chosen}
    links = feeds.feed_links(site, owner) if is_chosen else feeds.feed_links(site, owner, ("facts",))
    description = _("New facts and lists, in the app of your choice: no account, no mail, nobody who watches.")
    meta = page_meta(site, _("Follow"), description, reverse("follow"), feeds=links, robots=robots)
    return {
        "meta": structured.described(meta, structured.page(site, meta)),
        "whose": ", ".join(owner.names),
        "own_feeds": _addresses(site, owner, "own") if is_chosen else (),
        "site_feeds": _addresses(site, WHOLE_SITE, "site"),
        "chosen": chosen,
        "tags": writable((*chosen, *(tag for tag in offered if tag.slug not in slugs))),
        "origin": site.origin,
    }


def _addresses(site: Site, owner: FeedOwner, prefix: str) -> tuple[FeedAddress, ...]:
    labels = {"facts": _("Facts"), "articles": _("Articles")}
    found = []
    for content in reversed(CONTENTS):
        (_atom, first), *others = [
            (name, site.full(owner.path(content, end))) for end, (name, _kind) in FORMATS.items()
        ]
        found.append(FeedAddress(f"{prefix}-{content}", labels[content], first, tuple(others)))
    return tuple(found)
