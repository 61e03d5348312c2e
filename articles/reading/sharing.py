"""Share pictures: what a chat or a timeline shows of an article or a fact.

A picture's address ends in the digest of everything that is drawn: a renamed thing gets another picture, and what was
got once is right for ever. It is drawn at the first request for it and kept in the store.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.urls import reverse

from articles import images
from articles.models.editions import Edition
from articles.models.pictures import write_once
from articles.reading.rows import Cover, SubjectName, safe_to_show

FOLDER = "share"
#: Raised when the same words come to be drawn in another way.
DRAWING = 2

_LAST_BYTES_OF_A_JPEG = b"\xff\xd9"


class Sharing(NamedTuple):
    """Everything that is drawn. `heading` is one that may stand outside; `cover` is a storage name, "" without one."""

    site_name: str
    number: str
    heading: str
    palette: str
    cover: str
    focal_x: int
    focal_y: int

    @property
    def digest(self) -> str:
        return hashlib.blake2b(json.dumps([DRAWING, *self]).encode(), digest_size=10).hexdigest()

    @property
    def alt(self) -> str:
        """The words in the picture. Many a title begins with the number already."""
        return self.heading if self.heading.startswith(self.number) else f"{self.number}. {self.heading}"


class Drawn(NamedTuple):
    data: bytes
    is_whole: bool  # else its cover could not be had this time


def of_article(site_name: str, edition: Edition) -> Sharing:
    """Of an edition in hand, saved or not."""
    return _of(site_name, edition, str(edition.card_count or ""), edition.title)


def of_fact(site_name: str, edition: Edition, public_id: str) -> Sharing:
    """Of a fact that the edition has."""
    card = next(card for card in edition.parts["cards"] if card["id"] == public_id)
    subject = SubjectName.of(edition.subject)
    heading = safe_to_show(card["heading"], card["safe_heading"], card["spoiler_after"], subject)
    return _of(site_name, edition, str(card["number"] or ""), heading)


def article_path(sharing: Sharing, slug: str) -> str:
    return reverse("share-article", args=[slug, sharing.digest])


def fact_path(sharing: Sharing, public_id: str) -> str:
    return reverse("share-fact", args=[public_id, sharing.digest])


def picture_of(sharing: Sharing) -> Drawn:
    """The kept picture, or one drawn now. A picture without the cover that it should have is not kept."""
    name = f"{FOLDER}/{sharing.digest}.jpg"
    kept = _read(name)
    # Somebody else may be writing it at this moment, or have been stopped in the middle.
    if kept and kept.endswith(_LAST_BYTES_OF_A_JPEG):
        return Drawn(kept, is_whole=True)
    drawn = draw(sharing)
    if drawn.is_whole:
        with contextlib.suppress(OSError):  # a full disk is no reason to show nothing
            write_once(name, drawn.data)
    return drawn


def draw(sharing: Sharing) -> Drawn:
    """For the desk too, which shows what nobody may ask for yet."""
    cover = _read(sharing.cover) if sharing.cover else None
    data = images.share_picture(
        number=sharing.number,
        heading=sharing.heading,
        palette=sharing.palette,
        cover=cover,
        focal=(sharing.focal_x, sharing.focal_y),
        site_name=sharing.site_name,
    )
    return Drawn(data, is_whole=cover is not None or not sharing.cover)


def _of(site_name: str, edition: Edition, number: str, heading: str) -> Sharing:
    cover = Cover.of(edition.cover)
    palette = edition.subject.palette if edition.subject else "slate"
    return Sharing(
        site_name=site_name,
        number=number,
        heading=heading,
        palette=palette if palette in images.PALETTE else "slate",
        cover=cover.file if cover else "",
        focal_x=cover.focal_x if cover else 50,
        focal_y=cover.focal_y if cover else 50,
    )


def _read(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError:
        return None
