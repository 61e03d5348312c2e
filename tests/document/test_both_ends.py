"""From both ends: a hostile Document is refused at a field, or goes all the way: draft, desk, approval, publication,
every output, our own formats and a whole site's export, and back again.
"""

from __future__ import annotations

import dataclasses
import re
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import document, drafts, exporting, importing, operations, readiness, states, transfer, workflow
from articles.document import Document
from articles.models import Article, Edition
from articles.text.ids import PUBLIC_ID_PATTERN
from tests import make
from tests.document.hostile import documents, fitting_documents
from tests.document.outputs import check_edition
from tests.strategies import SLOW
from tests.transfer import site

pytestmark = pytest.mark.django_db


@pytest.mark.slow
@settings(SLOW, max_examples=settings.default.max_examples // 8)
@given(value=st.one_of(fitting_documents, fitting_documents, documents))
def test_what_is_let_in_is_approved_and_published_and_every_output_parses(value: Document):
    with transaction.atomic():
        article = drafted(value)
        if article:
            stored = drafts.document_of(article)
            assert exporting.from_json(exporting.to_json(stored)) == stored
            assert exporting.from_markdown(exporting.to_markdown(stored)) == stored
            edition = published(article)
            assert all(re.fullmatch(PUBLIC_ID_PATTERN, card["id"]) for card in edition.parts["cards"])
            check_edition(edition)
            desk = Client()
            desk.force_login(article.owner)
            assert desk.get(f"/admin/articles/article/{article.pk}/change/").status_code == 200
        transaction.set_rollback(True)


@pytest.mark.slow
@settings(SLOW, max_examples=settings.default.max_examples // 20)
@given(value=fitting_documents)
def test_what_is_let_in_comes_back_through_every_export(value: Document):
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        article = drafted(value)
        if article:
            follow_through_exports(article, Path(folder) / "out")
        transaction.set_rollback(True)


def follow_through_exports(article: Article, folder: Path) -> None:
    stored = drafts.document_of(article)
    for name, text in (("again.json", exporting.to_json(stored)), ("again.md", exporting.to_markdown(stored))):
        again = operations.make_draft(importing.read(text.encode(), name), by=article.owner)
        assert words_of(drafts.document_of(again)) == words_of(stored)
    published(article)
    before = [drafts.document_of(one) for one in Article.objects.order_by("pk")]
    transfer.export_site(folder)
    site.empty_database()
    assert transfer.import_site(folder).warnings == []
    assert [drafts.document_of(one) for one in Article.objects.order_by("pk")] == before
    check_edition(Edition.objects.get())


def drafted(value: Document) -> Article | None:
    """None for what is refused, or has no address yet."""
    writer = make.writer()
    author, subject = make.author(name="Mina\x0b Park"), make.subject(name="Night\x01 Ferry")
    value = dataclasses.replace(value, subject=subject.slug, authors=(author.slug,))
    if list(document.faults(document.mend(value))):
        with pytest.raises(drafts.DraftError, match=r"\.$"):
            drafts.create(value, by=writer)
        return None
    article = drafts.create(value, by=writer)
    return article if article.slug else None


def published(article: Article) -> Edition:
    """Handed in, approved and published, whatever readiness says about good writing."""
    with mock.patch.object(readiness, "blocking", return_value=[]):
        article = workflow.make(states.SUBMIT, article, by=article.owner, note="Have\x0b a look")
        editor: User = make.editor()
        article = workflow.make(states.APPROVE, article, by=editor, change=article.change)
        workflow.make(states.PUBLISH, article, by=editor, change=article.change)
    return Edition.objects.get(article=article)


def words_of(value: Document) -> Document:
    """Without ids and address, which belong to one article alone."""
    return dataclasses.replace(
        value,
        slug="",
        cards=tuple(dataclasses.replace(card, public_id="") for card in value.cards),
        faqs=tuple(dataclasses.replace(faq, public_id="") for faq in value.faqs),
    )
