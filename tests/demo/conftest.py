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
    """What covers were asked for. To draw one takes a quarter of a second, and the picture of a fact nearly as much:
    test_covers.py looks at them, and here a small picture stands for each.
    """
    asked: list[dict[str, str]] = []
    numbers: dict[tuple[tuple[str, str], ...], int] = {}

    def draw(**wanted: str) -> bytes:
        return make.image_bytes(number=numbers.setdefault(tuple(wanted.items()), len(numbers) + 1))

    def draw_cover(**wanted: str) -> bytes:
        asked.append(wanted)
        return draw(**wanted)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("articles.demo.covers.draw_cover", draw_cover)
        patch.setattr("articles.demo.drawings.draw", draw)
        yield asked
