"""Roofs in layers before a low sun, with lit windows."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import Scheme
from articles.images.canvas import Canvas, Stencil
from articles.images.palette import RGB, mix


def city(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot)
    x, y, radius = w * canvas.rng.choice((0.28, 0.7)), h * canvas.between(0.36, 0.44), h * canvas.between(0.22, 0.28)
    canvas.glow(x, y, radius * 3, scheme.sun, opacity=0.5)
    canvas.disc(x, y, radius, (scheme.sun, mix(scheme.sun, scheme.second, 0.6)))
    layers = 4
    for index in range(layers):
        depth = index / (layers - 1)
        colour = mix(mix(scheme.far, scheme.foot, 0.3), scheme.near, depth)
        _skyline(canvas, scheme, colour, depth)
        if index < layers - 1:
            canvas.glow(w * canvas.between(0.2, 0.8), h * 1.02, w * 0.6, scheme.second, opacity=0.3)


def _skyline(canvas: Canvas, scheme: Scheme, colour: RGB, depth: float) -> None:
    w, h = canvas.size
    houses, windows = canvas.stencil(), canvas.stencil()
    x, centre = -w * 0.02, canvas.between(0.2, 0.8)
    while x < w:
        width = w * canvas.between(0.03, 0.075) * (0.8 + 0.5 * depth)
        rise = math.exp(-(((x / w - centre) / 0.35) ** 2))
        top = h * (
            0.62 + 0.16 * depth - 0.26 * rise * canvas.between(0.5, 1.1) * (1 - 0.35 * depth)
        ) + h * canvas.between(-0.06, 0.06)
        houses.box(x, top, x + width, h)
        if canvas.rng.random() < 0.35:
            houses.box(x + width * 0.28, top - h * 0.025, x + width * 0.72, top + 4)
        if canvas.rng.random() < 0.22:
            houses.line([(x + width / 2, top), (x + width / 2, top - h * canvas.between(0.05, 0.1))], 2.5)
        if depth > 0.3:
            _windows(canvas, windows, x, top, width)
        x += width + (w * canvas.between(0.004, 0.02) if canvas.rng.random() < 0.3 else 0)
    canvas.lay(houses, (colour, mix(colour, scheme.second, 0.28 * (1 - depth))))
    canvas.lay(windows, scheme.sun, opacity=0.25 + 0.6 * depth)


def _windows(canvas: Canvas, stencil: Stencil, x: float, top: float, width: float) -> None:
    h = canvas.h
    columns = max(2, int(width / (h * 0.022)))
    pitch = width / columns
    lit = canvas.between(0.08, 0.4)
    for row in range(int((h - top) / (h * 0.03))):
        for column in range(columns):
            if canvas.rng.random() < lit:
                wx, wy = x + (column + 0.3) * pitch, top + h * 0.022 + row * h * 0.03
                stencil.box(wx, wy, wx + pitch * 0.42, wy + h * 0.013)
