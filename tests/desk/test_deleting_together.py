"""Somebody deletes what somebody else is just naming, on real transactions: one of them is told, and nothing breaks."""

from __future__ import annotations

import dataclasses
import threading

import pytest
from django.test import Client
from django.urls import reverse

from articles import drafts, publishing
from articles.models import Article, Author, Picture, Revision, Subject
from tests import make
from tests.together import after, at_once, before_it_ends

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = {"subject": Subject, "author": Author, "picture": Picture}


def named(article: Article, kind: str) -> list[int]:
    article.refresh_from_db()
    found = {"subject": [article.subject_id], "picture": [article.cover_id]}
    return [pk for pk in found.get(kind, list(article.authors.values_list("pk", flat=True))) if pk]


def naming(kind: str, row: object) -> dict[str, object]:
    if kind == "subject":
        return {"subject": row.slug}
    return {"authors": (row.slug,)} if kind == "author" else {"cover": row.public_id}


@pytest.mark.slow
@pytest.mark.parametrize("deletes_first", [False, True])
@pytest.mark.parametrize("kind", list(KINDS))
def test_what_is_deleted_while_an_article_gets_it(kind: str, deletes_first: bool):
    row = {"subject": make.subject, "author": make.author, "picture": make.picture}[kind]()
    article, done, answers = make.article(subject="", authors=()), threading.Event(), []
    admin = Client()
    admin.force_login(make.admin())
    value = drafts.details_of(article)

    def save() -> None:
        new = dataclasses.replace(value, **naming(kind, row))
        drafts.save_details(article, new, token=drafts.token(value), by=article.owner)

    def delete() -> None:
        address = reverse(f"admin:articles_{kind}_delete", args=[row.pk])
        answers.append(admin.post(address, {"post": "yes"}).status_code)

    first, second = (delete, save) if deletes_first else (save, delete)
    assert at_once(before_it_ends(first, done), after(done, second)) == ["done", "done"]
    is_there = KINDS[kind].objects.filter(pk=row.pk).exists()
    assert answers in ([302], [200])
    assert named(article, kind) == ([row.pk] if is_there else [])
    assert is_there is not deletes_first


@pytest.mark.slow
@pytest.mark.parametrize("deletes_first", [False, True])
def test_a_subject_that_is_deleted_while_a_revision_about_it_is_published(deletes_first: bool):
    subject, done = make.subject(), threading.Event()
    article = make.article(subject=subject.slug)
    revision = drafts.keep_revision(article, Revision.Reason.IMPORTED, by=article.owner)
    Article.objects.filter(pk=article.pk).update(subject=None)  # nothing says that it is used
    admin = Client()
    admin.force_login(make.admin())

    def publish() -> None:
        publishing.publish(revision)

    def delete() -> None:
        admin.post(reverse("admin:articles_subject_delete", args=[subject.pk]), {"post": "yes"})

    first, second = (delete, publish) if deletes_first else (publish, delete)
    assert at_once(before_it_ends(first, done), after(done, second)) == ["done", "done"]
    is_there = Subject.objects.filter(pk=subject.pk).exists()
    assert article.editions.get().subject_id == (subject.pk if is_there else None)
    assert is_there is not deletes_first
