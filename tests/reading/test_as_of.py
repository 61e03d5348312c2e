"""As of when a fact holds, as readers see it: on pages, as Markdown, in the API; what an editor says shows at once."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from articles.models import Article, Edition
from articles.operations.rendering import rebuild_editions
from articles.publishing.composing import proofs_in
from articles.workflow import claims
from tests import make
from tests.proofs.makers import place_of
from tests.reading.test_proved import page, publish
from tests.workflow.test_claim_days import dated
from tests.workflow.test_claims import rewrite

pytestmark = pytest.mark.django_db

NOW = "It is currently in the Top 10."
LATER = "She has 3 million followers."
DAY = dt.date(2025, 1, 24)


def article(body: str = f"{NOW} {LATER}", **fields) -> Article:
    return make.article(cards=(make.card(heading="Lamps", body=body, **fields),), faqs=0)


def give(row: Article, words: str = NOW, as_of: dt.date | None = DAY, by=None) -> str:
    given = {"as_of": as_of, "again_on": None if as_of else dt.date(2027, 1, 1)}
    with time_machine.travel(dt.datetime(2026, 10, 8, 12, tzinfo=dt.UTC)):
        return claims.date(row, place_of(row), dated(row, words).identity, **given, by=by or row.owner).public_id


def shown(edition: Edition, path: str = "") -> list[str]:
    return [" ".join(node.text().split()) for node in page(edition, path).css(".as-of")]


def fact_api(edition: Edition) -> dict:
    cache.clear()
    return Client().get(f"/api/facts/{edition.facts.get().public_id}").json()


def test_nothing_is_shown_unless_the_words_or_a_person_say_it():
    row = article()
    give(row, as_of=None)
    assert shown(publish(row)) == []


def test_beside_a_fact_stands_as_of_when_it_holds():
    row = article()
    give(row)
    edition = publish(row)
    fact = edition.facts.get()
    assert shown(edition) == ["As of 24 January 2025"]
    assert shown(edition, f"/facts/{fact.public_id}/{fact.slug}/") == ["As of 24 January 2025"]
    assert page(edition).css_first(".as-of time").attributes["datetime"] == "2025-01-24"
    assert "As of 2025-01-24" in Client().get(f"/articles/{edition.slug}.md").content.decode()


def test_of_several_days_the_oldest_comes_first_and_the_newest_is_named():
    row = article()
    give(row), give(row, LATER, dt.date(2026, 3, 3))
    assert shown(publish(row)) == ["As of 24 January 2025 (some of it as of 3 March 2026)"]


@pytest.mark.parametrize(
    ("said", "day"), [("March 2025", "March 2025"), ("2024", "2024"), ("3 May 2025", "3 May 2025")]
)
def test_what_the_words_say_themselves_is_shown_as_far_as_they_say_it(said: str, day: str):
    assert shown(publish(article(f"As of {said}, it is No. 1."))) == [f"As of {day}"]


def test_it_is_closed_with_its_card():
    row = article(spoiler_after=3, safe_heading="A lamp")
    give(row)
    edition = publish(row)
    assert fact_api(edition)["as_of"] == []
    assert "2025-01-24" not in Client().get(f"/articles/{edition.slug}.md").content.decode()
    (note,) = page(edition).css(".as-of")
    assert any("spoiler" in (node.attributes.get("class") or "") or node.tag == "details" for node in _around(note))


def _around(node):
    while node := node.parent:
        yield node


def test_programs_are_told_too():
    row = article()
    give(row), give(row, LATER, dt.date(2026, 3, 3))
    edition = publish(row)
    assert fact_api(edition)["as_of"] == ["2025-01-24", "2026-03-03"]


def test_what_a_writer_says_later_comes_with_the_next_edition():
    row = article()
    edition = publish(row)
    give(row)
    assert shown(edition) == []
    assert shown(publish(row)) == ["As of 24 January 2025"]


def test_what_an_editor_says_shows_at_once_and_is_taken_back_at_once():
    row, editor = article(), make.editor()
    edition = publish(row)
    act = give(row, by=editor)
    assert shown(edition) == ["As of 24 January 2025"]
    claims.take_back(row, act, by=editor)
    assert shown(edition) == []


def test_it_shows_beside_published_words_alone():
    row, editor = article("It is No. 1."), make.editor()
    edition = publish(row)
    rewrite(row, body=NOW)
    give(row, by=editor)
    assert shown(edition) == []


def test_rendering_again_changes_nothing():
    row = article()
    give(row)
    edition = publish(row)
    Edition.objects.update(renderer=0)
    rebuild_editions()
    assert shown(Edition.objects.get(pk=edition.pk)) == ["As of 24 January 2025"]


@pytest.mark.parametrize("day", ["soon", "2025-13", "99999-01-01", "0000"])
def test_a_broken_day_is_left_out(day: str):
    row = article()
    give(row)
    edition = publish(row)
    edition.parts["cards"][0]["as_of"][0]["day"] = day
    edition.save(update_fields=["parts"])
    assert shown(edition) == []


def test_an_edition_of_before_has_none():
    row = article()
    edition = publish(row)
    del edition.parts["cards"][0]["as_of"]
    edition.parts["version"] = 6
    edition.save(update_fields=["parts"])
    assert page(edition).css(".card")
    assert proofs_in(Edition.objects.get(pk=edition.pk).parts)
