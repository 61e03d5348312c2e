"""A sentence that is true only for a time: a writer gives it its days, and an editor says that it is still true."""

from __future__ import annotations

import datetime as dt

from playwright.sync_api import expect

from tests.browser.desk import add_fact, new_article, saved

FACTS = "/admin/articles/article/facts/"


def test_a_sentence_gets_its_days_and_is_asked_about_on_the_next(visitor, site):
    anna = visitor()
    anna.sign_in("editor")
    page = new_article(anna, "Facts that age")
    board = page.url
    add_fact(page, "The chart", "It began in 2019. It is currently No. 1 in 26 countries.")
    saved(page)

    page.goto(board.replace("change/", "claims/"))
    page.get_by_role("link", name="True only for a time (1)").click()
    line = page.locator(".claims-page section li", has_text="It is currently No. 1 in 26 countries.")
    line.get_by_role("link", name="Say as of when").click()
    today = site.now().date()
    expect(page.get_by_label("As of", exact=True)).to_have_value(today.isoformat())
    expect(page.get_by_label("Look again on")).to_have_value((today + dt.timedelta(days=90)).isoformat())
    page.get_by_label("Look again on").fill((today + dt.timedelta(days=9)).isoformat())
    page.get_by_role("button", name="Save these days").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved: as of")
    expect(page.locator(".claims-page")).to_contain_text("To be looked at again on")

    anna.open(f"{FACTS}?when=soon")
    row = page.locator(".due-facts li", has_text="It is currently No. 1")
    row.get_by_role("button", name="Still true").click()
    expect(page.locator(".messagelist")).to_contain_text("and to be looked at again on")
    anna.open(f"{FACTS}?when=soon")
    expect(row).to_have_count(0)
