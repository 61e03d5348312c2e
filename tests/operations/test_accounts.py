"""`account`: what is kept about a person, and what stays when they are taken out of it."""

from __future__ import annotations

import io
import json

import pytest
from axes.models import AccessAttempt
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles import workflow
from articles.models import Article, Comment, Edition, History, Invitation, NotificationChoice
from articles.operations import invitations
from articles.roles import Role
from tests import make
from tests.desk.two_step.people import with_second_factor

pytestmark = pytest.mark.django_db

NAME = "mina-who-leaves"


@pytest.fixture
def mina() -> User:
    """With an article that is public, a comment, a mention, a plan that names her, and a session."""
    mina = make.editor(name=NAME, first_name="Mina", last_name="Leaves")
    make.author(name="Mina Park", user=mina)
    article = make.live(owner=mina, authors=("mina-park",))
    other = make.editor()
    draft = make.handed_in()
    workflow.plan(draft, by=other, reviewer=mina)
    workflow.comment(article, f"Says who, @{NAME}?", by=other)
    workflow.comment(article, "I do.", by=mina)
    NotificationChoice.objects.create(user=mina, switched_off=[])
    with_second_factor(mina)
    AccessAttempt.objects.create(username=f"code:{NAME}", ip_address="192.0.2.1", failures_since_start=1)
    row, _token = invitations.invite(email="mina@old.example", name="Mina Leaves", role=Role.EDITOR, by=make.admin())
    Invitation.objects.filter(pk=row.pk).update(account=mina, accepted_at=row.made_at)
    LogEntry.objects.log_actions(other.pk, [row], CHANGE, change_message="Invited.", single_object=True)
    return mina


def told(*arguments: str) -> str:
    out = io.StringIO()
    call_command("account", *arguments, stdout=out)
    return out.getvalue()


def whole_database() -> str:
    """Every text of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [f"{table} {row}" for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.mark.slow
def test_what_is_kept_about_an_account_is_written(mina: User):
    found = json.loads(told(NAME, "--export"))
    assert found["account"]["email"] == mina.email
    assert found["account"]["roles"] == [Role.EDITOR.value]
    assert "password" not in found["account"]
    assert [row["text"] for row in found["named_by"]["articles.Comment.author"]] == ["I do."]
    assert len(found["named_by"]["articles.Article.owner"]) == 1
    assert found["named_by"]["articles.History.actor"]
    assert found["log_ins"]["axes.AccessAttempt"]


def test_no_secret_stands_in_what_is_written_about_an_account(mina: User):
    device = TOTPDevice.objects.get(user=mina)
    out = told(NAME, "--export")
    assert "otp_totp.TOTPDevice.user" in out
    secrets = [device.key, mina.password, Invitation.objects.get().digest]
    secrets += StaticToken.objects.values_list("token", flat=True)
    assert [secret for secret in secrets if secret in out] == []


@pytest.mark.slow
def test_nothing_names_a_person_who_was_anonymised(mina: User):
    client = Client()
    client.force_login(mina)
    lines, page = History.objects.count(), Client().get(reverse("article", args=[Edition.objects.get().slug])).content
    assert NAME in whole_database()
    new = told(NAME, "--anonymise").split()[2]
    everything = whole_database()
    assert not TOTPDevice.objects.filter(user=mina).exists()
    assert not StaticDevice.objects.filter(user=mina).exists()
    for trace in (NAME, "Leaves", mina.email, "old.example"):
        assert trace not in everything, next(line for line in everything.splitlines() if trace in line)
    assert History.objects.count() == lines + 1
    assert History.objects.filter(actor=mina, actor_name=new).exists()
    assert Article.objects.filter(owner=mina).exists()
    assert Comment.objects.filter(text=f"Says who, @{new}?").exists()
    assert Client().get(reverse("article", args=[Edition.objects.get().slug])).content == page
    assert client.get(reverse("admin:index")).status_code == 302
    mina.refresh_from_db()
    assert (mina.is_active, mina.is_staff, mina.has_usable_password()) == (False, False, False)
    assert not mina.groups.exists()


def test_the_last_who_manages_the_others_stays():
    chief = make.admin(name="chief")
    with pytest.raises(CommandError, match="the last account that manages the others"):
        told("chief", "--anonymise")
    make.admin(name="no-desk")
    User.objects.filter(username="no-desk").update(is_staff=False)  # who cannot sign in to manage anybody
    with pytest.raises(CommandError, match="the last account that manages the others"):
        told("chief", "--anonymise")
    make.admin()
    told("chief", "--anonymise")
    assert User.objects.get(pk=chief.pk).username == f"former-{chief.pk}"
    with pytest.raises(CommandError, match="is anonymous already"):
        told(f"former-{chief.pk}", "--anonymise")


def test_the_owner_of_an_imported_site_comes_back():
    make.user(name="owner", role=None, is_active=False)
    assert "manage.py changepassword owner" in told("owner", "--promote")
    owner = User.objects.get(username="owner")
    assert owner.is_active
    assert owner.is_staff
    assert owner.is_superuser


def test_an_unknown_name_is_told():
    with pytest.raises(CommandError, match="There is no account 'nobody'"):
        told("nobody", "--export")


def test_a_second_factor_that_was_lost_is_reset_from_the_machine(mina: User):
    client = Client()
    client.force_login(mina)
    assert told(NAME, "--reset-second-factor") == f"Two-step log-in of {NAME} is reset, and its sessions are ended.\n"
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    assert client.get(reverse("admin:index")).status_code == 302
    line = History.objects.latest("pk")
    assert (line.title, line.actor_name, line.act) == (NAME, "operator", History.Act.RESET_SECOND_FACTOR)
    assert told(NAME, "--reset-second-factor") == f"Two-step log-in of {NAME} was not set up.\n"
    assert History.objects.latest("pk") == line
