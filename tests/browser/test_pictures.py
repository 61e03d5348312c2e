"""Pictures while writing: brought in, described, put where they belong, found again, and chosen as a cover."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, body_of, new_article, saved, words_of

DROP = """async ([dialog, name, bytes]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  for (const type of ["dragover", "drop"]) {
    dialog.querySelector("h2").dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }
}"""
MARK = re.compile(r"^!\[\]\(picture:[a-z0-9]{10}\)\s*$")


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(out, "PNG")
    return out.getvalue()


def file(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "image/png", "buffer": data}


def drop(dialog: Locator, name: str, data: bytes) -> None:
    dialog.evaluate("(dialog, [name, bytes]) => (" + DROP + ")([dialog, name, bytes])", [name, list(data)])


@pytest.fixture
def writer(visitor: Callable[..., Visitor]) -> Visitor:
    person = visitor()
    person.sign_in("writer")
    return person


@pytest.fixture
def page(writer: Visitor) -> Page:
    return new_article(writer, "Two lamps")


@pytest.fixture
def dialog(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Pictures")


def open_from(line: Locator) -> None:
    body_of(line)
    line.get_by_role("button", name="Picture", exact=True).click()


def test_a_picture_is_brought_in_described_focused_by_keys_and_put_into_the_text(page: Page, dialog: Locator):
    line = add_fact(page, "The lamp", "It burns.")
    open_from(line)
    expect(dialog.get_by_label("Search for a picture")).to_be_focused()
    expect(dialog.get_by_role("status")).to_have_text(re.compile(r"^\d+ of \d+ pictures$"))

    # What cannot be taken is told beside its name; the good one asks for its words, and goes on asking.
    files = [file("broken.png", b"nothing"), file("red-lamp.png", png("#a02030"))]
    dialog.get_by_label("Upload pictures").set_input_files(files)  # type: ignore[arg-type]
    expect(dialog.get_by_text("“broken.png” is not a picture")).to_be_visible()
    expect(dialog.get_by_label("Title")).to_have_value("Red lamp")
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog.get_by_text("Say what the picture shows")).to_be_visible()
    expect(dialog.get_by_label("Alternative text")).to_be_focused()
    dialog.get_by_label("Alternative text").fill("A red lamp in the fog")
    dialog.get_by_label("Credit").fill("Mina Park")
    point = dialog.get_by_role("slider")
    point.focus()
    for key in ("Shift+ArrowLeft", "ArrowLeft", "ArrowUp"):
        point.press(key)
    expect(point).to_have_attribute("aria-valuetext", "39 percent from the left, 49 percent from the top")
    expect(dialog.get_by_role("spinbutton", name=re.compile("from the left"))).to_have_value("39")
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog).to_be_hidden()
    expect(body_of(line)).to_be_focused()
    expect(words_of(line)).to_have_value(re.compile(r"^It burns\.\n\n!\[\]\(picture:[a-z0-9]{10}\)\n\n$"))
    saved(page)


def test_a_dropped_picture_is_left_in_the_library_and_found_by_words(page: Page, dialog: Locator):
    line = add_fact(page, "The other lamp")
    words = words_of(line)
    open_from(line)
    expect(dialog.get_by_role("radio").first).to_be_attached()
    drop(dialog, "olive_lamp.png", png("#808020"))
    dialog.get_by_role("checkbox", name="Decorative").check()
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog.get_by_role("status")).to_have_text("Saved: Olive lamp")
    olive = dialog.get_by_role("radio", name="Olive lamp decorative")
    expect(olive).to_be_checked()
    expect(olive).to_be_focused()

    search = dialog.get_by_label("Search for a picture")
    search.fill("zeppelin")
    expect(dialog.get_by_role("status")).to_have_text("No picture has all of these words.")
    search.fill("lamp OLIVE")
    expect(dialog.get_by_role("status")).to_have_text("1 of 1 picture")
    olive.check()
    olive.press("Enter")
    expect(dialog).to_be_hidden()
    expect(words).to_have_value(MARK)

    # Escape leaves everything as it is, and the focus goes back to where it was.
    open_from(line)
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Picture", exact=True).last).to_be_focused()
    expect(words).to_have_value(MARK)


def test_a_file_that_did_not_get_through_is_sent_again(writer: Visitor, page: Page, dialog: Locator):
    line = add_fact(page, "No line")
    open_from(line)
    expect(dialog.get_by_role("radio").first).to_be_attached()
    writer.context.set_offline(True)
    drop(dialog, "sky.png", png("#3a9ae2"))
    expect(dialog.locator("[data-upload-queue]")).to_contain_text("sky.png: There is no connection")
    writer.context.set_offline(False)
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.get_by_label("Title")).to_have_value("Sky")
    dialog.get_by_label("Alternative text").fill("The sky")
    # Closed in the middle, the words that were begun are still there.
    page.keyboard.press("Escape")
    open_from(line)
    expect(dialog.get_by_label("Alternative text")).to_have_value("The sky")
    dialog.get_by_role("button", name="Do not add it").click()
    expect(dialog.get_by_label("Search for a picture")).to_be_focused()


def test_a_cover_is_chosen_and_its_words_are_put_right_beside_it(page: Page, dialog: Locator):
    page.get_by_role("link", name="Edit the details").click()
    page.get_by_role("button", name="Choose a picture …").click()
    dialog.get_by_label("Search for a picture").fill("trauma code")
    expect(dialog.get_by_role("status")).to_have_text("1 of 1 picture")
    dialog.get_by_role("radio").check()
    dialog.get_by_role("button", name="Use this picture").click()
    cover = page.locator("select[data-picture-choice]")
    expect(cover.locator("option:checked")).to_contain_text("Trauma Code")
    expect(page.locator(".pictures-chosen")).to_contain_text("A heartbeat line")
    edit = page.get_by_role("button", name="Edit this picture …")
    edit.click()
    expect(dialog.get_by_label("Alternative text")).to_have_value(re.compile("^A heartbeat line"))
    page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    edit.click()
    expect(dialog.get_by_role("list", name="Where it is used")).to_contain_text("article")
    dialog.get_by_label("Alternative text").fill("A heartbeat that goes on and on")
    dialog.get_by_role("button", name="Save", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".pictures-chosen")).to_contain_text("A heartbeat that goes on and on")
    saved(page)


def test_the_page_of_a_picture_moves_its_point_by_click_and_keys(writer: Visitor):
    page = writer.open("/admin/articles/picture/")
    page.get_by_role("link", name=re.compile("^Cover: ")).first.click()
    picture = page.locator("[data-focal-point]")
    box = picture.bounding_box()
    assert box is not None
    picture.click(position={"x": box["width"] / 4, "y": box["height"] / 2})
    across, down = page.get_by_label("from the left"), page.get_by_label("from the top")
    expect(across).to_have_value("25")
    point = page.get_by_role("slider", name="Focal point")
    expect(point).to_be_focused()
    point.press("Shift+ArrowRight")
    point.press("ArrowDown")
    expect(across).to_have_value("35")
    expect(down).to_have_value("51")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
