"""axe-core finds nothing on the pages of readers and of the desk, and none is wider than the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Visitor

STATES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
}
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,  # axe would read imported style sheets into a style element, which our policy reports
}
#: Of what axe knows only colours differ in the dark.
COLOURS: dict[str, Any] = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
del COLOURS["rules"]
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"

PUBLIC = (
    "/",
    "/articles/10-facts-about-the-trauma-code/",
    "/facts/",
    "/facts/?q=the",
    "/search/",
    "/search/?q=the",
    "/search/?q=zeppelin+helicopter",
    "/tags/{tag}/",
    "/subjects/the-trauma-code/",
    "/facts/{fact}/",
    "/nothing-here/",
    "/about/",
    "/privacy/",
    "/report/{id}/",
    "/reported/",
)
DOOR = ("/admin/login/", "/admin/password_reset/", "/admin/invitation/nobody/")
DESK = (
    "/admin/",
    "/admin/articles/article/",
    "/admin/articles/article/?due=any",
    "/admin/articles/article/search/?q=the",
    "/admin/articles/article/calendar/",
    "/admin/articles/article/calendar/?view=week",
    "/admin/articles/article/facts/?when=soon",
    "/admin/articles/article/history/",
    "/admin/articles/article/notifications/",
    "/admin/articles/subject/?q=nothing-like-it",
    "/admin/articles/picture/",
    "/admin/articles/tag/",
    "/admin/articles/report/",
    "/admin/articles/sitepage/",
    "/admin/articles/sitepage/about/change/",
    "/admin/auth/user/",
    "/admin/articles/tag/add/",
    "/admin/articles/tag/1/change/",
    "/admin/articles/tag/1/merge/?into=netflix",
    "/admin/articles/tag/1/split/",
    "/admin/articles/tag/several/",
    "/admin/articles/tag/record/",
    "/admin/articles/tag/tidy/",
    "/admin/articles/houseterm/add/",
    "/admin/articles/proofrequirement/",
    "/admin/articles/proofrequirement/add/",
    "/admin/articles/article/replace/?find=Ju+Ji-hoon",
    "/admin/articles/picture/add/",
    "/admin/auth/user/add/",
    "/admin/auth/user/invitations/",
    "/admin/password_change/",
    "/admin/two-step/",
    "/admin/nothing-here/",
)

OF_AN_ARTICLE = (
    "change/",
    "planning/",
    "history/",
    "revisions/",
    "compare/",
    "compare/?as=rendered",
    "comments/",
    "moves/take-down-at/",
    "delete/",
)
#: Sent as they stand: each comes back with errors at its fields.
EMPTY_FORMS = ("/admin/articles/subject/add/", "/admin/articles/article/add/", "/admin/articles/article/import/")


@pytest.mark.parametrize("state", STATES)
def test_readers_pages_have_no_fault_that_axe_knows(visitor, state: str):
    reader = visitor(**STATES[state])
    names = _names_on(reader)

    found = [fault for path in PUBLIC for fault in faults(reader.open(path.format(**names)), state)]

    assert found == [], "\n".join(found)


@pytest.mark.parametrize("state", STATES)
def test_the_pages_of_the_desk_have_no_fault_that_axe_knows(visitor, state: str):
    editor = visitor(**STATES[state])
    found = [fault for path in DOOR for fault in faults(editor.open(path), state)]
    editor.sign_in("admin")

    found += [fault for path in (*DESK, *_article_pages(editor)) for fault in faults(_opened(editor, path), state)]
    found += [fault for path in EMPTY_FORMS for fault in faults(_sent_empty(editor, path), state)]

    assert found == [], "\n".join(found)


def faults(page: Page, state: str) -> Iterator[str]:
    """A line for each fault: where, which rule, and the elements."""
    results = Axe().run(page, options=COLOURS if state == "dark" else OPTIONS).response
    for fault in results["violations"]:
        where = "; ".join(" ".join(map(str, node["target"])) for node in fault["nodes"][:3])
        yield f"{page.url}: {fault['id']} ({fault['help']}), {len(fault['nodes'])} times: {where}"
    if page.evaluate(TOO_WIDE):
        yield f"{page.url}: the page scrolls sideways"


def _names_on(reader: Visitor) -> dict[str, str]:
    """A fact and a tag of the demo, from the index of facts."""
    page = reader.open("/facts/")
    fact = page.locator("main a[href^='/facts/']:not([href*='?'], [href='/facts/'])").first.get_attribute("href") or ""
    tag = page.locator("main a.tag").first.get_attribute("href") or ""
    fact = fact.removeprefix("/facts/").strip("/")
    return {"fact": fact, "id": fact.partition("/")[0], "tag": tag.removeprefix("/tags/").strip("/")}


def _article_pages(editor: Visitor) -> list[str]:
    page = editor.open("/admin/articles/article/?q=trauma")
    change = page.locator("#result_list tbody th a").first.get_attribute("href") or ""
    return [change.partition("change/")[0] + below for below in OF_AN_ARTICLE]


def _opened(editor: Visitor, path: str) -> Page:
    """The page; of an article's own, with every part open."""
    page = editor.open(path)
    if path.endswith("/change/") and "/article/" in path:
        page.locator("[data-open-all]").click()
        page.locator("[data-part=details] [data-open]").click()
        page.locator("[data-part=details] form, [data-part^=faq] form").last.wait_for()
    return page


def _sent_empty(editor: Visitor, path: str) -> Page:
    page = editor.open(path)
    page.locator("#content form").first.evaluate("form => { form.noValidate = true }")
    page.locator("#content form [type=submit]").last.click()
    page.locator(".errornote").first.wait_for()
    return page
