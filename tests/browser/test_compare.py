"""An editor compares two versions that they chose and brings one fact back; and sees a cover swapped in review."""

from __future__ import annotations

from playwright.sync_api import expect

from tests import make
from tests.browser.desk import add_fact, body_of, lines, new_article, ready, saved, write
from tests.browser.test_review import IN_REVIEW, open_review


def test_two_versions_are_chosen_and_one_fact_comes_back(visitor):
    writer = visitor()
    writer.sign_in("writer")
    page = new_article(writer, "Lamps of the ferry")
    for number in ("first", "second"):
        add_fact(page, f"The {number} lamp", f"It is the {number}, and it is red.")
    saved(page)
    outline = page.url
    revisions = outline.replace("/change/", "/revisions/")

    def keep(name: str) -> None:
        page.goto(revisions)
        page.get_by_label("Keep the article as it is now").fill(name)
        page.get_by_role("button", name="Save this version").click()
        expect(page.locator(".messagelist")).to_contain_text(name)

    keep("red lamps")
    page.goto(outline)
    ready(page)
    lines(page).first.locator("[data-open]").click()
    write(body_of(lines(page).first), "It is the first, and it is green.")
    saved(page)
    keep("green lamps")

    # From the list: one changed word is one marked word, as text and as readers see it.
    page.get_by_role("link", name="Compare with now").last.click()
    page.get_by_label("From", exact=True).select_option(
        label=page.locator("#compare-old option", has_text="red").inner_text()
    )
    page.get_by_label("To", exact=True).select_option(
        label=page.locator("#compare-new option", has_text="green").inner_text()
    )
    page.get_by_role("button", name="Compare").click()
    for shown in ("as text", "as readers see them"):
        page.get_by_label(shown).check()
        page.get_by_role("button", name="Compare").click()
        expect(page.locator(".comparison del")).to_have_text(["red"])
        expect(page.locator(".comparison ins")).to_have_text(["green"])
    expect(page.locator("details.item:not([open])")).to_have_count(1)

    page.get_by_role("link", name="Bring back “The first lamp” from revision 1 …").click()
    page.get_by_role("button", name="Bring it back").click()
    page.wait_for_url("**/change/**")
    ready(page)
    expect(page.locator(".messagelist")).to_contain_text("As it was in revision 1: The first lamp")


def test_a_writer_swaps_a_cover_in_review_and_who_approved_it_sees_it(visitor):
    writer, editor = visitor(), visitor()
    editor.sign_in("admin")
    writer.sign_in("writer")
    page = open_review(editor)
    details = page.locator("[data-piece=details]")
    expect(details.locator(".piece-body img")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("a")
    expect(details.locator(".badge")).to_have_text("Approved")

    library = writer.open(f"/admin/articles/picture/?q={IN_REVIEW.replace(' ', '+')}")
    library.get_by_role("link", name=f"Cover: {IN_REVIEW}").click()
    new = {"name": "red.jpg", "mimeType": "image/jpeg", "buffer": make.image_bytes(size=(640, 480), colour="red")}
    library.get_by_label("Another file").set_input_files(new)
    library.get_by_role("button", name="Save", exact=True).click()
    expect(library.locator(".messagelist")).to_contain_text("It is a change of 1 article.")

    # What was approved is not what stands there now: the approval lapsed, and both covers are shown.
    page.reload()
    expect(details.locator(".badge")).to_have_text("Not decided")
    expect(details.locator(".piece-changes img")).to_have_count(2)
    expect(details.locator(".piece-changes img").last).to_have_attribute("width", "640")
    expect(page.locator("[data-banner]")).to_contain_text("0 of")
