"""What a reader does on a page of facts: says how far they have seen, shares, comes back, prints, reads in the dark."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

ARTICLE = "/articles/10-facts-about-the-trauma-code/"
SUBJECT = "/subjects/the-trauma-code/"
EARLY = "Gangster"  # behind episode 2

SHIFTS = """
  window.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { window.shift += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
"""


def say(page: Page, episode: str) -> None:
    page.get_by_label("I have seen up to episode").fill(episode)
    page.get_by_role("button", name="Open what is safe").click()


def opened(page: Page) -> int:
    return page.locator("details[data-safe][open]").count()


def test_an_answer_opens_in_place_and_is_remembered_on_the_device(visitor):
    person = visitor()
    person.page.add_init_script(SHIFTS)
    page = person.open(ARTICLE)
    say(page, "3")
    expect(page.get_by_text(EARLY)).to_be_visible()
    expect(page.locator(".seen-state")).to_have_text(re.compile("Closed until later episodes: 1 fact and 1 question"))
    expect(page.locator(".contents")).to_contain_text("Number One")
    assert page.url.endswith(ARTICLE), "the address says nothing"

    page.reload()
    expect(page.get_by_text(EARLY)).to_be_visible()
    page.goto(page.url + str(page.locator(".contents a", has_text="Number One").get_attribute("href")))
    fact = page.locator(".card:has([data-safe]) [data-share]").get_attribute("data-share")
    person.open(str(fact))
    expect(page.get_by_text(EARLY)).to_be_visible()
    assert page.evaluate("shift") == 0, "what is remembered is open before the first paint"
    assert page.context.cookies() == []

    person.open(ARTICLE)
    page.get_by_role("link", name="Forget it").click()
    expect(page.get_by_text(EARLY)).not_to_be_visible()
    expect(page.locator(".contents")).not_to_contain_text("Number One")
    page.reload()
    assert opened(page) == 0


def test_without_scripts_a_form_opens_what_is_safe_and_a_link_closes_it(visitor):
    page = visitor(java_script_enabled=False).open(ARTICLE)
    say(page, "3")
    assert page.url.endswith(f"{ARTICLE}?seen=3")
    expect(page.get_by_text(EARLY)).to_be_visible()
    assert opened(page) == 1
    expect(page.locator(".share:visible")).to_have_count(0)
    page.get_by_role("link", name="Forget it").click()
    assert page.url.endswith(ARTICLE)
    expect(page.get_by_text(EARLY)).not_to_be_visible()


def test_an_address_speaks_for_its_page_alone(visitor):
    person = visitor()
    page = person.open(f"{ARTICLE}?seen=8")
    assert opened(page) == 3
    person.open(ARTICLE)
    assert opened(page) == 0, "somebody else's link is not remembered"


def test_a_list_knows_what_was_said_and_asks_the_server_for_headings(visitor):
    person = visitor()
    say(person.open(ARTICLE), "2")
    page = person.open(SUBJECT)
    expect(page.get_by_label("I have seen up to episode")).to_have_value("2")
    expect(page.get_by_role("link", name=re.compile("Number One"))).to_be_visible()
    expect(page.locator(".seen-state")).to_have_text(re.compile("Closed until later episodes: 1 fact and 1 question"))
    assert page.url.endswith(SUBJECT), "the address says nothing"

    person.open("/tags/medical-drama/")
    expect(page.get_by_role("link", name=re.compile("Number One"))).to_be_visible()
    assert page.locator("[data-fact]:not([data-safe])").count() == 1

    person.open(SUBJECT)
    page.get_by_role("link", name="Forget it").click()
    expect(page.get_by_role("link", name="What the professor calls his team")).to_be_visible()
    person.open("/tags/medical-drama/")
    expect(page.get_by_role("link", name="What the professor calls his team")).to_be_visible()


def test_tags_are_left_out_while_a_part_of_a_name_is_typed(visitor):
    page = visitor().open("/tags/")
    page.get_by_label("Tags with this in their name").fill("k dra")
    expect(page.locator("#tag-names a:visible")).to_have_count(1)
    page.get_by_label("Tags with this in their name").fill("zzz")
    expect(page.get_by_text("No tag has this in its name.")).to_be_visible()


def test_where_storage_is_forbidden_everything_else_works(visitor):
    person = visitor()
    person.page.add_init_script("Storage.prototype.getItem = Storage.prototype.setItem = () => { throw new Error(); };")
    page = person.open(ARTICLE)
    say(page, "8")
    assert opened(page) == 3
    page.reload()
    assert opened(page) == 0
    expect(page.locator(".share").first).to_be_visible()


def test_the_link_to_a_fact_is_copied_and_said(visitor):
    page = visitor(permissions=["clipboard-read", "clipboard-write"]).open(ARTICLE)
    button = page.locator(".card .share").first
    button.click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(str(page.locator(".card .permalink").first.get_attribute("href")))
    expect(button).to_have_text(re.compile("^Share"))


def test_where_the_device_can_share_it_is_asked_and_may_be_refused(visitor):
    person = visitor()
    person.page.add_init_script(
        "navigator.share = async (what) => { window.shared = what; throw new DOMException('no', 'AbortError'); };"
    )
    page = person.open(ARTICLE)
    page.get_by_role("button", name="Share this article").click()
    assert page.evaluate("shared.url").endswith(ARTICLE)
    expect(page.locator("[data-said]")).to_be_empty()


def test_a_returning_reader_sees_which_facts_have_other_words(visitor):
    person = visitor()
    page = person.open(ARTICLE)
    expect(page.locator(".changed-mark")).to_have_count(0)
    page.evaluate("""() => {
        const [card] = document.querySelectorAll(".card");
        const before = Date.parse(card.dataset.changed) - 1000;
        localStorage.setItem("fanguide:read", JSON.stringify({ [location.pathname]: [0, before, 0] }));
    }""")
    for _visit in range(2):  # loading it again is the same visit
        page.reload()
        expect(page.locator("[data-changes]")).to_be_visible()
        expect(page.locator(".card").first.get_by_text("Changed since you were here")).to_be_visible()
    expect(page.locator("[data-changes]")).not_to_contain_text("Number One")
    page.evaluate("localStorage.setItem('fanguide:read', '{nonsense')")
    page.reload()
    expect(page.locator(".changed-mark")).to_have_count(0)


def test_a_fragment_that_is_not_there_leads_to_where_its_fact_is(visitor):
    person = visitor()
    page = person.open(f"{ARTICLE}#fact-bcdfghjkmn")
    link = page.get_by_role("link", name="See where it is now")
    expect(link).to_be_in_viewport()
    assert link.get_attribute("href") == "/facts/bcdfghjkmn/"
    page.goto(page.url.replace("#fact-bcdfghjkmn", str(page.locator(".contents a").first.get_attribute("href"))))
    expect(link).not_to_be_visible()
    person.open(f"{ARTICLE}#%E0%A4%A")  # no text: nothing happens, and the console stays clean


def test_paper_keeps_closed_what_the_reader_has_not_seen_and_prints_sources(visitor):
    page = visitor(color_scheme="dark").open(ARTICLE)
    say(page, "3")
    page.emulate_media(media="print")
    expect(page.get_by_text(EARLY)).to_be_visible()
    expect(page.get_by_text(re.compile("Malak")).first).not_to_be_visible()
    expect(page.locator(".seen-form, .share:visible, .changed-mark:visible")).not_to_be_visible()
    address = "getComputedStyle(document.querySelector('.sources a'), '::after').content"
    assert "http" in page.evaluate(address)


def test_a_dark_page_is_dark_and_its_form_can_be_read(visitor):
    page = visitor(color_scheme="dark").open(ARTICLE)
    colours = page.locator(".seen-form").evaluate(
        "form => [getComputedStyle(form).backgroundColor, getComputedStyle(form).color]"
    )
    ground, ink = (sum(map(int, re.findall(r"\d+", colour)[:3])) for colour in colours)
    assert ground < 150
    assert ink > 600
