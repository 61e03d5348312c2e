"""A small drawing desk over Pillow: smooth-edged shapes, soft light and grain, laid over one another.

Shapes are drawn as masks at twice the size and halved, which gives smooth edges; gradients and light need no edges
and are made at the final size. Lengths and places are in pixels of the finished picture.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from articles.images.palette import RGB

Point = tuple[float, float]
Fill = RGB | tuple[RGB, RGB]
Blend = Literal["over", "screen"]

_SMOOTH = 2
_LIGHT = Image.radial_gradient("L")
_CORNER = math.sqrt(2)  # where that gradient reaches its end, in units of half a side
_SLOPE = Image.linear_gradient("L")


class Stencil:
    """A mask under construction: what is drawn here lets the colour through, what is cut stays dry."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.mask = Image.new("L", (size[0] * _SMOOTH, size[1] * _SMOOTH))
        self._draw = ImageDraw.Draw(self.mask)

    def polygon(self, points: Iterable[Point], *, value: int = 255) -> None:
        self._draw.polygon([(x * _SMOOTH, y * _SMOOTH) for x, y in points], fill=value)

    def ellipse(self, x: float, y: float, rx: float, ry: float | None = None, *, value: int = 255) -> None:
        ry = rx if ry is None else ry
        box = ((x - rx) * _SMOOTH, (y - ry) * _SMOOTH, (x + rx) * _SMOOTH, (y + ry) * _SMOOTH)
        self._draw.ellipse(box, fill=value)

    def ring(self, x: float, y: float, radius: float, width: float, *, start: float = 0, end: float = 360) -> None:
        outer = radius + width / 2
        box = ((x - outer) * _SMOOTH, (y - outer) * _SMOOTH, (x + outer) * _SMOOTH, (y + outer) * _SMOOTH)
        self._draw.arc(box, start, end, fill=255, width=max(1, round(width * _SMOOTH)))

    def box(self, left: float, top: float, right: float, bottom: float, *, radius: float = 0, value: int = 255) -> None:
        corners = (left * _SMOOTH, top * _SMOOTH, max(left, right) * _SMOOTH, max(top, bottom) * _SMOOTH)
        self._draw.rounded_rectangle(corners, radius * _SMOOTH, fill=value)

    def line(self, points: Sequence[Point], width: float, *, value: int = 255) -> None:
        """With round joints and ends."""
        scaled = [(x * _SMOOTH, y * _SMOOTH) for x, y in points]
        self._draw.line(scaled, fill=value, width=max(1, round(width * _SMOOTH)), joint="curve")
        for x, y in (points[0], points[-1]):
            self.ellipse(x, y, width / 2, value=value)

    def finished(self, blur: float) -> Image.Image:
        if not blur:
            return self.mask.reduce(_SMOOTH)
        size = (self.mask.width // _SMOOTH, self.mask.height // _SMOOTH)
        small = self.mask.reduce(_SMOOTH * 4).filter(ImageFilter.GaussianBlur(blur / 4))
        return small.resize(size, Image.Resampling.BICUBIC)


class Canvas:
    def __init__(self, size: tuple[int, int], seed: str) -> None:
        self.size = size
        self.w, self.h = size
        self.rng = random.Random(seed)  # noqa: S311  chance for the eye, not for secrets
        self.image = Image.new("RGB", size)

    def ground(self, top: RGB, bottom: RGB, *, turn: float = 0) -> None:
        """The whole picture in a gradient; `turn` in degrees leans it."""
        slope = _SLOPE
        if turn:
            wide = _SLOPE.resize((512, 512), Image.Resampling.BICUBIC).rotate(turn, Image.Resampling.BICUBIC)
            slope = wide.crop((106, 106, 406, 406))
        self.image.paste(_solid(self.size, top))
        self.image.paste(bottom, (0, 0, *self.size), slope.resize(self.size, Image.Resampling.BICUBIC))

    def stencil(self) -> Stencil:
        return Stencil(self.size)

    def lay(
        self,
        stencil: Stencil,
        fill: Fill,
        *,
        opacity: float = 1,
        blur: float = 0,
        fade: tuple[float, float] | None = None,
        blend: Blend = "over",
    ) -> None:
        """Colour through a stencil. A pair of colours runs from the shape's top to its foot.

        `fade` is the opacity at the top and at the foot of the shape.
        """
        mask = stencil.finished(blur)
        box = mask.getbbox()
        if box is None:
            return
        mask = mask.crop(box)
        if fade is not None:
            mask = ImageChops.multiply(mask, _slope(mask.size, *fade))
        if opacity < 1:
            mask = mask.point([round(value * opacity) for value in range(256)])
        self._paint(_filled(mask.size, fill), mask, box, blend)

    def glow(
        self, x: float, y: float, radius: float, colour: RGB, *, opacity: float = 1, blend: Blend = "screen"
    ) -> None:
        """Light that falls off from a point."""
        falling = _LIGHT.point([round(opacity * 255 * _falloff(value / 255 * _CORNER)) for value in range(256)])
        side = max(2, round(radius * 2))
        left, top = round(x - radius), round(y - radius)
        visible = (max(0, left), max(0, top), min(self.w, left + side), min(self.h, top + side))
        if visible[0] >= visible[2] or visible[1] >= visible[3]:
            return
        step = 256 / side
        window = tuple((edge - (left, top)[index % 2]) * step for index, edge in enumerate(visible))
        size = (visible[2] - visible[0], visible[3] - visible[1])
        mask = falling.resize(size, Image.Resampling.BICUBIC, box=(window[0], window[1], window[2], window[3]))
        self._paint(_solid(size, colour), mask, visible, blend)

    def disc(self, x: float, y: float, radius: float, fill: Fill, *, opacity: float = 1) -> None:
        stencil = self.stencil()
        stencil.ellipse(x, y, radius)
        self.lay(stencil, fill, opacity=opacity)

    def finish(self, *, limit: int) -> bytes:
        """JPEG with a breath of grain, which hides the steps in the gradients; at most `limit` bytes if it can be."""
        self.grain(strength=7)
        data = b""
        for quality in (84, 78, 70, 60, 50):
            out = BytesIO()
            self.image.save(out, "JPEG", quality=quality, progressive=True, optimize=True)
            data = out.getvalue()
            if len(data) <= limit:
                break
        return data

    def grain(self, *, strength: int) -> None:
        """Fine noise, at most half of `strength` up or down in each channel."""
        noise = Image.frombytes("L", self.size, self.rng.randbytes(self.w * self.h))
        noise = noise.filter(ImageFilter.BoxBlur(0.6)).point([value * strength // 255 for value in range(256)])
        self.image = ImageChops.add(self.image, Image.merge("RGB", (noise,) * 3), 1, -(strength // 2))

    def _paint(self, colour: Image.Image, mask: Image.Image, box: tuple[int, int, int, int], blend: Blend) -> None:
        if blend == "screen":
            here = self.image.crop(box)
            colour = ImageChops.screen(here, colour)
        self.image.paste(colour, box, mask)

    # --- chance ------------------------------------------------------------------------------------------------------

    def between(self, low: float, high: float) -> float:
        return self.rng.uniform(low, high)

    def ridge(self, base: float, height: float, *, roughness: float, bumps: float, sharp: bool = False) -> list[Point]:
        """A line of hills from the left edge to the right, as sums of ever smaller waves; `sharp` gives them peaks."""
        waves = [
            (bumps * 2**octave * self.between(0.85, 1.15), height * roughness**octave, self.between(0, math.tau))
            for octave in range(7)
        ]
        step = max(2, self.w // 400)
        return [
            (x, base - sum(size * _wave(x / self.w * count * math.pi + phase, sharp) for count, size, phase in waves))
            for x in range(0, self.w + step, step)
        ]

    def land(self, ridge: Sequence[Point]) -> Stencil:
        """Everything below a ridge."""
        stencil = self.stencil()
        stencil.polygon([*ridge, (self.w, self.h), (0, self.h)])
        return stencil


def _wave(angle: float, sharp: bool) -> float:
    return 1.1 - 2.2 * abs(math.sin(angle / 2)) if sharp else math.sin(angle)


def _falloff(distance: float) -> float:
    """1 in the middle, 0 from the rim on, and level there, so that no edge shows."""
    inward = max(0.0, 1 - distance)
    return inward * inward * (1 + 0.8 * distance)


def _solid(size: tuple[int, int], colour: RGB) -> Image.Image:
    return Image.new("RGB", size, colour)


def _slope(size: tuple[int, int], top: float, foot: float) -> Image.Image:
    levels = [round(255 * (top + (foot - top) * value / 255)) for value in range(256)]
    return _SLOPE.point(levels).resize(size, Image.Resampling.BICUBIC)


def _filled(size: tuple[int, int], fill: Fill) -> Image.Image:
    top = fill[0]
    if isinstance(top, int):
        return _solid(size, fill)  # type: ignore[arg-type]
    image = _solid(size, top)
    image.paste(fill[1], (0, 0, *size), _slope(size, 0, 1))
    return image
