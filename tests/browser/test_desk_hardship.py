"""What goes wrong between a desk and its server: lost answers, new facts without a network, another account."""

from pathlib import Path

from playwright.sync_api import Route, expect

from tests.browser.conftest import PASSWORD
from tests.browser.desk import add_fact, body_of, headings, lines, new_article, ready, saved, words_of, write
from tests.browser.test_text_tools import paste

CLIPBOARD = Path(__file__).resolve().parent.parent / "data" / "clipboard"


def test_pasted_words_are_cleaned_mended_and_saved(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Pasted")
    line = add_fact(page, "🧑⚕️ A doctor watches the set")  # the emoji lost its joiner on the way
    body_of(line).focus()
    paste(page, "", (CLIPBOARD / "word.html").read_text(encoding="utf-8"))
    expected = (CLIPBOARD / "word.md").read_text(encoding="utf-8").strip()
    expect(words_of(line)).to_have_value(expected)
    page.get_by_role("button", name="Open all").focus()
    saved(page)
    expect(line.locator("[name=emoji]")).to_have_value("🧑‍⚕️")
    page.reload()
    ready(page)
    lines(page).first.locator("[data-open]").click()
    expect(lines(page).first.get_by_label("Heading", exact=True)).to_have_value("A doctor watches the set")
    expect(words_of(lines(page).first)).to_have_value(expected)


def test_an_answer_that_is_lost_is_no_conflict_with_oneself(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Lost answers")
    line = add_fact(page, "A fact", "One")
    saved(page)

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/cards/*/", lose_the_answer)
    write(body_of(line), "One two")
    expect(page.locator("[data-save-status]")).to_contain_text("no connection")
    write(body_of(line), "One two three")
    page.unroute("**/cards/*/")
    saved(page)
    expect(page.locator("[data-conflict]")).to_have_count(0)

    # A new fact between two others, written without a network, keeps its place when the page is closed on it.
    add_fact(page, "The last fact")
    saved(page)
    mina.context.set_offline(True)
    lines(page).nth(0).get_by_label("Heading", exact=True).press("Control+Enter")
    lines(page).nth(1).get_by_label("Heading", exact=True).fill("In between")
    expect(page.locator("[data-save-status]")).to_contain_text("no connection")
    url = page.url
    page.close()
    mina.context.set_offline(False)
    page = mina.page = mina.context.new_page()
    page.goto(url)
    ready(page)
    expect(lines(page)).to_have_count(3)
    saved(page)
    assert headings(page) == ["A fact", "In between", "The last fact"]


def test_nothing_is_saved_under_the_name_of_whoever_signed_in_meanwhile(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Two accounts, one browser")
    line = add_fact(page, "A fact", "By Mina.")
    saved(page)
    contents = page.url.split("?")[0].replace("/change/", "/contents/")
    door = mina.context.new_page()
    door.goto(page.url)
    door.get_by_role("button", name="Log out").click()
    door.get_by_role("link", name="Log in again").click()
    door.get_by_label("Username").fill("editor")
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Log in").click()
    write(body_of(line), "By Mina, still.")
    expect(page.locator("[data-notices]")).to_contain_text("Another account is signed in")
    expect(page.locator("[data-save-status]")).to_contain_text("kept on this device")
    told = door.request.get(contents, headers={"Accept": "application/json"}).json()
    assert "By Mina, still." not in str(told["parts"])
