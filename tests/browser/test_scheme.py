"""Light or dark: as the device says, or as the reader has chosen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

DARK, LIGHT = "rgb(20, 18, 22)", "rgb(253, 252, 249)"
ARTICLE = "/articles/10-facts-about-the-trauma-code/"


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


@pytest.mark.parametrize(
    ("device", "choice", "before", "after"), [("light", "Dark", LIGHT, DARK), ("dark", "Light", DARK, LIGHT)]
)
def test_a_choice_stays_on_the_device_and_is_there_before_anything_is_shown(visitor, device, choice, before, after):
    person = visitor(color_scheme=device)
    person.page.add_init_script("""
      window.grounds = [];
      new PerformanceObserver(() => grounds.push(getComputedStyle(document.documentElement).backgroundColor))
        .observe({ type: "paint", buffered: true });
      new MutationObserver((_changes, observer) => {
        if (!document.body) return;
        window.schemeWithBody = document.documentElement.dataset.scheme;
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    """)
    page = person.open("/")
    assert ground(page) == before
    page.get_by_label("Colours").select_option(choice)
    assert ground(page) == after
    person.open(ARTICLE)
    assert ground(page) == after
    assert page.evaluate("schemeWithBody") == choice.lower(), "chosen before there is a body to show"
    page.wait_for_function("() => grounds.length > 0")
    assert set(page.evaluate("grounds")) == {after}
    expect(page.get_by_label("Colours")).to_have_value(choice.lower())
    bar = page.locator("meta[name=theme-color][media=all]")
    assert bar.get_attribute("content") == {DARK: "#141216", LIGHT: "#fdfcf9"}[after]
    assert page.context.cookies() == []
    page.emulate_media(media="print")
    assert ground(page) == "rgb(255, 255, 255)"
    page.emulate_media(media="screen")

    page.get_by_label("Colours").select_option("As your device")
    assert ground(page) == before
    page.reload()
    assert ground(page) == before
    assert page.evaluate("localStorage.length") <= 1, "only what changed.js notes"


def test_other_pages_that_are_open_follow(visitor):
    person = visitor()
    first = person.open("/")
    second = person.context.new_page()
    second.goto(person.site("/tags/"))
    first.get_by_label("Colours").select_option("Dark")
    expect(second.locator("html")).to_have_attribute("data-scheme", "dark")
    second.close()


def test_without_scripts_or_storage_nothing_is_offered(visitor):
    page = visitor(java_script_enabled=False, color_scheme="dark").open("/")
    expect(page.locator("#scheme")).not_to_be_visible()
    assert ground(page) == DARK
    person = visitor()
    person.page.add_init_script("Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error(); };")
    expect(person.open("/").locator("#scheme")).not_to_be_visible()
