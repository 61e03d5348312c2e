"""Comments and suggestions on the desk: the plain page, the answers for scripts, what is refused, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import drafts, states, workflow
from articles.models import Article, Comment
from tests import make
from tests.desk.pages import JSON, at, client, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

BODY = "The ferry has twelve lamps. The captain lights twelve lamps at dusk."


@pytest.fixture
def article() -> Article:
    return make.article(cards=(make.card(heading="Lamps", body=BODY), make.card()), faqs=1)


@pytest.fixture
def editors():
    return client(make.editor(name="edda"))


def place(article: Article) -> str:
    return f"card:{article.cards.get(position=1).public_id}"


def words(article: Article, **more: object) -> dict[str, object]:
    return {"place": place(article), "field": "body", "quoted": "twelve lamps", "text": "Really?", **more}


def listed(browser, article: Article) -> dict:
    return browser.get(at("comments", article), **JSON).json()


@pytest.mark.slow
def test_a_script_writes_answers_and_resolves_and_lists_what_stands_where(article, editors):
    start = BODY.rindex("twelve")
    added = editors.post(at("comments", article), words(article, start=start), **JSON)
    pk = added.json()["id"]
    writers = client(article.owner)
    assert writers.post(at("reply", article, pk), {"text": "Yes."}, **JSON).json()["thread"] == pk
    (thread,) = listed(writers, article)["threads"]
    assert (thread["place"], thread["field"], thread["start"], thread["stop"]) == (
        place(article),
        "body",
        start,
        start + 12,
    )
    assert "Really?" in thread["html"]
    assert "Yes." in thread["html"]
    assert "whole article" not in thread["html"]
    pulse = writers.post(at("pulse", article), **JSON).json()["remarks"]
    assert pulse == listed(writers, article)["stamp"]
    writers.post(at("resolve", article, pk), **JSON)
    assert not listed(writers, article)["threads"][0]["open"]
    assert writers.post(at("pulse", article), **JSON).json()["remarks"] != pulse


def test_people_who_may_be_mentioned_are_listed(article, editors):
    make.writer(name="stranger")
    people = [person["name"] for person in listed(editors, article)["people"]]
    assert article.owner.username in people
    assert "stranger" not in people
    assert "edda" not in people


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": "x" * 100_000}, "Keep it to 5000 characters"),
        ({"text": " "}, "Write something"),
        ({"quoted": "thirteen lamps"}, "do not stand there"),
        ({"quoted": "x" * 501}, "at most 500"),
        ({"place": "card:bcdfghjkmn"}, "Select a valid choice"),
        ({"start": "-1"}, "greater than or equal"),
        ({"start": "9" * 30}, "less than or equal"),
        ({"field": "x" * 21}, "20 characters"),
        ({"suggests": "on", "suggested": "twelve lamps"}, "stand there already"),
        ({"suggests": "on", "suggested": "x", "quoted": "", "field": ""}, "Copy the words"),
    ],
)
def test_what_is_refused_has_a_status_and_a_sentence(article, editors, change, sentence):
    for options in (JSON, {}):
        response = editors.post(at("comments", article), words(article, **change), **options)
        assert response.status_code == 400
        said = response.json()["sentence"] if options else text(response)
        assert sentence in said
    assert not Comment.objects.exists()


@pytest.mark.slow
def test_who_may_not_is_told_so(article):
    remark = workflow.suggest(article, "eleven", by=make.editor(), place=place(article), field="body", quoted="twelve")
    for name in ("reply", "resolve", "take", "decline"):
        url = at(name, article, remark.pk)
        assert client(make.writer()).post(url, {"text": "x"}, **JSON).status_code == 403
        assert client(None).post(url, {"text": "x"}, **JSON).status_code == 401
        assert client(make.editor()).post(at(name, make.article(), remark.pk), {"text": "x"}, **JSON).status_code == 404
    assert client(make.writer()).get(at("comments", article), **JSON).status_code == 403
    assert client(None).get(at("comments", article), **JSON).json()["sentence"]
    assert Comment.objects.count() == 1


@pytest.mark.slow
def test_the_plain_page_suggests_takes_and_declines(article, editors):
    sent = {"place": place(article), "quoted": "The captain lights", "text": "Shorter.", "suggests": "on"}
    assert sent_unchanged(editors, at("comments", article), suggested="She lights", **sent).status_code == 302
    remark = Comment.objects.get()
    writers = client(article.owner)
    page = tree(writers.get(at("comments", article)))
    assert [node.text() for node in page.css(".thread del, .thread ins")] == ["The captain", "She"]
    writers.post(at("take", article, remark.pk))
    assert article.cards.get(position=1).body == "The ferry has twelve lamps. She lights twelve lamps at dusk."
    assert "suggested by edda" in text(writers.get(at("history", article)))
    other = workflow.suggest(article, "", by=make.editor(), place=place(article), field="body", quoted=" at dusk")
    writers.post(at("decline", article, other.pk), {"text": "It is at dusk."})
    assert "It is at dusk." in text(writers.get(at("comments", article)))
    assert "Declined by" in text(writers.get(at("comments", article)))


@pytest.mark.slow
def test_words_that_are_gone_and_a_part_that_is_gone_are_said(article, editors):
    remark = workflow.comment(article, "Why?", by=make.editor(), place=place(article), quoted="twelve lamps. The")
    workflow.suggest(article, "tall ferry", by=make.editor(), place=place(article), field="body", quoted="ferry")
    assert editors.get(at("comments", article)).content.decode().count("Take it") == 1
    sent_unchanged(client(article.owner), at("card", article, place(article)[5:]), body="Nothing.")
    said = text(editors.get(at("comments", article)))
    assert said.count("The words it was about are gone.") == 2
    assert "twelve lamps. The" in said
    assert "Take it" not in said
    card = article.cards.get(position=1)
    drafts.delete_card(card, token=drafts.token(drafts.card_value(card)), by=article.owner)
    assert "on “Lamps”, which is gone" in text(editors.get(at("comments", article)))
    assert {thread["place"] for thread in listed(editors, article)["threads"]} == {""}
    assert remark.pk in {thread["id"] for thread in listed(editors, article)["threads"]}


def test_a_script_has_to_know_that_taking_ends_an_approval():
    article = make.approved(cards=1)
    where = place(article)
    remark = workflow.suggest(article, "Look", by=make.editor(), place=where, field="body", quoted="Count them")
    writers, url = client(article.owner), at("take", article, remark.pk)
    answer = writers.post(url, **JSON)
    assert (answer.status_code, answer.json()["lapses"]) == (409, True)
    assert writers.post(url, {"lapse": "yes"}, **JSON).json()["change"] == article.change + 1


@pytest.mark.slow
def test_lists_cost_the_same_for_one_and_for_sixty_comments(article, editors):
    def cost(options: dict) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert editors.get(at("comments", article), **options).status_code == 200
        return len(seen)

    def add(times: int) -> None:
        for _ in range(times):
            remark = workflow.comment(article, "@edda?", by=article.owner, place=place(article), quoted="twelve")
            workflow.comment(article, "So.", by=article.owner, parent=remark)
            workflow.suggest(article, "x", by=article.owner, place=place(article), field="body", quoted="lamps")

    add(1)
    few = [cost(options) for options in (JSON, {})]
    add(19)
    assert [cost(options) for options in (JSON, {})] == few
    assert max(few) <= 18


# --- before a move ----------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_move_asks_about_what_is_open_and_again_when_more_came(article):
    writers, url = client(article.owner), at("move", article, "submit")
    workflow.comment(article, "Why twelve?", by=make.editor(name="ines"))
    page = text(writers.get(url))
    assert "Still open: 1 comment" in page
    assert "ines: Why twelve?" in page
    assert "Say that you go on" in text(writers.post(url, {}))
    was = workflow.open_remarks_of(article).key
    workflow.comment(article, "And why lamps?", by=make.editor())
    workflow.resolve(article.comments.first(), by=article.owner)
    assert writers.post(url, {f"despite_{was}": "on"}).status_code == 400, "as many are open, but others"
    assert writers.post(url, {f"despite_{workflow.open_remarks_of(article).key}": "on"}).status_code == 302
    assert "Still open" not in text(client(make.editor()).get(at("move", article, "send-back")))


def test_where_the_site_refuses_there_is_nothing_to_tick(article, settings):
    settings.OPEN_REMARKS = "refuse"
    remark = workflow.comment(article, "Why?", by=make.editor())
    writers, url = client(article.owner), at("move", article, "submit")
    assert not tree(writers.get(url)).css("[name^=despite]")
    answer = writers.post(url, {f"despite_{workflow.open_remarks_of(article).key}": "on"})
    assert answer.status_code == 409
    assert "Still open: 1 comment. See to them first." in text(answer)
    workflow.resolve(remark, by=article.owner)
    assert writers.post(url, {}).status_code == 302
    assert Article.objects.get(pk=article.pk).effective_status is states.Status.IN_REVIEW
