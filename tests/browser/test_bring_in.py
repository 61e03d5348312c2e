"""A writer brings in a document with the help of the script: pasted with its structure, dropped, seen anew at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

HTML = "<h1>Two ships</h1><p>Hello.</p><h3>One</h3><p>Ada</p><h3>Two</h3><ul><li>Bob</li></ul>"
TEXT = "Two ships Hello. One Ada Two Bob"
PASTE = """([html, text]) => {
  const field = document.getElementById("id_text");
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}"""
DROP = """([name, text]) => {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const form = document.querySelector("[data-import-form]");
  form.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def page(visitor: Callable[..., Visitor]) -> Page:
    person = visitor()
    person.sign_in("writer")
    return person.open("/admin/articles/article/import/")


def test_a_rich_text_keeps_its_structure_until_it_is_changed_by_hand(page: Page):
    page.evaluate(PASTE, [HTML, TEXT])
    expect(page.get_by_text("structure of what you pasted is kept")).to_be_visible()
    page.get_by_label(re.compile("text itself")).press_sequentially("!")
    expect(page.get_by_text("read as plain text now")).to_be_visible()
    page.get_by_label(re.compile("text itself")).fill("")
    page.evaluate(PASTE, [HTML, TEXT])
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Card 2, heading")).to_be_visible()


def test_a_dropped_file_is_shown_at_once_and_follows_the_keyboard(page: Page):
    page.evaluate(DROP, ["two.html", HTML])
    expect(page.get_by_text("2 facts, 0 questions").first).to_be_visible()
    field = page.get_by_label("Role of block 2", exact=True)
    field.focus()
    field.press("C")  # the first role that begins with it: Card heading
    expect(page.get_by_role("status").filter(has_text="3 facts")).to_be_visible()
    expect(page.locator("#block-2")).to_contain_text("Card 1, heading")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    expect(page.get_by_role("heading", name=re.compile("3 facts"))).to_be_visible()
