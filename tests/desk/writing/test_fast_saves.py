"""Saving a card asks as little of the database as it can, however many cards there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.models import Article, Source, TaggedCard
from tests import make
from tests.desk.pages import JSON, at, client

pytestmark = pytest.mark.django_db


def article_of(cards: int) -> Article:
    return make.article(cards=(make.card(tags=("Night", "Ferries")), *(make.card() for _ in range(cards - 1))))


def save_first(browser, article: Article, **changes: str) -> list[str]:
    """The statements of a save by the desk's script, of a form that is left as it was but for the changes."""
    row = article.cards.first()
    value = drafts.card_value(row)
    sent = {
        "heading": value.heading,
        "body": value.body,
        "tags": ", ".join(value.tags),
        "sources-TOTAL_FORMS": len(value.sources),
        "sources-INITIAL_FORMS": 0,
        "sources-0-url": value.sources[0].url,
        "sources-0-title": value.sources[0].title,
        "token": drafts.token(value),
    }
    with CaptureQueriesContext(connection) as captured:
        answer = browser.post(at("card", article, row.public_id), sent | changes, **JSON)
    assert answer.status_code == 200, answer.content
    return [query["sql"] for query in captured.captured_queries]


@pytest.mark.slow
def test_a_save_costs_the_same_in_an_article_of_sixty_cards():
    few, many = article_of(3), article_of(60)
    counts = []
    for article in (few, many):
        browser = client(article.owner)
        save_first(browser, article, body="The first save writes a line of the history.")
        counts.append(len(save_first(browser, article, body="The second adds to it.")))
    assert counts[0] == counts[1] <= 19


def test_tags_and_sources_that_stand_as_they_were_are_not_written_again():
    article = article_of(2)
    before = list(TaggedCard.objects.values_list("pk")), list(Source.objects.values_list("pk"))
    statements = save_first(client(article.owner), article, body="Other words.")
    assert (list(TaggedCard.objects.values_list("pk")), list(Source.objects.values_list("pk"))) == before
    assert not [sql for sql in statements if "articles_tagalias" in sql or sql.startswith("DELETE")]


def test_an_answer_tells_what_stands_in_the_database_then():
    article = article_of(2)
    browser, row = client(article.owner), article.cards.first()
    tags = "night, Harbour"  # another spelling of a tag, and a new one
    sent = {"heading": "🌊 New", "tags": tags, "sources-TOTAL_FORMS": 0, "sources-INITIAL_FORMS": 0}
    sent["token"] = drafts.token(drafts.card_value(row))
    answer = browser.post(at("card", article, row.public_id), sent, **JSON).json()
    saved = drafts.card_value(article.cards.first())
    assert answer["value"]["tags"] == list(saved.tags) == ["Night", "Harbour"]
    assert (answer["value"]["heading"], answer["value"]["emoji"]) == (saved.heading, saved.emoji) == ("New", "🌊")
    assert answer["token"] == drafts.token(saved)
