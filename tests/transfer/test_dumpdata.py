"""Django's own `dumpdata` and `loaddata` carry a whole site, what lies in the bin included."""

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command

from articles.models import Article, FactCard
from tests.sampling import sampled
from tests.transfer import site

pytestmark = pytest.mark.django_db


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, primary keys included."""
    return {model.__name__: list(model._base_manager.order_by("pk").values()) for model in apps.get_models()}


@pytest.mark.slow
def test_a_site_is_dumped_and_loaded_with_every_row(tmp_path: Path):
    site.Building()
    assert FactCard.objects.filter(article__in=Article.with_binned.exclude(binned_at=None)).exists()
    moments = sampled((site.NOW, site.LATER), 1)  # the rows are compared, keys and all; of pages a look is enough
    before, pages = rows(), [site.answers(at) for at in moments]
    call_command("dumpdata", output=str(tmp_path / "site.json"), verbosity=0)
    site.empty_database()
    assert not any(rows()[model.__name__] for model in site.all_tables())
    call_command("loaddata", str(tmp_path / "site.json"), verbosity=0)
    assert rows() == before
    assert [site.answers(at) for at in moments] == pages
