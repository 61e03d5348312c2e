"""A writer sees beside the form what readers would see of the words that nobody has saved yet."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FloatRect, FrameLocator, Locator, Page, expect

from tests.browser.conftest import Visitor

FERRY = Path(__file__).resolve().parent.parent / "data" / "night-ferry.txt"
SOON = 2_000  # milliseconds: a preview is no older

Arrive = Callable[..., Visitor]


@pytest.fixture
def page(visitor: Arrive) -> Page:
    return desk_of_a_draft(visitor(viewport={"width": 1400, "height": 900}))


def desk_of_a_draft(person: Visitor) -> Page:
    person.sign_in("writer")
    page = person.open("/admin/articles/article/import/")
    page.get_by_label(re.compile("file", re.IGNORECASE)).set_input_files(FERRY)
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    return page


def panel_of(page: Page) -> Locator:
    return page.get_by_role("region", name="Live preview")


def show(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Live preview").click()
    expect(panel_of(page).get_by_text(re.compile(r"^As of \d\d:\d\d:\d\d$"))).to_be_visible()
    return page.frame_locator("[data-preview] iframe")


def open_card(page: Page, number: int) -> Locator:
    line = page.locator("[data-outline=cards] > li").nth(number - 1)
    line.locator("[data-open]").first.click()
    return line


def choose(page: Page, name: str) -> None:
    panel_of(page).get_by_role("button", name=name, exact=True).click()
    expect(panel_of(page).get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")


def top_of(frame: FrameLocator, selector: str) -> float:
    return float(frame.locator(selector).first.evaluate("(element) => element.getBoundingClientRect().top"))


def box_of(element: Locator) -> FloatRect:
    box = element.bounding_box()
    assert box, "it can be seen"
    return box


def test_what_is_typed_is_seen_at_once_and_followed(page: Page):
    frame = show(page)
    line = open_card(page, 2)
    line.get_by_label("Heading", exact=True).fill("The ferry never sails on Mondays")
    seen = frame.locator(".card-title", has_text="The ferry never sails on Mondays")
    expect(seen).to_be_visible(timeout=SOON)
    expect(seen).to_be_in_viewport()
    expect(frame.locator(".preview-followed .card-number")).to_have_text("2")
    line.get_by_role("textbox", name=re.compile("^Text")).fill("Because of **the tide**.")
    expect(frame.locator("strong", has_text="the tide")).to_be_visible(timeout=SOON)


def test_a_fact_is_shown_as_page_as_row_and_in_the_feed_with_its_spoiler_kept(page: Page):
    frame = show(page)
    line = open_card(page, 1)
    line.get_by_label("Heading", exact=True).fill("The captain drowns")
    line.get_by_role("button", name="Spoiler point").click()
    line.get_by_label(re.compile("safe after episode", re.IGNORECASE)).fill("4")
    spoiler = frame.locator(".preview-followed details.spoiler")
    expect(spoiler).to_have_count(1, timeout=SOON)
    expect(frame.get_by_text("The captain drowns").first).not_to_be_visible()
    choose(page, "Spoilers open")
    expect(frame.get_by_text("The captain drowns").first).to_be_visible()
    choose(page, "In the fact index")
    expect(frame.locator(".fact-row").first).to_contain_text("after episode 4")
    expect(frame.locator(".facts")).not_to_contain_text("The captain drowns")
    choose(page, "In the feed")
    title = page.locator("h1").inner_text()
    expect(frame.get_by_role("heading", level=1)).to_have_text(title)
    page.get_by_role("link", name="Edit the details").click()
    page.get_by_label("Title", exact=True).fill("Nights on the ferry")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Nights on the ferry", timeout=SOON)


def test_the_frame_has_the_width_of_the_device(page: Page):
    frame = show(page)
    assert frame.locator("body").evaluate("() => document.documentElement.clientWidth") <= 390
    choose(page, "Desktop")
    assert frame.locator("body").evaluate("() => innerWidth") == 1280
    assert box_of(page.locator("iframe"))["width"] <= box_of(panel_of(page))["width"], "it is scaled down to the panel"


def test_the_part_stays_in_view_when_the_frame_gets_another_size(page: Page):
    frame = show(page)
    open_card(page, 3)
    followed = frame.locator(".preview-followed")
    expect(followed.locator(".card-number")).to_have_text("3")
    for width, height in (("Desktop", 900), ("Phone", 900), ("Phone", 520)):
        choose(page, width)
        page.set_viewport_size({"width": 1400, "height": height})
        expect(followed).to_be_in_viewport()


def test_the_place_and_what_is_open_stay_while_one_types(page: Page):
    frame = show(page)
    line = open_card(page, 2)
    heading = line.get_by_label("Heading", exact=True)
    heading.fill("One")
    expect(frame.locator(".preview-followed .card-title")).to_have_text("One", timeout=SOON)
    frame.locator(".contents summary").click()
    frame.locator(".conclusion, .questions, .card").last.scroll_into_view_if_needed()
    before = top_of(frame, ".preview-followed")
    heading.fill("Another")
    expect(frame.locator(".preview-followed .card-title")).to_have_text("Another", timeout=SOON)
    assert frame.locator(".contents details").get_attribute("open") is not None, "what was opened stays open"
    assert abs(top_of(frame, ".preview-followed") - before) < 2


def test_links_in_the_preview_lead_nowhere_but_within_it(page: Page):
    frame = show(page)
    address = page.url
    frame.locator(".wordmark a").click()
    frame.locator(".wordmark a").click(button="middle")
    frame.locator(".contents summary").click()
    frame.locator(".contents a").last.click()
    assert top_of(frame, ".card >> nth=-1") < 600
    assert (page.url, len(page.context.pages)) == (address, 1)
    assert frame.locator("body").evaluate("() => document.URL") == "about:srcdoc"


def test_without_a_connection_it_says_how_old_it_is(page: Page):
    frame = show(page)
    line = open_card(page, 1)
    page.context.set_offline(True)
    line.get_by_label("Heading", exact=True).fill("Written at sea")
    state = panel_of(page).locator("[data-preview-state]")
    expect(state).to_have_text(re.compile(r"^Not reachable\. This is from \d\d:\d\d:\d\d\.$"), timeout=SOON)
    expect(frame.locator("body")).not_to_contain_text("Written at sea")
    page.context.set_offline(False)
    line.get_by_label("Heading", exact=True).fill("Written ashore")
    expect(frame.locator(".card-title").first).to_have_text("Written ashore", timeout=SOON)
    expect(state).to_have_text(re.compile("^As of"))


def test_on_a_phone_it_stands_below_the_form_and_comes_into_view(visitor: Arrive):
    page = desk_of_a_draft(visitor(viewport={"width": 390, "height": 800}))
    show(page)
    expect(panel_of(page)).to_be_in_viewport()
    parts, panel = box_of(page.locator("#questions")), box_of(panel_of(page))
    assert panel["y"] >= parts["y"] + parts["height"]
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_a_reader_who_has_seen_so_much_and_a_chat_see_what_they_will_see(page: Page):
    frame = show(page)
    line = open_card(page, 1)
    line.get_by_role("button", name="Spoiler point").click()
    line.get_by_label(re.compile("safe after episode", re.IGNORECASE)).fill("4")
    spoiler = frame.locator(".preview-followed details.spoiler")
    expect(spoiler).to_have_count(1, timeout=SOON)
    seen = panel_of(page).get_by_label("As a reader who has seen up to episode")
    seen.fill("4")
    expect(spoiler).to_have_attribute("open", "", timeout=SOON)
    seen.fill("3")
    expect(spoiler).not_to_have_attribute("open", "", timeout=SOON)
    choose(page, "Share picture")
    expect(frame.locator("main img")).to_have_count(2)
    assert (
        frame.locator("main img").last.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)")
        == 1200
    )
    expect(seen).to_be_disabled()
