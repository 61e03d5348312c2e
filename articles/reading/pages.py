"""An article and a single fact as their templates show them.

`article_page` needs no row beside the edition it is given, saved or not, so the desk's preview shows a working copy
through the very same code. What lies beyond a spoiler point is in the fields of a card alone; all that is
shown outside the card's closed part is made from `public_heading`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from articles.models.editions import Edition
from articles.models.parts import Parts
from articles.reading import corrections, frames, rows, selectors, sharing, structured
from articles.reading.cards import Card, Question, card_of, question_of, tags_of_open_cards
from articles.reading.memory import cached_by_digest
from articles.reading.outputs import BROKEN, log_left_out, made, writable, writable_or_none
from articles.reading.page_meta import NOT_INDEXED, PageMeta, page_meta
from articles.reading.pictures import Cover
from articles.reading.rows import Author, FactRow, SubjectName, Tag
from articles.reading.seen import SeenForm, Waiting
from articles.reading.selectors import NO_NEIGHBOURS, AlsoIn, FoundFact, Names, Neighbours
from articles.reading.site import Site
from articles.reading.stored_parts import BrokenPartsError, parts_in
from articles.text import markdown

ARTICLE_TEMPLATE = "reading/article.html"
FACT_TEMPLATE = "reading/fact.html"


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


@cached_by_digest(200)
def ids_in(parts_text: str) -> Ids:
    """The same from the parts as text: an article that is read often is not read as JSON each time.

    Raises BrokenPartsError, also for a text without parts.
    """
    parts = parts_in(parts_text)
    if not parts:
        raise BrokenPartsError("it has no parts")
    return Ids.of(parts)


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
    language, told = edition.language, (dict(names.checks), dict(names.interest))
    cards = made(
        lambda card: card_of(card, tags, public_tags, subject, seen, corrected, language, *told), parts["cards"]
    )
    questions = made(lambda faq: question_of(faq, subject, seen, language), parts["faqs"])
    bylines = [authors[pk] for pk in parts["authors"] if pk in authors]
    return {
        "embed_code": "" if is_preview or not edition.slug else frames.article_code(site, edition),
        "meta": _article_meta(site, edition, cards, bylines, subject, is_preview=is_preview),
        "title": markdown.inline(edition.title),
        "dek": markdown.inline(edition.dek),
        "lang": rows.lang_of(language),
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
        "conclusion_heading": markdown.inline(parts["conclusion_heading"]),
        "conclusion": markdown.trusted(parts["conclusion"]),
        "questions": questions,
        "corrections": corrections.for_article(corrected, subject),
        "seen_form": _seen_form(subject, seen, cards, questions),
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


def fact_page(
    site: Site,
    fact: FoundFact,
    names: Names,
    more: Sequence[FactRow] = (),
    seen: int | None = None,
    also_in: tuple[AlsoIn, ...] = (),
) -> dict[str, Any]:
    """The context of FACT_TEMPLATE. `seen` opens what is safe after that episode, the fact and the rows below it.
    `also_in` is where else the fact is told.
    """
    edition = fact.edition.edition
    parts, subject = edition.parts, writable_or_none(fact.edition.subject)
    tags, authors = _writable_names(names)
    ids = [card["id"] for card in parts["cards"]]
    at = ids.index(fact.public_id)
    corrected = parts["corrections"]
    public_tags = {*parts["tags"], *tags_of_open_cards(parts)}
    make = partial(card_of, tags=tags, public_tags=public_tags, subject=subject, seen=seen)
    make = partial(make, corrections=corrected, language=edition.language)
    make = partial(make, checks=dict(names.checks), interest=dict(names.interest))
    card = make(parts["cards"][at])
    previous = next(iter(made(make, parts["cards"][at - 1 : at] if at else ())), None)
    following = next(iter(made(make, parts["cards"][at + 1 : at + 2])), None)
    if not card.spoiler_label:
        card = replace(card, page_body=_with_eager_picture(card.page_body, is_first=not card.picture))
    bylines = [authors[pk] for pk in parts["authors"] if pk in authors]
    meta = _fact_meta(site, fact, edition, card, bylines, subject)
    also_in = writable(also_in)
    if parts["cards"][at]["spoiler_after"] is not None:
        also_in = selectors.beside_a_closed_fact(also_in)
    if original := selectors.canonical_of(also_in):
        meta = meta._replace(copy_of=site.full(original.url))
    return {
        "meta": meta,
        "also_in": also_in,
        "embed_code": frames.fact_code(site, fact, meta.title),
        "card": card,
        "subject": subject,
        "seen_form": _seen_form(subject, seen, [card]),
        "has_closed_rows": any(row.opens_at for row in more),
        "palette": subject.palette if subject else "slate",
        "authors": bylines,
        "published": rows.Day.of(fact.first_visible_from, fact),
        "article_url": f"{reverse('article', args=[edition.slug])}#{card.anchor}",
        "article_title": markdown.inline(edition.title),
        "lang": rows.lang_of(edition.language),
        "place": at + 1,
        "total": len(ids),
        "previous": previous,
        "following": following,
        "more": writable(more),
        "is_more_about_subject": bool(more) and all(row.subject == fact.edition.subject for row in more),
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


def _seen_form(
    subject: SubjectName | None, seen: int | None, cards: Sequence[Card], questions: Sequence[Question] = ()
) -> SeenForm | None:
    """None where nothing is closed, or no subject is named that a reader could have seen some of."""
    facts, asked = Waiting.of(card.opens_at for card in cards), Waiting.of(each.opens_at for each in questions)
    if subject is None or not (facts.points or asked.points):
        return None
    return SeenForm(subject, "./", seen, facts, asked, in_place=True)


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
    meta = meta._replace(
        image=shared.at(site, sharing.article_path(shared, edition.slug)),
        oembed=_oembed(site, meta),
        published=rows.Day.of(edition.first_visible_from, edition),
        modified=rows.Day.of(edition.modified_at, edition),
    )
    crumbs = [(gettext("Articles"), reverse("articles"))]
    crumbs += [(subject.name, subject.url)] if subject else []
    corrected = corrections.for_article(edition.parts["corrections"], subject)
    try:
        return structured.described(
            meta,
            structured.article(site, meta, edition, authors=authors, subject=subject, corrections=corrected),
            structured.facts(meta.canonical, [_item(site, card) for card in cards]),
            *structured.questions(meta.canonical, edition.parts["faqs"]),
            structured.breadcrumbs(site, [*crumbs, (edition.title, path)]),
        )
    except BROKEN as error:
        log_left_out(edition, error)
        return meta


def _oembed(site: Site, meta: PageMeta) -> str:
    return f"{site.full(reverse('oembed'))}?{urlencode({'url': meta.canonical, 'format': 'json'})}"


def _item(site: Site, card: Card) -> structured.Item:
    """What may stand outside the card's closed part."""
    picture = card.picture if not card.spoiler_label else None
    return structured.Item(card.public_heading, card.anchor, site.full(picture.url) if picture else "")


def _description(edition: Edition, subject: SubjectName | None) -> str:
    count = {"count": edition.card_count, "subject": subject.name if subject else edition.title}
    return gettext("%(count)s facts about %(subject)s.") % count


def _fact_meta(
    site: Site,
    fact: FoundFact,
    edition: Edition,
    card: Card,
    authors: Sequence[Author],
    subject: SubjectName | None,
) -> PageMeta:
    heading, path = card.public_heading, reverse("fact", args=[fact.public_id, fact.slug])
    work = sharing.work_beside(heading, subject)
    description = fact.excerpt or gettext("%(heading)s: a fact out of “%(title)s”.") % {
        "heading": heading,
        "title": edition.title,
    }
    if card.caveat and not card.spoiler_label:
        description = f"{card.caveat.label}. {description}"
    meta = page_meta(site, f"{heading} · {work}" if work else heading, description, path, kind="article")
    part = next(part for part in edition.parts["cards"] if part["id"] == fact.public_id)
    shared = sharing.of_fact(site.name, edition, fact.public_id)
    meta = meta._replace(
        image=shared.at(site, sharing.fact_path(shared, fact.public_id)),
        published=rows.Day.of(fact.first_visible_from, fact),
        modified=rows.Day.of(rows.fact_changed_at(part, fact.first_visible_from), fact),
        oembed=_oembed(site, meta),
    )
    article = reverse("article", args=[edition.slug])
    crumbs = [(gettext("Articles"), reverse("articles")), (edition.title, article), (heading, path)]
    try:
        return structured.described(
            meta,
            structured.fact(site, meta, edition, part, heading=heading, authors=authors, subject=subject),
            structured.breadcrumbs(site, crumbs),
        )
    except BROKEN as error:
        log_left_out(edition, error)
        return meta
