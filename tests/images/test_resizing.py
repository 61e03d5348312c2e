"""Renditions: every width in every format, never upscaled, quick enough to be made while the uploader waits."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter

from articles import images
from articles.images.resizing import focal_box
from tests.images.makers import decoded, encoded, halves, looks_like, picture

RED, BLUE = (220, 30, 30), (20, 40, 200)
FORMATS = ["avif", "webp", "jpeg"]


def sizes(made: tuple[images.Rendition, ...]) -> list[tuple[int, int]]:
    return sorted({(one.width, one.height) for one in made})


def test_every_width_comes_in_every_format_and_is_what_it_says() -> None:
    made = images.renditions(encoded(halves(RED, BLUE, width=2000, height=1000)), widths=(320, 640))
    assert [(one.width, one.height, one.format) for one in made] == [
        (width, width // 2, kind) for width in (320, 640) for kind in FORMATS
    ]
    for one in made:
        out = decoded(one.data)
        assert (out.format or "").lower() == one.format
        assert out.size == (one.width, one.height)
        assert looks_like(out.convert("RGB").getpixel((one.width // 4, 20)), RED, 20)
        assert looks_like(out.convert("RGB").getpixel((one.width * 3 // 4, 20)), BLUE, 20)


@pytest.mark.parametrize(
    ("own", "expected"), [(50, [50]), (320, [320]), (700, [320, 640, 700]), (1920, [320, 640, 960, 1280, 1920])]
)
def test_no_rendition_is_wider_than_the_picture_and_its_own_width_is_offered(own: int, expected: list[int]) -> None:
    made = images.renditions(encoded(picture(own, 60)))
    assert [width for width, _height in sizes(made)] == expected


@pytest.mark.slow
def test_a_cut_is_as_sharp_as_the_picture_allows() -> None:
    """A square out of a wide picture must not come from a copy that was read at a half to save time."""
    wide = encoded(picture(2400, 1200))
    assert sizes(images.renditions(wide, widths=(600, 1200), ratio=1)) == [(600, 600), (1200, 1200)]


def test_the_focal_point_stays_in_the_cut() -> None:
    data = encoded(halves(RED, BLUE, width=1000, height=400), quality=95)
    for focal_x, colour in ((10, RED), (90, BLUE)):
        (one,) = (
            one for one in images.renditions(data, widths=(300,), ratio=1, focal=(focal_x, 50)) if one.format == "jpeg"
        )
        assert looks_like(decoded(one.data).getpixel((150, 150)), colour, 20)
        cut = images.crop(data, 1, focal_x, 50)
        assert (cut.width, cut.height, cut.format) == (400, 400, "jpeg")
        assert looks_like(decoded(cut.data).getpixel((200, 200)), colour, 20)


PIXELS, PERCENT = st.integers(1, 4000), st.integers(0, 100)


@given(width=PIXELS, height=PIXELS, ratio=st.floats(0.1, 10), x=PERCENT, y=PERCENT)
def test_a_cut_lies_inside_the_picture_around_its_focal_point(
    width: int, height: int, ratio: float, x: int, y: int
) -> None:
    left, top, right, foot = focal_box((width, height), ratio, x, y)
    assert 0 <= left < right <= width
    assert 0 <= top < foot <= height
    assert right - left == width or foot - top == height
    assert left - 1 <= width * x / 100 <= right + 1
    assert top - 1 <= height * y / 100 <= foot + 1


def test_transparency_lives_on_where_the_format_can_and_stands_on_white_where_not() -> None:
    data = images.check(encoded(halves((*RED, 0), (*BLUE, 255), mode="RGBA", width=400, height=200), "PNG"), "x").data
    for one in images.renditions(data, widths=(200,)):
        left = decoded(one.data).getpixel((40, 50))
        assert left[3] == 0 if one.format != "jpeg" else looks_like(left, (255, 255, 255))
    assert images.crop(data, 1, 0, 50).format == "webp"


def test_an_original_that_broke_on_the_disk_is_an_image_error() -> None:
    whole = encoded(picture(400, 300))
    for broken in (b"", b"no picture", whole[: len(whole) // 2]):
        with pytest.raises(images.ImageError):
            images.renditions(broken)
        with pytest.raises(images.ImageError):
            images.crop(broken, 1, 50, 50)


@pytest.mark.slow
def test_a_twelve_megapixel_photo_gets_every_width_and_format() -> None:
    noise = Image.frombytes("L", (2000, 1500), random.Random(7).randbytes(3_000_000)).filter(
        ImageFilter.GaussianBlur(1)
    )
    ground = Image.merge("RGB", (Image.linear_gradient("L").resize((2000, 1500)),) * 3)
    photo = ImageChops.add(ground, Image.merge("RGB", (noise,) * 3), 1, -128).resize((4000, 3000))
    upload = encoded(photo, quality=90)
    made = images.renditions(upload)
    assert len(made) == 15
    weight = {one.format: len(one.data) for one in made if one.width == 960}
    assert weight["avif"] < weight["jpeg"]
