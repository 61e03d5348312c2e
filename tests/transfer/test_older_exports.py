"""What programs before this one exported comes in as it was meant."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from articles import transfer
from articles.models import Article, Comment, FactCheck, HouseTerm
from tests.transfer import site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def change(file: Path, step: Callable[[Any], None]) -> None:
    value = json.loads(file.read_text())
    step(value)
    file.write_text(json.dumps(value))


def with_cards(comments: list[dict[str, Any]]) -> None:
    """As they were before they had places."""
    for comment in comments:
        kind, _colon, public_id = comment.pop("place", "").partition(":")
        if kind == "card":
            comment["card"] = public_id


@pytest.fixture
def old(exported: Path, settings, tmp_path: Path) -> Path:
    folder = tmp_path / "old"
    shutil.copytree(exported, folder)
    for name in ("house_terms.json", "checks.json"):
        (folder / name).unlink()
    for file in folder.glob("articles/*/article.json"):
        change(file, lambda article: article.pop("approved_change", None))
    for file in folder.glob("articles/*/comments.json"):
        change(file, with_cards)
    settings.MEDIA_ROOT = tmp_path / "other-media"
    return folder


def test_files_that_were_not_there_yet_are_not_missed(old: Path):
    site.empty_database()
    transfer.import_site(old)
    assert not HouseTerm.objects.exists()
    assert not FactCheck.objects.exists()


def test_what_was_approved_is_approved_and_what_had_lapsed_has_lapsed(old: Path):
    def statuses() -> list[tuple[str, str]]:
        return sorted((article.title, article.effective_status) for article in Article.objects.all())

    before = statuses()
    assert "approved" in dict(before).values()
    site.empty_database()
    transfer.import_site(old)
    assert statuses() == before


def test_a_comment_on_a_card_stands_at_its_place(old: Path):
    def comments() -> list[tuple[str, str]]:
        return sorted(Comment.objects.filter(place__startswith="card:").values_list("text", "place"))

    before = comments()
    assert before
    site.empty_database()
    transfer.import_site(old)
    assert comments() == before


def test_a_comment_on_what_can_be_no_card_is_refused(old: Path):
    file = next(file for file in old.glob("articles/*/comments.json") if '"card"' in file.read_text())
    change(file, lambda comments: comments[0].update(card="../../x"))
    site.empty_database()
    with pytest.raises(transfer.TransferError, match=r"entry 1 .*“card”"):
        transfer.import_site(old)
