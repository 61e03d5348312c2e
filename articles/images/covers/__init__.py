"""Covers for articles that have no picture yet: drawn, without words, the same for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from articles.images.covers import nature, scheme, works
from articles.images.covers.canvas import Canvas

Motif = Callable[[Canvas, scheme.Scheme], None]
_ANY_HOUR = (scheme.night, scheme.dusk, scheme.day)
_DARK = (scheme.night, scheme.dusk)
_NIGHT = (scheme.night,)

#: The motif's name, how it is drawn, and the hours at which it looks its best.
MOTIFS: Mapping[str, tuple[Motif, tuple[Callable[..., scheme.Scheme], ...]]] = {
    "pulse": (works.pulse, _NIGHT),
    "city": (nature.city, _DARK),
    "stage": (works.stage, _NIGHT),
    "film": (works.film, _ANY_HOUR),
    "panels": (works.panels, _ANY_HOUR),
    "pixels": (works.pixels, _ANY_HOUR),
    "portrait": (works.portrait, _ANY_HOUR),
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
