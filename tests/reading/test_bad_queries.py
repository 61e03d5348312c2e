"""What nobody means and somebody sends, at every public address: a page, a way on, or a sentence, never an error.

A few queries of each address are tried, always the same, or with --hypothesis-profile=thorough many of them. What each
list makes of its own parameters is said beside its tests.
"""

from __future__ import annotations

import itertools
import random

import pytest
from django.test import Client

from articles.models import Edition
from tests import make
from tests.reading.addresses import examples, names
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

PARAMETERS = (
    *("page", "tag", "subject", "kind", "author", "sort", "seen", "spoilers", "sourced", "checked", "picture", "show"),
    *("until", "q", "fact", "url", "format", "maxwidth", "cursor", "limit", "language", "id", "nobody-asked"),
)
VALUES = (
    *("", "-1", "0", "1e9", "1000000000", "9" * 30, "1.5", "%D9%A3", "NaN", "%00", "a%00b", "%ff%fe", "%ED%A0%80"),
    *("x" * 10_240, "%F0%9F%94%A5" * 800, "%20" * 5_000, "a+" * 5_000, "%22" * 5_000, "lamps+" * 1_700),
    *("unknown", "a/b", "../..", "'+OR+1=1--", "{{7*7}}", "%25s", "%0d%0aSet-Cookie:a=b", "<script>", "https://["),
    *("lamps*", "NEAR(a,b)", "a+AND+NOT", "tokens:a", "^a", "(((((", "a%26!b|<->", "':*", "-", "%5C"),
)
QUERIES = [
    *(f"{name}={value}" for name, value in itertools.product(PARAMETERS, VALUES)),
    *("&".join(f"{name}=t{number}" for number in range(500)) for name in PARAMETERS),
    *(f"{name}=ferries&{name}=2&{name}=" for name in PARAMETERS),
    *(f"{name}[]=a&{name}.x=1&{name}" for name in PARAMETERS),
    *("&&&=&;", "%00=1", "%ff", "=", "?", "&".join(f"a{number}" for number in range(3_000)), "x" * 10_240 + "=1"),
]
#: A page, a way on, a sentence about the query, or nothing there.
ANSWERS = {200, 301, 302, 303, 400, 404}
#: Only posted to.
POSTED = {"article-read"}


@pytest.fixture(scope="module")
def addresses(module_db) -> dict[str, str]:
    edition: Edition = make.edition(cards=(make.card(tags=("Boats",)), make.card(spoiler_after=2)))
    return examples(edition)


@pytest.mark.parametrize("name", list(names()))
def test_no_query_is_an_error(addresses: dict[str, str], name: str):
    path, _mark, own = addresses[name].partition("?")
    client = Client()
    queries = sampled(random.Random(name).sample(QUERIES, 120), 5, name)
    for query in queries:
        answer = client.get(f"{path}?{query}")
        assert answer.status_code in ({405} if name in POSTED else ANSWERS), query[:200]
        assert answer.getvalue() or answer.status_code in (301, 302, 303, 405), query[:200]
    for parameter in sampled(own.split("&") if own else [], 2, name):  # what the list does understand, and more of it
        for query in sampled(queries, 2, parameter):
            assert client.get(f"{path}?{parameter}&{query}").status_code in ANSWERS, query[:200]


@pytest.mark.parametrize("name", list(names()))
def test_no_path_is_an_error(addresses: dict[str, str], name: str):
    """Each part of each address, as somebody may write it instead."""
    parts = addresses[name].partition("?")[0].split("/")
    tried = [
        "/".join([*parts[:place], bad, *parts[place + 1 :]])
        for place in range(1, len(parts))
        for bad in ("%00", "%ff%fe", "%ED%A0%80", "..", "x" * 3_000, "-1", "9" * 30, "%F0%9F%94%A5", "a%2Fb", "'\"<b>")
    ]
    for path in sampled(tried, 4, name):
        assert Client().get(path).status_code in ANSWERS | {410}, path[:200]
