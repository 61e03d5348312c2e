"""A fact's own picture: pasted, dropped, chosen and taken away in its chip, and seen where the fact is closed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, lines, new_article, ready, saved
from tests.browser.test_accessibility import faults
from tests.browser.test_pictures import png

BRING = """(target, [kind, name, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  const how = { bubbles: true, cancelable: true };
  const events = kind === "paste"
    ? [new ClipboardEvent("paste", { ...how, clipboardData: data })]
    : ["dragover", "drop"].map((type) => new DragEvent(type, { ...how, dataTransfer: data }));
  for (const event of events) target.dispatchEvent(event);
}"""


def bring(target: Locator, kind: str, name: str) -> None:
    target.evaluate(BRING, [kind, name, list(png("crimson" if kind == "paste" else "navy"))])


@pytest.fixture
def writer(visitor: Callable[..., Visitor]) -> Visitor:
    person = visitor()
    person.sign_in("writer")
    return person


@pytest.fixture
def page(writer: Visitor) -> Page:
    return new_article(writer, "A picture at sea")


def test_a_picture_is_pasted_dropped_chosen_and_taken_away(page: Page):
    line, dialog = add_fact(page, "Two lamps", "They burn."), page.get_by_role("dialog", name="Pictures")
    chip = line.get_by_role("button", name="Picture none")
    expect(chip).to_be_visible()
    chip.focus()
    bring(chip, "paste", "image.png")
    expect(dialog.get_by_label("Alternative text")).to_be_focused()
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog.get_by_text("Say what the picture shows")).to_be_visible()
    dialog.get_by_label("Alternative text").fill("Two lamps in the fog")
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog).to_be_hidden()
    chip = line.get_by_role("button", name="Picture Two lamps in the fog")
    expect(chip).to_be_visible()
    saved(page)

    chip.click()
    expect(line.locator(".pictures-chosen")).to_contain_text("Two lamps in the fog")
    expect(line.locator(".pictures-chosen img")).to_be_visible()
    assert list(faults(page, "a fact with its picture open")) == []
    bring(line.locator(".pictures-chosen"), "drop", "navy.png")
    dialog.get_by_role("checkbox", name="Decorative").check()
    dialog.get_by_role("button", name="Save and use it").click()
    expect(line.get_by_role("button", name="Picture Navy")).to_be_visible()
    line.get_by_role("button", name="Choose a picture …").click()
    dialog.get_by_label("Search for a picture").fill("Two lamps in the fog")
    expect(dialog.get_by_role("status")).to_have_text("1 of 1 picture")
    dialog.get_by_role("radio").check()
    dialog.get_by_role("button", name="Use this picture").click()
    saved(page)
    line.get_by_role("button", name="Close", exact=True).click()
    expect(line.locator(".line-body").get_by_role("img", name="Two lamps in the fog")).to_be_visible()

    page.reload()
    ready(page)
    line = lines(page).first
    expect(line.locator(".line-body").get_by_role("img", name="Two lamps in the fog")).to_be_visible()
    line.get_by_role("link", name="Two lamps").click()
    line.get_by_role("button", name="Picture Two lamps in the fog").click()
    line.get_by_role("button", name="Take it away").click()
    expect(line.get_by_role("button", name="Choose a picture …")).to_be_focused()
    expect(line.get_by_role("button", name="Picture none")).to_be_visible()
    saved(page)
    line.get_by_role("button", name="Close", exact=True).click()
    expect(line.locator(".line-body img")).to_have_count(0)
