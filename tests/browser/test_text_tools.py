"""A writer's hands: shortcuts, pasting from elsewhere, emoji, tags and sources, on the page of a single fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import body_of, words_of, write

CLIPBOARD = Path(__file__).resolve().parent.parent / "data" / "clipboard"
PASTE = """([text, html]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  if (html) clipboardData.setData("text/html", html);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
  const field = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  // What the browser does with a paste that no script takes.
  if (field.dispatchEvent(event)) document.execCommand("insertText", false, text);
}"""
CHOOSE_PICTURE = """() => window.addEventListener("desk:picture", (event) => {
  event.stopPropagation(); // before the library opens
  event.detail.insert("![](picture:x)");
}, true)"""


@pytest.fixture
def page(visitor: Callable[..., Visitor]) -> Page:
    """The page of a new fact."""
    return new_fact(visitor())


def new_fact(person: Visitor) -> Page:
    page = person.sign_in("writer")
    person.open("/admin/articles/article/add/")
    page.get_by_label("Title").fill("Text tools")
    page.get_by_role("button", name="Create the article").click()
    page.wait_for_url(re.compile(r"/\d+/"))
    number = re.search(r"/(\d+)/", page.url)
    assert number
    return person.open(f"/admin/articles/article/{number[1]}/cards/add/")


def body(page: Page) -> Locator:
    """Puts the caret into the body; gives its Markdown, as the form has it."""
    body_of(page).focus()
    return words_of(page)


def select(field: Locator, start: int, end: int) -> None:
    field.evaluate("(field, [start, end]) => field.setSelectionRange(start, end)", [start, end])


def paste(page: Page, text: str, html: str = "") -> None:
    page.evaluate(PASTE, [text, html])


def test_shortcuts_write_the_marks_and_undo_takes_them_back(page: Page):
    field, keys = body(page), page.keyboard
    keys.type("It is ")
    keys.press("Control+b")
    keys.type("true")
    keys.press("Control+b")
    keys.type(" and ")
    keys.press("Control+i")
    keys.type("old")
    keys.press("Control+i")
    expect(field).to_have_value("It is **true** and *old*")
    keys.press("Shift+Home")
    keys.press("Control+b")
    expect(field).to_have_value("**It is true and *old***")
    keys.press("Control+z")
    expect(field).to_have_value("It is **true** and *old*")
    select(field, 8, 12)
    keys.press("Control+b")
    expect(field).to_have_value("It is true and *old*")


def test_lists_and_quotations_go_on_by_themselves_until_an_empty_line(page: Page):
    field, keys = body(page), page.keyboard
    keys.type("Three:")
    keys.press("Enter")
    keys.press("Control+Shift+7")
    for word in ("one", "two"):
        keys.type(word)
        keys.press("Enter")
    keys.press("Enter")
    keys.type("She said:")
    keys.press("Enter")
    keys.press("Control+Shift+9")
    keys.type("Never.")
    keys.press("Enter")
    keys.type("Mina")
    keys.press("Enter")
    keys.type("End")
    expect(field).to_have_value("Three:\n\n1. one\n2. two\n\nShe said:\n\n> Never.\n> — Mina\n\nEnd")
    keys.press("Control+Shift+8")
    expect(field).to_have_value(re.compile("\n\n- End$"))
    keys.press("Control+Shift+8")
    expect(field).to_have_value(re.compile("\n\nEnd$"))
    keys.press("Tab")
    expect(body_of(page)).not_to_be_focused()


def test_the_toolbar_is_one_stop_and_its_help_gives_the_focus_back(page: Page):
    body(page)
    page.keyboard.press("Shift+Tab")
    bar = page.get_by_role("toolbar", name="Formatting")
    expect(bar.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    shortcuts = bar.get_by_role("button", name="Keyboard shortcuts")
    expect(shortcuts).to_be_focused()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_contain_text("Ctrl+Shift+9")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(shortcuts).to_be_focused()
    page.keyboard.press("Enter")
    dialog.get_by_label("Single keys such as ? and J act where nothing is written").uncheck()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    expect(dialog).to_have_count(0)
    page.evaluate(CHOOSE_PICTURE)
    bar.get_by_role("button", name="Picture").click()
    expect(page.locator("textarea[name=body]")).to_have_value("![](picture:x)\n\n")


@pytest.mark.parametrize("source", ["docs", "word", "web"])
def test_what_comes_from_elsewhere_becomes_clean_markdown(page: Page, source: str):
    html = (CLIPBOARD / f"{source}.html").read_text(encoding="utf-8")
    field = body(page)
    paste(page, "", html)
    expect(field).to_have_value((CLIPBOARD / f"{source}.md").read_text(encoding="utf-8").removesuffix("\n"))
    page.keyboard.press("Control+z")
    expect(field).to_have_value("")


def test_pasting_links_words_and_loses_none(page: Page):
    field = body(page)
    page.keyboard.type("See the report")
    select(field, 8, 14)
    paste(page, "https://www.google.com/url?q=https://example.org/a_(b)&sa=D", "<a href='x'>https://…</a>")
    expect(field).to_have_value("See the [report](https://example.org/a_%28b%29)")
    write(body_of(page), "")
    paste(page, "https://example.org/", "<a href='https://example.org/'>A page</a>")
    expect(field).to_have_value("https://example.org/")
    write(body_of(page), "")
    paste(page, "All the words", "<p>All <b>words</b></p>")
    expect(field).to_have_value("All the words")
    write(body_of(page), "Before after")
    select(field, 7, 7)
    paste(page, "a\nb", "<ul><li>a</li><li>b</li></ul>")
    expect(field).to_have_value("Before \n\n- a\n- b\n\nafter")


def test_a_whole_list_offers_the_importer_and_can_be_taken_back(page: Page):
    text = "".join(f"{number}. Fact {number}\n\nWords of it.\n\n" for number in range(1, 5))
    field = body(page)
    paste(page, text)
    bar = page.get_by_role("group", name="A list of 4 facts, it seems.")
    with page.expect_popup() as opened:
        bar.get_by_role("button", name="Open it in the importer").click()
    expect(opened.value.get_by_text("4 facts, 0 questions").first).to_be_visible()
    bar.get_by_role("button", name="Undo the pasting").click()
    expect(field).to_have_value("")
    expect(body_of(page)).to_be_focused()
    expect(bar).to_have_count(0)
    paste(page, "1. one\n2. two\n3. three\n4. four")
    expect(bar).to_have_count(0)


def test_an_emoji_is_chosen_by_its_name_and_by_arrows(page: Page):
    page.get_by_role("button", name="Choose an emoji").focus()
    keys, field = page.keyboard, page.locator("input[name=emoji]")
    keys.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    keys.type("fire")
    keys.press("Enter")
    expect(field).to_have_value("🔥")
    expect(field).to_be_focused()
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    expect(page.get_by_role("button", name="popcorn")).to_be_focused()
    keys.press("ArrowUp")
    keys.press("Escape")
    expect(page.get_by_role("button", name="Choose an emoji")).to_be_focused()
    picker = page.get_by_role("dialog", name="Emoji")
    expect(picker).to_be_hidden()
    for is_open in (True, False, True):
        page.get_by_role("button", name="Choose an emoji").click()
        expect(picker).to_be_visible(visible=is_open)


def test_tags_are_taken_by_keyboard_and_without_an_answer_it_is_a_field(page: Page):
    field, keys = page.locator("input[name=tags]"), page.keyboard
    page.get_by_role("button", name="Tags none").click()
    field.focus()
    keys.type("New thing")
    expect(page.get_by_role("option", name="New thing a new tag")).to_be_visible()
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(field).to_have_value("New thing, ")
    keys.press("ArrowDown")
    first = page.get_by_role("option").first
    expect(first).to_be_visible()
    keys.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    name = first.get_attribute("data-name") or ""
    keys.press("Enter")
    expect(field).to_have_value(f"New thing, {name}, ")
    keys.type("x")
    expect(page.get_by_role("listbox")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    page.route("**/tags/?*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        keys.type("y")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value(f"New thing, {name}, xy")


def test_addresses_become_sources_and_are_saved(page: Page):
    page.get_by_label("Heading", exact=True).fill("With sources")
    page.get_by_role("button", name="Sources none").click()
    page.get_by_label("Type, paste or drop an address").focus()
    paste(page, "https://www.bbc.co.uk/news/1\nhttps://example.org/2\n")
    rows = page.get_by_role("group", name=re.compile(r"^Source \d"))
    expect(rows).to_have_count(2)
    assert [rows.nth(at).get_by_label("Publisher").input_value() for at in (0, 1)] == ["bbc.co.uk", "example.org"]
    assert rows.first.get_by_label("Checked on").input_value()
    page.get_by_role("button", name="Remove: Source 1").click()
    expect(page.get_by_role("button", name="Remove: Source 1")).to_be_focused()
    page.get_by_label("Type, paste or drop an address").fill("https://example.com/3")
    page.keyboard.press("Enter")
    expect(rows.nth(1).get_by_label("Title")).to_be_focused()
    page.get_by_role("button", name="Save and next fact").click()
    expect(page.locator(".messagelist .success")).to_be_visible()  # the next page has the same address
    outline = page.request.get(page.url.replace("cards/add/", "change/")).text()
    link = re.search(r'href="([^"]+/cards/[^"/]+/)"[^>]*>[^<]*With sources', outline)
    assert link
    page.goto(urljoin(page.url, link[1]))
    page.get_by_role("button", name="Sources 2").click()
    expect(rows).to_have_count(2)
    expect(rows.first.get_by_label("Address")).to_have_value("https://example.org/2")


def test_without_scripts_the_page_is_whole(visitor: Callable[..., Visitor]):
    page = new_fact(visitor(java_script_enabled=False))
    page.get_by_label("Heading", exact=True).fill("Plain")
    page.locator("[name=tags]").fill("One, Two")
    page.locator("[name=sources-1-url]").fill("https://example.org/")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="Plain")).to_be_visible()
