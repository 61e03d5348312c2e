"""People, pictures, subjects, authors, tags, the addresses of facts and the pages of the site, out of their files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Group, User

from articles.images import ImageError
from articles.models import Address, Author, Picture, SitePage, Subject, Tag, TagAlias
from articles.models.pictures import store, write_once
from articles.states import Role
from articles.transfer import tables
from articles.transfer.errors import TransferError
from articles.transfer.folder import PICTURE_FILE, Origin
from articles.transfer.rows_in import ImportContext
from articles.transfer.values import Values


def read(coming: ImportContext) -> None:
    _read_people(coming)
    _read_pictures(coming)
    _read_subjects(coming)
    _read_authors(coming)
    _read_tags(coming)
    _read_facts(coming)
    _read_site_pages(coming)


def _read_people(coming: ImportContext) -> None:
    """Accounts that nobody can log in to until an admin gives them a password, with their roles."""
    groups = {group.name: group for group in Group.objects.filter(name__in=[role.value for role in Role])}
    for values in coming.list("people.json"):
        user = User(username=values.text("name"), **values.fields(User, *tables.PERSON))
        user.set_unusable_password()
        user.save()
        roles = values.texts("roles")
        if unknown := [role for role in roles if role not in groups]:
            values.refuse("roles", f"there is no role “{unknown[0]}”")
        user.groups.set([groups[role] for role in roles])
        values.finish()
        coming.people[user.username] = user


def _read_pictures(coming: ImportContext) -> None:
    file = coming.values("pictures.json")
    for values in file.items("pictures"):
        fields = values.fields(Picture, *tables.PICTURE)
        row = Picture(**fields, uploaded_by=coming.person(values, "uploaded_by"))
        values.finish()
        if not PICTURE_FILE.fullmatch(row.file):
            values.refuse("file", f"{row.file!r} is no name that a picture of this site can have")
        row.save()
        Picture.objects.filter(pk=row.pk).update(uploaded_at=fields["uploaded_at"])  # which save() made now
        coming.pictures[row.public_id] = row
    names = file.texts("files")
    file.finish()
    for name in names:
        _read_file(coming.origin, name)
    coming.told.pictures = len(coming.pictures)


def _read_file(origin: Origin, name: str) -> None:
    found = PICTURE_FILE.fullmatch(name)
    if found is None:
        raise TransferError(f"pictures.json is damaged: {name!r} is no name that a picture can have.")
    data = origin.bytes(name)
    if hashlib.sha256(data).hexdigest()[:32] != found["digest"]:
        raise TransferError(f"{name} is damaged: its content is not the one that it is named by.")
    try:
        store(name, data)
    except ImageError:  # it was like this where it comes from; check_content names it
        write_once(name, data)


def _read_subjects(coming: ImportContext) -> None:
    for values in coming.list("subjects.json"):
        row = Subject(**values.fields(Subject, *tables.SUBJECT))
        if not isinstance(row.other_names, list) or not all(isinstance(name, str) for name in row.other_names):
            values.refuse("other_names", "expected a list of texts")
        _keep(row, values)
        coming.subjects[row.slug] = row


def _read_authors(coming: ImportContext) -> None:
    for values in coming.list("authors.json"):
        picture = coming.pictures.maybe(values.text_or_none("picture"), values.place)
        fields = values.fields(Author, *tables.AUTHOR)
        row = Author(**fields, picture=picture, user=coming.person(values, "person"))
        _keep(row, values)
        coming.authors[row.slug] = row


def _read_tags(coming: ImportContext) -> None:
    for values in coming.list("tags.json"):
        row = Tag(**values.fields(Tag, *tables.TAG))
        aliases = [TagAlias(tag=row, **_alias(alias)) for alias in values.items("aliases", [])]
        _keep(row, values)
        TagAlias.objects.bulk_create(aliases)
        coming.tags[row.key] = coming.tags_by_name[row.name] = row


def _alias(values: Values) -> dict[str, Any]:
    fields = values.fields(TagAlias, *tables.ALIAS)
    values.finish()
    return fields


def _keep(row: Subject | Author | Tag, values: Values) -> None:
    """By bulk_create, because save() would make slugs, keys and addresses of its own."""
    slugs = [row.slug, *values.texts("former_slugs", [])]
    values.finish()
    model: Any = type(row)
    model.objects.bulk_create([row])
    owner: dict[str, Any] = {str(row.address_kind): row}
    Address.objects.bulk_create(Address(kind=row.address_kind, slug=slug, **owner) for slug in slugs)


def _read_facts(coming: ImportContext) -> None:
    Address.objects.bulk_create(_fact_addresses(coming.values("facts.json")), batch_size=1000)


def _fact_addresses(values: Values) -> Iterator[Address]:
    for public_id in values.names():
        yield Address(kind=Address.Kind.FACT, slug=public_id, visible_from=values.instant_or_none(public_id))


def _read_site_pages(coming: ImportContext) -> None:
    """After the pictures, which they may show."""
    for values in coming.list("pages.json"):
        fields = values.fields(SitePage, *tables.SITE_PAGE)
        values.finish()
        row = SitePage.objects.create(**fields)
        SitePage.objects.filter(pk=row.pk).update(changed_at=fields["changed_at"])  # which create() made now
