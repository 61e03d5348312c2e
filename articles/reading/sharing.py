"""Share pictures: what a chat or a timeline shows of an article or a fact.

A picture's address ends in the digest of everything that is drawn: other words get another address, so caches may keep
it for ever. It is drawn at the first request and stored.
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
from articles.reading.rows import Cover, SubjectName, public_heading_of

FOLDER = "share"
#: To be raised when the same words are drawn in another way: it is part of every digest.
DRAWING_VERSION = 2

_LAST_BYTES_OF_A_JPEG = b"\xff\xd9"


class ShareImage(NamedTuple):
    """Everything that is drawn. `heading` is a public one; `cover` is a storage name, "" without one."""

    site_name: str
    number: str
    heading: str
    palette: str
    cover: str
    focal_x: int
    focal_y: int

    @property
    def digest(self) -> str:
        return hashlib.blake2b(json.dumps([DRAWING_VERSION, *self]).encode(), digest_size=10).hexdigest()

    @property
    def alt(self) -> str:
        """The words in the picture. Many a title begins with the number already."""
        return self.heading if self.heading.startswith(self.number) else f"{self.number}. {self.heading}"


class Drawn(NamedTuple):
    data: bytes
    is_whole: bool  # else its cover could not be had this time


def of_article(site_name: str, edition: Edition) -> ShareImage:
    """Of an edition in hand, saved or not."""
    return _of(site_name, edition, str(edition.card_count or ""), edition.title)


def of_fact(site_name: str, edition: Edition, public_id: str) -> ShareImage:
    """Of a fact that the edition has."""
    card = next(card for card in edition.parts["cards"] if card["id"] == public_id)
    subject = SubjectName.of(edition.subject)
    heading = public_heading_of(card["heading"], card["safe_heading"], card["spoiler_after"], subject)
    return _of(site_name, edition, str(card["number"] or ""), heading)


def article_path(sharing: ShareImage, slug: str) -> str:
    return reverse("share-article", args=[slug, sharing.digest])


def fact_path(sharing: ShareImage, public_id: str) -> str:
    return reverse("share-fact", args=[public_id, sharing.digest])


def load_or_draw(sharing: ShareImage) -> Drawn:
    """The stored picture, or one drawn now. One without the cover that it should have is not stored."""
    name = f"{FOLDER}/{sharing.digest}.jpg"
    stored = _stored(name)
    # Somebody else may be writing it at this moment, or have been stopped in the middle.
    if stored and stored.endswith(_LAST_BYTES_OF_A_JPEG):
        return Drawn(stored, is_whole=True)
    drawn = draw(sharing)
    if drawn.is_whole:
        with contextlib.suppress(OSError):  # a full disk is no reason to show nothing
            write_once(name, drawn.data)
    return drawn


def draw(sharing: ShareImage) -> Drawn:
    """For the desk too, which shows what nobody may ask for yet."""
    cover = _stored(sharing.cover) if sharing.cover else None
    data = images.share_picture(
        number=sharing.number,
        heading=sharing.heading,
        palette=sharing.palette,
        cover=cover,
        focal=(sharing.focal_x, sharing.focal_y),
        site_name=sharing.site_name,
    )
    return Drawn(data, is_whole=cover is not None or not sharing.cover)


def _of(site_name: str, edition: Edition, number: str, heading: str) -> ShareImage:
    cover = Cover.of(edition.cover, edition)
    palette = edition.subject.palette if edition.subject else "slate"
    return ShareImage(
        site_name=site_name,
        number=number,
        heading=heading,
        palette=palette if palette in images.PALETTE else "slate",
        cover=cover.file if cover else "",
        focal_x=cover.focal_x if cover else 50,
        focal_y=cover.focal_y if cover else 50,
    )


def _stored(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError:
        return None
