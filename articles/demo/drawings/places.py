"""Places and people: streets and roofs at an hour, silhouettes, and what they hold."""

from __future__ import annotations

import math

from articles.demo.covers.scheme import WHITE, Scheme
from articles.images.canvas import Canvas
from articles.images.palette import mix


def seven(canvas: Canvas, scheme: Scheme) -> None:
    """Seven people in a row behind a speaker's desk."""
    canvas.disc(320, 214, 176, mix(scheme.sun, scheme.foot, 0.3))
    for index in (0, 6, 1, 5, 2, 4, 3):
        person, far = canvas.stencil(), abs(3 - index)
        x, y = 80 + 80 * index, 186 + 13 * far
        person.ellipse(x, y, 27, 33)
        person.box(x - 46, y + 40, x + 46, 480, radius=36)
        canvas.lay(person, mix(scheme.near, scheme.mid, 0.14 + 0.2 * (index % 2)))
    desk, edge, stalk = canvas.stencil(), canvas.stencil(), canvas.stencil()
    desk.polygon([(236, 356), (404, 356), (384, 480), (256, 480)])
    edge.box(222, 340, 418, 360, radius=5)
    stalk.line([(350, 340), (342, 296)], 5)
    stalk.ellipse(341, 290, 9, 13)
    canvas.lay(desk, (scheme.accent, mix(scheme.accent, scheme.near, 0.5)))
    canvas.lay(edge, scheme.spark)
    canvas.lay(stalk, scheme.spark)


def vest(canvas: Canvas, scheme: Scheme) -> None:
    """A thick vest with straps, and a dent where something was stopped."""
    body = canvas.stencil()
    body.polygon(
        [(214, 60), (262, 60), (288, 122), (352, 122), (378, 60), (426, 60), (446, 190), (480, 214), (474, 424)]
    )
    body.polygon([(214, 60), (194, 190), (160, 214), (166, 424), (474, 424), (446, 190), (352, 122), (288, 122)])
    canvas.lay(body, (mix(scheme.near, scheme.mid, 0.35), scheme.near))
    straps, seams = canvas.stencil(), canvas.stencil()
    for y in (226, 284, 342):
        straps.box(184, y, 456, y + 26, radius=5)
    for x in (240, 320, 400):
        seams.line([(x, 226), (x, 368)], 4)
    canvas.lay(straps, mix(scheme.accent, scheme.near, 0.35))
    canvas.lay(seams, scheme.near)
    canvas.glow(374, 180, 64, scheme.spark, opacity=0.8)
    canvas.disc(374, 180, 13, scheme.spark)


def tank(canvas: Canvas, scheme: Scheme) -> None:
    """Houses of a narrow street in a basin, with water up to their windows, and rain."""
    back = canvas.stencil()
    for index, (left, high) in enumerate(((64, 250), (168, 310), (286, 220), (384, 290), (486, 240))):
        back.box(left, 424 - high, left + (108 if index % 2 else 94), 424)
    canvas.lay(back, (mix(scheme.mid, scheme.near, 0.4), scheme.near))
    lit = canvas.stencil()
    for x, y in ((92, 226), (196, 160), (236, 160), (196, 236), (310, 252), (420, 186), (512, 240), (420, 256)):
        lit.box(x, y, x + 30, y + 36, radius=2)
    canvas.lay(lit, scheme.spark)
    water, walls, rain = canvas.stencil(), canvas.stencil(), canvas.stencil()
    wave = [(x, 322 + 5 * math.sin(x / 26)) for x in range(36, 605, 8)]
    water.polygon([*wave, (604, 440), (36, 440)])
    walls.box(22, 268, 38, 456)
    walls.box(602, 268, 618, 456)
    walls.box(22, 438, 618, 456)
    for _drop in range(70):
        across, down = canvas.between(0, 640), canvas.between(0, 300)
        rain.line([(across, down), (across - 7, down + 24)], 2)
    canvas.lay(water, (mix(scheme.accent, WHITE, 0.15), mix(scheme.accent, scheme.near, 0.4)), opacity=0.86)
    canvas.lay(rain, WHITE, opacity=0.4)
    canvas.lay(walls, mix(scheme.near, (0, 0, 0), 0.3))


def alley(canvas: Canvas, scheme: Scheme) -> None:
    """A lane between low houses at night, one lamp, nobody there."""
    canvas.lay(canvas.land([(0, 0), (640, 0)]), mix(scheme.near, (0, 0, 0), 0.45), opacity=0.9)
    way = canvas.stencil()
    way.polygon([(290, 250), (350, 250), (520, 480), (120, 480)])
    canvas.lay(way, (mix(scheme.mid, scheme.near, 0.3), mix(scheme.mid, scheme.near, 0.75)))
    for side in (-1, 1):
        wall, roof, gates = canvas.stencil(), canvas.stencil(), canvas.stencil()
        near, far = 320 + side * 330, 320 + side * 34
        wall.polygon([(near, 130), (far, 206), (far, 262), (320 + side * 190, 480), (near, 480)])
        roof.polygon([(near, 92), (far + side * -6, 192), (far, 214), (near, 160)])
        for place in (0.35, 0.68):
            x = near + (far - near) * place
            gates.box(x - 24, 226 + 26 * place, x + 24, 470 - 250 * place * place, radius=3)
        canvas.lay(wall, (mix(scheme.near, scheme.mid, 0.3), mix(scheme.near, (0, 0, 0), 0.35)))
        canvas.lay(roof, mix(scheme.near, (0, 0, 0), 0.3))
        canvas.lay(gates, mix(scheme.near, scheme.second, 0.22))
    post = canvas.stencil()
    post.line([(404, 430), (404, 150), (364, 138)], 7)
    canvas.lay(post, mix(scheme.near, (0, 0, 0), 0.4))
    canvas.glow(360, 146, 190, scheme.spark, opacity=0.9)
    canvas.disc(360, 146, 13, mix(scheme.spark, WHITE, 0.5))


def palace(canvas: Canvas, scheme: Scheme) -> None:
    """Roofs of a palace at dawn, in the snow."""
    canvas.disc(496, 150, 66, scheme.sun)
    for level, (y, half) in enumerate(((300, 250), (196, 168))):
        hall, pillars, roof, snow = (canvas.stencil() for _layer in range(4))
        hall.box(320 - half * 0.74, y, 320 + half * 0.74, y + 116)
        for step in range(-3, 4):
            pillars.box(320 + step * half * 0.22 - 7, y + 8, 320 + step * half * 0.22 + 7, y + 116)
        curve = [
            (320 + half * step / 10, y - 74 + 76 * (abs(step) / 10) ** 0.62 - 26 * (abs(step) / 10) ** 6)
            for step in range(-10, 11)
        ]
        roof.polygon([*curve, (320 + half * 0.8, y + 18), (320 - half * 0.8, y + 18)])
        snow.line(curve, 9)
        canvas.lay(hall, mix(scheme.near, scheme.mid, 0.55))
        canvas.lay(pillars, mix(scheme.near, scheme.second, 0.3))
        canvas.lay(roof, (mix(scheme.near, scheme.mid, 0.2 * level), scheme.near))
        canvas.lay(snow, mix(scheme.spark, WHITE, 0.7))
    ground, flakes = canvas.land([(x, 414 + 6 * math.sin(x / 90)) for x in range(0, 648, 8)]), canvas.stencil()
    canvas.lay(ground, mix(scheme.spark, WHITE, 0.6))
    for _flake in range(60):
        flakes.ellipse(canvas.between(0, 640), canvas.between(0, 420), canvas.between(1.5, 4))
    canvas.lay(flakes, WHITE, opacity=0.85)


def chestnut(canvas: Canvas, scheme: Scheme) -> None:
    """A chestnut in the light of the moon."""
    canvas.lay(canvas.land([(0, 0), (640, 0)]), scheme.near, opacity=0.8)
    canvas.glow(470, 120, 230, scheme.spark, opacity=0.5)
    canvas.disc(470, 120, 68, mix(scheme.spark, WHITE, 0.4))
    stars = canvas.stencil()
    for _star in range(42):
        stars.ellipse(canvas.between(0, 640), canvas.between(0, 300), canvas.between(1, 2.8))
    canvas.lay(stars, WHITE, opacity=0.8)
    nut, foot, shine = canvas.stencil(), canvas.stencil(), canvas.stencil()
    curve = [(math.sin(step / 30 * math.tau), -math.cos(step / 30 * math.tau)) for step in range(30)]
    nut.polygon([(270 + 132 * x * (1 - 0.16 * (y < 0) * -y), 316 + (104 if y > 0 else 132) * y) for x, y in curve])
    nut.polygon([(252, 196), (288, 196), (272, 158)])
    canvas.lay(nut, ((168, 92, 48), (92, 44, 24)))
    foot.ellipse(270, 396, 96, 24)
    canvas.lay(foot, (214, 172, 122))
    shine.ellipse(316, 262, 26, 46)
    canvas.lay(shine, WHITE, opacity=0.4, blur=10)


def guitar(canvas: Canvas, scheme: Scheme) -> None:
    """An electric guitar that leans against its amplifier."""
    box, cloth, knobs = canvas.stencil(), canvas.stencil(), canvas.stencil()
    box.box(330, 216, 592, 446, radius=14)
    cloth.box(350, 270, 572, 430, radius=6)
    for x in range(368, 560, 38):
        knobs.ellipse(x, 244, 9)
    canvas.lay(box, (mix(scheme.near, scheme.mid, 0.2), scheme.near))
    canvas.lay(cloth, mix(scheme.near, scheme.spark, 0.35))
    canvas.lay(knobs, scheme.spark)
    neck, body, strings = canvas.stencil(), canvas.stencil(), canvas.stencil()
    neck.line([(196, 352), (330, 70)], 24)
    neck.polygon([(318, 82), (350, 22), (382, 40), (344, 96)])
    body.ellipse(176, 388, 82, 66)
    body.ellipse(214, 310, 64, 56)
    body.ellipse(158, 318, 34, 30, value=0)
    for shift in (-6, -2, 2, 6):
        strings.line([(176 + shift, 396), (334 + shift, 64)], 1.6)
    canvas.lay(body, (scheme.sun, mix(scheme.second, scheme.near, 0.15)))
    canvas.lay(neck, mix(scheme.near, scheme.second, 0.2))
    pickups = canvas.stencil()
    for x, y in ((194, 356), (178, 392)):
        pickups.line([(x - 22, y - 9), (x + 22, y + 9)], 13)
    canvas.lay(pickups, scheme.near)
    canvas.lay(strings, scheme.spark)


def cassette(canvas: Canvas, scheme: Scheme) -> None:
    shell, label, window, reels, holes = (canvas.stencil() for _layer in range(5))
    shell.box(92, 94, 548, 392, radius=22)
    label.box(122, 122, 518, 316, radius=10)
    window.box(206, 196, 434, 276, radius=40)
    for x, radius in ((246, 31), (394, 25)):
        reels.ellipse(x, 236, radius)
        holes.ellipse(x, 236, 13)
        for tooth in range(6):
            angle = tooth * math.pi / 3
            holes.line([(x, 236), (x + 17 * math.cos(angle), 236 + 17 * math.sin(angle))], 4)
    foot, lines = canvas.stencil(), canvas.stencil()
    foot.polygon([(180, 392), (202, 338), (438, 338), (460, 392)])
    for x in (236, 404):
        holes.ellipse(x, 370, 9)
    for y in (146, 168):
        lines.line([(150, y), (490, y)], 3)
    canvas.lay(shell, (mix(scheme.near, scheme.mid, 0.3), scheme.near))
    canvas.lay(label, (mix(scheme.spark, WHITE, 0.4), mix(scheme.sun, WHITE, 0.1)))
    canvas.lay(lines, scheme.mid, opacity=0.6)
    canvas.lay(window, scheme.near)
    canvas.lay(reels, mix(scheme.mid, scheme.near, 0.35))
    canvas.lay(foot, mix(scheme.near, scheme.mid, 0.5))
    canvas.lay(holes, mix(scheme.spark, WHITE, 0.5))


def ticket(canvas: Canvas, scheme: Scheme) -> None:
    """A railway ticket with a punched corner; a dotted line on it goes another way than the arrow."""
    paper = canvas.stencil()
    paper.box(76, 112, 564, 368, radius=16)
    for y in range(130, 360, 26):
        paper.ellipse(424, y, 5, value=0)
    paper.ellipse(112, 148, 15, value=0)
    for x in (76, 564):
        paper.ellipse(x, 240, 26, value=0)
    shade = canvas.stencil()
    shade.box(84, 122, 572, 380, radius=16)
    canvas.lay(shade, scheme.near, opacity=0.3, blur=8)
    canvas.lay(paper, (mix(scheme.spark, WHITE, 0.6), mix(scheme.sun, WHITE, 0.45)))
    words, way, ends, bars = (canvas.stencil() for _layer in range(4))
    for y, right in ((162, 340), (190, 270)):
        words.line([(152, y), (right, y)], 11)
    for step in range(15):
        words.ellipse(130 + 18 * step, 322 - 66 * math.sin(step / 14 * math.pi), 4)
    way.line([(130, 322), (366, 322)], 6)
    way.polygon([(388, 322), (362, 308), (362, 336)])
    for x in (130, 382):
        ends.ellipse(x, 322, 12)
    for index in range(12):
        bars.box(456, 146 + 16 * index, 524, 146 + 16 * index + canvas.rng.choice((4, 7, 10)))
    canvas.lay(words, scheme.mid)
    canvas.lay(way, scheme.near)
    canvas.lay(ends, scheme.second)
    canvas.lay(bars, scheme.near)
