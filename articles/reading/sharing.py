"""Share pictures: what a chat or a timeline shows of a page.

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
from django.utils.translation import gettext

from articles import images
from articles.models.editions import Edition
from articles.models.pictures import write_once
from articles.reading.caveats import Caveat
from articles.reading.pictures import Cover
from articles.reading.rows import SubjectName, public_heading_of
from articles.reading.site import Site
from articles.reading.stored_parts import card_in

FOLDER = "share"
#: To be raised when the same words are drawn in another way: it is part of every digest.
DRAWING_VERSION = 4

_LAST_BYTES_OF_A_JPEG = b"\xff\xd9"


class Image(NamedTuple):
    """A share picture as a page's head names it: an absolute address, and the words in it."""

    url: str
    alt: str
    width: int = images.SHARE_SIZE[0]
    height: int = images.SHARE_SIZE[1]


class ShareImage(NamedTuple):
    """Everything that is drawn. `heading` is a public one; `cover` is a storage name, "" without one; `kicker` is the
    small line above the heading.
    """

    site_name: str
    number: str
    heading: str
    palette: str
    cover: str = ""
    focal_x: int = 50
    focal_y: int = 50
    kicker: str = ""

    @property
    def digest(self) -> str:
        return hashlib.blake2b(json.dumps([DRAWING_VERSION, *self]).encode(), digest_size=10).hexdigest()

    @property
    def alt(self) -> str:
        """The words in the picture. Many a title begins with the number already."""
        words = self.heading if self.heading.startswith(self.number) else f"{self.number}. {self.heading}"
        return f"{self.kicker}: {words}" if self.kicker else words

    def at(self, site: Site, path: str) -> Image:
        return Image(site.full(path), self.alt)


class Drawn(NamedTuple):
    data: bytes
    is_whole: bool  # else its cover could not be had this time


def of_article(site_name: str, edition: Edition) -> ShareImage:
    """Of an edition in hand, saved or not."""
    shared = _of(site_name, edition, str(edition.card_count or ""), edition.title)
    return shared._replace(kicker=work_beside(edition.title, SubjectName.of(edition.subject)))


def of_fact(site_name: str, edition: Edition, public_id: str) -> ShareImage:
    """Of a fact that the edition has: on its own picture where that may stand outside, else on the article's cover."""
    card = card_in(edition.parts, public_id)
    subject = SubjectName.of(edition.subject)
    heading = public_heading_of(card["heading"], card["safe_heading"], card["spoiler_after"], subject)
    own = Cover.of(card["picture"], f"fact {public_id}") if card["spoiler_after"] is None else None
    shared = _of(site_name, edition, str(card["number"] or ""), heading, own)
    caveat = Caveat.in_part(card) if card["spoiler_after"] is None else None
    kicker = [work_beside(heading, subject), caveat.name if caveat else ""]
    return shared._replace(kicker=" · ".join(filter(None, kicker)))


def work_beside(heading: str, subject: SubjectName | None) -> str:
    """The name of the work that a fact or an article is about, for those who see no more than its public heading; ""
    where that names it already, or there is none.
    """
    return subject.name if subject and subject.name.casefold() not in heading.casefold() else ""


def of_site(site_name: str) -> ShareImage:
    """For every page without a picture of its own."""
    sentence = gettext("Lists of facts for fans: dramas, films, bands and the people in them.")
    return ShareImage(site_name, "", sentence, "rose")


def of_subject(site_name: str, subject: SubjectName) -> ShareImage:
    return ShareImage(site_name, "", subject.name, _known(subject.palette), kicker=subject.kind_label)


def of_tag(site_name: str, name: str) -> ShareImage:
    return ShareImage(site_name, "", name, "slate", kicker=gettext("Tag"))


def of_author(site_name: str, name: str) -> ShareImage:
    return ShareImage(site_name, "", name, "slate", kicker=gettext("Author"))


def article_path(sharing: ShareImage, slug: str) -> str:
    return reverse("share-article", args=[slug, sharing.digest])


def fact_path(sharing: ShareImage, public_id: str) -> str:
    return reverse("share-fact", args=[public_id, sharing.digest])


def site_image(site: Site) -> Image:
    return _image(site, "share-site", of_site(site.name))


def subject_image(site: Site, subject: SubjectName) -> Image:
    return _image(site, "share-subject", of_subject(site.name, subject), subject.slug)


def tag_image(site: Site, name: str, slug: str) -> Image:
    return _image(site, "share-tag", of_tag(site.name, name), slug)


def author_image(site: Site, name: str, slug: str) -> Image:
    return _image(site, "share-author", of_author(site.name, name), slug)


def _image(site: Site, address: str, shared: ShareImage, *slug: str) -> Image:
    return shared.at(site, reverse(address, args=[*slug, shared.digest]))


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
        kicker=sharing.kicker,
    )
    return Drawn(data, is_whole=cover is not None or not sharing.cover)


def _of(site_name: str, edition: Edition, number: str, heading: str, own: Cover | None = None) -> ShareImage:
    cover = own or Cover.of(edition.cover, edition)
    return ShareImage(
        site_name=site_name,
        number=number,
        heading=heading,
        palette=_known(edition.subject.palette if edition.subject else ""),
        cover=cover.file if cover else "",
        focal_x=cover.focal_x if cover else 50,
        focal_y=cover.focal_y if cover else 50,
    )


def _known(palette: str) -> str:
    return palette if palette in images.PALETTE else "slate"


def _stored(name: str) -> bytes | None:
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError:
        return None
