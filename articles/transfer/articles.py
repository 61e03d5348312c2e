"""An article in its folder, both ways: the working copy, what belongs to it, and what was imported from where.

Bins stay behind, with what lies in them: that is deleted, and may come back only where that was done.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from articles.models import Address, Article, ClaimAct, ImportedDocument, OldPath, Report, RestatementAct, Revision
from articles.text import slugs
from articles.transfer import editions, history, review, words
from articles.transfer.context import ExportContext, ImportContext, ImportedArticle
from articles.transfer.errors import damaged
from articles.transfer.fields import Kind, insert, pack, pack_names, packed, unpack, unpack_names
from articles.transfer.folder import ARTICLES
from articles.transfer.proofs import CLAIM_ACT
from articles.transfer.restatements import RESTATEMENT_ACT
from articles.transfer.tables import ADDRESS, ARTICLE, IMPORT, OLD_PATH, REPORT
from articles.transfer.values import Known, Values

NAME_LENGTH = 60  # characters of any script: 240 bytes of the 255 that a file system gives, and room for a number
IMPORTS, REPORTS, CLAIM_ACTS = "imports.json", "reports.json", "claims.json"
RESTATEMENT_ACTS = "restatements.json"


def folder_names() -> dict[int, str]:
    """By primary key, in its order. Drafts may share an address: the later ones get a number."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    numbers: dict[str, Iterator[int]] = {}  # go on where they were: there may be thousands without a title
    for pk, slug, title in Article.objects.order_by("pk").values_list("pk", "slug", "title"):
        wish = slugs.slug(slug or title, NAME_LENGTH) or "article"
        numbered = (f"{wish}-{number}" for number in numbers.setdefault(wish, itertools.count(2)))
        name = next(name for name in itertools.chain([wish], numbered) if name not in taken)
        taken.add(name)
        names[pk] = name
    return names


def write(export: ExportContext) -> None:
    for article in Article.objects.order_by("pk").iterator(chunk_size=100):
        path = f"{ARTICLES}/{export.folders[article.pk]}"
        _write_article(export, article, path)
        export.target.finish_article(path)
    names = {**export.names, Kind.ARTICLE: export.folders}
    export.target.write_list(IMPORTS, packed(ImportedDocument.objects.order_by("pk"), IMPORT, names))
    # Of articles out of the bin, and of none. Not by their keys: these may be more than one query takes.
    for file, table in ((REPORTS, REPORT), (CLAIM_ACTS, CLAIM_ACT), (RESTATEMENT_ACTS, RESTATEMENT_ACT)):
        rows = table.model._base_manager.filter(article__binned_at=None).order_by("pk")
        export.target.write_list(file, packed(rows, table, names))


def read(context: ImportContext, folder: str) -> None:
    """Makes one article with everything but its editions and its history."""
    path = f"{ARTICLES}/{folder}"
    article = context.articles[folder] = _read_article(context, folder, path)
    context.known[Kind.ARTICLE][folder] = article.primary_key


def read_imports(context: ImportContext) -> None:
    """What is known of earlier imports: the same source again is still known for what it is."""
    for values in context.list(IMPORTS):
        row = ImportedDocument(**unpack(values, IMPORT, context.known))
        values.finish()
        insert(row)


def read_reports(context: ImportContext) -> None:
    """What readers said is wrong, without their addresses."""
    for values in context.list_if_there(REPORTS):
        row = Report(**unpack(values, REPORT, context.known))
        values.finish()
        insert(row)


def read_claim_acts(context: ImportContext) -> None:
    """What people have done about claims: ticks hold for the words on the new site, too."""
    for values in context.list_if_there(CLAIM_ACTS):
        row = ClaimAct(**unpack(values, CLAIM_ACT, context.known))
        if (row.kind == ClaimAct.Kind.DATE) != bool(row.as_of or row.again_on):
            values.refuse("as_of", "a claim that is dated has a day, and nothing else has one")
        values.finish()
        insert(row)


def read_restatement_acts(context: ImportContext) -> None:
    """On which facts people said that a part rests, and which sentences are still right."""
    for values in context.list_if_there(RESTATEMENT_ACTS):
        row = RestatementAct(**unpack(values, RESTATEMENT_ACT, context.known))
        values.finish()
        insert(row)


# --- one article ------------------------------------------------------------------------------------------------------


def _write_article(export: ExportContext, article: Article, path: str) -> None:
    value = words.write(export, article, f"{path}/article.md")
    names = {**export.names, **review.names_within(article)}
    addresses = Address.objects.filter(article=article).order_by("pk")
    packed = pack(
        article,
        ARTICLE,
        names,
        approved_revision=names[Kind.REVISION].get(article.approved_revision_id or 0),
        addresses=[pack(row, ADDRESS, names) for row in addresses],
        old_paths=pack_names(article.old_paths.order_by("pk"), OLD_PATH, names),
        revisions=len(names[Kind.REVISION]),
        wordings=article.part_versions.count() or None,
        decisions=article.decisions.count() or None,
        cards=len(value.cards),
        questions=len(value.faqs),
        digest=words.digest(value),
    )
    export.target.write_json(f"{path}/article.json", packed)
    review.write(export, article, path, names)
    editions.write(export, article, path, names)
    history.write(export, article, path, names)


def _read_article(context: ImportContext, folder: str, path: str) -> ImportedArticle:
    values, file = context.values(f"{path}/article.json"), f"{path}/article.md"
    value = words.read(context, file)
    article = Article(**unpack(values, ARTICLE, context.known), **words.columns_of(context, value, file))
    _check_words(context, values, value, article, file)
    insert(article)
    words.make_rows(context, article, value, file)
    revisions = review.read_revisions(context, article, path, count=values.number("revisions"))
    _approve(values, article, revisions)
    review.read_wordings(context, article, path, count=values.get("wordings", int, 0))
    review.read_decisions(context, article, path, count=values.get("decisions", int, 0))
    for entry in values.items("addresses"):
        insert(Address(kind=Address.Kind.ARTICLE, article=article, **unpack(entry, ADDRESS, context.known)))
        entry.finish()
    paths = unpack_names(values, "old_paths", OLD_PATH, context.known)
    OldPath.objects.bulk_create(OldPath(article=article, **fields) for fields in paths)
    values.finish()
    comments = review.read_comments(context, article, path)
    return ImportedArticle(folder, article.pk, revisions, comments)


def _check_words(context: ImportContext, values: Values, value: Any, article: Article, file: str) -> None:
    """A file that lost its end is refused. Words changed by hand are a change like any other: approvals lapse."""
    for name, found in (("cards", len(value.cards)), ("questions", len(value.faqs))):
        if found < values.number(name):
            raise damaged(file, f"{found} of {values.number(name)} {name} are left in it")
    if values.text("digest") != words.digest(value):
        article.change += 1
        context.summary.warnings.append(f"{file} was changed by hand: it counts as a change that nobody has approved.")


def _approve(values: Values, article: Article, revisions: Known) -> None:
    """Exports of older programs do not say which change was approved: it was that of the revision."""
    number: int | None = values.get("approved_revision", int, None, is_optional=True)
    if number is not None:
        approved = Revision.objects.only("change").get(pk=revisions.at(number, values.place))
        change = approved.change if article.approved_change is None else article.approved_change
        Article.objects.filter(pk=article.pk).update(approved_revision=approved, approved_change=change)
