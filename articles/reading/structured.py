"""Structured data (schema.org) of a page, and the one way by which it gets into the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models.editions import Edition
from articles.models.reference import Subject
from articles.reading.corrections import Correction
from articles.reading.page_meta import PageMeta
from articles.reading.rows import Author, Day, SubjectName
from articles.reading.site import Site
from articles.text import data

_SUBJECT_TYPES: Mapping[str, str] = {
    Subject.Kind.DRAMA: "TVSeries",
    Subject.Kind.SERIES: "TVSeries",
    Subject.Kind.FILM: "Movie",
    Subject.Kind.BAND: "MusicGroup",
    Subject.Kind.PERSON: "Person",
    Subject.Kind.WEBTOON: "ComicSeries",
    Subject.Kind.GAME: "VideoGame",
    Subject.Kind.BOOK: "Book",
}


def data_block(*nodes: Mapping[str, Any]) -> SafeString:
    """The nodes of a page as its JSON-LD element."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    return data.json_element(graph, "application/ld+json")


def breadcrumbs(site: Site, steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Names and paths from the list of lists to the page itself."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": site.full(path)}
        for position, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article(
    site: Site,
    meta: PageMeta,
    edition: Edition,
    *,
    authors: Iterable[Author],
    subject: SubjectName | None,
    corrections: Iterable[Correction] = (),
) -> dict[str, Any]:
    published, modified = Day.of(edition.first_visible_from, edition), Day.of(edition.modified_at, edition)
    days = {"datePublished": published, "dateModified": modified}
    node: dict[str, Any] = {
        "@type": "Article",
        "@id": f"{meta.canonical}#article",
        "headline": edition.title,
        "description": meta.description,
        "inLanguage": get_language(),
        **{name: day.iso for name, day in days.items() if day},
        "mainEntityOfPage": meta.canonical,
        "author": [{"@type": "Person", "name": each.name, "url": site.full(each.url)} for each in authors],
        "publisher": {"@type": "Organization", "name": site.name, "url": f"{site.origin}/"},
    }
    cover = [site.full(edition.cover["url"])] if edition.cover else []
    node["image"] = [*cover, *([meta.image.url] if meta.image else [])]
    if subject:
        node["about"] = {"@type": _SUBJECT_TYPES.get(subject.kind, "Thing"), "name": subject.name}
    notes = dict.fromkeys((each.note, each.day) for each in corrections if each.note)
    if notes:
        node["correction"] = [_correction(note, day) for note, day in notes]
    return node


def _correction(note: str, day: Day | None) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "text": note, "datePublished": day.iso if day else None}


def facts(url: str, items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The list on the page: public headings and anchors, in page order."""
    return {
        "@type": "ItemList",
        "@id": f"{url}#facts",
        "numberOfItems": len(items),
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "url": f"{url}#{anchor}"}
            for position, (name, anchor) in enumerate(items, 1)
        ],
    }
