"""What a reader does on an article's page: look up, open, print, and read it in large letters."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

ARTICLE = "/articles/10-facts-about-the-trauma-code/"
SPOILER = "Gangster"  # stands in the fifth fact's closed part alone


def address_of(page: Page, words: str) -> str:
    """The address in the contents of the fact whose line there has these words."""
    return page.locator(".contents a", has_text=words).get_attribute("href") or ""


def test_an_address_opens_the_question_that_it_names(visitor):
    page = visitor().open(ARTICLE)
    question = page.locator("details.question", has_text="How many episodes are there?")
    anchor = question.locator(".prose").get_attribute("id")
    expect(question.get_by_text("all released on Netflix")).not_to_be_visible()

    page.goto(f"{page.url}#{anchor}")

    expect(question.get_by_text("all released on Netflix")).to_be_in_viewport()


def test_no_address_opens_a_spoiler_but_its_reader_does(visitor):
    page = visitor().open(ARTICLE)
    page.goto(page.url + address_of(page, "What the professor calls his team"))
    closed = page.locator("details.spoiler", has_text=SPOILER)
    expect(page.get_by_role("heading", name="What the professor calls his team")).to_be_in_viewport()
    expect(closed.get_by_text(SPOILER)).not_to_be_visible()

    closed.locator("summary").press("Enter")

    expect(closed.get_by_text(SPOILER)).to_be_visible()


def test_no_address_opens_a_question_that_spoils(visitor):
    page = visitor().open(ARTICLE)
    question = page.locator("details.question.spoiler")

    page.goto(f"{page.url}#{question.get_attribute('id')}")

    expect(question.locator("summary")).to_be_in_viewport()
    expect(question.get_by_text("the man who led it there survives")).not_to_be_visible()


def test_the_contents_mark_the_fact_that_is_read(visitor):
    page = visitor(viewport={"width": 1280, "height": 800}).open(ARTICLE)
    page.locator(".card", has_text="It swept one award night").evaluate("card => card.scrollIntoView()")

    marked = page.locator(".contents [aria-current]")

    expect(marked).to_have_count(1)
    expect(marked).to_have_text(re.compile("9.*It swept one award night", re.DOTALL))
    expect(marked).to_be_in_viewport()


def test_paper_shows_answers_and_sources_but_no_spoiler_and_no_ways_through_the_site(visitor):
    page = visitor(color_scheme="dark").open(ARTICLE)
    page.locator("details.spoiler", has_text=SPOILER).locator("summary").click()

    page.emulate_media(media="print")

    expect(page.get_by_text("all released on Netflix")).to_be_visible()
    expect(page.locator(".sources").first).to_be_visible()
    expect(page.get_by_text(SPOILER)).not_to_be_visible()
    assert page.locator("nav:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".title").evaluate("title => getComputedStyle(title).color") == "rgb(0, 0, 0)"


def test_a_page_in_letters_of_double_size_has_one_column_and_no_sideways_scroll(visitor):
    page = visitor(viewport={"width": 1280, "height": 800}).open(ARTICLE)
    beside = "() => document.querySelector('.contents').offsetLeft > document.querySelector('.cards').offsetLeft + 300"
    assert page.evaluate(beside)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert not page.evaluate(beside)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
