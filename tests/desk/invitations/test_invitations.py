"""Inviting by mail: a link that works once and runs out; nobody gives a role beyond their own rights."""

from __future__ import annotations

import re

import pytest
import time_machine
from django.conf import settings as site_settings
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import delivery
from articles.desk.log_in import dt
from articles.models import Invitation
from articles.operations import invitations
from articles.roles import Role
from tests import make
from tests.desk.pages import text, tree

pytestmark = pytest.mark.django_db

WORD = "a-long-enough-word-5"
LIST = "/admin/auth/user/invitations/"


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.MAIL_IS_SENT = True
    settings.SITE_URL = "https://guide.example"


def invite(browser: Client, **fields: str):
    sent = {"email": "seoyeon@example.org", "name": "Han Seo-yeon", "role": Role.EDITOR.value}
    answer = browser.post(LIST, sent | fields, follow=True)
    delivery.send_waiting()
    return answer


def link_in_letter(number: int = -1) -> str:
    [link] = re.findall(r"https://guide\.example(/\S+)", mail.outbox[number].body)
    return link


def take_up(link: str, browser: Client | None = None, **fields: str):
    sent = {"first_name": "Han Seo-yeon", "username": "seoyeon", "password1": WORD, "password2": WORD}
    return (browser or Client()).post(link, sent | fields)


def act(browser: Client, name: str):
    address = reverse(f"admin:auth_user_invitation_{name}", args=[Invitation.objects.latest("pk").pk])
    answer = browser.post(address, follow=True)
    delivery.send_waiting()
    return answer


@pytest.mark.slow
def test_from_the_invitation_to_the_desk(by_admin):
    answer = invite(by_admin)
    assert "on its way to seoyeon@example.org" in text(answer)
    assert "Han Seo-yeon" in text(answer)
    [letter] = mail.outbox
    assert letter.to == ["seoyeon@example.org"]
    assert link_in_letter() not in answer.content.decode(), "a letter brings it, and no page shows it"
    guest = Client()
    page = guest.get(link_in_letter())
    assert "Your role: Editors" in text(page)
    assert tree(page).css_first("input[name=username]").attributes["value"] == "seoyeon"
    assert "no-store" in page.headers["Cache-Control"]
    assert take_up(link_in_letter(), guest).headers["Location"] == reverse("admin:index")
    assert guest.get(reverse("admin:index")).status_code == 200
    account = User.objects.get(username="seoyeon")
    assert (account.email, account.get_full_name()) == ("seoyeon@example.org", "Han Seo-yeon")
    assert account.has_perm("articles.review_article")
    assert not account.is_superuser
    log_in = Client().post(reverse("admin:login"), {"username": "seoyeon", "password": WORD})
    assert log_in.status_code == 302
    assert "came as seoyeon" in text(by_admin.get(LIST))


def test_the_link_works_once(by_admin):
    invite(by_admin)
    take_up(link_in_letter())
    assert Client().get(link_in_letter()).status_code == 404
    assert take_up(link_in_letter(), username="second").status_code == 404
    assert not User.objects.filter(username="second").exists()


def test_two_requests_at_once_make_one_account():
    row, (token, _seed) = invitations.invite(email="a@example.org", name="A", role=Role.WRITER, by=make.admin())
    assert invitations.accept(token, username="first", name="A", password=WORD)
    assert invitations.accept(token, username="second", name="A", password=WORD) is None
    assert Invitation.objects.get(pk=row.pk).account.username == "first"


def test_the_link_runs_out(by_admin, settings):
    invite(by_admin)
    days = site_settings.INVITATION_DAYS
    with time_machine.travel(timezone.now() + dt.timedelta(days=days, minutes=-1)):
        assert Client().get(link_in_letter()).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(days=days, minutes=1)):
        assert Client().get(link_in_letter()).status_code == 404
        assert take_up(link_in_letter()).status_code == 404
        assert "run out" in text(by_admin.get(LIST)) or by_admin.get(LIST).status_code == 302


def test_sent_again_the_old_link_opens_nothing(by_admin):
    invite(by_admin)
    act(by_admin, "again")
    first, second = link_in_letter(0), link_in_letter(1)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200


@pytest.mark.slow
def test_withdrawn_it_opens_nothing_and_the_address_can_be_invited_anew(by_admin):
    invite(by_admin)
    assert "opens nothing any more" in text(act(by_admin, "withdraw"))
    assert Client().get(link_in_letter()).status_code == 404
    assert "was withdrawn before" in text(act(by_admin, "withdraw"))
    assert "was withdrawn before" in text(act(by_admin, "again"))
    invite(by_admin)
    assert Client().get(link_in_letter()).status_code == 200


@pytest.mark.parametrize("address", ["seoyeon@example.org", "SeoYeon@Example.ORG", "mina@example.org"])
def test_whoever_has_an_account_or_an_invitation_is_not_invited_twice(by_admin, address):
    make.writer(name="mina")
    invite(by_admin)
    answer = invite(by_admin, email=address)
    assert answer.status_code == 400
    assert "Somebody with this address" in text(answer)
    assert Invitation.objects.count() == 1


def test_without_a_mail_server_the_link_is_shown_once_and_it_says_so(by_admin, settings):
    settings.MAIL_IS_SENT = False
    assert "This site sends no mail" in text(by_admin.get(LIST))
    page = invite(by_admin)
    link = tree(page).css_first("#made-url").attributes["value"]
    assert "It is shown only now" in text(page)
    assert mail.outbox == []
    assert tree(by_admin.get(LIST)).css_first("#made-url") is None
    assert take_up(link.removeprefix("https://guide.example")).status_code == 302


def helper() -> User:
    """Manages accounts with an editor's rights."""
    account = make.editor(name="helper")
    account.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"]))
    return account


def test_nobody_invites_to_a_role_above_their_own_rights(sign_in):
    browser = sign_in(helper())
    offered = {node.attributes["value"] for node in tree(browser.get(LIST)).css("input[name=role]")}
    assert offered == {"Writers", "Editors"}
    assert invite(browser, role=Role.ADMIN.value).status_code == 400
    assert not Invitation.objects.exists()
    assert "on its way" in text(invite(browser))


def test_nobody_gets_hold_of_an_invitation_to_a_role_above_their_own(sign_in, by_admin, settings):
    settings.MAIL_IS_SENT = False
    invite(by_admin, role=Role.ADMIN.value)
    browser = sign_in(helper())
    assert "Send again" not in text(browser.get(LIST))
    assert act(browser, "again").status_code == 403
    assert act(browser, "withdraw").status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("loss", ["switched off", "role", "deleted"])
def test_whoever_loses_their_rights_invites_nobody_any_more(sign_in, loss):
    admin = make.admin(name="ada")
    invite(sign_in(admin))
    if loss == "switched off":
        User.objects.filter(pk=admin.pk).update(is_active=False)
    elif loss == "role":
        admin.groups.clear()
    else:
        LogEntry.objects.all().delete()
        admin.delete()
    assert Client().get(link_in_letter()).status_code == 404
    other = sign_in(make.admin())
    assert other.get(LIST).status_code == 200
    act(other, "again")
    assert Client().get(link_in_letter()).status_code == 200


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"username": "MINA"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"password1": "short", "password2": "short"}, "password2"),
        ({"password2": "another-long-word-9"}, "password2"),
        ({"first_name": ""}, "first_name"),
        ({"first_name": "x" * 151}, "first_name"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_the_link_stays(by_admin, fields, wrong):
    make.writer(name="mina")
    invite(by_admin)
    answer = take_up(link_in_letter(), **fields)
    assert answer.status_code == 200
    assert wrong in answer.context["form"].errors
    assert take_up(link_in_letter()).status_code == 302


def test_somebody_else_takes_the_name_in_the_same_moment(by_admin, monkeypatch):
    invite(by_admin)
    make.writer(name="seoyeon")
    monkeypatch.setattr("articles.desk.invitations.forms.AcceptForm.clean_username", lambda self: "seoyeon")
    monkeypatch.setattr("django.contrib.auth.models.User.validate_unique", lambda self, exclude=None: None)
    answer = take_up(link_in_letter())
    assert "username" in answer.context["form"].errors
    assert Invitation.objects.pending().count() == 1


@pytest.mark.parametrize("token", ["x", "x.y", "x" * 3000, "%00"])
def test_a_link_that_never_was_says_what_to_do(token):
    answer = Client().get(f"/admin/invitation/{token}/")
    assert answer.status_code == 404
    assert "Ask the person who invited you" in text(answer)


def test_whoever_is_signed_in_already_is_told(by_admin):
    invite(by_admin)
    assert "You are signed in as" in text(by_admin.get(link_in_letter()))


@pytest.mark.slow
def test_each_act_leaves_a_line_in_the_history(by_admin):
    invite(by_admin)
    act(by_admin, "again")
    take_up(link_in_letter())
    invite(by_admin, email="jun@example.org")
    act(by_admin, "withdraw")
    lines = list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True))
    assert [line for line in lines if "Came by" not in line] == [
        *("Invited.", "Invited again."),
        *("Invited.", "Invitation withdrawn."),
    ]
    came = User.objects.get(username="seoyeon")
    assert LogEntry.objects.get(object_id=str(came.pk), user=came).change_message.startswith("Came by an invitation of")


def test_nothing_of_a_letter_is_markup_or_a_header(by_admin):
    invite(by_admin, name="Bcc: <b>me</b>", email="a@example.org")
    [letter] = mail.outbox
    assert "Hello Bcc: <b>me</b>," in letter.body
    assert "\n" not in letter.subject


def test_the_list_and_the_first_page_lead_there(by_admin):
    assert LIST in by_admin.get(reverse("admin:auth_user_changelist")).content.decode()
    assert LIST in by_admin.get(reverse("admin:index")).content.decode()


def test_no_token_stands_in_the_database():
    row, (token, seed) = invitations.invite(email="a@example.org", name="A", role=Role.WRITER, by=make.admin())
    assert token.partition(".")[0] not in str(Invitation.objects.filter(pk=row.pk).values())
    assert seed not in token
