"""A writer proves ten claims by keyboard, below the fact that states them; a changed figure drops its tick alone."""

import time

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, body_of, lines, new_article, saved, write
from tests.browser.test_accessibility import faults

NIGHTS = range(31, 41)
BODY = " ".join(f"It burned for {number} nights." for number in NIGHTS) + " It is the longest."
EXCERPT = "\n".join(f"Log: {number} nights." for number in NIGHTS)


def with_source(mina: Visitor, title: str) -> tuple[Page, Locator]:
    """An article with one fact and its source; the list of its claims is open."""
    mina.sign_in("writer")
    page = new_article(mina, title)
    add_fact(page, "Lamps", BODY)
    line = lines(page).first
    line.get_by_role("button", name="Sources").click()
    line.get_by_label("Type, paste or drop").fill("https://example.org/log")
    line.get_by_role("button", name="Add a source").click()
    line.get_by_label("Excerpt").fill(EXCERPT)
    line.get_by_label("Kind of source").select_option(label="Interview")
    saved(page)
    line.get_by_role("button", name="Close", exact=True).click()
    line.locator("[data-claims] summary").press("Enter")
    expect(line.get_by_role("button", name="31 nights", exact=True)).to_be_visible()
    return page, line


def test_a_writer_binds_ten_claims_by_keyboard(visitor):
    mina = visitor()
    page, line = with_source(mina, "Lamps to prove")
    began = time.monotonic()
    line.get_by_role("button", name="31 nights", exact=True).focus()
    for number in NIGHTS:
        expect(line.get_by_role("button", name=f"{number} nights", exact=True)).to_be_focused()
        page.keyboard.press("b")
    expect(line.get_by_role("button", name="longest", exact=True)).to_be_focused()
    assert time.monotonic() - began < 120
    expect(line.locator(".claim-state.is-bound")).to_have_count(10)
    expect(line.locator("[data-claims] summary")).to_have_text("11 things to check, 10 done")
    expect(line.get_by_text("The figure stands in the source.").first).to_be_visible()

    page.keyboard.press("t")
    page.keyboard.type("The almanac, page 9.")
    page.keyboard.press("Enter")
    expect(line.get_by_text("The almanac, page 9.")).to_be_visible()
    expect(line.get_by_role("button", name="longest", exact=True)).to_be_focused()
    page.keyboard.press("z")
    expect(line.locator(".claim-state.is-open")).to_have_count(1)
    page.keyboard.press("ArrowUp")
    expect(line.get_by_role("button", name="40 nights", exact=True)).to_be_focused()

    line.locator("[data-open]").first.click()
    write(body_of(line), BODY.replace("35", "95"))
    saved(page)
    expect(line.locator(".claim-state.is-bound")).to_have_count(9)
    write(body_of(line), BODY)
    saved(page)
    expect(line.locator(".claim-state.is-bound")).to_have_count(10)
    assert mina.console == []


def test_the_pages_of_claims_are_accessible_in_each_state_and_work_without_a_script(visitor):
    mina = visitor()
    page, line = with_source(mina, "Lamps to prove without a script")
    base = page.url.partition("change/")[0]
    line.get_by_role("link", name="Other words …: longest").click()
    page.wait_for_url("**/claims/one/**")
    assert list(faults(page, "light")) == []
    page.get_by_label("Words of its excerpt").fill("40 nights")
    page.get_by_label("How they prove it").fill("The log has no longer one.")
    page.get_by_role("button", name="Bind", exact=True).click()
    page.wait_for_url("**/claims/#**")
    expect(page.get_by_text("The log has no longer one.")).to_be_visible()
    page.get_by_role("button", name="Bind all 10 that stand in the sources").click()
    expect(page.locator(".claim-state.is-bound")).to_have_count(11)
    assert list(faults(page, "light")) == []
    page.goto(base + "change/")
    expect(lines(page).first.locator("[data-claims] summary")).to_have_text("11 things to check, 11 done")
