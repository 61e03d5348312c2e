"""An article in a language of its own: its fields are spelled and written by that one, at once and after a reload."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, body_of, lines, new_article, ready, saved


@pytest.fixture
def page(visitor: Callable[..., Visitor]) -> Page:
    person = visitor()
    person.sign_in("writer")
    return new_article(person, "Lamps at sea")


def expect_language(line: Locator, lang: str, direction: str) -> None:
    for field in (line.get_by_label("Heading", exact=True), body_of(line)):
        expect(field).to_have_attribute("lang", lang)
        expect(field).to_have_attribute("dir", direction)
    expect(line.get_by_label("Emoji", exact=True)).not_to_have_attribute("lang", lang)


def test_the_fields_follow_the_language_of_the_article(page: Page):
    line = add_fact(page, "Two lamps", "They burn.")
    expect_language(line, "en", "ltr")
    page.get_by_role("link", name="Edit the details").click()
    page.get_by_label("Language").select_option(label="العربية")
    saved(page)
    expect_language(line, "ar", "rtl")
    page.reload()
    ready(page)
    line = lines(page).first
    line.get_by_role("link", name="Two lamps").click()
    expect_language(line, "ar", "rtl")
    page.get_by_role("link", name="Edit the details").click()
    page.get_by_label("Language").select_option(index=0)
    saved(page)
    expect_language(line, "en", "ltr")
    expect(page.locator("time[data-saved-at]")).to_have_text("just now")
