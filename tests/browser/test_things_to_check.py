"""What can be checked of a fact stands below it, and leads to the words in its text field."""

from playwright.sync_api import expect

from tests.browser.desk import add_fact, body_of, lines, new_article, saved, words_of, write


def test_a_thing_to_check_selects_its_words_and_the_list_follows_what_is_saved(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Lamps to check")
    add_fact(page, "It has 3 lamps", "🔥 It burned on *Winter Quay* for 26 nights, says Ko Min-jae.")
    saved(page)
    line = lines(page).first
    box = line.locator("[data-claims]")
    summary = box.locator("summary")
    expect(summary).to_have_text("4 things to check")

    line.get_by_role("button", name="Close").click()
    summary.focus()
    summary.press("Enter")
    box.get_by_role("button", name="26 nights", exact=True).press("Enter")
    expect(body_of(line)).to_be_focused()
    page.keyboard.insert_text("9 nights")
    expect(words_of(line)).to_have_value("🔥 It burned on *Winter Quay* for 9 nights, says Ko Min-jae.")
    saved(page)
    expect(box.get_by_role("button", name="9 nights", exact=True)).to_be_visible()

    box.get_by_role("button", name="3 lamps", exact=True).click()
    heading = line.get_by_label("Heading", exact=True)
    expect(heading).to_be_focused()
    assert heading.evaluate("field => field.value.slice(field.selectionStart, field.selectionEnd)") == "3 lamps"

    write(body_of(line), "It burned.")
    saved(page)
    expect(summary).to_have_text("1 thing to check")
    heading.fill("Lamps")
    saved(page)
    expect(box).to_be_hidden()


def test_words_that_are_gone_are_said_to_be(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Lamps that are gone")
    add_fact(page, "Lamps", "It burned for 26 nights.")
    saved(page)
    line = lines(page).first
    line.locator("[data-claims] summary").click()
    found = line.get_by_role("button", name="26 nights", exact=True)
    expect(found).to_be_visible()
    mina.context.set_offline(True)
    write(body_of(line), "It burned.")
    found.click()
    expect(page.get_by_text("These words do not stand there any more.")).to_have_count(1)
