"""Writing in the text field on the desk: marks over lines, quotations, links, pictures, counts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, body_of, lines, new_article, ready, saved, words_of, write
from tests.browser.test_accessibility import faults
from tests.browser.test_pictures import png

BRING = """([kind, files]) => {
  const data = new DataTransfer();
  for (const [name, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  const box = document.activeElement.shadowRoot.activeElement;
  const { right, bottom } = box.getBoundingClientRect();
  const how = { bubbles: true, cancelable: true, clientX: right - 20, clientY: bottom - 20 };
  const event = kind === "paste"
    ? new ClipboardEvent("paste", { ...how, clipboardData: data })
    : new DragEvent("drop", { ...how, dataTransfer: data });
  box.dispatchEvent(event);
}"""


@pytest.fixture
def writer(visitor: Callable[..., Visitor]) -> Visitor:
    person = visitor()
    person.sign_in("writer")
    return person


@pytest.fixture
def page(writer: Visitor) -> Page:
    return new_article(writer, "Lamps at sea")


def bring(page: Page, kind: str, *names: str) -> None:
    """Pastes or drops pictures of these names where the caret stands."""
    page.evaluate(BRING, [kind, [[name, list(png("crimson"))] for name in names]])


def tool(line: Locator, name: str) -> Locator:
    return line.get_by_role("toolbar", name="Formatting").get_by_role("button", name=name, exact=True)


def looks(line: Locator, name: str) -> list[str]:
    return line.locator(f"[data-text-field] .{name}").all_text_contents()


def test_marks_go_over_several_lines_and_off_again_and_stay_after_a_reload(page: Page):
    line = add_fact(page, "The lamp", "It burns.\n\n- red\n- green")
    box, words = body_of(line), words_of(line)
    box.press("ControlOrMeta+a")
    tool(line, "Bold").click()
    expect(words).to_have_value("**It burns.**\n\n- **red**\n- **green**")
    expect(box).to_be_focused()
    assert looks(line, "bold") == ["It burns.", "red", "green"]
    box.press("ControlOrMeta+b")
    expect(words).to_have_value("It burns.\n\n- red\n- green")
    tool(line, "Numbered list").click()
    expect(words).to_have_value("1. It burns.\n\n2. red\n3. green")
    tool(line, "Numbered list").click()
    tool(line, "Quotation").click()
    expect(words).to_have_value("> It burns.\n> \n> red\n> green\n> — ")
    tool(line, "Quotation").click()
    box.press("ControlOrMeta+a")
    tool(line, "List").click()
    tool(line, "Italic").click()
    expect(words).to_have_value("- *It burns.*\n\n- *red*\n- *green*")
    saved(page)
    page.reload()
    ready(page)
    line = lines(page).first
    line.get_by_role("link").click()
    expect(body_of(line)).to_contain_text("It burns.")
    assert looks(line, "italic") == ["It burns.", "red", "green"]
    expect(words_of(line)).to_have_value("- *It burns.*\n\n- *red*\n- *green*")


def test_a_quotation_asks_for_the_words_and_then_for_the_name(page: Page):
    line = add_fact(page, "The captain")
    box = body_of(line)
    tool(line, "Quotation").click()
    assert looks(line, "ghost") == ["the words themselves", "whose words these are"]
    page.keyboard.type("Never again.")
    assert looks(line, "ghost") == ["whose words these are"]
    page.keyboard.press("Enter")
    page.keyboard.type("Mina Park")
    page.keyboard.press("Enter")
    page.keyboard.type("So she said.")
    expect(words_of(line)).to_have_value("> Never again.\n> — Mina Park\n\nSo she said.")
    assert looks(line, "ghost") == []
    expect(box).to_be_focused()


def test_a_link_leads_to_a_fact_of_ours_that_is_found_by_its_title(page: Page):
    line = add_fact(page, "The lamp", "Like the doctor.")
    box, words, dialog = body_of(line), words_of(line), page.get_by_role("dialog", name="Make a link")
    box.press("Home")
    for _ in range(2):
        box.press("ControlOrMeta+ArrowRight")
    box.press("ControlOrMeta+Shift+ArrowRight")
    box.press("ControlOrMeta+k")
    expect(dialog.get_by_label("Address")).to_be_focused()
    assert list(faults(page, "light")) == []
    dialog.get_by_label("Find an article or a fact of ours").fill("trauma ZEPPELIN")
    expect(dialog.get_by_role("status")).to_have_text("Nothing of ours has all of these words.")
    dialog.get_by_label("Find an article or a fact of ours").fill("CODE trauma")
    found = dialog.get_by_role("listitem").get_by_role("button")
    expect(found.first).to_contain_text("10 facts about The Trauma Code")
    assert list(faults(page, "light")) == []
    page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(box).to_be_focused()
    expect(words).to_have_value("Like the [doctor](/articles/10-facts-about-the-trauma-code/).")
    saved(page)


def test_a_link_is_typed_changed_and_taken_off(page: Page):
    line = add_fact(page, "The lamp", "See ")
    box, words = body_of(line), words_of(line)
    dialog = page.get_by_role("dialog", name=re.compile("the link|a link"))
    address = dialog.get_by_label("Address")
    box.press("End")
    tool(line, "Link").click()
    address.fill("not an address")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Write a whole web address")
    expect(address).to_be_focused()
    address.fill("example.org/a (b)")
    page.keyboard.press("Enter")
    expect(dialog).to_be_visible()
    address.fill("example.org/a(b)")
    dialog.get_by_label("Words of the link").fill("a [page]")
    page.keyboard.press("Enter")
    expect(words).to_have_value("See [a \\[page\\]](https://example.org/a%28b%29)")
    box.press("ArrowLeft")
    box.press("ControlOrMeta+k")
    expect(address).to_have_value("https://example.org/a%28b%29")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(box).to_be_focused()
    expect(line.locator("form")).to_be_visible()  # Escape closed the dialog and not the part
    box.press("ControlOrMeta+k")
    address.fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Write a whole web address")
    address.fill("mina@example.org")
    page.keyboard.press("Enter")
    expect(words).to_have_value("See [a \\[page\\]](mailto:mina@example.org)")
    box.press("ControlOrMeta+k")
    dialog.get_by_role("button", name="Take the link off").click()
    expect(words).to_have_value("See a \\[page\\]")


def test_pictures_that_are_pasted_and_dropped_ask_for_words_and_show_in_the_text(page: Page):
    line = add_fact(page, "Two lamps", "They burn.")
    box, words, dialog = body_of(line), words_of(line), page.get_by_role("dialog", name="Pictures")
    box.press("End")
    bring(page, "paste", "image.png")
    expect(dialog.get_by_label("Title")).to_have_value("Image")
    expect(dialog.get_by_label("Alternative text")).to_be_focused()
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog.get_by_text("Say what the picture shows")).to_be_visible()
    dialog.get_by_label("Alternative text").fill("A boat in the fog")
    expect(dialog.get_by_label("Title")).to_have_value("A boat in the fog")
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog).to_be_hidden()
    expect(words).to_have_value(re.compile(r"^They burn\.\n\n!\[\]\(picture:[a-z0-9]{10}\)\n\n$"))
    expect(box).not_to_contain_text("picture:")  # the caret went on below it
    expect(box.get_by_role("img", name="A boat in the fog")).to_be_visible()
    expect(box).to_be_focused()

    # Several at once come one after another, and all of them go into the text.
    bring(page, "drop", "navy.png", "teal.png")
    expect(dialog.get_by_label("Title")).to_have_value("Navy")
    dialog.get_by_role("checkbox", name="Decorative").check()
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog.get_by_label("Title")).to_have_value("Teal")
    dialog.get_by_label("Alternative text").fill("A boat ashore")
    dialog.get_by_role("button", name="Save and use it").click()
    expect(dialog).to_be_hidden()
    expect(words).to_have_value(re.compile(r"^They burn\.(\n\n!\[\]\(picture:[a-z0-9]{10}\)){3}\n\n$"))
    expect(box.locator("img.picture")).to_have_count(3)
    saved(page)
    page.reload()
    ready(page)
    line = lines(page).first
    line.get_by_role("link").click()
    expect(body_of(line).locator("img.picture")).to_have_count(3)
    images = body_of(line).locator("img.picture")
    assert images.evaluate_all("all => Promise.all(all.map((image) => image.decode())).then(() => true)")


def test_words_are_counted_while_they_are_written(page: Page):
    line = add_fact(page, "The lamp", "It **burns** all [night](https://example.org/).")
    count = line.locator(".text-count")
    expect(count).to_have_text("4 words, 19 characters")
    body_of(line).press("Home")
    body_of(line).press("Shift+End")
    expect(count).to_have_text("Selected: 4 words, 19 characters")
    write(body_of(line), "주지훈이 웃는다")
    expect(count).to_have_text("2 words, 8 characters")
    assert body_of(line).get_attribute("lang") == "en"
    assert body_of(line).get_attribute("spellcheck") == "true"


def test_without_the_editor_a_body_is_a_textarea_until_it_can_be_had(page: Page):
    page.route("**/text/field*.js", lambda route: route.abort())
    line = add_fact(page, "The lamp")
    area = line.locator("textarea[name=body]")
    area.fill("It burns.")
    saved(page)
    expect(line.locator("[data-text-field]")).to_have_count(0)
    expect(area).to_be_visible()
    expect(line.get_by_role("toolbar")).to_have_count(0)
    page.unroute("**/text/field*.js")
    line.get_by_label("Heading", exact=True).focus()
    area.focus()
    expect(body_of(line)).to_be_focused()
    page.keyboard.type("Now ")
    expect(words_of(line)).to_have_value(re.compile("Now "))


def test_the_editor_takes_over_in_the_middle_of_a_word(page: Page):
    held: list[Route] = []
    page.route("**/text/field*.js", lambda route: held.append(route))
    line = add_fact(page, "The lamp")
    line.locator("textarea[name=body]").focus()
    page.keyboard.type("It bur")
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "\u3134", "selectionStart": 1, "selectionEnd": 1})
    held[0].continue_()
    page.evaluate("url => import(url).then(() => null)", held[0].request.url)  # the editor is there
    expect(line.locator("[data-text-field]")).to_have_count(0)  # not while something is composed
    keyboard.send("Input.imeSetComposition", {"text": "ns", "selectionStart": 2, "selectionEnd": 2})
    keyboard.send("Input.insertText", {"text": "ns"})
    expect(body_of(line)).to_be_focused()
    page.keyboard.type(".")
    expect(words_of(line)).to_have_value("It burns.")
    saved(page)


def test_what_the_server_and_others_send_comes_into_the_field(visitor: Callable[..., Visitor], page: Page):
    line = add_fact(page, "A fact", "One.\n\nTwo.")
    saved(page)
    jun = visitor()
    jun.sign_in("editor")
    other = jun.open(page.url)
    ready(other)
    there = lines(other).first
    there.get_by_role("link").click()
    write(body_of(there), "One.\n\nTwo, and more.")
    saved(other)
    expect(body_of(line)).to_contain_text("Two, and more.")
    expect(line.locator("[data-part-state]")).not_to_contain_text("Not saved")


def test_a_fact_that_is_given_up_gives_up_its_editor(page: Page):
    page.get_by_role("link", name="Add a fact").click()
    line = lines(page).last
    body_of(line).focus()
    page.evaluate("window.host = document.querySelector('[data-text-field]')")
    page.keyboard.press("Escape")
    expect(lines(page)).to_have_count(0)
    assert page.evaluate("[window.host.parentNode, window.host.shadowRoot.querySelector('.cm-content')]") == [
        None,
        None,
    ]
