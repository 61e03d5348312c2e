"""The article's page on the desk: read at a glance, walked by keyboard, undone step by step, several facts at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import add_fact, body_of, headings, lines, new_article, ready, saved, write
from tests.browser.test_accessibility import STATES, faults
from tests.browser.test_desk_order import begins, bring_in_many, order

FOCUSED = "() => (document.activeElement.ariaLabel ?? document.activeElement.textContent).trim()"


@pytest.fixture
def desk(visitor) -> Page:
    """A writer's article of six facts about lamps."""
    mina = visitor(viewport={"width": 1280, "height": 720})
    mina.sign_in("writer")
    return bring_in_many(mina, 6)


def select(page: Page, first: int, last: int) -> None:
    """The lines from one index to another, as with a mouse and Shift."""
    lines(page).nth(first).locator("[data-select]").check()
    lines(page).nth(last).locator("[data-select]").click(modifiers=["Shift"])
    count = last - first + 1
    expect(page.locator(".select-bar")).to_contain_text(f"{count} fact{'s' if count > 1 else ''} selected")


def bar(page: Page, name: str) -> None:
    page.locator(".select-bar").get_by_role("button", name=name).click()


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo", exact=True).click()


def redo(page: Page) -> None:
    page.get_by_role("button", name="Redo", exact=True).click()


def said(page: Page, words: str) -> None:
    expect(page.locator("[data-announce]")).to_contain_text(words)


# --- reading ----------------------------------------------------------------------------------------------------------


def test_closed_facts_are_read_as_readers_will_see_them_and_one_click_opens_them(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Read at a glance")
    line = add_fact(page, "The lamp", "It burns **all night**.\n\n> Who lights it?\n> — The captain\n\n<b>No</b>")
    saved(page)
    line.get_by_role("button", name="Close").click()
    expect(line.locator(".line-body strong")).to_have_text("all night")
    expect(line.locator(".line-body figcaption")).to_have_text("The captain")
    expect(line.locator(".line-body b")).to_have_count(0)

    page.reload()
    ready(page)
    expect(lines(page).first.locator(".line-body strong")).to_have_text("all night")
    assert page.evaluate("find('Who lights it?')"), "The browser's own find reaches every word."
    page.evaluate("getSelection().removeAllRanges()")
    lines(page).first.locator(".line-body p").first.click()
    expect(body_of(lines(page).first)).to_be_focused()


def test_what_cannot_be_sent_is_shown_as_it_was_written(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Read without a network")
    line = add_fact(page, "The lamp", "It burns **all night**.")
    saved(page)
    mina.context.set_offline(True)
    write(body_of(line), "It burns **until noon**.")
    line.get_by_role("button", name="Close").click()
    expect(line.locator(".line-body")).to_have_text("It burns **until noon**.")
    mina.context.set_offline(False)
    expect(line.locator(".line-body strong")).to_have_text("until noon")


def test_what_others_write_is_shown_as_readers_will_see_it(visitor, desk: Page):
    jun = visitor()
    jun.sign_in("editor")
    other = jun.open(desk.url)
    ready(other)
    lines(other).first.get_by_role("link").click()
    write(body_of(lines(other).first), "Lamp 1 went *out*.")
    saved(other)
    expect(lines(desk).first.locator(".line-body em")).to_have_text("out")


# --- an open fact -----------------------------------------------------------------------------------------------------


def test_an_open_fact_fits_a_screen_and_its_chips_open_in_place(desk: Page):
    line = lines(desk).first
    line.get_by_role("link").click()
    form = line.locator("form")
    height = form.evaluate("form => form.getBoundingClientRect().height")
    assert height < 600, "A laptop's screen without the header that stays."
    expect(form.get_by_label("Safe after episode")).to_be_hidden()

    form.get_by_role("button", name="Spoiler point").click()
    expect(form.get_by_label("Safe after episode")).to_be_focused()
    desk.keyboard.type("3")
    form.get_by_role("button", name="Tags").click()
    expect(form.get_by_label("Safe after episode")).to_be_hidden()
    desk.keyboard.type("Lamps, Night")
    form.get_by_role("button", name="Sources").click()
    form.get_by_label("Type, paste or drop an address").fill("https://example.org/lamp")
    form.get_by_label("Type, paste or drop an address").press("Enter")
    expect(form.get_by_role("button", name="Spoiler point")).to_contain_text("after episode 3")
    expect(form.get_by_role("button", name="Tags")).to_contain_text("Lamps, Night")
    expect(form.get_by_role("button", name="Sources")).to_contain_text("1")
    saved(desk)
    desk.reload()
    ready(desk)
    expect(lines(desk).first.locator(".marks")).to_contain_text("after episode 3")


def test_a_wrong_field_in_a_chip_is_opened_and_marked(desk: Page):
    line = lines(desk).first
    line.get_by_role("link").click()
    line.get_by_role("button", name="Spoiler point").click()
    expect(line.get_by_label("Safe after episode")).to_be_focused()
    desk.keyboard.type("0")
    line.get_by_role("button", name="Spoiler point").click()
    expect(desk.locator("[data-save-status]")).to_contain_text("Not saved")
    expect(line.get_by_label("Safe after episode")).to_be_visible()
    expect(line.get_by_label("Safe after episode")).to_have_attribute("aria-invalid", "true")


# --- the keyboard -----------------------------------------------------------------------------------------------------


def test_an_empty_article_is_six_tab_stops_from_its_first_fact(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Nothing yet")
    expect(page.get_by_text("Begin with a fact.")).to_be_visible()
    page.reload()
    ready(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == "Write the first fact":
            break
    page.keyboard.press("Enter")
    expect(lines(page).first.get_by_label("Heading", exact=True)).to_be_focused()
    expect(page.get_by_text("Begin with a fact.")).to_be_hidden()
    expect(page.get_by_role("link", name="Write the first fact")).to_be_hidden()


def test_facts_are_walked_opened_closed_and_added_by_key(desk: Page):
    desk.locator("[data-outline-heading=cards]").focus()
    for _ in range(4):
        desk.keyboard.press("j")
    expect(lines(desk).nth(1).locator("[data-open]")).to_be_focused()  # after details, introduction and the first
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("k")
    expect(lines(desk).nth(2).locator("[data-open]")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(lines(desk).nth(2).get_by_label("Heading", exact=True)).to_be_focused()
    desk.keyboard.type("jkn")  # keys are letters where somebody writes
    desk.keyboard.press("Escape")
    expect(lines(desk).nth(2).locator("[data-open]")).to_be_focused()
    desk.keyboard.press("n")
    expect(lines(desk).nth(3).get_by_label("Heading", exact=True)).to_be_focused()
    desk.keyboard.type("Below the third")
    saved(desk)
    assert headings(desk)[3] == "Below the third"
    assert "jkn" in headings(desk)[2]


def test_all_keys_are_listed_and_can_be_switched_off(desk: Page):
    desk.locator("[data-outline-heading=cards]").focus()
    desk.keyboard.press("?")
    dialog = desk.get_by_role("dialog", name="Keyboard shortcuts")
    for words in ("To the next or previous part", "Live preview", "To the checklist", "The next step"):
        expect(dialog).to_contain_text(words)
    dialog.get_by_label("Single keys such as ? and J").uncheck()
    desk.keyboard.press("Escape")
    desk.keyboard.press("j")
    expect(desk.locator("[data-outline-heading=cards]")).to_be_focused()


def test_preview_checklist_and_next_step_have_keys(desk: Page):
    desk.locator("[data-outline-heading=cards]").focus()
    desk.keyboard.press("c")
    expect(desk.locator("[data-checklist-panel] a").first).to_be_focused()
    desk.keyboard.press("p")
    expect(desk.locator("[data-preview]")).to_be_visible()
    desk.keyboard.press("h")
    desk.wait_for_url("**/moves/submit/**")


def test_the_palette_finds_actions_facts_and_articles(desk: Page):
    desk.locator("[data-outline-heading=cards]").focus()
    desk.keyboard.press("ControlOrMeta+k")
    field = desk.get_by_role("combobox", name="An action, a fact or an article")
    expect(field).to_be_focused()
    field.fill("lamp 4")
    expect(desk.get_by_role("option")).to_have_count(1)
    desk.keyboard.press("Enter")
    expect(lines(desk).nth(3).get_by_label("Heading", exact=True)).to_be_focused()

    desk.get_by_role("button", name="Find", exact=True).click()
    field.fill("live prev")
    expect(desk.get_by_role("option").first).to_have_text("Live preview")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-preview]")).to_be_visible()

    desk.get_by_role("button", name="Find", exact=True).click()
    field.fill("spirited")
    expect(desk.get_by_role("option").first).to_contain_text("Spirited Away")
    desk.keyboard.press("Enter")
    expect(desk.locator("h1")).to_contain_text("Spirited Away")


# --- several at once --------------------------------------------------------------------------------------------------


def test_several_facts_are_tagged_and_that_is_undone(desk: Page):
    select(desk, 1, 3)
    bar(desk, "Tags …")
    dialog = desk.get_by_role("dialog", name="Tags of the selected facts")
    dialog.get_by_label("Tags to add").fill("Lamps")
    dialog.get_by_role("button", name="Change the tags").click()
    said(desk, "3 facts have other tags now")
    expect(lines(desk).nth(2).locator(".marks")).to_contain_text("1 tag")
    expect(lines(desk).nth(0).locator(".marks")).not_to_contain_text("tag")
    undo(desk)
    said(desk, "Undone: 3 facts have other tags now")
    expect(lines(desk).nth(2).locator(".marks")).not_to_contain_text("tag")
    redo(desk)
    expect(lines(desk).nth(2).locator(".marks")).to_contain_text("1 tag")


def test_several_facts_are_moved_together_and_deleted_and_all_comes_back(desk: Page):
    lines(desk).nth(1).locator("[data-open]").focus()
    desk.keyboard.press("x")
    desk.keyboard.press("Shift+ArrowDown")
    expect(desk.locator(".select-bar")).to_contain_text("2 facts selected")
    desk.keyboard.press("Alt+ArrowUp")
    begins(desk, 2, 3, 1, 4)
    bar(desk, "Move to place …")
    desk.get_by_label("Its new place").fill("5")
    desk.keyboard.press("Enter")
    begins(desk, 1, 4, 5, 6, 2, 3)
    bar(desk, "Delete")
    said(desk, "Deleted 2 facts")
    expect(lines(desk)).to_have_count(4)
    expect(desk.locator(".select-bar")).to_be_hidden()
    for _ in range(3):
        undo(desk)
        said(desk, "Undone")
    begins(desk, 1, 2, 3, 4, 5, 6)
    for _ in range(3):
        redo(desk)
        said(desk, "Done again")
    begins(desk, 1, 4, 5, 6)
    saved(desk)
    desk.reload()
    ready(desk)
    assert order(desk) == [1, 4, 5, 6]


def test_facts_go_to_another_article_and_come_back(visitor):
    mina = visitor()
    mina.sign_in("writer")
    new_article(mina, "The other ship")
    page = bring_in_many(mina, 4)
    select(page, 0, 1)
    bar(page, "Move to an article …")
    page.get_by_role("combobox", name="The title of the article").fill("other ship")
    page.get_by_role("option", name=re.compile("The other ship")).click()
    said(page, "Moved 2 facts to “The other ship”")
    assert order(page) == [3, 4]
    undo(page)
    said(page, "Undone")
    begins(page, 1, 2, 3, 4)

    select(page, 3, 3)
    bar(page, "Copy to an article …")
    page.get_by_role("combobox", name="The title of the article").fill("other ship")
    page.get_by_role("option", name=re.compile("The other ship")).click()
    said(page, "Copied 1 fact to “The other ship”")
    assert order(page) == [1, 2, 3, 4]


def test_an_article_is_duplicated_from_its_menu(desk: Page):
    desk.get_by_text("More", exact=True).click()
    desk.get_by_role("link", name="Find and replace").focus()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("link", name="Find and replace")).to_be_hidden()
    desk.get_by_text("More", exact=True).click()
    desk.get_by_role("button", name="Duplicate this article").click()
    expect(desk.locator("h1")).to_contain_text("Copy of 6 facts about lamps")


# --- undo -------------------------------------------------------------------------------------------------------------


def test_moves_and_deletions_are_undone_one_after_the_other_and_done_again(desk: Page):
    lines(desk).nth(0).get_by_role("button", name="Move down").click()
    begins(desk, 2, 1, 3)
    lines(desk).nth(2).get_by_role("button", name="Delete").click()
    expect(lines(desk)).to_have_count(5)
    lines(desk).nth(4).get_by_role("button", name="Move up").click()
    begins(desk, 2, 1, 4, 6, 5)
    undo(desk)
    said(desk, "Undone: Fact 5 moved to 4 of 5")
    undo(desk)
    said(desk, "Undone: Deleted: “Fact about lamp 3”")
    expect(lines(desk)).to_have_count(6)
    desk.locator("[data-outline-heading=cards]").focus()
    desk.keyboard.press("ControlOrMeta+z")
    begins(desk, 1, 2, 3, 4, 5, 6)
    expect(desk.locator("[data-undo]")).to_have_attribute("aria-disabled", "true")
    for _ in range(3):
        desk.keyboard.press("ControlOrMeta+Shift+z")
        said(desk, "Done again")
    begins(desk, 2, 1, 4, 6, 5)
    saved(desk)
    desk.reload()
    ready(desk)
    assert order(desk) == [2, 1, 4, 6, 5]


# --- for everybody ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["light", "narrow"])
def test_chips_palette_selection_and_dialogs_have_no_fault_that_axe_knows(visitor, state: str):
    # So high that the bars that stay cover nothing: what is half covered counts as too small.
    width = STATES[state].get("viewport", {"width": 1280})["width"]
    mina = visitor(**STATES[state] | {"viewport": {"width": width, "height": 4000}})
    mina.sign_in("writer")
    page = bring_in_many(mina, 4)
    lines(page).first.get_by_role("link").click()
    lines(page).first.get_by_role("button", name="Tags").click()
    found = [*faults(page, state)]
    page.keyboard.press("Escape")
    select(page, 1, 2)
    found += faults(page, state)
    bar(page, "Tags …")
    found += faults(page, state)
    page.keyboard.press("Escape")
    page.locator(".article-title").evaluate("title => title.ownerDocument.activeElement.blur()")
    page.keyboard.press("ControlOrMeta+k")
    expect(page.get_by_role("option").first).to_be_visible()
    found += faults(page, state)
    assert found == [], "\n".join(found)


# --- the header -------------------------------------------------------------------------------------------------------


def test_title_status_and_next_step_stay_while_one_scrolls(desk: Page):
    lines(desk).last.scroll_into_view_if_needed()
    for element in (desk.locator("h1"), desk.locator(".badge"), desk.get_by_role("link", name="Hand in")):
        expect(element).to_be_in_viewport()


def test_nothing_is_said_to_be_live_that_never_was(visitor):
    chief = visitor()
    chief.sign_in("editor")
    page = bring_in_many(chief, 2)
    expect(page.locator(".article-byline")).to_contain_text("Never public")
    expect(page.locator("body")).not_to_contain_text("What is live")
    live = chief.open("/admin/articles/article/?q=trauma")
    live.locator("#result_list tbody th a").first.click()
    expect(live.locator(".desk-note").first).to_contain_text("What is live stays as it is.")
