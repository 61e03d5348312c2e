"""Small helps while writing: a new subject, sources out of a pasted line, search that opens the card, a template."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.desk import add_fact, lines, new_article, ready, saved
from tests.browser.test_accessibility import OPTIONS
from tests.browser.test_text_tools import paste


def accessible(page: Page, within: str | None = None) -> None:
    found = Axe().run(page, context=within, options=OPTIONS)
    assert found.violations_count == 0, found.generate_report()


def test_a_subject_is_proposed_without_leaving_the_article_and_confirmed_by_an_editor(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Nine bells")
    page.locator("[data-part=details] [data-open]").click()
    page.get_by_role("link", name="A new subject …").click()
    dialog = page.get_by_role("dialog", name="A new subject")
    dialog.get_by_label("Name", exact=True).fill("")
    dialog.get_by_role("button", name="Add the subject").click()
    expect(dialog.locator(".errorlist")).to_be_visible()
    accessible(page, "dialog[open]")  # what it covers is out of reach
    dialog.get_by_label("Name", exact=True).fill("Nine Bells at Sea")
    dialog.get_by_label("Kind").select_option("film")
    dialog.get_by_label("Year").fill("2021")
    dialog.get_by_role("button", name="Add the subject").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("[name=subject]")).to_have_value("nine-bells-at-sea")
    expect(page.get_by_text("an editor confirms it before the article is handed in")).to_be_visible()
    saved(page)
    missing = page.locator("[data-checklist-panel]").get_by_text("is only proposed")
    expect(missing).to_be_visible()

    edda = visitor()
    desk = edda.sign_in("editor")
    desk.get_by_role("link", name="Nine Bells at Sea").click()
    desk.get_by_label("Confirmed").check()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.locator(".messagelist .success")).to_be_visible()
    page.reload()
    ready(page)
    expect(missing).to_have_count(0)


def test_a_pasted_line_fills_the_fields_of_a_source_and_another_fact_offers_them(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Sources by paste")
    line = add_fact(page, "The first bell")
    line.get_by_role("button", name="Sources").click()
    line.locator(".source-add input").focus()
    paste(page, "“The making of bells, and ships”, Sea Times, May 12, 2024, https://example.org/bells.")
    rows = line.locator(".source")
    expect(rows).to_have_count(1)
    expect(rows.locator("[name$=-url]")).to_have_value("https://example.org/bells")
    expect(rows.locator("[name$=-title]")).to_have_value("The making of bells, and ships")
    expect(rows.locator("[name$=-publisher]")).to_have_value("Sea Times")
    expect(rows.locator("[name$=-seen_on]")).to_have_value("2024-05-12")
    accessible(page)
    saved(page)

    other = add_fact(page, "The second bell")
    other.get_by_role("button", name="Sources").click()
    field = other.locator(".source-add input")
    field.press_sequentially("making of bells")
    offered = other.locator("datalist option")
    expect(offered).to_have_attribute("value", "https://example.org/bells")
    field.fill("https://example.org/bells")
    field.press("Enter")
    expect(other.locator(".source [name$=-title]")).to_have_value("The making of bells, and ships")
    expect(other.locator(".source [name$=-publisher]")).to_have_value("Sea Times")
    saved(page)


#: A line as people copy it: title, publisher, day and address; None where it is no source.
LINES = {
    "A page, The Sun, 2024-05-12, https://example.org/1": ("A page", "The Sun", "2024-05-12", "https://example.org/1"),
    "https://example.org/2 | A page | 12 Sept. 2023": ("A page", "", "2023-09-12", "https://example.org/2"),
    "배의 비밀, 바다신문, 2024년 5월 2일, https://a.kr/3": ("배의 비밀", "바다신문", "2024-05-02", "https://a.kr/3"),
    "A page (The Sun) https://example.org/4": ("A page", "The Sun", "", "https://example.org/4"),
    "A, B, 5/6/2024, C, https://example.org/5": ("A, B, 5/6/2024", "C", "", "https://example.org/5"),
    "A page\tThe Sun\t31.12.2023\thttps://a.org/6": ("A page", "The Sun", "2023-12-31", "https://a.org/6"),
    "A page, 31 February 2023, https://a.org/7": ("A page", "31 February 2023", "", "https://a.org/7"),
    "https://example.org/8": None,
    "no address at all, The Sun": None,
    "two https://example.org/9 and https://example.org/10": None,
    f"{'x' * 1000} https://example.org/11": None,
}


def test_lines_as_people_copy_them(visitor):
    page = visitor().open("/")
    module = Path("static/desk/fields/citations.js").read_text(encoding="utf-8").replace("export ", "")
    for line, fields in LINES.items():
        expected = dict(zip(("title", "publisher", "seen_on", "url"), fields, strict=True)) if fields else None
        assert page.evaluate(f"(line) => {{ {module}\n return parseCitation(line); }}", line) == expected, line


def test_search_finds_a_card_in_any_case_and_opens_it(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Where bells ring")
    add_fact(page, "СТАРЫЙ колокол", "Его слышно в порту Пусан.")
    saved(page)
    page = mina.open("/admin/")
    page.get_by_label("Search in titles, headings and texts").fill("старый ПУСАН")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".found mark").first).to_have_text("СТАРЫЙ")
    accessible(page)
    page.locator(".found a").first.click()
    page.wait_for_url(re.compile("/change/#card-"))
    expect(lines(page).first.get_by_label("Heading", exact=True)).to_have_value("СТАРЫЙ колокол")


def test_both_texts_of_an_old_form_are_shown_and_a_third_is_saved(visitor):
    edda, other = visitor(), visitor()
    edda.sign_in("editor")
    other.sign_in("admin")
    page = edda.open("/admin/articles/tag/?q=")
    path = page.locator("#result_list tbody th a").first.get_attribute("href")
    page = edda.open(path)
    theirs = other.open(path)
    theirs.get_by_label("Description:").fill("What sails at night.")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.locator(".messagelist .success")).to_be_visible()
    page.get_by_label("Description:").fill("What rings at night.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="admin changed this meanwhile.")).to_be_visible()
    expect(page.locator(".both-text").first).to_contain_text("sails")
    expect(page.locator(".both-text").last).to_contain_text("rings")
    accessible(page)
    page.get_by_label("Description:").fill("What sails and rings at night.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
