"""A reader looks something up: from any page by keyboard, in Korean, without scripts, on a phone."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.test_accessibility import OPTIONS

ARTICLE = "/articles/10-facts-about-the-trauma-code/"


def test_by_keyboard_from_any_page_through_a_suggestion(visitor):
    page = visitor().open(ARTICLE)
    page.keyboard.press("/")
    field = page.get_by_role("searchbox", name="Search facts and articles")
    expect(field).to_be_focused()
    page.keyboard.type("trau")
    field = page.get_by_role("combobox", name="Search facts and articles")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("The Trauma Code")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert Axe().run(page, options=OPTIONS).response["violations"] == []
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", str(first.get_attribute("id")))
    page.keyboard.press("Escape")
    expect(first).not_to_be_visible()
    expect(field).to_have_value("trau")
    page.keyboard.type("m")
    expect(first).to_be_visible()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/subjects/the-trauma-code/$"))
    page.go_back()
    expect(page).to_have_url(re.compile(f"{ARTICLE}$"))


def test_enter_without_a_choice_searches_and_a_hit_leads_to_its_card(visitor):
    page = visitor().open("/")
    page.keyboard.press("/")
    page.keyboard.type("helicpter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Shown instead:")).to_be_visible()
    expect(page.locator("mark").first).to_have_text("helicopter")
    page.locator(".hits .meta a").first.click()
    expect(page.locator(":target")).to_be_visible()


def test_in_korean_without_scripts(visitor):
    page = visitor(java_script_enabled=False).open("/")
    page.get_by_label("Search facts and articles").fill("주지훈이")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("mark").first).to_have_text("주지훈")
    expect(page.get_by_label("Search facts and articles")).to_have_value("주지훈이")


def test_on_a_phone_the_first_hit_stands_on_the_first_screen(visitor):
    page = visitor(viewport={"width": 360, "height": 640}).open("/facts/")
    field = page.locator("#header-search")
    field.fill("Joo Jihoon")
    field.press("Enter")
    box = page.locator(".hits .fact-title").first.bounding_box()
    assert box
    assert box["y"] + box["height"] < 640


def test_what_a_reader_has_said_elsewhere_opens_hits_too(visitor):
    person = visitor()
    page = person.open(ARTICLE)
    page.get_by_label("I have seen up to episode").fill("8")
    page.get_by_role("button", name="Open what is safe").click()
    for path in ("/search/?q=trauma+code", "/facts/?q=trauma+code"):
        page = person.open(path)
        row = page.locator(".hits [data-opens-at]").first
        expect(row).to_have_attribute("data-safe", "")
        own = row.locator(".fact-title a").inner_text()
        plain = visitor(java_script_enabled=False).open(path)
        assert own != plain.locator(".hits [data-opens-at] .fact-title a").first.inner_text()
