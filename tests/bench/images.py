"""Milliseconds of CPU for drawing and cutting pictures: python -m tests.bench.images"""

from __future__ import annotations

import io
import os
import random
import time
from collections.abc import Callable
from functools import partial

import django
from PIL import Image, ImageFilter

from articles import images
from articles.demo import covers


def photo() -> bytes:
    """Twelve megapixels of soft noise on a slope of light: as heavy to encode as a photograph."""
    noise = Image.frombytes("L", (2000, 1500), random.Random(7).randbytes(3_000_000)).filter(
        ImageFilter.GaussianBlur(1)
    )
    slope = Image.linear_gradient("L").resize((2000, 1500))
    out = io.BytesIO()
    Image.blend(noise, slope, 0.6).convert("RGB").resize((4000, 3000)).save(out, "JPEG", quality=90)
    return out.getvalue()


def measure(name: str, act: Callable[[], object]) -> None:
    act()
    began = time.process_time()
    act()
    print(f"{name:24} {1000 * (time.process_time() - began):8.0f} ms")


def share(cover: bytes) -> bytes:
    heading = "이국종 교수와 골든 아워"
    return images.share_picture(number="7", heading=heading, palette="teal", cover=cover, site_name="Fanguide")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fanguide.settings")
    django.setup()
    upload, cover = photo(), covers.draw_cover(palette="teal", motif="pulse", seed="x")
    measure("check of 12 megapixels", lambda: images.check(upload, "photo.jpg"))
    checked = images.check(upload, "photo.jpg").data
    measure("its renditions", lambda: images.renditions(checked))
    see_through = io.BytesIO()
    Image.open(io.BytesIO(checked)).convert("RGBA").save(see_through, "WEBP", lossless=True, method=0)
    measure("renditions with alpha", lambda: images.renditions(see_through.getvalue()))
    measure("a cover", lambda: covers.draw_cover(palette="rose", motif="city", seed="y"))
    for name, ground in (("a share picture", cover), ("over the large photo", checked)):
        measure(name, partial(share, ground))


if __name__ == "__main__":
    main()
