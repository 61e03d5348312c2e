"""Who may do what is one table, and the groups are written from it."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission, User

from articles import rights, roles
from articles.roles import PERMISSIONS, Role
from articles.states import MOVES
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_a_group_has_exactly_the_permissions_of_the_table(role: Role):
    group, _ = Group.objects.get_or_create(name=role.value)
    group.permissions.set(Permission.objects.filter(codename__startswith="delete"))
    rights.write_groups()
    names = {
        f"{app}.{codename}" for app, codename in group.permissions.values_list("content_type__app_label", "codename")
    }
    assert names == PERMISSIONS[role]


def test_every_move_asks_for_a_permission_that_somebody_has():
    for move in MOVES:
        assert move.permission in PERMISSIONS[Role.EDITOR]


def test_an_own_article_needs_the_permission_and_any_other_needs_more():
    article = make.article()
    assert rights.may(article.owner, "articles.change_article", article)
    assert not rights.may(make.writer(), "articles.change_article", article)
    assert rights.may(make.editor(), "articles.change_article", article)
    assert not rights.may(make.editor(), "articles.add_author")


def test_nobody_outside_may_anything():
    article = make.article()
    for person in (AnonymousUser(), make.user(role=None), make.editor(is_active=False)):
        assert not rights.may(person, "articles.view_article", article)


def test_an_account_with_rights_that_is_no_longer_staff_may_nothing():
    chief = make.editor()
    chief.is_staff = False
    assert not rights.may(chief, roles.ANY_ARTICLE)


def test_what_an_account_may_do_is_one_query_of_its_own_rights_and_those_of_its_groups(django_assert_num_queries):
    user = make.writer()
    user.user_permissions.add(Permission.objects.get(codename="delete_houseterm"))
    account = User.objects.get(pk=user.pk)
    with django_assert_num_queries(1):
        assert account.has_perm("articles.delete_houseterm")
        assert account.has_perm("articles.change_article")
        assert not account.has_perm("auth.delete_user")
    assert not User(username="x", is_active=False).has_perm("articles.change_article")
    assert make.user(role=None, is_superuser=True).has_perm("auth.delete_user")
