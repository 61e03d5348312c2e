"""The texts that may repeat a fact, each by its place and field. Without a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles.document import Document
from articles.text import markdown

#: Places that an article has once: they mean nothing without it.
FIXED = ("details", "introduction", "conclusion")


@dataclass(frozen=True, slots=True)
class Text:
    """`field` is the form's field that changes it. `question` is what an answer answers, `answer` what answers a
    question.
    """

    place: str
    field: str
    words: str
    question: str = ""
    answer: str = ""
    is_picture: bool = False  # what a picture shows: kept in the library, or in the text that shows it


def texts_of(value: Document) -> list[Text]:
    """In reading order; the empty ones are left out."""
    return [text for text in _texts(value) if text.words.strip()]


def may_rest(value: Document) -> list[str]:
    """The places of which people say on which facts they rest."""
    fixed = {"details": value.dek, "introduction": value.introduction, "conclusion": value.conclusion}
    return [*(place for place, text in fixed.items() if text), *(f"faq:{faq.public_id}" for faq in value.faqs)]


def _texts(value: Document) -> Iterator[Text]:
    yield Text("details", "dek", value.dek)
    yield _picture(value, "details", "cover", value.cover)
    yield Text("introduction", "introduction", value.introduction)
    yield from _pictures_in(value, "introduction", "introduction", value.introduction)
    for card in value.cards:
        place = f"card:{card.public_id}"
        yield _picture(value, place, "picture", card.picture)
        yield from _pictures_in(value, place, "body", card.body)
    yield Text("conclusion", "conclusion_heading", value.conclusion_heading)
    yield Text("conclusion", "conclusion", value.conclusion)
    yield from _pictures_in(value, "conclusion", "conclusion", value.conclusion)
    for faq in value.faqs:
        place = f"faq:{faq.public_id}"
        yield Text(place, "question", faq.question, answer=faq.answer)
        yield Text(place, "answer", faq.answer, question=faq.question)
        yield from _pictures_in(value, place, "answer", faq.answer)


def _picture(value: Document, place: str, field: str, public_id: str) -> Text:
    picture = value.picture(public_id) if public_id else None
    return Text(place, field, picture.alt if picture else "", is_picture=True)


def _pictures_in(value: Document, place: str, field: str, body: str) -> Iterator[Text]:
    if "picture:" in body:
        for use in _images_used(body):
            picture = value.picture(use.picture_id)
            yield Text(place, field, use.alt or (picture.alt if picture else ""), is_picture=True)


_images_used = lru_cache(maxsize=500)(markdown.images_used)
