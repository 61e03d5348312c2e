"""The writer's guide in the desk: reached by “Help”, read by its contents, found again by the link to a section."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor
from tests.browser.test_accessibility import faults


@pytest.mark.parametrize("width", [360, 1280])
def test_a_writer_finds_a_section_and_sees_its_pictures(visitor: Callable[..., Visitor], width: int):
    person = visitor(viewport={"width": width, "height": 800})
    page = person.sign_in("writer")
    page.get_by_role("link", name="Help", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Help")).to_be_visible()
    contents = page.locator("nav ol[lang=en] a")
    assert contents.count() > 5
    last = contents.last
    name, anchor = last.inner_text(), last.get_attribute("href")
    last.click()
    heading = page.get_by_role("heading", level=2, name=name)
    expect(heading).to_be_in_viewport()
    assert page.url.endswith(str(anchor))
    images = page.locator(".guide-text img")
    for place in range(images.count()):
        images.nth(place).scroll_into_view_if_needed()
    assert images.evaluate_all("all => Promise.all(all.map((image) => image.decode())).then(() => true)")
    assert all(images.evaluate_all("all => all.map((image) => image.alt.length > 10)"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert list(faults(page, f"Help at {width}")) == []
