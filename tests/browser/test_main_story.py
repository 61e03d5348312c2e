"""From a document to a reviewed, published article, as a writer, an editor and a reader see it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import body_of, lines, ready, saved, words_of, write

FERRY = Path(__file__).resolve().parent.parent / "data" / "night-ferry.txt"
TITLE = "Three facts about the night ferry"
ADDRESS = "/articles/three-facts-about-the-night-ferry/"

Arrive = Callable[..., Visitor]


def like(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def press(page: Page, link: str, button: str | None = None, **fields: str) -> None:
    """Opens a move's page from the article's own page, fills it in and confirms."""
    page.get_by_role("link", name=link, exact=True).first.click()
    page.wait_for_url("**/moves/**")
    for tick in page.get_by_label(like("^Go on although")).all():
        tick.check()  # a comment is open
    for label, value in fields.items():
        page.get_by_label(re.compile(label, re.IGNORECASE)).fill(value)
    page.get_by_role("button", name=button or link, exact=True).click()
    expect(page.locator(".messagelist")).to_be_visible()


def bring_in(page: Page) -> str:
    page.goto(re.sub(r"/admin/.*", "/admin/articles/article/import/", page.url))
    page.get_by_label(re.compile("file", re.IGNORECASE)).set_input_files(FERRY)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("Fact 3, heading")).to_be_visible()
    page.get_by_role("button", name="Create draft").click()
    page.wait_for_url("**/change/")
    return page.url


def fill_the_details(page: Page) -> None:
    page.get_by_role("link", name="Edit the details").click()
    page.get_by_label("Title", exact=True).fill(TITLE)
    page.get_by_label(like("^Address")).fill("")
    page.get_by_label(like("^Dek")).fill("What the crew told us on deck, between two storms.")
    page.get_by_label(like("^Subject")).select_option(index=1)
    page.get_by_label("Author 1").select_option(index=1)
    page.get_by_label(like("^Tags")).fill("Ferries, Filming")
    page.get_by_label("Title", exact=True).focus()
    saved(page)
    page.get_by_role("link", name="Edit the details").click()


def mend_the_second_card(page: Page, outline: str, text: str, *, is_approved: bool = False) -> None:
    page.goto(outline)
    ready(page)
    page.get_by_role("link", name=re.compile("captain learned")).first.click()
    card = lines(page).nth(1)
    write(body_of(card), f"{text}\n\n{words_of(card).input_value()}")
    if is_approved:
        page.get_by_role("button", name="Save, and make it a draft again").click()
    expect(lines(page).nth(1).locator("[data-part-state]")).to_contain_text("Saved")
    saved(page)


def whole(page: Page, address: str) -> bytes:
    return page.request.get(address).body()


@pytest.fixture
def writer(visitor: Arrive) -> Visitor:
    person = visitor()
    person.sign_in("writer")
    return person


@pytest.fixture
def editor(visitor: Arrive) -> Visitor:
    person = visitor()
    person.sign_in("editor")
    return person


def test_from_a_document_to_a_published_article(writer: Visitor, editor: Visitor, visitor: Arrive):
    # A writer brings in a document, mends a card and hands it in.
    outline = bring_in(writer.page)
    expect(writer.page.get_by_role("heading", name=re.compile("3 facts"))).to_be_visible()
    fill_the_details(writer.page)
    mend_the_second_card(writer.page, outline, "She had never been to sea.")
    press(writer.page, "Hand in")
    expect(writer.page.get_by_text("In review").first).to_be_visible()

    # An editor reads it as readers will, comments and sends it back.
    editor.open(outline)
    editor.page.get_by_role("link", name="Preview", exact=True).click()
    expect(editor.page.locator("main")).to_contain_text("She had never been to sea.")
    editor.open(outline)
    editor.page.get_by_role("link", name=like("^Comments")).click()
    editor.page.get_by_label(like("^Comment")).fill("Who says that she had not?")
    editor.page.get_by_role("button", name="Comment", exact=True).click()
    expect(editor.page.get_by_text("Who says that she had not?")).to_be_visible()
    editor.open(outline)
    press(editor.page, "Send back", note="Name who said so.")

    # The writer reads the note, mends the card and hands it in again.
    writer.open(outline)
    expect(writer.page.get_by_text("Name who said so.").first).to_be_visible()
    mend_the_second_card(writer.page, outline, "She says so herself.")
    press(writer.page, "Hand in")

    # The editor approves and publishes.
    editor.open(outline)
    press(editor.page, "Approve")
    press(editor.page, "Publish now")
    expect(editor.page.get_by_text(re.compile("live", re.IGNORECASE)).first).to_be_visible()

    # A visitor reads it, opens the spoiler, follows a tag to the index and opens a fact's own page.
    reader = visitor()
    page = reader.open(ADDRESS)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("She says so herself.")
    spoiler = page.locator("details", has=page.get_by_text("lifeboat since the first scene"))
    expect(page.get_by_text("lifeboat since the first scene")).to_be_hidden()
    spoiler.locator("summary").click()
    expect(page.get_by_text("lifeboat since the first scene")).to_be_visible()
    page.get_by_role("link", name="Ferries").first.click()
    expect(page).to_have_url(re.compile("/(tags|facts)/"))
    page.get_by_role("link", name=re.compile("The ship was real")).first.click()
    expect(page).to_have_url(re.compile("/facts/[a-z0-9]{10}/the-ship-was-real"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("The ship was real until the last day")

    # The writer goes on editing: the public page does not move by a byte.
    before = whole(page, reader.site(ADDRESS))
    mend_the_second_card(writer.page, outline, "And she was never seasick.", is_approved=True)
    assert whole(page, reader.site(ADDRESS)) == before

    # The update is handed in, approved and scheduled; it comes at its time.
    writer.open(outline)
    press(writer.page, "Hand in")
    editor.open(outline)
    press(editor.page, "Approve")
    at = editor.site.now() + dt.timedelta(minutes=30)
    editor.page.get_by_role("link", name="Publish at a time", exact=True).click()
    editor.page.get_by_label(like("time")).first.fill(at.strftime("%Y-%m-%dT%H:%M:%S"))
    editor.page.get_by_label(like("clarification")).check()
    editor.page.get_by_label(like("^Go on although")).check()
    editor.page.get_by_role("button", name="Publish at a time", exact=True).click()
    editor.page.wait_for_url(outline + "*")
    assert whole(page, reader.site(ADDRESS)) == before
    reader.site.let_an_hour_pass()
    assert b"And she was never seasick." in whole(page, reader.site(ADDRESS))


def test_without_scripts_two_writers_of_one_card_lose_no_words(writer: Visitor, visitor: Arrive):
    outline = bring_in(writer.page)
    mine, theirs = visitor(java_script_enabled=False), visitor(java_script_enabled=False)
    for person in (mine, theirs):
        person.sign_in("writer")
        person.open(outline)
        person.page.get_by_role("link", name=re.compile("The ship was real")).first.click()
    for person, text in ((mine, "The first text."), (theirs, "The second text.")):
        person.page.get_by_role("textbox", name=like("^Text")).fill(text)
        person.page.get_by_role("button", name="Save", exact=True).click()
    page = theirs.page
    expect(page.locator("main")).to_contain_text("The first text.")
    expect(page.get_by_role("textbox", name=like("^Text"))).to_have_value("The second text.")
    page.get_by_role("textbox", name=like("^Text")).fill("The first text. The second text.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(outline + "*")
    expect(page.locator("main")).to_contain_text("The first text. The second text.")
