"""Who may do what, answered from the table of roles. Every route asks here; nothing else decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.roles import ANY_ARTICLE, PERMISSIONS, Role

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Article


class OneQueryBackend(ModelBackend):
    """The stock backend; what an account may do by itself and by its groups is one query instead of two, on each page
    of the desk, and the account of a request knows by `has_second_factor` whether it has one.
    """

    def get_user(self, user_id: int) -> User | None:
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        user = User.objects.annotate(has_second_factor=Exists(devices)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        is_plain = user_obj.is_active and not (user_obj.is_anonymous or user_obj.is_superuser) and obj is None
        if is_plain and not hasattr(user_obj, "_perm_cache"):
            found = Permission.objects.filter(Q(user=user_obj) | Q(group__user=user_obj)).order_by().distinct()
            names = found.values_list("content_type__app_label", "codename")
            user_obj._perm_cache = {f"{label}.{name}" for label, name in names}
        return super().get_all_permissions(user_obj, obj)


def may(user: User, permission: str, article: Article | None = None) -> bool:
    """Whether this account may do this, and to this article: another person's article needs ANY_ARTICLE as well."""
    if not (user.is_active and user.is_staff and user.has_perm(permission)):
        return False
    return article is None or article.owner_id == user.pk or user.has_perm(ANY_ARTICLE)


def require(user: User, permission: str, article: Article | None = None) -> None:
    """Raises PermissionDenied (403) unless `may`."""
    if not may(user, permission, article):
        raise PermissionDenied


def visible_articles(user: User, articles: QuerySet[Article]) -> QuerySet[Article]:
    """Those of the articles that this account may see: its own, or all of them with ANY_ARTICLE."""
    return articles if may(user, ANY_ARTICLE) else articles.filter(owner=user)


def people_who_see(article: Article) -> QuerySet[User]:
    """The active staff accounts that may see an article, by name."""

    def who(permission: str) -> QuerySet[User]:
        return User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")

    staff = User.objects.filter(is_active=True, is_staff=True)
    everybody = staff.filter(pk__in=who("articles.view_article").values("pk"))
    return everybody.filter(Q(pk=article.owner_id) | Q(pk__in=who(ANY_ARTICLE).values("pk"))).order_by("username")


def rights_of(user: User) -> set[str]:
    """By groups and of its own, even while the account is switched off; all of them for a superuser."""
    rows = Permission.objects.select_related("content_type")
    if not user.is_superuser:
        rows = rows.filter(Q(group__user=user) | Q(user=user))
    return {f"{row.content_type.app_label}.{row.codename}" for row in rows.distinct()}


def roles_to_give(giver: User) -> list[Role]:
    """Nobody gives away rights that they do not have themselves."""
    mine = rights_of(giver)
    return [role for role in Role if PERMISSIONS[role] <= mine]


def may_manage(manager: User, account: User) -> bool:
    """Whoever can set an account's password can act as it: that takes every right that it has."""
    if manager.is_superuser:
        return True
    return not account.is_superuser and rights_of(account) <= rights_of(manager)


def write_groups() -> None:
    """Makes the groups have exactly the permissions of the table. Runs after each migration, in `demo` and in tests."""
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role.value)
        wanted = {tuple(name.split(".")) for name in names}
        rows = Permission.objects.filter(content_type__app_label__in={label for label, _ in wanted}).select_related(
            "content_type"
        )
        group.permissions.set([row for row in rows if (row.content_type.app_label, row.codename) in wanted])
