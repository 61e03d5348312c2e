import pytest

from tests import make


@pytest.fixture(autouse=True)
def _own_static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"


@pytest.fixture
def quick_covers(monkeypatch):
    """Stands in for drawing, which takes a quarter of a second for each cover; the tests of images look at them."""

    def draw(*, palette, motif, seed):
        return make.image_bytes(colour=f"#{abs(hash((palette, motif, seed))) % 0xFFFFFF:06x}")

    monkeypatch.setattr("articles.demo.covers.draw_cover", draw)
