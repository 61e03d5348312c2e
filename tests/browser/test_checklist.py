"""The checklist beside an article: several of a kind are one line, and "Fix next" leads from one to the next."""

from playwright.sync_api import expect

from tests.browser.desk import add_fact, lines, new_article, saved


def test_fix_next_walks_from_what_blocks_to_advice_and_goes_on_where_something_was_solved(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Lamps of the checklist")
    for heading in ("The first lamp", "", "The third lamp"):
        add_fact(page, heading, "It burns all night.")
    saved(page)
    panel = page.locator("[data-checklist-panel]")
    gathered = panel.get_by_text("3 facts have no source")
    expect(gathered).to_be_visible()
    source = panel.locator("[data-group=no-source]")
    expect(source.locator("li")).to_have_count(3)
    expect(source.locator("li").first).not_to_be_visible()

    go = panel.get_by_role("button", name="Fix next")
    reached = []
    for _step in range(8):
        go.click()
        reached.append(panel.locator("a[aria-current]").get_attribute("data-code"))
        if reached[-1] == "no-heading":
            break
    assert reached[-1] == "no-heading", "what blocks comes first"
    heading = lines(page).nth(1).get_by_label("Heading", exact=True)
    expect(heading).to_be_focused()
    heading.fill("The second lamp")
    saved(page)
    expect(panel.locator("[data-code=no-heading]")).to_have_count(0)
    while panel.locator("a[aria-current]").count() == 0 or reached[-1] != "no-source":
        go.click()
        reached.append(panel.locator("a[aria-current]").get_attribute("data-code"))
        assert len(reached) < 15
    expect(source).to_have_attribute("open", "")
    expect(source.locator("li").first).to_be_visible()
    expect(panel.locator("[data-fix-place]")).to_contain_text(" of ")
    go.click()
    expect(panel.locator("[data-group=no-source] a[aria-current]")).to_have_count(1)
    expect(lines(page).nth(1).get_by_label("Heading", exact=True)).to_be_visible()


def test_a_form_that_comes_late_does_not_call_back_who_has_gone_on(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "A slow lamp")
    add_fact(page, "", "It burns all night.")
    saved(page)
    panel = page.locator("[data-checklist-panel]")
    held = []
    page.route("**/details/", lambda route: held.append(route))
    panel.locator("a[data-place=details]").first.click()
    expect(panel.locator("a[data-place=details][aria-current]")).to_have_count(1)
    panel.locator("a[data-code=no-heading]").first.click()
    heading = lines(page).first.get_by_label("Heading", exact=True)
    expect(heading).to_be_focused()
    assert held, "the form of the details is on its way"
    for route in held:
        route.continue_()
    expect(page.get_by_label("Title", exact=True)).to_be_visible()
    expect(heading).to_be_focused()
