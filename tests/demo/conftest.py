from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests import make


@pytest.fixture(scope="module", autouse=True)
def _own_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The demo collects them."""
    with override_settings(STATIC_ROOT=tmp_path_factory.mktemp("collected")):
        yield


@pytest.fixture(scope="module")
def quick_covers() -> Iterator[list[dict[str, str]]]:
    """What was asked to be drawn. Drawing takes a quarter of a second for each cover; test_covers.py looks at them."""
    asked: list[dict[str, str]] = []

    def draw(*, palette: str, motif: str, seed: str) -> bytes:
        asked.append({"palette": palette, "motif": motif, "seed": seed})
        return make.image_bytes(number=hash((palette, motif, seed)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.demo.covers.draw_cover", draw)
        yield asked
