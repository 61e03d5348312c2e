"""Picture files that nothing names: of uploads that were broken off, and of pictures that were deleted."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from articles.models import Edition, Picture, PictureChange, PublishedFact, Revision
from articles.operations.backup import maintenance_lock, media

#: A file is stored before the row that names it: what is younger may be of an upload that is under way.
GRACE = dt.timedelta(days=1)
_OURS = re.compile(r"pictures/([0-9a-f]{32})[./]")
#: Where a file may be named: by the library, what it showed before, editions and revisions.
_NAMED_IN = (
    *((Picture, "file"), (Picture, "copies"), (PictureChange, "values"), (PictureChange, "was")),
    *((Revision, "content"), (Edition, "cover"), (Edition, "parts"), (PublishedFact, "picture")),
)


def orphaned_files() -> list[str]:
    """Names of files older than GRACE. Everything that may name a file is read, a row at a time."""
    stored: dict[str, list[str]] = {}
    for name in media.names():
        if match := _OURS.match(name):
            stored.setdefault(match[1], []).append(name)
    if stored:
        for digest in _named_digests():
            stored.pop(digest, None)
    young = timezone.now() - GRACE
    names = [name for several in stored.values() for name in several]
    return [name for name in names if default_storage.get_modified_time(name) < young]


def remove_orphans() -> int:
    """Deletes them, and gives their number. Raises OperationError while a backup is made."""
    with maintenance_lock():
        names = orphaned_files()
        for name in names:
            default_storage.delete(name)
    return len(names)


def _named_digests() -> Iterator[str]:
    for model, field in _NAMED_IN:
        texts = model._base_manager.annotate(as_text=Cast(F(field), TextField())).values_list("as_text", flat=True)
        for text in texts.iterator(chunk_size=100):
            yield from _OURS.findall(text or "")
