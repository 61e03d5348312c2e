"""An editor rules on a contradiction; it is open again when one of the sentences changes."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, new_article, saved

ALL = "/admin/articles/article/contradictions/"
TITLE = "Facts that quarrel about the ferry"


def choose_subject(anna: Visitor, name: str) -> None:
    page = anna.page
    address = page.url
    page.goto(address.replace("change/", "details/"))
    page.get_by_label("Subject").select_option(label=name)
    page.locator("form:has([name=title])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/change/**")


def test_a_contradiction_is_ruled_on_and_opens_again_when_a_sentence_changes(visitor):
    anna = visitor()
    anna.sign_in("editor")
    page = new_article(anna, TITLE)
    choose_subject(anna, "Signal")
    add_fact(page, "A success", "It ranked in the Top 10 across 126 countries.")
    add_fact(page, "The same success", "It ranked in the Top 10 across 127 countries.")
    saved(page)
    board = page.url

    anna.open("/admin/")
    page.locator(".desk-section-contradictions").get_by_role("link", name="126 countries / 127 countries").click()
    entry = page.locator(".contradictions > li", has_text="126 countries")
    expect(entry.locator(".contradiction-side")).to_have_count(2)
    entry.get_by_label("All of them are true, because …").check()
    entry.get_by_role("button", name="Decide").click()
    expect(entry.get_by_role("alert")).to_contain_text("Say why all of them are true")
    entry.get_by_label("Reason").fill("One list counts a day more.")
    entry.get_by_role("button", name="Decide").click()
    expect(page.locator(".messagelist")).to_contain_text("asked again only when one of the sentences changes")
    expect(page.locator(".contradictions > li", has_text="126 countries")).to_have_count(0)
    page.get_by_role("link", name="Settled").click()
    expect(page.locator(".contradictions > li", has_text="126 countries")).to_contain_text(
        "One list counts a day more."
    )

    page.goto(board)
    address = page.locator("[data-outline=cards] > li [data-open]").first.get_attribute("href")
    assert address
    anna.open(address)
    words = page.locator("textarea[name=body]")
    words.evaluate("(box, text) => { box.value = text; }", "It ranked in the Top 10 across 128 countries.")
    page.locator("form:has(textarea[name=body])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/change/**")
    anna.open(ALL)
    entry = page.locator(".contradictions > li", has_text="128 countries")
    expect(entry).to_contain_text("Decided earlier, of other sentences:")
    entry.get_by_label("“127 countries” is right").check()
    entry.get_by_role("button", name="Decide").click()
    page.get_by_role("link", name="To be corrected").click()
    expect(page.locator(".contradictions > li", has_text="128 countries")).to_contain_text("to be corrected")
