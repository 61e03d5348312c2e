"""An answer to "how far have you seen": what it opens, and that nothing else of the page depends on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from articles.models import Edition, Subject
from articles.reading import rendering
from articles.reading.memory import Memory
from tests import make

pytestmark = pytest.mark.django_db

NONSENSE = ["", "0", "-1", "3.5", "seven", "7 ", "٧", "99999", "9" * 400, "7&seen=7", "7\0"]


def tree(response: HttpResponse) -> LexborHTMLParser:
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def spoiled(**subject) -> Edition:
    """Three facts and a question; what each tells has a word of its own."""
    cards = (
        make.card(heading="Openly said"),
        make.card(heading="Heron dies", body="The heron dies.", emoji="💀", spoiler_after=3, tags=("Heron tag",)),
        make.card(heading="Osprey lives", body="The osprey lives.", safe_heading="Who is left", spoiler_after=7),
    )
    question = make.faq(question="Does the plover sing?", answer="The plover does.", spoiler_after=5)
    slug = make.subject(name="Night Ferry", slug="night-ferry", **subject).slug
    return make.edition(subject=slug, cards=cards, faqs=(question,), slug="ferry")


def with_seen_headings(page: LexborHTMLParser) -> str:
    return "".join(details.html for details in page.css("details[open][data-safe]")).lower()


def outside(page: LexborHTMLParser) -> str:
    """All that stands on the page beside what is closed."""
    for details in page.css("details.spoiler:not([open])"):
        details.css_first(".spoiler-body").decompose()
    return page.html.lower()


def state(page: LexborHTMLParser) -> str:
    for hidden in page.css(".seen-state [hidden]"):
        hidden.decompose()
    said = [part.text() for part in page.css(".seen-state > span")]
    return " ".join(" ".join(said).split())


@pytest.mark.parametrize(
    ("seen", "words", "waiting"),
    [
        *((seen, "", "2 facts and 1 question") for seen in (1, 2)),
        *((3, "heron", "1 fact and 1 question"), (5, "heron plover", "1 fact"), (7, "heron plover osprey", "")),
    ],
)
def test_an_answer_opens_what_is_safe_and_says_how_much_waits(client: Client, seen: int, words: str, waiting: str):
    spoiled()
    page = tree(client.get("/articles/ferry/", {"seen": seen}))
    assert [word for word in ("heron", "plover", "osprey") if word in with_seen_headings(page)] == words.split()
    assert state(page) == (f"Closed until later episodes: {waiting}" if waiting else "Nothing here is closed to you.")
    assert page.css_first("#seen").attributes["value"] == str(seen)
    assert "hidden" not in page.css_first("[data-forget]").attributes


@pytest.mark.parametrize("path", ["/articles/ferry/", "/subjects/night-ferry/", "/facts/?subject=night-ferry"])
@pytest.mark.parametrize("seen", [1, 3, 5])
def test_no_word_behind_the_point_stands_outside(client: Client, path: str, seen: int):
    spoiled()
    response = client.get(f"{path}{'&' if '?' in path else '?'}seen={seen}")
    told, points = outside(tree(response)), {"heron": 3, "💀": 3, "plover": 5, "osprey": 7}
    assert [word for word, point in points.items() if point > seen and word in told] == []
    assert [word for word in points if word in str(response.headers).lower()] == []


def test_what_is_for_machines_and_for_others_is_the_same_with_every_answer(client: Client):
    spoiled()
    plain, answered = (tree(client.get(f"/articles/ferry/{query}")) for query in ("", "?seen=9"))
    assert plain.css_first("head").html == answered.css_first("head").html
    assert answered.css_first('link[rel="canonical"]').attributes["href"].endswith("/articles/ferry/")
    assert [node.text() for node in answered.css(".card-title")] == [node.text() for node in plain.css(".card-title")]


def test_the_contents_name_what_is_open_and_no_more(client: Client):
    spoiled()
    page = tree(client.get("/articles/ferry/?seen=3"))
    assert [node.text() for node in page.css("[data-title]")] == ["Openly said", "Heron dies", "Who is left"]


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense_is_no_answer(client: Client, text: str):
    spoiled()
    for path in ("/articles/ferry/?", "/subjects/night-ferry/?", "/facts/?subject=night-ferry&"):
        asked, plain = (client.get(each, follow=True) for each in (f"{path}seen={text}", path.rstrip("&?")))
        assert asked.content == plain.content, path


def test_of_a_film_it_asks_whether_it_was_seen(client: Client):
    spoiled(kind=Subject.Kind.FILM)
    page = tree(client.get("/articles/ferry/"))
    assert page.css_first(".seen-form button").text() == "I have seen this film"
    assert page.css_first('[name="seen"]').attributes["value"] == "1"
    assert state(page) == "Closed until you have seen it: 2 facts and 1 question"
    assert state(tree(client.get("/articles/ferry/?seen=1"))) == "Nothing here is closed to you."


def test_where_nothing_is_closed_nothing_is_asked(client: Client):
    make.edition(slug="open")
    first, answered = client.get("/articles/open/"), client.get("/articles/open/?seen=3")
    assert first.content == answered.content
    assert b"seen-form" not in first.content
    assert b"seen.js" not in first.content


def test_without_a_subject_nobody_can_say_how_far_they_are(client: Client):
    make.edition(subject="", cards=(make.card(spoiler_after=2),), slug="none")
    page = tree(client.get("/articles/none/?seen=4"))
    assert not page.css(".seen-form, details[open][data-safe]")


def test_rows_of_what_is_safe_have_their_own_headings(client: Client):
    spoiled()
    waiting = {"/subjects/night-ferry/?seen=3": "1 fact and 1 question", "/facts/?subject=night-ferry&seen=3": "1 fact"}
    for path, closed in waiting.items():
        page = tree(client.get(path))
        assert [" ".join(node.text().split()) for node in page.css(".fact-title")] == [
            "Openly said",
            "💀 Heron dies",
            "Who is left",
        ]
        assert state(page) == f"Closed until later episodes: {closed}"


def test_an_answer_is_about_one_subject(client: Client):
    spoiled()
    everything = client.get("/facts/?seen=9", follow=True)
    assert everything.content == client.get("/facts/").content
    page = tree(client.get("/facts/?tag=ferries&subject=night-ferry&sort=episode&seen=9"))
    form = {field.attributes["name"]: field.attributes["value"] for field in page.css('.seen-form [type="hidden"]')}
    assert form == {"tag": "ferries", "subject": "night-ferry", "sort": "episode"}
    ways = {link.attributes["href"] for link in page.css(".active-filters a, .seen-form a")}
    assert not any("seen" in way for way in ways if "subject" not in way)
    assert "./?" not in page.css_first("[data-forget]").attributes["href"]
    assert "seen" not in page.css_first("[data-forget]").attributes["href"]


@pytest.mark.usefixtures("made_anew")
def test_an_answer_costs_an_article_no_query_and_a_list_one(client: Client):
    spoiled()

    def queries(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            client.get(path)
        return len(found)

    assert queries("/articles/ferry/?seen=5") == queries("/articles/ferry/") == 3
    assert queries("/facts/?subject=night-ferry&seen=5") == queries("/facts/?subject=night-ferry") + 1
    assert queries("/subjects/night-ferry/?seen=5") == queries("/subjects/night-ferry/") + 1


@pytest.mark.slow
def test_made_up_answers_push_out_no_page_that_all_readers_get(client: Client, monkeypatch: pytest.MonkeyPatch):
    spoiled()
    monkeypatch.setattr(rendering, "_answers", Memory(rendering.make_page, 50_000, lambda page: len(page.content)))
    client.get("/articles/ferry/")
    made = []
    original = rendering.render_to_string
    monkeypatch.setattr(rendering, "render_to_string", lambda *args: made.append(args) or original(*args))
    for seen in range(1, 12):
        client.get("/articles/ferry/", {"seen": seen})
    client.get("/articles/ferry/")
    assert len(made) == 11


def test_answers_are_kept_by_address_like_every_page(client: Client):
    spoiled()
    plain, answered = client.get("/articles/ferry/"), client.get("/articles/ferry/?seen=5")
    assert plain["Cache-Control"] == answered["Cache-Control"]
    assert "Cookie" not in answered.get("Vary", "")
    assert plain["ETag"] != answered["ETag"]


def test_the_form_offers_the_answers_of_who_has_seen_nearly_all_and_all(client: Client):
    spoiled(episodes=12)
    page = tree(client.get("/articles/ferry/"))
    answers = {link.text(): link.attributes["href"] for link in page.css("[data-answer]")}
    assert answers == {"All but my next episode": "?seen=11", "Finished: open everything": "?seen=9999"}
    assert [each for each in page.css("details.spoiler") if "open" in each.attributes] == []
    finished = tree(client.get("/articles/ferry/?seen=9999"))
    assert all("open" in details.attributes for details in finished.css("details.spoiler"))
    assert "value" not in finished.css_first("#seen").attributes, "who has finished has named no episode"


def test_answers_of_a_list_keep_what_else_its_address_asks_for(client: Client):
    spoiled(episodes=12)
    link = tree(client.get("/facts/?subject=night-ferry&sort=title")).css_first('[data-answer="9999"]')
    assert set(str(link.attributes["href"]).strip("?").split("&")) == {"subject=night-ferry", "sort=title", "seen=9999"}


@pytest.mark.parametrize("episodes", [None, 1])
def test_nobody_is_one_episode_behind_where_there_is_one_or_nobody_knows(client: Client, episodes: int | None):
    spoiled(episodes=episodes)
    page = tree(client.get("/articles/ferry/"))
    assert [link.text() for link in page.css("[data-answer]")] == ["Finished: open everything"]


def test_what_is_open_can_be_closed_by_name(client: Client):
    spoiled()
    page = tree(client.get("/articles/ferry/"))
    acts = [node.text() for node in page.css(".spoiler-close")]
    assert acts == ["Close fact 2", "Close fact 3", "Close question 1"]
