"""A whole site into a folder, and out of it into an empty database."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.db.models import Model

from articles import drafts, publishing
from articles.models import Article, Edition
from articles.models.outbox import purge_everything
from articles.models.queries import refresh_statistics
from articles.models.snapshot import snapshot
from articles.rights import write_groups
from articles.transfer import articles, editions, facts, history, pictures, reference
from articles.transfer.context import ExportContext, ImportContext, names_of_rows
from articles.transfer.errors import REMEDY, TransferError, damaged
from articles.transfer.folder import Origin, Target, instant_name
from articles.transfer.left_behind import count_of, left_behind
from articles.transfer.summary import TransferSummary

ORDER = "order.json"
#: Articles whose pictures are looked for together.
_AT_ONCE = 500


def export_site(folder: Path) -> TransferSummary:
    """Writes the site as it is at this moment. Raises TransferError for a folder that holds anything but an export."""
    target, summary = Target(folder), TransferSummary()
    target.begin()
    with snapshot():
        export = ExportContext(target, summary, names_of_rows(), articles.folder_names())
        reference.write(export)
        pictures.write(export)
        articles.write(export)
        history.write_of_deleted(export)
        _write_order(export)
        summary.left_behind = left_behind()
    target.finish()
    return summary


def _write_order(export: ExportContext) -> None:
    """Articles, editions and facts in the order in which they were made; facts as runs of one edition."""
    rows = Edition.objects.order_by("pk").values_list("pk", "article_id", "visible_from")
    refs = {pk: f"{export.folders[article]}/{instant_name(at)}" for pk, article, at in rows}
    names = {"articles": list(export.folders.values()), "editions": list(refs.values()), "facts": facts.runs(refs)}
    export.target.write_json(ORDER, names)
    export.summary.articles, export.summary.editions = len(export.folders), len(refs)


def import_site(folder: Path) -> TransferSummary:
    """Makes the site that was exported, whole or not at all. Raises TransferError.

    Picture files that were stored before a failure stay: they are named by their content and nothing shows them.
    """
    context = ImportContext(Origin(folder), TransferSummary())
    context.origin.begin()
    try:
        with transaction.atomic():
            _refuse_unless_empty()
            write_groups()
            _read(context)
            transaction.on_commit(cache.clear)
            purge_everything()
    except DatabaseError as error:
        sentence = f"{context.origin.current}: the database refuses what stands there ({error}). {REMEDY}"
        raise TransferError(sentence) from error
    refresh_statistics()
    return context.summary


def _refuse_unless_empty() -> None:
    models: list[type[Model]] = [User, *apps.get_app_config("articles").get_models()]
    for model in models:
        if count := model._base_manager.count():  # an article in the bin counts
            raise TransferError(
                f"This database is not empty (it has {count_of(count, model)}): a site is imported into a new one, "
                "made with manage.py migrate, before anybody has an account."
            )


def _read(context: ImportContext) -> None:
    order = context.values(ORDER)
    folders, refs, runs = (order.texts(name) for name in ("articles", "editions", "facts"))
    order.finish()
    if odd := sorted(set(folders) ^ context.origin.folders("articles")):
        raise damaged(ORDER, f"articles/{odd[0]} is missing, or not named in it")
    if len(folders) > len(set(folders)):
        raise damaged(ORDER, "it names an article twice")
    reference.read_people(context)
    pictures.read(context)
    reference.read(context)
    for name in folders:
        articles.read(context, name)
    context.summary.articles = len(folders)
    pictures.learn_earlier_files(context)
    articles.read_imports(context)
    articles.read_reports(context)
    articles.read_claim_acts(context)
    articles.read_restatement_acts(context)
    editions.read(context, refs)
    facts.read(context, runs)
    publishing.write_search_rows()
    publishing.rebuild_counts()
    for row in Article.objects.select_related("subject", "cover").iterator(chunk_size=100):
        drafts.rebuild_statements(row, drafts.document_of(row), is_new=True)
    keys = list(Article.objects.values_list("pk", flat=True))
    for start in range(0, len(keys), _AT_ONCE):
        drafts.rebuild_picture_uses(keys[start : start + _AT_ONCE])
    for article in context.articles.values():
        history.read(context, article)
    history.read(context)
