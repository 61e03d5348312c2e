"""Whatever people write and the gate lets in, a site carries it."""

from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from articles import document, drafts, transfer
from articles.document import Card, Caveat, Document, Faq, Numbering, Source, SourceKind
from articles.models import Article
from tests import make
from tests.exporting.documents import days
from tests.strategies import SLOW, every_field, hostile
from tests.transfer import site

words = hostile(nul=False, longest=40)  # PostgreSQL stores no NUL
bodies = hostile(nul=False)
points = st.none() | st.integers(1, 300)
names = st.lists(words, max_size=3).map(tuple)
sources = st.lists(
    every_field(
        Source,
        url=st.sampled_from(["", "https://example.org/a"]),
        title=words,
        publisher=words,
        seen_on=days,
        kind=st.sampled_from(SourceKind),
        excerpt=words,
        archived_url=st.sampled_from(["", "https://archive.example/a"]),
    ),
    max_size=2,
).map(tuple)
cards = every_field(
    Card,
    but=["public_id"],
    heading=words,
    emoji=st.sampled_from(["", "🚢", "👩‍⚕️"]),
    picture=st.sampled_from(["", "bcdfghjkmn"]),
    body=bodies,
    tags=names,
    sources=sources,
    spoiler_after=points,
    safe_heading=words,
    check_on=days,
    caveat=st.sampled_from(Caveat),
    caveat_since=days,
    caveat_note=words,
)
documents = st.builds(
    Document,
    title=words,
    dek=words,
    language=st.sampled_from(["", "ko", "zh-Hant", "de-CH-1901"]),
    introduction=bodies,
    cards=st.lists(cards, max_size=3).map(tuple),
    conclusion_heading=words,
    conclusion=bodies,
    faqs=st.lists(
        every_field(Faq, but=["public_id"], question=words, answer=bodies, spoiler_after=points), max_size=2
    ).map(tuple),
    numbering=st.sampled_from(Numbering),
    tags=names,
)


@pytest.mark.slow
@pytest.mark.django_db
@SLOW
@given(st.lists(documents, min_size=1, max_size=3))
def test_working_copies_come_back_with_every_character(tmp_path: Path, values: list[Document]):
    assume(not any(fault for value in values for fault in document.faults(document.mend(value))))
    with transaction.atomic():
        owner = make.writer()
        for value in values:
            drafts.create(value, by=owner)
        before = [drafts.document_of(article) for article in Article.objects.order_by("pk")]
        transfer.export_site(tmp_path / "out")
        site.empty_database()
        told = transfer.import_site(tmp_path / "out")
        assert told.warnings == []
        assert [drafts.document_of(article) for article in Article.objects.order_by("pk")] == before
        transaction.set_rollback(True)
