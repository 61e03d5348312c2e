"""What nobody means and somebody sends: a sentence and 400, 404 or 405, never an error of ours."""

import base64
import json
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from articles.reading.api import cursors
from tests import make
from tests.strategies import SLOW, hostile

pytestmark = pytest.mark.django_db


def cursor(*values: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("cursor=%00", 400),
        ("cursor=xyz", 400),
        ("cursor=%ff%fe", 400),
        ("cursor=한", 400),
        (f"cursor={'A' * 10_240}", 400),
        (f"cursor={cursor('articles', 1, 1)}", 400),
        (f"cursor={cursor('facts', 1)}", 400),
        (f"cursor={cursor('facts', 10**30, 'x')}", 400),
        (f"cursor={cursor('facts', -(10**18), 'x')}", 400),
        (f"cursor={cursor('facts', True, 'x')}", 400),
        (f"cursor={cursor('facts', 1, chr(0))}", 400),
        (f"cursor={cursor('facts', 1.5, 'x')}", 400),
        (f"cursor={cursor('facts', None, [])}", 400),
        ("cursor=" + base64.urlsafe_b64encode(b"[" * 700).decode(), 400),
        (f"cursor={cursor('facts', 1, 'x')}", 200),
        ("cursor=", 200),
        ("cursor=a&cursor=b", 400),
        ("subject=a&subject=b", 400),
        ("tag=nothing", 404),
        ("tag=%00", 404),
        ("tag=%ff", 404),
        ("tag=a/b", 404),
        (f"tag={'a' * 10_240}", 404),
        ("&".join(f"tag=t{number}" for number in range(11)), 400),
        ("tag=ferries&tag=ferries", 200),
        ("page=2", 400),
        (f"{'x' * 10_240}=1", 400),
        ("%00=1", 400),
    ],
)
def test_a_query_that_nobody_means(client: Client, query: str, status: int):
    make.edition()
    response = client.get(f"/api/facts?{query}")
    assert response.status_code == status, response.content
    if status != 200:
        assert response["Content-Type"] == "application/problem+json"
        found = response.json()
        assert found["status"] == status
        assert found["detail"]
        assert len(found["detail"]) < 200


@pytest.mark.parametrize("path", ["/api/search", "/api/search?q=", "/api/search?q=%00", "/api/search?q=%ff%fe"])
def test_a_search_without_words_finds_nothing(client: Client, path: str):
    make.edition()
    assert client.get(path).json() == {"items": [], "next": None}


def test_a_search_of_ten_kilobytes_is_answered(client: Client):
    make.edition()
    for words in ("lamp " * 2_048, '"' * 10_240, "-" * 10_240, "한" * 3_414):
        assert client.get("/api/search", {"q": words}).status_code in (200, 400)


@pytest.mark.parametrize("path", ["/api/nothing", "/api/facts/", "/api/facts/x", "/api/articles/%00", "/api/%ff"])
def test_what_is_nowhere_is_said_as_json(client: Client, path: str):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].endswith(".")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_but_reading_is_possible(client: Client, method: str):
    response = getattr(client, method)("/api/facts")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert response.json()["detail"].endswith(".")


def test_a_head_is_an_answer_without_its_body(client: Client):
    make.edition()
    for path in ("/api/facts", "/api/facts.jsonl", "/api/facts.csv"):
        response = client.head(path)
        assert (response.status_code, response.getvalue()) == (200, b"")
        assert response["ETag"] == client.get(path)["ETag"]


@SLOW
@given(text=hostile(longest=60), kind=st.sampled_from(["facts", "articles", "tags", "subjects", "search"]))
def test_any_text_is_a_cursor_or_refused(text: str, kind: str):
    response = Client().get(f"/api/{kind}?cursor={quote(text, errors='replace')}")
    assert response.status_code == (400 if text else 200)
    for key in ((text, 3), (text.replace("\x00", ""), 2**62)):
        if "\x00" not in key[0]:
            assert cursors.read(cursors.written("tags", *key), "tags", str, int) == key
