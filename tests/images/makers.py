"""Pictures for tests, made on the spot."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def picture(width: int = 120, height: int = 80, colour: Any = (200, 40, 40), mode: str = "RGB") -> Image.Image:
    return Image.new(mode, (width, height), colour)


def halves(left: Any, right: Any, *, width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Two colours side by side: shows which way is up, what was cut off and what was mirrored."""
    image = Image.new(mode, (width, height), left)
    image.paste(right, (width // 2, 0, width, height))
    return image


def looks_like(found: Any, expected: tuple[int, int, int], tolerance: int = 14) -> bool:
    return all(abs(one - other) <= tolerance for one, other in zip(found, expected, strict=True))
