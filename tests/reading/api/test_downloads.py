"""All facts in one file."""

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.reading.addresses import publish_again

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2031, 5, 1, 12, 0, tzinfo=dt.UTC)


def table(client: Client) -> list[dict[str, str]]:
    text = client.get("/api/facts.csv").getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_a_file_has_every_fact_with_its_words(client: Client):
    card = make.card(heading="He runs", body="One.\n\n- two\n- *three*", tags=("Ghosts",))
    edition = make.edition(cards=(card, make.card()))
    (line, _other) = [json.loads(each) for each in client.get("/api/facts.jsonl").getvalue().splitlines()]
    assert (line["id"], line["heading"], line["tags"][0]["slug"]) == (card.public_id, "He runs", "ghosts")
    assert "<em>three</em>" in line["html"]
    (row, _other) = table(client)
    assert row["text"].split() == ["One.", "two", "three"]
    assert row["article"] == edition.title
    assert row["sources"] == "https://example.org/ferry"
    assert client.get(f"/api/facts/{card.public_id}").json() == line


@pytest.mark.parametrize("heading", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "|cmd", "%x", " =1"])
def test_no_cell_begins_a_formula(client: Client, heading: str):
    make.edition(cards=(make.card(heading=heading, body=f"{heading}\n\n=2", tags=(f"T {heading}",)),))
    (row,) = table(client)
    assert row["heading"].startswith("'")
    assert not [cell for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@", "＝", "|", "%"))]


@pytest.mark.slow
def test_a_file_is_exact_at_one_instant(client: Client, monkeypatch):
    """What is published while it is sent changes nothing of it."""
    monkeypatch.setattr("articles.reading.api.downloads.EDITIONS_AT_ONCE", 1)
    with time_machine.travel(NOW - dt.timedelta(days=1), tick=False):
        editions = [make.edition(cards=2) for _ in range(3)]
    with time_machine.travel(NOW, tick=False):
        whole = client.get("/api/facts.jsonl").getvalue()
        parts = iter(client.get("/api/facts.jsonl").streaming_content)
        sent = next(parts) + next(parts)
    with time_machine.travel(NOW + dt.timedelta(minutes=1), tick=False):
        make.edition()
        for edition in editions:
            publish_again(edition.article, title="Changed while it was sent")
        sent += b"".join(parts)
    assert sent == whole
    assert len(whole.splitlines()) == 6


@pytest.mark.slow
def test_each_part_costs_the_same_queries(client: Client, monkeypatch):
    monkeypatch.setattr("articles.reading.api.downloads.EDITIONS_AT_ONCE", 2)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/facts.csv").getvalue()
        return len(queries)

    make.edition()
    make.edition()
    first = cost()
    for _ in range(4):
        make.edition(cards=20)
    assert cost() == first + 2 * 4
