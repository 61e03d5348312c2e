"""Tags merged before readers, and undone; a name mended across articles, and reviewed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.test_main_story import press

Arrive = Callable[..., Visitor]


@pytest.fixture
def editor(visitor: Arrive) -> Visitor:
    person = visitor()
    person.sign_in("editor")
    return person


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def test_a_merge_is_seen_by_readers_at_once_and_undone(editor: Visitor, visitor: Arrive):
    reader = visitor()
    page, public = editor.open("/admin/articles/tag/"), reader.open("/tags/webtoon/")
    facts = public.locator("main article, main li").count()
    expect(public.get_by_role("heading", level=1)).to_contain_text("Webtoon")
    follow(page, "Webtoon")
    follow(page, "Merge …")
    page.get_by_label("Merge it into the tag").fill("adaptation")
    page.get_by_role("button", name="Show what it changes").click()
    expect(page.get_by_role("heading", name="“Webtoon” becomes “Adaptation”")).to_be_visible()
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("is merged")
    reader.open("/tags/webtoon/")
    assert public.url.endswith("/tags/adaptation/")
    expect(public.get_by_role("heading", level=1)).to_contain_text("Adaptation")
    page.get_by_role("link", name="Undo …").first.click()
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".messagelist")).to_contain_text("Undone")
    reader.open("/tags/webtoon/")
    assert public.url.endswith("/tags/webtoon/")
    assert public.locator("main article, main li").count() == facts


def test_a_spelling_is_mended_across_articles_and_goes_through_review(editor: Visitor, visitor: Arrive):
    page = editor.open("/admin/articles/article/replace/")
    page.get_by_label("Find", exact=True).fill("Ju Ji-hoon")
    page.get_by_label("Replace with").fill("Joo Ji-hoon")
    page.get_by_role("button", name="Show the places").click()
    articles = page.locator("form fieldset legend a")
    assert articles.count() > 1
    trauma = page.locator("fieldset").filter(has_text="The Trauma Code: Heroes on Call")
    places = page.locator("input[name=place]")
    for place in places.all():
        place.uncheck()
    trauma.locator("input[name=place]").first.check()
    page.get_by_role("button", name="Replace at the ticked places").click()
    expect(page.get_by_role("status").filter(has_text="Replaced at 1 place.")).to_be_visible()
    reader = visitor()
    public = reader.open("/articles/")
    follow_like(public, "10 facts about The Trauma Code")
    address = public.url
    expect(public.locator("main")).not_to_contain_text("Joo Ji-hoon")
    article = page.locator(".lines a").first.get_attribute("href") or ""
    page.goto(editor.site(article))
    press(page, "Hand in")
    other = visitor()
    review = other.sign_in("admin")
    review.goto(other.site(article.replace("/change/", "/history/")))
    expect(review.locator(".history")).to_contain_text("edited")
    review.goto(other.site(article))
    press(review, "Approve")
    review.get_by_role("link", name="Publish now", exact=True).first.click()
    review.get_by_label("a typo").check()
    review.get_by_role("button", name="Publish now", exact=True).click()
    expect(review.locator(".messagelist")).to_be_visible()
    reader.open(address)
    expect(public.locator("main")).to_contain_text("Joo Ji-hoon")


def follow_like(page: Page, name: str) -> None:
    page.get_by_role("link", name=re.compile(re.escape(name))).first.click()
    page.wait_for_url(re.compile("/articles/[^/]+/$"))
