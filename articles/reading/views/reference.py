"""Tags, subjects and authors: their lists and their pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models.reference import Address
from articles.reading import selectors
from articles.reading.filters import Filters
from articles.reading.heads import head
from articles.reading.paging import paged
from articles.reading.rendering import moved, show
from articles.reading.rows import Author, SubjectName, Tag
from articles.reading.selectors import FactQuery
from articles.reading.views.facts import found_words
from articles.text import markdown

NAMES_PER_PAGE = 100
TAG_ARTICLES = 4
SUBJECT_FACTS = 6


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    found = selectors.public_tags(clock.now)
    paging = paged(request, clock.remember("tags", found.count), per_page=NAMES_PER_PAGE)
    tags = selectors.tag_rows(found[paging.start : paging.stop])
    return show(
        request,
        "reading/tags.html",
        (tags, paging),
        lambda site: {
            "head": head(site, _("Tags"), _("What the facts are about, from A to Z."), paging.here, paging=paging),
            "tags": tags,
            "paging": paging,
        },
        clock,
    )


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    owner, clock = selectors.owner_of(Address.Kind.TAG, slug, timezone.now())
    if owner.slug != slug:
        return moved(reverse("tag", args=[owner.slug]), clock)
    query = FactQuery(tags=(owner.pk,))
    paging = paged(request, selectors.count_facts(query, clock))
    facts = selectors.facts(query, clock, paging.start, paging.stop)
    articles = selectors.articles_tagged(owner.pk, TAG_ARTICLES, clock)
    return show(
        request,
        "reading/tag.html",
        (owner.name, slug, owner.description, paging, facts, articles),
        lambda site: {
            "head": head(
                site,
                owner.name,
                owner.description or _("Facts tagged “%(tag)s”, out of every list.") % {"tag": owner.name},
                paging.here,
                paging=paging,
            ),
            "tag": Tag(owner.name, slug),
            "description": markdown.inline(owner.description),
            "found": found_words(paging.count),
            "paging": paging,
            "facts": facts,
            "articles": articles,
        },
        clock,
    )


@require_safe
def subject_list(request: HttpRequest) -> HttpResponse:
    clock = selectors.public_clock(timezone.now())
    found = selectors.public_subjects(clock.now)
    paging = paged(request, clock.remember("subjects", found.count), per_page=NAMES_PER_PAGE)
    subjects = selectors.subject_rows(found[paging.start : paging.stop])
    return show(
        request,
        "reading/subjects.html",
        (subjects, paging),
        lambda site: {
            "head": head(
                site,
                _("Subjects"),
                _("The dramas, films, bands and people that the lists are about."),
                paging.here,
                paging=paging,
            ),
            "subjects": subjects,
            "paging": paging,
        },
        clock,
    )


@require_safe
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    owner, clock = selectors.owner_of(Address.Kind.SUBJECT, slug, timezone.now())
    if owner.slug != slug:
        return moved(reverse("subject", args=[owner.slug]), clock)
    found = selectors.articles(clock.now).about(owner)
    paging = paged(request, clock.remember(f"articles-about/{owner.pk}", found.count))
    articles = selectors.article_rows(found[paging.start : paging.stop])
    facts = selectors.fact_rows(selectors.facts_about(owner.pk, clock.now)[:SUBJECT_FACTS])
    tags = selectors.named_tags(selectors.subject_tags(owner.pk, clock))
    name, others = SubjectName.of(owner), tuple(owner.other_names)
    return show(
        request,
        "reading/subject.html",
        (name, others, owner.episodes, paging, articles, facts, tags),
        lambda site: {
            "head": head(
                site,
                owner.name,
                _("Lists of facts about %(subject)s, and each fact on its own.") % {"subject": owner.name},
                paging.here,
                paging=paging,
            ),
            "subject": name,
            "other_names": [markdown.inline(other) for other in others],
            "episodes": owner.episodes,
            "facts_query": f"{reverse('facts')}?{Filters(subject=slug).query}",
            "paging": paging,
            "articles": articles,
            "facts": facts,
            "tags": tags,
        },
        clock,
    )


@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    owner, clock = selectors.owner_of(Address.Kind.AUTHOR, slug, timezone.now())
    if owner.slug != slug:
        return moved(reverse("author", args=[owner.slug]), clock)
    found = selectors.articles_by(owner.pk, clock.now)
    paging = paged(request, clock.remember(f"articles-by/{owner.pk}", found.count))
    articles = selectors.article_rows(found[paging.start : paging.stop])
    writer, picture = Author(owner.name, slug, owner.bio), selectors.picture_of(owner)
    return show(
        request,
        "reading/author.html",
        (writer, picture, paging, articles),
        lambda site: {
            "head": head(
                site,
                owner.name,
                _("Lists of facts by %(author)s.") % {"author": owner.name},
                paging.here,
                paging=paging,
            ),
            "author": writer,
            "picture": picture,
            "paging": paging,
            "articles": articles,
        },
        clock,
    )
