"""Motifs out of doors: waves, blossom, mountains, stars."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import Scheme
from articles.images.canvas import Canvas, Point
from articles.images.palette import RGB, mix


def mountains(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot)
    x, y, radius = w * canvas.rng.choice((0.3, 0.68)), h * canvas.between(0.34, 0.42), h * canvas.between(0.16, 0.23)
    canvas.glow(x, y, radius * 4, scheme.sun, opacity=0.55)
    canvas.disc(x, y, radius, (scheme.sun, mix(scheme.sun, scheme.foot, 0.55)))
    layers = 5
    for index in range(layers):
        depth = index / (layers - 1)
        colour = mix(scheme.far, scheme.mid, depth * 2) if depth < 0.5 else mix(scheme.mid, scheme.near, depth * 2 - 1)
        ridge = canvas.ridge(
            h * (0.5 + 0.11 * index), h * (0.115 - 0.008 * index), roughness=0.46, bumps=3 + index * 1.1, sharp=True
        )
        haze = mix(colour, scheme.foot, 0.5 * (1 - depth))
        canvas.lay(canvas.land(ridge), (colour, haze), opacity=0.96)


def waves(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot)
    x, y, radius = w * canvas.rng.choice((0.34, 0.64)), h * 0.4, h * canvas.between(0.2, 0.26)
    canvas.glow(x, y, radius * 3.4, scheme.sun, opacity=0.6)
    canvas.disc(x, y, radius, (scheme.sun, mix(scheme.sun, scheme.second, 0.5)))
    layers = 7
    for index in range(layers):
        depth = index / (layers - 1)
        size, count, phase = h * (0.025 + 0.035 * depth), canvas.between(1.3, 2.2), canvas.between(0, math.tau)
        crest = [
            (step, h * (0.5 + 0.08 * index) + _swell(step / w * count * math.tau + phase, size))
            for step in range(0, w + 8, 8)
        ]
        colour = mix(scheme.far, scheme.mid, depth * 2) if depth < 0.5 else mix(scheme.mid, scheme.near, depth * 2 - 1)
        canvas.lay(canvas.land(crest), (colour, mix(colour, scheme.near, 0.4)), opacity=0.86)
        edge = canvas.stencil()
        edge.line(crest, 2.2)
        canvas.lay(edge, scheme.spark, opacity=0.5 - 0.3 * depth)


def _swell(angle: float, size: float) -> float:
    """Trochoid-like: sharp crests and long troughs, as water has."""
    return size * (1 - 2 * math.pow(0.5 + 0.5 * math.sin(angle), 1.8))


def blossom(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot, turn=20)
    left = canvas.rng.random() < 0.5
    x, y, radius = w * (0.66 if left else 0.34), h * 0.46, h * 0.31
    canvas.glow(x, y, radius * 2.8, scheme.sun, opacity=0.5)
    canvas.disc(x, y, radius, (scheme.sun, mix(scheme.sun, scheme.second, 0.35)), opacity=0.95)
    tips = _branches(canvas, scheme, left)
    petal = mix(scheme.spark, scheme.second, 0.18)
    for bx, by in tips:
        _flower(canvas, bx, by, h * canvas.between(0.045, 0.085), (petal, mix(scheme.second, petal, 0.35)), scheme)
    for opacity in (0.4, 0.6, 0.85):
        falling = canvas.stencil()
        for _index in range(9):
            place, size = (canvas.between(0, w), canvas.between(0, h)), h * canvas.between(0.008, 0.018)
            falling.polygon(_petal(*place, size, canvas.between(0, math.tau), canvas.between(0.35, 0.9)))
        canvas.lay(falling, petal, opacity=opacity)


def _branches(canvas: Canvas, scheme: Scheme, left: bool) -> list[Point]:
    """A bough that enters from one side; the places where flowers sit."""
    w, h = canvas.size
    side = 1 if left else -1
    wood, tips = canvas.stencil(), []
    start: Point = (-20 if left else w + 20, h * canvas.between(0.7, 0.85))
    boughs = [(start, -0.42, h * 0.032, 15)]
    while boughs:
        (x, y), angle, width, steps = boughs.pop()
        for step in range(steps):
            nx, ny = x + side * math.cos(angle) * w * 0.042, y + math.sin(angle) * w * 0.042
            wood.line([(x, y), (nx, ny)], width)
            x, y, width = nx, ny, max(width * 0.89, 5.0)
            angle += canvas.between(-0.22, 0.24)
            if steps > 6 and step > 2 and canvas.rng.random() < 0.52:
                boughs.append(((x, y), angle + canvas.rng.choice((-1, 1)) * canvas.between(0.5, 0.95), width * 0.75, 4))
            if width < h * 0.02 and canvas.rng.random() < 0.8:
                tips.append((x + canvas.between(-14, 14), y + canvas.between(-18, 18)))
    canvas.lay(wood, (scheme.near, mix(scheme.near, scheme.mid, 0.5)))
    return tips


def _flower(
    canvas: Canvas,
    x: float,
    y: float,
    size: float,
    fill: tuple[RGB, RGB],
    scheme: Scheme,
) -> None:
    turn, squash = canvas.between(0, math.tau), canvas.between(0.75, 1)
    petals = canvas.stencil()
    for index in range(5):
        angle = turn + index * math.tau / 5
        px, py = x + math.cos(angle) * size * 0.56, y + math.sin(angle) * size * 0.56 * squash
        petals.polygon(_petal(px, py, size * 0.52, angle, squash))
    canvas.lay(petals, fill, opacity=0.93)
    veins = canvas.stencil()
    for index in range(5):
        angle = turn + (index + 0.5) * math.tau / 5
        veins.line([(x, y), (x + math.cos(angle) * size * 0.52, y + math.sin(angle) * size * 0.52 * squash)], 1.6)
    canvas.lay(veins, scheme.second, opacity=0.5)
    heart = canvas.stencil()
    heart.ellipse(x, y, size * 0.15, size * 0.15 * squash)
    canvas.lay(heart, mix(scheme.second, scheme.near, 0.25))


def _petal(x: float, y: float, size: float, angle: float, squash: float) -> list[Point]:
    """Round, with the notch that tells a cherry from a rose."""
    points = []
    for step in range(28):
        around = step / 28 * math.tau
        notch = 1 - 0.26 * math.exp(-((math.remainder(around, math.tau) / 0.32) ** 2))
        px, py = math.cos(around) * size * notch, math.sin(around) * size * 0.84
        points.append(
            (
                x + px * math.cos(angle) - py * math.sin(angle),
                y + (px * math.sin(angle) + py * math.cos(angle)) * squash,
            )
        )
    return points


def stars(canvas: Canvas, scheme: Scheme) -> None:
    """A long exposure: the sky turns about its pole."""
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot)
    pole_x, pole_y = w * canvas.rng.choice((0.32, 0.66)), h * canvas.between(0.34, 0.5)
    canvas.glow(w * 0.5, h * 1.05, w * 0.62, scheme.second, opacity=0.75)
    canvas.glow(pole_x, pole_y, h * 0.8, scheme.accent, opacity=0.45)
    tints = (scheme.spark, scheme.sun, mix(scheme.accent, scheme.spark, 0.6))
    for tint, opacity in zip(tints, (0.95, 0.8, 0.65), strict=True):
        trails = canvas.stencil()
        for _index in range(95):
            radius = h * 0.03 + w * 0.85 * canvas.rng.random() ** 1.1
            start = canvas.between(0, 360)
            trails.ring(
                pole_x, pole_y, radius, canvas.between(1.2, 4.2), start=start, end=start + canvas.between(14, 64)
            )
        canvas.lay(trails, tint, opacity=opacity)
    canvas.disc(pole_x, pole_y, h * 0.006, scheme.spark)
    for index, colour in enumerate((mix(scheme.mid, scheme.near, 0.5), scheme.near)):
        ridge = canvas.ridge(h * (0.84 + 0.08 * index), h * 0.05, roughness=0.48, bumps=2.2 + index)
        canvas.lay(canvas.land(ridge), colour)
