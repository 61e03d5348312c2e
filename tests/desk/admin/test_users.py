"""Admins manage accounts; nobody gives away, or takes over, rights beyond their own."""

import contextlib
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import NoReverseMatch, reverse

from articles.operations import accounts
from articles.roles import Role
from tests import make
from tests.desk.pages import saved, version_at

pytestmark = pytest.mark.django_db

WORD = "a-long-enough-word-5"


def group(role: Role) -> Group:
    return Group.objects.get(name=role.value)


def superuser() -> User:
    return make.admin(name="boss", is_superuser=True)


def change(client: Client, user: User, **fields: Any):
    """Posts the whole form of an account, as it is, with these fields changed."""
    values = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "groups": list(user.groups.values_list("pk", flat=True)),
        "is_active": "on",
    }
    data = {name: value for name, value in (values | fields).items() if value is not None}
    return saved(client, reverse("admin:auth_user_change", args=[user.pk]), data)


def add(client: Client, **fields: Any):
    values = {"username": "mina", "email": "mina@example.org", "password1": WORD, "password2": WORD}
    return client.post(reverse("admin:auth_user_add"), values | fields)


def test_an_admin_makes_an_account_with_a_role_that_can_sign_in(by_admin):
    answer = add(by_admin, groups=[group(Role.EDITOR).pk])
    assert answer.status_code == 302
    user = User.objects.get(username="mina")
    assert (user.is_staff, user.is_superuser) == (True, False)
    assert user.has_perm("articles.review_article")
    assert Client().post(reverse("admin:login"), {"username": "mina", "password": WORD}).status_code == 302


def test_an_account_without_a_role_may_not_enter_and_needs_a_mail_address(by_admin):
    assert "email" in add(by_admin, email="").context["adminform"].form.errors
    add(by_admin)
    assert not User.objects.get(username="mina").is_staff


def test_taking_the_last_role_away_closes_the_desk(by_admin):
    user = make.writer()
    assert change(by_admin, user, groups=[]).status_code == 302
    user.refresh_from_db()
    assert not user.is_staff


def test_an_admin_makes_no_superuser_however_the_form_is_filled(by_admin):
    add(by_admin, groups=[group(Role.ADMIN).pk], is_superuser="on", is_staff="on")
    assert not User.objects.get(username="mina").is_superuser
    user = make.writer()
    permission = Permission.objects.get(codename="delete_user")
    change(by_admin, user, is_superuser="on", user_permissions=[permission.pk])
    user.refresh_from_db()
    assert not user.is_superuser
    assert not user.user_permissions.exists()


@pytest.mark.parametrize("page", ["auth_user_change", "auth_user_password_change", "auth_user_delete"])
def test_an_admin_cannot_touch_a_superuser(by_admin, page):
    boss = superuser()
    words = {"password1": WORD, "password2": WORD, "username": "toppled", "post": "yes"}
    answer = by_admin.post(reverse(f"admin:{page}", args=[boss.pk]), words)
    assert answer.status_code == 403
    boss.refresh_from_db()
    assert boss.username == "boss"
    assert not boss.check_password(WORD)


def test_an_admin_cannot_touch_a_superuser_who_is_switched_off(by_admin):
    boss = superuser()
    User.objects.filter(pk=boss.pk).update(is_active=False)
    assert change(by_admin, boss).status_code == 403


def test_a_superuser_makes_a_superuser(sign_in):
    user = make.admin()
    assert change(sign_in(superuser()), user, is_superuser="on").status_code == 302
    user.refresh_from_db()
    assert user.is_superuser


def test_nobody_changes_their_own_rights(sign_in):
    user = make.admin()
    answer = change(sign_in(user), user, email="new@example.org", groups=[], is_superuser="on", is_active=None)
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.email == "new@example.org"
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, True, False)
    assert list(user.groups.all()) == [group(Role.ADMIN)]


def test_somebody_with_fewer_rights_neither_gives_nor_takes_over_an_admins(sign_in):
    helper = make.editor()
    helper.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "add_user", "change_user"]))
    client = sign_in(helper)
    assert change(client, make.admin()).status_code == 403
    answer = add(client, groups=[group(Role.ADMIN).pk])
    assert "groups" in answer.context["adminform"].form.errors
    assert add(client, groups=[group(Role.EDITOR).pk]).status_code == 302


def test_a_group_that_the_desk_does_not_offer_stays(by_admin):
    user = make.writer()
    user.groups.add(Group.objects.create(name="Newsletter"))
    change(by_admin, user, groups=[group(Role.EDITOR).pk])
    assert {g.name for g in user.groups.all()} == {"Newsletter", "Editors"}


def test_an_admin_sets_a_new_password_for_a_writer(by_admin):
    user = make.writer()
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    answer = by_admin.post(url, {"password1": WORD, "password2": WORD, "set-password": "1", "usable_password": "true"})
    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.check_password(WORD)


def test_deleting_is_for_superusers_and_never_of_oneself_or_of_a_writer_with_articles(sign_in):
    boss, writer = superuser(), make.article().owner
    client = sign_in(boss)
    assert client.get(reverse("admin:auth_user_delete", args=[boss.pk])).status_code == 403
    assert client.post(reverse("admin:auth_user_delete", args=[writer.pk]), {"post": "yes"}).status_code == 200
    assert User.objects.filter(pk=writer.pk).exists()


def test_who_stands_in_the_history_is_switched_off_and_not_deleted(sign_in):
    busy, idle = make.admin(), make.admin()
    add(sign_in(busy), groups=[group(Role.WRITER).pk])
    client = sign_in(superuser())
    answer = client.post(reverse("admin:auth_user_delete", args=[busy.pk]), {"post": "yes"})
    assert "1 line of the history" in answer.content.decode()
    assert User.objects.filter(pk=busy.pk).exists()
    assert client.post(reverse("admin:auth_user_delete", args=[idle.pk]), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=idle.pk).exists()


# --- the last account that manages the others -------------------------------------------------------------------------


def by_two_people(monkeypatch, act) -> list[Any]:
    """Does `act` when nobody else is left any more, which it was not yet when the page was opened: as the second of two
    admins who take the rights of each other in the same moment.
    """
    monkeypatch.setattr(accounts, "managers_of_accounts", lambda: User.objects.filter(username="other"))
    return act()


@pytest.mark.parametrize("fields", [{"is_active": None}, {"groups": []}], ids=["switched off", "role taken"])
def test_no_form_takes_the_rights_of_the_last_manager(monkeypatch, by_admin, fields):
    other = make.admin(name="other")
    answer = by_two_people(monkeypatch, lambda: change(by_admin, other, **fields))
    assert answer.status_code == 200
    assert "the last account that manages the others" in answer.content.decode()
    other.refresh_from_db()
    assert other.is_active
    assert other.groups.exists()


def test_the_last_manager_is_not_deleted(monkeypatch, sign_in):
    other, client = make.admin(name="other"), sign_in(superuser())
    url = reverse("admin:auth_user_delete", args=[other.pk])
    assert by_two_people(monkeypatch, lambda: client.post(url, {"post": "yes"})).status_code == 403
    assert User.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("fields", [{"is_superuser": None}, {"is_superuser": None, "groups": []}, {"is_active": None}])
def test_another_managers_rights_can_be_taken_while_one_is_left(sign_in, fields):
    other = make.admin(name="other", is_superuser=True)
    assert change(sign_in(superuser()), other, **{"is_superuser": "on"} | fields).status_code == 302
    assert User.objects.filter(username="boss", is_active=True, is_superuser=True).exists()


def every_field() -> dict[str, Any]:
    """What would take all rights away, by whatever name a page may read it."""
    return {
        "is_active": "",
        "is_superuser": "",
        "is_staff": "",
        "groups": [],
        "user_permissions": [],
        "post": "yes",
        "action": "delete_selected",
        "end": "others",
        "act": "turn-off",
        "_save": "1",
        "usable_password": "false",
        "unset-password": "1",
        "email": "x@example.org",
        "username": "boss",
    }


@pytest.mark.slow
def test_no_page_of_the_accounts_lets_the_last_manager_undo_itself(sign_in):
    boss = make.admin(name="boss", is_superuser=True, password=WORD)
    client = sign_in(boss)
    for pattern in admin.site.get_model_admin(User).get_urls():
        if not pattern.name:
            continue
        for key in ("pk", "object_id", "id"):
            with contextlib.suppress(NoReverseMatch):
                url = reverse(f"admin:{pattern.name}", kwargs={key: boss.pk})
                client.post(url, every_field() | version_at(client, url))
        with contextlib.suppress(NoReverseMatch):
            client.post(reverse(f"admin:{pattern.name}"), every_field() | {"_selected_action": [boss.pk]})
    assert boss in accounts.managers_of_accounts()
    boss.refresh_from_db()
    assert boss.has_usable_password()
