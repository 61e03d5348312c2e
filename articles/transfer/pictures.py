"""The picture library and its files, both ways.

Every file comes along that the library or a revision names: an edition goes on showing a file that was replaced.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.storage import default_storage

from articles.images import ImageError
from articles.models import Picture, Revision
from articles.models.pictures import store, write_once
from articles.transfer.context import ExportContext, ImportContext
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, pack, unpack
from articles.transfer.folder import PICTURE_FILE
from articles.transfer.tables import PICTURE

FILE = "pictures.json"


def write(export: ExportContext) -> None:
    rows = list(Picture.objects.order_by("pk"))
    files = {row.file for row in rows}
    for content in Revision.objects.values_list("content", flat=True).iterator(chunk_size=100):  # whole articles
        files.update(picture["file"] for picture in content.get("pictures", ()))
    there = [name for name in sorted(files) if _write_file(export, name)]
    packed = [pack(row, PICTURE, export.names) for row in rows]
    export.target.write_json(FILE, {"pictures": packed, "files": there})
    export.summary.pictures = len(rows)


def _write_file(export: ExportContext, name: str) -> bool:
    if not PICTURE_FILE.fullmatch(name) or not default_storage.exists(name):
        sentence = f"The file {name} is missing from the site's media and therefore from the export."
        export.summary.warnings.append(sentence)
        return False
    with default_storage.open(name) as file:
        export.target.write(name, file.read())
    return True


def read(context: ImportContext) -> None:
    values = context.values(FILE)
    for name in values.texts("files"):
        context.copies[name] = _read_file(context, name)
    for entry in values.items("pictures"):
        row = Picture(**unpack(entry, PICTURE, context.known))
        entry.finish()
        row.copies = {row.file: context.copies[row.file]} if row.file in context.copies else {}
        context.add(row, Kind.PICTURE, row.public_id, entry)
    values.finish()
    context.summary.pictures = len(context.known[Kind.PICTURE])


def _read_file(context: ImportContext, name: str) -> dict[str, Any]:
    """Stores a file and smaller copies of it, and gives these as Picture.copies has them."""
    found = PICTURE_FILE.fullmatch(name)
    if found is None:
        raise damaged(FILE, f"{name!r} is no name that a picture can have")
    data = context.origin.bytes(name)
    if hashlib.sha256(data).hexdigest()[:32] != found["digest"]:
        raise damaged(name, "its content is not the one that it is named by")
    try:
        return store(name, data).as_value()
    except ImageError:  # it was like this where it comes from; check_content names it
        write_once(name, data)
        return {}


def learn_earlier_files(context: ImportContext) -> None:
    """Tells each picture of the copies of files that it had before: revisions say which these were."""
    earlier: dict[str, dict[str, Any]] = {}
    for content in Revision.objects.values_list("content", flat=True).iterator(chunk_size=100):  # whole articles
        for picture in content.get("pictures", ()):
            if copies := context.copies.get(picture["file"]):
                earlier.setdefault(picture["public_id"], {})[picture["file"]] = copies
    rows = list(Picture.objects.filter(public_id__in=earlier))
    for row in rows:
        row.copies = {**earlier[row.public_id], **row.copies}
    Picture.objects.bulk_update(rows, ["copies"], batch_size=500)
