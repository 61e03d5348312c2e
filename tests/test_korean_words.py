"""English has one word where Korean has two: which of them a place shows."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.desk.writing.replacing import ReplaceForm
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def korean(settings: Any) -> None:
    settings.LANGUAGE_CODE = "ko"


def texts(path: str, selector: str) -> list[str]:
    page = LexborHTMLParser(Client().get(path).content.decode())
    return [node.text().strip() for node in page.css(selector)]


def test_a_button_that_finds_is_no_label_of_what_to_find() -> None:
    make.edition(cards=(make.card(tags=("Ferries",)),))
    assert texts("/tags/", "main form button") == ["찾기"]
    assert "찾을 말" not in Client().get("/facts/").content.decode()
    assert str(ReplaceForm().fields["find"].label) == "찾을 말"


def test_the_fact_before_is_the_previous_one_and_the_words_before_a_correction_are_the_old_ones() -> None:
    edition = make.edition(numbering="none", cards=(make.card(heading="One"), make.card(heading="Two")))
    second = edition.facts.get(heading="Two")
    assert texts(f"/facts/{second.public_id}/{second.slug}/", ".neighbour .label") == ["이전"]
