"""A landscape on a grid, as a game of 1988 would have drawn it with today's colours."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import Scheme
from articles.images.canvas import Canvas, Stencil
from articles.images.palette import RGB, mix


def pixels(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot)
    unit = h / 36
    x, y = round(w / unit * canvas.rng.choice((0.28, 0.7))) * unit, unit * 13
    canvas.glow(x, y, h * 0.7, scheme.sun, opacity=0.55)
    _pixel_disc(canvas, x, y, unit, 7, scheme.sun)
    clouds = canvas.stencil()
    for _index in range(6):
        _pixel_cloud(canvas, clouds, unit)
    canvas.lay(clouds, scheme.spark, opacity=0.5)
    for index, colour in enumerate(
        (scheme.far, mix(scheme.far, scheme.mid, 0.65), mix(scheme.mid, scheme.near, 0.4), scheme.near)
    ):
        _pixel_land(canvas, colour, unit, base=19 + index * 4.4, height=4.6 - index * 0.6, bumps=2 + index * 0.8)
    _sprites(canvas, scheme, unit)


def _pixel_disc(canvas: Canvas, x: float, y: float, unit: float, radius: int, colour: RGB) -> None:
    disc = canvas.stencil()
    for row in range(-radius, radius):
        half = round(math.sqrt(max(0.0, radius**2 - (row + 0.5) ** 2)))
        disc.box(x - half * unit, y + row * unit, x + half * unit, y + (row + 1) * unit)
        if row > 0 and row % 2:
            disc.box(x - half * unit, y + (row + 0.7) * unit, x + half * unit, y + (row + 1) * unit, value=0)
    canvas.lay(disc, colour)


def _pixel_cloud(canvas: Canvas, clouds: Stencil, unit: float) -> None:
    x, y = round(canvas.between(0, canvas.w / unit)) * unit, round(canvas.between(3, 13)) * unit
    for row, width in enumerate((2, 5, 8)):
        shift = canvas.rng.choice((-1, 0, 1))
        clouds.box(x + (shift - width / 2) * unit, y + row * unit, x + (shift + width / 2) * unit, y + (row + 1) * unit)


def _pixel_land(canvas: Canvas, colour: RGB, unit: float, *, base: float, height: float, bumps: float) -> None:
    land, crest = canvas.stencil(), canvas.stencil()
    ridge = canvas.ridge(base, height / 1.6, roughness=0.5, bumps=bumps)
    for column in range(int(canvas.w / unit) + 1):
        place = min(len(ridge) - 1, round((column + 0.5) * unit / canvas.w * (len(ridge) - 1)))
        top = round(ridge[place][1]) * unit
        land.box(column * unit, top, (column + 1) * unit, canvas.h)
        crest.box(column * unit, top, (column + 1) * unit, top + unit * 0.42)
    canvas.lay(land, colour)
    canvas.lay(crest, (255, 255, 255), opacity=0.22)


def _sprites(canvas: Canvas, scheme: Scheme, unit: float) -> None:
    """A ledge of blocks with coins above it, and the hearts that every game counts."""
    blocks, gaps, coins = canvas.stencil(), canvas.stencil(), canvas.stencil()
    count, left, top = canvas.rng.choice((4, 5, 6)), round(canvas.between(20, 38)) * unit, 17 * unit
    for index in range(count):
        x = left + index * 2 * unit
        blocks.box(x, top, x + 2 * unit, top + 2 * unit)
        gaps.box(x + unit * 0.22, top + unit * 0.22, x + 1.78 * unit, top + unit * 0.5)
        if index % 2 == 0:
            coins.box(x + unit * 0.5, top - unit * 2.6, x + unit * 1.5, top - unit * 0.8)
            coins.box(x + unit * 0.25, top - unit * 2.3, x + unit * 1.75, top - unit * 1.1)
    canvas.lay(blocks, (scheme.second, mix(scheme.second, scheme.near, 0.45)))
    canvas.lay(gaps, scheme.spark, opacity=0.4)
    canvas.lay(coins, (scheme.spark, mix(scheme.sun, scheme.spark, 0.4)))
    hearts, small = canvas.stencil(), unit * 0.55
    for index in range(3):
        for row, line in enumerate((".##.##.", "#######", "#######", ".#####.", "..###..", "...#...")):
            for column in (place for place, mark in enumerate(line) if mark == "#"):
                x, y = unit * (2 + index * 4.6) + column * small, unit * 2 + row * small
                hearts.box(x, y, x + small, y + small)
    canvas.lay(hearts, mix(scheme.second, scheme.spark, 0.15))
