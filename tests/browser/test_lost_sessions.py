"""Nothing written into a form of the desk is lost: signed out meanwhile, no network, a closed tab, a step back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Visitor

IMPORT = "/admin/articles/article/import/"
LIST = """Ships

1. The first ship

Ada built it.

2. The second ship

Bob sank it.

3. The third

Sora sold it."""


def first_of(page: Page, model: str) -> str:
    page.goto(f"{page.url.split('/admin/')[0]}/admin/articles/{model}/")
    return page.locator("#result_list tbody th a").first.get_attribute("href")


def an_article(page: Page) -> str:
    """A new one: those of the list are other stories', and may be archived or locked by now."""
    page.goto(f"{page.url.split('/admin/')[0]}/admin/articles/article/add/")
    page.get_by_label("Title").fill("Soon in the archive")
    page.get_by_role("button", name="Create the article").click()
    page.wait_for_url("**/change/")
    return page.url.split("change/")[0].removeprefix(page.url.split("/admin/")[0])


def a_note(page: Page) -> str:
    """Of a move."""
    return f"{an_article(page)}moves/archive/"


#: Each kind of form: where it is, the label of a field, and the button that sends it.
FORMS = {
    "subject": (lambda page: first_of(page, "subject"), "Name in its own script:", "Save"),
    "tag": (lambda page: first_of(page, "tag"), "Description:", "Save"),
    "author": (lambda page: first_of(page, "author"), "About:", "Save"),
    "picture": (lambda page: first_of(page, "picture"), "Credit:", "Save"),
    "page of the site": (lambda _page: "/admin/articles/sitepage/about/change/", "Title", "Save"),
    "comment": (lambda page: f"{an_article(page)}comments/", "comment", "Comment"),
    "move": (a_note, "Note (may stay empty)", "Archive"),
    "card": (lambda page: f"{an_article(page)}cards/add/", "Heading", "Save"),
    "new subject": (lambda _page: "/admin/articles/subject/add/", "Name:", "Save"),
}
WORDS = "Written while nobody was signed in"


def field(page: Page, label: str):
    return page.locator("#content form").get_by_label(label, exact=True)


def sign_in(page: Page, name: str = "admin") -> None:
    page.get_by_label(re.compile("^Username")).fill(name)
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def reopened(person: Visitor, path: str) -> Page:
    """The tab is closed; another is opened, signed in, at the same page."""
    person.page.close()
    person.page = page = person.context.new_page()
    page.goto(person.site(f"/admin/login/?next={path}"))
    sign_in(page)
    page.wait_for_url(f"**{path}*")
    return page


@pytest.fixture
def boss(visitor) -> Visitor:
    person = visitor()
    person.sign_in("admin")
    return person


@pytest.mark.parametrize("kind", FORMS)
def test_what_is_sent_after_the_session_has_ended_is_back_and_can_be_sent(boss: Visitor, kind: str):
    where, label, send = FORMS[kind]
    path = where(boss.page)
    page = boss.open(path)
    field(page, label).fill(WORDS)
    boss.context.clear_cookies()
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.get_by_text("You are signed out, so nothing was sent.")).to_be_visible()
    expect(field(page, label)).to_have_value(WORDS)

    page = reopened(boss, path)
    expect(page.get_by_text("was not sent. It is back in the form.")).to_be_visible()
    expect(field(page, label)).to_have_value(WORDS)
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()
    page.goto(boss.site(path))
    expect(page.get_by_text("It is back in the form.")).to_have_count(0)
    kept = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('fanguide:desk:'))")
    assert kept == [], "what is saved is stored no longer"


def test_one_signs_in_in_another_tab_and_sends_from_the_first(boss: Visitor):
    page = boss.open(first_of(boss.page, "tag"))
    field(page, "Description:").fill("Sent after signing in again.")
    boss.context.clear_cookies()
    page.get_by_role("button", name="Save", exact=True).click()
    with boss.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(opened.value)
    opened.value.wait_for_url("**/admin/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_somebody_elses_session_takes_nothing(boss: Visitor):
    page = boss.open(first_of(boss.page, "tag"))
    field(page, "Description:").fill("By the first.")
    boss.context.clear_cookies()
    other = boss.context.new_page()
    other.goto(boss.site("/admin/login/?next=/admin/"))
    sign_in(other, "editor")
    other.wait_for_url("**/admin/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Another account has signed in here meanwhile")).to_be_visible()


def test_without_a_network_nothing_is_sent_and_nothing_lost(boss: Visitor):
    page = boss.open(first_of(boss.page, "author"))
    field(page, "About:").fill("Written on a train.")
    boss.context.set_offline(True)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("There is no connection to the site.")).to_be_visible()
    expect(field(page, "About:")).to_have_value("Written on a train.")
    boss.context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_leaving_asks_and_a_step_back_leads_to_a_page_with_the_words(boss: Visitor):
    page = boss.open("/admin/articles/subject/add/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    field(page, "Year:").fill("99999")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").first).to_be_visible()
    assert asked == [], "sending is no leaving"
    page.get_by_role("link", name="Tags").first.click()
    page.wait_for_url("**/tag/")
    assert asked == ["beforeunload"]
    page.go_back()
    expect(field(page, "Year:")).to_have_value("99999")
    expect(page.get_by_text("It is back in the form.")).to_be_visible()
    page.get_by_role("button", name="Discard it").click()
    expect(field(page, "Year:")).to_have_value("")


def test_an_import_with_its_roles_outlives_the_session_and_a_step_back(boss: Visitor):
    page = boss.open(IMPORT)
    page.get_by_label(re.compile("text itself")).fill(LIST)
    page.get_by_role("button", name="Import", exact=True).click()
    role = page.get_by_label("Role of block 2", exact=True)
    role.select_option("introduction")
    expect(page.locator("#block-2")).to_contain_text("Introduction")
    page.get_by_label("title", exact=True).fill("Ships of ours")
    boss.context.clear_cookies()
    page.get_by_role("button", name="Create draft").click()
    expect(page.get_by_text("You are signed out, so nothing was sent.")).to_be_visible()

    page = reopened(boss, IMPORT)
    expect(page.get_by_text("You were importing “Ships of ours”.")).to_be_visible()
    page.get_by_role("button", name="Go on with it").click()
    expect(page.get_by_label("Role of block 2", exact=True)).to_have_value("introduction")
    expect(page.get_by_label("title", exact=True)).to_have_value("Ships of ours")

    page.goto(boss.site("/admin/"))
    page.go_back()  # to what was only an answer to a form
    page.get_by_role("button", name="Go on with it").click()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    boss.open(IMPORT)
    expect(page.get_by_text("You were importing")).to_have_count(0)


def test_a_reply_that_is_refused_is_a_page_to_come_back_to(boss: Visitor):
    page = boss.open(f"{an_article(boss.page)}comments/")
    field(page, "comment").fill("A first remark.")
    page.get_by_role("button", name="Comment", exact=True).click()
    page.get_by_text("Reply", exact=True).first.click()
    page.get_by_label("Your reply").first.fill("x" * 6000)
    page.get_by_role("button", name="Send the reply").first.click()
    expect(page.locator(".errornote")).to_be_visible()
    page.goto(boss.site("/admin/"))
    page.go_back()
    expect(page).to_have_url(re.compile("/comments/$"))
    expect(page.get_by_label("Your reply").first).to_have_value("x" * 6000)


def test_ticks_of_one_search_do_not_go_with_the_next(boss: Visitor):
    page = boss.open("/admin/articles/article/replace/?find=the&by=that")
    page.locator("[name=place]").first.uncheck()
    page = boss.open("/admin/articles/article/replace/?find=of&by=from")
    expect(page.locator("form[method=post] [name=find]")).to_have_value("of")
    expect(page.get_by_text("It is back in the form.")).to_have_count(0)


def test_a_note_for_some_articles_does_not_take_them_along_to_the_next(boss: Visitor):
    def choose(row: int) -> str:
        page = boss.open("/admin/articles/article/")
        box = page.locator("[name=_selected_action]").nth(row)
        box.check()
        page.locator("[name=action]").select_option(label="Archive")
        page.get_by_role("button", name="Go").click()
        expect(page.get_by_label("Note")).to_be_visible()
        expect(page.get_by_text("It is back in the form.")).to_have_count(0)
        return page.locator("[name=_selected_action]").input_value()

    first = choose(0)
    boss.page.get_by_label("Note").fill("Not sent after all.")
    assert choose(1) != first
