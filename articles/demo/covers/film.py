"""A strip of film that runs through the picture; a small landscape in each frame."""

from __future__ import annotations

import math
from collections.abc import Callable

from articles.demo.covers.scheme import Scheme
from articles.images.canvas import Canvas, Point, Stencil
from articles.images.palette import mix


def film(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot, turn=15)
    canvas.glow(w * 0.5, h * 0.5, w * 0.5, scheme.sun, opacity=0.45)
    rise, phase = canvas.rng.choice((-1, 1)), canvas.between(-0.25, 0.25)
    _strip(canvas, scheme, _ribbon(w, h * 0.3, h * 0.2, phase + 0.5, -rise * 0.16), h * 0.2, faint=True)
    _strip(canvas, scheme, _ribbon(w, h * 0.53, h * 0.15, phase, rise * 0.32), h * 0.42, faint=False)


def _ribbon(w: int, middle: float, swing: float, phase: float, slope: float) -> Callable[[float, float], Point]:
    """A place along (in pixels) and across (-0.5 to 0.5, times a width) the strip -> a point of the picture."""

    def at(along: float, across: float) -> Point:
        turn = along / w * math.pi * 1.5 + phase * math.pi
        y = middle + swing * math.sin(turn) + slope * (along - w / 2)
        lean = math.atan(swing * math.cos(turn) * math.pi * 1.5 / w + slope)
        return along - math.sin(lean) * across, y + math.cos(lean) * across

    return at


def _strip(canvas: Canvas, scheme: Scheme, at: Callable[[float, float], Point], width: float, *, faint: bool) -> None:
    w = canvas.w
    reach = range(-200, w + 201, 16)
    body = canvas.stencil()
    body.polygon([*(at(x, -width / 2) for x in reach), *(at(x, width / 2) for x in reversed(reach))])
    if not faint:
        canvas.lay(body, (0, 0, 0), opacity=0.4, blur=26)
    hole, pitch = width * 0.075, width * 0.15
    for step in range(int(-200 / pitch), int((w + 200) / pitch)):
        for edge in (-0.42, 0.42):
            _patch(body, at, step * pitch, edge * width, hole, hole * 1.1, value=0)
    canvas.lay(body, mix(scheme.near, scheme.mid, 0.7) if faint else scheme.near, opacity=0.35 if faint else 1)
    frame = width * 1.02
    for index, step in enumerate(range(-1, int(w / frame) + 2)):
        picture = canvas.stencil()
        _patch(picture, at, step * frame, 0, frame * 0.93, width * 0.66)
        colours = (scheme.second, scheme.sun) if index % 2 else (scheme.accent, mix(scheme.sun, scheme.accent, 0.35))
        canvas.lay(picture, colours, opacity=0.25 if faint else 1)
        if not faint:
            _scene(canvas, scheme, at, step * frame, frame, width * 0.66)


def _patch(
    stencil: Stencil,
    at: Callable[[float, float], Point],
    along: float,
    across: float,
    long: float,
    wide: float,
    *,
    value: int = 255,
) -> None:
    steps = [along + long * (index / 8 - 0.5) for index in range(9)]
    points = [*(at(x, across - wide / 2) for x in steps), *(at(x, across + wide / 2) for x in reversed(steps))]
    stencil.polygon(points, value=value)


def _scene(
    canvas: Canvas, scheme: Scheme, at: Callable[[float, float], Point], along: float, long: float, wide: float
) -> None:
    """What a frame shows: a sun that moves from frame to frame, and hills."""
    share = (along / canvas.w + 0.1) * 0.6
    sun = canvas.stencil()
    sun.ellipse(*at(along + long * (share - 0.3), wide * (0.16 - 0.3 * math.sin(share * 3))), wide * 0.15)
    canvas.lay(sun, scheme.spark, opacity=0.92)
    for layer, colour in enumerate((mix(scheme.mid, scheme.accent, 0.4), mix(scheme.mid, scheme.near, 0.35))):
        hills = canvas.stencil()
        phase, bumps = canvas.between(0, 6), canvas.between(1.2, 2.2)
        steps = [along + long * 0.93 * (index / 24 - 0.5) for index in range(25)]
        tops = [
            at(x, wide * (0.16 + 0.15 * layer + 0.12 * math.sin((x - along) / long * math.pi * bumps + phase)))
            for x in steps
        ]
        hills.polygon([*tops, *(at(x, wide / 2) for x in reversed(steps))])
        canvas.lay(hills, colour, opacity=0.95)
