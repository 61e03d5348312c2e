"""Motifs with people in them: a pulse, a stage, portraits."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import Scheme
from articles.images.canvas import Canvas, Stencil
from articles.images.palette import RGB, mix


def pulse(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, mix(scheme.top, scheme.foot, 0.5), turn=25)
    x, y, radius = w * canvas.rng.choice((0.3, 0.5, 0.69)), h * 0.5, h * canvas.between(0.27, 0.37)
    canvas.glow(x, y, radius * 2.6, scheme.accent, opacity=0.6)
    canvas.disc(x, y, radius, (mix(scheme.accent, scheme.sun, 0.35), mix(scheme.accent, scheme.mid, 0.45)))
    for ring in range(1, 5):
        circle = canvas.stencil()
        circle.ring(x, y, radius * (1 + 0.3 * ring), 1.6)
        canvas.lay(circle, scheme.spark, opacity=0.3 / ring)
    dots = canvas.stencil()
    pitch = h / 18
    for row in range(1, 18):
        for column in range(1, int(w / pitch) + 1):
            dots.ellipse(column * pitch, row * pitch, 1.5)
    canvas.lay(dots, scheme.spark, opacity=0.16)
    _heartbeats(canvas, scheme, x)


def _heartbeats(canvas: Canvas, scheme: Scheme, centre: float) -> None:
    w, h = canvas.size
    height = h * canvas.between(0.3, 0.38)
    pace = w * canvas.between(0.24, 0.34)
    beats = [centre + step * pace for step in range(-3, 4)]
    trace = [(x, h * 0.52 - height * _beat(x, beats, w)) for x in range(-10, w + 12, 2)]
    for index in range(5, 0, -1):
        echo = canvas.stencil()
        share = 1 - index * 0.16
        echo.line([(x + index * 9, h * 0.52 + (y - h * 0.52) * share + index * 7) for x, y in trace], 2.4)
        canvas.lay(echo, scheme.second, opacity=0.6 - index * 0.09)
    light = canvas.stencil()
    light.line(trace, 16)
    canvas.lay(light, scheme.sun, opacity=0.75, blur=16, blend="screen")
    line = canvas.stencil()
    line.line(trace, 7)
    canvas.lay(line, mix(scheme.spark, (255, 255, 255), 0.6))


def _beat(x: float, beats: list[float], w: int) -> float:
    """P, Q, R, S and T: the five waves of a heartbeat, each a bell at its own place."""
    waves = (
        (-0.062, 0.13, 0.013),
        (-0.017, -0.16, 0.0048),
        (0, 1.0, 0.0068),
        (0.017, -0.36, 0.0058),
        (0.072, 0.24, 0.019),
    )
    near = min(beats, key=lambda beat: abs(beat - x))
    size = 1.0 if near == beats[3] else 0.55
    here = (x - near) / w
    return size * sum(height * math.exp(-(((here - place) / width) ** 2)) for place, height, width in waves)


def stage(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(mix(scheme.top, (0, 0, 0), 0.3), mix(scheme.mid, scheme.near, 0.35))
    canvas.glow(w * 0.5, h * 0.8, w * 0.55, scheme.accent, opacity=0.75)
    canvas.glow(w * 0.5, h * 0.74, w * 0.25, scheme.second, opacity=0.7)
    count = canvas.rng.choice((6, 7, 8))
    for index in range(count):
        _beam(canvas, scheme, (index + 0.5) / count)
    lamps = canvas.stencil()
    for index in range(count):
        lamps.ellipse(w * (index + 0.5) / count, h * 0.005, h * 0.016)
    canvas.lay(lamps, scheme.spark)
    dust = canvas.stencil()
    for _index in range(70):
        dust.ellipse(canvas.between(0, w), canvas.between(0, h * 0.75), canvas.between(0.8, 3.2))
    canvas.lay(dust, scheme.spark, opacity=0.5)
    for row, colour in enumerate((mix(scheme.mid, scheme.near, 0.55), scheme.near)):
        _crowd(canvas, colour, h * (0.83 + 0.09 * row), h * (0.036 + 0.014 * row))


def _beam(canvas: Canvas, scheme: Scheme, place: float) -> None:
    w, h = canvas.size
    aim = place + (0.5 - place) * canvas.between(0.2, 1.5)
    spread = w * canvas.between(0.05, 0.09)
    colour = scheme.second if canvas.rng.random() < 0.4 else mix(scheme.accent, scheme.sun, canvas.between(0.1, 0.6))
    for width, opacity in ((1.0, 0.4), (0.45, 0.4)):
        cone = canvas.stencil()
        cone.polygon(
            [(w * place - 5, 0), (w * place + 5, 0), (w * aim + spread * width, h), (w * aim - spread * width, h)]
        )
        canvas.lay(cone, colour, opacity=opacity, blur=5, fade=(1, 0.12), blend="screen")
    canvas.glow(w * place, 0, h * 0.13, scheme.spark, opacity=0.85)


def _crowd(canvas: Canvas, colour: RGB, base: float, head: float) -> None:
    people = canvas.stencil()
    x = -head
    while x < canvas.w + head:
        size = head * canvas.between(0.85, 1.12)
        y = base + canvas.between(-0.7, 0.7) * head
        people.ellipse(x, y, size * 0.78, size)
        people.box(x - size * 1.5, y + size * 0.78, x + size * 1.5, canvas.h + 60, radius=size * 1.1)
        if canvas.rng.random() < 0.28:
            _raised_arm(canvas, people, x, y, size)
        x += size * canvas.between(1.9, 2.7)
    canvas.lay(people, colour)


def _raised_arm(canvas: Canvas, people: Stencil, x: float, y: float, size: float) -> None:
    side = canvas.rng.choice((-1, 1))
    elbow = (x + side * size * 1.75, y - size * canvas.between(0.1, 0.6))
    hand = (elbow[0] - side * size * canvas.between(-0.1, 0.6), elbow[1] - size * canvas.between(1.5, 2.2))
    people.line([(x + side * size * 1.15, y + size * 1.9), elbow, hand], size * 0.5)
    people.ellipse(*hand, size * 0.31)


def portrait(canvas: Canvas, scheme: Scheme) -> None:
    w, h = canvas.size
    canvas.ground(scheme.top, scheme.foot, turn=-20)
    x = w * canvas.between(0.42, 0.58)
    canvas.glow(x, h * 0.42, h * 0.95, scheme.sun, opacity=0.55)
    for ring in range(6):
        circle = canvas.stencil()
        circle.ring(x, h * 0.42, h * (0.3 + 0.085 * ring), h * 0.012)
        canvas.lay(circle, scheme.spark, opacity=0.42 - 0.06 * ring)
    canvas.disc(x, h * 0.42, h * 0.3, (scheme.sun, mix(scheme.sun, scheme.second, 0.7)))
    people = canvas.rng.choice((1, 2, 3))
    for index in range(people):
        side = ((0.0,), (-0.62, 0.62), (-1.0, 1.0, 0.0))[people - 1][index]
        size = h * (0.165 if side == 0 else 0.14) * canvas.between(0.95, 1.05)
        colour = mix(
            (scheme.accent, scheme.second, scheme.near)[index if people == 3 else 2 * index % 3], scheme.near, 0.2
        )
        _bust(canvas, scheme, x + side * h * 0.34, h * (0.5 if side == 0 else 0.54), size, colour)


def _bust(canvas: Canvas, scheme: Scheme, x: float, y: float, size: float, colour: RGB) -> None:
    """A head and shoulders out of circles; lit from one side."""
    body = canvas.stencil()
    body.ellipse(x, y + size * 3.05, size * 2.1, size * 1.75)
    body.box(x - size * 0.42, y, x + size * 0.42, y + size * 1.7, radius=size * 0.2)
    body.ellipse(x, y - size * 0.1, size * 0.86, size * 1.06)
    canvas.lay(body, (colour, mix(colour, scheme.near, 0.75)), opacity=0.95)
    hair = canvas.stencil()
    side = canvas.rng.choice((-1, 1))
    hair.ellipse(x, y - size * 0.36, size * 0.98, size * 0.98)
    hair.ellipse(x + side * size * 0.34, y + size * 0.42, size * 0.95, size * 1.02, value=0)
    canvas.lay(hair, mix(scheme.near, colour, 0.25))
