"""The admin site of the desk: its frame, its first page, and what holds for every page of it."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, TypeVar, cast

from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import cache_control, never_cache
from django.views.i18n import JavaScriptCatalog

from articles import rights
from articles.desk import accounts, guide, health, oidc, overview, sessions
from articles.desk.invitations import accepting
from articles.desk.requests import signed_in
from articles.desk.two_step import codes, confirm_page, own_page
from articles.desk.two_step.guard import guarded, must_give_code, must_set_up, open_before_second_factor
from articles.roles import ANY_ARTICLE

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


#: An id that a script gave to a form (static/desk/shared/form-drafts.js).
_DRAFT_ID = re.compile(r"[0-9a-f-]{36}\Z")
_HOUR = 3600  # seconds


def _with_cookie_of_saved_form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A form that has led to another page is saved: a cookie with its id tells the script that stores its text."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        draft = request.POST.get("draft", "") if request.method == "POST" else ""
        if response.status_code == HTTPStatus.FOUND and _DRAFT_ID.match(draft):
            response.set_cookie(f"desk-saved-{draft}", "1", max_age=_HOUR, secure=request.is_secure(), samesite="Lax")
        return response

    return answer


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
        """As Django's, but that no shared cache ever keeps an answer, with the admin's own policy and the second
        factor."""
        if cacheable:
            view = cache_control(private=True)(view)
        with_policy = csp_update(_ADMIN_POLICY)(_with_cookie_of_saved_form(view))
        return super().admin_view(cast("View", guarded(with_policy)), cacheable)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        session = path("session/", never_cache(self.session), name="session")
        helping = path("help/", self.admin_view(guide.guide), name="help")
        help_of = path("help/<slug:name>/", self.admin_view(guide.guide), name="help_of")
        healthy = path("health/", self.admin_view(health.health), name="health")
        open_sessions = path("sessions/", self.admin_view(sessions.own), name="sessions")
        code = path("login/code/", codes.log_in_code, name="log_in_code")
        two_step = path("two-step/", self.admin_view(own_page.two_step), name="two_step")
        confirm = path("confirm/", self.admin_view(confirm_page.confirm_page), name="confirm")
        invited = path("invitation/<str:token>/", accepting.invitation, name="invitation")
        own = [session, open_sessions, code, two_step, confirm, invited, helping, help_of, healthy]
        return [*own, *oidc.urls(), *accounts.password_reset_urls(self), *super().get_urls()]

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        words = {"title": _("Log in"), "app_path": request.get_full_path(), "username": request.user.get_username()}
        following = request.POST.get("next") or request.GET.get("next", "")
        words |= oidc.button(request, following)
        context = {**self.each_context(request), **words, **(extra_context or {})}
        view = accounts.LogInView.as_view(
            extra_context=context, authentication_form=self.login_form, template_name="admin/login.html"
        )
        return cast("HttpResponse", view(request))

    @open_before_second_factor
    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return super().logout(request, extra_context)

    def session(self, request: HttpRequest) -> JsonResponse:
        """Before a form is sent: who is signed in here (null for nobody), and the token that its form needs."""
        may_send = self.has_permission(request) and not (must_give_code(request) or must_set_up(request))
        account = request.user.pk if may_send else None
        return JsonResponse({"account": account, "csrf": get_token(request)})

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        rows = [row for app in context["available_apps"] for row in app["models"] if row["admin_url"]]
        by_name = {row["model"]._meta.model_name: row for row in rows}
        return {**context, "desk_places": [by_name[name] for name in PLACES if name in by_name]}

    @open_before_second_factor
    def i18n_javascript(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:  # noqa: ARG002
        """The words of scripts: those of the admin and, unlike the stock page, our own."""
        return cast("HttpResponse", JavaScriptCatalog.as_view()(request))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        first = {
            "sections": overview.sections(signed_in(request)),
            "may_search": rights.may(signed_in(request), "articles.view_article"),
            "sees_all": rights.may(signed_in(request), ANY_ARTICLE),
            "may_write": rights.may(signed_in(request), "articles.add_article"),
        }
        return super().index(request, {**first, **(extra_context or {})})

    def app_index(self, *_args: Any, **_kwargs: Any) -> Any:
        """One app is all there is: its page is the first page."""
        return HttpResponseRedirect(reverse("admin:index"))
