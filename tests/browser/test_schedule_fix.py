"""A scheduled update with a fix in between: the fix goes out today, is carried along, and readers see both tomorrow."""

from __future__ import annotations

import datetime as dt
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import body_of, lines, ready, saved, write
from tests.browser.test_accessibility import STATES, faults
from tests.browser.test_main_story import bring_in, editor, fill_the_details, like, press, writer

__all__ = ["editor", "writer"]

SCHEDULED, FIX = "Rebuilt for the second season.", "It ran aground in the harbour."


def write_card(page: Page, outline: str, number: int, text: str, *, is_approved: bool = False) -> None:
    """The words of a fact; an approval that is in the way is given up."""
    page.goto(outline)
    ready(page)
    lines(page).nth(number).locator("[data-open]").click()
    write(body_of(lines(page).nth(number)), text)
    if is_approved:
        page.get_by_role("button", name="Save, and make it a draft again").click()
    expect(lines(page).nth(number).locator("[data-part-state]")).to_contain_text("Saved")
    saved(page)


def hand_in_and_approve(writer: Visitor, editor: Visitor, outline: str) -> None:
    writer.open(outline)
    press(writer.page, "Hand in")
    editor.open(outline)
    press(editor.page, "Approve")


def test_a_fix_published_today_is_in_what_comes_tomorrow(writer: Visitor, editor: Visitor, visitor):
    outline = bring_in(writer.page)
    fill_the_details(writer.page)
    hand_in_and_approve(writer, editor, outline)
    press(editor.page, "Publish now")
    editor.open(outline)
    address = editor.page.locator("a", has_text="See it on the site").first.get_attribute("href")

    # An update is scheduled for tomorrow.
    write_card(writer.page, outline, 0, SCHEDULED, is_approved=True)
    hand_in_and_approve(writer, editor, outline)
    tomorrow = editor.site.now() + dt.timedelta(hours=24)
    editor.page.get_by_role("link", name="Publish at a time", exact=True).click()
    editor.page.get_by_label(like("time")).first.fill(tomorrow.strftime("%Y-%m-%dT%H:%M"))
    editor.page.get_by_label(like("clarification")).check()
    editor.page.get_by_role("button", name="Publish at a time", exact=True).click()
    expect(editor.page.locator(".messagelist")).to_contain_text("You scheduled")

    # The writer goes back to what is live, and mends another fact of it.
    writer.open(outline.replace("change/", "revisions/2/restore/"))  # 1 is as it was imported
    writer.page.get_by_role("button", name="Go back to it").click()
    write_card(writer.page, outline, 2, FIX)
    hand_in_and_approve(writer, editor, outline)
    editor.page.get_by_role("link", name="Publish now", exact=True).first.click()
    editor.page.get_by_label(like("clarification")).check()
    editor.page.get_by_role("button", name="Publish now", exact=True).click()

    # The desk asks what of it goes into the one that waits, and says what that will do.
    editor.page.wait_for_url("**/moves/carry/**")
    expect(editor.page.locator(".messagelist")).to_contain_text("does not have what readers see now")
    expect(editor.page.get_by_role("group", name="What is carried").get_by_role("checkbox")).to_be_checked()
    expect(editor.page.locator("#plan")).to_contain_text("1 fact changes:")
    assert [*faults(editor.page, next(iter(STATES)))] == []
    editor.page.get_by_role("button", name="Carry the fix into it").click()
    expect(editor.page.locator(".messagelist")).to_contain_text("You carried a fix into a scheduled version of")

    # Readers see the fix today, and both tomorrow.
    reader = visitor()
    page = reader.open(address)
    expect(page.locator("main")).not_to_contain_text(SCHEDULED)
    assert FIX in page.content()
    reader.site.let_an_hour_pass(25)
    page.reload()
    expect(page.locator("main")).to_contain_text(SCHEDULED)
    assert FIX in page.content()
    editor.open(outline.replace("change/", "history/"))
    expect(editor.page.locator("main")).to_contain_text(re.compile("carried a fix into a scheduled version of"))
