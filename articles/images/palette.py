"""The fixed palette: a subject's colour is one of these names, never a free value.

Distances are taken in OKLab (Björn Ottosson, 2020), where equal steps look equal; in RGB a dark red is nearer to
brown than to red.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from PIL import Image

RGB = tuple[int, int, int]

#: Below this OKLab chroma a colour reads as grey, whatever its hue says.
GREY_CHROMA = 0.04


@dataclass(frozen=True, slots=True)
class Colours:
    """`light` carries dark text, `deep` carries white text, `accent` is the colour that a reader would name."""

    light: RGB
    deep: RGB
    accent: RGB


COLOURS: Mapping[str, Colours] = {
    "rose": Colours((253, 230, 236), (94, 16, 48), (226, 72, 122)),
    "coral": Colours((254, 232, 224), (104, 32, 20), (244, 112, 84)),
    "amber": Colours((253, 240, 212), (86, 52, 6), (236, 164, 40)),
    "olive": Colours((240, 242, 216), (52, 58, 16), (152, 162, 54)),
    "jade": Colours((222, 244, 232), (8, 68, 50), (44, 170, 118)),
    "teal": Colours((218, 242, 242), (8, 62, 72), (26, 156, 166)),
    "sky": Colours((224, 240, 252), (14, 56, 92), (58, 154, 226)),
    "indigo": Colours((230, 232, 252), (32, 36, 100), (84, 98, 222)),
    "violet": Colours((238, 230, 252), (58, 28, 108), (138, 90, 224)),
    "plum": Colours((247, 228, 244), (80, 22, 74), (180, 70, 158)),
    "slate": Colours((232, 236, 240), (36, 46, 58), (102, 120, 140)),
    "brick": Colours((248, 229, 222), (82, 22, 14), (176, 62, 42)),
}
PALETTE: tuple[str, ...] = tuple(COLOURS)


def nearest_palette(rgb: RGB) -> str:
    """The palette name that a reader would call this colour by: hue first, then how light it is."""
    lightness, a, b = oklab(rgb)
    chroma = math.hypot(a, b)
    if chroma < GREY_CHROMA:
        return "slate"
    here = (a / chroma, b / chroma, lightness * 0.7)
    return min(_DIRECTIONS, key=lambda name: math.dist(here, _DIRECTIONS[name]))


def dominant(image: Image.Image) -> str:
    """The palette name of a picture in mode RGB: each pixel votes, strong colours louder than pale ones.

    Without that weight every night scene and every wall would be slate.
    """
    votes: Counter[str] = Counter()
    small = image.resize((96, 96), Image.Resampling.BOX).quantize(24, Image.Quantize.MEDIANCUT)
    flat = small.getpalette() or []
    for count, index in cast("list[tuple[int, int]]", small.getcolors(256) or []):
        red, green, blue = flat[index * 3 : index * 3 + 3]
        _lightness, a, b = oklab((red, green, blue))
        votes[nearest_palette((red, green, blue))] += round(count * (4 + 1000 * math.hypot(a, b)))
    return max(PALETTE, key=lambda name: votes[name])


def oklab(rgb: RGB) -> tuple[float, float, float]:
    red, green, blue = (_linear(channel / 255) for channel in rgb)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def mix(one: RGB, other: RGB, share: float) -> RGB:
    """`share` 0 is `one`, 1 is `other`; between them in linear light, so that the middle does not turn muddy."""
    return cast("RGB", tuple(_mixed(first, second, share) for first, second in zip(one, other, strict=True)))


def _mixed(first: int, second: int, share: float) -> int:
    linear = _linear(first / 255) * (1 - share) + _linear(second / 255) * share
    curved = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return max(0, min(255, round(curved * 255)))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _direction(rgb: RGB) -> tuple[float, float, float]:
    lightness, a, b = oklab(rgb)
    chroma = math.hypot(a, b)
    return a / chroma, b / chroma, lightness * 0.7


_DIRECTIONS = {name: _direction(colours.accent) for name, colours in COLOURS.items() if name != "slate"}
