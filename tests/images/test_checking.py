"""An upload is either written anew, clean and upright, or refused with a sentence that says what to do."""

from __future__ import annotations

import contextlib
import random
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin, features

from articles import images
from tests.images.makers import decoded, encoded, halves, looks_like, picture

RED, BLUE = (220, 30, 30), (20, 40, 200)
PHOTO = encoded(Image.effect_mandelbrot((160, 120), (-2, -1.5, 1, 1.5), 60).convert("RGB"), "JPEG")
ALL_KINDS = ["JPEG", "PNG", "WEBP", "GIF", *(["AVIF"] if features.check("avif") else [])]


def refusal(data: bytes, name: str = "cover.jpg") -> str:
    with pytest.raises(images.ImageError) as caught:
        images.check(data, name)
    return str(caught.value)


@pytest.mark.parametrize("kind", ALL_KINDS)
def test_every_promised_format_comes_out_as_jpeg_with_its_colours(kind: str) -> None:
    checked = images.check(encoded(halves(RED, BLUE), kind), "x")
    out = decoded(checked.data)
    assert (out.format, checked.extension) == ("JPEG", "jpg")
    assert (checked.width, checked.height) == out.size == (120, 80)
    assert looks_like(out.getpixel((20, 40)), RED, 20)
    assert looks_like(out.getpixel((100, 40)), BLUE, 20)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\xff" * 20_000_001, "the limit is 20 MB"),
        (b"%PDF-1.7 no picture", "not a picture"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 60, "HEIC"),
        (PHOTO[: len(PHOTO) // 2], "damaged or not complete"),
        (encoded(picture(39, 300), "PNG"), "at least 40"),
        (encoded(picture(41, 3200), "PNG"), "too long and thin"),
    ],
)
def test_a_refusal_names_the_file_and_the_trouble(data: bytes, words: str) -> None:
    sentence = refusal(data, "cover.jpg")
    assert words in sentence
    assert "cover.jpg" in sentence


def _png_that_claims(width: int, height: int) -> bytes:
    """A header alone: whoever decodes it before counting its pixels finds no pixels at all."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 64)
    chunks = (
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (header, body, b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize("side", [7_100, 10_000, 12_000, 60_000])
def test_too_many_pixels_are_refused_by_the_header_alone(side: int) -> None:
    assert "50 million pixels" in refusal(_png_that_claims(side, side))


def test_the_animations_first_picture_is_taken() -> None:
    frames = [picture(colour=RED), picture(colour=BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
        data = encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        assert looks_like(decoded(images.check(data, "x").data).getpixel((60, 40)), RED)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_with_a_turned_camera_comes_out_upright(orientation: int) -> None:
    upright = Image.new("RGB", (120, 80), BLUE)
    upright.paste(RED, (0, 0, 60, 40))  # red in the upper left corner, and only there
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Image.Transpose that stores it as such a camera would
    stored = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = decoded(images.check(encoded(stored, "JPEG", exif=exif, quality=95), "x").data)
    assert out.size == (120, 80)
    assert looks_like(out.getpixel((20, 15)), RED)
    assert looks_like(out.getpixel((100, 15)), BLUE)
    assert looks_like(out.getpixel((20, 65)), BLUE)


def test_nothing_of_the_metadata_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET description"
    exif.get_ifd(0x8825)[29] = "SECRET:gps"
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "SECRET text")
    uploads = [
        encoded(picture(), "JPEG", exif=exif, comment=b"SECRET comment") + b"SECRET tail",
        encoded(picture(), "PNG", exif=exif, pnginfo=note),
        encoded(picture(mode="RGBA", colour=(9, 9, 9, 90)), "WEBP", exif=exif, xmp=b"SECRET xmp"),
        encoded(picture(), "GIF", comment=b"SECRET comment"),
    ]
    for upload in uploads:
        assert b"SECRET" in upload
        written = images.check(upload, "x").data
        assert b"SECRET" not in written
        assert not decoded(written).getexif()


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
#: The tags of the red and the blue primary have changed places: numbers that say red mean blue.
RED_IS_BLUE = SRGB.replace(b"rXYZ", b"????", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"????", b"bXYZ", 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_colour_profile_is_applied_and_dropped(kind: str) -> None:
    for mode, value in (("RGB", (220, 0, 0)), ("RGBA", (220, 0, 0, 255)), ("RGBA", (220, 0, 0, 128))):
        if kind == "JPEG" and mode == "RGBA":
            continue
        data = encoded(picture(mode=mode, colour=value), kind, icc_profile=RED_IS_BLUE)
        out = decoded(images.check(data, "x").data)
        assert looks_like(out.convert("RGB").getpixel((9, 9)), (0, 0, 220), 20)
        assert "icc_profile" not in out.info


@pytest.mark.parametrize("profile", [ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), b"garbage"])
def test_a_profile_that_is_broken_or_made_for_other_channels_is_passed_over(profile: bytes) -> None:
    out = decoded(images.check(encoded(halves(RED, BLUE), "PNG", icc_profile=profile), "x").data)
    assert looks_like(out.getpixel((20, 40)), RED)


def test_printing_colours_and_grey_become_screen_colours() -> None:
    cmyk = encoded(picture(mode="CMYK", colour=(0, 255, 255, 0)), "JPEG", quality=95)
    assert looks_like(decoded(images.check(cmyk, "x").data).getpixel((5, 5)), (255, 0, 0), 30)
    for mode, value in (("L", 117), ("LA", (117, 255)), ("I;16", 117 * 257), ("1", 1)):
        grey = encoded(picture(mode=mode, colour=value), "PNG")
        expected = 255 if mode == "1" else 117
        out = decoded(images.check(grey, "x").data)
        assert out.mode == "RGB"
        assert looks_like(out.getpixel((5, 5)), (expected,) * 3, 2)


def test_what_shows_through_still_shows_through_and_what_does_not_is_a_jpeg() -> None:
    glass = images.check(encoded(halves((*RED, 0), (*BLUE, 255), mode="RGBA"), "PNG"), "x")
    assert glass.extension == "webp"
    assert decoded(glass.data).getpixel((20, 40))[3] == 0
    assert decoded(glass.data).getpixel((100, 40)) == (*BLUE, 255)
    indexed = encoded(picture().quantize(4), "PNG", transparency=0)
    assert images.check(indexed, "x").extension == "webp"
    assert images.check(encoded(picture(mode="RGBA", colour=(*RED, 255)), "PNG"), "x").extension == "jpg"


@pytest.mark.slow
def test_a_large_picture_is_cut_down_and_a_small_one_left_at_its_size() -> None:
    for kind in ("JPEG", "PNG"):
        large = images.check(encoded(picture(6100, 2000), kind), "x")
        assert (large.width, large.height) == (3000, 984)
        assert decoded(large.data).size == (3000, 984)
    small = images.check(encoded(picture(41, 40)), "x")
    assert (small.width, small.height) == (41, 40)


def test_equal_uploads_give_equal_bytes_under_an_equal_name() -> None:
    first, second = images.check(PHOTO, "one.jpg"), images.check(PHOTO, "two.jpg")
    assert first == second
    assert len(first.digest) == 32
    assert first.digest != images.check(encoded(picture()), "one.jpg").digest


@given(kind=st.sampled_from(ALL_KINDS), seed=st.integers(0, 10**9), cut=st.booleans())
def test_garbled_bytes_are_read_or_refused_and_nothing_else_happens(kind: str, seed: int, cut: bool) -> None:
    chance = random.Random(seed)
    exif = Image.Exif()
    exif[0x0112] = 6
    data = bytearray(encoded(halves(RED, BLUE), kind, **({} if kind == "GIF" else {"exif": exif})))
    for _index in range(chance.randrange(1, 12)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if cut:
        del data[chance.randrange(len(data)) :]
    with contextlib.suppress(images.ImageError):
        checked = images.check(bytes(data), "x")
        assert decoded(checked.data).size == (checked.width, checked.height)


def _png_with_clear(depth: int, kind: int, samples: bytes, clear: bytes) -> bytes:
    """A PNG of 64 equal rows; `kind` 0 is grey, 2 is RGB (PNG 1.2, section 4.1.1), `clear` the content of tRNS."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    width = len(samples) * 8 // depth // (3 if kind == 2 else 1)
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, 64, depth, kind, 0, 0, 0))
    rows = zlib.compress((b"\0" + samples) * 64)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"tRNS", clear) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("depth", "kind", "samples", "clear"),
    [
        (1, 0, b"\x00" * 4 + b"\xff" * 4, b"\x00\x00"),
        (2, 0, b"\x55" * 8 + b"\xff" * 8, b"\x00\x01"),
        (4, 0, b"\x77" * 16 + b"\xff" * 16, b"\x00\x07"),
        (8, 0, b"\x07" * 32 + b"\xff" * 32, b"\x00\x07"),
        (16, 0, b"\x9c\x40" * 32 + b"\xff\xff" * 32, b"\x9c\x40"),
        (16, 0, b"\x00\x00" * 32 + b"\x00\x01" * 32, b"\x00\x00"),
        (8, 2, b"\x01\x02\x03" * 32 + b"\xff\xff\xff" * 32, b"\x00\x01\x00\x02\x00\x03"),
        (16, 2, b"\x12\x34\x56\x78\x9a\xbc" * 32 + b"\xff" * 192, b"\x12\x34\x56\x78\x9a\xbc"),
    ],
)
def test_a_colour_that_shows_through_does_so_at_every_depth(depth, kind, samples, clear) -> None:
    out = decoded(images.check(_png_with_clear(depth, kind, samples, clear), "x.png").data).convert("RGBA")
    assert out.getpixel((5, 30))[3] == 0
    assert out.getpixel((58, 30))[3] == 255
