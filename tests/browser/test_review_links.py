"""An editor gives a lawyer without an account a link: opened, commented, agreed, revoked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, lines, new_article, ready, saved
from tests.browser.test_accessibility import STATES, faults

LAWYER = "Han Seo-yeon, lawyer"


def link_page(person: Visitor) -> Page:
    """The page of the review links of a new article with two facts."""
    person.sign_in("editor")
    page = new_article(person, "Lamps that a lawyer reads")
    add_fact(page, "Twelve lamps", "The ferry has twelve lamps.")
    add_fact(page, "A court case", "It was settled in 2019.")
    saved(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Review links").click()
    page.wait_for_url("**/review-links/")
    return page


def make_link(page: Page) -> str:
    """The address of a new link, as the page shows it once."""
    page.get_by_label("For whom").fill(LAWYER)
    page.get_by_label("Open for how many days").fill("7")
    page.get_by_label("They may say yes").check()
    page.get_by_role("button", name="Make the link").click()
    field = page.get_by_label("It is shown only now")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    address = field.input_value()
    assert page.evaluate("() => navigator.clipboard.readText()") == address
    return address


def test_a_link_is_opened_commented_agreed_to_and_revoked(visitor):
    edda, lawyer = visitor(), visitor()
    page = link_page(edda)
    links = page.url
    address = make_link(page)
    page.reload()
    expect(page.get_by_label("It is shown only now")).to_have_count(0)

    # The lawyer has no account; an empty comment is told, and what was typed for the yes is still there.
    guest = lawyer.open(address)
    expect(guest.get_by_role("complementary", name="About this page")).to_contain_text(f"For {LAWYER}")
    expect(guest.get_by_role("heading", name="A court case")).to_be_visible()
    expect(guest.get_by_role("link", name="Report a mistake")).to_have_count(0)
    guest.get_by_role("link", name="Comment or say yes").click()
    guest.get_by_label("A note with your yes").fill("With that year put right.")
    guest.get_by_role("button", name="Send the comment").click()
    expect(guest.locator("#form-summary")).to_contain_text("Write something before you send it.")
    expect(guest.get_by_label("A note with your yes")).to_have_value("With that year put right.")
    guest.get_by_label("What is it about?").select_option(label="Fact 2: A court case")
    guest.get_by_label("Your comment").fill("It was 2020.")
    guest.get_by_role("button", name="Send the comment").click()
    expect(guest.locator("#said")).to_contain_text("It was 2020.")
    expect(guest.locator("#form-summary")).to_contain_text("not sent yet")
    guest.get_by_role("button", name="Yes, I agree").click()
    expect(guest.locator("#said")).to_contain_text("With that year put right.")
    expect(guest.get_by_role("button", name="Yes, I agree")).to_have_count(0)

    # The desk has the comment beside its fact, with the name; the yes approves nothing.
    board = page.goto(links.replace("/review-links/", "/change/")) and page
    ready(board)
    expect(lines(board).nth(1).locator("[data-thread]")).to_contain_text(f"{LAWYER} (by a review link)")
    expect(board.locator(".badge").first).to_have_text("Draft")
    page.goto(links.replace("/review-links/", "/review/"))
    opinions = page.get_by_role("region", name="Opinions from outside")
    expect(opinions).to_contain_text(f"{LAWYER} said yes to revision 1")
    expect(opinions).to_contain_text("the words are the same now")

    page.goto(links)
    expect(page.locator(".link-list")).to_contain_text("With that year put right.")
    page.get_by_role("button", name=re.compile(f"^Revoke.*{LAWYER}")).click()
    expect(page.locator(".link-list")).to_contain_text("revoked by editor")
    guest.reload()
    expect(guest.get_by_role("heading", level=1)).to_have_text("This link opens nothing")
    expect(guest.locator("body")).not_to_contain_text("lamps")


def test_axe_finds_no_fault_on_either_page(visitor):
    edda = visitor()
    page = link_page(edda)
    links, address = page.url, make_link(page)
    found = []
    for state, options in STATES.items():
        person = visitor(**options)
        person.sign_in("editor")
        found += [fault for place in (address, links) for fault in faults(person.open(place), state)]
        guest = person.open(address)
        guest.get_by_role("button", name="Send the comment").click()
        expect(guest.locator("#form-summary")).to_be_visible()
        found += faults(guest, state)
    assert found == [], "\n".join(found)
