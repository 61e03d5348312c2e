"""Making all that the search finds by anew: after a change of text.tokens, or where a hand was in the database."""

from __future__ import annotations

from django.db import transaction

from articles import publishing
from articles.models import SearchName, SearchWord, Subject, Tag, TagAlias
from articles.models.outbox import purge_everything
from articles.models.search.engine import ensure_index


def rebuild_search() -> int:
    """Rows, names and vocabulary. Gives how many editions there are; readers find each all the time."""
    ensure_index()
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchName.objects.all().delete()  # names that stand already add no words
        for rows in (Subject.objects.all(), Tag.objects.all(), TagAlias.objects.all()):
            for row in rows.iterator():
                row.write_search_names()
    count = publishing.write_search_rows()
    purge_everything()
    return count
