"""“Your notifications”: of what somebody wants to be told by mail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.desk.forms import DeskForm
from articles.desk.pages import VIEW, page
from articles.desk.requests import StaffRequest
from articles.models.notifications import NotificationChoice

Kind = NotificationChoice.Kind


class NotificationForm(DeskForm, forms.Form):
    kinds = forms.MultipleChoiceField(
        required=False,
        choices=Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Tell me by mail when"),
        error_messages={"invalid_choice": gettext_lazy("Choose out of this list.")},
    )


def notifications(request: StaffRequest) -> HttpResponse:
    rights.require(request.user, VIEW)
    choice = NotificationChoice.objects.filter(user=request.user).first() or NotificationChoice(user=request.user)
    wanted = {"kinds": [kind for kind in Kind.values if choice.wants(kind)]}
    form = NotificationForm(request.POST if request.method == "POST" else None, initial=wanted)
    if form.is_valid():
        off = [kind for kind in Kind.values if kind not in form.cleaned_data["kinds"]]
        NotificationChoice.objects.update_or_create(user=request.user, defaults={"switched_off": off})
        messages.success(request, _("Your choice is saved."))
        return HttpResponseRedirect(reverse("admin:articles_article_notifications"))
    context: dict[str, Any] = {"form": form, "address": request.user.email}
    status = 400 if form.is_bound else 200
    return page(request, "planning/notifications", title=_("Your notifications"), status=status, **context)
