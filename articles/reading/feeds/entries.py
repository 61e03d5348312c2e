"""What an entry of a feed holds: an article, or a fact, in full up to its spoiler points.

A closed fact is named by its public heading and linked; a question behind a spoiler point is left out. Nothing in an
entry depends on what lies beyond such a point, not even its dates.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse

from articles.models.editions import Edition
from articles.models.parts import CardPart, CorrectionPart
from articles.reading import corrections, rows
from articles.reading.cards import card_of, question_of
from articles.reading.outputs import made, without_forbidden_signs, writable
from articles.reading.pictures import Cover
from articles.reading.rows import SubjectName
from articles.reading.selectors import FoundFact, Names
from articles.reading.site import Site
from articles.text import markdown
from articles.text.feed_html import for_feeds


class Entry(NamedTuple):
    """Plain text but for `html`; absolute addresses. `language` is empty where it is the site's."""

    id: str
    title: str
    url: str
    summary: str
    html: str
    published: dt.datetime
    updated: dt.datetime
    language: str
    authors: tuple[tuple[str, str], ...]  # names and addresses; of the site, which has no page of its own, ""
    tags: tuple[str, ...]
    image: str


def article_entry(site: Site, edition: Edition, names: Names, first_slug: str, first_seen: dt.datetime) -> Entry:
    """Of an edition in hand, saved or not. `first_slug` and `first_seen` are how the article first appeared: its id
    stays true when it gets another slug, host or database.
    """
    parts, subject, language = edition.parts, SubjectName.of(edition.subject), edition.language
    cards = made(lambda card: card_of(card, {}, set(), subject, language=language), parts["cards"])
    questions = made(lambda faq: question_of(faq, subject, None, language), parts["faqs"])
    cover, url = Cover.of(edition.cover, edition), site.full(reverse("article", args=[edition.slug]))
    context = {
        "cover": cover,
        "dek": edition.dek,
        "introduction": markdown.trusted(parts["introduction"]),
        "cards": cards,
        "conclusion_heading": markdown.inline(parts["conclusion_heading"]),
        "conclusion": markdown.trusted(parts["conclusion"]),
        "questions": [question for question in questions if not question.spoiler_label],
        "corrections": corrections.for_feed(_open(parts["corrections"]), subject),
    }
    return Entry(
        id=_urn(f"{first_slug} {first_seen.isoformat()}"),
        title=without_forbidden_signs(edition.title, edition),
        url=url,
        summary=without_forbidden_signs(edition.dek, edition),
        html=_html("article", context, url),
        published=edition.first_visible_from,
        updated=edition.modified_at,
        language=language,
        authors=_authors(site, parts["authors"], names),
        tags=_tags(parts["tags"], names),
        image=site.full(cover.src) if cover else "",
    )


def fact_entry(site: Site, fact: FoundFact, names: Names) -> Entry:
    """Raises LookupError where the edition does not have the fact."""
    edition = fact.edition.edition
    part = {each["id"]: each for each in edition.parts["cards"]}[fact.public_id]
    subject, is_open = SubjectName.of(edition.subject), part["spoiler_after"] is None
    card = card_of(part, {}, set(), subject, language=edition.language)
    url = site.full(reverse("fact", args=[fact.public_id, fact.slug]))
    entries = [each for each in _open(edition.parts["corrections"]) if each["id"] == fact.public_id]
    context = {
        "card": card,
        "corrections": corrections.for_card(entries, part) if is_open else [],
        "article_url": f"{reverse('article', args=[edition.slug])}#{card.anchor}",
        "article_title": markdown.inline(edition.title),
    }
    return Entry(
        id=_urn(f"fact {fact.public_id}"),
        title=without_forbidden_signs(card.public_heading, fact),
        url=url,
        summary=without_forbidden_signs(fact.excerpt, fact),
        html=_html("fact", context, url),
        published=fact.first_visible_from,
        updated=_updated(fact, part) if is_open else fact.first_visible_from,
        language=edition.language if is_open or part["safe_heading"] else "",
        authors=_authors(site, edition.parts["authors"], names),
        tags=_tags([*(part["tags"] if is_open else []), *edition.parts["tags"]], names),
        image=site.full(card.picture.src) if card.picture and is_open else "",
    )


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _html(kind: str, context: Mapping[str, object], url: str) -> str:
    return for_feeds(render_to_string(f"reading/feed_{kind}.html", dict(context)), url)


def _updated(fact: FoundFact, part: CardPart) -> dt.datetime:
    """A typo moves nothing: see publishing.corrections."""
    changed = rows.instant_in(part["changed_at"], part)
    return max(changed, fact.first_visible_from) if changed else fact.first_visible_from


def _open(entries: Collection[CorrectionPart]) -> list[CorrectionPart]:
    return [each for each in entries if each["spoiler_after"] is None]


def _authors(site: Site, keys: Collection[int], names: Names) -> tuple[tuple[str, str], ...]:
    """An article without a byline is the site's."""
    known = dict(names.authors)
    found = writable(known[key] for key in keys if key in known)
    return tuple((without_forbidden_signs(each.name, each), site.full(each.url)) for each in found) or (
        (site.name, ""),
    )


def _tags(keys: Collection[int], names: Names) -> tuple[str, ...]:
    known = dict(names.tags)
    found = [known[key] for key in dict.fromkeys(keys) if key in known]
    return tuple(without_forbidden_signs(each.name, each) for each in found)
