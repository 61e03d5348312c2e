"""Subjects, authors and tags of the demo. Rows that the site has already are left as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction

from articles.models import Author, Subject, Tag, TagAlias

Row = TypeVar("Row", Author, Subject, Tag, TagAlias)


@transaction.atomic
def load_reference(site: Mapping[str, Any], accounts: Mapping[str, User]) -> None:
    """`accounts` by their names: an author whose row names one is that person's byline."""
    _load_subjects(site["subjects"])
    _load_authors(site["authors"], accounts)
    for row in site["tags"]:
        _load_tag(**row)


def _load_subjects(rows: Iterable[Mapping[str, Any]]) -> None:
    known = Subject.objects.at_slugs(row["slug"] for row in rows)
    for row in rows:
        if row["slug"] not in known:
            _save(Subject(**row))


def _load_authors(rows: Iterable[Mapping[str, Any]], accounts: Mapping[str, User]) -> None:
    known = Author.objects.at_slugs(row["slug"] for row in rows)
    for row in rows:
        if row["slug"] not in known:
            account = accounts.get(row.get("account", ""))
            taken = account is None or Author.objects.filter(user=account).exists()
            _save(Author(slug=row["slug"], name=row["name"], bio=row["bio"], user=None if taken else account))


def _load_tag(name: str, description: str, aliases: Iterable[str]) -> None:
    """A new tag with its aliases, but for those that already mean another tag of the site."""
    if Tag.objects.by_names([name]):
        return
    tag = _save(Tag(name=name, description=description))
    for alias in aliases:
        if not Tag.objects.by_names([alias]):
            _save(TagAlias(tag=tag, name=alias))


def _save(row: Row) -> Row:
    row.full_clean()
    row.save()
    return row
