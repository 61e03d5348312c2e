"""“More facts” below a fact: where its reader may go next."""

from __future__ import annotations

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.models import Edition, PublishedFact
from tests import make

pytestmark = pytest.mark.django_db


def about(name: str, cards: int = 5) -> Edition:
    return make.edition(subject=make.subject(name=name).slug, cards=cards, tags=("Boats",))


def subjects_next_to(client: Client, fact: PublishedFact) -> list[str]:
    page = LexborHTMLParser(client.get(f"/facts/{fact.public_id}/{fact.slug}/").content.decode())
    return [link.text().strip() for link in page.css(".fact-row .meta a")]


@pytest.mark.slow
def test_they_are_about_different_subjects_however_many_facts_the_newest_article_has(client: Client):
    fact = about("Night Ferry").facts.first()
    for name in ("Gull", "Heron", "Osprey", "Tern"):
        about(name)
    assert sorted(subjects_next_to(client, fact)) == ["Gull", "Heron", "Osprey", "Tern"]


def test_its_own_subject_comes_first_and_where_there_is_one_other_that_fills_the_row(client: Client):
    fact = about("Night Ferry").facts.first()
    make.edition(subject=fact.subject.slug, cards=1)
    assert len(subjects_next_to(client, fact)) == 1
    about("Gull")
    assert subjects_next_to(client, fact) == ["Night Ferry", "Gull", "Gull", "Gull"]
