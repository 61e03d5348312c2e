"""What is told twice: two cards or questions of one article, and a fact that the site has published already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.document import Card, Document
from articles.models import PublishedFact
from articles.readiness import texts
from articles.readiness.parts import Part, card_parts, faq_parts
from articles.readiness.rules import PlaceElsewhere, Problem

#: About another subject the same short heading (“It is based on a webtoon”) is another fact.
_NAMES_ITS_FACT = 32
_MOST_LINKS = 3


def within(document: Document) -> Iterator[Problem]:
    yield from _same_facts(document)
    yield from _same_questions(document)


def _same_facts(document: Document) -> Iterator[Problem]:
    """The later one of two is the one to change."""
    headings: dict[str, Part] = {}
    bodies: dict[str, Part] = {}
    for part, card in card_parts(document):
        heading, body = texts.line(card.heading).folded, texts.body(card.body).words.key
        if heading in headings:
            sentence = _("Its heading is that of another one: %(other)s.") % {"other": headings[heading].name}
            yield part.gap("same-fact", "heading", sentence)
        elif body in bodies:
            sentence = _("Its text is that of another one: %(other)s.") % {"other": bodies[body].name}
            yield part.gap("same-fact", "body", sentence)
        if heading:
            headings.setdefault(heading, part)
        if body:
            bodies.setdefault(body, part)


def _same_questions(document: Document) -> Iterator[Problem]:
    asked: dict[str, Part] = {}
    for part, faq in faq_parts(document):
        folded = texts.line(faq.question).folded
        if folded in asked:
            sentence = _("It is asked already: %(other)s.") % {"other": asked[folded].name}
            yield part.gap("same-question", "question", sentence)
        elif folded:
            asked[folded] = part


# --- on the site ------------------------------------------------------------------------------------------------------


def elsewhere(document: Document) -> Iterator[Problem]:
    """Cards whose heading or body stands in a published or waiting fact that is not a card of this article."""
    told = _told(document)
    for part, card in card_parts(document):
        heading, body = texts.line(card.heading), texts.body(card.body).words.key
        facts = [
            *told["body", body],
            *(fact for fact in told["heading", heading.words.key] if _is_it(fact, card, document)),
        ]
        places = tuple({fact.public_id: _place(fact) for fact in facts}.values())[:_MOST_LINKS]
        if places:
            field = "body" if told["body", body] else "heading"
            sentence = _("It is told already in the same words: %(other)s.") % {"other": places[0].words}
            yield part.gap("published-elsewhere", field, sentence, links=places)


def _told(document: Document) -> dict[tuple[str, str], list[PublishedFact]]:
    """Published facts by heading and by body, in one query; what readers see now comes before what waits."""
    headings = {texts.line(card.heading).words.key for card in document.cards} - {""}
    bodies = {texts.body(card.body).words.key for card in document.cards} - {""}
    found: dict[tuple[str, str], list[PublishedFact]] = defaultdict(list)
    if not headings and not bodies:
        return found
    for fact in _published(headings, bodies, own=[card.public_id for card in document.cards]):
        if fact.heading_key in headings:
            found["heading", fact.heading_key].append(fact)
        if fact.body_key in bodies:
            found["body", fact.body_key].append(fact)
    return found


def _published(headings: Iterable[str], bodies: Iterable[str], own: Iterable[str]) -> Iterable[PublishedFact]:
    same = Q(heading_key__in=sorted(headings)) | Q(body_key__in=sorted(bodies))
    facts = PublishedFact.objects.filter(same, visible_until__gt=timezone.now()).exclude(public_id__in=list(own))
    columns = ("heading_key", "body_key", "public_id", "slug", "number", "visible_from", "edition__title")
    return (
        facts.select_related("edition", "subject")
        .only(*columns, "edition__article_id", "subject__slug")
        .order_by("visible_from", "pk")[:500]
    )


def _is_it(fact: PublishedFact, card: Card, document: Document) -> bool:
    subject = fact.subject.slug if fact.subject else ""
    return subject == document.subject or texts.line(card.heading).columns >= _NAMES_ITS_FACT


def _place(fact: PublishedFact) -> PlaceElsewhere:
    is_live = fact.visible_from <= timezone.now()
    name = {"number": fact.number, "title": fact.edition.title}
    if fact.number is None:
        words = _("a fact of “%(title)s”") if is_live else _("a fact of “%(title)s”, which waits to be published")
    else:
        words = _("fact %(number)s of “%(title)s”")
        words = words if is_live else _("fact %(number)s of “%(title)s”, which waits to be published")
    return PlaceElsewhere(words % name, fact.public_id, fact.slug, fact.edition.article_id, is_live)
