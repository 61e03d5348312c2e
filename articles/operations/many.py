"""Importing many documents, so that it can be stopped at any moment and started again.

What was imported stands in ImportedDocument, written with the draft itself: a batch of documents is one transaction,
each of them a savepoint in it. A document is told as done only when its batch is kept.
"""

from __future__ import annotations

import dataclasses
import enum
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles import drafts, rights, states, workflow
from articles.document import Document, longest
from articles.document.rules import MOST_TAGS, TAG_LENGTH
from articles.importing import Imported, ImportRefused, Post, Unplaced
from articles.models import Article, History, ImportedDocument, Picture, Revision
from articles.models.queries import refresh_statistics
from articles.operations import imports, people, sources
from articles.operations.errors import OperationError
from articles.operations.sources import Found
from articles.states import Status
from articles.workflow import WorkflowError

logger = logging.getLogger(__name__)

BATCH = 50
BATCH_BYTES = 8 * 1024 * 1024


class Outcome(enum.StrEnum):
    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept because edited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a document. `imported` is there when it was read, `article` when it was written."""

    name: str
    outcome: Outcome
    sentence: str = ""
    imported: Imported | None = None
    article: Article | None = None


def read_many(paths: Iterable[str]) -> Iterator[Report]:
    """Only reads; needs no database."""
    for found in sources.find(paths):
        read = _read(found)
        if isinstance(read, Imported):
            yield Report(found.name, Outcome.NEW, imported=read)
        else:
            yield Report(found.name, Outcome.REFUSED, read)


def import_many(
    paths: Iterable[str], *, owner: str = "", author: str = "", subject: str = "", publish: bool = False
) -> Iterator[Report]:
    """A draft of each document, as the reports are asked for. Names as `people` finds them; "" for none.

    A document that is known with the same bytes is passed over. With other bytes it takes the place of its draft, as
    long as nobody has touched that. `publish` makes public what an export says was public, since the day it says.
    Raises OperationError for names that mean nobody; what one document lacks is its report.
    """
    by = people.owner_named(owner)
    if publish:
        for move in (states.APPROVE, states.PUBLISH):
            if not rights.may(by, move.permission):
                raise OperationError(f"{by} may not publish: name an editor's account with --owner.")
    _check_names(author, subject)
    run = _Run(by, author, subject, publish)
    for batch in _batches(sources.find(paths)):
        yield from run.batch(batch)
    refresh_statistics()


def _check_names(author: str, subject: str) -> None:
    """Only asks: new ones are made with the first draft that needs them."""
    with transaction.atomic():
        if author:
            people.author_named(author)
        if subject:
            people.subject_named(subject)
        transaction.set_rollback(True)


def _batches(all_found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for found in all_found:
        batch.append(found)
        if len(batch) == BATCH or sum(each.size for each in batch) > BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch


def _read(found: Found) -> Imported | str:
    """The document, or the sentence that says why there is none. A fault of ours ends no batch: it is logged."""
    try:
        return found.read()
    except ImportRefused as error:
        return str(error)
    except Exception:
        logger.exception("Reading %s", found.name)
        return f"{found.name} could not be read because of a fault of this program, which is in its log."


class _Run:
    """One run of the command: whose drafts, and the names that it has looked up."""

    def __init__(self, by: User, author: str, subject: str, publish: bool) -> None:
        self.by, self.author, self.subject, self.publish = by, author, subject, publish
        self.subject_slug = ""
        self.bylines: dict[str, str] = {}  # slugs by name
        self.pictures: dict[str, list[Picture]] = {}  # stored for what is written next, by its key and digest

    def batch(self, batch: Sequence[Found]) -> list[Report]:
        """Reads, and stores pictures, outside the transaction: on SQLite nobody else can write while it lasts."""
        known = self._known(batch)
        self.pictures.clear()
        read = [(each, None if self._is_done(each, known.get(each.key)) else self._read(each)) for each in batch]
        if all(imported is None for _found, imported in read):
            return [Report(each.name, Outcome.UNCHANGED) for each in batch]
        with transaction.atomic():
            known = self._known(batch)
            return [self._report(found, imported, known) for found, imported in read]

    def _read(self, found: Found) -> Imported | str:
        read = _read(found)
        if isinstance(read, Imported) and read.pictures:
            try:
                self.pictures[f"{found.key} {found.digest}"] = imports.store_pictures(read, self.by)
            except OperationError as error:
                return str(error)
        return read

    def _known(self, batch: Sequence[Found]) -> dict[str, ImportedDocument]:
        rows = ImportedDocument.objects.filter(source__in=[found.key for found in batch if found.key])
        return {row.source: row for row in rows}

    def _is_done(self, found: Found, row: ImportedDocument | None) -> bool:
        if row is None or row.digest != found.digest:
            return False
        return not (self._is_to_publish(found.post) and row.outcome != ImportedDocument.Outcome.PUBLISHED)

    def _is_to_publish(self, post: Post | None) -> bool:
        return self.publish and post is not None and post.is_public

    def _report(self, found: Found, read: Imported | str | None, known: dict[str, ImportedDocument]) -> Report:
        if isinstance(read, str):
            return Report(found.name, Outcome.REFUSED, read)
        row = known.get(found.key)
        if read is None or self._is_done(found, row):
            return Report(found.name, Outcome.UNCHANGED)
        if row is not None and not _is_untouched(row):
            return Report(found.name, Outcome.KEPT, _why_kept(row), read)
        outcome = Outcome.UPDATED if row else Outcome.NEW
        try:
            with transaction.atomic():
                row = self._write(found, read, row)
                sentences = [_new_ids(read, row), self._publish(found.post, row)]
        except OperationError as error:
            return self._refused(found, read, str(error))
        except Exception:
            logger.exception("Writing %s", found.name)
            why = f"{found.name} could not be written because of a fault of this program, which is in its log."
            return self._refused(found, read, why)
        known[found.key] = row
        return Report(found.name, outcome, " ".join(filter(None, sentences)), read, row.article)

    def _refused(self, found: Found, read: Imported, why: str) -> Report:
        """What was looked up may have gone with the savepoint: names are looked up again."""
        self.bylines.clear()
        self.subject_slug = ""
        return Report(found.name, Outcome.REFUSED, why, read)

    def _write(self, found: Found, read: Imported, row: ImportedDocument | None) -> ImportedDocument:
        if row is not None and row.digest == found.digest:
            return row  # only to be published
        if found.post:
            read = _of_post(read, found.post)
        pictures = self.pictures.get(f"{found.key} {found.digest}", [])
        subject, authors = self._subject(), self._authors(found.post)
        document = imports.document_for(read, pictures, by=self.by, subject=subject, authors=authors)
        unplaced = imports.unplaced_text(read)
        if row is None:
            article = drafts.create(document, by=self.by, act=History.Act.IMPORT, unplaced=unplaced, note=read.name)
            row = ImportedDocument(source=found.key, article=article, outcome=ImportedDocument.Outcome.NEW)
            _date(article, found.post)
        else:
            assert row.article is not None  # noqa: S101  -- it is untouched
            drafts.replace(row.article, document, by=self.by, unplaced=unplaced, note=read.name)
            row.outcome = ImportedDocument.Outcome.UPDATED
        assert row.article is not None  # noqa: S101  -- as above
        row.digest, row.change, row.imported_at = found.digest, row.article.change, timezone.now()
        row.save()
        return row

    def _publish(self, post: Post | None, row: ImportedDocument) -> str:
        """What became of it, as a sentence; what cannot be published stays a draft."""
        if post is None or not self._is_to_publish(post) or row.article is None:
            return ""
        if post.published_at is None:
            return "It stays a draft: the export does not say when it was published."
        try:
            row.article = workflow.publish_imported(row.article, at=post.published_at, by=self.by, old_path=post.path)
        except WorkflowError as error:
            return f"It stays a draft: {error}"
        row.outcome = ImportedDocument.Outcome.PUBLISHED
        row.save(update_fields=["outcome"])
        return f"Live as of {post.published_at:%Y-%m-%d}."

    def _subject(self) -> str:
        if self.subject and not self.subject_slug:
            self.subject_slug = people.subject_named(self.subject).slug
        return self.subject_slug

    def _authors(self, post: Post | None) -> tuple[str, ...]:
        name = self.author or (post.author if post else "")
        if not name:
            return ()
        if name not in self.bylines:
            self.bylines[name] = people.author_named(name).slug
        return (self.bylines[name],)


def _of_post(imported: Imported, post: Post) -> Imported:
    """With what an export says beside the words. A summary that is none of one line stays with the draft as text."""
    document, account = imported.document, imported.account
    names = dict.fromkeys(name for name in (*post.tags, *post.categories) if name.casefold() != "uncategorized")
    tags = [name for name in names if len(name) <= TAG_LENGTH][:MOST_TAGS]
    document = dataclasses.replace(document, tags=tuple(tags), slug=post.slug)
    if left := [name for name in names if name not in tags]:
        unplaced = Unplaced("\n".join(left), "tags of the export that are too long, or more than an article takes")
        account = dataclasses.replace(account, unplaced=(*account.unplaced, unplaced))
    if not document.dek and len(post.excerpt) <= longest(Document, "dek") and "<" not in post.excerpt:
        document = dataclasses.replace(document, dek=post.excerpt)
    elif post.excerpt:
        unplaced = Unplaced(post.excerpt, "the export's excerpt, which is no dek of one line")
        account = dataclasses.replace(account, unplaced=(*account.unplaced, unplaced))
    return dataclasses.replace(imported, document=document, account=account)


def _new_ids(read: Imported, row: ImportedDocument) -> str:
    """Which facts of an export could not keep their ids, and with them their addresses."""
    wishes = [card.public_id for card in read.document.cards if card.public_id]
    if not wishes or row.article is None:
        return ""
    taken = [wish for wish in wishes if wish not in drafts.order_of(row.article, "cards")]
    return f"Facts that got a new id, because theirs is taken here: {', '.join(taken)}." if taken else ""


def _date(article: Article, post: Post | None) -> None:
    """A draft is as old as its post."""
    if post and post.published_at and post.published_at < timezone.now():
        Article.objects.filter(pk=article.pk).update(created_at=post.published_at)


def _is_untouched(row: ImportedDocument) -> bool:
    """Locks the draft, so that nobody begins to edit it while it is replaced."""
    if row.article_id is None:
        return False
    article = Article.objects.select_for_update().filter(pk=row.article_id).first()  # none in the bin
    return (
        article is not None
        and article.change == row.change
        and article.effective_status == Status.DRAFT
        and not article.editions.exists()
        and not article.revisions.filter(reason=Revision.Reason.SUBMITTED).exists()
    )


def _why_kept(row: ImportedDocument) -> str:
    if row.article_id is None:
        return "Somebody deleted the draft; bring the document in at the desk to have it again."
    if not Article.objects.filter(pk=row.article_id).exists():
        return f"Somebody put article {row.article_id} into the bin; it can be brought back from there."
    return f"Somebody has worked on article {row.article_id} since it was imported."
