"""Comments and suggestions beside their cards: two people, one article, and no page loaded anew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import add_fact, body_of, lines, new_article, ready, saved, words_of, write
from tests.browser.test_accessibility import STATES, faults

BODY = "The ferry has twelve lamps. The captain lights them at dusk."
ARRIVES = 20_000  # milliseconds: browsers ask every 8 seconds


def threads(place: Page | Locator) -> Locator:
    return place.locator("[data-thread]")


def select(line: Locator, words: str) -> None:
    """Selects words in the open text field of a fact, as a person would with the keyboard."""
    line.locator("textarea[name=body]").evaluate(
        "(box, words) => { box.focus(); const at = box.value.indexOf(words);"
        " box.setSelectionRange(at, at + words.length); }",
        words,
    )


def comment_on(line: Locator, words: str, text: str) -> Locator:
    """Comments on selected words by the keyboard alone; gives the thread."""
    count = threads(line).count()
    select(line, words)
    line.page.keyboard.press("Control+Alt+m")
    box = line.locator(".thread-new").get_by_label("Comment")
    expect(box).to_be_focused()
    box.fill(text)
    box.press("Control+Enter")
    expect(threads(line)).to_have_count(count + 1)
    return threads(line).filter(has_text=text)


def suggest(line: Locator, words: str, other: str) -> None:
    count = threads(line).count()
    select(line, words)
    line.get_by_role("button", name="Comment", exact=True).first.click()
    form = line.locator(".thread-new")
    form.get_by_label("Suggest other words").check()
    expect(form.get_by_label("Suggested words")).to_have_value(words)
    form.get_by_label("Suggested words").fill(other)
    form.get_by_role("button", name="Comment").click()
    expect(threads(line)).to_have_count(count + 1)


def marks(line: Locator, kind: str = "comment") -> Locator:
    return line.locator(f"[data-text-field] .range.{kind}")


@pytest.fixture
def two(visitor) -> tuple[Page, Page]:
    """A writer's new article with one open fact, and an editor who has it open, too."""
    mina, edda = visitor(), visitor()
    mina.sign_in("writer")
    edda.sign_in("editor")
    page = new_article(mina, "Lamps of the ferry")
    add_fact(page, "Twelve lamps", BODY)
    add_fact(page, "A second fact", "It stands on a chair.")
    saved(page)
    other = edda.open(page.url)
    ready(other)
    return page, other


def unhashed(route: Route) -> None:
    """The demo serves its modules under names that nobody can guess."""
    found = finders.find(route.request.url.partition("/static/")[2])
    if found:
        route.fulfill(body=Path(found).read_bytes(), headers={"Content-Type": "text/javascript"})
    else:
        route.continue_()


def opened(page: Page, number: int = 0) -> Locator:
    line = lines(page).nth(number)
    if not line.locator("form.part-form:not([hidden])").count():
        line.locator("[data-open]").click()
    expect(body_of(line)).to_be_visible()
    return line


def test_a_comment_on_words_is_answered_resolved_and_moved_along(two):
    page, other = two
    hers, theirs = opened(page), opened(other)
    thread = comment_on(theirs, "twelve lamps", "Who counted? Ask @writer")
    expect(marks(theirs)).to_have_text("twelve lamps")
    expect(other.get_by_role("link", name=re.compile("^Comments"))).to_contain_text("(1 open)")

    # It arrives without reload, beside the fact, with its words marked.
    expect(threads(hers)).to_contain_text("Who counted?", timeout=ARRIVES)
    expect(page.locator("[data-announce]")).to_contain_text("New comment")
    expect(marks(hers)).to_have_text("twelve lamps")

    # The words are found again after edits around them, by both.
    write(body_of(hers), f"Look at the sea! {BODY}")
    saved(page)
    expect(words_of(theirs)).to_have_value(re.compile("^Look at the sea"), timeout=ARRIVES)
    expect(marks(theirs)).to_have_text("twelve lamps", timeout=ARRIVES)
    page.reload()
    ready(page)
    hers = opened(page)
    expect(marks(hers)).to_have_text("twelve lamps")

    # From the mark to the thread, and the other way round.
    select(hers, "welve")
    expect(threads(hers)).to_have_class(re.compile("is-current"))
    threads(hers).focus()
    expect(hers.locator(".range.current")).to_have_text("twelve lamps")
    page.keyboard.press("Enter")
    expect(body_of(hers)).to_be_focused()
    threads(hers).focus()

    # Reply and mention by keyboard, kept on the device while it is written.
    page.keyboard.press("r")
    reply = hers.get_by_label("Your reply")
    expect(reply).to_be_focused()
    reply.type("I did, @edi")
    expect(hers.get_by_role("option", name="editor")).to_be_visible()
    page.keyboard.press("Enter")
    expect(reply).to_have_value("I did, @editor ")
    page.wait_for_timeout(600)
    page.reload()
    ready(page)
    hers = opened(page)
    expect(hers.get_by_label("Your reply")).to_have_value("I did, @editor ")
    hers.get_by_role("button", name="Send the reply").click()
    expect(hers.locator(".remark.answer")).to_contain_text("I did")
    expect(thread.locator(".remark.answer")).to_contain_text("I did", timeout=ARRIVES)

    # The fact moves to the second place; the thread goes along and is resolved there.
    hers.locator("[data-move-down]").click()
    saved(page)
    expect(threads(lines(page).nth(1))).to_contain_text("Who counted?")
    expect(threads(lines(other).nth(1))).to_contain_text("Who counted?", timeout=ARRIVES)
    threads(lines(page).nth(1)).first.focus()
    page.keyboard.press("e")
    expect(lines(page).nth(1).locator(".threads-resolved summary").first).to_contain_text("1 resolved")
    expect(lines(other).nth(1).locator(".threads-resolved summary").first).to_contain_text(
        "1 resolved", timeout=ARRIVES
    )
    expect(marks(lines(other).nth(1))).to_have_count(0)


def test_words_that_are_deleted_are_said_to_be_gone(two):
    page, other = two
    theirs = opened(other)
    comment_on(theirs, "The captain lights them", "He does not.")
    hers = opened(page)
    expect(threads(hers)).to_contain_text("He does not.", timeout=ARRIVES)
    write(body_of(hers), "Nothing is lit at all.")
    saved(page)
    for line in (hers, theirs):
        expect(threads(line)).to_contain_text("The words it was about are gone.", timeout=ARRIVES)
        expect(threads(line).locator("[data-words]")).to_have_text("The captain lights them")


def test_a_suggestion_is_taken_by_one_key_and_another_declined(two):
    page, other = two
    theirs = opened(other)
    suggest(theirs, "twelve lamps", "eleven lamps")
    suggest(theirs, "at dusk", "at dawn")
    hers = opened(page)
    expect(threads(hers)).to_have_count(2, timeout=ARRIVES)
    expect(threads(hers).first.locator("del")).to_have_text("twelve")
    expect(threads(hers).first.locator("ins")).to_have_text("eleven")
    expect(marks(hers, "suggestion").first).to_have_text("twelve lamps")

    threads(hers).first.focus()
    page.keyboard.press("t")
    expect(words_of(hers)).to_have_value(BODY.replace("twelve", "eleven"))
    expect(words_of(theirs)).to_have_value(BODY.replace("twelve", "eleven"), timeout=ARRIVES)

    last = hers.locator(".threads > [data-thread]").filter(has_text="dawn").first
    last.get_by_text("Decline with a reason").click()
    last.get_by_label("The reason").fill("It is at dusk, look again.")
    last.locator("form[data-act=decline]").last.get_by_role("button").click()
    expect(hers.locator(".threads-resolved summary").first).to_contain_text("2 resolved")
    expect(words_of(hers)).to_have_value(BODY.replace("twelve", "eleven"))
    expect(theirs.locator(".threads-resolved")).to_contain_text("look again", timeout=ARRIVES)
    saved(page)


def test_a_fact_goes_to_another_article_with_its_comments(visitor):
    mina = visitor()
    mina.sign_in("writer")
    target = new_article(mina, "The ship that takes it").url
    page = new_article(mina, "The ship that gives it")
    add_fact(page, "Twelve lamps", BODY)
    add_fact(page, "A second fact", "It stands on a chair.")
    saved(page)
    comment_on(opened(page), "twelve lamps", "Who counted?")
    lines(page).first.locator("[data-select]").check()
    page.locator(".select-bar").get_by_role("button", name="Move to an article …").click()
    page.get_by_role("combobox", name="The title of the article").fill("takes it")
    page.get_by_role("option", name=re.compile("takes it")).click()
    expect(lines(page)).to_have_count(1)
    expect(threads(page)).to_have_count(0, timeout=ARRIVES)
    page.goto(target)
    ready(page)
    line = opened(page)
    expect(threads(line)).to_contain_text("Who counted?")
    expect(marks(line)).to_have_text("twelve lamps")


def test_a_deleted_fact_comes_back_with_its_comments(two):
    page, _other = two
    comment_on(opened(page), "twelve lamps", "Who counted?")
    lines(page).first.locator("[data-delete]").click()
    expect(lines(page)).to_have_count(1)
    expect(page.locator(".threads-whole")).to_contain_text("Who counted?", timeout=ARRIVES)
    page.locator("[data-undo]").click()
    expect(lines(page)).to_have_count(2)
    expect(threads(lines(page).first)).to_contain_text("Who counted?", timeout=ARRIVES)


def test_threads_stand_beside_any_element_with_a_place(two):
    page, other = two
    comment_on(opened(other), "twelve lamps", "Who counted?")
    place = lines(other).first.get_attribute("data-part") or ""
    page.goto(page.url.split("#")[0].replace("/change/", "/history/"))
    page.route("**/static/desk/**", unhashed)  # no page names the module yet
    page.evaluate(
        """([base, place]) => {
          const root = document.createElement("div");
          Object.assign(root.dataset, { comments: base, accountName: "writer" });
          for (const name of [place, ""]) {
            const part = document.createElement("section");
            const button = Object.assign(document.createElement("button"), { textContent: "Say something" });
            part.dataset.place = name;
            button.dataset.comment = "";
            part.append(button);
            root.append(part);
          }
          document.getElementById("content").append(root);
          return import("/static/desk/comments/mount.js").then(({ mountComments }) => void mountComments(root));
        }""",
        [page.url.split("history/")[0], place],
    )
    part = page.locator(f"[data-place='{place}']")
    expect(threads(part)).to_contain_text("Who counted?")
    part.get_by_role("button", name="Say something").click()
    part.locator(".thread-new").get_by_label("Comment").fill("I did.")
    part.locator(".thread-new").get_by_role("button", name="Comment").click()
    expect(threads(part)).to_have_count(2)
    page.locator("[data-place='']").get_by_role("button", name="Say something").click()
    page.locator("[data-place=''] .thread-new").get_by_label("Comment").fill("On the whole: fine.")
    page.locator("[data-place=''] .thread-new").get_by_role("button", name="Comment").click()
    expect(threads(page.locator("[data-place='']"))).to_contain_text("On the whole: fine.")


def test_a_comment_is_kept_when_it_cannot_be_sent(two, visitors: list[Visitor]):
    _page, other = two
    line = opened(other)
    select(line, "twelve lamps")
    other.keyboard.press("Control+Alt+m")
    box = line.locator(".thread-new").get_by_label("Comment")
    expect(box).to_be_focused()
    visitors[1].context.set_offline(True)
    box.fill("Who counted?")
    box.press("Control+Enter")
    expect(line.locator(".thread-new [role=alert]")).to_contain_text("no connection")
    visitors[1].context.set_offline(False)
    other.reload()
    ready(other)
    form = lines(other).first.locator(".thread-new")
    expect(form.get_by_label("Comment")).to_have_value("Who counted?", timeout=ARRIVES)
    form.get_by_role("button", name="Comment").click()
    expect(threads(lines(other).first)).to_contain_text("Who counted?")


def test_the_words_are_kept_with_what_is_not_saved_yet(two):
    _page, other = two
    line = opened(other)
    write(body_of(line), f"{BODY} And a thirteenth burns below deck.")
    comment_on(line, "thirteenth", "Is there one?")
    saved(other)
    expect(marks(line)).to_have_text("thirteenth")


@pytest.mark.parametrize("state", STATES)
def test_an_open_thread_has_no_fault_that_axe_knows(visitor, state: str):
    edda = visitor(**STATES[state])
    edda.sign_in("editor")
    page = new_article(edda, "Lamps")
    add_fact(page, "Twelve lamps", BODY)
    saved(page)
    line = opened(page)
    comment_on(line, "twelve lamps", "Who counted?")
    suggest(line, "at dusk", "at dawn")
    line.get_by_text("Reply", exact=True).first.click()
    select(line, "captain")
    page.keyboard.press("Control+Alt+m")
    line.locator(".thread-new").get_by_label("Comment").type("@wri")
    page.evaluate("scrollTo(0, 0)")  # or the header that stays would cover half of a link
    found = list(faults(page, state))
    page.goto(page.url.split("#")[0].replace("/change/", "/comments/"))
    found += list(faults(page, state))
    assert found == [], "\n".join(found)
