"""Making all that the search finds by anew: after a change of text.tokens, or where a hand was in the database."""

from __future__ import annotations

from django.db import transaction

from articles import publishing
from articles.models import SearchName, SearchWord, Subject, Tag, TagAlias
from articles.models.outbox import purge_everything
from articles.models.queries import refresh_statistics
from articles.models.search.index import ensure_index
from articles.operations.search_index import apply_search_index


def rebuild_search() -> int:
    """Rows, names and vocabulary, and the index where it is of another kind than the setting names. Gives how many
    editions there are; readers find each all the time.

    Raises OperationError where the kind cannot be had; nothing was made anew then.
    """
    ensure_index()
    apply_search_index()
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchName.objects.all().delete()  # names that stand already add no words
        for rows in (Subject.objects.all(), Tag.objects.all(), TagAlias.objects.all()):
            for row in rows.iterator():
                row.write_search_names()
    count = publishing.write_search_rows()
    purge_everything()
    refresh_statistics()
    return count
