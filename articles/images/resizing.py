"""Smaller and lighter copies of a picture for every screen, and cuts around what matters in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from django.utils.translation import gettext as _
from PIL import Image, features

from articles.images.checking import FORMATS as READABLE
from articles.images.checking import ImageError, encode, on_white

Format = Literal["avif", "webp", "jpeg"]
Box = tuple[int, int, int, int]

WIDTHS = (320, 640, 960, 1280, 1920)
#: What copies are made in, the lightest first; AVIF where this Pillow was built with it.
FORMATS: tuple[Format, ...] = ("avif", "webp", "jpeg") if features.check("avif") else ("webp", "jpeg")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    width: int
    height: int
    format: Format
    data: bytes


def renditions(
    data: bytes,
    *,
    widths: Sequence[int] = WIDTHS,
    ratio: float | None = None,
    focal: tuple[int, int] = (50, 50),
) -> tuple[Rendition, ...]:
    """Every width in every format, the narrowest first and AVIF before WebP before JPEG.

    Never wider than the picture: in place of the widths beyond it stands its own. `ratio` (width by height) cuts it
    first, around `focal` in hundredths of width and height. `data` is what `check` wrote; bytes that can no longer
    be read raise ImageError. What shows through stands on white in the JPEGs.
    """
    image = _read(data, widest=max(widths), ratio=ratio)
    if ratio is not None:
        image = image.crop(focal_box(image.size, ratio, *focal))
    made: list[Rendition] = []
    for width in reversed(fitting(image.width, widths)):
        # Each size comes from the next larger one: a third of the work of going back to the original every time.
        image = image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)
        made = [*_in_all_formats(image), *made]
    return tuple(made)


def crop(data: bytes, ratio: float, focal_x: int, focal_y: int) -> Rendition:
    """The largest cut of the ratio (width by height) around the focal point; JPEG, or WebP with transparency."""
    image = _read(data)
    image = image.crop(focal_box(image.size, ratio, focal_x, focal_y))
    extension, written = encode(image)
    kind: Format = "webp" if extension == "webp" else "jpeg"
    return Rendition(width=image.width, height=image.height, format=kind, data=written)


def focal_box(size: tuple[int, int], ratio: float, focal_x: int, focal_y: int) -> Box:
    """The focal point comes to stand in the middle, as far as the edges of the picture allow."""
    width, height = size
    cut = (max(1, min(width, round(height * ratio))), max(1, min(height, round(width / ratio))))
    left, top = (
        round(min(max(0, whole * focus / 100 - part / 2), whole - part))
        for whole, part, focus in zip(size, cut, (focal_x, focal_y), strict=True)
    )
    return left, top, left + cut[0], top + cut[1]


def _read(data: bytes, *, widest: int | None = None, ratio: float | None = None) -> Image.Image:
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=READABLE)
        if widest is not None:
            # A JPEG can be read at a half or a quarter for a fraction of the time, if the cut stays wide enough.
            cut = image.width if ratio is None else min(image.width, image.height * ratio)
            image.draft(None, (math.ceil(widest * image.width / max(1, cut)), 1))
        image.load()
        return image.convert("RGBA" if "A" in image.getbands() else "RGB")
    except Exception as error:  # decoders raise whatever a damaged byte leads them to
        raise ImageError(_("This picture can no longer be read. Upload it again.")) from error


def fitting(own: int, widths: Sequence[int] = WIDTHS) -> tuple[int, ...]:
    """The widths in which `renditions` makes copies of a picture that is `own` wide, the narrowest first."""
    return tuple(sorted({width for width in widths if width <= own} | {min(own, max(widths))}))


def _in_all_formats(image: Image.Image) -> list[Rendition]:
    made = [_rendition(image, "webp", quality=77, method=2)]
    if "avif" in FORMATS:
        made.insert(0, _rendition(image, "avif", quality=58, speed=8, max_threads=1))
    made.append(_rendition(on_white(image), "jpeg", quality=80, progressive=True, optimize=True))
    return made


def _rendition(image: Image.Image, kind: Format, **options: int) -> Rendition:
    out = BytesIO()
    image.save(out, kind, **options)
    return Rendition(width=image.width, height=image.height, format=kind, data=out.getvalue())
