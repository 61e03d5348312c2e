"""The gate: hostile values are refused with a sentence at their field, or go all the way and break no output."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles import document, drafts, exporting, publishing
from articles.document import Card, Document, Faq, InvalidError, Source, validate
from articles.models import Revision
from articles.text.ids import PUBLIC_ID_PATTERN
from tests import make

NASTY = [
    *("\x0b", "\x00", "\x85", "\ufffe", "\ud800", "\u202e", "\ufeff", "\u200b", "\u2028", "\r\n"),
    *("<b>", "&amp;", "]]>", "ﷺ", "👩\u200d⚕️", "한글", "a", " ", "1.", "**", "[x](javascript:1)", "\n\n"),
]
hostile = st.lists(st.sampled_from([*NASTY, "a", " ", "1.", "**", "[x](javascript:1)", "\n\n"]), max_size=8).map(
    "".join
)
long_or_hostile = hostile | st.sampled_from(["x" * 250, "ﷺ" * 60, "x" * 200_001])
numbers = st.sampled_from([None, -1, 0, 1, 16, 32_767, 32_768, 10**30])
ids = st.sampled_from(["", "my-fact", "bcdfghjkmn", "../..", "x" * 500, "\x00", "ﷺ"])
sources = st.builds(
    Source, url=hostile | st.just("https://example.org/" + "x" * 600), title=long_or_hostile, publisher=hostile
)
cards = st.builds(
    Card,
    public_id=ids,
    heading=long_or_hostile,
    emoji=st.sampled_from(["", "🚢", "words", "\x0b", "🚢" * 60]),
    body=hostile,
    tags=st.lists(long_or_hostile, max_size=3).map(tuple),
    sources=st.lists(sources, max_size=2).map(tuple),
    spoiler_after=numbers,
    safe_heading=hostile,
    check_on=st.sampled_from([None, dt.date.min, dt.date.max]),
)
faqs = st.builds(Faq, public_id=ids, question=long_or_hostile, answer=hostile, spoiler_after=numbers)
documents = st.builds(
    Document,
    title=hostile.map(lambda text: f"Facts {text}"),
    slug=hostile | st.just("s" * 100),
    dek=long_or_hostile,
    introduction=hostile,
    cards=st.lists(cards, min_size=1, max_size=3).map(tuple),
    conclusion_heading=hostile,
    conclusion=hostile,
    faqs=st.lists(faqs, max_size=2).map(tuple),
    tags=st.lists(hostile, max_size=2).map(tuple),
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"heading": "x" * 201}, "heading"),
        ({"safe_heading": "x" * 201}, "safe_heading"),
        ({"emoji": "words"}, "emoji"),
        ({"body": "x" * 200_001}, "body"),
        ({"tags": ("x" * 101,)}, "tags"),
        ({"tags": ("ﷺ" * 60,)}, "tags"),
        ({"tags": tuple(f"tag {number}" for number in range(101))}, "tags"),
        ({"spoiler_after": -1}, "spoiler_after"),
        ({"spoiler_after": 10**30}, "spoiler_after"),
        ({"sources": (Source(url="https://example.org/" + "x" * 500),)}, "url"),
        ({"sources": (Source(title="x" * 301),)}, "title"),
        ({"sources": (Source(url="https://example.org/"),) * 51}, "sources"),
    ],
)
def test_what_breaks_a_rule_is_refused_with_a_sentence_at_its_field(changes: dict[str, Any], field: str):
    with pytest.raises(InvalidError) as caught:
        validate(Document(title="Facts", cards=(Card(heading="One"), Card(**changes))))
    assert caught.value.first.field == field
    assert "card 2" in caught.value.first.place
    assert caught.value.first.sentence.endswith(".")


def test_signs_that_break_an_output_are_mended_and_the_words_stay():
    made = validate(
        Document(title="The\x0bferry\x00", cards=(Card(heading="Dis\u00adcretion\x01", body="a\r\nb\x0c"),))
    )
    assert made.title == "The ferry"
    assert made.cards[0].heading == "Discretion"
    assert made.cards[0].body == "a\nb\n"


@pytest.mark.parametrize("public_id", ["my-fact", "../x", "x" * 500, "bcd", "\x00"])
def test_an_id_that_is_none_is_dropped(public_id: str):
    assert validate(Card(public_id=public_id, heading="One")).public_id == ""


def test_of_two_cards_with_one_id_the_first_keeps_it():
    made = validate(Document(cards=(Card(public_id="bcdfghjkmn"), Card(public_id="bcdfghjkmn"))))
    assert [card.public_id for card in made.cards] == ["bcdfghjkmn", ""]


@given(documents)
def test_validating_twice_changes_nothing(value: Document):
    made = document.mend(value)
    faults = list(document.faults(made))
    assert all(fault.sentence and fault.place and fault.field for fault in faults)
    if not faults:
        assert validate(made) == made


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(value=documents)
def test_what_is_let_in_goes_all_the_way_and_every_output_parses(value: Document):
    with transaction.atomic():
        follow_to_every_output(value)
        transaction.set_rollback(True)


def follow_to_every_output(value: Document) -> None:
    writer = make.writer()
    author, subject = make.author(name="Mina\x0b Park"), make.subject(name="Night\x01 Ferry")
    value = dataclasses.replace(value, subject=subject.slug, authors=(author.slug,))
    if list(document.faults(document.mend(value))):
        with pytest.raises(drafts.DraftError, match=r"\.$"):
            drafts.create(value, by=writer)
        return
    article = drafts.create(value, by=writer)
    stored = drafts.document_of(article)
    assert exporting.from_json(exporting.to_json(stored)) == stored
    assert exporting.from_markdown(exporting.to_markdown(stored)) == stored
    if not article.slug:
        return
    edition = publishing.publish(drafts.keep_revision(article, Revision.Reason.REQUESTED, by=writer))
    assert all(re.fullmatch(PUBLIC_ID_PATTERN, card["id"]) for card in edition.parts["cards"])
    check_outputs(edition)
    desk = Client()
    desk.force_login(writer)
    assert desk.get(f"/admin/articles/article/{article.pk}/change/").status_code == 200


def check_outputs(edition: Any) -> None:
    browser = Client()
    for name in ("articles-atom", "sitemap"):
        answer = browser.get(reverse(name))
        assert answer.status_code == 200
        assert ET.fromstring(b"".join(answer) if answer.streaming else answer.content) is not None
    first = edition.parts["cards"][0]
    pages = [reverse("home"), reverse("facts"), reverse("article", args=[edition.slug]), reverse("tags")]
    for url in [*pages, reverse("fact-by-id", args=[first["id"]])]:
        answer = browser.get(url, follow=True)
        assert answer.status_code == 200, url
        text = answer.content.decode()
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]", text)
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL):
            assert json.loads(data)
    embedded = browser.get(reverse("oembed"), {"url": f"http://testserver{reverse('fact-by-id', args=[first['id']])}"})
    assert embedded.status_code in {200, 404}
    assert document.from_json(edition.revision.content) is not None
