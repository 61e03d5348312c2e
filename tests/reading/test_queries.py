"""Pages cost a small number of queries, which does not grow with what they show."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.reading.addresses import examples

pytestmark = pytest.mark.django_db

#: The most queries of an address, when nothing has been counted yet under the present stamp.
MOST = {
    "home": 6,
    "articles": 3,
    "article": 3,
    "facts": 6,
    "fact": 3,
    "fact-by-id": 1,
    "tags": 3,
    "tag": 6,
    "subjects": 3,
    "subject": 6,
    "author": 3,
    "fact-report": 1,
    "reported": 0,
    "about": 1,
    "contact": 1,
    "privacy": 1,
    "corrections": 3,  # and one more where there are any
    "share-article": 1,
    "share-fact": 1,
    "embed": 2,
    "oembed": 1,
    "articles-atom": 4,
    "sitemap": 11,
    "sitemap-part": 2,
    "robots": 0,
    "healthz": 0,
    "readyz": 1,
    "picture": 1,  # the example is missing: it may have stood there on the site that this one took over
}


def cost(client: Client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_each_address_has_its_number_of_queries(client: Client):
    edition = make.edition()
    assert {name: cost(client, path) for name, path in examples(edition).items()} == MOST


def test_an_article_of_sixty_cards_costs_as_much_as_one_of_three(client: Client):
    tags = [f"Tag {number}" for number in range(20)]
    cards = tuple(make.card(tags=(tags[number % 20], tags[number % 7])) for number in range(60))
    short, long = make.edition(), make.edition(cards=cards, faqs=30, tags=tuple(tags))
    assert cost(client, f"/articles/{short.slug}/") == cost(client, f"/articles/{long.slug}/") == 3


def test_fifty_articles_cost_as_much_as_five(client: Client):
    first, *_others = [make.edition(cards=2, faqs=0) for _ in range(5)]
    few = {name: cost(client, path) for name, path in examples(first).items()}
    for _ in range(45):
        make.edition(cards=2, faqs=0)
    assert {name: cost(client, path) for name, path in examples(first).items()} == few


def test_ten_tags_cost_no_more_than_one(client: Client):
    tags = tuple(f"Tag {number}" for number in range(10))
    make.edition(tags=tags)
    slugs = "&".join(f"tag=tag-{number}" for number in range(10))
    assert cost(client, f"/facts/?{slugs}") == cost(client, "/facts/?tag=tag-1") == 6


@pytest.mark.parametrize("path", ["/articles/nothing/", "/articles/Nothing-At-All/", "/articles/nothing/?page=2"])
def test_a_missing_article_is_asked_for_once_and_so_is_an_old_path(client: Client, path: str):
    make.edition()
    assert client.get(path).status_code == 404
    assert cost(client, path) == 2
