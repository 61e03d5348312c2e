"""Covers for articles that have no picture yet: drawn, without words, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from articles.demo.covers import nature, people, scheme
from articles.demo.covers.city import city
from articles.demo.covers.film import film
from articles.demo.covers.panels import panels
from articles.demo.covers.pixels import pixels
from articles.images.canvas import Canvas

Motif = Callable[[Canvas, scheme.Scheme], None]
_ANY_HOUR = (scheme.night, scheme.dusk, scheme.day)
_DARK = (scheme.night, scheme.dusk)
_NIGHT = (scheme.night,)

#: The motif's name, how it is drawn, and the hours at which it looks its best.
MOTIFS: Mapping[str, tuple[Motif, tuple[Callable[..., scheme.Scheme], ...]]] = {
    "pulse": (people.pulse, _NIGHT),
    "city": (city, _DARK),
    "stage": (people.stage, _NIGHT),
    "film": (film, _ANY_HOUR),
    "panels": (panels, _ANY_HOUR),
    "pixels": (pixels, _ANY_HOUR),
    "portrait": (people.portrait, _ANY_HOUR),
    "waves": (nature.waves, _ANY_HOUR),
    "blossom": (nature.blossom, _ANY_HOUR),
    "mountains": (nature.mountains, _ANY_HOUR),
    "stars": (nature.stars, _NIGHT),
}
COVER_BYTES = 120_000


def draw_cover(*, palette: str, motif: str, seed: str, size: tuple[int, int] = (1600, 900)) -> bytes:
    """A JPEG. `palette` is a name out of PALETTE, `motif` out of MOTIFS; any other is a KeyError."""
    draw, hours = MOTIFS[motif]
    canvas = Canvas(size, f"{motif}/{seed}")
    draw(canvas, canvas.rng.choice(hours)(palette, canvas.rng))
    return canvas.finish(limit=COVER_BYTES)
