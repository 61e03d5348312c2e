"""The picture library. A file is named by its content, so a new file never changes what shows the old one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles import document, images
from articles.text.ids import new_public_id

FOLDER = "pictures"
#: How wide, in pixels, a copy should at least be: in a list of pictures, and where one is looked at by itself.
IN_A_LIST, BY_ITSELF = 320, 960

_EXTENSIONS: Mapping[images.Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def rendition_name(file: str, width: int, kind: images.Format) -> str:
    """Where a smaller copy of a stored file lies: pictures/<digest>/<width>.<extension>.

    Which widths there are follows from the picture's own: see `images.fitting`.
    """
    return f"{file.rpartition('.')[0]}/{width}.{_EXTENSIONS[kind]}"


def store(file: str, data: bytes) -> None:
    """Keeps the bytes of a checked picture and its renditions; what is there already stays."""
    for made in images.renditions(data):
        _keep(rendition_name(file, made.width, made.format), made.data)
    _keep(file, data)


def _keep(name: str, data: bytes) -> None:
    # The name says what is inside, so a file of another length was torn by a crash.
    if default_storage.exists(name) and default_storage.size(name) != len(data):
        default_storage.delete(name)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))


class Picture(models.Model):
    """An uploaded image, checked and written anew. Documents hold a copy of its words: see `as_value`."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    title = models.CharField(_("title"), max_length=200, help_text=_("To find it again in the library."))
    file = models.CharField(max_length=200, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for people who cannot see it."),
    )
    decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It adds nothing to the text and is passed over when read aloud.")
    )
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    focal_x = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    focal_y = models.PositiveSmallIntegerField(default=50, validators=[MaxValueValidator(100)])
    colour = models.CharField(max_length=10, blank=True, editable=False)
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
        """The smallest copy that is at least so wide, else the widest; where none is kept, the picture itself."""
        there = images.fitting(self.width)
        copy = rendition_name(self.file, next((one for one in there if one >= width), there[-1]), "webp")
        return default_storage.url(copy if default_storage.exists(copy) else self.file)

    @property
    def markdown(self) -> str:
        """What a writer puts into a body to show the picture there."""
        return f"![](picture:{self.public_id})"

    def take(self, data: bytes, name: str) -> None:
        """Checks an upload, stores it under its content's digest with its renditions, fills size and colour.

        Raises images.ImageError.
        """
        checked = images.check(data, name)
        self.file = f"{FOLDER}/{checked.digest}.{checked.extension}"
        self.width, self.height, self.colour = checked.width, checked.height, checked.colour
        store(self.file, checked.data)

    def as_value(self) -> document.Picture:
        fields: dict[str, Any] = {name: getattr(self, name) for name in document.Picture.__dataclass_fields__}
        return document.Picture(**fields)
