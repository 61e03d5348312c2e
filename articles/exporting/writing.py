"""A Document as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from articles import document
from articles.document import Document
from articles.exporting import marks, toml
from articles.exporting.errors import refuse_half_characters
from articles.exporting.marks import Kind


def to_markdown(value: Document) -> str:
    """The text that `from_markdown` reads as an equal Document. Equal Documents give equal texts.

    Raises ExportError for half a character (a lone surrogate).
    """
    return refuse_half_characters("\n\n".join(_blocks(value)) + "\n")


def _blocks(value: Document) -> Iterator[str]:
    fields = document.to_json(value)
    front = {marks.VERSION_KEY: fields.pop("schema"), **fields}
    cards, faqs = front.pop("cards", []), front.pop("faqs", [])
    names = (Kind.CONCLUSION.value.title, Kind.CONCLUSION.value.body)
    conclusion: dict[str, Any] = {name: front.pop(name) for name in names if name in front}
    introduction = front.pop("introduction", "")
    if not marks.body_stands(introduction):
        front["introduction"], introduction = introduction, ""
    yield f"{marks.FRONT}\n{toml.dumps(front)}{marks.FRONT}"
    if introduction:
        yield introduction
    for (number, _card), card in zip(value.numbered_cards(), cards, strict=True):
        yield from _section(Kind.FACT, card, number)
    if conclusion:
        yield from _section(Kind.CONCLUSION, conclusion)
    for faq in faqs:
        yield from _section(Kind.QUESTION, faq)


def _section(kind: Kind, fields: dict[str, Any], number: int | None = None) -> Iterator[str]:
    """Takes the title and the body out of the fields where they can stand in the open."""
    title, body = fields.get(kind.value.title, ""), fields.get(kind.value.body, "")
    if marks.title_stands(kind, number, title):
        fields.pop(kind.value.title, None)
    else:
        title = ""
    if marks.body_stands(body):
        fields.pop(kind.value.body, None)
    else:
        body = ""
    yield marks.section_line(kind, number, title)
    if fields or _looks_like_fields(body):
        yield marks.fenced(toml.dumps(fields))
    if body:
        yield body


def _looks_like_fields(body: str) -> bool:
    first = next((line for line in body.split("\n") if line.strip()), "")
    return bool(marks.opens_fields(first))
