"""The admin site of the desk: its frame, its first page, and what holds for every page of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog

from articles import rights
from articles.desk import accounts, overview
from articles.desk.requests import signed_in

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

#: What stands in the bar, in this order, for those who may see it.
PLACES = ("article", "report", "picture", "subject", "tag", "author", "sitepage", "user")

#: Stock icons and select boxes of the admin draw small pictures from `data:` addresses; nothing else is loosened.
_ADMIN_POLICY = {"img-src": "data:"}

#: Said by the stock admin; marked here because our catalogue says them better than Django's own.
STOCK_WORDS = (
    gettext_noop("Select %s to view"),
    gettext_noop(" By %(filter_title)s "),
    gettext_noop("Save and add another"),
    gettext_noop("users"),
    gettext_noop("groups"),
)


class DeskSite(AdminSite):
    """`has_permission` is the stock one (active staff); each page asks `rights` for more."""

    site_header = site_title = format_lazy(_("{site} desk"), site=settings.SITE_NAME)
    index_title = _("Desk")
    enable_nav_sidebar = False
    login_form = accounts.LogInForm

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Deleting in bulk would pass by every check of a single deletion.
        self.disable_action("delete_selected")

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        """As Django's, but that no shared cache ever keeps an answer, and with the admin's own policy."""
        if cacheable:
            view = cache_control(private=True)(view)
        with_policy = cast("View", csp_update(_ADMIN_POLICY)(view))
        return super().admin_view(with_policy, cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [*accounts.password_reset_urls(self), *super().get_urls()]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        rows = [row for app in context["available_apps"] for row in app["models"] if row["admin_url"]]
        by_name = {row["model"]._meta.model_name: row for row in rows}
        return {**context, "desk_places": [by_name[name] for name in PLACES if name in by_name]}

    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """The words of scripts: those of the admin and, unlike the stock page, our own."""
        return cast("HttpResponse", JavaScriptCatalog.as_view()(request))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        first = {
            "sections": overview.sections(signed_in(request)),
            "may_write": rights.may(signed_in(request), "articles.add_article"),
        }
        return super().index(request, {**first, **(extra_context or {})})

    def app_index(self, *_args: Any, **_kwargs: Any) -> Any:
        """One app is all there is: its page is the first page."""
        return HttpResponseRedirect(reverse("admin:index"))
