"""The picture library. A file is named by its content, so a new file never changes what shows the old one."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import document, images
from articles.models.addresses import Address
from articles.models.fields import LineField
from articles.models.outbox import purge_names
from articles.models.reference import Author
from articles.text import markdown
from articles.text.ids import new_public_id

logger = logging.getLogger(__name__)

FOLDER = "pictures"
#: How wide, in pixels, a copy should at least be: in a list of pictures, and where one is looked at by itself.
IN_A_LIST, BY_ITSELF = 320, 960

#: The lightest format first: a browser takes the first that it knows.
_EXTENSIONS: Mapping[images.Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
#: What `Picture.take` fills.
TAKEN_FIELDS = ("file", "width", "height", "colour", "copies")


def rendition_name(file: str, width: int, kind: images.Format) -> str:
    """Where a smaller copy of a stored file lies: pictures/<digest>/<width>.<extension>. Of an address, its address.

    Which widths there are follows from the picture's own: see `images.fitting`.
    """
    return f"{file.rpartition('.')[0]}/{width}.{_EXTENSIONS[kind]}"


class Renditions(NamedTuple):
    """The smaller copies of a file that are in the store: each of the widths in each of the formats."""

    widths: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()

    @classmethod
    def of(cls, value: Mapping[str, Any] | None) -> Renditions:
        """Out of what `as_value` gave; none of nothing."""
        return cls(tuple(value["widths"]), tuple(value["formats"])) if value else cls()

    def as_value(self) -> dict[str, Any]:
        return {"widths": list(self.widths), "formats": list(self.formats)}

    def sources(self, url: str) -> list[tuple[str, list[tuple[str, int]]]]:
        """For the `source` elements of the picture at `url`: media types, each with addresses and widths."""
        return [
            (f"image/{kind}", [(rendition_name(url, width, kind), width) for width in self.widths])
            for kind in _EXTENSIONS
            if kind in self.formats and kind != "jpeg"
        ]

    def fallback(self, url: str) -> str:
        """For a browser that knows none of these types: a JPEG of middling width, else the picture itself."""
        if "jpeg" not in self.formats or not self.widths:
            return url
        return rendition_name(url, _wide_enough(self.widths, BY_ITSELF), "jpeg")


def store(file: str, data: bytes) -> Renditions:
    """Writes a checked picture and its renditions into the store, and gives what there is of these. A file that is
    there already stays as it is. Raises images.ImageError.
    """
    made = images.renditions(data)
    for each in made:
        write_once(rendition_name(file, each.width, each.format), each.data)
    write_once(file, data)
    return Renditions(tuple(dict.fromkeys(each.width for each in made)), tuple(dict.fromkeys(e.format for e in made)))


def write_once(name: str, data: bytes) -> None:
    """Writes a file whose name says what is inside, unless it is there. One of another length was torn by a crash."""
    if default_storage.exists(name) and default_storage.size(name) != len(data):
        default_storage.delete(name)
    if not default_storage.exists(name):
        kept = default_storage.save(name, ContentFile(data))
        if kept != name:  # somebody else was quicker
            default_storage.delete(kept)


def copies_of(pictures: Iterable[document.Picture]) -> dict[str, Renditions]:
    """By file: the smaller copies that the library knows of, none of a file that it does not know.

    One query, and none for no pictures; the store is asked nothing.
    """
    files = {picture.public_id: picture.file for picture in pictures}
    rows = Picture.objects.filter(public_id__in=files).values_list("public_id", "copies") if files else ()
    known = {files[public_id]: copies[files[public_id]] for public_id, copies in rows if files[public_id] in copies}
    return {file: Renditions.of(known.get(file)) for file in files.values()}


def copies_in(rows: Iterable[Picture]) -> dict[str, Renditions]:
    """The same of pictures as they are in the library now, out of their rows."""
    return {row.file: Renditions.of(row.copies.get(row.file)) for row in rows}


def image_finder(pictures: Iterable[document.Picture], copies: Mapping[str, Renditions]) -> markdown.ImageFinder:
    """What a body's `picture:ID` shows: one of these pictures as it is given, with these copies of its file."""
    by_id = {picture.public_id: picture for picture in pictures}

    def find(public_id: str) -> markdown.Image | None:
        picture = by_id.get(public_id)
        if picture is None:
            return None
        url, smaller = default_storage.url(picture.file), copies[picture.file]
        return markdown.Image(
            src=smaller.fallback(url),
            width=picture.width,
            height=picture.height,
            alt="" if picture.decorative else picture.alt,
            credit=picture.credit,
            licence=picture.licence,
            sources=smaller.sources(url),
        )

    return find


def stored_copies(file: str, width: int) -> Renditions:
    """The copies of a file so many pixels wide that are in the store now. It asks the store for each of them."""
    formats = tuple(kind for kind in _EXTENSIONS if not _missing(file, width, (kind,)))
    return Renditions(images.fitting(width), formats) if formats else Renditions()


def missing_copies(file: str, width: int) -> list[str]:
    """Names of copies that should be in the store and are not."""
    return _missing(file, width, images.FORMATS)


def _missing(file: str, width: int, formats: Iterable[images.Format]) -> list[str]:
    names = [rendition_name(file, each, kind) for each in images.fitting(width) for kind in formats]
    return [name for name in names if not default_storage.exists(name)]


def regenerate_renditions(picture: document.Picture) -> None:
    """Makes the copies that a picture's file lacks, and notes in the library which there are.

    A file that is not there, or cannot be read, is left to check_content. It asks the store for each copy: call it
    while nothing is locked.
    """
    if missing_copies(picture.file, picture.width):
        with contextlib.suppress(OSError, images.ImageError), default_storage.open(picture.file) as stored:
            store(picture.file, stored.read())
    found = stored_copies(picture.file, picture.width).as_value()
    with transaction.atomic():
        row = Picture.objects.select_for_update().filter(public_id=picture.public_id).first()
        if row is not None and row.copies.get(picture.file) != found:
            row.copies[picture.file] = found
            row.save(update_fields=["copies"])


def is_whole(file: str, data: bytes) -> bool:
    """Whether these bytes are the ones that the file is named by."""
    return hashlib.sha256(data).hexdigest().startswith(PurePosixPath(file).stem)


def _wide_enough(widths: Sequence[int], least: int) -> int:
    """The smallest that is at least so wide, else the widest."""
    return next((width for width in widths if width >= least), widths[-1])


class Picture(models.Model):
    """An uploaded image, checked and written anew. Documents hold a copy of its words: see `as_value`."""

    public_id = LineField(max_length=16, unique=True, default=new_public_id, editable=False)
    title = LineField(_("title"), max_length=200, help_text=_("To find it again in the library."))
    file = LineField(max_length=200, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = LineField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It adds nothing to the text and is passed over when read aloud.")
    )
    credit = LineField(_("credit"), max_length=200, blank=True)
    licence = LineField(_("licence"), max_length=100, blank=True)
    focal_x = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    focal_y = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    colour = LineField(max_length=10, blank=True, editable=False)
    # By file, the one of now and those before it, which editions go on showing: see Renditions.as_value.
    copies = models.JSONField(default=dict, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False)
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="picture_focal_point_inside", condition=Q(focal_x__lte=100) & Q(focal_y__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.alt and not self.decorative:
            raise ValidationError({"alt": _("Say what the picture shows, or mark it as decorative.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Editions keep their own copy of its words; an author's page shows it as it is now."""
        is_new = self.pk is None
        super().save(*args, **kwargs)
        if not is_new:
            purge_names(Address.Kind.AUTHOR, Author.objects.filter(picture=self).values_list("slug", flat=True))

    @property
    def url(self) -> str:
        return default_storage.url(self.file)

    @property
    def thumbnail_url(self) -> str:
        return self.url_of_width(IN_A_LIST)

    @property
    def preview_url(self) -> str:
        return self.url_of_width(BY_ITSELF)

    def url_of_width(self, width: int) -> str:
        """The smallest copy that is at least so wide, else the widest; where none is known, the picture itself."""
        known = Renditions.of(self.copies.get(self.file))
        if "webp" not in known.formats:
            return self.url
        return default_storage.url(rendition_name(self.file, _wide_enough(known.widths, width), "webp"))

    @property
    def markdown(self) -> str:
        """What a writer puts into a body to show the picture there."""
        return f"![](picture:{self.public_id})"

    def take(self, data: bytes, name: str) -> None:
        """Checks an upload, stores it under its content's digest with its renditions, and fills TAKEN_FIELDS.

        Raises images.ImageError.
        """
        checked = images.check(data, name)
        self.file = f"{FOLDER}/{checked.digest}.{checked.extension}"
        self.width, self.height, self.colour = checked.width, checked.height, checked.colour
        try:
            copies = store(self.file, checked.data)
        except OSError as error:
            logger.error("A picture could not be stored: %s", error)
            raise images.ImageError(_("The picture could not be stored. Try again in a minute.")) from error
        self.copies = {**self.copies, self.file: copies.as_value()}

    def as_value(self) -> document.Picture:
        fields: dict[str, Any] = {name: getattr(self, name) for name in document.Picture.__dataclass_fields__}
        return document.Picture(**fields)
