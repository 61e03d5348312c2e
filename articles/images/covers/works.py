"""Motifs of works and people: a pulse, a stage, film, panels, pixels, portraits."""

from __future__ import annotations

import math
from collections.abc import Callable

from articles.images.covers.canvas import Canvas, Point, Stencil
from articles.images.covers.scheme import Scheme
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
        people.box(x - size * 1.5, y + size * 1.05, x + size * 1.5, canvas.h + 60, radius=size * 1.1)
        if canvas.rng.random() < 0.28:
            _raised_arm(canvas, people, x, y, size)
        x += size * canvas.between(1.9, 2.7)
    canvas.lay(people, colour)


def _raised_arm(canvas: Canvas, people: Stencil, x: float, y: float, size: float) -> None:
    side = canvas.rng.choice((-1, 1))
    elbow = (x + side * size * 1.75, y - size * canvas.between(0.1, 0.6))
    hand = (elbow[0] - side * size * canvas.between(-0.1, 0.6), elbow[1] - size * canvas.between(1.5, 2.2))
    people.line([(x + side * size * 1.15, y + size * 1.9), elbow, hand], size * 0.5)
    people.ellipse(*hand, size * 0.36)


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


def pixels(canvas: Canvas, scheme: Scheme) -> None:
    """A landscape on a grid, as a game of 1988 would have drawn it with today's colours."""
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
