"""Drawn covers: right in size, light, quick, different where they should be, the same where they must be."""

from __future__ import annotations

import pytest
from PIL import ImageChops, ImageOps

from articles import images
from articles.demo import covers, drawings
from tests.images.makers import decoded
from tests.sampling import sampled


@pytest.mark.slow
@pytest.mark.parametrize("motif", covers.MOTIFS)
def test_a_cover_is_light_and_sharp(motif: str) -> None:
    for palette in sampled(("amber", "violet"), 1, motif):
        data = covers.draw_cover(palette=palette, motif=motif, seed="the-trauma-code")
        assert len(data) <= 120_000
        cover = decoded(data)
        assert (cover.format, cover.mode, cover.size) == ("JPEG", "RGB", (1600, 900))
        assert len(cover.resize((160, 90)).getcolors(20_000) or []) > 1_000, "a cover is more than a few flat areas"


@pytest.mark.parametrize("motif", covers.MOTIFS)
def test_the_seed_decides_and_nothing_else(motif: str) -> None:
    def draw(seed: str, palette: str = "teal") -> bytes:
        return covers.draw_cover(palette=palette, motif=motif, seed=seed, size=(400, 225))

    assert draw("one") == draw("one")
    assert draw("one") != draw("two")
    assert draw("one") != draw("one", "rose")


@pytest.mark.parametrize("palette", images.PALETTE)
def test_a_cover_can_be_uploaded_and_keeps_its_format(palette: str) -> None:
    checked = images.check(
        covers.draw_cover(palette=palette, motif="mountains", seed="x", size=(800, 450)), "cover.jpg"
    )
    assert (checked.extension, checked.width, checked.height) == ("jpg", 800, 450)


@pytest.mark.slow
def test_a_cover_speaks_in_its_subjects_colour() -> None:
    for palette in ("rose", "jade", "indigo", "brick"):
        drawn = covers.draw_cover(palette=palette, motif="pulse", seed="x", size=(800, 450))
        assert images.check(drawn, "x").colour in {palette, "rose" if palette == "brick" else palette}


def test_an_unknown_motif_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        covers.draw_cover(palette="teal", motif="letters", seed="x")


@pytest.mark.slow
@pytest.mark.parametrize("thing", drawings.THINGS)
def test_a_fact_gets_a_light_picture_of_one_thing(thing: str) -> None:
    for palette in sampled(("amber", "violet"), 1, thing):
        data = drawings.draw(palette=palette, thing=thing, seed="the-trauma-code")
        assert data == drawings.draw(palette=palette, thing=thing, seed="the-trauma-code")
        assert len(data) <= 100_000
        assert decoded(data).size == drawings.SIZE
        assert len(decoded(data).resize((160, 120)).getcolors(20_000) or []) > 200, "something is on it"


def test_all_that_is_counted_is_drawn() -> None:
    """The alternative texts promise one square for each of them, a disc for each ceremony, a column for each year."""
    assert drawings.signs.DAYS == 921
    assert (drawings.figures.CEREMONIES, drawings.figures.YEARS) == (92, 19)


def test_tiles_that_read_the_same_from_both_ends_do() -> None:
    drawn = decoded(drawings.draw(palette="teal", thing="mirror", seed="x")).convert("L")
    ground = drawn.point([0] * 90 + [255] * 166)  # the dark tiles at both ends
    assert ImageChops.difference(ground, ImageOps.mirror(ground)).resize((64, 48)).getextrema()[1] < 128
