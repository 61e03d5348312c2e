"""A reader narrows the fact index: in place and back again, without scripts, on a phone."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.test_accessibility import OPTIONS


def offer(page: Page, key: str):
    return page.locator(f'.offers [data-key="{key}"]')


def press(page: Page, key: str) -> None:
    """Presses an offer, and holds the page to the number beside it."""
    number = str(offer(page, key).locator(".count").text_content())
    offer(page, key).click()
    expect(page.locator("[data-count]")).to_have_text(re.compile(f"^{number} facts?$"))
    expect(page.locator(f'.active-filters [data-key="{key}"]')).to_be_visible()


def test_narrowed_by_three_facets_in_place_and_back_to_the_same_place(visitor):
    page = visitor().open("/facts/")
    page.evaluate("window.isTheSamePage = true")
    press(page, "kind:drama")
    press(page, "sourced")
    expect(page).to_have_url(re.compile(r"/facts/\?kind=drama&sourced=yes$"))
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\d+ facts?$"))).to_be_attached()
    expect(page.locator('.active-filters [data-key="sourced"]')).to_be_focused()
    key = str(page.locator('[data-offers="tag"] a').nth(3).get_attribute("data-key"))
    offer(page, key).scroll_into_view_if_needed()
    top = page.evaluate("scrollY")
    page.mouse.wheel(0, 90)  # which is done later
    page.wait_for_function(f"() => Math.abs(scrollY - {top} - 90) < 1")
    before = page.evaluate("scrollY")
    press(page, key)
    assert Axe().run(page, options=OPTIONS).response["violations"] == []

    page.go_back()
    expect(offer(page, key)).to_be_focused()
    page.wait_for_function(f"() => Math.abs(scrollY - {before}) < 5")
    page.go_back()
    page.go_back()
    expect(page).to_have_url(re.compile("/facts/$"))
    expect(page.locator(".active-filters")).to_have_count(0)
    page.go_forward()
    expect(page.locator('.active-filters [data-key="kind:drama"]')).to_be_visible()
    assert page.evaluate("window.isTheSamePage")


def test_every_tag_is_found_by_typing_and_words_narrow_further(visitor):
    page = visitor().open("/facts/")
    shown = page.locator('[data-offers="tag"] li:visible')
    few = shown.count()
    find = page.get_by_role("searchbox", name="Find a tag")
    find.focus()
    expect(page.locator('[data-offers="tag"] li')).not_to_have_count(few)
    find.fill("web")
    expect(shown).to_have_count(1)
    shown.get_by_role("link").click()
    expect(page.locator(".active-filters")).to_contain_text("Web")
    page.get_by_label("With the words").fill("doctor")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile(r"/facts/\?q=doctor&tag=web"))
    expect(page.locator("mark").first).to_be_visible()


def test_without_scripts_every_offer_is_a_link(visitor):
    page = visitor(java_script_enabled=False).open("/facts/")
    expect(page.get_by_role("searchbox", name="Find a tag")).not_to_be_visible()
    press(page, "kind:drama")
    press(page, "spoilers")
    page.get_by_role("link", name="All tags").click()
    press(page, str(page.locator('[data-offers="tag"] a').last.get_attribute("data-key")))
    page.locator('.active-filters [data-key="kind:drama"]').click()
    page.get_by_role("link", name="Clear all").click()
    page.get_by_label("With the words").fill("doctor")
    page.get_by_role("button", name="Find").click()
    expect(page).to_have_url(re.compile(r"/facts/\?q=doctor$"))
    page.get_by_role("link", name="Surprise me").click()
    expect(page).to_have_url(re.compile(r"/facts/[a-z0-9]+/"))


def test_on_a_phone_the_filters_are_one_line_and_the_first_fact_is_in_sight(visitor):
    page = visitor(viewport={"width": 390, "height": 844}).open("/facts/?kind=drama&sourced=yes")
    line = page.locator(".filters summary")
    expect(line).to_have_text("Filter (2)")
    expect(offer(page, "spoilers")).not_to_be_visible()
    expect(page.locator(".facts .fact-title").first).to_be_in_viewport()
    line.click()
    press(page, "spoilers")
    expect(line).to_have_text("Filter (3)")
    expect(offer(page, "picture"), "still open, for the next choice").to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_whoever_tabs_on_while_the_tags_load_stays_among_them(visitor):
    page = visitor(viewport={"width": 1280, "height": 800}).open("/facts/")
    waiting: list[Route] = []
    page.route("**/facts/?show=*", lambda route: waiting.append(route))
    page.locator("[data-find=tag]").focus()
    page.wait_for_function("() => document.querySelector('[data-find=tag]').dataset.ready")
    page.keyboard.press("Tab")
    key = page.locator(":focus").get_attribute("data-key")
    assert key
    assert waiting
    waiting[0].continue_()
    expect(page.locator("[data-offers=tag][data-all]")).to_have_count(0)
    assert page.locator(":focus").get_attribute("data-key") == key
