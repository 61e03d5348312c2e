"""What a published fact keeps for finding the same fact elsewhere."""

import pytest

from articles import publishing
from articles.models import PublishedFact
from articles.text import sameness
from tests import make

pytestmark = pytest.mark.django_db

HEADING, BODY = "The captain learned to row", "He had *never* been on the water before."


@pytest.mark.parametrize("spoiler", [{}, {"spoiler_after": 3}])
def test_a_published_fact_keeps_digests_of_its_words(spoiler: dict[str, int]):
    make.edition(cards=(make.card(heading=HEADING, body=BODY, **spoiler),))
    fact = PublishedFact.objects.get()
    assert fact.heading_key == sameness.heading_key(HEADING)
    assert fact.body_key == sameness.body_key("he had never been on the water before")


def test_words_that_say_too_little_have_none():
    make.edition(cards=(make.card(heading="The cast", body="Yes."),))
    fact = PublishedFact.objects.get()
    assert (fact.heading_key, fact.body_key) == ("", "")


def test_rebuilding_fills_digests_that_an_older_edition_lacks():
    edition = make.edition(cards=(make.card(heading=HEADING),))
    PublishedFact.objects.update(heading_key="")
    publishing.rebuild(edition)
    assert PublishedFact.objects.get().heading_key == sameness.heading_key(HEADING)
