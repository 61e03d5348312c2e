"""A writer uses a fact of another article; an editor corrects it, and carries the correction to where it is used."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.desk import new_article
from tests.browser.test_accessibility import STATES, faults
from tests.browser.test_main_story import bring_in, editor, fill_the_details, like, press, writer
from tests.browser.test_schedule_fix import hand_in_and_approve, write_card

__all__ = ["editor", "writer"]

FIX = "She was broken up in the harbour."


def test_a_correction_of_one_fact_is_carried_to_where_it_is_used(writer: Visitor, editor: Visitor):
    outline = bring_in(writer.page)
    fill_the_details(writer.page)
    hand_in_and_approve(writer, editor, outline)
    press(editor.page, "Publish now")

    # The writer looks for the fact, uses it in another article, and sees whose it is.
    page = new_article(writer, "Twelve facts about real ships")
    board = page.url
    page.get_by_role("link", name="Use a fact of another article").click()
    page.get_by_label(like("^Words of the fact")).fill("SHIP real")
    page.get_by_role("button", name="Search", exact=True).click()
    assert [*faults(page, next(iter(STATES)))] == []
    page.get_by_role("button", name=re.compile("Use this fact.*The ship was real")).first.click()
    page.wait_for_url(board + "*")
    line = page.locator("[data-outline=cards] > li", has_text="The ship was real")
    expect(line.locator(".fact-uses")).to_contain_text("follows the original – with the words of the original")

    # The fact is corrected; the editor is led to where else it is told.
    write_card(writer.page, outline, 0, FIX, is_approved=True)
    hand_in_and_approve(writer, editor, outline)
    page = editor.page
    page.get_by_role("link", name="Publish now", exact=True).first.click()
    expect(page.locator("main")).to_contain_text("Twelve facts about real ships: follows the original")
    page.get_by_label(like("correction: something")).check()
    page.get_by_label(like("^Note for readers")).fill("She did not sink.")
    page.get_by_role("button", name="Publish now", exact=True).click()
    page.wait_for_url("**/offered/")
    expect(page.locator(".messagelist")).to_contain_text("1 other article tells this in other words")
    expect(page.get_by_role("checkbox", name="Twelve facts about real ships")).to_be_checked()
    assert [*faults(page, next(iter(STATES)))] == []
    page.get_by_role("button", name="Carry it into these").click()
    expect(page.locator(".messagelist")).to_contain_text("Carried into 1 article.")
    writer.open(board)
    expect(writer.page.locator("[data-outline=cards]")).to_contain_text(FIX)
    expect(writer.page.locator(".fact-uses")).to_contain_text("with the words of the original")
