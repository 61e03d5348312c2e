"""The checklist beside an article: several of a kind are one line, and "Fix next" leads from one to the next."""

from playwright.sync_api import expect

from tests.browser.desk import PAUSE, add_fact, lines, new_article, saved


def test_fix_next_walks_from_what_blocks_to_advice_and_goes_on_where_something_was_solved(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "Lamps of the checklist")
    for heading in ("The first lamp", "", "The third lamp"):
        add_fact(page, heading, "It burns all night.")
    saved(page)
    panel = page.locator("[data-checklist-panel]")
    gathered = panel.get_by_text("3 facts have no source")
    expect(gathered).to_be_visible(timeout=PAUSE)
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
    expect(panel.locator("[data-code=no-heading]")).to_have_count(0, timeout=PAUSE)
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
