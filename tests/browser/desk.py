"""What a writer does on the desk, for the stories that play there."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor


def new_article(person: Visitor, title: str) -> Page:
    page = person.open("/admin/articles/article/add/")
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Create the article").or_(page.locator("#content form [type=submit]")).first.click()
    page.wait_for_url("**/change/")
    ready(page)
    return page


def ready(page: Page) -> None:
    """The parts have come, the desk says how things stand, and keys do something."""
    expect(page.locator("[data-save-status]")).not_to_be_empty()
    expect(page.locator("[data-show-palette]:not([hidden])")).to_have_count(1)


def saved(page: Page) -> None:
    expect(page.locator("[data-save-status]")).to_contain_text("Everything is saved")


def lines(page: Page, items: str = "cards") -> Locator:
    return page.locator(f"[data-outline={items}] > li")


def headings(page: Page, items: str = "cards") -> list[str]:
    return page.locator(f"[data-outline={items}] [data-open]").all_text_contents()


def body_of(place: Locator | Page, name: str = "Text") -> Locator:
    """The text field of a body, once it has taken the textarea's place: what is clicked and typed into."""
    named = place.get_by_role("textbox", name=name, exact=True)
    named.first.evaluate("box => box.scrollIntoView({ block: 'nearest' })")  # what is far away is a textarea yet
    box = place.locator("[data-text-field]").get_by_role("textbox", name=name, exact=True)
    expect(box.first).to_be_visible()
    return box


def words_of(place: Locator | Page, name: str = "body") -> Locator:
    """The Markdown of a body, as the form sends it: for `to_have_value`."""
    return place.locator(f"textarea[name={name}]")


def write(box: Locator, words: str) -> None:
    """Puts words into a text field in the place of all that it holds."""
    box.focus()
    box.press("ControlOrMeta+a")
    box.press("Delete")
    box.page.keyboard.insert_text(words)


def add_fact(page: Page, heading: str, body: str = "") -> Locator:
    """Adds a fact with words; gives its line."""
    page.get_by_role("link", name="Add a fact").click()
    line = lines(page).last
    line.get_by_label("Heading", exact=True).fill(heading)
    if body:
        write(body_of(line), body)
    return line
