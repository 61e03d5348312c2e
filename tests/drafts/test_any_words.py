"""Whatever words an article holds: they are stored, kept in revisions and in the bin, and brought back as they were."""

import dataclasses

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from articles import document, drafts
from articles.document import Card, Document, Faq, Source
from articles.models import Article, History
from tests import make
from tests.strategies import SLOW, hostile

pytestmark = pytest.mark.django_db

words, bodies = hostile(nul=False, longest=90), hostile(nul=False)  # PostgreSQL stores no NUL
sources = st.builds(Source, url=st.just("https://example.org/a"), title=words, publisher=words)
cards = st.builds(Card, heading=words, body=bodies, safe_heading=words, sources=st.tuples(sources))
documents = st.builds(
    Document,
    title=words,
    dek=words,
    introduction=bodies,
    cards=st.lists(cards, min_size=1, max_size=3).map(tuple),
    conclusion_heading=words,
    conclusion=bodies,
    faqs=st.lists(st.builds(Faq, question=words, answer=bodies), max_size=2).map(tuple),
)


def same_words(value: Document) -> Document:
    """As the gate lets it through, without what a draft gets from the site: an address, and ids of its parts."""
    cards = tuple(dataclasses.replace(card, public_id="") for card in value.cards)
    faqs = tuple(dataclasses.replace(faq, public_id="") for faq in value.faqs)
    return document.mend(dataclasses.replace(value, slug="", cards=cards, faqs=faqs))


def stored(article: Article) -> Document:
    return drafts.document_of(Article.objects.get(pk=article.pk))


@pytest.fixture
def owner() -> User:
    return make.writer()


@pytest.mark.slow
@SLOW
@given(value=documents)
def test_a_draft_and_its_revision_hold_what_was_written(owner: User, value: Document):
    with transaction.atomic():
        article = drafts.create(value, by=owner, act=History.Act.IMPORT)
        assert same_words(stored(article)) == same_words(value)
        assert article.revisions.get().document == stored(article)
        transaction.set_rollback(True)


@pytest.mark.slow
@SLOW
@given(value=documents, other=documents)
def test_an_earlier_revision_is_restored_word_for_word(owner: User, value: Document, other: Document):
    with transaction.atomic():
        article = drafts.create(value, by=owner, act=History.Act.IMPORT)
        before, revision = stored(article), article.revisions.get()
        drafts.replace(article, other, by=owner)
        assert same_words(stored(article)) == same_words(other)
        drafts.restore(article, revision, change=article.change, by=owner)
        assert stored(article) == before
        transaction.set_rollback(True)


@pytest.mark.slow
@SLOW
@given(value=cards, words=cards)
def test_a_card_is_saved_and_comes_out_of_the_bin_word_for_word(owner: User, value: Card, words: Card):
    def read() -> Card:
        return drafts.card_value(article.cards.get())

    with transaction.atomic():
        article = drafts.create(Document(title="Lamps", cards=(value,)), by=owner)
        wanted = document.mend(dataclasses.replace(read(), body=words.body))
        drafts.save_card(article.cards.get(), wanted, token=drafts.token(read()), by=owner)
        assert read() == wanted
        drafts.delete_card(article.cards.get(), token=drafts.token(wanted), by=owner)
        drafts.restore_part(article.binned_parts.get(), by=owner)
        assert read() == wanted
        transaction.set_rollback(True)
