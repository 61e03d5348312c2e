"""The HTML of a body, kept beside its words so that the desk shows what readers will see without rendering it again.

It is made when the words are saved. What is missing or was made of something else (an import, a picture that was
described anew, an older renderer) is made by whoever opens the article next: see `html_of_rows`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString

from articles.document import Card as CardValue
from articles.document import Document
from articles.document import Faq as FaqValue
from articles.models import FactCard, Faq, Picture
from articles.models.pictures import copies_of, image_finder
from articles.text import markdown

Row = FactCard | Faq
COLUMNS = ("html", "html_key")


def source_of(item: CardValue | FaqValue | Row) -> str:
    """What a closed card or question shows, as one text: a card's picture stands above its words."""
    if isinstance(item, FaqValue | Faq):
        return item.answer
    return f"![](picture:{item.picture})\n\n{item.body}" if item.picture else item.body


def key_of(body: str, find_image: markdown.ImageFinder) -> str:
    """A digest of all that the HTML depends on: the renderer, the words, and the pictures that they show."""
    shown = [(public_id, find_image(public_id)) for public_id in markdown.picture_ids(body)]
    made_of = f"{markdown.RENDERER_VERSION}\n{shown or ''}\n{body}"
    return hashlib.blake2b(made_of.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def columns_for(body: str) -> dict[str, str]:
    """The columns that go with what a part shows (`source_of`) when it is saved. Asks for its pictures, if any."""
    find_image = _images_in(body)
    return {"html": _render(body, find_image), "html_key": key_of(body, find_image)}


def html_of(body: str, find_image: markdown.ImageFinder | None = None) -> SafeString:
    """A body as readers would see it; quick for one that was saved or asked for a moment ago. Asks for its pictures,
    if any, where they are not known.
    """
    return _render(body, find_image or _images_in(body))


def html_of_closed(item: CardValue | FaqValue) -> SafeString:
    return html_of(source_of(item))


def html_in(value: Document) -> dict[str, SafeString]:
    """The HTML of each body of a Document by its place, with the pictures as they are in it."""
    find_image = image_finder(value.pictures, copies_of(value.pictures))
    bodies = {"introduction": value.introduction, "conclusion": value.conclusion}
    bodies |= {f"card:{card.public_id}": source_of(card) for card in value.cards}
    bodies |= {f"faq:{faq.public_id}": source_of(faq) for faq in value.faqs}
    return {place: _render(body, find_image) for place, body in bodies.items()}


def html_of_rows(rows: Sequence[Row], find_image: markdown.ImageFinder) -> dict[str, SafeString]:
    """Bodies and answers by public id; what had to be made is stored."""
    found, fresh = {}, []
    for row in rows:
        body = source_of(row)
        key = key_of(body, find_image)
        if row.html_key != key:
            row.html, row.html_key = _render(body, find_image), key
            fresh.append(row)
        found[row.public_id] = markdown.trusted(row.html)
    _store(fresh)
    return found


def _render(body: str, find_image: markdown.ImageFinder) -> SafeString:
    return markdown.render(body, find_image) if markdown.picture_ids(body) else _render_words(body)


@lru_cache(maxsize=200)
def _render_words(body: str) -> SafeString:
    return markdown.render(body)


def _store(rows: Iterable[Row]) -> None:
    """The key says what each was made of: stored beside words that somebody has saved meanwhile, it does no harm."""
    by_model: dict[Any, list[Row]] = {FactCard: [], Faq: []}
    for row in rows:
        by_model[type(row)].append(row)
    for model, changed in by_model.items():
        model.objects.bulk_update(changed, COLUMNS, batch_size=50)


def _images_in(body: str) -> markdown.ImageFinder:
    wanted = markdown.picture_ids(body)
    pictures = [row.as_value() for row in Picture.objects.filter(public_id__in=wanted)] if wanted else []
    return image_finder(pictures, copies_of(pictures))
