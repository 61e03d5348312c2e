"""Numbers of a fact as they can be counted in its picture: charts, timelines, patterns."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import WHITE, Scheme
from articles.images.canvas import Canvas, Stencil
from articles.images.palette import mix

#: Parasite won at the ninety-second ceremony of the Academy.
CEREMONIES = 92
#: From Spirited Away, in 2001, to Demon Slayer, in 2020.
YEARS = 19
#: Millions of copies of Stardew Valley by its years: ten after four, twenty after six.
_COPIES = ((0, 0), (0.1, 0.425), (1, 3.2), (2, 5.4), (3, 7.6), (4, 10), (5, 15), (6, 20))


def firsts(canvas: Canvas, scheme: Scheme) -> None:
    """One disc for each ceremony; the last one shines."""
    discs: Stencil = canvas.stencil()
    columns, pitch, left, top = 14, 42, 47, 84
    places = [(left + pitch * (index % columns), top + pitch * 1.1 * (index // columns)) for index in range(CEREMONIES)]
    for x, y in places[:-1]:
        discs.ellipse(x, y, 13)
    canvas.lay(discs, scheme.near, opacity=0.85)
    x, y = places[-1]
    canvas.glow(x, y, 96, scheme.spark)
    canvas.disc(x, y, 18, mix(scheme.sun, WHITE, 0.35))


def reign(canvas: Canvas, scheme: Scheme) -> None:
    """Nineteen steps of a line that stays on top, and the one that passes it."""
    for index in range(YEARS):
        column = canvas.stencil()
        x = 40 + 28 * index
        column.box(x, 150, x + 21, 400, radius=6)
        canvas.lay(column, mix(scheme.near, scheme.mid, index / YEARS * 0.6))
    taller = canvas.stencil()
    taller.box(40 + 28 * YEARS, 96, 40 + 28 * YEARS + 30, 400, radius=6)
    canvas.lay(taller, scheme.sun)
    crown, ground = canvas.stencil(), canvas.stencil()
    crown.polygon([(256, 132), (246, 72), (282, 102), (304, 62), (326, 102), (362, 72), (352, 132)])
    ground.box(24, 400, 616, 408)
    canvas.lay(crown, mix(scheme.sun, WHITE, 0.2))
    canvas.lay(ground, scheme.near)


def millions(canvas: Canvas, scheme: Scheme) -> None:
    """Copies sold: a line that climbs, and after the half of its height twice as steeply."""
    points = [(64 + 84 * year, 404 - 16.4 * copies) for year, copies in _COPIES]
    area, grid, line = canvas.stencil(), canvas.stencil(), canvas.stencil()
    area.polygon([*points, (points[-1][0], 404), (points[0][0], 404)])
    for copies in (5, 10, 15, 20):
        grid.line([(64, 404 - 16.4 * copies), (584, 404 - 16.4 * copies)], 2)
    grid.box(56, 404, 592, 411)
    line.line(points, 9)
    canvas.lay(area, (mix(scheme.accent, scheme.spark, 0.35), mix(scheme.accent, scheme.foot, 0.35)), opacity=0.85)
    canvas.lay(grid, scheme.near, opacity=0.55)
    canvas.lay(line, scheme.near)
    for x, y in (points[5], points[-1]):
        canvas.disc(x, y, 14, scheme.near)
        canvas.disc(x, y, 7, mix(scheme.sun, WHITE, 0.4))


def mirror(canvas: Canvas, scheme: Scheme) -> None:
    """Seven tiles that are the same from both ends."""
    colours = [scheme.near, scheme.sun, scheme.mid, mix(scheme.spark, WHITE, 0.4), scheme.mid, scheme.sun, scheme.near]
    for index, colour in enumerate(colours):
        far, x = abs(3 - index), 56 + 88 * index
        high = 250 - 44 * far
        tile = canvas.stencil()
        tile.box(x - 36, 240 - high / 2, x + 36, 240 + high / 2, radius=14)
        canvas.lay(tile, colour)
        mark = canvas.stencil()
        for row in range(4 - far):
            mark.ellipse(x, 240 + 46 * (row - (3 - far) / 2), 11)
        canvas.lay(mark, scheme.foot if far else scheme.near, opacity=0.9)
    axis = canvas.stencil()
    for y in range(60, 430, 18):
        axis.line([(320, y), (320, y + 7)], 3)
    canvas.lay(axis, scheme.near, opacity=0.7)


def caverns(canvas: Canvas, scheme: Scheme) -> None:
    """A map of halls below the ground, with ways between them; some are not drawn in yet."""
    halls = [(120, 96), (300, 70), (500, 110), (210, 190), (400, 206), (560, 250), (110, 290), (300, 310), (460, 370)]
    ways = [(0, 1), (1, 2), (0, 3), (3, 4), (4, 5), (2, 4), (3, 6), (6, 7), (4, 7), (7, 8)]
    lines, done, todo = canvas.stencil(), canvas.stencil(), canvas.stencil()
    for start, end in ways:
        lines.line([halls[start], (halls[end][0], halls[start][1]), halls[end]], 7)
    for index, (x, y) in enumerate(halls):
        wide, high = canvas.between(42, 64), canvas.between(22, 34)
        (todo if index in (5, 8) else done).box(x - wide, y - high, x + wide, y + high, radius=18)
    paper = canvas.stencil()
    paper.box(28, 24, 612, 436, radius=6)
    canvas.lay(paper, mix(scheme.spark, scheme.sun, 0.18))
    canvas.lay(lines, mix(scheme.near, scheme.mid, 0.4), opacity=0.8)
    canvas.lay(done, (scheme.mid, scheme.near))
    canvas.lay(todo, mix(scheme.spark, scheme.near, 0.24))
    bench = canvas.stencil()
    for x in (-14, 14):
        bench.line([(300 + x, 318), (300 + x, 304)], 5)
    bench.line([(280, 302), (320, 302)], 7)
    canvas.lay(bench, scheme.spark)


def evidence(canvas: Canvas, scheme: Scheme) -> None:
    """A board with ten notes, and threads from pin to pin."""
    board = canvas.stencil()
    board.box(34, 30, 606, 450, radius=10)
    canvas.lay(board, mix(scheme.spark, WHITE, 0.5))
    pins = []
    for index in range(10):
        x, y = 106 + 107 * (index % 5) + canvas.between(-14, 14), 130 + 190 * (index // 5) + canvas.between(-26, 26)
        note, words = canvas.stencil(), canvas.stencil()
        note.box(x - 38, y - 44, x + 38, y + 48, radius=3)
        for row in range(3):
            words.line([(x - 26, y + 18 * row - 6), (x + canvas.between(0, 26), y + 18 * row - 6)], 5)
        canvas.lay(note, (mix(scheme.sun, WHITE, 0.55), mix(scheme.sun, WHITE, 0.25)))
        canvas.lay(words, scheme.mid, opacity=0.7)
        pins.append((x, y - 32))
    thread, heads = canvas.stencil(), canvas.stencil()
    for start, end in ((0, 6), (6, 2), (2, 8), (8, 4), (0, 5), (5, 7), (7, 3), (3, 9)):
        thread.line([pins[start], pins[end]], 3)
    for x, y in pins:
        heads.ellipse(x, y, 8)
    canvas.lay(thread, scheme.second)
    canvas.lay(heads, scheme.near)


def inch(canvas: Canvas, scheme: Scheme) -> None:
    """A screen in the dark with two lines of subtitles, and beside them a measure as high as they."""
    canvas.lay(canvas.land([(0, 0), (640, 0)]), scheme.near, opacity=0.9)
    screen = canvas.stencil()
    screen.box(70, 44, 570, 330, radius=4)
    canvas.lay(screen, (scheme.sun, mix(scheme.sun, scheme.second, 0.6)))
    hill = canvas.stencil()
    hill.polygon([(70, 330), *((x, 246 - 34 * math.sin((x - 70) / 84)) for x in range(70, 571, 10)), (570, 330)])
    canvas.lay(hill, mix(scheme.near, scheme.mid, 0.4))
    words, scale = canvas.stencil(), canvas.stencil()
    for y, left, right in ((272, 190, 450), (302, 236, 404)):
        words.line([(left, y), (right, y)], 11)
    scale.line([(500, 264), (500, 310)], 5)
    for y in (264, 310):
        scale.line([(488, y), (512, y)], 5)
    canvas.lay(words, WHITE)
    canvas.lay(scale, scheme.spark)
    heads = canvas.stencil()
    for x in range(34, 640, 82):
        heads.ellipse(x, 432, 27, 32)
        heads.box(x - 42, 458, x + 42, 500, radius=20)
    canvas.lay(heads, mix(scheme.near, (0, 0, 0), 0.35))
