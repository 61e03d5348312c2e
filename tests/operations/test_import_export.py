"""Out of the site and in again: an export is read exactly, and an id is kept where it is free."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles import drafts
from articles.models import Article
from tests import make

pytestmark = pytest.mark.django_db


def export(article: Article, path: Path) -> str:
    out = StringIO()
    call_command("export_article", str(article.pk), stdout=out)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return out.getvalue()


def bring_in(path: Path, owner: str) -> str:
    out = StringIO()
    call_command("import_article", str(path), owner=owner, stdout=out)
    return out.getvalue()


def test_a_draft_comes_back_equal_with_its_ids_where_they_are_free(tmp_path: Path):
    article = make.article(cards=3, tags=("Ferries", "Night"))
    before, owner = drafts.document_of(article), article.owner
    text = export(article, tmp_path / "ferry.md")
    drafts.delete(article, by=owner)
    Article.with_binned.all().delete()  # what lies in the bin keeps its ids
    told = bring_in(tmp_path / "ferry.md", owner.username)
    again = Article.objects.get()
    assert drafts.document_of(again) == before
    assert "new id" not in told
    assert export(again, tmp_path / "second.md") == text


def test_ids_that_are_taken_are_new_and_told(tmp_path: Path):
    article = make.article(cards=2)
    export(article, tmp_path / "ferry.md")
    told = bring_in(tmp_path / "ferry.md", article.owner.username)
    for public_id in drafts.order_of(article, "cards"):
        assert public_id in told
    other = Article.objects.exclude(pk=article.pk).get()
    assert not set(drafts.order_of(article, "cards")) & set(drafts.order_of(other, "cards"))
