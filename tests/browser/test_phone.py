"""An article on a phone: where its first fact stands, and the bar that says where the reader is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

PHONE = {"viewport": {"width": 360, "height": 800}}
ARTICLE = "/articles/10-facts-about-the-trauma-code/"
COUNTDOWN, UNNUMBERED = "/articles/bts-in-8-facts/", "/articles/stardew-valley-letters-from-the-valley/"
FIRST_FACT = 1040  # 1.3 screens
SHIFTS = """
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
"""
COVERED = """() => {
  const bar = document.querySelector("[data-place]").getBoundingClientRect();
  const focused = document.activeElement.getBoundingClientRect();
  const isBelow = focused.bottom > bar.top && focused.top < innerHeight;
  return bar.height > 0 && isBelow && !document.activeElement.closest("[data-place]");
}"""


def read(page: Page, place: int) -> None:
    """Scrolls until the fact at this place is being read."""
    page.locator(".card").nth(place - 1).evaluate("card => card.scrollIntoView()")


def test_the_first_fact_of_every_article_is_near(visitor):
    person = visitor(**PHONE)
    links = person.open("/articles/").locator(".teaser-title a")
    for address in [link.get_attribute("href") for link in links.all()]:
        top = person.open(address).locator(".card").first.evaluate("card => card.getBoundingClientRect().top + scrollY")
        assert top <= FIRST_FACT, address


@pytest.mark.parametrize("scripts", [True, False])
def test_the_contents_are_one_line_that_opens(visitor, scripts: bool):
    page = visitor(**PHONE, java_script_enabled=scripts).open(ARTICLE)
    link = page.locator(".contents a").first
    expect(link).not_to_be_visible()
    page.locator(".contents summary").click()
    expect(link).to_be_visible()


def test_the_bar_says_which_fact_is_read_and_leads_to_others_and_to_the_top(visitor):
    person = visitor(**PHONE)
    person.page.add_init_script(SHIFTS)
    page = person.open(ARTICLE)
    bar = page.get_by_role("navigation", name="Your place in the article")
    expect(bar).not_to_be_visible()
    read(page, 4)
    expect(bar).to_contain_text("4 of 10")
    read(page, 5)
    expect(bar).to_contain_text("5 of 10 What the professor calls his team")
    bar.get_by_role("button", name="Contents: 5 of 10").click()
    panel = page.get_by_role("group", name="Contents")
    expect(panel.locator("[aria-current]")).to_contain_text("What the professor calls his team")
    page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    expect(bar.get_by_role("button", name="Contents")).to_be_focused()
    page.keyboard.press("Enter")
    panel.get_by_role("link", name="It swept one award night").click()
    expect(panel).not_to_be_visible()
    expect(page.get_by_role("heading", name="It swept one award night")).to_be_in_viewport()
    expect(bar).to_contain_text("9 of 10")
    bar.get_by_role("button", name="To the top").click()
    expect(bar).not_to_be_visible()
    assert page.evaluate("[scrollY, document.activeElement.id]") == [0, "main"]
    assert page.evaluate("shift") == 0


def test_a_shared_fact_is_reached_at_once_and_the_bar_knows_it(visitor):
    person = visitor(**PHONE)
    anchor = person.open(ARTICLE).locator(".card").nth(6).get_attribute("id")
    page = person.open(f"{ARTICLE}?#{anchor}")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    expect(page.locator(".card").nth(6)).to_be_in_viewport()
    expect(page.locator("[data-place]")).to_contain_text("7 of 10")


def test_a_countdown_and_a_list_without_numbers_have_places_too(visitor):
    person = visitor(**PHONE)
    page = person.open(COUNTDOWN)
    number = page.locator(".card-number").nth(1).text_content()
    read(page, 2)
    expect(page.locator("[data-place]")).to_contain_text(re.compile(rf"2 of 8\s+{number} "))
    page = person.open(UNNUMBERED)
    assert page.locator(".card-number").count() == 0
    read(page, 2)
    expect(page.locator("[data-place]")).to_contain_text(re.compile(r"Contents: 2 of \d+ "))


def test_among_the_questions_the_bar_counts_no_facts(visitor):
    page = visitor(**PHONE).open(ARTICLE)
    page.locator("#questions").evaluate("heading => heading.scrollIntoView()")
    expect(page.locator("[data-place]")).to_contain_text("Questions and answers")
    expect(page.locator("[data-now]")).not_to_be_visible()


def test_the_bar_covers_nothing_that_is_focused(visitor):
    page = visitor(**PHONE).open(ARTICLE)
    read(page, 3)
    expect(page.locator("[data-place]")).to_be_visible()
    page.locator(".card").nth(2).locator("a").first.focus()
    for _step in range(25):
        page.keyboard.press("Tab")
        assert not page.evaluate(COVERED)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {"viewport": {"width": 1280, "height": 800}}])
def test_without_scripts_and_beside_the_contents_there_is_no_bar(visitor, options: dict):
    page = visitor(**PHONE | options).open(ARTICLE)
    page.goto(page.url + str(page.locator(".contents a").nth(3).get_attribute("href")))
    expect(page.locator(".card").nth(3)).to_be_in_viewport()
    expect(page.locator("[data-place]")).not_to_be_visible()


def test_paper_has_no_bar_and_keeps_a_fact_with_its_number(visitor):
    page = visitor(**PHONE).open(ARTICLE)
    read(page, 3)
    page.emulate_media(media="print")
    expect(page.locator("[data-place]")).not_to_be_visible()
    tops = (
        page.locator(".card")
        .nth(1)
        .evaluate(
            "card => ['.card-number', '.card-title'].map((each) => card.querySelector(each).getBoundingClientRect().y)"
        )
    )
    assert abs(tops[0] - tops[1]) < 12, "the number stands on the line of its heading"
