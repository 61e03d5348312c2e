"""What a writer does on the desk, for the stories that play there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor

PAUSE = 15_000  # milliseconds: autosave waits for a pause of 1.2 seconds, but machines may be slow


def new_article(person: Visitor, title: str) -> Page:
    page = person.open("/admin/articles/article/add/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Create the article").or_(page.locator("#content form [type=submit]")).first.click()
    page.wait_for_url("**/change/")
    ready(page)
    return page


def ready(page: Page) -> None:
    """The parts have come, and the desk says how things stand."""
    expect(page.locator("[data-save-status]")).not_to_be_empty(timeout=PAUSE)


def saved(page: Page) -> None:
    expect(page.locator("[data-save-status]")).to_contain_text("Everything is saved", timeout=PAUSE)


def lines(page: Page, items: str = "cards") -> Locator:
    return page.locator(f"[data-outline={items}] > li")


def headings(page: Page, items: str = "cards") -> list[str]:
    return page.locator(f"[data-outline={items}] [data-open]").all_text_contents()


def add_fact(page: Page, heading: str, body: str = "") -> Locator:
    """Adds a fact with words; gives its line."""
    page.get_by_role("link", name="Add a fact").click()
    line = lines(page).last
    line.get_by_label("Heading", exact=True).fill(heading)
    if body:
        line.get_by_label("Text", exact=True).fill(body)
    return line
