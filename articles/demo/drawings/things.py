"""Things that one could put on a table."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import WHITE, Scheme
from articles.images.canvas import Canvas, Point
from articles.images.palette import RGB, mix


def _lay(canvas: Canvas, colour: RGB, *boxes: tuple[float, float, float, float], radius: float = 0) -> None:
    stencil = canvas.stencil()
    for box in boxes:
        stencil.box(*box, radius=radius)
    canvas.lay(stencil, colour)


def _shape(canvas: Canvas, colour: RGB, *points: Point) -> None:
    stencil = canvas.stencil()
    stencil.polygon(points)
    canvas.lay(stencil, colour)


def _stroke(canvas: Canvas, colour: RGB, points: list[Point], width: float) -> None:
    stencil = canvas.stencil()
    stencil.line(points, width)
    canvas.lay(stencil, colour)


def _turned(points: list[Point], angle: float, x: float, y: float) -> list[Point]:
    """Points around the origin, turned and put at a place."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in points]


def manuscript(canvas: Canvas, scheme: Scheme) -> None:
    for index in range(3):
        angle, x = canvas.between(-0.22, 0.2), 300 + 16 * index
        page = _turned([(-120, -160), (120, -160), (120, 160), (-120, 160)], angle, x, 245)
        _shape(canvas, mix(scheme.spark, scheme.mid, 0.24 - 0.12 * index), *page)
    for row in range(9):
        ends = [(-88.0, -120.0 + 28 * row), (canvas.between(40, 92), -120.0 + 28 * row)]
        _stroke(canvas, mix(scheme.near, scheme.mid, 0.4), _turned(ends, angle, x, 245), 5)
    pen = [(-150.0, -9.0), (110.0, -9.0), (152.0, 0.0), (110.0, 9.0), (-150.0, 9.0)]
    _shape(canvas, scheme.near, *_turned(pen, 2.2, 440, 210))
    _shape(canvas, scheme.sun, *_turned([(110.0, -9.0), (152.0, 0.0), (110.0, 9.0)], 2.2, 440, 210))


def envelope(canvas: Canvas, scheme: Scheme) -> None:
    paper = mix(scheme.spark, WHITE, 0.5)
    _lay(canvas, mix(scheme.near, scheme.mid, 0.3), (138, 122, 522, 372), radius=10)
    _lay(canvas, paper, (126, 110, 510, 360), radius=10)
    _shape(canvas, mix(paper, scheme.mid, 0.25), (126, 112), (510, 112), (318, 258))
    _stroke(canvas, mix(scheme.mid, scheme.near, 0.4), [(128, 114), (318, 258), (508, 114)], 5)
    canvas.disc(318, 258, 34, scheme.sun)
    canvas.disc(318, 258, 22, mix(scheme.sun, scheme.near, 0.25))


def clock(canvas: Canvas, scheme: Scheme) -> None:
    """It says 23 minutes past eleven."""
    canvas.disc(326, 246, 178, mix(scheme.near, scheme.mid, 0.3))
    canvas.disc(320, 238, 176, scheme.near)
    canvas.disc(320, 238, 158, mix(scheme.spark, WHITE, 0.4))
    for hour in range(12):
        angle = math.tau * hour / 12
        ends = [(320 + math.sin(angle) * far, 238 - math.cos(angle) * far) for far in (126, 144)]
        _stroke(canvas, scheme.mid, ends, 12 if hour % 3 == 0 else 6)
    for turn, length, width in (((11 + 23 / 60) / 12, 84, 15), (23 / 60, 124, 9)):
        tip = (320 + math.sin(math.tau * turn) * length, 238 - math.cos(math.tau * turn) * length)
        _stroke(canvas, scheme.near, [(320, 238), tip], width)
    canvas.disc(320, 238, 14, scheme.sun)


def radio(canvas: Canvas, scheme: Scheme) -> None:
    """A two-way radio, and what it sends."""
    for ring in range(3):
        waves = canvas.stencil()
        waves.ring(256, 84, 54 + 44 * ring, 9, start=-50, end=50)
        canvas.lay(waves, scheme.spark, opacity=0.9 - 0.25 * ring)
    _lay(canvas, scheme.near, (244, 70, 268, 190), radius=11)
    _lay(canvas, scheme.near, (226, 160, 410, 440), radius=26)
    _lay(canvas, mix(scheme.sun, WHITE, 0.2), (254, 190, 382, 250), radius=8)
    _stroke(canvas, scheme.near, [(272, 222), (300, 222), (312, 204), (326, 238), (338, 222), (364, 222)], 5)
    grill = [(262.0, 284.0 + 26 * row, 374.0, 294.0 + 26 * row) for row in range(5)]
    _lay(canvas, scheme.mid, *grill, radius=5)


def television(canvas: Canvas, scheme: Scheme) -> None:
    canvas.glow(320, 240, 330, scheme.spark, opacity=0.5)
    _stroke(canvas, scheme.near, [(250, 40), (320, 110), (400, 30)], 7)
    _lay(canvas, scheme.near, (120, 104, 520, 400), radius=30)
    _lay(canvas, scheme.near, (170, 390, 200, 440), (440, 390, 470, 440), radius=6)
    screen = canvas.stencil()
    screen.box(148, 132, 428, 372, radius=26)
    canvas.lay(screen, (scheme.spark, mix(scheme.second, scheme.spark, 0.35)))
    hill = canvas.stencil()
    hill.polygon([(150, 340), (222, 254), (270, 306), (330, 232), (426, 336), (426, 358), (410, 372), (166, 372)])
    canvas.lay(hill, scheme.mid)
    for row, radius in enumerate((22, 22)):
        canvas.disc(474, 180 + 70 * row, radius, scheme.sun)
    _lay(canvas, scheme.mid, (452, 312, 496, 320), (452, 334, 496, 342), radius=3)


def trophy(canvas: Canvas, scheme: Scheme) -> None:
    canvas.glow(320, 190, 260, scheme.spark, opacity=0.7)
    gold, dark = scheme.sun, mix(scheme.sun, scheme.near, 0.35)
    handles = canvas.stencil()
    handles.ring(222, 160, 54, 18, start=90, end=270)
    handles.ring(418, 160, 54, 18, start=-90, end=90)
    canvas.lay(handles, dark)
    cup = canvas.stencil()
    cup.box(214, 84, 426, 160, radius=10)
    cup.ellipse(320, 158, 106, 120)
    canvas.lay(cup, (mix(gold, WHITE, 0.35), gold))
    _lay(canvas, dark, (302, 264, 338, 350))
    _lay(canvas, scheme.near, (222, 346, 418, 420), radius=8)
    star = [
        (320 + math.sin(math.pi * step / 5) * far, 176 - math.cos(math.pi * step / 5) * far)
        for step in range(10)
        for far in ((46, 20)[step % 2],)
    ]
    _shape(canvas, mix(gold, scheme.near, 0.55), *star)


def hat(canvas: Canvas, scheme: Scheme) -> None:
    """A gat: the horsehair hat of a Joseon gentleman, with its string of beads."""
    canvas.disc(320, 214, 170, mix(scheme.sun, scheme.foot, 0.2))
    brim = canvas.stencil()
    brim.ellipse(320, 288, 250, 46)
    canvas.lay(brim, scheme.near, opacity=0.86)
    crown = canvas.stencil()
    crown.polygon([(236, 284), (262, 116), (378, 116), (404, 284)])
    crown.ellipse(320, 284, 84, 20)
    crown.ellipse(320, 116, 58, 13)
    canvas.lay(crown, (mix(scheme.near, scheme.mid, 0.25), scheme.near))
    band = canvas.stencil()
    band.polygon([(240, 262), (244, 234), (396, 234), (400, 262)])
    canvas.lay(band, scheme.mid)
    beads = canvas.stencil()
    for step in range(17):
        beads.ellipse(214 + 13.2 * step, 318 + 108 * math.sin(math.pi * step / 16), 9 if step % 4 else 13)
    canvas.lay(beads, scheme.spark)


def coins(canvas: Canvas, scheme: Scheme) -> None:
    for stack, height in enumerate((3, 6, 4, 9)):
        x = 146 + 116 * stack
        for coin in range(height):
            y = 396 - 30 * coin
            edge, face = canvas.stencil(), canvas.stencil()
            edge.ellipse(x, y, 56, 20)
            edge.box(x - 56, y - 20, x + 56, y)
            canvas.lay(edge, mix(scheme.sun, scheme.near, 0.45))
            face.ellipse(x, y - 20, 56, 20)
            canvas.lay(face, mix(scheme.sun, scheme.spark, 0.3))
            inner = canvas.stencil()
            inner.ellipse(x, y - 20, 34, 11)
            canvas.lay(inner, mix(scheme.sun, scheme.near, 0.18))


def bat(canvas: Canvas, scheme: Scheme) -> None:
    """A table-tennis bat and its ball."""
    _lay(canvas, mix(scheme.mid, scheme.near, 0.3), (0, 372, 640, 480))
    _lay(canvas, scheme.spark, (0, 372, 640, 380))
    _stroke(canvas, mix(scheme.sun, scheme.near, 0.3), [(286, 250), (214, 360)], 36)
    canvas.disc(338, 178, 122, scheme.near)
    canvas.disc(334, 174, 112, scheme.second)
    canvas.disc(496, 108, 30, mix(scheme.spark, WHITE, 0.6))
    for step in range(4):
        canvas.disc(560 + 22 * step, 66 - 14 * step, 12 - 2 * step, scheme.spark, opacity=0.6 - 0.12 * step)


def lantern(canvas: Canvas, scheme: Scheme) -> None:
    _lay(canvas, scheme.near, (0, 40, 640, 58))
    for x, size in ((120, 0.6), (320, 1.0), (520, 0.6)):
        _lamp(canvas, scheme, x, 96 + 130 * size, size)


def _lamp(canvas: Canvas, scheme: Scheme, x: float, y: float, size: float) -> None:
    wide, high = 104 * size, 110 * size
    canvas.glow(x, y, 2 * high, scheme.spark, opacity=0.7)
    _stroke(canvas, scheme.near, [(x, 50), (x, y - high)], 5)
    body = canvas.stencil()
    body.ellipse(x, y, wide, high)
    canvas.lay(body, (mix(scheme.sun, WHITE, 0.25), scheme.second))
    for rib in (-0.66, -0.33, 0, 0.33, 0.66):
        half, at = wide * math.sqrt(1 - rib * rib), y + high * rib
        _stroke(canvas, mix(scheme.second, scheme.near, 0.4), [(x - half, at), (x + half, at)], 3)
    for at in (y - high, y + high):
        _lay(canvas, scheme.near, (x - 42 * size, at - 9, x + 42 * size, at + 9), radius=4)
    _stroke(canvas, scheme.sun, [(x, y + 118 * size), (x, y + 170 * size)], 8 * size)
