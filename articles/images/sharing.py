"""Share pictures: what a chat or a timeline shows for an article or a fact."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw, ImageEnhance

from articles.images.canvas import Canvas
from articles.images.checking import FORMATS, on_white
from articles.images.lettering import Setting, draw_line, drawable, fitted
from articles.images.palette import COLOURS, RGB, Colours, mix
from articles.images.resizing import focal_box

SHARE_SIZE = (1200, 675)

_WHITE: RGB = (255, 255, 255)
_MARGIN = 72
_SITE_BASELINE = SHARE_SIZE[1] - 62
_HEADING_FOOT = SHARE_SIZE[1] - 142
_NUMBER_TOP = 76
_NUMBER_SIZE = 236
_CAPITALS = 0.714  # height of capitals and figures in Noto Sans, as a share of its size
_KICKER_SIZE = 34
_SIZES = (120, 112, 104, 96, 88, 80, 74, 68, 62, 56, 50, 46)


def share_picture(
    *,
    number: str,
    heading: str,
    palette: str,
    cover: bytes | None,
    focal: tuple[int, int] = (50, 50),
    site_name: str,
    kicker: str = "",
) -> bytes:
    """A JPEG of SHARE_SIZE; equal arguments give equal bytes. `kicker` is the small line above the heading.

    Any of the words may be empty. Emoji are left out; words with a letter that no shipped font has are not drawn at
    all. A cover that cannot be read counts as none: a broken file must not break what is shared. An unknown palette is
    a KeyError.
    """
    colours = COLOURS[palette]
    canvas = Canvas(SHARE_SIZE, f"{palette}/{number}")
    photo = _readable(cover, focal) if cover else None
    if photo is None:
        _discs(canvas, colours)
    else:
        canvas.image = _dimmed(photo, colours)
    canvas.grain(strength=5)
    image = canvas.image
    draw = ImageDraw.Draw(image)
    _site(draw, colours, drawable(site_name))
    top = _number(draw, colours, drawable(number))
    above = drawable(kicker)
    head = _heading(draw, _set_heading(drawable(heading), top + (2 * _KICKER_SIZE if above else 0)))
    _kicker(draw, colours, above, head)
    out = BytesIO()
    image.save(out, "JPEG", quality=86, subsampling=0, optimize=True)  # full colour detail keeps letters crisp
    return out.getvalue()


def _readable(cover: bytes, focal: tuple[int, int]) -> Image.Image | None:
    try:
        image: Image.Image = Image.open(BytesIO(cover), formats=FORMATS)
        image.draft("RGB", SHARE_SIZE)
        image = on_white(image.convert("RGBA" if "A" in image.getbands() else "RGB"))
    except Exception:  # noqa: BLE001  decoders raise whatever a damaged byte leads them to
        return None
    box = focal_box(image.size, SHARE_SIZE[0] / SHARE_SIZE[1], *focal)
    return image.resize(SHARE_SIZE, Image.Resampling.LANCZOS, box=box, reducing_gap=2.0)


def _dimmed(image: Image.Image, colours: Colours) -> Image.Image:
    """Under the subject's deep colour, most where the words stand: white on it keeps 4.5:1 over a white cover too."""
    image = ImageEnhance.Brightness(ImageEnhance.Color(image).enhance(0.8)).enhance(0.72)
    ground = Image.new("RGB", SHARE_SIZE, mix(colours.deep, (0, 0, 0), 0.25))
    lean = Image.linear_gradient("L").rotate(90)  # black at the left, white at the right
    veil = lean.point([round(255 * (0.92 - 0.44 * value / 255)) for value in range(256)]).resize(SHARE_SIZE)
    image.paste(ground, mask=veil)
    return image


def _discs(canvas: Canvas, colours: Colours) -> None:
    """Large and quiet; the canvas's chance moves them, so that the facts of one article do not all look the same."""
    w, h = SHARE_SIZE
    canvas.ground(mix(colours.deep, (0, 0, 0), 0.35), mix(colours.deep, colours.accent, 0.16), turn=30)
    x, y = w * canvas.between(0.74, 0.9), h * canvas.between(0.15, 0.5)
    canvas.glow(x, y, h * 0.9, colours.accent, opacity=0.35)
    for radius, opacity in ((0.56, 0.16), (0.4, 0.2), (0.24, 0.3)):
        canvas.disc(x, y, h * radius, (colours.accent, mix(colours.deep, colours.accent, 0.4)), opacity=opacity)
        x, y = x + h * canvas.between(-0.08, 0.08), y + h * canvas.between(-0.02, 0.14)


def _site(draw: ImageDraw.ImageDraw, colours: Colours, name: str) -> None:
    accent = mix(colours.accent, colours.light, 0.3)
    draw.rounded_rectangle((_MARGIN, _SITE_BASELINE - 22, _MARGIN + 44, _SITE_BASELINE - 14), 4, fill=accent)
    setting = fitted(name, width=SHARE_SIZE[0] - 2 * _MARGIN - 62, height=40, sizes=(30,), most_lines=1)
    draw_line(draw, _MARGIN + 62, _SITE_BASELINE - 7, "".join(setting.lines), setting.size, colours.light)


def _number(draw: ImageDraw.ImageDraw, colours: Colours, number: str) -> int:
    """Returns the foot of the number: the heading begins below it."""
    if not number:
        return _NUMBER_TOP
    setting = fitted(number, width=620, height=400, sizes=(_NUMBER_SIZE, 170, 120, 90), most_lines=1)
    foot = _NUMBER_TOP + round(setting.size * _CAPITALS)
    # Figures carry space at their sides, which shows at this size: out by a twentieth, to stand flush with the words.
    colour = mix(colours.accent, colours.light, 0.55)
    draw_line(draw, _MARGIN - setting.size // 20, foot, "".join(setting.lines), setting.size, colour)
    return foot


def _set_heading(heading: str, top: int) -> Setting:
    room = _HEADING_FOOT - top - 44
    return fitted(heading, width=SHARE_SIZE[0] - 2 * _MARGIN, height=room, sizes=_SIZES, most_lines=4)


def _heading(draw: ImageDraw.ImageDraw, setting: Setting) -> int:
    """From its foot upwards: short or long, it stands on the same line. Returns its head."""
    baseline = _HEADING_FOOT - round(setting.size * 0.2)
    for line in reversed(setting.lines):
        draw_line(draw, _MARGIN, baseline, line, setting.size, _WHITE, from_right=_right(setting))
        baseline -= setting.leading
    return _HEADING_FOOT - setting.height if setting.lines else _HEADING_FOOT


def _kicker(draw: ImageDraw.ImageDraw, colours: Colours, kicker: str, foot: int) -> None:
    width = SHARE_SIZE[0] - 2 * _MARGIN
    setting = fitted(kicker, width=width, height=2 * _KICKER_SIZE, sizes=(_KICKER_SIZE,), most_lines=1)
    baseline, line = foot - _KICKER_SIZE // 2, "".join(setting.lines)
    draw_line(draw, _MARGIN, baseline, line, setting.size, colours.light, from_right=_right(setting))


def _right(setting: Setting) -> int | None:
    """The margin at which lines end that are read from the right."""
    return SHARE_SIZE[0] - _MARGIN if setting.is_from_right else None
