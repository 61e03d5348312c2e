"""The site of tests/transfer/site.py as a folder, and the empty database after it."""

from pathlib import Path

import pytest

from articles import transfer
from tests.transfer import site


@pytest.fixture
def exported(db: None, tmp_path: Path) -> Path:
    site.Building()
    transfer.export_site(tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def emptied(exported: Path, settings, tmp_path: Path) -> Path:
    site.empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    return exported
