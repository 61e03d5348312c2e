"""Pages are asked through the whole stack of middleware; WhiteNoise warns when its folder is missing."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def _static_folder(settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
