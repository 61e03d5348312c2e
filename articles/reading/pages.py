"""An article and a single fact as their templates show them.

`article_page` needs no row beside the edition it is given, saved or not, so the desk's preview shows a working copy
through the very same code. What lies beyond a spoiler point is in the fields of a card alone; all that is
shown outside the card's closed part is made from `public_heading`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models.editions import Edition
from articles.models.parts import Parts
from articles.reading import corrections, rows, selectors, sharing, structured
from articles.reading.cards import Card, Question, card_of, question_of, tags_of_open_cards
from articles.reading.outputs import BROKEN, log_left_out, made, writable, writable_or_none
from articles.reading.page_meta import NOT_INDEXED, Image, PageMeta, page_meta
from articles.reading.rows import Author, Cover, FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm
from articles.reading.selectors import NO_NEIGHBOURS, FoundFact, Names, Neighbours
from articles.reading.site import Site
from articles.text import markdown

ARTICLE_TEMPLATE = "reading/article.html"
FACT_TEMPLATE = "reading/fact.html"
#: Longer contents begin closed.
OPEN_CONTENTS = 12


class Ids(NamedTuple):
    """The primary keys of reference rows that an edition's parts name, and whether they have anything to open."""

    own_tags: tuple[int, ...]
    tags: frozenset[int]  # its own and those of its cards
    authors: tuple[int, ...]
    has_spoilers: bool

    @classmethod
    def of(cls, parts: Parts) -> Ids:
        of_cards = (tag for card in parts["cards"] for tag in card["tags"])
        has_spoilers = any(part["spoiler_after"] is not None for part in (*parts["cards"], *parts["faqs"]))
        tags = frozenset([*parts["tags"], *of_cards])
        return cls(tuple(parts["tags"]), tags, tuple(parts["authors"]), has_spoilers)


@lru_cache(maxsize=200)
def ids_in(parts_text: str) -> Ids:
    """The same from the parts as text: an article that is read often is not read as JSON each time."""
    return Ids.of(json.loads(parts_text))


def article_page(
    site: Site,
    edition: Edition,
    names: Names,
    neighbours: Neighbours = NO_NEIGHBOURS,
    *,
    seen: int | None = None,
    is_preview: bool = False,
) -> dict[str, Any]:
    """The context of ARTICLE_TEMPLATE. Ids in the edition's parts that are not among the names are left out.

    `seen` opens what is safe after that episode; outside of the facts and questions themselves it changes nothing.
    A preview has no dates when nothing was published yet, no structured data, and asks robots to stay away.
    """
    parts, subject = edition.parts, writable_or_none(SubjectName.of(edition.subject))
    tags, authors = _writable_names(names)
    public_tags = {*parts["tags"], *tags_of_open_cards(parts)}
    corrected = parts["corrections"]
    cards = made(lambda card: card_of(card, tags, public_tags, subject, seen, corrected), parts["cards"])
    questions = made(lambda faq: question_of(faq, subject, seen), parts["faqs"])
    bylines = [authors[pk] for pk in parts["authors"] if pk in authors]
    return {
        "meta": _article_meta(site, edition, cards, bylines, subject, is_preview=is_preview),
        "title": markdown.inline(edition.title),
        "dek": markdown.inline(edition.dek),
        "subject": subject,
        "palette": subject.palette if subject else "slate",
        "cover": Cover.of(edition.cover, edition),
        "authors": bylines,
        "published": rows.Day.of(edition.first_visible_from, edition),
        "updated": rows.Day.of(edition.modified_at, edition) if _is_updated(edition) else None,
        "minutes": rows.minutes_to_read(edition.word_count),
        "introduction": _with_eager_picture(parts["introduction"], is_first=not edition.cover),
        "cards": cards,
        "has_contents": len(cards) > 1,
        "has_open_contents": len(cards) <= OPEN_CONTENTS,
        "conclusion_heading": markdown.inline(parts["conclusion_heading"]),
        "conclusion": markdown.trusted(parts["conclusion"]),
        "questions": questions,
        "corrections": corrections.for_article(corrected, subject),
        "seen_form": _seen_form(subject, seen, [*cards, *questions]),
        "tags": [tags[pk] for pk in parts["tags"] if pk in tags],
        "related": writable(neighbours.related),
        "older": writable_or_none(neighbours.older),
        "newer": writable_or_none(neighbours.newer),
        "is_preview": is_preview,
    }


def preview_page(site: Site, edition: Edition, seen: int | None = None) -> dict[str, Any]:
    """The whole context of ARTICLE_TEMPLATE for an edition that nobody has saved (publishing.compose). One query."""
    ids = Ids.of(edition.parts)
    names = selectors.names_of(ids.tags, ids.authors)
    page = article_page(site, edition, names, seen=seen, is_preview=True)
    return {"site": site, "site_name": site.name, **page}


def fact_page(site: Site, fact: FoundFact, names: Names, more: Sequence[FactRow] = ()) -> dict[str, Any]:
    """The context of FACT_TEMPLATE."""
    edition = fact.edition.edition
    parts, subject = edition.parts, writable_or_none(fact.edition.subject)
    tags, authors = _writable_names(names)
    ids = [card["id"] for card in parts["cards"]]
    at = ids.index(fact.public_id)
    corrected = parts["corrections"]
    public_tags = {*parts["tags"], *tags_of_open_cards(parts)}
    make = partial(card_of, tags=tags, public_tags=public_tags, subject=subject, corrections=corrected)
    card = make(parts["cards"][at])
    previous = next(iter(made(make, parts["cards"][at - 1 : at] if at else ())), None)
    following = next(iter(made(make, parts["cards"][at + 1 : at + 2])), None)
    if not card.spoiler_label:
        card = replace(card, body=_with_eager_picture(card.body, is_first=True))
    article = reverse("article", args=[edition.slug])
    return {
        "meta": _fact_meta(site, fact, edition, card, article),
        "card": card,
        "subject": subject,
        "is_remembered": bool(subject and card.spoiler_label),  # an answer that was given elsewhere opens it
        "palette": subject.palette if subject else "slate",
        "authors": [authors[pk] for pk in parts["authors"] if pk in authors],
        "published": rows.Day.of(fact.first_visible_from, fact),
        "article_url": f"{article}#{card.anchor}",
        "article_title": markdown.inline(edition.title),
        "place": at + 1,
        "total": len(ids),
        "previous": previous,
        "following": following,
        "more": writable(more),
    }


def _writable_names(names: Names) -> tuple[dict[int, Tag], dict[int, Author]]:
    """The tags and authors that have an address, by primary key."""
    tags = {pk: tag for pk, tag in names.tags if writable_or_none(tag)}
    return tags, {pk: author for pk, author in names.authors if writable_or_none(author)}


def _with_eager_picture(body: str, *, is_first: bool) -> SafeString:
    """A body whose first picture is loaded at once where it is the first picture of its page."""
    return markdown.with_first_picture_at_once(body) if is_first else markdown.trusted(body)


def _is_updated(edition: Edition) -> bool:
    first, last = edition.first_visible_from, edition.modified_at
    return first is not None and last is not None and last > first


def _seen_form(subject: SubjectName | None, seen: int | None, parts: Sequence[Card | Question]) -> SeenForm | None:
    """None where nothing is closed, or no subject is named that a reader could have seen some of."""
    if subject is None or not any(part.spoiler_label for part in parts):
        return None
    closed_count = sum(bool(part.spoiler_label) and not part.is_safe for part in parts)
    return SeenForm(subject, "./", seen, closed_count, in_place=True)


def _article_meta(
    site: Site,
    edition: Edition,
    cards: Sequence[Card],
    authors: Sequence[Author],
    subject: SubjectName | None,
    *,
    is_preview: bool,
) -> PageMeta:
    path = reverse("article", args=[edition.slug]) if edition.slug else "/"
    meta = page_meta(site, edition.title, edition.dek or _description(edition, subject), path, kind="article")
    if is_preview:
        return meta._replace(robots=NOT_INDEXED)
    shared = sharing.of_article(site.name, edition)
    meta = meta._replace(image=Image(site.full(sharing.article_path(shared, edition.slug)), shared.alt))
    crumbs = [(gettext("Articles"), reverse("articles"))]
    crumbs += [(subject.name, subject.url)] if subject else []
    corrected = corrections.for_article(edition.parts["corrections"], subject)
    try:
        data = structured.data_block(
            structured.article(site, meta, edition, authors=authors, subject=subject, corrections=corrected),
            structured.facts(meta.canonical, [(card.public_heading, card.anchor) for card in cards]),
            structured.breadcrumbs(site, [*crumbs, (edition.title, path)]),
        )
    except BROKEN as error:
        log_left_out(edition, error)
        return meta
    return meta._replace(data=data)


def _description(edition: Edition, subject: SubjectName | None) -> str:
    count = {"count": edition.card_count, "subject": subject.name if subject else edition.title}
    return gettext("%(count)s facts about %(subject)s.") % count


def _fact_meta(site: Site, fact: FoundFact, edition: Edition, card: Card, article: str) -> PageMeta:
    path = reverse("fact", args=[fact.public_id, fact.slug])
    words = {"heading": card.public_heading, "title": edition.title}
    description = fact.excerpt or gettext("%(heading)s: a fact out of “%(title)s”.") % words
    crumbs = [(gettext("Articles"), reverse("articles")), (edition.title, article), (card.public_heading, path)]
    data = structured.data_block(structured.breadcrumbs(site, crumbs))
    meta = page_meta(site, card.public_heading, description, path, kind="article", data=data)
    shared = sharing.of_fact(site.name, edition, fact.public_id)
    query = urlencode({"url": meta.canonical, "format": "json"})
    return meta._replace(
        image=Image(site.full(sharing.fact_path(shared, fact.public_id)), shared.alt),
        oembed=f"{site.full(reverse('oembed'))}?{query}",
    )
