"""An editor reviews an article part by part, by keyboard, in two rounds; what is approved goes out."""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import body_of, lines, ready, saved
from tests.browser.test_accessibility import STATES, faults

IN_REVIEW = "6 facts about Extraordinary Attorney Woo"
SENT_BACK = "6 facts about Signal and the radio without a battery"


def open_review(person: Visitor, title: str = IN_REVIEW) -> Page:
    """The review page of an article."""
    page = person.open(f"/admin/articles/article/?{urlencode({'q': title})}")  # the list has many pages after a while
    page.locator("#result_list").get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url("**/change/**")
    page.goto(page.url.partition("change/")[0] + "review/")
    expect(page.locator("[data-plain-threads]")).to_have_count(0)
    return page


def piece(page: Page, number: int) -> Locator:
    return page.locator("[data-piece]").nth(number)


def progress(page: Page) -> Locator:
    return page.locator("[data-progress-words]")


def test_two_rounds_of_review_by_keyboard(visitor):
    edda, mina = visitor(), visitor()
    edda.sign_in("editor")
    mina.sign_in("writer")
    page = open_review(edda)
    total = page.locator("[data-piece]").count()

    # J goes to the first part, A approves it and goes on to the next.
    page.keyboard.press("j")
    expect(piece(page, 0)).to_be_focused()
    for count in (1, 2):
        page.keyboard.press("a")
        expect(progress(page)).to_have_text(f"{count} of {total} parts are approved")
    expect(piece(page, 2)).to_be_focused()
    expect(piece(page, 1).locator(".badge")).to_have_text("Approved")

    # S asks for words; without any the part says so, and what is written stays on the device.
    page.keyboard.press("s")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(piece(page, 2).locator("[data-error]")).to_have_text("Write a few words on why.")
    piece(page, 2).get_by_label("What about it?").fill("Which episode is that?")
    page.reload()
    expect(piece(page, 2).get_by_label("What about it?")).to_have_value("Which episode is that?")
    piece(page, 2).get_by_role("button", name="Send back", exact=True).click()
    expect(piece(page, 2).locator(".badge")).to_have_text("Sent back")
    expect(piece(page, 2).locator("[data-thread]")).to_contain_text("Which episode is that?")
    number = int(piece(page, 2).locator(".piece-name .number").inner_text())
    review = page.url

    # The rest is approved one after the other; the article is not, while one part is not.
    page.keyboard.press("n")
    for _each in range(total - 3):  # after each approval the next open part has the focus
        before = progress(page).inner_text()
        page.keyboard.press("a")
        expect(progress(page)).not_to_have_text(before)
    expect(progress(page)).to_have_text(f"{total - 1} of {total} parts are approved")

    # The writer sees it beside the fact, and mends it.
    board = mina.open(review.replace("/review/", "/change/"))
    ready(board)
    line = lines(board).nth(number - 1)
    expect(line.locator("[data-thread]")).to_contain_text("Which episode is that?")
    line.locator("[data-open]").click()
    body_of(line).press("ControlOrMeta+End")
    board.keyboard.insert_text(" It is said in the third episode.")
    saved(board)

    # On the second round the editor finds that one part open, with its words marked, and approves it.
    page.goto(review)
    expect(page.locator(".piece-changes")).to_have_count(1)
    expect(piece(page, 2).locator("ins").first).to_be_visible()
    expect(page.locator("[data-banner]")).to_contain_text("1 part")
    thread = piece(page, 2).locator("[data-thread]")
    thread.get_by_role("button", name="Mark as resolved").click()
    expect(thread.locator(":visible.thread-who")).to_have_count(0)
    page.locator("[data-thread]").get_by_role("button", name="Mark as resolved").first.click()
    piece(page, 2).focus()
    page.keyboard.press("a")
    expect(page.locator(".messagelist, [data-banner]").first).to_be_visible()


def hand_in(page: Page) -> None:
    page.goto(page.url.replace("/review/", "/moves/submit/"))
    tick_all(page)
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/change/")


def tick_all(page: Page) -> None:
    """That one goes on though something is open."""
    for box in page.locator("form.desk-form input[type=checkbox]").all():
        box.check()


def decide_all(page: Page, *, but: int) -> None:
    """Approves every part that is not approved, one after the other, but this one."""
    for number in range(page.locator("[data-piece]").count()):
        approve = piece(page, number).locator("button[value=approved]")
        if number != but and approve.count():
            before = progress(page).inner_text()
            approve.click()
            expect(progress(page)).not_to_have_text(before)


def test_two_editors_a_suggestion_a_move_and_all_facts_but_one_go_out(visitor):
    edda, anna, mina, reader = (visitor() for _each in range(4))
    for person, name in ((edda, "editor"), (anna, "admin"), (mina, "writer")):
        person.sign_in(name)
    hand_in(open_review(mina, SENT_BACK))
    page = open_review(edda, SENT_BACK)
    review = page.url

    # The first editor suggests another wording, and keeps one fact back.
    side = piece(page, 3).locator("[data-place]")
    side.locator("[data-comment]").click()
    side.get_by_label("Suggest another text").check()
    suggested = side.get_by_label("Suggested words")
    expect(suggested).not_to_have_value("")
    suggested.fill("It was a test of the new camera.")
    side.locator(".thread-new").get_by_role("button", name="Comment", exact=True).click()
    expect(side.locator("[data-thread]").filter(has_text="test of the new camera")).to_have_count(1)

    # The writer takes it with one key, and moves the last fact up.
    board = mina.open(review.replace("/review/", "/change/"))
    ready(board)
    thread = lines(board).nth(1).locator("[data-thread]").filter(has_text="test of the new camera")
    thread.focus()
    board.keyboard.press("t")
    expect(lines(board).nth(1).locator("[data-body]")).to_contain_text("test of the new camera")
    lines(board).last.locator("[data-open]").focus()
    with board.expect_response(lambda answer: "/order/" in answer.url):
        board.keyboard.press("Alt+ArrowUp")
    saved(board)

    # The second editor approves all parts but one: the words of that one stay out.
    other = anna.open(review)
    expect(other.locator("[data-plain-threads]")).to_have_count(0)
    kept_back = piece(other, 4).locator(".piece-name").text_content().split(maxsplit=2)[-1]
    decide_all(other, but=4)
    other.get_by_role("link", name="Publish what is approved").click()
    expect(other.locator("#content")).to_contain_text(kept_back)
    tick_all(other)
    other.get_by_role("button", name="Publish what is approved").click()
    expect(other.locator(".messagelist")).to_contain_text("published the approved parts")

    # Readers see the others.
    public = reader.open("/articles/6-facts-about-signal/")
    expect(public.locator(".card-title").filter(has_text=kept_back)).to_have_count(0)
    expect(public.locator(".cards > .card")).to_have_count(5)
    expect(public.locator(".cards")).to_contain_text("test of the new camera")


def test_the_review_page_is_accessible(visitor):
    for name, state in STATES.items():
        person = visitor(**state)
        person.sign_in("editor")
        page = open_review(person)
        assert not list(faults(page, name))
