"""An editor looks at what a takedown and its undoing will do, makes both, and readers see what the page said."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_accessibility import STATES, faults


def open_move(page: Page, article: str, name: str) -> None:
    page.goto(article.replace("change/", f"moves/{name}/"))
    expect(page.locator("#plan")).to_be_visible()


def make_move(page: Page, note: str, name: str) -> None:
    page.get_by_label(re.compile("^Note")).fill(note)
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/change/**")


def test_taken_down_by_mistake_and_back(visitor):
    editor, reader = visitor(), visitor()
    editor.sign_in("editor")
    page = editor.open("/admin/articles/article/?public=live")
    page.locator("#result_list th a[href*='change']").last.click()
    page.wait_for_url("**/change/**")
    article = page.url.partition("?")[0]

    open_move(page, article, "take-down")
    gone = page.locator("#plan .is-warning li").all_inner_texts()
    address = next(path for path in gone if path.startswith("/articles/"))
    assert reader.page.request.get(reader.site(address)).status == 200, "a look takes nothing down"
    make_move(page, "By mistake.", "Take down now")
    assert {reader.page.request.get(reader.site(path)).status for path in gone} == {410}

    open_move(page, article, "undo-publication")
    expect(page.locator(".consequence").last).to_contain_text("comes back")
    assert page.locator("#plan details li").filter(has_text=address).count() == 1
    make_move(page, "It was a mistake.", "Undo the last publication")
    expect(page.locator(".messagelist")).to_contain_text("You undid the last publication of")
    assert {reader.page.request.get(reader.site(path)).status for path in gone} == {200}
    page.goto(article.replace("change/", "history/"))
    expect(page.locator("main")).to_contain_text("It was a mistake.")


@pytest.mark.parametrize("state", STATES)
def test_the_plan_has_no_fault_that_axe_knows(visitor, state: str):
    editor = visitor(**STATES[state])
    editor.sign_in("editor")
    page = editor.open("/admin/articles/article/?public=live")
    page.locator("#result_list th a[href*='change']").last.click()
    page.wait_for_url("**/change/**")
    article = page.url.partition("?")[0]
    found = []
    for name in ("take-down", "undo-publication"):
        open_move(page, article, name)
        found += faults(page, state)
    assert found == [], "\n".join(found)
