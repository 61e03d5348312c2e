"""An article and a single fact as their templates show them.

`article_page` needs no row beside the edition it is given, saved or not, so the desk's preview shows a working copy
through the very same code. What lies beyond a spoiler point is in the fields of a card alone; whatever stands outside
the card's closed part is made from `outside`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models.editions import Edition
from articles.models.parts import Parts
from articles.reading import corrections, rows, selectors, sharing, structured
from articles.reading.cards import Card, Question, card_of, question_of, tags_of_open_cards
from articles.reading.page_meta import NOT_INDEXED, Image, PageMeta, page_meta
from articles.reading.rows import ArticleRow, Author, Cover, SubjectName, Tag
from articles.reading.seen import SeenForm
from articles.reading.selectors import FoundFact
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
    tags: Mapping[int, Tag],
    authors: Mapping[int, Author],
    related: Sequence[ArticleRow] = (),
    older: ArticleRow | None = None,
    newer: ArticleRow | None = None,
    *,
    seen: int | None = None,
    is_preview: bool = False,
) -> dict[str, Any]:
    """The context of ARTICLE_TEMPLATE. Ids in the edition's parts that `tags` and `authors` do not name are left out.

    `seen` opens what is safe after that episode; outside of the facts and questions themselves it changes nothing.
    A preview has no dates when nothing was published yet, no structured data, and asks robots to stay away.
    """
    parts, subject = edition.parts, SubjectName.of(edition.subject)
    public_tags = {*parts["tags"], *tags_of_open_cards(parts)}
    corrected = parts["corrections"]
    cards = [card_of(card, tags, public_tags, subject, seen, corrected) for card in parts["cards"]]
    questions = [question_of(faq, subject, seen) for faq in parts["faqs"]]
    bylines = [authors[pk] for pk in parts["authors"] if pk in authors]
    return {
        "head": _article_head(site, edition, cards, bylines, subject, is_preview=is_preview),
        "title": markdown.inline(edition.title),
        "dek": markdown.inline(edition.dek),
        "subject": subject,
        "palette": subject.palette if subject else "slate",
        "cover": Cover.of(edition.cover),
        "authors": bylines,
        "published": rows.Day.of(edition.first_visible_from),
        "updated": rows.Day.of(edition.modified_at) if _is_updated(edition) else None,
        "minutes": rows.minutes_to_read(edition.word_count),
        "introduction": _opening(parts["introduction"], is_first=not edition.cover),
        "cards": cards,
        "has_contents": len(cards) > 1,
        "has_open_contents": len(cards) <= OPEN_CONTENTS,
        "conclusion_heading": markdown.inline(parts["conclusion_heading"]),
        "conclusion": markdown.trusted(parts["conclusion"]),
        "questions": questions,
        "corrections": corrections.in_article(corrected, subject),
        "asked": _asked(subject, seen, [*cards, *questions]),
        "tags": [tags[pk] for pk in parts["tags"] if pk in tags],
        "related": related,
        "older": older,
        "newer": newer,
        "is_preview": is_preview,
    }


def preview_page(site: Site, edition: Edition, seen: int | None = None) -> dict[str, Any]:
    """The whole context of ARTICLE_TEMPLATE for an edition that nobody has saved (publishing.compose). One query."""
    ids = Ids.of(edition.parts)
    names = selectors.names_of(ids.tags, ids.authors)
    page = article_page(site, edition, names.tags, names.authors, seen=seen, is_preview=True)
    return {"site": site, "site_name": site.name, **page}


def fact_page(
    site: Site,
    fact: FoundFact,
    tags: Mapping[int, Tag],
    authors: Mapping[int, Author],
    more: Sequence[rows.FactRow] = (),
) -> dict[str, Any]:
    """The context of FACT_TEMPLATE."""
    edition, subject = fact.edition.edition, fact.edition.subject
    parts = edition.parts
    ids = [card["id"] for card in parts["cards"]]
    at = ids.index(fact.public_id)
    corrected = parts["corrections"]
    public_tags = {*parts["tags"], *tags_of_open_cards(parts)}
    card, before, after = (
        card_of(parts["cards"][place], tags, public_tags, subject, corrections=corrected)
        if 0 <= place < len(ids)
        else None
        for place in (at, at - 1, at + 1)
    )
    assert card is not None  # noqa: S101 - `at` is a place in the list
    if not card.after:
        card = replace(card, body=_opening(card.body, is_first=True))
    article = reverse("article", args=[edition.slug])
    return {
        "head": _fact_head(site, fact, edition, card, article),
        "card": card,
        "subject": subject,
        "is_remembered": bool(subject and card.after),  # an answer that was given elsewhere opens it
        "palette": subject.palette if subject else "slate",
        "authors": [authors[pk] for pk in parts["authors"] if pk in authors],
        "published": rows.Day.of(fact.first_visible_from),
        "article_url": f"{article}#{card.anchor}",
        "article_title": markdown.inline(edition.title),
        "place": at + 1,
        "total": len(ids),
        "before": before,
        "after": after,
        "more": more,
    }


def _opening(body: str, *, is_first: bool) -> SafeString:
    """A body at the head of its page, whose first picture is the page's where nothing stands above it."""
    return markdown.with_first_picture_at_once(body) if is_first else markdown.trusted(body)


def _is_updated(edition: Edition) -> bool:
    return edition.modified_at is not None and edition.modified_at > edition.first_visible_from


def _asked(subject: SubjectName | None, seen: int | None, parts: Sequence[Card | Question]) -> SeenForm | None:
    """Where nothing is to be opened, or nobody can say how far they are in what, nothing is asked."""
    if subject is None or not any(part.after for part in parts):
        return None
    waiting = sum(bool(part.after) and not part.is_safe for part in parts)
    return SeenForm(subject, "./", seen, waiting, in_place=True)


def _article_head(
    site: Site,
    edition: Edition,
    cards: Sequence[Card],
    authors: Sequence[Author],
    subject: SubjectName | None,
    *,
    is_preview: bool,
) -> PageMeta:
    path = reverse("article", args=[edition.slug]) if edition.slug else "/"
    made = page_meta(
        site,
        edition.title,
        edition.dek or _description(edition, subject),
        path,
        kind="article",
    )
    if is_preview:
        return made._replace(robots=NOT_INDEXED)
    shared = sharing.of_article(site.name, edition)
    made = made._replace(image=Image(site.full(sharing.article_path(shared, edition.slug)), shared.alt))
    crumbs = [(gettext("Articles"), reverse("articles"))]
    crumbs += [(subject.name, subject.url)] if subject else []
    corrected = corrections.in_article(edition.parts["corrections"], subject)
    data = structured.data_block(
        structured.article(site, made, edition, authors=authors, subject=subject, corrections=corrected),
        structured.facts(made.canonical, [(card.outside, card.anchor) for card in cards]),
        structured.breadcrumbs(site, [*crumbs, (edition.title, path)]),
    )
    return made._replace(data=data)


def _description(edition: Edition, subject: SubjectName | None) -> str:
    count = {"count": edition.card_count, "subject": subject.name if subject else edition.title}
    return gettext("%(count)s facts about %(subject)s.") % count


def _fact_head(site: Site, fact: FoundFact, edition: Edition, card: Card, article: str) -> PageMeta:
    path = reverse("fact", args=[fact.public_id, fact.slug])
    words = {"heading": card.outside, "title": edition.title}
    description = fact.excerpt or gettext("%(heading)s: a fact out of “%(title)s”.") % words
    crumbs = [(gettext("Articles"), reverse("articles")), (edition.title, article), (card.outside, path)]
    data = structured.data_block(structured.breadcrumbs(site, crumbs))
    made = page_meta(site, card.outside, description, path, kind="article", data=data)
    shared = sharing.of_fact(site.name, edition, fact.public_id)
    asked = urlencode({"url": made.canonical, "format": "json"})
    return made._replace(
        image=Image(site.full(sharing.fact_path(shared, fact.public_id)), shared.alt),
        oembed=f"{site.full(reverse('oembed'))}?{asked}",
    )
