"""A subject's colour is one of a few names, proposed from its picture, and can carry text."""

from __future__ import annotations

import pytest

from articles import images
from tests.images.makers import encoded, halves, picture


def contrast(one: images.RGB, other: images.RGB) -> float:
    """WCAG 2.2, "contrast ratio"."""

    def luminance(rgb: images.RGB) -> float:
        linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", images.PALETTE)
def test_text_is_readable_on_every_colour(name: str) -> None:
    colours = images.COLOURS[name]
    assert contrast(colours.deep, (255, 255, 255)) >= 7
    assert contrast(colours.light, colours.deep) >= 7


@pytest.mark.parametrize("name", images.PALETTE)
def test_a_colour_is_nearest_to_itself(name: str) -> None:
    assert images.nearest_palette(images.COLOURS[name].accent) == name


@pytest.mark.parametrize(
    ("rgb", "names"),
    [
        ((128, 128, 128), {"slate"}),
        ((0, 0, 0), {"slate"}),
        ((255, 255, 255), {"slate"}),
        ((255, 192, 203), {"rose"}),
        ((0, 0, 255), {"indigo"}),
        ((0, 200, 0), {"jade", "olive"}),
        ((128, 0, 0), {"brick"}),
        ((255, 165, 0), {"amber"}),
    ],
)
def test_colours_get_the_name_that_a_person_would_choose(rgb: images.RGB, names: set[str]) -> None:
    assert images.nearest_palette(rgb) in names


def test_a_coloured_third_outvotes_a_grey_wall() -> None:
    image = picture(300, 200, (120, 120, 120))
    image.paste((20, 150, 160), (0, 0, 100, 200))
    assert images.check(encoded(image), "x").colour == "teal"
    assert images.check(encoded(halves((90, 90, 90), (140, 140, 140))), "x").colour == "slate"
