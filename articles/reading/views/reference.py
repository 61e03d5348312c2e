"""Tags and authors: their lists and their pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.document.rules import TAG_LENGTH
from articles.models.cache_groups import AUTHOR_NAMES, AUTHORS, SUBJECT_NAMES, TAG_NAMES, TAGS
from articles.reading import groups, markdown_pages, selectors, sharing, structured
from articles.reading.feeds import FeedOwner, feed_links
from articles.reading.filters import Filters
from articles.reading.negotiation import same_form
from articles.reading.outputs import path_or_404, writable
from articles.reading.page_meta import NOT_INDEXED, page_meta
from articles.reading.paging import Paging, paginate
from articles.reading.rendering import cached_page, permanent_redirect
from articles.reading.rows import ArticleRow, Day, FactRow, SubjectName, Tag
from articles.reading.selectors import CheckedFact, CountedAuthor, FoundAuthor, FoundTag
from articles.reading.site import Site
from articles.reading.views.facts import count_label
from articles.text import markdown, signs

NAMES_PER_PAGE = 200


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    """`?q=` leaves those that have this in their name; a script does so while it is typed."""
    words = signs.line(request.GET.get("q", "")[:TAG_LENGTH])
    clock = selectors.public_clock(timezone.now())
    called = selectors.tags_called(words, clock.now)
    count = called.count() if words else clock.cached("tags", called.count)
    paging = paginate(request, count, urlencode({"q": words}) if words else "", per_page=NAMES_PER_PAGE)
    tags = selectors.tag_rows(words, clock, paging.start, paging.stop)
    return cached_page(
        request,
        "reading/tags.html",
        tag_list_page,
        (tags, paging, words),
        clock,
        lists=(TAGS, TAG_NAMES),
        markdown=markdown_pages.listing,
        is_answer=bool(words),
    )


def tag_list_page(site: Site, tags: tuple[Tag, ...], paging: Paging, words: str) -> dict[str, Any]:
    description = _("What the facts are about, from A to Z, and how many facts have each tag.")
    meta = page_meta(site, _("Tags"), description, paging.here, paging=paging)
    meta = meta._replace(robots=NOT_INDEXED, canonical=site.full(reverse("tags"))) if words else meta
    tags = writable(tags)
    return {
        "meta": structured.described(meta, structured.collection(site, meta, [(tag.name, tag.url) for tag in tags])),
        "tags": tags,
        "words": words,
        "is_whole": paging.last == 1 and not words,  # a script can leave out what does not fit
        "paging": paging,
    }


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.tag_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(same_form(request, path_or_404("tag", found.slug)), clock, found)
    beside = selectors.beside_tag(found.pk, clock)
    paging = paginate(request, beside.facts)
    facts = selectors.rows_tagged(found.pk, clock.now, paging.start, paging.stop)
    names = selectors.names_beside(facts, (*beside.tags, *beside.related), beside.subjects)
    inputs = (
        *(found, paging, names.facts, selectors.articles_at(beside.articles, clock.now)),
        *(names.tags_of(beside.tags), names.related(beside.related)),
        tuple((subject, beside.subjects[pk]) for pk, subject in names.subjects.items()),
    )
    lists = (groups.tag(found.slug), TAG_NAMES, SUBJECT_NAMES)
    return cached_page(
        request, "reading/tag.html", tag_page, inputs, clock, lists=lists, markdown=markdown_pages.listing
    )


def tag_page(
    site: Site,
    found: FoundTag,
    paging: Paging,
    facts: tuple[FactRow, ...],
    articles: tuple[ArticleRow, ...],
    narrower: tuple[Tag, ...],
    related: tuple[Tag, ...],
    subjects: tuple[tuple[SubjectName, int], ...],
) -> dict[str, Any]:
    description = found.description or _("Facts tagged “%(tag)s”, out of every list.") % {"tag": found.name}
    both = [(tag, _index(Filters(tags=(found.slug,)).with_tag(tag.slug))) for tag in writable(narrower)]
    about = sorted(subjects, key=lambda pair: (-pair[1], pair[0].name))
    feeds = feed_links(site, FeedOwner("tags", (found.slug,), (found.name,)))
    image, facts = sharing.tag_image(site, found.name, found.slug), writable(facts)
    meta = page_meta(site, found.name, description, paging.here, paging=paging, image=image, feeds=feeds)
    listed = structured.collection(site, meta, [(row.heading, row.url) for row in facts])
    crumbs = [(_("Tags"), reverse("tags")), (found.name, paging.path)]
    return {
        "meta": structured.described(meta, listed, structured.breadcrumbs(site, crumbs)),
        "tag": Tag(found.name, found.slug),
        "description": markdown.inline(found.description),
        "count_label": count_label(paging.count),
        "paging": paging,
        "facts": facts,
        "has_closed_rows": any(fact.opens_at for fact in facts),
        "articles": writable(articles),
        "narrower": [(tag.html, tag.facts, url) for tag, url in both],
        "narrower_subjects": [
            (subject.html, count, _index(Filters(tags=(found.slug,), subject=subject.slug)))
            for subject, count in about
            if writable([subject])
        ],
        "related": writable(related),
    }


def _index(filters: Filters) -> str:
    return f"{reverse('facts')}?{filters.query}"


# --- authors ----------------------------------------------------------------------------------------------------------


@require_safe
def author_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    paging = paginate(request, clock.cached("authors", selectors.public_authors(clock.now).count))
    authors = selectors.author_rows(clock, paging.start, paging.stop)
    inputs = (authors, paging)
    return cached_page(
        *(request, "reading/authors.html", author_list_page, inputs, clock),
        lists=(AUTHORS, AUTHOR_NAMES),
        markdown=markdown_pages.listing,
    )


def author_list_page(site: Site, authors: tuple[CountedAuthor, ...], paging: Paging) -> dict[str, Any]:
    authors = writable(authors)
    description = _("Who wrote the lists of facts, and how many each of them wrote.")
    meta = page_meta(site, _("Authors"), description, paging.here, paging=paging)
    listed = structured.collection(site, meta, [(each.name, each.url) for each in authors])
    return {
        "meta": structured.described(meta, listed),
        "authors": authors,
        "paging": paging,
    }


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    found, clock = selectors.author_at(slug, timezone.now())
    if found.slug != slug:
        return permanent_redirect(same_form(request, path_or_404("author", found.slug)), clock, found)
    paging = paginate(request, selectors.count_articles(clock, "author", found.pk))
    articles = selectors.articles_by(found.pk, clock.now, paging.start, paging.stop)
    checked = selectors.checked_facts(found.account, clock.now) if found.account and paging.number == 1 else ()
    # Which account that is, the page need not know.
    inputs = (found._replace(account=None), paging, articles, checked)
    return cached_page(
        *(request, "reading/author.html", author_page, inputs, clock),
        lists=(groups.author(found.slug),),
        markdown=markdown_pages.listing,
    )


def author_page(
    site: Site,
    found: FoundAuthor,
    paging: Paging,
    articles: tuple[ArticleRow, ...],
    checked: tuple[CheckedFact, ...],
) -> dict[str, Any]:
    feeds = feed_links(site, FeedOwner("authors", (found.slug,), (found.author.name,)), ("articles", "facts"))
    description = _("Lists of facts by %(author)s.") % {"author": found.author.name}
    image = sharing.author_image(site, found.author.name, found.slug)
    meta = page_meta(site, found.author.name, description, paging.here, paging=paging, image=image, feeds=feeds)
    profile = structured.profile(site, meta, found.author, found.picture)
    crumbs = [(_("Authors"), reverse("authors")), (found.author.name, paging.path)]
    return {
        "meta": structured.described(meta, profile, structured.breadcrumbs(site, crumbs)),
        "author": found.author,
        "picture": found.picture,
        "has_first": found.picture is None,
        "paging": paging,
        "articles": writable(articles),
        "checked": [(each.fact, Day.in_text(each.day, each.fact)) for each in writable(checked)],
        "has_closed_rows": any(each.fact.opens_at for each in checked),
    }
