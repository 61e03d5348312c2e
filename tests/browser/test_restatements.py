"""A writer corrects a figure in a fact, and the desk says at once what still says the old one."""

from playwright.sync_api import expect

from tests.browser.desk import add_fact, body_of, lines, new_article, saved, write


def test_a_corrected_figure_shows_what_is_outdated_until_it_is_answered(visitor):
    mina = visitor()
    mina.sign_in("writer")
    page = new_article(mina, "A hospital ship")
    add_fact(page, "A nurse wrote the novel", "It is based on *Ward by the Water*.")
    add_fact(page, "A hit", "Within a week it stood in the Top 10 of 26 countries.")
    page.get_by_role("link", name="Edit the conclusion").click()
    write(
        page.locator("#conclusion [data-text-field]").get_by_role("textbox").first,
        "A drama that 26 countries love has earned more.",
    )
    page.get_by_role("link", name="Edit the details").click()
    dek = page.locator("#details [name=dek]")
    dek.fill("A ship, a nurse and 26 countries.")
    saved(page)
    expect(page.locator("[data-restated] li")).to_have_count(0)

    write(body_of(lines(page).nth(1)), "Within a week it stood in the Top 10 of 27 countries.")
    conclusion = page.locator("#conclusion [data-restated]")
    expect(conclusion).to_contain_text("A drama that 26 countries love has earned more.")
    expect(conclusion.locator("ins")).to_have_text("27")
    expect(page.locator("#details [data-restated]")).to_contain_text("A ship, a nurse and 26 countries.")

    conclusion.get_by_role("button", name="Still right").click()
    expect(conclusion.locator("li")).to_have_count(0)
    dek.fill("A ship, a nurse and 27 countries.")
    expect(page.locator("[data-restated] li")).to_have_count(0)

    page.locator("[data-menu] summary", has_text="More").click()
    page.get_by_role("link", name="What rests on which fact").click()
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    expect(page.locator("#details")).to_contain_text("Repeats Fact 2, as far as the rules see.")
