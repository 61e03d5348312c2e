"""Coming to the desk: a second step with the codes of an app, and an account of one's own by an invitation."""

from __future__ import annotations

import base64
import re
from urllib.parse import parse_qs, urlparse

import pytest
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Visitor

NARROW = {"viewport": {"width": 360, "height": 740}}


def app_code(key: str, *, ahead: int = 0) -> str:
    """What an app with this key (base32) shows now. (The server's clock for codes is the machine's.)"""
    return f"{totp(base64.b32decode(key), drift=ahead):06d}"


def invited(visitor, name: str, role: str = "Writers", **options: object) -> Visitor:
    """Somebody new who came by an invitation of the admin, and is in."""
    admin = visitor()
    page = admin.sign_in("admin")
    page.get_by_role("link", name="Invitations").click()
    page.get_by_label("Email address").fill(f"{name}@example.org")
    page.get_by_label("Name", exact=True).fill(name.title())
    page.get_by_label(role).check()
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("This site sends no mail")).to_be_visible()
    link = page.get_by_label("It is shown only now").input_value()
    assert link.startswith(admin.site("/admin/invitation/"))
    person = visitor(**options)
    page = person.open(link)
    expect(page.get_by_label("Name to log in by")).to_have_value(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Password confirmation").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url("**/admin/")
    expect(page.get_by_role("heading", name=f"Hello, {name.title()}")).to_be_visible()
    admin.page.reload()
    expect(admin.page.get_by_text(f"came as {name}")).to_be_visible()
    return person


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/")


def give_password(person: Visitor, name: str, path: str = "/admin/") -> Page:
    page = person.open(f"/admin/login/?next={path}")
    page.get_by_label(re.compile("^Username")).fill(name)
    page.get_by_label(re.compile("^Password")).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/login/code/**")
    return page


def test_an_invited_person_sets_up_a_second_step_and_logs_in_with_it(visitor):
    person = invited(visitor, "seoyeon")
    page = person.page
    page.get_by_role("link", name="Password").click()
    page.get_by_role("link", name="Two-step log-in").click()
    picture = page.get_by_role("img", name="QR code with the key of your account")
    assert picture.evaluate("image => image.complete && image.naturalWidth") > 0, "the policy lets it be seen"
    address = page.get_by_role("link", name="Open the app on this device").get_attribute("href")
    [key] = parse_qs(urlparse(address).query)["secret"]
    assert page.locator(".two-step-key").text_content().replace(" ", "") == key

    page.get_by_label("Code").fill("000000x")
    page.get_by_role("button", name="Turn on two-step log-in").click()
    expect(page.get_by_text("This code is not right.")).to_be_visible()
    assert page.locator(".two-step-key").text_content().replace(" ", "") == key
    page.get_by_label("Code").fill(app_code(key))
    page.get_by_role("button", name="Turn on two-step log-in").click()
    codes = page.get_by_label("Recovery codes of seoyeon").input_value().split()
    assert len(codes) == 10
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    kept = page.evaluate("JSON.stringify({ ...localStorage, ...sessionStorage })")
    assert key not in kept
    assert "000000x" not in kept, "no code is stored on the device"
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/admin/")

    log_out(page)
    page = give_password(person, "seoyeon", "/admin/articles/tag/")
    page.get_by_label("Code").fill("999 999")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This code is not right, or was used before.")).to_be_visible()
    page.get_by_label("Code").fill(app_code(key, ahead=1))
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/articles/tag/")

    log_out(page)
    page = give_password(person, "seoyeon")
    page.get_by_label("Code").fill(codes[0].upper())
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("You used a recovery code: it works no more. 9 are left.")).to_be_visible()


def test_an_invitation_is_taken_up_on_a_phone(visitor):
    person = invited(visitor, "jiwoo", "Editors", **NARROW)
    person.page.get_by_role("link", name="Articles", exact=True).first.click()
    expect(person.page.get_by_role("heading", level=1)).to_have_text("Articles")


@pytest.mark.parametrize("options", [{}, NARROW], ids=["wide", "narrow"])
def test_an_invitation_that_is_withdrawn_opens_nothing(visitor, site, options):
    admin = visitor(**options)
    page = admin.sign_in("admin")
    name = f"Guest {len(options)}"
    page.goto(site("/admin/auth/user/invitations/"))
    page.get_by_label("Email address").fill(f"guest-{len(options)}@example.org")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("Writers").check()
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_label("It is shown only now").input_value()
    page.get_by_role("button", name=re.compile(f"Withdraw.*{name}")).click()
    expect(page.get_by_text("opens nothing any more")).to_be_visible()
    guest = visitor()
    expect(guest.open(link).get_by_role("heading", level=1)).to_have_text("This link does not work any more")
