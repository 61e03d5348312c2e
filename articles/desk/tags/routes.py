"""The addresses below the list of tags."""

from __future__ import annotations

from django.urls import URLPattern, path

from articles.desk.pages import behind_login
from articles.desk.tags import bulk, merging, record, splitting, tidy


def tag_routes() -> list[URLPattern]:
    return [
        path("<int:pk>/merge/", behind_login(merging.merge), name="articles_tag_merge"),
        path("<int:pk>/split/", behind_login(splitting.split), name="articles_tag_split"),
        path("record/", behind_login(record.record), name="articles_tag_record"),
        path("record/<int:act>/undo/", behind_login(record.undo), name="articles_tag_undo"),
        path("tidy/", behind_login(tidy.tidy), name="articles_tag_tidy"),
        path("several/", behind_login(bulk.bulk), name="articles_tag_several"),
    ]
