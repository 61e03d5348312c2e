"""What holds for every public address: no working copy, no cookie, no session, no answer that depends on the reader."""

import re

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import EditionAuthor, EditionTag, PublishedFact, PublishedTag
from articles.models.addresses import Address, OldPath
from articles.models.corrections import Correction
from articles.models.counts import CountChange, CountTotal
from articles.models.editions import Edition
from articles.models.fact_checks import FactCheck
from articles.models.featured import FeaturedFact
from articles.models.pictures import Picture
from articles.models.public_state import StampPart
from articles.models.read_counts import ReadCount
from articles.models.reference import Author, Subject, Tag, TagAlias
from articles.models.search import SearchName, SearchRow, SearchWord, SearchWordKey, VainSearch
from articles.models.site_pages import SitePage
from tests import make
from tests.reading.addresses import OTHER_STATUS, WITHOUT_DATA, examples, names

pytestmark = pytest.mark.django_db

COUNTED = (CountChange, CountTotal, ReadCount, StampPart)
PUBLISHED = (Correction, Edition, EditionAuthor, EditionTag, FactCheck, FeaturedFact, PublishedFact, PublishedTag)
SEARCHED = (SearchName, SearchRow, SearchWord, SearchWordKey, VainSearch)
REFERENCE = (Address, Author, OldPath, Picture, SitePage, Subject, Tag, TagAlias)
MAY_BE_READ = {model._meta.db_table for model in (*COUNTED, *PUBLISHED, *SEARCHED, *REFERENCE)}
OTHERS = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - MAY_BE_READ
TABLE = re.compile(r'"(\w+)"')


@pytest.mark.parametrize("name", list(names()))
def test_no_public_address_reads_a_working_copy(client: Client, name: str):
    addresses = examples(make.edition(cards=(make.card(tags=("Boats",)),)))
    assert name in addresses, f"{name} is a new public address: give it an example in tests/reading/addresses.py."
    with CaptureQueriesContext(connection) as queries:
        response = client.get(addresses[name])
        response.getvalue()
    assert response.status_code == OTHER_STATUS.get(name, 200)
    assert queries.captured_queries or name in WITHOUT_DATA
    for query in queries.captured_queries:
        read = set(TABLE.findall(query["sql"])) & OTHERS
        assert not read, f"{name} reads {read}: the public sees editions only."


@pytest.mark.parametrize("name", list(names()))
def test_no_public_address_knows_who_asks(client: Client, name: str):
    client.force_login(make.editor())
    address = examples(make.edition())[name]
    with time_machine.travel(timezone.now(), tick=False):  # a form says since when it is open
        signed_in, stranger = client.get(address), Client().get(address)
    assert not signed_in.cookies
    assert "Cookie" not in signed_in.get("Vary", "")
    assert signed_in.getvalue() == stranger.getvalue()


def test_a_public_page_changes_no_row(client: Client):
    addresses = examples(make.edition())
    with CaptureQueriesContext(connection) as queries:
        for address in addresses.values():
            client.get(address).getvalue()
    assert {query["sql"].lstrip("(").split()[0] for query in queries.captured_queries} == {"SELECT"}


@pytest.mark.parametrize("name", list(names()))
def test_public_addresses_are_for_reading_only(client: Client, name: str):
    """But for the form that reports a mistake, a vote, and “it was read”: test_reports, test_votes and test_read."""
    taken = {"fact-report": 400, "vote": 303, "article-read": 204}.get(name, 405)
    assert client.post(examples(make.edition())[name]).status_code == taken


def test_a_draft_shows_nowhere(client: Client):
    addresses = examples(make.edition())
    draft = make.article(
        title="Canary title",
        tags=("Canary tag",),
        cards=(make.card(heading="Canary heading", tags=("Canary card tag",)),),
        subject=make.subject(name="Canary subject").slug,
        authors=(make.author(name="Canary author").slug,),
    )
    for address in addresses.values():
        assert b"Canary" not in client.get(address).getvalue()
    for path in (
        f"/articles/{draft.slug}/",
        "/tags/canary-tag/",
        "/subjects/canary-subject/",
        "/authors/canary-author/",
    ):
        assert client.get(path).status_code == 404
    card = draft.cards.get()
    assert client.get(f"/facts/{card.public_id}/").status_code == 404
