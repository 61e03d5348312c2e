"""Sixty facts put in order: by buttons, by number, by key, by drag. It is said aloud, and can be taken back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.desk import headings, lines, ready, saved

MANY = 60


def bring_in_many(person, count: int = MANY) -> Page:
    page = person.open("/admin/articles/article/import/")
    facts = "\n\n".join(
        f"{number}. Fact about lamp {number}\n\nLamp {number} burns all night." for number in range(1, count + 1)
    )
    page.get_by_label(re.compile("text", re.IGNORECASE)).first.fill(f"{count} facts about lamps\n\n{facts}")
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    ready(page)
    return page


def order(page: Page) -> list[int]:
    return [int(heading.rsplit(" ", 1)[1]) for heading in headings(page)]


def begins(page: Page, *wanted: int) -> None:
    """The list begins so, by and by: what moves a line comes with its first use."""
    for place, number in enumerate(wanted):
        opens = lines(page).nth(place).locator("[data-open]")
        expect(opens).to_have_text(re.compile(rf" {number}$"))


def test_sixty_facts_are_put_in_order(visitor):
    page = bring_in_many(_signed_in(visitor(viewport={"width": 1280, "height": 1000})))
    said = page.locator("[data-announce]")
    assert order(page) == list(range(1, MANY + 1))

    # With a button: the focus stays on it, and what happened is said.
    down = lines(page).nth(0).get_by_role("button", name="Move down")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Fact 2 moved to 3 of 60")
    begins(page, 2, 3, 1, 4)
    expect(lines(page).nth(2).get_by_role("button", name="Move down")).to_be_focused()

    # To a number.
    lines(page).nth(2).get_by_role("button", name="Move to").click()
    page.get_by_label("Its new place").fill("60")
    page.keyboard.press("Enter")
    expect(said).to_have_text("Fact 3 moved to 60 of 60")
    assert order(page)[-1] == 1

    # By key, and back.
    lines(page).nth(1).get_by_role("link").focus()
    page.keyboard.press("Alt+ArrowUp")
    begins(page, 3, 2)
    page.keyboard.press("ControlOrMeta+z")
    begins(page, 2, 3)

    # By drag.
    grip, goal = lines(page).nth(0).locator("[data-drag-handle]"), lines(page).nth(3)
    lines(page).nth(0).evaluate("line => line.scrollIntoView()")  # far from the edges, near which the list scrolls
    start, end = grip.bounding_box(), goal.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 8, start["y"] + 8)
    page.mouse.down()
    page.mouse.move(start["x"] + 8, end["y"] + end["height"] - 4, steps=12)
    begins(page, 3, 4, 5, 2)
    with page.expect_response("**/order/"):
        page.mouse.up()
    begins(page, 3, 4, 5, 2)
    saved(page)
    wanted = order(page)
    page.reload()
    ready(page)
    assert order(page) == wanted


def test_a_deleted_fact_comes_back(visitor):
    page = bring_in_many(_signed_in(visitor()), 4)
    lines(page).nth(1).get_by_role("button", name="Delete").click()
    expect(lines(page)).to_have_count(3)
    expect(lines(page).nth(1).get_by_role("link")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(lines(page)).to_have_count(4)
    assert order(page) == [1, 2, 3, 4]

    lines(page).nth(3).get_by_role("button", name="Delete").click()
    expect(lines(page)).to_have_count(3)
    page.get_by_role("link", name="Bin", exact=True).click()
    expect(page.get_by_text("Fact about lamp 4").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Bring|Restore|back", re.IGNORECASE)).first.click()
    page.wait_for_url("**/change/**")
    ready(page)
    assert order(page) == [1, 2, 3, 4]


def test_without_scripts_positions_are_written_by_number(visitor):
    person = visitor(java_script_enabled=False)
    person.sign_in("writer")
    page = person.open("/admin/articles/article/?status=draft")
    page.locator("#result_list .field-title a").first.click()
    page.get_by_role("link", name="Change the order").first.click()
    first = page.locator("ol.order li").nth(0)
    name = first.locator("label").inner_text()
    first.locator("input").fill("2")
    page.get_by_role("button", name="Save the order").click()
    expect(page.locator("[data-outline=cards] > li").nth(1)).to_contain_text(name)


def _signed_in(person):
    person.sign_in("writer")
    return person
