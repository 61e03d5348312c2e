"""What stands twice: two cards or questions of one article, and a fact that the site has published already."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.document import Document
from articles.models import FactUse, PublishedFact
from articles.readiness import texts
from articles.readiness.parts import CheckedPart, card_parts, faq_parts
from articles.readiness.problems import PlaceElsewhere, Problem

#: About another subject the same short heading (“It is based on a webtoon”) is another fact.
_NAMES_ITS_FACT = 32
_MOST_LINKS = 3
_MOST_READ = 500


def within(document: Document) -> Iterator[Problem]:
    yield from _same_facts(document)
    yield from _same_questions(document)


def _same_facts(document: Document) -> Iterator[Problem]:
    """The later one of two is the one to change."""
    headings: dict[str, CheckedPart] = {}
    bodies: dict[str, CheckedPart] = {}
    for part, card in card_parts(document):
        heading, body = texts.line(card.heading).folded, texts.body(card.body).words.key
        if heading in headings:
            sentence = _("Its heading is that of another one: %(other)s.") % {"other": headings[heading].name}
            yield part.located_problem("same-fact", "heading", sentence)
        elif body in bodies:
            sentence = _("Its text is that of another one: %(other)s.") % {"other": bodies[body].name}
            yield part.located_problem("same-fact", "body", sentence)
        if heading:
            headings.setdefault(heading, part)
        if body:
            bodies.setdefault(body, part)


def _same_questions(document: Document) -> Iterator[Problem]:
    asked: dict[str, CheckedPart] = {}
    for part, faq in faq_parts(document):
        folded = texts.line(faq.question).folded
        if folded in asked:
            sentence = _("It is asked already: %(other)s.") % {"other": asked[folded].name}
            yield part.located_problem("same-question", "question", sentence)
        elif folded:
            asked[folded] = part


# --- on the site ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublishedMatch:
    """What `elsewhere` reads of a published fact."""

    heading_key: str
    body_key: str
    public_id: str
    slug: str
    number: int | None
    visible_from: dt.datetime
    title: str
    article_id: int
    subject: str | None


def elsewhere(document: Document) -> Iterator[Problem]:
    """Cards whose heading or body stands in a published or waiting fact that is not a card of this article."""
    now = timezone.now()
    published = _published_by_key(document, now)
    if not published:
        return
    for part, card in card_parts(document):
        heading, body = texts.line(card.heading), texts.body(card.body).words.key
        in_body = published.get(("body", body), [])
        is_telling = heading.columns >= _NAMES_ITS_FACT
        in_heading = [
            fact
            for fact in published.get(("heading", heading.words.key), [])
            if is_telling or fact.subject == (document.subject or None)
        ]
        if in_body or in_heading:
            places = _places([*in_body, *in_heading], now)
            sentence = _("It is told already in the same words: %(other)s.") % {"other": places[0].words}
            yield part.located_problem("published-elsewhere", "body" if in_body else "heading", sentence, links=places)


def _published_by_key(document: Document, now: dt.datetime) -> dict[tuple[str, str], list[PublishedMatch]]:
    """Published facts by heading and by body, in one query."""
    headings = {texts.line(card.heading).words.key for card in document.cards} - {""}
    bodies = {texts.body(card.body).words.key for card in document.cards} - {""}
    found: dict[tuple[str, str], list[PublishedMatch]] = defaultdict(list)
    if headings or bodies:
        for fact in _published(headings, bodies, {card.public_id for card in document.cards}, now):
            found["heading", fact.heading_key].append(fact)
            found["body", fact.body_key].append(fact)
    found.pop(("heading", ""), None)
    found.pop(("body", ""), None)
    return found


def _published(headings: set[str], bodies: set[str], own: set[str], now: dt.datetime) -> Iterator[PublishedMatch]:
    same = Q(heading_key__in=headings) | Q(body_key__in=bodies)
    # What is told after another one on purpose (FactUse) is no duplicate of it, nor of what is told after the same.
    roots = FactUse.objects.filter(public_id__in=own).values("origin")
    told = FactUse.objects.filter(Q(origin__in=own) | Q(origin__in=roots)).values("public_id")
    facts = PublishedFact.objects.filter(same, visible_until__gt=now).exclude(public_id__in=own)
    facts = facts.exclude(public_id__in=roots).exclude(public_id__in=told)
    columns = ("heading_key", "body_key", "public_id", "slug", "number", "visible_from")
    others = ("edition__title", "edition__article_id", "subject__slug")
    rows = facts.order_by("visible_from", "pk").values_list(*columns, *others)
    return (PublishedMatch(*row) for row in rows[:_MOST_READ])


def _places(facts: Iterable[PublishedMatch], now: dt.datetime) -> tuple[PlaceElsewhere, ...]:
    """Each fact once, as readers see it where it is both live and waiting; what is live before what waits."""
    first: dict[str, PublishedMatch] = {}
    for fact in sorted(facts, key=lambda fact: fact.visible_from):
        first.setdefault(fact.public_id, fact)
    return tuple(_place(fact, now) for fact in list(first.values())[:_MOST_LINKS])


def _place(fact: PublishedMatch, now: dt.datetime) -> PlaceElsewhere:
    is_live = fact.visible_from <= now
    name = {"number": fact.number, "title": fact.title}
    if fact.number is None:
        words = _("a fact of “%(title)s”") if is_live else _("a fact of “%(title)s”, which waits to be published")
    else:
        words = _("fact %(number)s of “%(title)s”")
        words = words if is_live else _("fact %(number)s of “%(title)s”, which waits to be published")
    return PlaceElsewhere(words % name, fact.public_id, fact.slug, fact.article_id, is_live)
