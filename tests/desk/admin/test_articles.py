"""The list of articles, a new one, the outline, deleting: by role, and with flat queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles import drafts, publishing, states, workflow
from articles.desk.routes import ARTICLE_ROUTES
from articles.models import Article, Edition, History
from articles.states import STATUS_LABELS, Status
from tests import make
from tests.desk.pages import at, client, sent_unchanged, text, tree

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/article/"


def queries(browser, url: str) -> int:
    browser.get(url)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def titles(browser, query: str = "") -> set[str]:
    return {link.text(strip=True) for link in tree(browser.get(LIST + query)).css("#result_list .field-title a")}


def addresses(article: Article) -> list[str]:
    """Every page below an article, with ids that exist."""
    told = {
        "public_id": {
            **dict.fromkeys(("card", "use", "uses"), article.cards.first().public_id),
            "faq": article.faqs.first().public_id,
        },
        "pk_of_comment": article.comments.first().pk,
        "part": 1,
        "event": 1,
        "mention": 1,
        "number": 1,
        "name": "submit",
        "place": "introduction",
        "version": 1,
        "link": 1,
    }
    found = []
    for below, _view, name, _told in ARTICLE_ROUTES:
        values = {
            key: told[key][name.split("_")[0]] if key == "public_id" else told[key]
            for key in told
            if f":{key}>" in below
        }
        found.append(reverse(f"admin:articles_article_{name}", kwargs={"pk": article.pk, **values}))
    return found


@pytest.fixture
def article() -> Article:
    article = make.handed_in()
    workflow.comment(article, "Really?", by=make.editor())
    return article


@pytest.mark.slow
def test_every_page_of_an_article_asks_who_is_there(article):
    nobody, other, staff = client(None), client(make.writer()), client(make.user(role=None, is_superuser=False))
    for url in [*addresses(article), LIST, f"{LIST}add/", f"{LIST}import/"]:
        response = nobody.get(url)
        assert (response.status_code, "/admin/login/" in response.headers["Location"]) == (302, True), url
        assert staff.get(url).status_code == 302, "an account without the desk"
    for url in addresses(article):
        assert {other.get(url).status_code, other.post(url).status_code} <= {403, 405}, url
        assert 403 in (other.get(url).status_code, other.post(url).status_code), url


@pytest.mark.slow
def test_a_colleague_without_any_role_opens_nothing(article):
    bare = make.user(role=None)
    bare.is_staff = True
    bare.save()
    for url in [*addresses(article), LIST, f"{LIST}add/", f"{LIST}import/"]:
        assert 403 in (client(bare).get(url).status_code, client(bare).post(url).status_code), url


@pytest.mark.slow
def test_owner_editor_and_admin_open_every_page(article):
    editor, admin = client(make.editor()), client(make.admin())
    for url in addresses(article):
        is_for_editors = url.endswith(
            (
                "/template/",
                "/review/take/",
                "/review/release/",
                "/check/",
                "/event/1/",
                "/decide/",
                "/review-links/",
                "/revoke/",
                "/offered/",
            )
        )
        for browser in (editor, admin) if is_for_editors else (client(article.owner), editor, admin):
            assert browser.get(url).status_code in (200, 302, 405, 409), url


@pytest.mark.slow
def test_an_unknown_article_is_not_found(article):
    for url in addresses(article):
        gone = url.replace(f"/article/{article.pk}/", "/article/99999999999999999999999/")
        browser = client(make.editor())
        assert {browser.get(gone).status_code, browser.post(gone).status_code} <= {404, 405}, gone


# --- a new one, and its end -------------------------------------------------------------------------------------------


def test_a_title_is_enough():
    writer = make.writer()
    byline = make.author(name="Byline", user=writer)
    response = sent_unchanged(client(writer), f"{LIST}add/", title="사실 모음")
    article = Article.objects.get()
    assert response.headers["Location"] == at("change", article)
    assert (article.owner, article.slug, list(article.authors.all())) == (writer, "사실-모음", [byline])
    assert sent_unchanged(client(writer), f"{LIST}add/", title="").status_code == 400


def test_a_draft_is_deleted_after_a_question():
    article = make.article()
    url = at("delete", article)
    assert article.title in text(client(article.owner).get(url))
    assert client(article.owner).post(url).status_code == 302
    assert not Article.objects.exists()
    assert History.objects.filter(act="delete").exists()


def test_what_was_ever_public_is_not_deleted():
    article = make.live()
    workflow.make(states.TAKE_DOWN, article, by=make.editor(), note="x")
    response = client(make.admin()).post(at("delete", article))
    assert response.status_code == 409
    assert "taken down, not deleted" in text(response)
    assert Article.objects.exists()


def test_nothing_is_deleted_from_the_list():
    article = make.article()
    response = client(make.admin()).post(
        LIST, {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    )
    assert response.status_code in (200, 302)
    assert Article.objects.exists()


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_writers_see_their_own_and_editors_all():
    mine, other = make.article(title="Mine"), make.article(title="Other")
    assert titles(client(mine.owner)) == {"Mine"}
    editor = make.editor()
    assert titles(client(editor)) == {"Mine", "Other"}
    drafts.create(make.document(title="The editor's"), by=editor)
    assert titles(client(editor), "?own=yes") == {"The editor's"}
    assert titles(client(other.owner), "?own=yes") == {"Other"}
    assert titles(client(editor), "?q=oth") == {"Other"}


@pytest.mark.slow
def test_the_list_narrows_by_status():
    editor = make.editor()
    make.article(title="A draft")
    make.handed_in(title="In review")
    outrun = make.approved(title="Outrun")
    make.approved(title="Approved")
    drafts.add_card(outrun, by=outrun.owner)
    browser = client(editor)
    assert titles(browser, "?status=in-review") == {"In review"}
    assert titles(browser, "?status=approved") == {"Approved"}
    assert titles(browser, "?status=draft") == {"A draft", "Outrun"}
    choices = [
        link.text(strip=True) for link in tree(browser.get(LIST)).css("#changelist-filter details:first-of-type a")
    ]
    assert choices == ["All", *(STATUS_LABELS[status] for status in Status)]
    assert "In review (1)" in text(browser.get(LIST))
    assert "In review (1)" not in text(client(make.writer()).get(LIST))


@pytest.mark.slow
def test_the_list_narrows_by_what_readers_see():
    editor = make.editor()
    make.article(title="Never")
    make.live(title="Live")
    changed = make.live(title="Changed")
    drafts.add_card(changed, by=changed.owner)
    down = make.live(title="Down")
    workflow.make(states.TAKE_DOWN, down, by=editor, note="x")
    waiting = make.approved(title="Waiting")
    workflow.make(states.SCHEDULE, waiting, by=editor, change=waiting.change, at=timezone.now() + dt.timedelta(hours=1))
    browser = client(editor)
    found = {name: titles(browser, f"?public={name}") for name in ("never", "live", "changed", "taken-down", "waiting")}
    assert found == {
        "never": {"Never", "Waiting"},
        "live": {"Live", "Changed"},
        "changed": {"Changed"},
        "taken-down": {"Down"},
        "waiting": {"Waiting"},
    }
    words = {
        row.css_first(".field-title").text(strip=True): row.css_first(".field-public_words").text(strip=True)
        for row in tree(browser.get(LIST)).css("#result_list tbody tr")
    }
    assert "changed since" in words["Changed"]
    assert "Taken down since" in words["Down"]
    assert words["Never"] == "Never public"
    assert "To be published on" in words["Waiting"]


@pytest.mark.slow
def test_a_filter_with_nonsense_shows_everything_or_nothing_but_no_error():
    make.article()
    for query in ("?status=x", "?public=x", "?own=x", "?subject__id__exact=x", "?p=999", "?o=99", "?x=1"):
        assert client(make.editor()).get(LIST + query).status_code in (200, 302), query


@pytest.mark.slow
def test_the_list_costs_the_same_for_two_and_for_twenty_articles():
    browser = client(make.editor())
    for _ in range(2):
        make.live()
    few = queries(browser, LIST)
    for _ in range(18):
        make.live()
    assert queries(browser, LIST) == few <= 14


# --- the outline ------------------------------------------------------------------------------------------------------


def test_the_outline_shows_every_part_and_what_is_lacking():
    article = make.article(
        cards=(make.card(heading="First", emoji="🚢", tags=("a", "b"), spoiler_after=3), make.card(heading="", body=""))
    )
    page = tree(client(article.owner).get(at("change", article)))
    lines = page.css("[data-outline=cards] > li")
    assert "First" in lines[0].text()
    assert "2 tags" in lines[0].text()
    assert "after episode 3" in lines[0].text()
    assert "nothing written yet" in lines[1].text()
    second = at("card", article, article.cards.last().public_id)
    assert [link.attributes["href"] for link in page.css(".problems a")] == [second, second]
    assert page.css(".advice li")
    assert page.css_first("h1").text(strip=True) == article.title


@pytest.mark.slow
def test_every_problem_leads_to_a_page_that_opens():
    writer = make.writer()
    empty = drafts.create(
        make.document(cards=0, faqs=(make.faq(question="", answer=""),), subject="", authors=()), by=writer
    )
    browser = client(writer)
    links = tree(browser.get(at("change", empty))).css(".problems a, .advice a")
    assert len(links) >= 4
    for link in links:
        assert browser.get(link.attributes["href"]).status_code == 200


def test_an_archived_article_offers_no_editing():
    article = make.article()
    workflow.make(states.ARCHIVE, article, by=make.editor())
    page = tree(client(article.owner).get(at("change", article)))
    assert not page.css(f'a[href="{at("details", article)}"], .steps button')


@pytest.mark.slow
@pytest.mark.parametrize("name", ["change", "order", "preview", "comments"])
def test_a_page_costs_the_same_for_ten_and_for_two_hundred_cards(name):
    short = make.live(cards=tuple(make.card(tags=("a",)) for _ in range(10)))
    long = make.live(owner=short.owner, cards=tuple(make.card(tags=("a", "b")) for _ in range(200)))
    for article in (short, long):
        workflow.comment(article, "Hm", by=article.owner, place=f"card:{article.cards.first().public_id}")
    browser = client(short.owner)
    few = queries(browser, at(name, short))
    assert queries(browser, at(name, long)) == few <= 24


@pytest.mark.slow
def test_saving_a_card_costs_the_same_for_ten_and_for_two_hundred_cards():
    counts = []
    for total in (10, 200):
        article = make.article(cards=total)
        browser, url = client(article.owner), at("card", article, article.cards.first().public_id)
        sent_unchanged(browser, url, body="Warm")
        form = browser.get(url)
        assert form.status_code == 200
        with CaptureQueriesContext(connection) as seen:
            assert sent_unchanged(browser, url, body="Words").status_code == 302
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.slow
def test_the_page_of_a_live_article_leads_to_it():
    article = make.live()
    links = [link.attributes["href"] for link in tree(client(article.owner).get(at("change", article))).css("a")]
    assert reverse("article", args=[article.slug]) in links
    publishing.take_down(article)
    assert Edition.objects.count() == 2
    links = [link.attributes["href"] for link in tree(client(article.owner).get(at("change", article))).css("a")]
    assert reverse("article", args=[article.slug]) not in links


@pytest.mark.slow
def test_pages_carry_no_script_or_style_of_their_own(article):
    browser = client(make.editor())
    for url in [*addresses(article), LIST, f"{LIST}add/", f"{LIST}import/", f"{LIST}checks/"]:
        response = browser.get(url)
        if response.status_code in (302, 405) or not response.headers["Content-Type"].startswith("text/html"):
            continue
        page = tree(response)
        assert not page.css("[maxlength]"), f"{url}: a browser cuts there what is pasted, and nobody sees it"
        assert not page.css("[style], style, [onclick], [onchange], script:not([src])"), url
        ids = [node.attributes["id"] for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), f"{url}: an id stands twice"
        for label in page.css("label[for]"):
            assert label.attributes["for"] in ids, url
        assert len(page.css("h1")) == 1, url
