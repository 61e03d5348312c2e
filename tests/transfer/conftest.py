"""The site of tests/transfer/site.py as a folder, and the empty database after it."""

from pathlib import Path

import pytest

from articles import transfer
from tests.transfer import site


@pytest.fixture(scope="module")
def exported(module_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once for a module, whose tests only read the folder."""
    folder = tmp_path_factory.mktemp("exported") / "out"
    site.Building()
    transfer.export_site(folder)
    return folder


@pytest.fixture
def emptied(db: None, exported: Path, settings, tmp_path: Path) -> Path:
    site.empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    return exported
