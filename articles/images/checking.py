"""Uploads: what comes in is looked at with distrust and written anew; not a byte of the original is kept.

The original may carry a home address in its GPS tags, a script in a comment, a second file behind its end, or a few
hundred bytes that unfold to gigabytes.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _
from PIL import Image, ImageChops, ImageCms

from articles.images import palette

MAX_BYTES = 20_000_000
MAX_PIXELS = 50_000_000
MAX_SIDE = 3000
MIN_SIDE = 40
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")

_HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
_ORIENTATION_TAG = 0x0112  # TIFF 6.0, section 8: "Orientation"; 1 is upright
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class ImageError(ValueError):
    """A picture that cannot be taken; the message is a sentence for the person who uploaded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A picture that is safe to keep and to serve. `digest` names `data`; `colour` is a name out of PALETTE."""

    data: bytes
    extension: str
    width: int
    height: int
    digest: str
    colour: str


def check(data: bytes, name: str) -> Checked:
    """Read an upload and write it anew: upright, sRGB, no metadata, its longest side at most MAX_SIDE.

    Of an animation the first picture is taken. Equal bytes give equal bytes. Raises ImageError and nothing else;
    `name` (the file's own name) is only used in its sentences.
    """
    _refuse_by_content(data, name)
    image = _decode(_open(data, name), name)
    extension, written = encode(image)
    return Checked(
        data=written,
        extension=extension,
        width=image.width,
        height=image.height,
        digest=hashlib.sha256(written).hexdigest()[:32],
        colour=palette.dominant(on_white(image)),
    )


def _refuse_by_content(data: bytes, name: str) -> None:
    if not data:
        raise ImageError(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if len(data) > MAX_BYTES:
        sizes = {"name": name, "size": f"{len(data) / 1e6:.1f}", "limit": MAX_BYTES // 1_000_000}
        raise ImageError(
            _("“%(name)s” is %(size)s MB large; the limit is %(limit)s MB. Save it smaller and try again.") % sizes
        )
    if b"<svg" in data[:4096].lower():
        raise ImageError(_("“%(name)s” is an SVG drawing. Export it as PNG and upload that.") % {"name": name})
    if _is_heic(data):
        raise ImageError(
            _("“%(name)s” is a HEIC photo, which most browsers cannot show. Export it as JPEG and upload that.")
            % {"name": name}
        )


def _is_heic(data: bytes) -> bool:
    """By the brands of ISO/IEC 14496-12's `ftyp` box; AVIF is its sibling and names itself among them."""
    if data[4:8] != b"ftyp":
        return False
    box = data[8 : min(int.from_bytes(data[:4], "big"), 256)]
    brands = {box[start : start + 4] for start in range(0, len(box), 4)}
    return bool(brands & _HEIF_BRANDS) and not brands & {b"avif", b"avis"}


def _open(data: bytes, name: str) -> Image.Image:
    """The header is read, the pixels are not: everything that its size forbids is refused here."""
    too_many = ImageError(
        _("“%(name)s” has more than %(limit)s million pixels. Save it smaller and try again.")
        % {"name": name, "limit": MAX_PIXELS // 1_000_000}
    )
    try:
        image: Image.Image = Image.open(BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many from error
    except Exception as error:  # garbled headers make Pillow raise far more than OSError
        raise ImageError(
            _("“%(name)s” is not a picture that can be read here. Use JPEG, PNG, WebP, GIF or AVIF.") % {"name": name}
        ) from error
    if image.width * image.height > MAX_PIXELS:
        raise too_many
    if min(image.size) < MIN_SIDE:
        raise ImageError(
            _("“%(name)s” is %(width)s × %(height)s pixels; it needs at least %(least)s on each side.")
            % {"name": name, "width": image.width, "height": image.height, "least": MIN_SIDE}
        )
    if min(image.size) * MAX_SIDE < max(image.size) * MIN_SIDE:
        raise ImageError(
            _("“%(name)s” is too long and thin (%(width)s × %(height)s pixels). Cut out the part that matters.")
            % {"name": name, "width": image.width, "height": image.height}
        )
    return image


def _decode(image: Image.Image, name: str) -> Image.Image:
    """RGB, or RGBA where something shows through; upright, cut down, in sRGB, with nothing attached."""
    try:
        profile = image.info.get("icc_profile")
        _scale_transparency(image)
        if image.format == "JPEG":
            image.draft(None, (MAX_SIDE, MAX_SIDE))  # decodes at 1/2, 1/4 or 1/8, never below what is asked for
        image.load()
        upright = _upright(image)
        plain = _eight_bits(upright)
        plain.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
        plain = _without_idle_alpha(_to_srgb(plain, profile))
    except Exception as error:  # decoders raise whatever a damaged byte leads them to
        raise ImageError(
            _("“%(name)s” is damaged or not complete. Export or download it again.") % {"name": name}
        ) from error
    plain.info.clear()
    return plain


def _upright(image: Image.Image) -> Image.Image:
    turn = None
    with contextlib.suppress(Exception):  # a garbled EXIF block is no reason to lose a sound picture
        turn = _UPRIGHT.get(image.getexif().get(_ORIENTATION_TAG, 1))
    return image.transpose(turn) if turn is not None else image


def _eight_bits(image: Image.Image) -> Image.Image:
    """A mode that can be resized and has a colour profile's number of channels."""
    if image.mode.startswith("I"):
        return _grey_of_16_bits(image)
    if "transparency" in image.info or image.mode in {"PA", "LA", "La", "RGBa"}:
        return image.convert("RGBA")
    if image.mode in {"RGB", "RGBA", "CMYK", "L"}:
        return image.copy()
    return image.convert("RGB")


#: By how much Pillow multiplies the samples of a PNG in these layouts, and not the colour that shows through.
_SCALES = {"L;2": 85.0, "L;4": 17.0, "RGB;16B": 1 / 256}


def _scale_transparency(image: Image.Image) -> None:
    """Makes the transparent colour of a PNG (tRNS) comparable with the pixels. Call it before they are read."""
    tiles = getattr(image, "tile", None)  # what a file holds, until it is read
    layout = tiles[0].args if tiles else None
    scale, clear = _SCALES.get(str(layout)), image.info.get("transparency")
    if scale is None or clear is None or isinstance(clear, bytes):
        return
    several = isinstance(clear, tuple)
    scaled = tuple(int(value * scale) for value in (clear if several else (clear,)))
    image.info["transparency"] = scaled if several else scaled[0]


def _grey_of_16_bits(image: Image.Image) -> Image.Image:
    """Scaled, where convert("L") would clip; a grey that shows through is clear."""
    deep = image.convert("I")
    grey = deep.point(lambda value: value / 256).convert("L")
    clear = image.info.get("transparency")
    if not isinstance(clear, int):
        return grey
    above = deep.point(lambda value: value - clear)
    below = above.point(lambda value: value * -1)
    differs = ImageChops.lighter(above.convert("L"), below.convert("L"))  # clipped to 0 … 255: 0 only where equal
    return Image.merge("RGBA", (grey, grey, grey, differs.point(lambda value: 255 if value else 0)))


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        # A profile that is broken, or made for other channels, says nothing: the numbers are then taken as sRGB.
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, _SRGB, outputMode=mode)
            if converted is not None:
                return converted
    return image.convert(mode)


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image


def encode(image: Image.Image) -> tuple[str, bytes]:
    """The extension and the bytes: lossless WebP where something shows through, else JPEG."""
    out = BytesIO()
    if image.mode == "RGBA":
        image.save(out, "WEBP", lossless=True, method=3)
        return "webp", out.getvalue()
    image.save(out, "JPEG", quality=86, progressive=True, optimize=True)
    return "jpg", out.getvalue()


def on_white(image: Image.Image) -> Image.Image:
    """On white, as a page would show it."""
    if image.mode == "RGB":
        return image
    ground = Image.new("RGB", image.size, (255, 255, 255))
    ground.paste(image, mask=image.getchannel("A"))
    return ground
