"""The list of facts that are due for another look."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import drafts, proofs
from articles.desk.planning import fact_checks
from articles.models import ClaimAct, FactCard, FactCheck, ReadCount
from articles.models.read_counts import day_of
from tests import make
from tests.desk.pages import at, client, text, tree

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/facts/"


def day(number: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=number)


def live(number: int = -1, **fields) -> FactCard:
    return make.live(cards=(make.card(check_on=day(number), **fields),), faqs=0).cards.get()


@pytest.mark.slow
def test_an_editor_checks_a_fact_with_one_button():
    card, editor = live(heading="The lamp is green"), make.editor()
    browser = client(editor)
    page = tree(browser.get(LIST))
    assert [node.text(strip=True) for node in page.css(".due-facts h2")] == ["The lamp is green"]
    form = page.css_first(".due-facts form")
    sent = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")} | {"months": "6"}
    answer = browser.post(form.attributes["action"], sent, follow=True)
    assert "Checked: “The lamp is green”. Readers see today’s date" in text(answer)
    assert "No fact is due" in text(answer)
    row = FactCheck.objects.get()
    assert (row.checked_by, row.checked_on) == (editor, timezone.localdate())
    assert row.again_on == fact_checks.months_after(timezone.localdate(), 6)
    assert card.heading in text(client(editor).get(at("history", card.article)))


@pytest.mark.slow
def test_what_is_due_soon_is_apart():
    live(-1, heading="Over"), live(20, heading="Soon"), live(40, heading="Later")
    browser = client(make.editor())
    assert "Soon" not in [node.text(strip=True) for node in tree(browser.get(LIST)).css("h2")]
    soon = [node.text(strip=True) for node in tree(browser.get(f"{LIST}?when=soon")).css("h2")]
    assert soon == ["Over", "Soon"]


@pytest.mark.slow
def test_a_writer_sees_their_own_and_has_no_button():
    card = live(heading="Mine")
    live(heading="Of somebody else")
    page = tree(client(card.article.owner).get(LIST))
    assert [node.text(strip=True) for node in page.css(".due-facts h2")] == ["Mine"]
    assert not page.css(".due-facts form")
    assert client(card.article.owner).post(at("card_check", card.article, card.public_id)).status_code == 403


@pytest.mark.parametrize("months", ["", "0", "-1", "7", "1e3", "99999999999999999999", "\x00"])
def test_bad_input_changes_nothing(months):
    card = live()
    answer = client(make.editor()).post(at("card_check", card.article, card.public_id), {"months": months})
    assert answer.status_code == 400
    assert not FactCheck.objects.exists()


def test_words_that_are_public_no_more_are_a_conflict_in_words():
    card, browser = live(), client(make.editor())
    url = at("card_check", card.article, card.public_id)
    answer = browser.post(url, {"months": "6", "words": "x\x00" * 9}, headers={"accept": "application/json"})
    assert answer.status_code == 409
    assert "Other words are public" in answer.json()["sentence"]
    assert browser.post(at("card_check", card.article, "bcdfghjkmn")).status_code == 404


def test_a_look_leads_back_from_a_get():
    card = live()
    answer = client(make.editor()).get(at("card_check", card.article, card.public_id))
    assert answer.headers["Location"] == reverse("admin:articles_article_facts")


@pytest.mark.slow
def test_the_list_costs_the_same_for_two_and_for_twenty(django_assert_num_queries, django_assert_max_num_queries):
    browser = client(make.editor())
    live(), live()
    with django_assert_max_num_queries(12) as few:
        browser.get(LIST)
    for _ in range(10):
        live()
    with django_assert_num_queries(len(few)):
        browser.get(LIST)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2030, 1, 31), 1, dt.date(2030, 2, 28)),
        (dt.date(2030, 12, 31), 6, dt.date(2031, 6, 30)),
        (dt.date(2028, 1, 31), 1, dt.date(2028, 2, 29)),
        (dt.date(2030, 5, 10), 24, dt.date(2032, 5, 10)),
    ],
)
def test_months_end_on_a_day_that_there_is(start, months, end):
    assert fact_checks.months_after(start, months) == end


# --- by readers -------------------------------------------------------------------------------------------------------


@pytest.fixture
def counting(settings) -> None:
    settings.COUNT_READERS = True


def read(card: FactCard, count: int, *, days_ago: int = 0) -> None:
    today = day_of(timezone.now())
    ReadCount.objects.create(article_id=card.article_id, day=today - dt.timedelta(days=days_ago), count=count)


def headings(page) -> list[str]:
    return [node.text(strip=True) for node in page.css(".due-facts h2")]


@pytest.mark.slow
@pytest.mark.usefixtures("counting")
def test_what_is_read_most_can_come_first():
    oldest, often, long_ago = live(-30, heading="Oldest"), live(-1, heading="Often read"), live(-2, heading="Long ago")
    read(often, 7, days_ago=29), read(often, 5), read(oldest, 2), read(long_ago, 99, days_ago=30)
    browser = client(make.editor())
    by_age = tree(browser.get(LIST))
    assert headings(by_age) == ["Oldest", "Long ago", "Often read"]
    links = {node.text(strip=True): node.attributes["href"] for node in by_age.css(".planning-choice a")}
    by_readers = tree(browser.get(LIST + links["By readers"]))
    assert headings(by_readers) == ["Often read", "Oldest", "Long ago"]
    told = [" ".join(node.text().split()) for node in by_readers.css(".due-facts .desk-facts")]
    assert ["12 readers" in told[0], "2 readers" in told[1], "0 readers" in told[2]] == [True] * 3
    assert by_readers.css_first(".planning-choice a[aria-current=true]").text(strip=True) == "By readers"


def dated(name: str, again: int) -> FactCard:
    """A fact that says something that is true only for a time, to be looked at again on that day."""
    article = make.live(cards=(make.card(heading=name, body="The ferry is still open."),), faqs=0)
    card = article.cards.get()
    (said,) = proofs.dated_of(drafts.document_of(article), proofs.Acts())[f"card:{card.public_id}"]
    where = {"place": f"card:{card.public_id}", "identity": said.identity, "words": said.words}
    ClaimAct.objects.create(kind=ClaimAct.Kind.DATE, again_on=day(again), **where)
    return card


@pytest.mark.slow
@pytest.mark.usefixtures("counting")
def test_so_can_what_is_true_only_for_a_time():
    read(dated("Read", -1), 12), dated("Not read", -9)
    browser = client(make.editor())
    found = {
        order: [node.text(strip=True) for node in tree(browser.get(f"{LIST}?order={order}")).css(".due-facts h3")]
        for order in ("age", "readers")
    }
    assert found == {"age": ["Not read", "Read"], "readers": ["Read", "Not read"]}


@pytest.mark.usefixtures("counting")
def test_a_look_leads_back_to_the_order_it_came_from():
    card, browser = live(), client(make.editor())
    form = tree(browser.get(f"{LIST}?when=soon&order=readers")).css_first(".due-facts form")
    sent = {field.attributes["name"]: field.attributes["value"] for field in form.css("input")} | {"months": "6"}
    assert sent["order"] == "readers"
    assert browser.post(at("card_check", card.article, card.public_id), sent)["Location"] == (
        f"{LIST}?when=soon&order=readers"
    )


@pytest.mark.slow
@pytest.mark.usefixtures("counting")
@pytest.mark.parametrize("order", ["", "x" * 5000, "\x00", "readers' --", "count"])
def test_an_order_that_is_none_is_that_by_age(order: str):
    live(-1, heading="Younger"), live(-9, heading="Older")
    page = tree(client(make.editor()).get(LIST, {"order": order}))
    assert headings(page) == ["Older", "Younger"]


@pytest.mark.slow
def test_a_site_that_counts_nobody_offers_no_such_order():
    read(live(-1, heading="Younger"), 9), live(-9, heading="Older")
    answer = client(make.editor()).get(f"{LIST}?order=readers")
    assert headings(tree(answer)) == ["Older", "Younger"]
    assert "By readers" not in text(answer)
    assert "readers of the article" not in text(answer)


@pytest.mark.slow
@pytest.mark.usefixtures("counting")
@pytest.mark.parametrize("order", ["age", "readers"])
def test_many_facts_cost_as_many_queries_as_one(order: str):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client(editor).get(f"{LIST}?order={order}")
        return len(queries)

    editor = make.editor()
    read(live(), 3)
    cost()
    few = cost()
    for _ in range(8):
        read(live(), 3)
    assert cost() == few


@pytest.mark.slow
@pytest.mark.parametrize("counts", [True, False])
def test_an_article_says_how_many_read_it_lately(settings, counts: bool):
    settings.COUNT_READERS = counts
    card = live()
    read(card, 12), read(card, 30, days_ago=7), read(card, 99, days_ago=40)
    page = text(client(make.editor()).get(at("change", card.article)))
    assert ("42 readers in 30 days" in page) == counts


@pytest.mark.usefixtures("counting")
def test_a_draft_says_nothing_of_readers():
    assert "in 30 days" not in text(client(make.editor()).get(at("change", make.article())))
