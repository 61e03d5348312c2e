"""The parts of an article by their places, as in a Problem: "details", "introduction", "card:<public id>" …"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields

from articles.document import Document
from articles.drafts import reading
from articles.drafts.replacing import FIELDS, parts_of
from articles.drafts.versions import Value, place_of
from articles.models import Article, FactCard
from articles.models import Faq as FaqRow


def part_at(article: Article, place: str) -> Value | None:
    """The part as it stands now; None where there is none."""
    match place.partition(":"):
        case ("details", "", ""):
            return reading.details_of(article)
        case ("introduction", "", ""):
            return reading.introduction_of(article)
        case ("conclusion", "", ""):
            return reading.conclusion_of(article)
        case ("card", ":", public_id):
            card: FactCard | None = reading.whole_cards(article.cards.filter(public_id=public_id)).first()
            return reading.card_value(card) if card else None
        case ("faq", ":", public_id):
            faq: FaqRow | None = article.faqs.filter(public_id=public_id).first()
            return reading.faq_value(faq) if faq else None
    return None


def texts_of(article: Article) -> Mapping[str, Mapping[str, str]]:
    """The texts of all parts, by place and field, in reading order. A fixed number of queries."""
    return _texts(parts_of(article))


def texts_in(value: Document) -> Mapping[str, Mapping[str, str]]:
    """The same of a Document."""
    details = reading.Details(**{field.name: getattr(value, field.name) for field in fields(reading.Details)})
    introduction = reading.Introduction(introduction=value.introduction)
    conclusion = reading.Conclusion(conclusion_heading=value.conclusion_heading, conclusion=value.conclusion)
    return _texts([details, introduction, *value.cards, conclusion, *value.faqs])


def _texts(parts: Iterable[Value]) -> Mapping[str, Mapping[str, str]]:
    return {place_of(part): {name: getattr(part, name) for name in FIELDS[type(part)]} for part in parts}
