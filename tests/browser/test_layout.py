"""What stands beside what: no card is alone in its row, no number is read as a part of the name before it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

AUTHOR, SUBJECT, TAG = "/authors/mina-halloran/", "/subjects/the-trauma-code/", "/tags/casting/"
#: The rows of a list of cards: how many stand in each, and whether the last reaches as far as the list.
ROWS = """() => [...document.querySelectorAll(".teasers")].map((list) => {
  const cards = [...list.children].map((card) => card.getBoundingClientRect());
  const last = cards.filter((card) => Math.abs(card.top - cards.at(-1).top) < 2);
  return { isAlone: last.length === 1, isWhole: Math.abs(last.at(-1).width - list.clientWidth) < 2, all: cards.length };
})"""


def box(page: Page, selector: str, place: int = 0) -> dict[str, float]:
    found = page.locator(selector).nth(place).bounding_box()
    assert found is not None
    return dict(found)


@pytest.mark.parametrize("path", ["/", "/articles/", AUTHOR, SUBJECT, TAG, "/articles/10-facts-about-the-trauma-code/"])
def test_a_card_that_is_alone_in_its_row_lies_across_it(visitor, path: str):
    page = visitor().open(path)
    for width in (700, 768, 900, 960, 1024, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        rows = page.evaluate(ROWS)
        assert rows, path
        assert [row for row in rows if row["isAlone"] and not row["isWhole"]] == [], width


def test_the_numbers_of_a_subject_stand_in_one_line_of_a_phone(visitor):
    page = visitor(viewport={"width": 360, "height": 800}).open(SUBJECT)
    assert len({box(page, ".subject-data > div", place)["y"] for place in range(5)}) == 1


def test_a_number_is_set_apart_from_the_name_that_it_counts(visitor):
    for path in (SUBJECT, TAG, "/tags/", "/subjects/"):
        page = visitor().open(path)
        counts = page.locator(".tag .count")
        assert counts.count(), path
        assert counts.first.evaluate("count => getComputedStyle(count).borderInlineStartWidth") == "1px", path


def test_a_box_to_tick_stands_in_the_middle_of_its_line(visitor):
    page = visitor(viewport={"width": 360, "height": 800}).open("/follow/")
    tick, label = box(page, ".choices input"), box(page, ".choices label")
    assert abs(tick["y"] + tick["height"] / 2 - label["y"] - label["height"] / 2) < 2


def test_the_button_of_the_episode_form_stands_beside_its_field(visitor):
    page = visitor(viewport={"width": 390, "height": 800}).open(SUBJECT)
    field, button = box(page, ".seen-ask input[type=number]"), box(page, ".seen-ask button")
    assert 0 < button["x"] - field["x"] - field["width"] < 16


@pytest.mark.parametrize("width", [320, 360, 412, 768, 1280])
def test_a_button_that_a_script_shows_makes_no_row_higher(visitor, width: int):
    page = visitor(viewport={"width": width, "height": 800}).open("/facts/")
    page.locator("[data-save]:not([hidden])").first.wait_for()
    grown = page.locator(".fact-row").evaluate_all("""rows => rows.filter((row) => {
      const button = row.querySelector("[data-save]"), shown = row.offsetHeight;
      button.hidden = true;
      const held = row.offsetHeight;
      button.hidden = false;
      return shown !== held;
    }).length""")
    assert grown == 0


def test_a_name_of_two_words_is_not_pulled_apart_by_its_number_and_is_found_by_the_second(visitor):
    page = visitor(viewport={"width": 1280, "height": 900}).open("/facts/")
    name = page.locator(".offers a", has_text="Joon-ho").locator("span").first
    assert name.inner_text() == "Bong Joon-ho"
    assert name.evaluate("name => name.offsetWidth") < 160
    page.get_by_placeholder("Find a tag").press_sequentially("joon")
    page.locator(".offers a", has_text="K-Drama").wait_for(state="hidden")
    assert name.is_visible()
