"""What `check_content` reads of a large site: a few articles at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.operations import checking
from tests import make

pytestmark = pytest.mark.django_db


def test_words_of_articles_are_read_some_at_a_time_and_never_sorted(monkeypatch: pytest.MonkeyPatch):
    """Sorted with their words, all articles would be in the database's memory at once."""
    monkeypatch.setattr(checking, "_AT_ONCE", 2)
    for letter in "cabed":
        make.edition(title=f"Ferry {letter}", introduction="See [there](/nowhere/).", cards=1, faqs=0)
    with CaptureQueriesContext(connection) as queries:
        problems = list(checking.article_problems())
    assert [each.partition(",")[0] for each in problems] == [f"ferry-{letter}" for letter in "abcde"]
    words = [query["sql"] for query in queries if '"articles_revision"."content"' in query["sql"]]
    assert len(words) == 3
    assert [sql for sql in words if "ORDER BY" in sql] == []
