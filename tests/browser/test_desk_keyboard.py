"""The whole Trauma Code article, written from nothing without touching a mouse."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from articles.demo import stories
from articles.document import Card, Document, Source
from tests.browser.desk import body_of, headings, ready, saved

MOST_TABS = 1200  # ten open facts have many fields
MOST_TABS_IN_A_FORM = 80  # a source has eight fields

#: The words by which a person knows what has the focus.
FOCUSED = """() => {
  const at = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
  const of = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  return (at.getAttribute('aria-label') || of(at.getAttribute('aria-labelledby')) || at.labels?.[0]?.textContent
    || at.textContent || '').trim();
}"""


def tab_to(page: Page, name: str, key: str = "Tab") -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        if page.evaluate(FOCUSED).lower().startswith(name.lower()):
            return
    raise AssertionError(f"“{name}” cannot be reached with {key}; the focus is at “{page.evaluate(FOCUSED)}”.")


def write(page: Page, field: str, words: str) -> None:
    """Tabs on to a field and types; long texts arrive in one go, as from an input method."""
    tab_to(page, field)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(words)


def open_chip(page: Page, name: str) -> None:
    """The focus goes into its first field. Chips stand in one line: the one that is wanted may lie ahead or behind."""
    chip = page.locator("form:focus-within .chip", has_text=name)
    for key in ("Tab", "Shift+Tab"):
        for _ in range(MOST_TABS_IN_A_FORM):
            page.keyboard.press(key)
            if not chip.count():  # the focus has left the form
                page.keyboard.press("Shift+Tab")
                break
            if chip.evaluate("chip => chip === document.activeElement"):
                page.keyboard.press("Enter")
                return
    raise AssertionError(f"The chip “{name}” cannot be reached.")


def with_address(card: Card) -> list[Source]:
    return [source for source in card.sources if source.url]


def write_fact(page: Page, card: Card) -> None:
    """The focus stands in the heading of an empty fact."""
    page.keyboard.insert_text(f"{card.emoji} {card.heading}")
    write(page, "Text", card.body)
    open_chip(page, "Sources")
    for source in with_address(card):
        tab_to(page, "Type, paste or drop an address")
        page.keyboard.insert_text(source.url)
        page.keyboard.press("Enter")
        page.keyboard.insert_text(source.title)
        write(page, "Publisher", source.publisher)
    if card.spoiler_after is not None:
        open_chip(page, "Spoiler point")
        page.keyboard.insert_text(str(card.spoiler_after))
        write(page, "Spoiler-safe heading", card.safe_heading)
    open_chip(page, "Tags")
    page.keyboard.insert_text(", ".join(card.tags))


@pytest.fixture(scope="module")
def trauma_code() -> Document:
    found = [
        story.document for story in stories.read_stories(dt.date(2026, 1, 1)) if "trauma-code" in story.document.slug
    ]
    return found[0]


def test_an_article_is_written_with_the_keyboard_only(visitor, trauma_code):
    mina = visitor()
    page = mina.sign_in("writer")
    tab_to(page, "New article")
    page.keyboard.press("Enter")
    page.wait_for_url("**/add/")
    tab_to(page, "Title")
    page.keyboard.insert_text("Trauma Code by keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    ready(page)

    tab_to(page, "Edit the details")
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=details] [name=title]")).to_be_focused()
    write(page, "Dek", trauma_code.dek)
    tab_to(page, "Subject")
    page.keyboard.type("The Trauma Code")
    write(page, "Tags", ", ".join(trauma_code.tags))
    tab_to(page, "Numbering")
    page.keyboard.press("ControlOrMeta+s")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Edit the details")).to_be_focused()

    tab_to(page, "Edit the introduction")
    page.keyboard.press("Enter")
    expect(body_of(page, "Introduction")).to_be_focused()
    page.keyboard.insert_text(trauma_code.introduction)
    page.keyboard.press("Escape")

    tab_to(page, "Add a fact")
    page.keyboard.press("Enter")
    for number, card in enumerate(trauma_code.cards, 1):
        expect(
            page.locator("[data-outline=cards] > li").nth(number - 1).get_by_label("Heading", exact=True)
        ).to_be_focused()
        write_fact(page, card)
        page.keyboard.press("ControlOrMeta+Enter")
    page.keyboard.press("Escape")  # the eleventh, in which nothing was written
    expect(page.locator("[data-outline=cards] > li")).to_have_count(len(trauma_code.cards))

    tab_to(page, "Edit the conclusion")
    page.keyboard.press("Enter")
    page.keyboard.insert_text(trauma_code.conclusion_heading)
    write(page, "Text", trauma_code.conclusion)
    page.keyboard.press("Escape")
    tab_to(page, "Add a question")
    page.keyboard.press("Enter")
    for faq in trauma_code.faqs:
        page.keyboard.insert_text(faq.question)
        write(page, "Answer", faq.answer)
        page.keyboard.press("ControlOrMeta+Enter")
    page.keyboard.press("Escape")
    saved(page)

    written = page.request.get(
        page.url.split("?")[0].replace("/change/", "/contents/"), headers={"Accept": "application/json"}
    )
    parts = written.json()["parts"]
    cards = [value["value"] for place, value in parts.items() if place.startswith("card:")]
    for card, value in zip(trauma_code.cards, cards, strict=True):
        told = (value["heading"], value["emoji"], value["body"], tuple(value["tags"]), value["spoiler_after"])
        assert told == (card.heading, card.emoji, card.body.strip(), card.tags, card.spoiler_after)
        assert [source["url"] for source in value["sources"]] == [source.url for source in with_address(card)]
    assert parts["introduction"]["value"]["introduction"] == trauma_code.introduction.strip()
    assert len([place for place in parts if place.startswith("faq:")]) == len(trauma_code.faqs)
    assert headings(page) == [card.heading for card in trauma_code.cards]
    tab_to(page, "Hand in", key="Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moves/submit/**")
