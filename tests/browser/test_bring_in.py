"""A writer brings in a document with the help of the script: pasted with its structure, dropped, seen anew at once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

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
    expect(page.get_by_text("Fact 2, heading")).to_be_visible()


def test_a_dropped_file_is_shown_at_once_and_follows_the_keyboard(page: Page):
    page.evaluate(DROP, ["two.html", HTML])
    expect(page.get_by_text("2 facts, 0 questions").first).to_be_visible()
    field = page.get_by_label("Role of block 2", exact=True)
    field.focus()
    field.press("F")  # the first role that begins with it: Fact heading
    expect(page.get_by_role("status").filter(has_text="3 facts")).to_be_visible()
    expect(page.locator("#block-2")).to_contain_text("Fact 1, heading")
    expect(field).to_be_focused()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    expect(page.get_by_role("heading", name=re.compile("3 facts"))).to_be_visible()


LETTER = "The boat left.\n\nNobody saw it go.\n\nThe lamp stayed.\n\nIt burns oil.\n"
NAMES = ("Lamp", "Coat")
GROUPED = "".join(
    f"<h2>{group}</h2><p>Of its own.</p>{''.join(f'<h3>{name} {group}</h3><p>It burns oil.</p>' for name in NAMES)}"
    for group in ("Upstairs", "Downstairs")
)


def bring(page: Page, name: str, text: str) -> None:
    page.evaluate(DROP, [name, text])
    expect(page.get_by_role("heading", name="The document, block by block")).to_be_visible()


def test_a_text_without_a_list_gets_its_roles_by_hand(page: Page):
    bring(page, "letter.txt", LETTER)
    expect(page.get_by_text("No list of facts was found")).to_be_visible()
    for block in (1, 3):
        page.get_by_label(f"Role of block {block}", exact=True).select_option(label="Fact heading")
    expect(page.get_by_role("status").filter(has_text="2 facts")).to_be_visible()
    page.get_by_role("textbox", name="title").fill("Two evenings by hand")
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    expect(page.get_by_text("The lamp stayed.").first).to_be_visible()


def test_a_role_that_was_chosen_before_the_script_came_counts(page: Page):
    waiting: list[Route] = []
    page.route("**/desk/intake/import*.js", lambda route: waiting.append(route))
    bring(page, "letter.txt", LETTER)
    page.get_by_label("Role of block 1", exact=True).select_option(label="Fact heading")
    for route in waiting:
        route.continue_()
    expect(page.get_by_role("status").filter(has_text="1 fact")).to_be_visible()


def test_another_reading_is_one_click_away(page: Page):
    bring(page, "groups.html", f"<h1>What stands about</h1>{GROUPED}")
    first = page.locator("[data-summary]").inner_text()
    page.get_by_text("Read it another way").click()
    page.locator("button[name=read_as]").first.click()
    expect(page.locator("[data-summary]")).not_to_have_text(first)


def test_what_the_gate_refuses_is_told_and_no_word_is_lost(page: Page):
    bring(
        page,
        "long.html",
        f"<h1>Long</h1><h3>One</h3><p>Ada</p><h3>{'very ' * 60}long</h3><p>Bob</p><h3>Three</h3><p>x</p>",
    )
    page.get_by_role("textbox", name="title").fill("A title of my own")
    page.get_by_role("button", name="Create draft").click()
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("200")
    expect(page.get_by_role("textbox", name="title")).to_have_value("A title of my own")
    fault.get_by_role("link").first.click()
    expect(page.get_by_label("Role of block 4", exact=True)).to_be_focused()


def test_a_document_is_known_again_and_its_title_and_subject_are_proposed(page: Page):
    text = HTML.replace("Two ships", "Kingdom and its two ships").replace("Hello", "Kingdom is watched again")
    bring(page, "again.html", text)
    expect(page.locator("#id_subject option:checked")).to_contain_text("Kingdom")
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    page.goto(page.url.replace(page.url.split("/admin/")[1], "articles/article/import/"))
    bring(page, "again.html", text)
    expect(page.get_by_text("This document was imported before")).to_be_visible()
