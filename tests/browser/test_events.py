"""Something happens to a subject: an editor writes it once, and clears the queue of what spoke of it."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.desk import add_fact, new_article, ready, saved

FACTS = "/admin/articles/article/facts/"


def test_an_event_opens_what_speaks_of_it_and_an_editor_clears_the_queue(visitor):
    anna = visitor()
    anna.sign_in("editor")
    page = new_article(anna, "Facts about a fifth season")
    board = page.url
    page.goto(board.replace("change/", "details/"))
    page.get_by_label("Subject").select_option(label="Signal")
    page.locator("form:has([name=title])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/change/**")
    add_fact(page, "Season 5?", "Nobody has announced a fifth season so far.")
    add_fact(page, "The end", "Fans hope for Season 5.")
    saved(page)

    anna.open("/admin/")
    page.get_by_role("link", name="Events", exact=True).click()
    page.get_by_label("Subject").select_option(label="Signal")
    page.get_by_label("What happened").fill("Season 5 was announced")
    page.get_by_role("button", name="See what speaks of it").click()
    expect(page.get_by_role("heading", name="2 parts speak of it")).to_be_visible()
    words = page.get_by_label("Spoken of by the words")
    expect(words).to_have_value(re.compile("^season 5, another season"))
    page.get_by_role("button", name="Keep the event and open these").click()
    expect(page.locator(".messagelist")).to_contain_text("2 parts speak of it and wait")

    anna.open(FACTS)
    row = page.locator(".due-facts li", has_text="The end")
    expect(row).to_contain_text("Season 5 was announced")
    row.get_by_role("button", name="Still true").click()
    expect(page.locator(".messagelist")).to_contain_text("Noted: still true.")
    expect(page.locator(".due-facts li", has_text="The end")).to_have_count(0)

    page.locator(".due-facts li", has_text="Season 5?").get_by_role("link", name="Season 5?").click()
    page.locator("textarea[name=body]").evaluate("(box, text) => { box.value = text; }", "It comes in May.")
    page.locator("form:has(textarea[name=body])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/change/**")
    ready(page)
    anna.open(FACTS)
    expect(page.get_by_role("heading", name="Something happened: is this still true?")).to_have_count(0)
