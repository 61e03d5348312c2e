"""What one meets outside: beasts, plants, vehicles."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import WHITE, Scheme
from articles.images.canvas import Canvas
from articles.images.palette import mix


def helicopter(canvas: Canvas, scheme: Scheme) -> None:
    """With somebody on the rope below it."""
    canvas.disc(470, 330, 96, mix(scheme.sun, scheme.foot, 0.2))
    body = canvas.stencil()
    body.ellipse(250, 170, 112, 66)
    body.polygon([(330, 140), (540, 122), (540, 146), (330, 196)])
    body.polygon([(516, 132), (548, 72), (566, 72), (546, 142)])
    canvas.lay(body, (scheme.mid, scheme.near))
    glass = canvas.stencil()
    glass.ellipse(204, 158, 50, 38)
    canvas.lay(glass, scheme.spark)
    metal = canvas.stencil()
    metal.line([(60, 86), (450, 86)], 9)
    metal.line([(252, 86), (252, 112)], 12)
    metal.line([(180, 250), (330, 250)], 8)
    metal.line([(212, 226), (204, 250)], 6)
    metal.line([(296, 226), (304, 250)], 6)
    metal.line([(268, 236), (268, 372)], 3)
    metal.ellipse(268, 366, 13)
    metal.line([(268, 382), (268, 418)], 20)
    metal.line([(268, 414), (256, 450)], 9)
    metal.line([(268, 414), (284, 448)], 9)
    canvas.lay(metal, scheme.near)


def tree(canvas: Canvas, scheme: Scheme) -> None:
    """An old tree alone on a hill."""
    canvas.disc(450, 150, 74, scheme.sun)
    hill = canvas.stencil()
    hill.ellipse(320, 560, 480, 190)
    canvas.lay(hill, scheme.near)
    wood = canvas.stencil()
    wood.polygon([(292, 400), (306, 250), (336, 250), (352, 400)])
    for x, y in ((214, 190), (266, 140), (360, 130), (424, 196)):
        wood.line([(320, 280), (x, y)], 15)
    canvas.lay(wood, mix(scheme.near, scheme.mid, 0.25))
    for shade in (0.55, 0.3, 0.08):
        leaves = canvas.stencil()
        for _index in range(26):
            angle, far = canvas.between(0, math.tau), canvas.between(0, 1)
            leaves.ellipse(320 + math.cos(angle) * 142 * far, 164 + math.sin(angle) * 88 * far, canvas.between(22, 40))
        canvas.lay(leaves, mix(scheme.accent, scheme.near, shade), opacity=0.72)


def train(canvas: Canvas, scheme: Scheme) -> None:
    """At a platform in the evening, its windows lit."""
    canvas.disc(500, 118, 60, mix(scheme.sun, WHITE, 0.2))
    body = canvas.stencil()
    body.box(-40, 150, 470, 372, radius=30)
    body.polygon([(440, 150), (500, 162), (600, 290), (606, 372), (440, 372)])
    canvas.lay(body, (scheme.mid, scheme.near))
    stripe, light = canvas.stencil(), canvas.stencil()
    stripe.box(-40, 296, 596, 314)
    for x in range(20, 430, 104):
        light.box(x, 186, x + 76, 262, radius=10)
    light.polygon([(462, 190), (502, 194), (552, 262), (462, 262)])
    light.ellipse(580, 336, 14)
    canvas.lay(stripe, scheme.second)
    canvas.lay(light, scheme.spark)
    rail = canvas.stencil()
    rail.box(0, 394, 640, 402)
    for x in range(0, 640, 44):
        rail.box(x, 402, x + 24, 414)
    canvas.lay(rail, scheme.near)


def whale(canvas: Canvas, scheme: Scheme) -> None:
    """A fluke above the water."""
    canvas.disc(470, 134, 70, scheme.sun)
    fluke = canvas.stencil()
    fluke.polygon([(282, 370), (296, 262), (344, 262), (360, 370)])
    for side in (-1, 1):
        wing = [(320, 276), (320 + side * 60, 220), (320 + side * 150, 152), (320 + side * 196, 146)]
        wing += [(320 + side * 178, 196), (320 + side * 96, 262), (320, 300)]
        fluke.polygon(wing)
    canvas.lay(fluke, (mix(scheme.near, scheme.mid, 0.35), scheme.near))
    for row in range(4):
        crest = [(x, 342 + 36 * row + 10 * math.sin(x / 44 + row * 1.7)) for x in range(0, 648, 8)]
        canvas.lay(canvas.land(crest), mix(scheme.accent, scheme.near, 0.15 + 0.2 * row), opacity=0.9)
    drops = canvas.stencil()
    for _index in range(18):
        drops.ellipse(320 + canvas.between(-150, 150), canvas.between(240, 330), canvas.between(3, 7))
    canvas.lay(drops, scheme.spark, opacity=0.8)


def paraglider(canvas: Canvas, scheme: Scheme) -> None:
    for row in range(3):
        ridge = canvas.ridge(330 + 52 * row, 46 - 8 * row, roughness=0.4, bumps=3 + row, sharp=True)
        canvas.lay(canvas.land(ridge), mix(scheme.far, scheme.near, 0.25 + 0.3 * row))
    wing, lines = canvas.stencil(), canvas.stencil()
    wing.ring(320, 258, 190, 44, start=205, end=335)
    for angle in range(208, 336, 12):
        x, y = 320 + 172 * math.cos(math.radians(angle)), 258 + 172 * math.sin(math.radians(angle))
        lines.line([(x, y), (320, 262)], 2)
    canvas.lay(lines, scheme.near, opacity=0.8)
    canvas.lay(wing, (scheme.second, scheme.sun))
    pilot = canvas.stencil()
    pilot.ellipse(320, 262, 13)
    pilot.line([(320, 280), (320, 302)], 20)
    pilot.line([(322, 304), (356, 314)], 9)
    canvas.lay(pilot, scheme.near)


def seedling(canvas: Canvas, scheme: Scheme) -> None:
    canvas.disc(320, 190, 150, mix(scheme.sun, scheme.foot, 0.25))
    soil = canvas.stencil()
    soil.ellipse(320, 520, 420, 150)
    canvas.lay(soil, scheme.near)
    stem = canvas.stencil()
    stem.line([(320, 390), (316, 300), (322, 210)], 12)
    canvas.lay(stem, mix(scheme.accent, scheme.near, 0.4))
    for side, height, size in ((-1, 250, 1.0), (1, 220, 1.15), (-1, 190, 0.6), (1, 176, 0.5)):
        leaf = canvas.stencil()
        ends = [(math.sin(math.pi * step / 12) * 34, step * 11) for step in range(13)]
        upper = [(320 + side * far * size, height - 18 * size - wide * size) for wide, far in ends]
        lower = [(320 + side * far * size, height - 18 * size + wide * 0.5 * size) for wide, far in reversed(ends)]
        leaf.polygon([*upper, *lower])
        canvas.lay(leaf, (mix(scheme.accent, WHITE, 0.2), mix(scheme.accent, scheme.near, 0.3)))


def bird(canvas: Canvas, scheme: Scheme) -> None:
    """A white bird before a low sun."""
    canvas.disc(320, 270, 150, scheme.sun)
    white = canvas.stencil()
    white.ellipse(330, 246, 92, 34)
    white.ellipse(420, 224, 28, 24)
    white.polygon([(444, 218), (476, 230), (444, 234)])
    white.polygon([(250, 240), (150, 292), (176, 250), (140, 226)])
    canvas.lay(white, mix(scheme.spark, WHITE, 0.7))
    wings = canvas.stencil()
    wings.polygon([(290, 240), (218, 80), (300, 120), (396, 236)])
    wings.polygon([(330, 236), (330, 60), (396, 118), (404, 232)])
    canvas.lay(wings, (WHITE, mix(scheme.spark, scheme.mid, 0.15)))
    canvas.disc(428, 220, 4, scheme.near)
    for row in range(2):
        ridge = canvas.ridge(414 + 30 * row, 20, roughness=0.4, bumps=4)
        canvas.lay(canvas.land(ridge), mix(scheme.mid, scheme.near, 0.4 + 0.4 * row))
