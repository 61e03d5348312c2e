"""A page of a comic: leaning panels with gutters, each a picture of its own."""

from __future__ import annotations

import math
from collections.abc import Callable

from articles.demo.covers.scheme import Scheme
from articles.images.canvas import Canvas, Point
from articles.images.palette import mix


def panels(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(mix(scheme.spark, scheme.foot, 0.12), mix(scheme.spark, scheme.foot, 0.3))
    gap, lean = h * 0.028, h * canvas.between(0.07, 0.14) * canvas.rng.choice((-1, 1))
    edges = [0, w * canvas.between(0.24, 0.34), w * canvas.between(0.6, 0.7), w]
    tall = canvas.rng.randrange(3)
    drawings = [_rays, _halftone, _moon, _hills, _speed]
    canvas.rng.shuffle(drawings)
    for column in range(3):
        left, right = edges[column] + gap / 2, edges[column + 1] - gap / 2
        cut = h * canvas.between(0.36, 0.64)
        rows = [(-20.0, h + 20)] if column == tall else [(-20.0, cut - gap / 2), (cut + gap / 2, h + 20)]
        for top, foot in rows:
            skew = lean * 0.5
            corners = [
                (left + _leaning(top, h, lean) - (99 if column == 0 else 0), top - (skew if top > 0 else 0)),
                (right + _leaning(top, h, lean) + (99 if column == 2 else 0), top + (skew if top > 0 else 0)),
                (right + _leaning(foot, h, lean) + (99 if column == 2 else 0), foot + (skew if foot < h else 0)),
                (left + _leaning(foot, h, lean) - (99 if column == 0 else 0), foot - (skew if foot < h else 0)),
            ]
            _panel(canvas, scheme, corners, drawings.pop() if drawings else _rays)


def _leaning(y: float, h: int, lean: float) -> float:
    return lean * (0.5 - y / h)


def _panel(
    canvas: Canvas, scheme: Scheme, corners: list[Point], drawing: Callable[[Canvas, Scheme, Point, float], None]
) -> None:
    """A panel is a picture of its own, seen through the panel's outline."""
    outline = canvas.stencil()
    outline.polygon(corners)
    window = outline.finished(0)
    behind, canvas.image = canvas.image, canvas.image.copy()
    centre = (sum(x for x, _y in corners) / 4, sum(y for _x, y in corners) / 4)
    drawing(canvas, scheme, centre, min(canvas.h * 0.5, corners[1][0] - corners[0][0]))
    behind.paste(canvas.image, mask=window)
    canvas.image = behind


def _rays(canvas: Canvas, scheme: Scheme, centre: Point, _size: float) -> None:
    canvas.ground(scheme.second, mix(scheme.second, scheme.sun, 0.6))
    rays, count = canvas.stencil(), 26
    for index in range(count):
        angle, width = index / count * math.tau, math.tau / count * 0.27
        reach = canvas.w
        ends = [
            (centre[0] + math.cos(angle + turn) * reach, centre[1] + math.sin(angle + turn) * reach)
            for turn in (-width, width)
        ]
        rays.polygon([centre, *ends])
    canvas.lay(rays, scheme.spark, opacity=0.4)
    canvas.disc(*centre, canvas.h * 0.13, scheme.spark)
    canvas.disc(*centre, canvas.h * 0.095, scheme.accent)


def _halftone(canvas: Canvas, scheme: Scheme, centre: Point, size: float) -> None:
    canvas.ground(scheme.accent, mix(scheme.accent, scheme.spark, 0.45))
    dots, pitch = canvas.stencil(), canvas.h / 34
    left, top = centre[0] - canvas.w * 0.3, -pitch
    for row in range(40):
        for column in range(int(canvas.w * 0.6 / pitch)):
            y = top + row * pitch * 0.87
            dots.ellipse(
                left + (column + row % 2 / 2) * pitch, y, pitch * 0.5 * max(0.0, 1 - y / canvas.h) ** 0.8 + 0.1
            )
    canvas.lay(dots, scheme.near, opacity=0.85)
    balloon = canvas.stencil()
    x, y = centre[0], centre[1] + size * 0.06
    balloon.ellipse(x, y, size * 0.34, size * 0.24)
    balloon.polygon(
        [(x - size * 0.2, y + size * 0.1), (x + size * 0.02, y + size * 0.2), (x - size * 0.26, y + size * 0.4)]
    )
    canvas.lay(balloon, scheme.spark)
    marks = canvas.stencil()
    for index in (-1, 0, 1):
        marks.ellipse(x + index * size * 0.13, y, size * 0.036)
    canvas.lay(marks, scheme.near)


def _moon(canvas: Canvas, scheme: Scheme, centre: Point, size: float) -> None:
    canvas.ground(scheme.near, mix(scheme.mid, scheme.accent, 0.3))
    canvas.glow(*centre, size * 0.9, scheme.sun, opacity=0.6)
    canvas.disc(*centre, size * 0.27, (scheme.spark, scheme.sun))
    sparks = canvas.stencil()
    for _index in range(60):
        sparks.ellipse(centre[0] + canvas.between(-1, 1) * size, canvas.between(0, canvas.h), canvas.between(0.8, 2.8))
    canvas.lay(sparks, scheme.spark, opacity=0.8)


def _hills(canvas: Canvas, scheme: Scheme, centre: Point, size: float) -> None:
    canvas.ground(mix(scheme.sun, scheme.spark, 0.5), scheme.second)
    canvas.disc(centre[0] + size * 0.12, centre[1] - size * 0.1, size * 0.2, scheme.spark)
    for index, colour in enumerate((scheme.far, scheme.mid, scheme.near)):
        ridge = canvas.ridge(centre[1] + size * (0.12 + 0.14 * index), size * 0.1, roughness=0.5, bumps=4 + index)
        canvas.lay(canvas.land(ridge), colour, opacity=0.95)


def _speed(canvas: Canvas, scheme: Scheme, centre: Point, _size: float) -> None:
    canvas.ground(mix(scheme.mid, scheme.accent, 0.35), scheme.near)
    lines = canvas.stencil()
    for _index in range(110):
        angle, inner = canvas.between(0, math.tau), canvas.h * canvas.between(0.17, 0.34)
        width = canvas.between(0.002, 0.012)
        tip = (centre[0] + math.cos(angle) * inner, centre[1] + math.sin(angle) * inner)
        ends = [
            (centre[0] + math.cos(angle + turn) * canvas.w, centre[1] + math.sin(angle + turn) * canvas.w)
            for turn in (-width, width)
        ]
        lines.polygon([tip, *ends])
    canvas.lay(lines, scheme.spark, opacity=0.8)
    canvas.glow(*centre, canvas.h * 0.3, scheme.sun, opacity=0.8)
