"""An editor's day: a review taken, a day planned by keyboard, a view kept, a fact found still true."""

import datetime as dt
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor
from tests.browser.desk import new_article

ON_A_PAGE = 50  # articles of the list
LIVE = "/articles/10-facts-about-the-trauma-code/"


def article_pk(editor: Visitor, title: str) -> str:
    page = editor.open(f"/admin/articles/article/?q={title}")
    address = page.locator("#result_list .field-title a").first.get_attribute("href")
    assert address
    return address.partition("change/")[0]


def test_an_editor_takes_a_review_and_the_others_see_who_has_it(visitor):
    anna, bert = visitor(), visitor()
    anna.sign_in("editor")
    section = anna.page.locator(".desk-section-in-review")
    count = section.locator(".desk-count")
    total = count.inner_text()
    title = section.locator("li a").first.inner_text()
    section.get_by_role("button", name="I have this one").first.click()
    expect(anna.page.locator(".messagelist")).to_contain_text(f"You have the review of “{title}”.")
    expect(section.locator("li").first).to_contain_text("you have it")
    expect(count).to_have_text(total, use_inner_text=True)

    bert.sign_in("admin")
    expect(bert.page.locator(".desk-section-in-review li", has_text=title)).to_contain_text("editor has it")
    bert.page.locator(".desk-section-in-review").get_by_role("link", name="As a list").click()
    expect(bert.page.locator("#result_list tbody tr")).to_have_count(min(int(total), ON_A_PAGE))
    bert.open(f"/admin/articles/article/?{urlencode({'queue': 'in-review', 'q': title})}")
    bert.page.locator("#result_list").get_by_role("link", name=title, exact=True).first.click()
    expect(bert.page.get_by_role("button", name="Take it over from editor")).to_be_visible()

    anna.page.locator(".desk-section-in-review").get_by_role("link", name=title, exact=True).first.click()
    anna.page.get_by_role("button", name="Give it back").click()
    expect(anna.page.get_by_role("button", name="I have this one")).to_be_visible()


def test_an_idea_is_planned_and_moved_by_keyboard_and_dragged_back(visitor):
    anna = visitor(viewport={"width": 1280, "height": 1000})
    page = anna.sign_in("editor")
    title = "An idea that waits for its day"
    new_article(anna, title)
    anna.open("/admin/articles/article/calendar/")
    idea = page.locator(".calendar-tray .entry", has_text=title)
    opener = idea.locator("summary")
    opener.focus()
    page.keyboard.press("Enter")
    day = anna.site.now().date() + dt.timedelta(days=2)
    idea.get_by_label("Day").focus()
    page.keyboard.type(f"{day:%m%d%Y}")
    idea.get_by_role("button", name="Move there").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text(f"“{title}” is planned for")
    anna.open(f"/admin/articles/article/calendar/?view=week&on={day.isoformat()}")
    planned = page.locator(f"[data-day='{day.isoformat()}'] .entry", has_text=title)
    expect(planned).to_contain_text("planned, without effect")

    planned.locator("summary").focus()
    page.keyboard.press("Enter")
    planned.get_by_role("button", name="One day later").focus()
    page.keyboard.press("Enter")
    after = (day + dt.timedelta(days=1)).isoformat()
    expect(page.locator(".messagelist")).to_contain_text("is planned for")
    anna.open(f"/admin/articles/article/calendar/?view=week&on={after}")
    moved = page.locator(f"[data-day='{after}'] .entry", has_text=title)
    expect(moved).to_be_visible()

    moved.drag_to(page.locator("#tray-title"))
    expect(page.locator(".calendar-tray .entry", has_text=title)).to_be_visible()


def test_what_is_scheduled_is_dragged_to_another_day_and_never_to_the_tray(visitor):
    anna = visitor(viewport={"width": 1280, "height": 1000})
    anna.sign_in("editor")
    day = anna.site.now().date() + dt.timedelta(days=3)
    page = anna.open(f"/admin/articles/article/calendar/?view=week&on={day.isoformat()}")
    if page.locator(".entry-scheduled, .entry-update").count() == 0:
        page = anna.open(f"/admin/articles/article/calendar/?view=week&on={(day + dt.timedelta(days=7)).isoformat()}")
    event = page.locator(".entry-scheduled, .entry-update").first
    title, at = (
        event.locator("a").inner_text(),
        event.locator("xpath=ancestor::li[@data-day]").get_attribute("data-day"),
    )
    event.drag_to(page.locator("#tray-title"))
    expect(page.locator(f"[data-day='{at}'] .entry", has_text=title)).to_be_visible()
    days = page.locator(".calendar > [data-day]")
    today = anna.site.now().date().isoformat()
    later = [name for each in days.all() if (name := each.get_attribute("data-day") or "") > today and name != at]
    there = later[0]
    goal = page.locator(f".calendar > [data-day='{there}']")
    event.drag_to(goal)
    expect(page.locator(f"[data-day='{there}'] .entry", has_text=title)).to_be_visible()


def test_a_view_is_kept_and_opened_again(visitor):
    anna = visitor()
    page = anna.sign_in("editor")
    anna.open("/admin/articles/article/?status=approved")
    page.locator("summary", has_text="By reviewer").click()
    page.get_by_label("reviewer", exact=True).select_option("nobody")
    page.locator(".filter-form:has([name=reviewer])").get_by_role("button", name="Show").click()
    page.locator(".saved-views summary").click()
    page.get_by_label("Keep this view under a name").fill("Approved, nobody asked")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator(".messagelist")).to_be_visible()
    rows = page.locator("#result_list tbody tr").count()
    anna.open("/admin/articles/article/")
    page.get_by_role("link", name="Approved, nobody asked").click()
    expect(page.locator("#result_list tbody tr")).to_have_count(rows)
    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_role("link", name="Approved, nobody asked")).to_have_count(0)


def test_a_fact_is_found_still_true_and_a_reader_sees_the_day(visitor):
    anna, reader = visitor(), visitor()
    anna.sign_in("editor")
    base = article_pk(anna, "Trauma&public=live")
    heading = _due_today(anna, base)
    page = anna.open("/admin/articles/article/facts/")
    row = page.locator(".due-facts li", has_text=heading)
    row.get_by_label("Next look").select_option("3")
    row.get_by_role("button", name="Checked, still true").click()
    expect(page.locator(".messagelist")).to_contain_text("Readers see today’s date")
    expect(page.locator(".due-facts li", has_text=heading)).to_have_count(0)

    shown = reader.open(LIVE).locator(".card", has_text=heading).first
    expect(shown.locator(".checked")).to_contain_text("Checked again on")
    expect(shown.locator(".checked")).to_contain_text("still true")
    shown.get_by_role("link", name="Link to fact").click()
    expect(reader.page.locator(".fact-page .checked")).to_contain_text("still true")


def _due_today(anna: Visitor, base: str) -> str:
    """Gives the second fact a date that has come, on its own page; gives its heading."""
    page: Page = anna.open(f"{base}change/")
    address = page.locator("[data-outline=cards] > li [data-open]").nth(1).get_attribute("href")
    assert address
    anna.open(address)
    heading = page.locator("[name=heading]").input_value()
    page.locator("[name=check_on]").evaluate("(box, day) => { box.value = day; }", anna.site.now().date().isoformat())
    page.locator("form:has([name=check_on])").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/change/**")
    return heading
