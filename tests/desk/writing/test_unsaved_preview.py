"""What a writer sees beside the form: the words as they stand on the screen, through the code of the public pages."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import drafts, states, workflow
from articles.document.rules import BODY_LENGTH, MOST_CARDS
from articles.models import Article
from tests import make
from tests.desk.pages import JSON, at, client, form_of, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

NO_SOURCES = {"sources-TOTAL_FORMS": "0", "sources-INITIAL_FORMS": "0"}


def shown(article: Article, parts: dict[str, dict[str, str]] | None = None, **fields: str) -> HttpResponse:
    """Sends parts as the desk's script does."""
    sent = {name: urlencode(form) for name, form in (parts or {}).items()}
    return client(article.owner).post(at("preview_unsaved", article), {**sent, **fields})


def ids(article: Article) -> list[str]:
    return list(article.cards.values_list("public_id", flat=True))


def headings(response: HttpResponse) -> list[str]:
    return [node.text(strip=True) for node in tree(response).css(".card-title")]


def body(page: HttpResponse) -> str:
    return tree(page).css_first("main article").html


def test_without_unsaved_words_it_is_the_saved_article():
    article = make.article()
    assert body(shown(article)) == body(client(article.owner).get(at("preview", article)))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "changes"),
    [
        (
            "details",
            {"title": "Another ferry", "dek": "What the captain said.", "tags": "Ferries", "numbering": "none"},
        ),
        ("introduction", {"introduction": "It **never** leaves."}),
        ("conclusion", {"conclusion_heading": "Sunk", "conclusion": "It is gone.\n\n- all of it"}),
        ("card", {"heading": "🚢 The ferry sinks", "body": "> It sinks.\n> — Captain Ahn", "spoiler_after": "3"}),
        ("faq", {"question": "Why?", "answer": "[Because](https://example.org/)"}),
    ],
)
def test_unsaved_words_look_as_they_will_when_they_are_saved(name: str, changes: dict[str, str]):
    article = make.article(tags=("Ferries",))
    public_id = getattr(article, f"{name}s").first().public_id if name in ("card", "faq") else None
    url = at(name, article, *([public_id] if public_id else []))
    browser = client(article.owner)
    form = {key: value for key, value in form_of(browser.get(url)).items() if isinstance(value, str)} | changes
    if name == "details":
        form["authors"] = drafts.details_of(article).authors[0]
    before = body(shown(article))
    unsaved = body(shown(article, {f"{name}:{public_id}" if public_id else name: form}))
    assert unsaved != before
    sent_unchanged(browser, url, **changes)
    assert unsaved == body(browser.get(at("preview", article)))


def test_a_script_gets_the_same_page_in_json():
    article = make.article(title="밤배")
    response = client(article.owner).post(at("preview_unsaved", article), **JSON)
    assert response.json() == {"html": shown(article).content.decode()}
    assert "밤배" in response.content.decode()


def test_a_page_for_a_screen_has_no_script_no_data_and_no_robots():
    response = shown(make.article())
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in tree(response).css_first('meta[name="robots"]').attributes["content"]
    assert not tree(response).css("script")


def test_the_screen_says_which_cards_there_are_and_in_which_order():
    article = make.article(cards=3)
    first, second, third = ids(article)
    new = {"heading": "Brand new", "body": "Yes.", **NO_SOURCES}
    response = shown(article, {"card:new-1": new}, cards=f"{third} new-1 {first} gone {first}")
    names = [article.cards.get(public_id=public_id).heading for public_id in (third, first)]
    assert headings(response) == [names[0], "Brand new", names[1]]
    cards = tree(response).css("article.card")
    assert [card.attributes["id"] for card in cards] == [f"fact-{third}", "fact-new-1", f"fact-{first}"]
    assert not tree(response).css(".permalink, .vote, [data-save], [data-share]"), "nothing is done with a draft"
    assert second not in response.content.decode()


def test_without_an_order_new_ones_come_last():
    article = make.article(cards=1, faqs=1)
    response = shown(article, {"card:a": {"heading": "Last", **NO_SOURCES}, "faq:b": {"question": "Anything else?"}})
    assert headings(response)[-1] == "Last"
    assert [node.text(strip=True) for node in tree(response).css(".question-words")][-1] == "Anything else?"


def test_words_that_the_form_refuses_are_shown_and_choices_stay_as_they_were():
    article = make.article(cards=(make.card(spoiler_after=4, safe_heading="A lamp", tags=("Lamps",)),))
    (card,) = ids(article)
    form = {"heading": "x" * 201, "safe_heading": "A lamp", "body": "Words.", "spoiler_after": "soon"}
    form |= {"tags": "y" * 101, "emoji": "words"}
    response = shown(article, {f"card:{card}": form, "details": {"title": "", "numbering": "?", "subject": "nobody"}})
    assert response.status_code == 200
    assert "x" * 201 in text(response)
    assert "after episode 4" in text(response)
    assert headings(response) == ["A lamp"]
    assert "Lamps" in text(response)
    assert "The ferry" in text(response), "without the fields of its sources those that are saved"


def test_half_a_source_is_shown_as_far_as_it_goes():
    article = make.article(cards=1)
    (card,) = ids(article)
    rows = {"sources-TOTAL_FORMS": "1", "sources-INITIAL_FORMS": "0"}
    rows |= {"sources-0-url": "not an address", "sources-0-title": "The log book", "sources-0-seen_on": "never"}
    response = shown(article, {f"card:{card}": {"heading": "H", "body": "B", **rows}})
    assert [node.text(strip=True) for node in tree(response).css(".sources li")] == ["The log book"]


def test_a_picture_shows_before_it_is_saved():
    article, picture = make.article(), make.picture()
    response = shown(article, {"introduction": {"introduction": f"![](picture:{picture.public_id})"}})
    assert tree(response).css_first(".introduction img").attributes["alt"] == "A ferry at night"


def test_what_is_dangerous_is_cleaned_as_everywhere():
    article = make.article()
    words = {"introduction": "<script>alert(1)</script> [x](javascript:alert(1))"}
    page = shown(article, {"introduction": words, 'card:"><b>': {"heading": "H", **NO_SOURCES}}).content.decode()
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "<b>" not in page


@pytest.mark.slow
def test_rows_are_those_that_the_fact_index_lists_then():
    editor = make.editor()
    cards = (
        make.card(tags=("Zebras", "Lamps"), emoji="🚢"),
        make.card(heading="She dies", spoiler_after=3, tags=("Death",)),
    )
    article = make.approved(cards=cards)
    with time_machine.travel(timezone.now(), tick=False):
        rows = tree(shown(article, **{"as": "row"})).css_first(".facts").html
        assert "She dies" not in rows
        assert "A fact about Night Ferry, after episode 3" in rows
        workflow.make(states.PUBLISH, article, by=editor, change=article.change)
        listed = tree(client(None).get(reverse("facts"))).css_first(".facts")
        for act in listed.css(".row-save"):  # nothing is saved of what is not published
            act.decompose()
        assert rows == listed.html


def test_rows_of_new_facts_have_no_address_yet():
    article = make.article(cards=0, subject="")
    response = shown(article, {"card:new-1": {"heading": "First", **NO_SOURCES}}, **{"as": "row"})
    assert "First" in text(response)
    assert tree(response).css_first("[data-ids]").attributes["data-ids"] == "new-1"
    assert "There is no fact yet" in text(shown(article, cards="", **{"as": "row"}))


def test_a_feed_item_says_what_the_feed_will_say():
    article = make.article(slug="the-ferry")
    form = {"title": "Ferry & crew", "slug": "", "dek": "Short.", "numbering": "up"}
    response = shown(article, {"details": form}, **{"as": "feed"})
    assert tree(response).css_first("h1").text(strip=True) == "Ferry & crew"
    assert "Short." in text(response)
    assert "Fanguide" in tree(response).css_first(".byline").text(), "without a byline the site signs"
    assert shown(article, {"details": {"title": "?!", "slug": ""}}, **{"as": "feed"}).status_code == 200


def test_what_is_live_keeps_the_day_of_its_first_publication():
    edition = make.edition(at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), cards=1)
    new = {"card:new": {"heading": "New", **NO_SOURCES}}
    published, updated = tree(shown(edition.article, **{"as": "feed"})).css(".meta time")
    assert published.text() == "1 March 2026"
    assert updated.text() != "1 March 2026"
    rows = tree(shown(edition.article, new, **{"as": "row"})).css(".fact-row time")
    assert [row.text() == "1 March 2026" for row in rows] == [True, False]


@pytest.mark.parametrize("shown_as", ["page", "row", "feed"])
def test_it_writes_nothing(shown_as: str):
    article = make.article()
    browser = client(article.owner)
    form = urlencode({"heading": "H", "body": "B", "tags": "Never seen before", **NO_SOURCES})
    sent = {"as": shown_as, "card:new": form, f"card:{ids(article)[0]}": form}
    count = {model: model.objects.count() for model in apps.get_models()}
    with CaptureQueriesContext(connection) as queries:
        response = browser.post(at("preview_unsaved", article), sent)
    assert response.status_code == 200
    assert "Never seen before" not in text(response), "a new tag is shown once it is saved"
    assert [query["sql"] for query in queries if not query["sql"].lstrip("(").startswith("SELECT")] == []
    assert {model: model.objects.count() for model in count} == count
    assert Article.objects.get().change == article.change


@pytest.mark.slow
def test_its_queries_do_not_grow_with_the_article():
    def queries(cards: int) -> int:
        article = make.article(cards=cards, tags=())
        browser, url = client(article.owner), at("preview_unsaved", article)
        form = urlencode({"heading": "H", **NO_SOURCES})
        browser.post(url)
        with CaptureQueriesContext(connection) as found:
            browser.post(url, {f"card:{public_id}": form for public_id in ids(article)})
        return len(found)

    assert queries(2) == queries(30)


@pytest.mark.parametrize(
    ("parts", "fields"),
    [
        ({}, {"as": "poster"}),
        ({}, {"cards": " ".join(map(str, range(MOST_CARDS + 1)))}),
        ({"introduction": {"introduction": "x" * (BODY_LENGTH + 1)}}, {}),
        ({"introduction": {f"field-{number}": "" for number in range(1201)}}, {}),
    ],
    ids=["kind", "cards", "body", "fields"],
)
def test_more_than_an_article_takes_is_refused_with_a_sentence(
    parts: dict[str, dict[str, str]], fields: dict[str, str]
):
    response = shown(make.article(), parts, **fields)
    assert response.status_code == 400
    assert response.json()["sentence"].endswith(".")


def test_it_is_for_those_who_may_see_the_article():
    article = make.article()
    url = at("preview_unsaved", article)
    assert client(make.editor()).post(url).status_code == 200
    assert client(make.writer()).post(url, **JSON).status_code == 403
    assert client(None).post(url, **JSON).status_code == 401
    assert client(article.owner).get(url).status_code == 405
