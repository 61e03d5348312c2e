"""Suggestions of tags: what the typed word may mean, in any spelling, the subject's own first; of sources too."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles import drafts
from articles.document import Source
from articles.models import Article, Tag, TagAlias, TaggedCard
from tests import make
from tests.desk.pages import JSON, at, client

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make.article(cards=1, tags=())


def ask(article: Article, q: str = "", **more: str) -> dict[str, Any]:
    return client(article.owner).get(at("tags", article), {"q": q, **more}, **JSON).json()


def names(article: Article, q: str = "", **more: str) -> list[str]:
    return [tag["name"] for tag in ask(article, q, **more)["tags"]]


def of_another_subject(*tags: str) -> Article:
    other = make.subject(name="Other")
    return make.article(cards=(make.card(tags=tags),), tags=(), subject=other.slug)


def test_names_that_begin_so_come_before_names_that_hold_it(article: Article):
    Tag.objects.for_names(["Melodrama", "Drama school", "K-Drama", "Ferries"])
    assert names(article, "drama") == ["Drama school", "K-Drama", "Melodrama"]


@pytest.mark.parametrize("typed", ["k-d", "K dr", "ＫＤ", "#kdrama"])
def test_any_spelling_finds_a_tag(article: Article, typed: str):
    Tag.objects.for_names(["K-Drama"])
    assert names(article, typed) == ["K-Drama"]


def test_a_name_in_another_script_finds_its_tag_once(article: Article):
    tag = Tag.objects.for_names(["Ju Ji-hoon"])[0]
    for name in ("주지훈", "주지훈 배우"):
        TagAlias.objects.create(tag=tag, name=name)
    assert names(article, "주지") == ["Ju Ji-hoon"]
    assert ask(article, "주지훈")["is_new"] is False


def test_tags_of_the_subject_come_first_then_those_used_most(article: Article):
    of_another_subject("Sea often", "Sea rare")
    of_another_subject("Sea often")
    make.article(cards=(make.card(tags=("Sea own",)),), tags=())
    told = ask(article, "sea")["tags"]
    assert [tag["name"] for tag in told] == ["Sea own", "Sea often", "Sea rare"]
    assert [tag["note"] for tag in told] == ["1 fact, of this subject too", "2 facts", "1 fact"]
    assert names(article) == ["Sea own", "Sea often", "Sea rare"]


def test_what_readers_see_of_the_subject_counts_although_its_working_copy_moved_on(article: Article):
    live = make.edition(cards=(make.card(tags=("Lamps",)),), tags=())
    TaggedCard.objects.filter(content_object__article=live.article).delete()
    assert ask(article, "lam")["tags"] == [{"name": "Lamps", "note": "no fact yet, of this subject too"}]


def test_the_same_name_comes_first_and_is_not_new(article: Article):
    of_another_subject("Seaside", "Sea")
    of_another_subject("Seaside")
    assert names(article, "SEA")[0] == "Sea"
    assert ask(article, "SEA")["is_new"] is False
    assert ask(article, "Seas")["is_new"] is True


def test_what_stands_there_already_is_not_suggested_again(article: Article):
    Tag.objects.for_names(["Sea", "Seaside", "Sea, deep"])
    assert names(article, "sea", have='Ferries, SEA, "Sea, deep"') == ["Seaside"]
    assert ask(article, "Ferries", have="ferries")["is_new"] is False


@pytest.mark.slow
def test_at_most_twelve_in_few_queries_however_many_there_are(article: Article):
    browser = client(article.owner)

    def counted() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = browser.get(at("tags", article), {"q": "b"}).json()["tags"]
        assert len(found) <= 12
        return len([query for query in queries if "articles_tag" in query["sql"]])

    few = counted()
    of_another_subject(*(f"Boat {number}" for number in range(40)))
    assert counted() <= few <= 3


def test_signs_of_a_pattern_mean_themselves_and_nothing_is_an_answer_too(article: Article):
    Tag.objects.for_names(["100% true", "Ferries"])
    assert names(article, "%") == ["100% true"]
    assert names(article, "_") == []
    assert names(article, "x" * 5000, have="y," * 5000) == []


# --- sources ----------------------------------------------------------------------------------------------------------


def sources(browser: Client, article: Article, **query: str) -> list[dict[str, str]]:
    return browser.get(at("sources", article), query, **JSON).json()["sources"]


def with_source(**fields: str) -> Article:
    source = Source(**{"url": "https://example.org/a", "title": "Сто ламп", "publisher": "Sea Times"} | fields)
    return make.article(cards=(make.card(sources=(source,)),))


def test_a_source_used_elsewhere_is_offered_with_its_fields():
    article = with_source()
    browser = client(article.owner)
    known = {"url": "https://example.org/a", "title": "Сто ламп", "publisher": "Sea Times"}
    assert sources(browser, article, url="https://example.org/a") == [known]
    for asked in ("СТО", "sea times", "example.org", "ламп sea"):
        assert sources(browser, article, q=asked) == [known], asked
    for asked in ("", " ", "%", "night", "\x00"):
        assert sources(browser, article, q=asked) == [], asked
    assert sources(browser, article, url="https://example.org/b") == []


def test_each_source_is_offered_once_as_it_was_written_last():
    first = with_source(title="An old title")
    drafts.add_card(
        first, make.card(sources=(Source(url="https://example.org/a", title="A new title"),)), by=first.owner
    )
    assert [row["title"] for row in sources(client(first.owner), first, q="example")] == ["A new title"]


def test_sources_of_articles_that_one_may_not_see_are_not_offered():
    with_source()
    own = make.article(cards=(make.card(sources=()),))
    assert sources(client(own.owner), own, q="sea") == []
    assert sources(client(own.owner), own, url="https://example.org/a") == []
    assert client(make.writer()).get(at("sources", own)).status_code == 403
