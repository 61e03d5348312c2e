"""The feeds: of articles and of facts, for the whole site, a tag, a subject, an author, or a choice of tags.

/feeds/facts.atom                      /feeds/articles.rss                    /feeds/facts.json
/feeds/tags/<slug>/facts.atom          /feeds/subjects/<slug>/articles.rss    /feeds/authors/<slug>/facts.json
/feeds/facts.atom?tag=<slug>&tag=<slug>      what has any of up to ten tags
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.reading import feeds, groups, pages, selectors
from articles.reading.feeds import WHOLE_SITE, About, Entry, FeedOwner, FoundOwner
from articles.reading.outputs import BROKEN, log_left_out, made, path_or_404, without_forbidden_signs
from articles.reading.rendering import cached_response, for_this_request_alone, permanent_redirect
from articles.reading.selectors import FeedArticle, FeedScope, FoundFact, Names, PublicClock
from articles.reading.site import Site, site_of


@require_safe
def feed(request: HttpRequest, content: str, suffix: str) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    asked = feeds.chosen_slugs(request.GET)
    if not asked:
        return _feed(request, FoundOwner(WHOLE_SITE, FeedScope()), content, suffix, clock)
    found = feeds.choice_of(asked, clock)
    owner = found.owner
    if owner.kind == "tags":
        return permanent_redirect(path_or_404("feed-of", owner.kind, *owner.slugs, content, suffix), clock, owner)
    if list(owner.slugs) != request.GET.getlist("tag"):
        return permanent_redirect(owner.path(content, suffix), clock, owner)
    return _feed(request, found, content, suffix, clock)


@require_safe
def feed_of(request: HttpRequest, kind: str, slug: str, content: str, suffix: str) -> HttpResponse:
    found, clock = feeds.owner_at(kind, slug, timezone.now())
    if found.owner.slugs != (slug,):
        path = path_or_404("feed-of", kind, *found.owner.slugs, content, suffix)
        return permanent_redirect(path, clock, found.owner)
    return _feed(request, found, content, suffix, clock)


def _feed(request: HttpRequest, whose: FoundOwner, content: str, suffix: str, clock: PublicClock) -> HttpResponse:
    owner, scope = whose.owner, whose.scope
    found = selectors.feed_articles(scope, clock) if content == "articles" else selectors.feed_facts(scope, clock)
    names = _names_in(found)
    inputs = (owner, content, suffix, found, names)
    kind = f"{feeds.FORMATS[suffix][1]}; charset=utf-8"
    # There are many feeds, each as long as twenty articles: only those of the whole site are kept among the pages.
    lists, is_answer = groups.owner_lists(owner), owner != WHOLE_SITE
    response = cached_response(request, text, inputs, clock, lists=lists, content_type=kind, is_answer=is_answer)
    if settings.WEBSUB_HUB and owner.kind != "choice":  # nobody can tell a hub of all choices
        own = site_of(request).full(owner.path(content, suffix))
        response["Link"] = f'<{settings.WEBSUB_HUB}>; rel="hub", <{own}>; rel="self"'
    if clock.last_event and (clock.now - clock.last_event).total_seconds() < 1:
        # Within its second another event may follow, which the date could not tell from this one (RFC 9110, 8.8.2.2).
        return for_this_request_alone(response)
    if clock.last_event:  # what changes without an event, a name for instance, is told by the ETag alone
        response["Last-Modified"] = http_date(clock.last_event.timestamp())
    return response


def _names_in(found: Iterable[FeedArticle | FoundFact]) -> Names:
    """Of the authors and tags that these name. One query."""
    tags: set[int] = set()
    authors: set[int] = set()
    for edition in {each.edition for each in found}:
        try:
            ids = pages.ids_in(edition.parts_text)
        except BROKEN as error:
            log_left_out(edition, error)
            continue
        tags |= ids.tags
        authors |= {*ids.authors}
    return selectors.names_of(tags, authors) if tags or authors else selectors.NO_NAMES


def text(
    site: Site,
    owner: FeedOwner,
    content: str,
    suffix: str,
    found: tuple[FeedArticle | FoundFact, ...],
    names: Names,
) -> str:
    title = without_forbidden_signs(owner.title(content, site), "the title of a feed")
    description = _("New lists of facts") if content == "articles" else _("New facts, one at a time")
    about = About(title, description, site.full(owner.page_path), site.full(owner.path(content, suffix)))

    def entry(each: FeedArticle | FoundFact) -> Entry:
        if isinstance(each, FoundFact):
            return feeds.fact_entry(site, each, names)
        return feeds.article_entry(site, each.edition.edition, names, each.first_slug, each.first_seen)

    return feeds.feed_text(suffix, about, made(entry, found))
