"""Deleting what others may refer to: refused with a list of where it is used, never by a stack trace."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import rights
from articles.desk.pages import article_url
from articles.desk.requests import signed_in
from articles.models import Article

#: A page names this many places of use and counts the rest.
NAMED = 20
#: So many articles say that a thing is used: the others are not even counted.
MOST_ARTICLES = 1000


@dataclass(frozen=True)
class Use:
    """A place of use: a sentence, and an address where there is one for this person."""

    text: str
    url: str = ""


def articles_of(*rows: QuerySet[Any]) -> QuerySet[Article]:
    """The articles whose keys these rows have, MOST_ARTICLES about; those in the bin too."""
    keys: set[int] = set()
    for each in rows:
        if len(keys) < MOST_ARTICLES:
            (column,) = each.query.values_select
            keys |= set(each.order_by().values_list(column, flat=True)[:MOST_ARTICLES])
    return Article.with_binned.filter(pk__in=keys)


def uses_in_articles(articles: QuerySet[Article], user: User) -> list[Use]:
    """Articles by name as far as this person may see them; the others are only counted.

    Ask with `with_binned`: what lies in the bin may come back, and still uses what it used.
    """
    seen = rights.visible_articles(user, articles)
    found = seen.order_by("title", "pk").values_list("pk", "title", "binned_at")[:NAMED]
    named = [_use_in(pk, title, is_binned=binned_at is not None) for pk, title, binned_at in found]
    count = articles.count()
    others = count - len(named)
    if count >= MOST_ARTICLES:
        named.append(Use(_("Many more articles") if named else _("Many articles of other people")))
    elif others:
        words = ngettext("%(count)s more article", "%(count)s more articles", others) if named else ""
        words = words or ngettext("%(count)s article of somebody else", "%(count)s articles of other people", others)
        named.append(Use(words % {"count": others}))
    return named


def _use_in(pk: int, title: str, *, is_binned: bool) -> Use:
    if is_binned:
        return Use(
            _("The article “%(title)s” in the bin") % {"title": title}, reverse("admin:articles_article_bin_all")
        )
    return Use(_("The article “%(title)s”") % {"title": title}, article_url("change", pk))


class ProtectedWhileUsed(admin.ModelAdmin):  # type: ignore[type-arg]
    """A ModelAdmin whose rows can be deleted only while nothing uses them. Subclasses say what uses a row."""

    delete_confirmation_template = "desk/admin/delete_unless_used.html"

    def uses(self, obj: Any, user: User) -> list[Use]:
        raise NotImplementedError

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> Any:
        """As Django's, without walking through every row that refers to it: a tag may stand on 100,000 facts."""
        objs = list(objs)
        uses = [use for obj in objs for use in self.uses(obj, signed_in(request))]
        return [str(obj) for obj in objs], {}, set(), uses

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Whoever names the row holds it until their words are stored: this waits for them, and looks again."""
        held = type(obj)._base_manager.select_for_update().filter(pk=obj.pk)
        if list(held) and self.uses(obj, signed_in(request)):
            raise ProtectedError("It is used.", set())
        super().delete_model(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:  # somebody began to use it while this page was open
            messages.error(request, _("Somebody has just begun to use this, so it was not deleted."))
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_delete"
            return HttpResponseRedirect(reverse(name, args=[object_id]))
