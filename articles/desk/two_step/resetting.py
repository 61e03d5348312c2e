"""Taking the second factor of another account away, for a person who has lost the app and the codes."""

from __future__ import annotations

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.operations import second_factor


def page(request: HttpRequest, account: User) -> HttpResponse:
    """GET asks, POST acts; whether this account may be managed was asked before. One's own is turned off on one's own
    page, with the password and a code: a session alone shall not do.
    """
    if account == request.user:
        return HttpResponseRedirect(reverse("admin:two_step"))
    if request.method == "POST":
        if second_factor.reset(account):
            account_admin = admin.site.get_model_admin(User)
            account_admin.log_change(request, account, _("Two-step log-in reset."))
            sentence = _("Two-step log-in of %(name)s is reset, and every session of the account is ended.")
            messages.success(request, sentence % {"name": account.get_username()})
        else:
            messages.info(request, _("There was nothing to reset."))
        return HttpResponseRedirect(reverse("admin:auth_user_change", args=[account.pk]))
    context = {"title": _("Reset two-step log-in"), "account": account, "opts": User._meta}
    context |= {"has_one": second_factor.has_one(account), "is_required": second_factor.is_required(account)}
    return TemplateResponse(request, "desk/two_step/reset.html", {**admin.site.each_context(request), **context})
