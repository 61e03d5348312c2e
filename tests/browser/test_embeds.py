"""Frames on other sites: as high as they are told to be, every word of theirs is seen, none of them scrolls, and hardly
any room is empty."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site

MEASURED = """() => {
  const words = document.querySelector(".embed-words"), all = document.scrollingElement;
  const [place, line] = [words, words?.firstElementChild].map((each) => each?.getBoundingClientRect());
  return {
    scrolls: document.body.scrollHeight > document.body.clientHeight || all.scrollHeight > innerHeight
      || all.scrollWidth > innerWidth,
    isSeen: !words || (line.right <= place.right + 1 && line.bottom <= place.bottom + 1),
  };
}"""

#: What is left of the height where the words stand as words do. 8 is the gap above them (.embed-words::before).
EMPTY = """() => {
  const words = document.querySelector(".embed-words");
  const parts = [document.body, words].filter(Boolean);
  document.body.style.blockSize = "auto";
  if (words) Object.assign(words.style, { contain: "none", display: "block", marginBlockEnd: 0 });
  const needed = document.body.getBoundingClientRect().height + (words ? 8 : 0);
  for (const part of parts) part.removeAttribute("style");
  return innerHeight - needed;
}"""
#: Pixels: one line more than was needed, beside the one that is kept for a reader's own letters.
MOST_EMPTY = 45


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def read(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("kind", ["facts", "articles"])
def test_a_frame_of_the_height_that_it_is_told_shows_all_of_its_words(page: Page, site: Site, kind: str):
    listed = read(site("/api/facts")) if kind == "facts" else read(site("/api/articles"))
    addresses = sorted({row["url"] for row in json.loads(listed)["items"]})
    assert len(addresses) > 5
    for address in addresses:
        for width in (300, 360, 480, 560):
            answer = json.loads(read(f"{site('/oembed')}?{urlencode({'url': address, 'maxwidth': width})}"))
            page.set_viewport_size({"width": width, "height": answer["height"]})
            frame = re.search(r'src="([^"]+)"', answer["html"])[1]
            if page.url != frame:
                page.goto(frame)
            assert page.evaluate(MEASURED) == {"scrolls": False, "isSeen": True}, (address, width)
            assert page.evaluate(EMPTY) <= MOST_EMPTY, (address, width)


def test_in_less_room_the_words_are_left_out_whole_and_the_ways_to_the_fact_stay(page: Page, site: Site):
    address = json.loads(read(site("/api/facts")))["items"][0]["url"]
    answer = json.loads(read(f"{site('/oembed')}?{urlencode({'url': address})}"))
    page.set_viewport_size({"width": 560, "height": answer["height"] - 40})
    page.goto(re.search(r'src="([^"]+)"', answer["html"])[1])
    assert page.evaluate(MEASURED) == {"scrolls": False, "isSeen": False}
    page.get_by_role("link", name="Read the fact").click(trial=True)
