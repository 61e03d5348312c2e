"""A whole site out of a folder, into an empty database."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Model

from articles.rights import write_groups
from articles.transfer import articles_in, editions_in, reference_in
from articles.transfer.errors import TransferError
from articles.transfer.folder import Origin
from articles.transfer.rows_in import ImportContext
from articles.transfer.summary import TransferSummary


def import_site(folder: Path) -> TransferSummary:
    """Makes the site that was exported, whole or not at all. Raises TransferError.

    Picture files that were stored before a failure stay: they are named by their content and nothing shows them.
    """
    coming = ImportContext(Origin(folder), TransferSummary())
    coming.origin.begin()
    try:
        with transaction.atomic():
            _refuse_unless_empty()
            write_groups()
            _read(coming)
            transaction.on_commit(cache.clear)
    except DatabaseError as error:
        raise TransferError(f"{coming.origin.current}: the database refuses what stands there ({error}).") from error
    return coming.told


def _refuse_unless_empty() -> None:
    models: list[type[Model]] = [User, *apps.get_app_config("articles").get_models()]
    for model in models:
        if count := model._base_manager.count():  # an article in the bin counts
            name = model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural
            raise TransferError(
                f"This database is not empty (it has {count} {name}): a site is imported into a new one, "
                "made with manage.py migrate, before anybody has an account."
            )


def _read(coming: ImportContext) -> None:
    order = coming.values("order.json")
    folders, editions, facts = (order.texts(name) for name in ("articles", "editions", "facts"))
    order.finish()
    if odd := sorted(set(folders) ^ coming.origin.folders("articles")):
        raise TransferError(f"articles/{odd[0]} is missing, or order.json does not name it.")
    reference_in.read(coming)
    for name in folders:
        articles_in.read(coming, name)
    coming.told.articles = len(folders)
    articles_in.read_imports(coming)
    editions_in.read(coming, editions, facts)
    for made in coming.articles.values():
        editions_in.read_history(coming, f"articles/{made.folder}/history.json", made)
    editions_in.read_history(coming, "history.json")
