"""What a comment is about: a part of the article as it stands now, and the anchor of words in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext as _

from articles import drafts
from articles.models import Article
from articles.text import anchors
from articles.workflow.errors import WorkflowError


class Words(NamedTuple):
    """Columns of a Comment."""

    place: str = ""
    about: str = ""
    field: str = ""
    quoted: str = ""
    before: str = ""
    after: str = ""
    start: int | None = None


def require_words(
    article: Article, place: str, *, field: str = "", quoted: str = "", start: int | None = None
) -> Words:
    """Raises WorkflowError for a part that is not in the article, and for words that are not in the part."""
    if not place and not quoted:
        return Words()
    texts = drafts.texts_of(article)
    if place and place not in texts:
        raise WorkflowError(_("This part is not in the article: perhaps somebody deleted or moved it meanwhile."))
    if not quoted:
        return Words(place, _name(texts[place]))
    looked_at = {place: texts[place]} if place else texts
    for where, name, text in _texts(looked_at, field):
        if found := _span(text, quoted, start):
            anchor = anchors.anchor(text, *found)
            return Words(where, _name(texts[where]), name, anchor.quoted, anchor.before, anchor.after, anchor.start)
    raise WorkflowError(_("These words do not stand there. Copy them as they are in the text, or leave them out."))


def _texts(parts: Mapping[str, Mapping[str, str]], field: str) -> Iterator[tuple[str, str, str]]:
    for place, fields in parts.items():
        yield from ((place, name, text) for name, text in fields.items() if field in ("", name))


def _span(text: str, quoted: str, start: int | None) -> anchors.Span | None:
    found = anchors.find(text, anchors.Anchor(quoted, start=start))
    return found if found and text[slice(*found)] == quoted else None


def _name(texts: Mapping[str, str]) -> str:
    """The part's heading or question; empty for those that a place names well enough."""
    return texts.get("heading") or texts.get("question") or ""
