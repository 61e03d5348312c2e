"""What a link may lead to: public articles and facts of all, and what is one's own, by words of their titles."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, FactCard
from tests import make
from tests.desk.pages import JSON, at, client

pytestmark = pytest.mark.django_db


def ask(user: User, q: str) -> list[dict[str, Any]]:
    return client(user).get(at("links"), {"q": q}, **JSON).json()["found"]


def titles(user: User, q: str) -> list[str]:
    return [found["title"] for found in ask(user, q)]


@pytest.fixture
def writer() -> User:
    return make.writer()


def test_what_readers_see_is_found_with_the_address_that_they_use(writer: User):
    edition = make.edition(title="Nights on the ferry", cards=(make.card(heading="The ferry never sails at night"),))
    fact = edition.facts.get()
    article, card = ask(writer, "ferry night")
    assert (article["url"], article["words"]) == (reverse("article", args=[edition.slug]), "Nights on the ferry")
    assert card["url"] == reverse("fact", args=[fact.public_id, fact.slug])
    assert card["note"] == "Fact in “Nights on the ferry”"
    for found in (article, card):
        assert client(None).get(found["url"]).status_code == 200


@pytest.mark.slow
def test_all_words_have_to_be_there_in_any_order_and_none_is_a_pattern(writer: User):
    make.edition(title="Nights on the ferry (2019)", cards=1)
    assert titles(writer, "FERRY nights") == ["Nights on the ferry (2019)"]
    assert titles(writer, "ferry days") == []
    assert titles(writer, "(2019)") == ["Nights on the ferry (2019)"]
    for nothing in ("", "  ", "n.ghts", "%", "_", "[a-z]", ").", "\\", "\x00", "*" * 9000, "a" * 9000):
        assert titles(writer, nothing) == []


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Ünder Ägypten", "ünder ÄGYPTEN"),
        ("Чёрная кошка", "ЧЁРНАЯ"),
        ("주지훈에 대한 열 가지", "주지훈"),
        ("주지훈에 대한 열 가지", "\u110c\u116e"),  # in pieces, as some systems type it
        ("千と千尋の神隠し", "千尋"),
        ("Ένας άντρας", "ΆΝΤΡ"),
    ],
)
def test_any_script_is_found_in_any_case(writer: User, title: str, typed: str):
    make.edition(title=title, cards=1)
    assert titles(writer, typed) == [title]


def test_what_is_not_public_is_found_by_those_who_may_see_it(writer: User):
    mine = make.article(owner=writer, title="A draft of lamps", cards=(make.card(heading="Lamps burn"),))
    make.article(title="Lamps of somebody else", cards=(make.card(heading="Lamps that nobody knows"),))
    assert titles(writer, "lamps") == ["A draft of lamps", "Lamps burn"]
    article, card = ask(writer, "lamps")
    assert article["note"] == "Article, not published yet"
    assert card["url"] == reverse("fact-by-id", args=[mine.cards.get().public_id])
    editor = make.editor()
    assert len(titles(editor, "lamps")) == 4


def test_words_that_only_a_working_copy_has_stay_with_those_who_may_see_it(writer: User):
    edition = make.edition(title="Lamps", cards=(make.card(heading="Known"),))
    Article.objects.filter(pk=edition.article.pk).update(title="Secret lamps")
    FactCard.objects.filter(article=edition.article).update(heading="Secret words")
    assert titles(writer, "secret") == []
    assert titles(writer, "lamps") == ["Lamps"]


def test_a_link_to_a_spoiler_does_not_tell_it(writer: User):
    card = make.card(heading="The captain drowns", spoiler_after=4, safe_heading="What happens to the captain")
    make.edition(title="A ferry", cards=(card,))
    assert titles(writer, "drowns") == []
    assert [found["words"] for found in ask(writer, "captain")] == ["What happens to the captain"]
    make.article(owner=writer, title="Mine", cards=(make.card(heading="The cook drowns", spoiler_after=4),))
    (found,) = ask(writer, "cook")
    assert found["title"] == "The cook drowns"
    assert "drowns" not in found["words"]
    assert "after episode 4" in found["words"]


def test_what_waits_is_not_offered_to_others(writer: User):
    make.edition(title="Lamps of tomorrow", cards=1, at=timezone.now() + dt.timedelta(days=1))
    assert titles(writer, "tomorrow") == []


@pytest.mark.slow
def test_however_many_there_are_the_answer_is_short_and_asks_little(writer: User, django_assert_max_num_queries):
    for number in range(20):
        make.edition(title=f"Lamp {number}", slug=f"lamp-{number}", cards=(make.card(heading=f"Lamp {number}"),))
    browser = client(writer)
    with django_assert_max_num_queries(9):
        found = browser.get(at("links"), {"q": "lamp"}, **JSON).json()["found"]
    assert [one["note"] for one in found].count("Article") == 6
    assert len(found) == 18
