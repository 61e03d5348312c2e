"""The colours of one cover: a subject's colour, a neighbour of it, and an hour of the day."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from articles.images.palette import COLOURS, RGB, mix

BLACK: RGB = (6, 6, 12)
WHITE: RGB = (255, 255, 255)

#: Colours that sit well beside each; the first is warmer or cooler, the second opposite in mood.
_COMPANIONS: Mapping[str, tuple[str, str]] = {
    "rose": ("coral", "violet"),
    "coral": ("amber", "rose"),
    "amber": ("coral", "brick"),
    "olive": ("amber", "jade"),
    "jade": ("teal", "amber"),
    "teal": ("sky", "coral"),
    "sky": ("indigo", "rose"),
    "indigo": ("violet", "coral"),
    "violet": ("rose", "sky"),
    "plum": ("rose", "amber"),
    "slate": ("sky", "coral"),
    "brick": ("amber", "rose"),
}


@dataclass(frozen=True, slots=True)
class Scheme:
    """`top` and `foot` are the ground; `far`, `mid`, `near` go towards the viewer; `sun` shines, `spark` glitters."""

    top: RGB
    foot: RGB
    far: RGB
    mid: RGB
    near: RGB
    sun: RGB
    spark: RGB
    accent: RGB
    second: RGB


def night(palette: str, rng: random.Random) -> Scheme:
    own, other = COLOURS[palette], COLOURS[rng.choice(_COMPANIONS[palette])]
    return Scheme(
        top=mix(own.deep, BLACK, 0.62),
        foot=mix(own.deep, own.accent, 0.5),
        far=mix(own.deep, own.accent, 0.55),
        mid=mix(own.deep, own.accent, 0.14),
        near=mix(own.deep, BLACK, 0.82),
        sun=mix(other.accent, other.light, 0.45),
        spark=mix(other.light, WHITE, 0.4),
        accent=own.accent,
        second=other.accent,
    )


def dusk(palette: str, rng: random.Random) -> Scheme:
    own, other = COLOURS[palette], COLOURS[rng.choice(_COMPANIONS[palette])]
    return Scheme(
        top=mix(own.deep, own.accent, 0.3),
        foot=mix(other.accent, other.light, 0.42),
        far=mix(own.accent, other.accent, 0.45),
        mid=mix(own.deep, own.accent, 0.38),
        near=mix(own.deep, BLACK, 0.55),
        sun=mix(other.light, WHITE, 0.25),
        spark=mix(other.light, WHITE, 0.6),
        accent=own.accent,
        second=other.accent,
    )


def day(palette: str, rng: random.Random) -> Scheme:
    own, other = COLOURS[palette], COLOURS[rng.choice(_COMPANIONS[palette])]
    return Scheme(
        top=mix(own.accent, own.light, 0.5),
        foot=mix(own.light, other.light, 0.5),
        far=mix(own.accent, own.light, 0.42),
        mid=own.accent,
        near=mix(own.deep, own.accent, 0.1),
        sun=mix(other.accent, other.light, 0.12),
        spark=WHITE,
        accent=own.accent,
        second=other.accent,
    )
