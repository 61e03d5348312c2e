"""An article and a single fact as their templates show them.

`article_page` needs no row beside the edition it is given, saved or not, so the desk's preview shows a working copy
through the very same code. What lies beyond a spoiler point is in the fields of a card alone; whatever stands outside
the card's closed part is made from `outside`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models.editions import Edition
from articles.reading import rows, selectors, structured
from articles.reading.heads import NOT_INDEXED, Head, head
from articles.reading.rows import ArticleRow, Author, Cover, SubjectName, Tag
from articles.reading.selectors import FoundFact
from articles.reading.site import Site
from articles.text import markdown

ARTICLE_TEMPLATE = "reading/article.html"
FACT_TEMPLATE = "reading/fact.html"
#: Longer contents begin closed.
OPEN_CONTENTS = 12


class Source(NamedTuple):
    url: str
    title: SafeString
    publisher: SafeString
    seen_on: rows.Day | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """`outside` is all that may be told without opening the card; `after` is empty when there is nothing to open."""

    anchor: str
    url: str
    number: int | None
    outside: str
    after: str
    heading: SafeString
    emoji: str
    body: SafeString
    tags: Sequence[Tag]
    quiet_tags: Sequence[Tag]  # told nowhere but here, so they have no page to lead to
    sources: Sequence[Source]

    @property
    def outside_html(self) -> SafeString:
        return markdown.inline(self.outside)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    anchor: str
    outside: str
    after: str
    question: SafeString
    answer: SafeString

    @property
    def outside_html(self) -> SafeString:
        return markdown.inline(self.outside)


class Ids(NamedTuple):
    """The primary keys of reference rows that an edition's parts name."""

    own_tags: tuple[int, ...]
    tags: frozenset[int]  # its own and those of its cards
    authors: tuple[int, ...]

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> Ids:
        of_cards = (tag for card in parts["cards"] for tag in card["tags"])
        return cls(tuple(parts["tags"]), frozenset([*parts["tags"], *of_cards]), tuple(parts["authors"]))


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
    is_preview: bool = False,
) -> dict[str, Any]:
    """The context of ARTICLE_TEMPLATE. Ids in the edition's parts that `tags` and `authors` do not name are left out.

    A preview has no dates when nothing was published yet, no structured data, and asks robots to stay away.
    """
    parts, subject = edition.parts, SubjectName.of(edition.subject)
    public_tags = {*parts["tags"], *_tags_of_open_cards(parts)}
    cards = [_card(card, tags, public_tags, subject) for card in parts["cards"]]
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
        "introduction": markdown.trusted(parts["introduction"]),
        "cards": cards,
        "has_contents": len(cards) > 1,
        "has_open_contents": len(cards) <= OPEN_CONTENTS,
        "conclusion_heading": markdown.inline(parts["conclusion_heading"]),
        "conclusion": markdown.trusted(parts["conclusion"]),
        "questions": [_question(faq, subject) for faq in parts["faqs"]],
        "tags": [tags[pk] for pk in parts["tags"] if pk in tags],
        "related": related,
        "older": older,
        "newer": newer,
        "is_preview": is_preview,
    }


def preview_page(site: Site, edition: Edition) -> dict[str, Any]:
    """The whole context of ARTICLE_TEMPLATE for an edition that nobody has saved (publishing.compose). One query."""
    ids = Ids.of(edition.parts)
    names = selectors.names_of(ids.tags, ids.authors)
    page = article_page(site, edition, names.tags, names.authors, is_preview=True)
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
    public_tags = {*parts["tags"], *_tags_of_open_cards(parts)}
    card, before, after = (
        _card(parts["cards"][place], tags, public_tags, subject) if 0 <= place < len(ids) else None
        for place in (at, at - 1, at + 1)
    )
    assert card is not None  # noqa: S101 - `at` is a place in the list
    article = reverse("article", args=[edition.slug])
    return {
        "head": _fact_head(site, fact, edition, card, article),
        "card": card,
        "subject": subject,
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


def _is_updated(edition: Edition) -> bool:
    return edition.modified_at is not None and edition.modified_at > edition.first_visible_from


def _tags_of_open_cards(parts: Mapping[str, Any]) -> set[int]:
    return {tag for card in parts["cards"] if card["spoiler_after"] is None for tag in card["tags"]}


def _card(card: Mapping[str, Any], tags: Mapping[int, Tag], public_tags: set[int], subject: SubjectName | None) -> Card:
    spoiler_after = card["spoiler_after"]
    own = [(pk in public_tags, tags[pk]) for pk in card["tags"] if pk in tags]
    return Card(
        anchor=card["anchor"],
        url=reverse("fact", args=[card["id"], card["slug"]]) if card["id"] else "",
        number=card["number"],
        outside=rows.safe_to_show(card["heading"], card["safe_heading"], spoiler_after, subject),
        after=rows.after_label(spoiler_after, subject.kind if subject else None),
        heading=markdown.inline(card["heading"]),
        emoji=card["emoji"],
        body=markdown.trusted(card["body"]),
        tags=[tag for is_public, tag in own if is_public],
        quiet_tags=[tag for is_public, tag in own if not is_public],
        sources=[_source(source) for source in card["sources"]],
    )


def _source(source: Mapping[str, Any]) -> Source:
    return Source(
        url=source["url"],
        title=markdown.inline(source["title"] or source["url"]),
        publisher=markdown.inline(source["publisher"]),
        seen_on=rows.Day.of(dt.date.fromisoformat(source["seen_on"])) if source["seen_on"] else None,
    )


def _question(faq: Mapping[str, Any], subject: SubjectName | None) -> Question:
    spoiler_after = faq["spoiler_after"]
    kind = subject.kind if subject else None
    return Question(
        anchor=faq["anchor"],
        outside=rows.safe_question(faq["question"], spoiler_after, subject),
        after=rows.after_label(spoiler_after, kind),
        question=markdown.inline(faq["question"]),
        answer=markdown.trusted(faq["answer"]),
    )


def _article_head(
    site: Site,
    edition: Edition,
    cards: Sequence[Card],
    authors: Sequence[Author],
    subject: SubjectName | None,
    *,
    is_preview: bool,
) -> Head:
    path = reverse("article", args=[edition.slug]) if edition.slug else "/"
    made = head(
        site,
        edition.title,
        edition.dek or _description(edition, subject),
        path,
        kind="article",
        cover=Cover.of(edition.cover),
    )
    if is_preview:
        return made._replace(robots=NOT_INDEXED)
    crumbs = [(gettext("Articles"), reverse("articles"))]
    crumbs += [(subject.name, subject.url)] if subject else []
    data = structured.data_block(
        structured.article(site, made, edition, authors=authors, subject=subject),
        structured.facts(made.canonical, [(card.outside, card.anchor) for card in cards]),
        structured.breadcrumbs(site, [*crumbs, (edition.title, path)]),
    )
    return made._replace(data=data)


def _description(edition: Edition, subject: SubjectName | None) -> str:
    count = {"count": edition.card_count, "subject": subject.name if subject else edition.title}
    return gettext("%(count)s facts about %(subject)s.") % count


def _fact_head(site: Site, fact: FoundFact, edition: Edition, card: Card, article: str) -> Head:
    path = reverse("fact", args=[fact.public_id, fact.slug])
    words = {"heading": card.outside, "title": edition.title}
    description = fact.excerpt or gettext("%(heading)s: a fact out of “%(title)s”.") % words
    crumbs = [(gettext("Articles"), reverse("articles")), (edition.title, article), (card.outside, path)]
    data = structured.data_block(structured.breadcrumbs(site, crumbs))
    return head(site, card.outside, description, path, kind="article", cover=Cover.of(edition.cover), data=data)
