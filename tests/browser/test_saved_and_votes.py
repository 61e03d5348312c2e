"""A reader saves facts on the device and finds them again, and says which are interesting: with and without scripts."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_reader import ARTICLE, EARLY, SHIFTS

SAVED = "/saved/"


def save(page: Page, place: int):
    return page.locator(".card [data-save]").nth(place)


def rows(page: Page):
    return page.locator(".saved .fact-row")


def test_facts_are_saved_listed_and_removed_in_several_tabs(visitor):
    person = visitor(viewport={"width": 360, "height": 800})
    page = person.open(SAVED)
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    person.open(ARTICLE)
    assert rows(page).count() == 0
    first = str(page.locator(".card [data-outside]").first.text_content()).strip()
    for place in (0, 1):
        save(page, place).click()
        expect(save(page, place)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Saved on this device.")).to_have_count(2)
    page.reload()
    expect(save(page, 1)).to_have_attribute("aria-pressed", "true")

    other = page.context.new_page()
    other.add_init_script(SHIFTS)
    other.goto(page.url.replace(ARTICLE, SAVED))
    expect(rows(other)).to_have_count(2)
    expect(rows(other).nth(1)).to_contain_text(first)
    expect(rows(other).first.get_by_text("Corrected since")).not_to_be_visible()
    assert other.evaluate("shift") == 0
    assert Axe().run(other, options=OPTIONS).response["violations"] == []
    with other.expect_download() as download:
        other.get_by_role("button", name="Download as text").click()
    assert first in download.value.path().read_text("utf-8")

    save(page, 1).click()  # in the first tab it is taken away: the second one follows
    expect(rows(other)).to_have_count(1)
    other.locator("[data-remove]").click()
    expect(other.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(save(page, 0)).to_have_attribute("aria-pressed", "false")
    assert page.context.cookies() == []


def test_a_list_saves_as_the_article_does(visitor, site):
    person = visitor(viewport={"width": 360, "height": 800})
    person.page.clock.set_system_time(site.now())  # other stories correct facts by the site's clock, which is ahead
    page = person.open("/facts/")
    row = page.locator(".fact-row").first
    expect(row.locator("[data-save]")).to_be_visible()
    heading = str(row.locator("[data-public]").text_content())
    assert heading in str(row.locator(".fact-title a").text_content())
    row.get_by_role("button", name=re.compile(f"^Save ?: {re.escape(heading)}$")).click()
    expect(row.locator("[data-save]")).to_have_attribute("aria-pressed", "true")
    expect(row.get_by_role("link", name="All saved facts")).to_be_visible()
    fact = str(row.locator("[data-save]").get_attribute("data-save"))
    person.open(f"/search/?{urlencode({'q': heading})}")
    expect(page.locator(f'[data-save="{fact}"]')).to_have_attribute("aria-pressed", "true")
    person.open(SAVED)
    expect(rows(page)).to_have_count(1)
    expect(rows(page)).to_contain_text(heading)
    expect(page.get_by_text("Corrected since")).not_to_be_visible()
    expect(rows(page).locator("[data-save]")).to_have_count(0)


def test_without_scripts_a_list_offers_no_saving(visitor):
    page = visitor(java_script_enabled=False).open("/facts/")
    assert page.locator(".row-save:visible").count() == 0


def test_what_was_corrected_or_taken_down_since_is_said_and_a_spoiler_is_not(visitor):
    person = visitor()
    page = person.open("/corrections/")
    corrected = page.locator(".correction", has_text="Corrected on").first  # others are clarified only
    corrected.locator(".correction-heading a").click()
    fact = page.url.rpartition("#fact-")[2]
    long_ago, gone = "2020-01-01T00:00:00+00:00", ["bcdfghjkmn", "", "A fact of old"]
    person.open(ARTICLE)
    closed = str(page.locator(".card:has(.spoiler) [data-save]").first.get_attribute("data-save"))
    facts = [[fact, long_ago, "Corrected"], gone, [closed, "", "Closed"]]
    page.evaluate("(facts) => localStorage.setItem('fanguide:saved', facts)", json.dumps(facts))
    person.open(SAVED)
    expect(rows(page)).to_have_count(3)
    expect(rows(page).nth(1)).to_contain_text("A fact of old")
    expect(rows(page).nth(1).get_by_text("No longer published")).to_be_visible()
    expect(rows(page).nth(0).get_by_text("No longer published")).not_to_be_visible()
    expect(rows(page).nth(0)).not_to_contain_text(EARLY)
    expect(rows(page).nth(2).get_by_text("Corrected since you saved it")).to_be_visible()
    page.get_by_role("button", name="I have seen it").click()
    expect(rows(page).nth(2).get_by_text("Corrected since you saved it")).not_to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove all").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()


def test_a_browser_that_keeps_nothing_says_so(visitor):
    person = visitor()
    person.page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full') };")
    page = person.open(ARTICLE)
    save(page, 0).click()
    expect(page.get_by_text("Not saved: this browser does not let")).to_be_visible()
    expect(save(page, 0)).to_have_attribute("aria-pressed", "false")


def test_without_a_connection_the_device_shows_what_it_knows(visitor):
    person = visitor()
    page = person.open(ARTICLE)
    save(page, 0).click()
    expect(page.get_by_text("Saved on this device.")).to_be_visible()
    page.route("**/saved/facts*", lambda route: route.abort())
    page.goto(page.url.replace(ARTICLE, SAVED))
    expect(page.get_by_text("could not be loaded")).to_be_visible()
    expect(rows(page)).to_have_count(1)
    expect(rows(page).locator("a")).to_have_attribute("href", re.compile(r"^/facts/\w{10}/$"))


def test_a_vote_is_counted_in_place_once(visitor):
    page = visitor().open(ARTICLE)
    act = page.locator(".card-acts").first
    act.get_by_role("button", name="Interesting").click()
    expect(act.get_by_role("status")).to_have_text(re.compile("counted|has come from your network"))
    expect(act.get_by_role("button", name="Interesting")).to_have_attribute("aria-pressed", "true")
    act.get_by_role("button", name="Interesting").click()
    expect(act.get_by_role("status")).to_contain_text("has come from your network today")
    assert page.url.endswith(ARTICLE)
    assert page.context.cookies() == []


def test_without_scripts_a_vote_leads_to_a_page_and_back_and_saving_is_not_offered(visitor):
    person = visitor(java_script_enabled=False)
    page = person.open(ARTICLE)
    assert page.locator("[data-save]:visible").count() == 0
    page.locator(".card-acts").nth(3).get_by_role("button", name="Interesting").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("counted|has come from your network"))
    page.get_by_role("link", name="Back to the list").click()
    assert re.search(rf"{ARTICLE}#fact-\w{{10}}$", page.url)
    person.open(SAVED)
    expect(page.get_by_text("Saving facts takes JavaScript")).to_be_visible()
    expect(page.get_by_text("Nothing is saved yet.")).not_to_be_visible()


def test_any_fact_by_chance_and_none_that_spoils(visitor):
    page = visitor().open("/")
    page.get_by_role("link", name="A random fact").first.click()
    expect(page).to_have_url(re.compile(r"/facts/[b-z2-9]{10}/"))
