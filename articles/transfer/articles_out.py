"""Articles with everything that belongs to them, each in a folder of its own, and the order of all.

Bins stay behind, with what lies in them: that is deleted, and may come back only where that was done. The history of
a deleted article is kept as after the bin was emptied. Who has an article open is true of this site and moment only.
"""

from __future__ import annotations

import itertools
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Q

from articles import drafts, exporting
from articles.document import Document
from articles.models import Address, Article, Author, Edition, History, ImportedDocument, PublishedFact, Subject, Tag
from articles.text import slugs
from articles.transfer import tables
from articles.transfer.digest import digest
from articles.transfer.editions_out import Names, edition_values
from articles.transfer.errors import TransferError
from articles.transfer.folder import Target, instant_name
from articles.transfer.summary import TransferSummary
from articles.transfer.values import instant, pack

NAME_LENGTH = 60  # characters of any script: 240 bytes of the 255 that a file system gives, and room for a number


def write(target: Target, told: TransferSummary) -> None:
    writing = _Writing(target)
    for article in Article.objects.select_related("owner", "changed_by", "approved_revision").order_by("pk"):
        writing.article(article)
    target.write_json("order.json", writing.order())
    deleted = Q(article=None) | Q(article__binned_at__isnull=False)
    lines = History.objects.filter(deleted).select_related("actor").order_by("pk")
    target.write_json("history.json", [writing.line(line, {}) for line in lines])
    target.write_json("imports.json", [writing.imported(row) for row in ImportedDocument.objects.order_by("pk")])
    told.articles, told.editions = len(writing.folders), len(writing.editions)


class _Writing:
    def __init__(self, target: Target) -> None:
        self.target = target
        self.names = Names(
            tags=dict(Tag.objects.values_list("pk", "key")),
            authors=dict(Author.objects.values_list("pk", "slug")),
            subjects=dict(Subject.objects.values_list("pk", "slug")),
        )
        self.people: dict[int, str] = dict(User.objects.values_list("pk", "username"))
        self.folders = _folder_names()
        rows = Edition.objects.order_by("pk").values_list("pk", "article_id", "visible_from")
        #: By primary key, in its order: the article, and the name of the file.
        self.editions = {pk: (article, instant_name(at)) for pk, article, at in rows}

    def article(self, article: Article) -> None:
        folder = f"articles/{self.folders[article.pk]}"
        value = drafts.document_of(article)
        try:
            self.target.write(f"{folder}/article.md", exporting.to_markdown(value).encode())
        except exporting.ExportError as error:
            raise TransferError(f"“{article}” ({article.pk}): {error}") from error
        self.target.write_json(f"{folder}/article.json", self._article(article, value))
        for revision in article.revisions.select_related("made_by", "changed_by"):
            people = self._people(made_by=revision.made_by_id, changed_by=revision.changed_by_id)
            fields = {**pack(revision, *tables.REVISION), **people}
            self.target.write_json(f"{folder}/revisions/{revision.number:04d}.json", fields)
        for edition in article.editions.select_related("revision").prefetch_related("bylines", "tag_rows"):
            name = self.editions[edition.pk][1]
            self.target.write_json(f"{folder}/editions/{name}.json", edition_values(edition, self.names))
        self._remarks_and_history(article, folder)

    def _article(self, article: Article, value: Document) -> dict[str, Any]:
        addresses = Address.objects.filter(article=article).order_by("pk")
        approved = article.approved_revision
        return {
            **pack(article, *tables.ARTICLE),
            **self._people(owner=article.owner_id, changed_by=article.changed_by_id),
            **({"approved_revision": approved.number} if approved else {}),
            "addresses": [{"slug": row.slug, "visible_from": instant(row.visible_from)} for row in addresses],
            "old_paths": list(article.old_paths.order_by("pk").values_list("path", flat=True)),
            "revisions": article.revisions.count(),
            "cards": len(value.cards),
            "questions": len(value.faqs),
            "digest": digest(value),
        }

    def _remarks_and_history(self, article: Article, folder: str) -> None:
        comments = list(article.comments.select_related("card").order_by("pk"))
        numbers = {comment.pk: number for number, comment in enumerate(comments, 1)}
        remarks = []
        for comment in comments:
            people = self._people(author=comment.author_id, resolved_by=comment.resolved_by_id)
            place: dict[str, Any] = {"card": comment.card.public_id} if comment.card else {}
            if comment.parent_id:
                place["answers"] = numbers[comment.parent_id]
            remarks.append({"number": numbers[comment.pk], **pack(comment, *tables.COMMENT), **people, **place})
        self.target.write_json(f"{folder}/comments.json", remarks)
        lines = [self.line(line, numbers) for line in article.history.order_by("pk")]
        self.target.write_json(f"{folder}/history.json", lines)

    def line(self, line: History, comments: dict[int, int]) -> dict[str, Any]:
        """Details name comments by their number and editions by their file; None when they are gone."""
        values = {**pack(line, *tables.HISTORY), **self._people(actor=line.actor_id)}
        details = dict(line.details)
        if "comment" in details:
            details["comment"] = comments.get(details["comment"])
        if "edition" in details:
            article, name = self.editions.get(details["edition"], (None, None))
            details["edition"] = name if article == line.article_id else None
        return {**values, "details": details} if details else values

    def imported(self, row: ImportedDocument) -> dict[str, Any]:
        folder = {"article": self.folders[row.article_id]} if row.article_id in self.folders else {}
        return {**pack(row, *tables.IMPORT), **folder}

    def order(self) -> dict[str, Any]:
        """Articles, editions and facts in the order in which they were made; facts as runs of one edition."""
        refs = {pk: f"{self.folders[article]}/{name}" for pk, (article, name) in self.editions.items()}
        owners = PublishedFact.objects.order_by("pk").values_list("edition_id", flat=True).iterator()
        runs = [(edition, sum(1 for _ in run)) for edition, run in itertools.groupby(owners)]
        return {
            "articles": list(self.folders.values()),
            "editions": list(refs.values()),
            "facts": [f"{refs[edition]} {count}" for edition, count in runs],
        }

    def _people(self, **accounts: int | None) -> dict[str, str]:
        return {name: self.people[pk] for name, pk in accounts.items() if pk is not None}


def _folder_names() -> dict[int, str]:
    """By primary key, in its order. Drafts may share an address: the later ones get a number."""
    names: dict[int, str] = {}
    taken: set[str] = set()
    for pk, slug, title in Article.objects.order_by("pk").values_list("pk", "slug", "title"):
        wish = slugs.slug(slug or title, NAME_LENGTH) or "article"
        numbered = (f"{wish}-{number}" for number in itertools.count(2))
        name = next(name for name in itertools.chain([wish], numbered) if name not in taken)
        taken.add(name)
        names[pk] = name
    return names
