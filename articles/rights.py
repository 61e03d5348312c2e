"""Who may do what, answered from the table of roles. Every route asks here; nothing else decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import PermissionDenied

from articles.states import ANY_ARTICLE, PERMISSIONS

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from articles.models import Article


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


def write_groups() -> None:
    """Makes the groups have exactly the permissions of the table. Runs after each migration, in `demo` and in tests."""
    for role, names in PERMISSIONS.items():
        group, _created = Group.objects.get_or_create(name=role.value)
        wanted = {tuple(name.split(".")) for name in names}
        rows = Permission.objects.filter(content_type__app_label__in={label for label, _ in wanted}).select_related(
            "content_type"
        )
        group.permissions.set([row for row in rows if (row.content_type.app_label, row.codename) in wanted])
