"""Drawn covers: right in size, light, quick, different where they should be, the same where they must be."""

from __future__ import annotations

import pytest

from articles import images
from articles.demo import covers
from tests.images.makers import decoded


@pytest.mark.parametrize("motif", covers.MOTIFS)
def test_a_cover_is_light_and_sharp(motif: str) -> None:
    for palette in ("amber", "violet"):
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


def test_a_cover_speaks_in_its_subjects_colour() -> None:
    for palette in ("rose", "jade", "indigo", "brick"):
        drawn = covers.draw_cover(palette=palette, motif="pulse", seed="x", size=(800, 450))
        assert images.check(drawn, "x").colour in {palette, "rose" if palette == "brick" else palette}


def test_an_unknown_motif_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        covers.draw_cover(palette="teal", motif="letters", seed="x")
