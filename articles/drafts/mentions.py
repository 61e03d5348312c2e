"""The words of many parts of many articles at once, by their places: what an event of a subject is looked for in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.claims.measuring import digest
from articles.models import Article, FactCard, Faq


@dataclass(frozen=True, slots=True)
class PartWords:
    """What readers would see of a part; `name` is its heading or question, "" for one that an article has once."""

    article: Article
    place: str
    name: str
    texts: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Without regard to white space, quotation marks and upper case."""
        return digest("\n".join(self.texts))


def words_of_articles(articles: Iterable[Article]) -> list[PartWords]:
    """Of whole articles: three queries."""
    rows = {article.pk: article for article in articles}
    cards = FactCard.objects.filter(article__in=rows).order_by("article", "position")
    faqs = Faq.objects.filter(article__in=rows).order_by("article", "position")
    return [*_once(rows), *_of_cards(cards, rows), *_of_faqs(faqs, rows)]


def words_at(places: Iterable[tuple[int, str]]) -> Mapping[str, PartWords]:
    """Of single parts, by “primary key of the article, place”; those that are gone are missing. A fact is found in
    whatever article it stands now. Three queries at most.
    """
    wanted = list(places)
    ids = {kind: {place.partition(":")[2] for _pk, place in wanted if place.startswith(f"{kind}:")} for kind in _KINDS}
    cards: list[FactCard] = list(FactCard.objects.filter(public_id__in=ids["card"])) if ids["card"] else []
    faqs: list[Faq] = list(Faq.objects.filter(public_id__in=ids["faq"])) if ids["faq"] else []
    keys = {pk for pk, _place in wanted} | {card.article_id for card in cards} | {faq.article_id for faq in faqs}
    rows = {article.pk: article for article in Article.objects.filter(pk__in=keys)}
    once = {(part.article.pk, part.place): part for part in _once(rows)}
    items = {part.place: part for part in [*_of_cards(cards, rows), *_of_faqs(faqs, rows)]}
    found = {(pk, place): items.get(place) or once.get((pk, place)) for pk, place in wanted}
    return {key_of(*key): part for key, part in found.items() if part}


def key_of(article: int, place: str) -> str:
    return f"{article} {place}"


_KINDS = ("card", "faq")


def _once(rows: Mapping[int, Article]) -> list[PartWords]:
    found = []
    for article in rows.values():
        for place, texts in (
            ("details", (article.dek,)),
            ("introduction", (article.introduction,)),
            ("conclusion", (article.conclusion_heading, article.conclusion)),
        ):
            found.append(PartWords(article, place, "", texts))
    return found


def _of_cards(cards: Iterable[FactCard], rows: Mapping[int, Article]) -> list[PartWords]:
    return [
        PartWords(rows[card.article_id], f"card:{card.public_id}", str(card), (card.heading, card.body))
        for card in cards
        if card.article_id in rows
    ]


def _of_faqs(faqs: Iterable[Faq], rows: Mapping[int, Article]) -> list[PartWords]:
    return [
        PartWords(rows[faq.article_id], f"faq:{faq.public_id}", str(faq), (faq.question, faq.answer))
        for faq in faqs
        if faq.article_id in rows
    ]
