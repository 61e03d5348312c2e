"""Structured data (schema.org) of a page, and the one way by which it gets into the page.

It is there to be true, and tells nothing that lies beyond a spoiler point: of a closed fact or question there is the
public heading at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.models.editions import Edition
from articles.models.parts import CardPart, FaqPart, SourcePart
from articles.models.reference import Subject
from articles.reading.corrections import Correction
from articles.reading.page_meta import NOT_INDEXED, PageMeta
from articles.reading.pictures import Cover
from articles.reading.rows import Author, Day, SubjectName
from articles.reading.site import Site
from articles.text import data, plain_html

Node = dict[str, Any]

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


class Item(NamedTuple):
    """A fact in the list on the page: a public heading, an anchor, and the absolute address of a picture or ""."""

    name: str
    anchor: str
    image: str = ""


def described(meta: PageMeta, *nodes: Node) -> PageMeta:
    """The head with these nodes as its JSON-LD element. A page that is not to be indexed describes nothing."""
    return meta if meta.robots == NOT_INDEXED else meta._replace(data=data_block(*nodes))


def data_block(*nodes: Node) -> SafeString:
    graph = {"@context": "https://schema.org", "@graph": nodes}
    return data.json_element(graph, "application/ld+json")


def breadcrumbs(site: Site, steps: Sequence[tuple[str, str]]) -> Node:
    """Names and paths from the list of lists to the page itself."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": site.full(path)}
        for position, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


# --- the article and the fact -----------------------------------------------------------------------------------------


def article(
    site: Site,
    meta: PageMeta,
    edition: Edition,
    *,
    authors: Iterable[Author],
    subject: SubjectName | None,
    corrections: Iterable[Correction] = (),
) -> Node:
    cover = [site.full(edition.cover["url"])] if edition.cover else []
    notes = dict.fromkeys((each.note, each.day) for each in corrections if each.note)
    node = {
        "@type": "Article",
        "@id": f"{meta.canonical}#article",
        "headline": edition.title,
        "mainEntityOfPage": meta.canonical,
        "image": [*cover, *([meta.image.url] if meta.image else [])],
        **_of_words(site, meta, edition, authors, subject),
        **_of_cards(edition.parts["cards"]),
        "correction": [_correction(note, day) for note, day in notes],
    }
    return _without_empty(node)


def fact(
    site: Site,
    meta: PageMeta,
    edition: Edition,
    card: CardPart,
    *,
    heading: str,
    authors: Iterable[Author],
    subject: SubjectName | None,
) -> Node:
    """The page of one fact, whose public heading is `heading`."""
    article_url = site.full(reverse("article", args=[edition.slug]))
    is_open = card["spoiler_after"] is None
    picture = [site.full(card["picture"]["url"])] if card["picture"] and is_open else []
    node = {
        "@type": "WebPage",
        "@id": f"{meta.canonical}#page",
        "name": heading,
        "url": meta.canonical,
        "isPartOf": {
            "@type": "CreativeWork",
            "@id": f"{article_url}#article",
            "name": edition.title,
            "url": article_url,
        },
        "image": [*picture, *([meta.image.url] if meta.image else [])],
        **_of_words(site, meta, edition, authors, subject),
        **_of_cards([card]),
    }
    return _without_empty(node)


def _of_words(
    site: Site, meta: PageMeta, edition: Edition, authors: Iterable[Author], subject: SubjectName | None
) -> Node:
    return {
        "description": meta.description,
        "inLanguage": edition.language or get_language(),
        "datePublished": meta.published.iso if meta.published else "",
        "dateModified": meta.modified.iso if meta.modified else "",
        "author": [{"@type": "Person", "name": each.name, "url": site.full(each.url)} for each in authors],
        "publisher": {"@type": "Organization", "name": site.name, "url": f"{site.origin}/"},
        "about": _subject(site, subject) if subject else {},
    }


def _subject(site: Site, subject: SubjectName) -> Node:
    other_name = {"alternateName": subject.original_name} if subject.original_name else {}
    kind = _SUBJECT_TYPES.get(subject.kind, "Thing")
    return {"@type": kind, "name": subject.name, **other_name, "url": site.full(subject.url)}


def _of_cards(cards: Iterable[CardPart]) -> Node:
    """The sources and quotations of the open ones, each source once."""
    is_open = [card for card in cards if card["spoiler_after"] is None]
    sources = {(source["url"], source["title"]): source for card in is_open for source in card["sources"]}
    return {
        "citation": [_source(source) for source in sources.values() if source["url"] or source["title"]],
        "hasPart": [
            {"@type": "Quotation", "text": text, "creditText": attribution}
            for card in is_open
            for text, attribution in plain_html.quotations(card["body"])
        ],
    }


def _source(source: SourcePart) -> Node:
    publisher = {"@type": "Organization", "name": source["publisher"]} if source["publisher"] else {}
    node = {"name": source["title"] or source["url"], "url": source["url"], "publisher": publisher}
    node |= {"archivedAt": source["archived_url"]}
    return {"@type": "CreativeWork", **_without_empty(node)}


def _correction(note: str, day: Day | None) -> Node:
    return _without_empty({"@type": "CorrectionComment", "text": note, "datePublished": day.iso if day else ""})


def facts(url: str, items: Sequence[Item]) -> Node:
    """The list on the page, in its order."""
    return {
        "@type": "ItemList",
        "@id": f"{url}#facts",
        "numberOfItems": len(items),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": item.name,
                "url": f"{url}#{item.anchor}",
                **({"image": item.image} if item.image else {}),
            }
            for position, item in enumerate(items, 1)
        ],
    }


def questions(url: str, faqs: Iterable[FaqPart]) -> list[Node]:
    """One FAQPage of the open questions, whose answers are HTML, as search engines read them; nothing without any."""
    entities = [
        {
            "@type": "Question",
            "name": faq["question"],
            "url": f"{url}#{faq['anchor']}",
            "acceptedAnswer": {"@type": "Answer", "text": plain_html.bare(faq["answer"])},
        }
        for faq in faqs
        if faq["spoiler_after"] is None
    ]
    return [{"@type": "FAQPage", "@id": f"{url}#questions", "mainEntity": entities}] if entities else []


# --- other pages ------------------------------------------------------------------------------------------------------


def website(site: Site, meta: PageMeta) -> Node:
    """The site, and how it is searched."""
    search = f"{site.full(reverse('search'))}?q={{query}}"
    return {
        "@type": "WebSite",
        "@id": f"{site.origin}/#website",
        "name": site.name,
        "url": meta.canonical,
        "description": meta.description,
        "inLanguage": get_language(),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
        },
    }


def page(site: Site, meta: PageMeta, kind: str = "WebPage") -> Node:
    """A page of this type, which is WebPage or a narrower one."""
    return {
        "@type": kind,
        "@id": f"{meta.canonical}#page",
        "name": meta.title,
        "url": meta.canonical,
        "description": meta.description,
        "inLanguage": get_language(),
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": f"{site.origin}/"},
    }


def collection(site: Site, meta: PageMeta, listed: Iterable[tuple[str, str]], about: SubjectName | None = None) -> Node:
    """A page of a list: names and paths of what it shows, in its order, each once."""
    items = [
        {"@type": "ListItem", "position": position, "name": name, "url": site.full(path)}
        for position, (path, name) in enumerate({path: name for name, path in listed}.items(), 1)
    ]
    shown = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items} if items else {}
    subject = _subject(site, about) if about else {}
    return _without_empty({**page(site, meta, "CollectionPage"), "about": subject, "mainEntity": shown})


def profile(site: Site, meta: PageMeta, author: Author, picture: Cover | None) -> Node:
    person = {
        "@type": "Person",
        "name": author.name,
        "url": site.full(author.url),
        "description": author.bio,
        "image": site.full(picture.url) if picture else "",
    }
    return {**page(site, meta, "ProfilePage"), "mainEntity": _without_empty(person)}


def _without_empty(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in ("", [], {}, None)}
