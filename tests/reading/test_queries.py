"""Pages cost a small number of queries, which does not grow with what they show."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.reading.addresses import examples, names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made_anew")]

#: The most queries of an address, when nothing has been counted yet under the present stamp.
MOST = {
    "home": 6,
    "articles": 3,
    "article": 3,
    "article-read": 0,  # it is read by nobody: test_read.py says what a reader costs
    "facts": 4,
    "fact": 3,
    "fact-by-id": 1,
    "search": 4,
    "search-suggest": 4,
    "opensearch": 0,
    "tags": 4,
    "tag": 5,
    "subjects": 4,
    "subject": 5,
    "opened": 2,
    "authors": 4,
    "author": 3,
    "fact-report": 1,
    "reported": 0,
    "random-fact": 3,
    "saved": 0,
    "saved-facts": 2,
    "vote": 1,
    "about": 1,
    "contact": 1,
    "privacy": 1,
    "corrections": 3,  # and one more where there are any
    "share-article": 1,
    "share-fact": 1,
    "share-subject": 1,
    "share-tag": 1,
    "share-author": 1,
    "share-site": 0,
    "embed": 1,
    "embed-article": 1,
    "oembed": 1,
    "feed": 4,
    "feed-of": 5,
    "follow": 4,
    "sitemap": 6,
    "sitemap-part": 5,
    "api": 0,
    "api-facts": 4,
    "api-fact": 2,
    "api-articles": 4,
    "api-article": 3,
    "api-tags": 2,
    "api-subjects": 2,
    "api-search": 4,
    "api-facts-jsonl": 7,  # five for each part of the editions
    "api-facts-csv": 7,
    "api-openapi": 0,
    "llms": 0,
    "robots": 0,
    "security-txt": 1,  # there is none: it may have stood there on the site that this one took over
    "favicon": 0,
    "healthz": 0,
    "readyz": 3,
    "picture": 1,  # the example is missing: it may have stood there on the site that this one took over
}


def cost(client: Client, path: str) -> int:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        client.get(path).getvalue()
    return len(queries)


#: The same page in another form costs the same.
MOST |= {name: MOST[name.removesuffix("-markdown")] for name in names() if name.endswith("-markdown")}


def test_each_address_has_its_number_of_queries(client: Client):
    edition = make.edition()
    assert {name: cost(client, path) for name, path in examples(edition).items()} == MOST


@pytest.mark.slow
def test_an_article_of_sixty_cards_costs_as_much_as_one_of_three(client: Client):
    tags = [f"Tag {number}" for number in range(20)]
    cards = tuple(make.card(tags=(tags[number % 20], tags[number % 7])) for number in range(60))
    short, long = make.edition(), make.edition(cards=cards, faqs=30, tags=tuple(tags))
    assert cost(client, f"/articles/{short.slug}/") == cost(client, f"/articles/{long.slug}/") == 3


@pytest.mark.slow
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
    assert cost(client, "/facts/?tag=tag-1") == 4
    assert cost(client, f"/facts/?{slugs}") == 5  # and which of them is the rarest


@pytest.mark.parametrize("path", ["/articles/nothing/", "/articles/Nothing-At-All/", "/articles/nothing/?page=2"])
def test_a_missing_article_is_asked_for_once_and_so_is_an_old_path(client: Client, path: str):
    make.edition()
    assert client.get(path).status_code == 404
    assert cost(client, path) == 2
