"""Nobody's words are lost: two people, a lost network, an ended session, an approval."""

from playwright.sync_api import expect

from tests.browser.desk import add_fact, body_of, headings, lines, new_article, ready, saved, words_of, write


def test_two_people_write_in_one_article(visitor):
    mina, jun = visitor(), visitor()
    mina.sign_in("writer")
    jun.sign_in("editor")
    page = new_article(mina, "Two people on one list")
    add_fact(page, "The first fact", "It stands on a lamp.")
    add_fact(page, "The second fact", "It stands on a chair.")
    saved(page)
    other = jun.open(page.url)
    ready(other)
    expect(page.locator("[data-presence]")).to_contain_text("editor")
    expect(other.locator("[data-presence]")).to_contain_text("writer")

    # Different cards merge without a word.
    write(body_of(lines(page).nth(0)), "It stands on a lamp, and shines.")
    lines(other).nth(1).get_by_role("link").click()
    write(body_of(lines(other).nth(1)), "It stands on a chair, and waits.")
    saved(page)
    saved(other)
    expect(words_of(lines(page).nth(1))).to_have_value("It stands on a chair, and waits.")
    expect(lines(other).nth(0)).to_contain_text("and shines")

    # Other words of the same text are merged, and that is said.
    jun.context.set_offline(True)
    write(body_of(lines(other).nth(1)), "It stands on a chair, and sings.")
    expect(other.locator("[data-save-status]")).to_contain_text("kept on this device")
    write(body_of(lines(page).nth(1)), "It stands on a stool, and waits.")
    saved(page)
    jun.context.set_offline(False)
    for person in (other, page):
        expect(words_of(lines(person).nth(1))).to_have_value("It stands on a stool, and sings.")
        saved(person)

    # The same words: whoever comes second sees both texts, and makes a third.
    jun.context.set_offline(True)
    write(body_of(lines(other).nth(1)), "It stands on a chair, and sings.")
    expect(other.locator("[data-save-status]")).to_contain_text("kept on this device")
    write(body_of(lines(page).nth(1)), "It stands on a table, and sings.")
    saved(page)
    jun.context.set_offline(False)
    conflict = other.locator("[data-conflict]")
    expect(conflict).to_contain_text("writer changed this meanwhile")
    expect(conflict.locator("del")).to_contain_text(["table"])
    expect(conflict.locator("ins")).to_contain_text(["chair"])
    expect(other.locator("[data-save-status]")).to_contain_text("Changed by someone else meanwhile")
    write(body_of(lines(other).nth(1)), "It stands on a table, and sleeps.")
    conflict.get_by_role("button", name="Save what the form holds").click()
    saved(other)
    expect(words_of(lines(page).nth(1))).to_have_value("It stands on a table, and sleeps.")


def test_a_lost_network_and_an_ended_session_lose_nothing(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "In mid-sentence")
    line = add_fact(page, "A fact", "The first half")
    saved(page)

    mina.context.set_offline(True)
    write(body_of(line), "The first half, and the second.")
    expect(page.locator("[data-save-status]")).to_contain_text("no connection")
    mina.context.set_offline(False)
    saved(page)

    mina.context.clear_cookies(name="sessionid")
    write(body_of(line), "The first half, the second, and a third.")
    expect(page.locator("[data-notices]")).to_contain_text("You are signed out")
    expect(page.locator("[data-save-status]")).to_contain_text("kept on this device")
    with mina.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new window").click()
    door = opened.value
    door.get_by_label("Username").fill("writer")
    door.get_by_label("Password").fill("lanterns-at-sea")
    door.get_by_role("button", name="Log in").click()
    door.wait_for_url("**/change/")
    ready(door)
    door.close()
    page.bring_to_front()
    expect(page.locator("[data-notices]")).to_be_hidden(timeout=15_000)
    saved(page)
    page.reload()
    ready(page)
    lines(page).nth(0).get_by_role("link").click()
    expect(words_of(page)).to_have_value("The first half, the second, and a third.")


def test_a_closed_browser_brings_the_words_back(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Closed in the middle")
    line = add_fact(page, "A fact", "Known words.")
    saved(page)
    mina.context.set_offline(True)
    write(body_of(line), "Words that nobody has heard.")
    page.get_by_role("link", name="Add a fact").click()
    lines(page).last.get_by_label("Heading", exact=True).fill("A fact that never arrived")
    expect(page.locator("[data-save-status]")).to_contain_text("kept on this device")
    url = page.url
    page.close()
    mina.context.set_offline(False)
    page = mina.page = mina.context.new_page()
    page.goto(url)
    ready(page)
    saved(page)
    expect(lines(page)).to_have_count(2)
    page.reload()
    ready(page)
    assert headings(page) == ["A fact", "A fact that never arrived"]
    expect(lines(page).nth(0)).to_contain_text("Words that nobody has heard")


def test_what_is_kept_on_the_device_belongs_to_the_account_and_goes_with_it(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Kept for one account")
    line = add_fact(page, "A fact", "Known words.")
    saved(page)
    page.route("**/cards/**", lambda route: route.abort())  # the network is gone for these alone
    write(body_of(line), "Secret words.")
    expect(page.locator("[data-save-status]")).to_contain_text("kept on this device")
    assert "Secret" in page.evaluate("JSON.stringify(localStorage)")
    questions: list[str] = []
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.accept()))
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.wait_for_load_state()
    assert ["1 text is not saved yet" in question for question in questions] == [True]
    assert "Secret" not in page.evaluate("JSON.stringify(localStorage)")


def test_an_approval_lapses_only_after_it_was_said(visitor):
    chief = visitor()
    chief.page.clock.install()
    chief.sign_in("editor")
    page = chief.open("/admin/articles/article/?status=approved")
    page.locator("#result_list .field-title a").first.click()
    ready(page)
    page.locator("[data-part=introduction] [data-open]").click()
    part = page.locator("[data-part=introduction]")
    body, words = body_of(part, "Introduction"), words_of(part, "introduction")
    before = words.input_value()
    write(body, f"{before} One word more.")
    expect(page.locator("[data-notices]")).to_contain_text("This article is approved")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.clock.fast_forward("00:20")  # long after the pause in which words are saved
    assert not [line for line in sent if "introduction" in line]
    expect(page.locator(".badge")).to_have_text("Approved")
    page.get_by_role("button", name="Take my change back").click()
    expect(words).to_have_value(before)
    write(body, f"{before} One word more.")
    page.get_by_role("button", name="Save, and make it a draft again").click()
    saved(page)
    expect(page.locator(".badge")).to_contain_text("Draft")
