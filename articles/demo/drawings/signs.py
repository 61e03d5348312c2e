"""What can be counted, measured or read: charts, boards, maps, notes."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import WHITE, Scheme
from articles.images.canvas import Canvas
from articles.images.palette import mix

#: What Nielsen measured of the sixteen episodes of Extraordinary Attorney Woo, roughly: it began below one per cent.
_STEPS = (1, 2, 4, 5, 9, 9.5, 11.7, 13, 15.8, 15.2, 14, 14.9, 13.5, 14.6, 13.8, 17.5)
#: From the first enlistment to the last discharge.
DAYS = 921


def rise(canvas: Canvas, scheme: Scheme) -> None:
    """Sixteen columns, the last one the highest."""
    for index, value in enumerate(_STEPS):
        column = canvas.stencil()
        x, height = 72 + 31.5 * index, 20 + 17 * value
        column.box(x, 420 - height, x + 23, 420, radius=5)
        is_last = index == len(_STEPS) - 1
        canvas.lay(column, scheme.sun if is_last else mix(scheme.near, scheme.spark, index / 24))
    ground = canvas.stencil()
    ground.box(56, 420, 588, 427)
    canvas.lay(ground, scheme.near)


def ruler(canvas: Canvas, scheme: Scheme) -> None:
    """A man beside a measure that is as high as he."""
    stick = canvas.stencil()
    stick.box(396, 44, 470, 446, radius=6)
    canvas.lay(stick, mix(scheme.sun, WHITE, 0.3))
    marks = canvas.stencil()
    for step in range(20):
        y = 430 - 20 * step
        marks.line([(396, y), (438 if step % 5 == 0 else 418, y)], 4)
    canvas.lay(marks, scheme.near)
    man = canvas.stencil()
    man.ellipse(262, 92, 34, 40)
    man.box(204, 140, 320, 300, radius=40)
    man.box(214, 270, 258, 446, radius=14)
    man.box(266, 270, 310, 446, radius=14)
    canvas.lay(man, (mix(scheme.near, scheme.mid, 0.3), scheme.near))
    line = canvas.stencil()
    line.line([(262, 52), (470, 52)], 4)
    canvas.lay(line, scheme.spark)


def board(canvas: Canvas, scheme: Scheme) -> None:
    """A go board in the middle of a game."""
    wood = canvas.stencil()
    wood.box(110, 30, 530, 450, radius=10)
    canvas.lay(wood, (mix(scheme.sun, WHITE, 0.25), mix(scheme.sun, scheme.near, 0.12)))
    lines = canvas.stencil()
    for step in range(9):
        at = 47 * step
        lines.line([(132 + at, 52), (132 + at, 428)], 2.5)
        lines.line([(132, 52 + at), (508, 52 + at)], 2.5)
    canvas.lay(lines, mix(scheme.near, scheme.sun, 0.25))
    places = [(column, row) for column in range(9) for row in range(9)]
    for index, (column, row) in enumerate(sorted(places, key=lambda _place: canvas.rng.random())[:26]):
        x, y = 132 + 47 * column, 52 + 47 * row
        canvas.disc(x + 2, y + 3, 21, mix(scheme.near, scheme.sun, 0.4))
        canvas.disc(x, y, 21, scheme.near if index % 2 else mix(scheme.spark, WHITE, 0.7))


def days(canvas: Canvas, scheme: Scheme) -> None:
    """As many small squares as there were days; the last one is lit."""
    squares = canvas.stencil()
    columns, pitch = 39, 15.2
    for day in range(DAYS - 1):
        x, y = 24 + pitch * (day % columns), 52 + pitch * (day // columns)
        squares.box(x, y, x + 10.5, y + 10.5, radius=2)
    canvas.lay(squares, scheme.near, opacity=0.82)
    x, y = 24 + pitch * ((DAYS - 1) % columns), 52 + pitch * ((DAYS - 1) // columns)
    canvas.glow(x + 5, y + 5, 60, scheme.spark)
    canvas.disc(x + 5, y + 5, 12, scheme.spark)


def route(canvas: Canvas, scheme: Scheme) -> None:
    """A folded map with a way on it."""
    for fold in range(4):
        left, lift = 80 + 120 * fold, 16 if fold % 2 else -16
        sheet = canvas.stencil()
        sheet.polygon([(left, 92 + lift), (left + 120, 92 - lift), (left + 120, 392 - lift), (left, 392 + lift)])
        paper = mix(scheme.spark, WHITE, 0.35)
        canvas.lay(sheet, paper if fold % 2 else mix(paper, scheme.mid, 0.16))
    for _index in range(5):
        patch = canvas.stencil()
        patch.ellipse(
            canvas.between(130, 510), canvas.between(150, 340), canvas.between(24, 60), canvas.between(18, 34)
        )
        canvas.lay(patch, scheme.mid, opacity=0.35)
    way = canvas.stencil()
    points = [(126 + 3.6 * step, 316 - 1.3 * step + 44 * math.sin(step / 15)) for step in range(0, 106, 3)]
    for x, y in points:
        way.ellipse(x, y, 5)
    canvas.lay(way, scheme.near)
    x, y = points[-1]
    pin = canvas.stencil()
    pin.polygon([(x - 27, y - 58), (x + 27, y - 58), (x, y)])
    pin.ellipse(x, y - 68, 32)
    canvas.lay(pin, scheme.second)
    canvas.disc(x, y - 68, 12, scheme.near)


def notes(canvas: Canvas, scheme: Scheme) -> None:
    """Notes on five lines that swing."""
    staff = canvas.stencil()
    for line in range(5):
        staff.line([(x, 170 + 34 * line + 26 * math.sin(x / 120)) for x in range(0, 641, 8)], 4)
    canvas.lay(staff, scheme.near, opacity=0.75)
    ink = canvas.stencil()
    for index in range(6):
        x, step = 84 + 96 * index, canvas.rng.choice((0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5))
        y = 170 + 34 * step + 26 * math.sin(x / 120)
        ink.ellipse(x, y, 22, 16)
        ink.line([(x + 19, y), (x + 19, y - 104)], 7)
        if canvas.rng.random() < 0.5:
            ink.line([(x + 19, y - 104), (x + 46, y - 74), (x + 42, y - 46)], 9)
    canvas.lay(ink, scheme.near)
