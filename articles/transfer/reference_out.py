"""People, pictures, subjects, authors, tags, the addresses of facts and the pages of the site, each as one file.

What readers report stays behind: they wrote to the editors of this site, and not for its files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.core.files.storage import default_storage

from articles.models import Address, Author, Picture, Revision, SitePage, Subject, Tag
from articles.states import Role
from articles.transfer import tables
from articles.transfer.folder import PICTURE_FILE, Target
from articles.transfer.summary import TransferSummary
from articles.transfer.values import instant, pack


def write(target: Target, told: TransferSummary) -> None:
    target.write_json("people.json", [_person(user) for user in User.objects.order_by("username")])
    target.write_json("subjects.json", [_subject(row) for row in Subject.objects.order_by("pk")])
    target.write_json("authors.json", [_author(row) for row in _authors()])
    target.write_json("tags.json", [_tag(row) for row in Tag.objects.order_by("pk")])
    facts = Address.objects.filter(kind=Address.Kind.FACT).order_by("slug")
    target.write_json("facts.json", {row.slug: instant(row.visible_from) for row in facts})
    target.write_json("pages.json", [pack(row, *tables.SITE_PAGE) for row in SitePage.objects.order_by("pk")])
    _write_pictures(target, told)


def _person(user: User) -> dict[str, Any]:
    groups = user.groups.filter(name__in=[role.value for role in Role]).order_by("name")
    return {"name": user.username, **pack(user, *tables.PERSON), "roles": [group.name for group in groups]}


def _subject(row: Subject) -> dict[str, Any]:
    return {**pack(row, *tables.SUBJECT), **_former(row)}


def _authors() -> Iterable[Author]:
    return Author.objects.select_related("picture", "user").order_by("pk")


def _author(row: Author) -> dict[str, Any]:
    values = {**pack(row, *tables.AUTHOR), **_former(row)}
    if row.picture:
        values["picture"] = row.picture.public_id
    if row.user:
        values["person"] = row.user.username
    return values


def _tag(row: Tag) -> dict[str, Any]:
    aliases = [pack(alias, *tables.ALIAS) for alias in row.aliases.order_by("pk")]
    return {**pack(row, *tables.TAG), **_former(row), **({"aliases": aliases} if aliases else {})}


def _former(row: Subject | Author | Tag) -> dict[str, Any]:
    slugs = list(row.addresses.exclude(slug=row.slug).order_by("pk").values_list("slug", flat=True))
    return {"former_slugs": slugs} if slugs else {}


def _write_pictures(target: Target, told: TransferSummary) -> None:
    """The library, and every file that it or a revision names: an edition goes on showing a file that was replaced."""
    rows, files = [], set()
    for row in Picture.objects.select_related("uploaded_by").order_by("pk"):
        files.add(row.file)
        by = {"uploaded_by": row.uploaded_by.username} if row.uploaded_by else {}
        rows.append({**pack(row, *tables.PICTURE), **by})
    for content in Revision.objects.values_list("content", flat=True).iterator():
        files.update(picture["file"] for picture in content.get("pictures", ()))
    there = [name for name in sorted(files) if _write_file(target, name, told)]
    target.write_json("pictures.json", {"pictures": rows, "files": there})
    told.pictures = len(rows)


def _write_file(target: Target, name: str, told: TransferSummary) -> bool:
    if not PICTURE_FILE.fullmatch(name) or not default_storage.exists(name):
        told.remarks.append(f"The file {name} is missing from the site's media and therefore from the export.")
        return False
    with default_storage.open(name) as file:
        target.write(name, file.read())
    return True
