"""The working copy as plain values, and the token of each."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Prefetch, QuerySet, Value
from django.utils.safestring import SafeString

from articles.document import Card, Caveat, Document, Faq, Numbering, Source, SourceKind, column_names
from articles.drafts import rendering
from articles.models import Article, FactCard, Picture, TaggedCard
from articles.models import Faq as FaqRow
from articles.models import Source as SourceRow
from articles.models.pictures import Renditions, copies_in, image_finder
from articles.text import markdown

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Items = Literal["cards", "faqs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands at the head of an article's form. References as in a Document: slugs, names, a picture's id."""

    title: str
    slug: str = ""
    dek: str = ""
    language: str = ""
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


def token(value: Part | DataclassInstance) -> str:
    """A digest of a part's values: equal values, equal token. Sixteen hexadecimal digits."""
    plain = dataclasses.asdict(value) if dataclasses.is_dataclass(value) else value
    text = json.dumps(plain, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def columns_of(kind: type, source: Any) -> dict[str, Any]:
    """The fields of a Card, Faq or Source that are columns, out of its row or out of such a value."""
    return {name: getattr(source, name) for name in column_names(kind)}


class _Names(NamedTuple):
    """What is named in an article: its authors by their slugs, its tags, and those of each card by its primary key."""

    authors: tuple[str, ...]
    tags: tuple[str, ...]
    of_cards: dict[int, tuple[str, ...]]


def _names_of(article: Article) -> _Names:
    """One query: rows of (what it is a name for, card, position, primary key, name)."""
    by = article.bylines.order_by().values_list(Value("author"), Value(0), "position", "pk", "author__slug")
    own = article.tagged.order_by().values_list(Value("tag"), Value(0), Value(0), "pk", "tag__name")
    tagged = TaggedCard.objects.filter(content_object__article=article).order_by()
    of_cards = tagged.values_list(Value("tag"), "content_object", Value(0), "pk", "tag__name")
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for kind, card, _position, _pk, name in sorted(by.union(own, of_cards, all=True).order_by()):
        found[kind, card].append(name)
    of_all = {key: tuple(names) for key, names in found.items()}
    authors, tags = of_all.pop(("author", 0), ()), of_all.pop(("tag", 0), ())
    return _Names(authors, tags, {card: names for (_kind, card), names in of_all.items()})


def details_of(article: Article) -> Details:
    return details_with(
        article,
        authors=tuple(byline.author.slug for byline in article.bylines.select_related("author")),
        tags=_names(article.tagged.select_related("tag").order_by("pk")),
    )


def details_with(article: Article, *, authors: tuple[str, ...], tags: tuple[str, ...]) -> Details:
    """The details of an article whose authors' slugs and tags' names are known."""
    return Details(
        title=article.title,
        slug=article.slug,
        dek=article.dek,
        language=article.language,
        numbering=Numbering(article.numbering),
        subject=article.subject.slug if article.subject else "",
        authors=authors,
        tags=tags,
        cover=article.cover.public_id if article.cover else "",
    )


def introduction_of(article: Article) -> Introduction:
    return Introduction(introduction=article.introduction)


def conclusion_of(article: Article) -> Conclusion:
    return Conclusion(conclusion_heading=article.conclusion_heading, conclusion=article.conclusion)


def card_value(card: FactCard) -> Card:
    """Uses prefetched tags and sources where there are any."""
    tags = _names(sorted(card.tagged.all(), key=lambda tagged: tagged.pk))
    sources = (_source(columns_of(Source, source)) for source in card.sources.all())
    return _card(card, tags, tuple(sources))


def _card(card: FactCard, tags: tuple[str, ...], sources: tuple[Source, ...]) -> Card:
    columns = columns_of(Card, card)
    return Card(**columns | {"caveat": Caveat(card.caveat)}, tags=tags, sources=sources)


def _cards_of(article: Article, rows: Iterable[FactCard], tags: Mapping[int, tuple[str, ...]]) -> list[Card]:
    """All cards at once. Plain queries: prefetching makes a manager for each card, which takes as long as all of
    the rest of a page with fifty of them."""
    sources = defaultdict(list)
    names = column_names(Source)
    found = SourceRow.objects.filter(card__article=article).order_by("position", "id").values_list("card", *names)
    for pk, *values in found:
        sources[pk].append(_source(dict(zip(names, values, strict=True))))
    return [_card(card, tags.get(card.pk, ()), tuple(sources[card.pk])) for card in rows]


def _source(columns: Mapping[str, Any]) -> Source:
    return Source(**{**columns, "kind": SourceKind(columns["kind"])})


def whole_cards(rows: QuerySet[FactCard]) -> QuerySet[FactCard]:
    """With all that `card_value` reads, in three queries."""
    return rows.prefetch_related("sources", Prefetch("tagged", TaggedCard.objects.select_related("tag")))


def faq_value(faq: FaqRow) -> Faq:
    return Faq(**columns_of(Faq, faq))


def order_of(article: Article, items: Items) -> tuple[str, ...]:
    """The public ids of the cards or questions, in order; its token goes with a new order."""
    rows = article.cards if items == "cards" else article.faqs
    return tuple(rows.values_list("public_id", flat=True))


def document_of(article: Article) -> Document:
    """The whole working copy as it is now: a fixed number of queries however many cards there are."""
    cards, faqs = article.cards.defer(*rendering.COLUMNS), article.faqs.defer(*rendering.COLUMNS)
    return with_pictures(_document_of(article, cards, faqs))


class RenderedDocument(NamedTuple):
    """The working copy, and the HTML of each body by its part: "introduction", "card:<public id>", "faq:…".

    `copies` are the smaller copies of its pictures, by file.
    """

    document: Document
    html: dict[str, SafeString]
    copies: dict[str, Renditions]


def document_and_html_of(article: Article) -> RenderedDocument:
    """As `document_of`; HTML that had to be made is stored."""
    cards, faqs = list(article.cards.all()), list(article.faqs.all())
    bare = _document_of(article, cards, faqs)
    pictures = _pictures_shown(bare)
    document, copies = _with_rows(bare, pictures), copies_in(pictures)
    find_image = image_finder(document.pictures, copies)
    html = rendering.html_of_rows([*cards, *faqs], find_image)
    of_parts = {
        "introduction": rendering.html_of(document.introduction, find_image),
        "conclusion": rendering.html_of(document.conclusion, find_image),
        **{f"card:{row.public_id}": html[row.public_id] for row in cards},
        **{f"faq:{row.public_id}": html[row.public_id] for row in faqs},
    }
    return RenderedDocument(document, of_parts, copies)


def _document_of(article: Article, cards: Iterable[FactCard], faqs: Iterable[FaqRow]) -> Document:
    """Out of its rows, without pictures."""
    names = _names_of(article)
    details = details_with(article, authors=names.authors, tags=names.tags)
    return _document(article, details, _cards_of(article, cards, names.of_cards), [faq_value(faq) for faq in faqs])


def document_from(article: Article, details: Details, cards: Sequence[Card], faqs: Sequence[Faq]) -> Document:
    """The working copy with these details, cards and questions, which are known to be its own."""
    return with_pictures(_document(article, details, cards, faqs))


def _document(article: Article, details: Details, cards: Sequence[Card], faqs: Sequence[Faq]) -> Document:
    return Document(
        **{field.name: getattr(details, field.name) for field in dataclasses.fields(Details)},
        introduction=article.introduction,
        cards=tuple(cards),
        conclusion_heading=article.conclusion_heading,
        conclusion=article.conclusion,
        faqs=tuple(faqs),
    )


def with_pictures(value: Document) -> Document:
    """With those pictures that it shows and does not have yet, as they are in the library now."""
    return _with_rows(value, _pictures_shown(value))


def _with_rows(value: Document, rows: Sequence[Picture]) -> Document:
    if not rows:
        return value
    return dataclasses.replace(value, pictures=(*value.pictures, *(row.as_value() for row in rows)))


def _pictures_shown(value: Document) -> Sequence[Picture]:
    """The rows of those that it shows and does not have: one query, and none for none."""
    bodies = [value.introduction, value.conclusion, *(c.body for c in value.cards), *(f.answer for f in value.faqs)]
    wanted = {picture_id for body in bodies for picture_id in markdown.picture_ids(body)}
    wanted |= {value.cover, *(card.picture for card in value.cards)}
    wanted -= {"", *(picture.public_id for picture in value.pictures)}
    return list(Picture.objects.filter(public_id__in=wanted).order_by("public_id")) if wanted else ()


def _names(tagged: Iterable[Any]) -> tuple[str, ...]:
    return tuple(row.tag.name for row in tagged)
