"""The text field as a form sees it: the exact text, names, states, what arrives from outside while somebody writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, expect

from tests.browser.test_accessibility import OPTIONS, TOO_WIDE
from tests.browser.text_field import AWKWARD, FORM, TextPage

CLIPBOARD = Path(__file__).resolve().parent.parent / "data" / "clipboard"


@pytest.fixture
def mount(browser: Browser) -> Iterator[Callable[..., TextPage]]:
    pages: list[TextPage] = []

    def mounted(text: str | None = None, html: str = FORM, picture: str = "", **options: Any) -> TextPage:
        pages.append(TextPage(browser, html, **options))
        return pages[-1].mount(text, picture)

    yield mounted
    said = [line for page in pages for line in page.said]
    for page in pages:
        page.context.close()
    assert said == [], "The console stays clean, and the content policy reports nothing."


def as_a_textarea_has_it(text: str) -> str:
    return re.sub("\r\n?", "\n", text)


def test_a_text_comes_back_to_the_byte_however_it_is_made(mount: Callable[..., TextPage]):
    field = mount("")
    for name, text in AWKWARD.items():
        field.page.evaluate("field.destroy()")
        field.mount(text)
        assert field.text == text, name
        assert field.value == as_a_textarea_has_it(text), name
        field.select(len(text.encode("utf-16-le", "surrogatepass")) // 2)
        field.type("x")
        assert field.text == text + "x", name
        field.press("Control+z")
        assert field.text == text, name
    assert field.page.evaluate("told.change") == 0


def test_what_is_typed_is_in_the_form_and_is_told_like_a_textareas(mount: Callable[..., TextPage]):
    field = mount(html=FORM.replace("></textarea>", ">\nOld **words**.</textarea>"))
    assert field.text == field.value == "Old **words**."
    field.page.get_by_text("Words", exact=True).click()
    expect(field.box).to_be_focused()
    field.press("Control+End")
    field.type("New")
    assert field.page.evaluate("new FormData(textarea.form).get('body')") == "Old **words**.New"
    assert field.page.evaluate("[told.input, told.change]") == [3, 0]
    field.press("Tab")
    expect(field.page.get_by_role("button", name="Send")).to_be_focused()
    assert field.page.evaluate("[told.input, told.change]") == [3, 1]
    field.page.evaluate("textarea.form.reset()")
    expect(field.box).to_have_text("Old words.")
    assert field.text == "Old **words**."


def test_scripts_that_know_only_the_textarea_reach_the_editor(mount: Callable[..., TextPage]):
    field = mount("one two three")
    field.page.evaluate("textarea.focus(); textarea.setSelectionRange(4, 7)")
    expect(field.box).to_be_focused()
    assert field.page.evaluate("[textarea.selectionStart, textarea.selectionEnd]") == [4, 7]
    field.type("2")
    assert field.value == "one 2 three"
    field.page.evaluate("textarea.setRangeText('3', 6, 11)")
    assert field.text == "one 2 3"
    field.page.evaluate("textarea.value = 'a\\r\\nb'")
    assert field.text == field.value == "a\nb"
    field.page.evaluate("field.destroy()")
    assert field.page.evaluate("textarea.hidden") is False
    expect(field.page.get_by_label("Words")).to_have_value("a\nb")


def test_its_name_its_description_and_its_states_are_the_textareas(mount: Callable[..., TextPage]):
    field = mount(html=FORM.replace("></textarea>", " required placeholder='Write'></textarea>"))

    def told() -> dict[str, Any]:
        nodes = field.context.new_cdp_session(field.page).send("Accessibility.getFullAXTree")["nodes"]
        (box,) = (node for node in nodes if node.get("role", {}).get("value") == "textbox")
        states = {each["name"]: each["value"].get("value") for each in box["properties"]}
        return states | {"name": box["name"]["value"], "description": box["description"]["value"]}

    assert told()["name"] == "Words"
    assert told()["description"] == "In Markdown."
    assert told()["multiline"] is True
    assert told()["required"] is True
    assert field.box.get_attribute("lang") == "en"
    assert field.box.get_attribute("spellcheck") == "true"
    expect(field.box).to_contain_text("Write")
    field.page.get_by_role("button", name="Send").click()
    expect(field.box).to_be_focused()
    expect(field.page.get_by_role("status")).to_have_text("Write something here first.")
    field.page.evaluate("textarea.lang = 'ko'; textarea.setAttribute('aria-invalid', 'true'); textarea.readOnly = true")
    expect(field.box).to_have_attribute("lang", "ko")
    field.type("x")
    field.press("Control+b", "Control+Shift+9", "Enter")
    assert field.text == ""
    expect(field.box).to_have_attribute("aria-readonly", "true")
    assert told()["invalid"] == "true"
    field.page.evaluate("textarea.disabled = true")
    expect(field.box).to_have_attribute("contenteditable", "false")


def test_single_letters_stay_inside_and_escape_and_shortcuts_come_out(mount: Callable[..., TextPage]):
    field = mount("a")
    field.page.evaluate("window.keys = []; document.addEventListener('keydown', ({ key }) => keys.push(key))")
    field.select(1)
    field.type("?jk")
    field.press("Escape", "Control+Enter", "Control+k")
    assert field.page.evaluate("keys.filter((key) => key !== 'Control')") == ["Escape", "Enter"]


@pytest.mark.parametrize("source", ["docs", "word", "web"])
def test_what_is_pasted_follows_the_desks_rules_and_is_one_step_back(mount: Callable[..., TextPage], source: str):
    field = mount("")
    field.select(0)
    html = (CLIPBOARD / f"{source}.html").read_text(encoding="utf-8")
    wanted = (CLIPBOARD / f"{source}.md").read_text(encoding="utf-8").removesuffix("\n")
    field.paste("", html)
    field.becomes(wanted)
    assert field.value == wanted
    field.press("Control+z")
    assert field.text == ""


def test_comments_and_deletions_of_word_are_not_pasted_and_its_bold_is(mount: Callable[..., TextPage]):
    field = mount("")
    field.select(0)
    html = (
        "<html xmlns:w='urn:schemas-microsoft-com:office:word'><p class=MsoNormal>An <b style='mso-bidi-font-weight:"
        "normal'>old</b> lamp<del datetime='2026-01-01'> of whales</del><ins> of oil</ins>.<span class="
        "MsoCommentReference><a class=msocomanchor href='#m1'>[M1]</a></span></p><div style='mso-element:comment-list'>"
        "Ask Mara</div></html>"
    )
    field.paste("An old lamp of whales of oil.[M1]", html)
    field.becomes("An **old** lamp of oil.")


def test_words_that_arrive_from_outside_leave_caret_history_and_own_words(mount: Callable[..., TextPage]):
    field = mount("first\nsecond\nthird")
    field.select(12)
    field.type("!")
    field.page.evaluate("told.input = 0; textarea.value = 'FIRST and more\\nsecond!\\nthird'")
    assert field.page.evaluate("told.input") == 0
    field.type("?")
    assert field.text == "FIRST and more\nsecond!?\nthird"
    field.press("Control+z")
    assert field.text == "FIRST and more\nsecond\nthird"
    field.press("Control+Shift+z")
    assert field.text == "FIRST and more\nsecond!?\nthird"
    field.page.evaluate("field.receive('FIRST\\nsecond\\n3rd', 'FIRST and more\\nsecond\\nthird')")
    assert field.text == "FIRST\nsecond!?\n3rd", "What was written here since the text that theirs was made of stays."


HANGUL = ("ㅎ", "하", "한", "한ㄱ", "한그", "한글")
KANA = ("ｎ", "に", "にｈ", "にほ", "にほｎ", "にほん", "日本")
PLACES = {
    "words": "ab|c\nother\nlast",
    "end": "abc|\nother\nlast",
    "bold": "**bo|ld**\nother\nlast",
    "edge": "**bold**|\nother\nlast",
    "marks": "x **|**\nother\nlast",
    "item": "- a\n- |\n\nother\nlast",
    "number": "1. |\n\nother\nlast",
    "quotation": "> |\n> — \n\nother\nlast",
    "name": "> a\n> — |\n\nother\nlast",
    "heading": "# |\nother\nlast",
    "link": "[|](https://example.org)\nother\nlast",
    "empty line": "|\n\nother\nlast",
}


def compose(keyboard: CDPSession, steps: tuple[str, ...], between: Callable[[int], None]) -> None:
    for place, step in enumerate(steps):
        keyboard.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
        between(place)
    keyboard.send("Input.insertText", {"text": steps[-1]})


@pytest.mark.parametrize("steps", [HANGUL, KANA], ids=["hangul", "japanese"])
@pytest.mark.parametrize("place", PLACES)
def test_an_input_method_goes_on_while_words_arrive(mount: Callable[..., TextPage], place: str, steps: tuple[str, ...]):
    before, after = PLACES[place].split("|")
    field = mount(before + after)
    keyboard = field.context.new_cdp_session(field.page)
    field.select(len(before))
    theirs = [f"New\n{before}{after.replace('other', 'another')}", f"New\n{before}{after.replace('other', 'an')} 3"]

    def arrive(step: int) -> None:
        if step in (1, 3):
            field.page.evaluate("text => { textarea.value = text }", theirs[step // 2])

    compose(keyboard, steps, arrive)
    field.becomes(f"New\n{before}{steps[-1]}{after.replace('other', 'an')} 3")
    assert field.value == field.text
    field.press("Control+z")
    assert field.text == theirs[1]


def test_a_change_of_the_line_that_is_composed_waits(mount: Callable[..., TextPage]):
    field = mount("abc\nother")
    keyboard = field.context.new_cdp_session(field.page)
    field.select(3)
    seen: list[str] = []

    def arrive(step: int) -> None:
        if step == 1:
            field.page.evaluate("told.input = 0; textarea.value = 'Xabc\\nanother'")
        seen.append(field.text)

    compose(keyboard, HANGUL, arrive)
    assert seen[1] == "abc하\nanother"
    field.becomes("Xabc한글\nanother")
    assert field.value == field.text
    assert field.page.evaluate("told.input") > len(HANGUL) - 2, "What comes late is told, for it was not there before."


SAMPLE = (
    "# Heading\n\nShe **said** *that* [it](https://example.org/) ~~would~~ `be`, “인용”은.\n\n> Never.\n> — Mina\n\n"
    "- one\n- two\n\n1. three\n\n| a | b |\n| --- | --- |\n| c | d |\n\n---\n\n"
    "![A ship](picture:1)\n\n![Missing](picture:2)\n"
)


@pytest.mark.parametrize(
    "options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"viewport": {"width": 360, "height": 640}}]
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    mount: Callable[..., TextPage], options: dict[str, Any]
):
    field = mount(SAMPLE + "word" * 200, picture="picture:1", **options)
    field.page.evaluate(
        "field.addRange('c', 12, 20, 'comment'); field.showProblems([{ from: 20, to: 30, words: 'No.' }])"
    )
    field.select(25)
    for size in ("100%", "200%"):
        field.page.evaluate(
            "size => { const sheet = new CSSStyleSheet(); sheet.replaceSync(`html { font-size: ${size} }`);"
            " document.adoptedStyleSheets = [sheet]; }",
            size,
        )
        found = Axe().run(field.page, options=OPTIONS).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["target"]) for fault in found] == []
        assert field.page.evaluate(TOO_WIDE) is False


def test_a_long_text_keeps_its_form_and_only_what_is_near_is_in_the_page(mount: Callable[..., TextPage]):
    text = SAMPLE * 250
    assert len(text.encode()) > 50_000
    field = mount(text)
    field.select(len(text) // 2)
    field.type("typed")
    assert field.value == field.text == text[: len(text) // 2] + "typed" + text[len(text) // 2 :]
    assert field.page.locator("[data-text-field] .cm-line").count() < 300


def test_thirty_fields_share_one_style_sheet(mount: Callable[..., TextPage]):
    more = "".join(f'<p><label for="b{n}">Words {n}</label><textarea id="b{n}"></textarea></p>' for n in range(30))
    field = mount(SAMPLE, html=FORM.replace("</form>", f"{more}</form>"))
    sheets = field.page.evaluate(
        """async (text) => {
      const { openTextField } = await import("/static/desk/text/load-field.js");
      const areas = [...document.querySelectorAll("[id^=b]:not(#body)")].filter((area) => area.matches("textarea"));
      const fields = await Promise.all(areas.map((area) => openTextField(area, { text })));
      return [fields.length, new Set(fields.flatMap(({ host }) => [...host.shadowRoot.adoptedStyleSheets])).size];
    }""",
        SAMPLE,
    )
    assert sheets == [30, 2]
    expect(field.page.get_by_role("textbox")).to_have_count(31)
