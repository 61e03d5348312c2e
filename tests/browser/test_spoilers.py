"""Opening and closing what waits for an episode: one by one, and by an answer."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_reader import ARTICLE, EARLY, opened, say

LATE = "What the soldiers call Baek Kang-hyuk"


def test_an_open_spoiler_offers_to_close_it(visitor):
    page = visitor().open(ARTICLE)
    fact = page.locator("details.spoiler", has_text=EARLY).locator("summary")
    expect(fact).to_contain_text("Open fact 5")
    fact.click()
    expect(fact).to_contain_text("Close fact 5")
    expect(fact.get_by_text("Open fact 5")).not_to_be_visible()
    fact.click()
    expect(page.get_by_text(EARLY)).not_to_be_visible()
    question = page.locator("details.question.spoiler summary")
    number = page.locator("details.question").evaluate_all(
        "all => all.findIndex((each) => each.matches('.spoiler')) + 1"
    )
    expect(question).to_contain_text(f"Open question {number}")
    question.press("Enter")
    expect(question).to_contain_text(f"Close question {number}")
    say(page, "3")
    expect(fact).to_contain_text("Close fact 5")


def test_who_has_finished_opens_everything_now_and_later(visitor):
    person = visitor()
    page = person.open(ARTICLE)
    page.get_by_role("link", name="Finished: open everything").click()
    assert opened(page) == 3
    assert page.url.endswith(ARTICLE), "the address says nothing"
    expect(page.get_by_label("I have seen up to episode")).to_have_value("")
    expect(page.locator(".seen-state")).to_contain_text("Nothing here is closed to you.")
    fact = page.locator(".card", has_text=LATE).locator("[data-share]").get_attribute("data-share")
    person.open(str(fact))
    assert opened(page) == 1
    person.open("/subjects/the-trauma-code/")
    expect(page.locator("[data-fact]:not([data-safe])")).to_have_count(0)
    page.get_by_role("link", name="Forget it").click()
    person.open(ARTICLE)
    assert opened(page) == 0


def test_all_but_the_next_episode(visitor):
    page: Page = visitor().open(ARTICLE)
    page.get_by_role("link", name="All but my next episode").click()
    expect(page.get_by_label("I have seen up to episode")).to_have_value("7")
    expect(page.get_by_text(EARLY)).to_be_visible()
    assert opened(page) == 1


def test_a_closed_facts_own_page_asks_how_far_the_reader_is(visitor):
    person = visitor()
    path = person.open(ARTICLE).locator(".card", has_text=LATE).locator("[data-share]").get_attribute("data-share")
    page = person.open(str(path))
    expect(page.locator(".seen-state")).to_contain_text("Closed until later episodes: 1 fact")
    say(page, "8")
    expect(page.locator("details.spoiler summary")).to_contain_text("Close fact 10")


def test_without_scripts_the_answers_are_addresses(visitor):
    page = visitor(java_script_enabled=False).open(ARTICLE)
    page.get_by_role("link", name="Finished: open everything").click()
    assert page.url.endswith(f"{ARTICLE}?seen=9999")
    assert opened(page) == 3
    page.get_by_role("link", name="All but my next episode").click()
    assert page.url.endswith(f"{ARTICLE}?seen=7")
    assert opened(page) == 1
