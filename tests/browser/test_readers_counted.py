"""A reader stays, and the article has one more; whoever leaves at once, or asks not to be counted, has not read it."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Request, expect

ARTICLE = "/articles/8-facts-about-parasite/"  # which no other story reads
LONG_ENOUGH = 10_000  # milliseconds: see static/js/read.js
HIDE = """
  (state) => {
    Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }
"""
ASKS_NOT_TO_BE_COUNTED = 'Object.defineProperty(navigator, "globalPrivacyControl", { value: true });'


def watched(page: Page) -> list[Request]:
    """With a clock that the story winds; what is told of a reader comes into the list."""
    told: list[Request] = []
    page.on("request", lambda request: told.append(request) if request.url.endswith("/read") else None)
    page.clock.install()
    return told


def readers(page: Page) -> int:
    found = re.search(r"(\d+) readers? in 30 days", page.locator(".article-byline").inner_text())
    assert found
    return int(found.group(1))


def test_a_reader_who_stays_is_one_more_and_the_desk_orders_by_readers(visitor):
    editor, reader = visitor(), visitor()
    editor.sign_in("editor")
    desk = editor.open("/admin/articles/article/?q=Parasite")
    desk.locator("#result_list .field-title a").first.click()
    before = readers(desk)

    page = reader.page
    told = watched(page)
    reader.open(ARTICLE)
    page.clock.run_for(LONG_ENOUGH - 1000)
    assert told == []
    with page.expect_response("**/read") as answer:
        page.clock.run_for(1000)
    assert (answer.value.status, answer.value.request.method, answer.value.request.post_data) == (204, "POST", None)
    assert page.context.cookies() == []
    page.clock.run_for(10 * LONG_ENOUGH)
    assert len(told) == 1, "once for each time that the page is loaded"

    desk.reload()
    assert readers(desk) == before + 1
    editor.open("/admin/articles/article/facts/")
    desk.get_by_role("link", name="By readers").click()
    expect(desk.get_by_role("link", name="By readers")).to_have_attribute("aria-current", "true")


def test_time_in_the_background_is_no_reading(visitor):
    reader = visitor()
    page = reader.page
    told = watched(page)
    reader.open(ARTICLE)
    page.clock.run_for(LONG_ENOUGH - 1000)
    page.evaluate(HIDE, "hidden")
    page.clock.run_for(10 * LONG_ENOUGH)
    assert told == []
    page.evaluate(HIDE, "visible")
    with page.expect_request("**/read"):
        page.clock.run_for(LONG_ENOUGH)


def test_who_asks_not_to_be_tracked_tells_nothing(visitor):
    reader = visitor()
    reader.page.add_init_script(ASKS_NOT_TO_BE_COUNTED)
    told = watched(reader.page)
    reader.open(ARTICLE)
    reader.page.clock.run_for(10 * LONG_ENOUGH)
    assert told == []
