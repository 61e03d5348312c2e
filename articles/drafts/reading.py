"""The working copy as plain values, and the token of each."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString

from articles.document import Card, Document, Faq, Numbering, Source, column_names
from articles.document import Picture as PictureValue
from articles.drafts import rendering
from articles.models import Article, FactCard, Picture, TaggedCard
from articles.models import Faq as FaqRow
from articles.models import Source as SourceRow
from articles.text import markdown

Items = Literal["cards", "faqs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands at the head of an article's form. References as in a Document: slugs, names, a picture's id."""

    title: str
    slug: str = ""
    dek: str = ""
    numbering: Numbering = Numbering.UP
    subject: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cover: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    introduction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    conclusion_heading: str = ""
    conclusion: str = ""


#: One part of an article, as its form gives it; an order of cards or questions is the tuple of their ids.
Part = Details | Introduction | Conclusion | Card | Faq | tuple[str, ...]


def token(value: Part) -> str:
    """A digest of a part's values: equal values, equal token. Sixteen hexadecimal digits."""
    plain = dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value
    text = json.dumps(plain, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def columns_of(kind: type, source: Any) -> dict[str, Any]:
    """The fields of a Card, Faq or Source that are columns, out of its row or out of such a value."""
    return {name: getattr(source, name) for name in column_names(kind)}


def details_of(article: Article) -> Details:
    return Details(
        title=article.title,
        slug=article.slug,
        dek=article.dek,
        numbering=Numbering(article.numbering),
        subject=article.subject.slug if article.subject else "",
        authors=tuple(byline.author.slug for byline in article.bylines.select_related("author")),
        tags=_names(article.tagged.select_related("tag").order_by("pk")),
        cover=article.cover.public_id if article.cover else "",
    )


def introduction_of(article: Article) -> Introduction:
    return Introduction(introduction=article.introduction)


def conclusion_of(article: Article) -> Conclusion:
    return Conclusion(conclusion_heading=article.conclusion_heading, conclusion=article.conclusion)


def card_value(card: FactCard) -> Card:
    """Uses prefetched tags and sources where there are any."""
    tags = _names(sorted(card.tagged.all(), key=lambda tagged: tagged.pk))
    sources = (Source(**columns_of(Source, source)) for source in card.sources.all())
    return _card(card, tags, tuple(sources))


def _card(card: FactCard, tags: tuple[str, ...], sources: tuple[Source, ...]) -> Card:
    return Card(**columns_of(Card, card), tags=tags, sources=sources)


def _cards_of(article: Article, rows: Iterable[FactCard]) -> list[Card]:
    """All cards at once. Three plain queries: prefetching makes a manager for each card, which takes as long as all of
    the rest of a page with fifty of them."""
    tags, sources = defaultdict(list), defaultdict(list)
    tagged = TaggedCard.objects.filter(content_object__article=article).order_by("pk")
    for pk, name in tagged.values_list("content_object", "tag__name"):
        tags[pk].append(name)
    names = column_names(Source)
    found = SourceRow.objects.filter(card__article=article).order_by("position", "id").values_list("card", *names)
    for pk, *values in found:
        sources[pk].append(Source(**dict(zip(names, values, strict=True))))
    return [_card(card, tuple(tags[card.pk]), tuple(sources[card.pk])) for card in rows]


def faq_value(faq: FaqRow) -> Faq:
    return Faq(**columns_of(Faq, faq))


def order_of(article: Article, items: Items) -> tuple[str, ...]:
    """The public ids of the cards or questions, in order; its token goes with a new order."""
    rows = article.cards if items == "cards" else article.faqs
    return tuple(rows.values_list("public_id", flat=True))


def document_of(article: Article) -> Document:
    """The whole working copy as it is now: a fixed number of queries however many cards there are."""
    cards, faqs = article.cards.defer(*rendering.COLUMNS), article.faqs.defer(*rendering.COLUMNS)
    return document_from(article, _cards_of(article, cards), [faq_value(faq) for faq in faqs])


def document_and_html_of(article: Article) -> tuple[Document, dict[str, SafeString]]:
    """The same, and the HTML of each body by its part: "introduction", "conclusion", "card:<public id>", "faq:…"."""
    cards, faqs = list(article.cards.all()), list(article.faqs.all())
    document = document_from(article, _cards_of(article, cards), [faq_value(faq) for faq in faqs])
    html = rendering.html_of_rows([*cards, *faqs], document.pictures)
    return document, {
        "introduction": rendering.html_of(document.introduction),
        "conclusion": rendering.html_of(document.conclusion),
        **{f"card:{row.public_id}": html[row.public_id] for row in cards},
        **{f"faq:{row.public_id}": html[row.public_id] for row in faqs},
    }


def document_from(article: Article, cards: Sequence[Card], faqs: Sequence[Faq]) -> Document:
    """The working copy with these cards and questions, which are known to be its own."""
    details = details_of(article)
    bodies = [article.introduction, article.conclusion, *(c.body for c in cards), *(f.answer for f in faqs)]
    return Document(
        **{field.name: getattr(details, field.name) for field in dataclasses.fields(Details)},
        introduction=article.introduction,
        cards=tuple(cards),
        conclusion_heading=article.conclusion_heading,
        conclusion=article.conclusion,
        faqs=tuple(faqs),
        pictures=_pictures(details.cover, bodies),
    )


def _pictures(cover: str, bodies: Iterable[str]) -> tuple[PictureValue, ...]:
    wanted = {cover, *(picture_id for body in bodies for picture_id in markdown.picture_ids(body))} - {""}
    if not wanted:
        return ()
    found = Picture.objects.filter(public_id__in=wanted).order_by("public_id")
    return tuple(picture.as_value() for picture in found)


def _names(tagged: Iterable[Any]) -> tuple[str, ...]:
    return tuple(row.tag.name for row in tagged)
