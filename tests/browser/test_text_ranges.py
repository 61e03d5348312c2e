"""Ranges of words in the text field: they survive edits around them, go with their words and come back with them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.text_field import TextPage

TEXT = "She said that nothing would change. 🔥 그리고 끝."


@pytest.fixture
def field(browser: Browser) -> Iterator[TextPage]:
    page = TextPage(browser).mount(TEXT)
    yield page
    page.context.close()
    assert page.said == []


def add(field: TextPage, name: str, words: str) -> None:
    start = field.page.evaluate("words => field.text.indexOf(words)", words)
    field.page.evaluate(
        "([id, from, to]) => field.addRange(id, from, to, 'comment', { by: 'Mina' })",
        [name, start, start + len(words.encode("utf-16-le")) // 2],
    )


def ranges(field: TextPage) -> dict[str, str | None]:
    found: list[dict[str, Any]] = field.page.evaluate("field.ranges()")
    return {each["id"]: None if each["isGone"] else each["words"] for each in found}


def told(field: TextPage) -> list[Any]:
    return list(field.page.evaluate("told.ranges.splice(0)"))


def test_a_range_keeps_its_words_through_edits_around_and_inside(field: TextPage):
    add(field, "a", "nothing")
    add(field, "b", "그리고")
    assert field.looks("comment") == ["nothing", "그리고"]
    field.select(0)
    field.type("Once, s")
    field.press("Delete")
    field.select(field.text.index("nothing"))
    field.type("really ")
    field.select(field.text.index("nothing") + 7)
    field.type("!")
    field.select(field.text.index("hing"))
    field.type("-")
    assert ranges(field) == {"a": "not-hing", "b": "그리고"}
    field.page.evaluate("text => field.receive(text)", "Theirs: " + field.text.replace("change", "stay"))
    assert ranges(field) == {"a": "not-hing", "b": "그리고"}
    field.choose("not-hing")
    field.press("Control+b")
    assert ranges(field) == {"a": "not-hing", "b": "그리고"}
    assert field.page.evaluate("field.ranges()[0].data") == {"by": "Mina"}
    assert told(field) == []


def test_a_range_goes_with_its_words_and_comes_back_by_undo(field: TextPage):
    add(field, "a", "nothing")
    for words in ("nothing", "that nothing would", "that noth", "hing would", TEXT):
        field.choose(words)
        field.press("Delete")
        assert ("nothing" in words) == (ranges(field)["a"] is None)
        field.press("Control+z")
        assert ranges(field) == {"a": "nothing"}, words
    assert told(field) == [{"gone": ["a"], "back": []}, {"gone": [], "back": ["a"]}] * 3
    field.choose("nothing")
    field.type("all")
    assert ranges(field) == {"a": None}
    field.page.evaluate("field.receive('Theirs. ' + field.text)")
    field.press("Control+z")
    assert ranges(field) == {"a": "nothing"}
    field.press("Control+Shift+z")
    assert ranges(field) == {"a": None}


def test_a_range_that_was_taken_away_stays_away(field: TextPage):
    add(field, "a", "nothing")
    field.choose("nothing")
    field.press("Delete")
    field.page.evaluate("field.removeRanges('a')")
    field.press("Control+z")
    assert ranges(field) == {}
    field.page.evaluate("field.addRange('b', 5, 5, 'claim'); field.addRange('c', 3, 1000, 'claim')")
    assert ranges(field) == {"b": None, "c": None}, "Offsets that are not in the text are words that are gone."


def test_the_caret_tells_which_ranges_it_touches(field: TextPage):
    add(field, "a", "that nothing")
    add(field, "b", "nothing would")
    field.select(field.text.index("hing"))
    assert field.page.evaluate("told.selects.at(-1).ranges.sort()") == ["a", "b"]
    field.select(0)
    assert field.page.evaluate("told.selects.at(-1).ranges") == []


def test_a_problem_is_underlined_and_said_when_the_caret_comes(field: TextPage):
    field.page.evaluate(
        "field.showProblems([{ from: 4, to: 8, words: 'Who says so?' },"
        " { from: 9, to: 13, words: 'Which?', isAdvice: true }])"
    )
    assert field.looks("problem") == ["said", "that"]
    expect(field.page.get_by_title("Who says so?")).to_have_text("said")
    note = field.page.locator("[data-text-field] [role=status]")
    field.select(6)
    expect(note).to_have_text("Who says so?")
    field.select(20)
    expect(note).to_have_text("")
    assert ranges(field) == {}
    field.page.evaluate("field.showProblems([])")
    assert field.looks("problem") == []


def test_offsets_go_to_python_and_back(field: TextPage):
    python = field.page.evaluate("""async () => {
      const { fromCodePoints, toCodePoints } = await import("/static/desk/shared/code-points.js");
      const there = toCodePoints(field.text, field.text.indexOf("그리고"));
      return [there, field.text.slice(fromCodePoints(field.text, there), fromCodePoints(field.text, there + 3))];
    }""")
    assert python == [TEXT.index("그리고"), "그리고"]


@pytest.mark.parametrize(
    ("text", "words", "characters"),
    [
        ("", 0, 0),
        ("Two **words**", 2, 9),
        ('# One\n\n> two\n> — [three](https://example.org/ "four")\n\n- five ~~six~~ `seven`', 6, 30),
        ("그는 **“인용”**은 말했다", 3, 12),
        ("日本の話", 4, 4),
        ("don’t co-op 🔥", 2, 13),
    ],
)
def test_words_and_characters_are_counted_as_readers_see_them(field: TextPage, text: str, words: int, characters: int):
    field.page.evaluate("text => field.receive(text)", text)
    assert field.page.evaluate("field.count()") == {"words": words, "characters": characters, "selection": None}


def test_the_count_of_the_selection_comes_by_itself(field: TextPage):
    field.choose("nothing would")
    field.until("told.counts.at(-1)?.selection?.words === 2")
    assert field.page.evaluate("told.counts.at(-1).selection.words") == 2
