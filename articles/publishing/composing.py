"""A Document made ready for readers: rendered, sanitised, its references looked up. Writes nothing.

What it makes of the words is an edition's parts: see models.parts. `changed_at` and `corrections` are empty until it is
published: see publishing.corrections.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.translation import gettext

from articles.document import Card, Document, Faq, Source
from articles.document.rules import SLUG_LENGTH
from articles.models import Author, Edition, PublishedFact, Subject, Tag
from articles.models.addressed import subjects_and_authors
from articles.models.parts import PARTS_VERSION, CardPart, CoverPart, FaqPart, Parts, SourcePart
from articles.models.pictures import Renditions, copies_of, image_finder
from articles.proofs import CardProofs
from articles.publishing import fact_words
from articles.text import markdown, marking, passages, sameness, slugs, sorting, word_count

EXCERPT_LENGTH = 200
#: Of the excerpt of a source readers see so many characters: a quotation, not the work.
SHOWN_OF_EXCERPT = 300
#: About as long as a fact is.
CLOSED_WORDS = 60


class Reader(NamedTuple):
    """What makes a body's HTML and its first words. The desk's preview gives one that remembers bodies."""

    render: Callable[[str, markdown.ImageFinder], str] = markdown.render
    excerpt: Callable[[str, int], str] = markdown.excerpt


@dataclass(frozen=True)
class Composed:
    """An unsaved edition (without instants) and what its rows beside it are made from."""

    edition: Edition
    authors: Sequence[Author]
    tags: Sequence[Tag]
    facts: Sequence[PublishedFact]  # unsaved, without instants, in order
    fact_tags: Sequence[Sequence[Tag]]  # of each fact: its own tags that may be shown outside the article


def compose(
    document: Document,
    reader: Reader = Reader(),  # noqa: B008 - a tuple is no trap
    *,
    held: bool = False,
    proofs: Mapping[str, CardProofs] = MappingProxyType({}),
) -> Composed:
    """Renders a Document. References that mean nothing are left out: `readiness` names them before it comes to this.
    `held`: for rows that will name them, see held_until_the_end. `proofs` by public id: how far facts are
    proved.
    """
    names = [*document.tags, *(name for card in document.cards for name in card.tags)]
    tags = Tag.objects.by_names(names, held=held)
    subjects, found_authors = subjects_and_authors([document.subject], document.authors, held=held)
    authors = list(dict.fromkeys(found_authors[slug] for slug in document.authors if slug in found_authors))
    subject = subjects.get(document.subject)
    copies = copies_of(document.pictures)
    find_image = image_finder(document.pictures, copies)

    def render(body: str) -> str:
        return reader.render(body, find_image)

    article_tags = _known(tags, document.tags)
    cards = [
        _card(number, card, render, _known(tags, card.tags), _picture(document, card.picture, copies))
        for number, card in document.numbered_cards()
    ]
    parts: Parts = {
        "version": PARTS_VERSION,
        "introduction": render(document.introduction),
        "conclusion_heading": document.conclusion_heading,
        "conclusion": render(document.conclusion),
        "cards": cards,
        "faqs": [_faq(faq, render) for faq in document.faqs],
        "tags": [tag.pk for tag in article_tags],
        "authors": [author.pk for author in authors],
        "corrections": [],
    }
    with translation.override(document.language or settings.LANGUAGE_CODE):
        _tell_proofs(cards, proofs, gettext("not sourced yet"))
    edition = Edition(
        slug=document.slug,
        title=document.title,
        dek=document.dek,
        language=document.language,
        numbering=document.numbering,
        card_count=len(document.cards),
        word_count=_count_words(document),
        cover=_picture(document, document.cover, copies),
        subject=subject,
        renderer=markdown.RENDERER_VERSION,
        parts=parts,
    )
    return Composed(
        edition=edition,
        authors=authors,
        tags=article_tags,
        facts=[_fact(part, card, subject, reader) for part, card in zip(cards, document.cards, strict=True)],
        fact_tags=[_known(tags, card.tags) if card.spoiler_after is None else [] for card in document.cards],
    )


def with_tags_of(composed: Composed, parts: Parts) -> Composed:
    """The same with the tags of an edition of its Document, in whose parts tags were exchanged since: see relabelling.

    The names of the Document are those of then; a split, and undoing a merge, leave no name that leads from them.
    """
    own = {card["id"]: card["tags"] for card in parts["cards"]}
    found = Tag.objects.in_bulk({pk for keys in (parts["tags"], *own.values()) for pk in keys})

    def known(keys: Sequence[int]) -> list[Tag]:
        return [found[pk] for pk in keys if pk in found]

    edition, cards = composed.edition, composed.edition.parts["cards"]
    for card in cards:
        card["tags"] = own.get(card["id"], card["tags"])
    edition.parts["tags"] = parts["tags"]
    return replace(
        composed,
        tags=known(parts["tags"]),
        fact_tags=[known(card["tags"]) if card["spoiler_after"] is None else [] for card in cards],
    )


def fact_slug(card: Card) -> str:
    """The readable end of a fact's address, of words that may stand outside the article."""
    if card.spoiler_after is None:
        return slugs.slug(card.heading, SLUG_LENGTH) or "fact"
    return slugs.slug(card.safe_heading, SLUG_LENGTH) or f"after-episode-{card.spoiler_after}"


def _card(
    number: int | None, card: Card, render: Callable[[str], str], tags: Sequence[Tag], picture: CoverPart | None
) -> CardPart:
    return {
        "id": card.public_id,
        "anchor": f"fact-{card.public_id}",
        "slug": fact_slug(card),
        "number": number,
        "heading": card.heading,
        "safe_heading": card.safe_heading,
        "emoji": card.emoji,
        "picture": picture,
        "body": render(card.body),
        "spoiler_after": card.spoiler_after,
        "check_on": _day(card.check_on),
        "caveat": str(card.caveat),
        "caveat_since": _day(card.caveat_since),
        "caveat_note": card.caveat_note,
        "tags": [tag.pk for tag in tags],
        "sources": [_source(source) for source in card.sources],
        "changed_at": None,
        "claims_checked": 0,
        "claims_checked_on": None,
        "unsourced": [],
        "marked_body": "",
        "as_of": [],
    }


def _tell_proofs(cards: Sequence[CardPart], proofs: Mapping[str, CardProofs], named: str) -> None:
    """`named` says what a mark means, in the language of the words around it."""
    for card in cards:
        if found := proofs.get(card["id"]):
            card["claims_checked"], card["claims_checked_on"] = found.checked, _day(found.checked_on)
            card["unsourced"] = list(found.unsourced)
            card["as_of"] = [{"claim": claim, "day": day} for claim, day in found.as_of]
            if found.unsourced:
                card["marked_body"] = marking.mark(markdown.trusted(card["body"]), found.unsourced, named)


def proofs_in(parts: Parts) -> dict[str, CardProofs]:
    """Those that an edition was made with, by public id."""
    return {
        card["id"]: CardProofs(
            card["claims_checked"],
            dt.date.fromisoformat(day) if (day := card["claims_checked_on"]) else None,
            tuple(card["unsourced"]),
            tuple((each["claim"], each["day"]) for each in card["as_of"]),
        )
        for card in parts["cards"]
    }


def _source(source: Source) -> SourcePart:
    """Only an address of the web may become a link: an import may bring any words, javascript: among them."""
    return {
        "url": _web_address(source.url),
        "title": source.title,
        "publisher": source.publisher,
        "seen_on": _day(source.seen_on),
        "kind": str(source.kind),
        "excerpt": passages.shortened(" ".join(source.excerpt.split()), SHOWN_OF_EXCERPT),
        "archived_url": _web_address(source.archived_url),
    }


def _web_address(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _faq(faq: Faq, render: Callable[[str], str]) -> FaqPart:
    return {
        "id": faq.public_id,
        "anchor": f"question-{faq.public_id}",
        "question": faq.question,
        "answer": render(faq.answer),
        "spoiler_after": faq.spoiler_after,
    }


def _fact(part: CardPart, card: Card, subject: Subject | None, reader: Reader) -> PublishedFact:
    is_open = card.spoiler_after is None
    return PublishedFact(
        public_id=card.public_id,
        slug=part["slug"],
        number=part["number"],
        heading=card.heading if is_open else "",
        emoji=card.emoji if is_open else "",
        safe_heading=card.safe_heading,
        excerpt=reader.excerpt(card.body, EXCERPT_LENGTH) if is_open else "",
        picture=part["picture"] if is_open else None,
        caveat=part["caveat"] if is_open else "",
        caveat_since=card.caveat_since if is_open else None,
        caveat_note=card.caveat_note if is_open else "",
        spoiler_after=card.spoiler_after,
        subject=subject,
        heading_key=sameness.heading_key(card.heading),  # behind a spoiler point too: a digest gives nothing away
        body_key=sameness.body_key(card.body),
        words=fact_words.digest_of(card),
        is_sourced=is_open and bool(card.sources),
        has_picture=is_open and part["picture"] is not None,
        title_key=sorting.title_key(card.heading if is_open else card.safe_heading),
    )


def _known(tags: dict[str, Tag], names: Sequence[str]) -> list[Tag]:
    return list(dict.fromkeys(tags[name] for name in names if name in tags))


def _picture(document: Document, public_id: str, copies: Mapping[str, Renditions]) -> CoverPart | None:
    """None for no picture, and for one that the Document does not have."""
    picture = document.picture(public_id) if public_id else None
    if picture is None:
        return None
    smaller = copies[picture.file]
    return {
        "url": default_storage.url(picture.file),
        "file": picture.file,
        "width": picture.width,
        "height": picture.height,
        "alt": "" if picture.decorative else picture.alt,
        "credit": picture.credit,
        "licence": picture.licence,
        "focal_x": picture.focal_x,
        "focal_y": picture.focal_y,
        "widths": list(smaller.widths),
        "formats": list(smaller.formats),
    }


def _count_words(document: Document) -> int:
    """How many words there are to read. How long it takes to read is told outside of what is closed, and must not
    depend on it: whatever has a spoiler point counts as CLOSED_WORDS.
    """
    cards = [(card.spoiler_after, f"{card.heading} {card.body}") for card in document.cards]
    faqs = [(faq.spoiler_after, f"{faq.question} {faq.answer}") for faq in document.faqs]
    items = sum(CLOSED_WORDS if point is not None else word_count.count_in(words) for point, words in (*cards, *faqs))
    return word_count.count_in(f"{document.introduction} {document.conclusion}") + items


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
