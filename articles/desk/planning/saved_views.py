"""Views of the list of articles: kept under a name, opened again, shared by editors, forgotten."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.desk.forms import DeskForm
from articles.desk.pages import VIEW, page
from articles.desk.requests import StaffRequest
from articles.models import SavedView
from articles.models.saved_views import MOST_QUERY
from articles.roles import ANY_ARTICLE

#: What of the list's address is kept; pages and whatever else somebody writes into it are not.
KEPT = (
    *("status", "queue", "public", "own", "about", "subject__id__exact", "owner", "reviewer", "author", "tag"),
    *("caveat", "due", "stale", "missing", "q", "o"),
)
MOST_VIEWS = 50


class ViewForm(DeskForm, forms.Form):
    name = forms.CharField(
        max_length=SavedView._meta.get_field("name").max_length,
        label=gettext_lazy("Keep this view under a name"),
        error_messages={"required": gettext_lazy("Give the view a name, such as “Mine, due this week”.")},
    )
    query = forms.CharField(required=False, widget=forms.HiddenInput)
    is_shared = forms.BooleanField(required=False, label=gettext_lazy("Show it to everybody on the desk"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not rights.may(by, ANY_ARTICLE):
            del self.fields["is_shared"]

    def clean_query(self) -> str:
        query = normalised_query(self.cleaned_data["query"])
        if len(query) > MOST_QUERY:
            raise forms.ValidationError(_("These filters are too long to be kept."))
        return query


def normalised_query(query: str) -> str:
    """The filters in the query of an address, in one order."""
    try:
        found = dict(parse_qsl(query, max_num_fields=100))
    except ValueError:  # more fields than any list has
        return ""
    return urlencode([(name, found[name].replace("\x00", "")) for name in KEPT if name in found])


def save(request: StaffRequest) -> HttpResponse:
    """POST `name`, `query` and perhaps `is_shared`; a name that this person has used already is used anew."""
    rights.require(request.user, VIEW)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
    form = ViewForm(request.POST, by=request.user)
    if form.is_valid():
        own = SavedView.objects.filter(owner=request.user)
        name = form.cleaned_data["name"]
        if own.exclude(name=name).count() >= MOST_VIEWS:
            form.add_error("name", _("You have %(most)s views: forget one first.") % {"most": MOST_VIEWS})
    if not form.is_valid():
        return page(request, "planning/saved_view", title=_("Keep this view"), status=400, form=form)
    given = {"query": form.cleaned_data["query"], "is_shared": form.cleaned_data.get("is_shared", False)}
    SavedView.objects.update_or_create(owner=request.user, name=name, defaults=given)
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": name})
    return HttpResponseRedirect(_address(given["query"]))


def forget(request: StaffRequest, pk: int) -> HttpResponse:
    """POST; of their own, and of shared ones for those who may share."""
    rights.require(request.user, VIEW)
    view = SavedView.objects.for_person(request.user.pk).filter(pk=pk).first()
    if view is None:
        raise Http404
    if view.owner_id != request.user.pk:
        rights.require(request.user, ANY_ARTICLE)
    if request.method == "POST":
        view.delete()
        messages.success(request, _("The view “%(name)s” is forgotten.") % {"name": view.name})
    return HttpResponseRedirect(reverse("admin:articles_article_changelist"))


def of_list(user: User, query: QueryDict) -> dict[str, Any]:
    """What the list shows of views; inputs of desk/planning/_saved_views.html."""
    now = normalised_query(query.urlencode())
    may_share = rights.may(user, ANY_ARTICLE)
    views = [
        (view, _address(view.query), view.query == now, view.owner_id == user.pk or may_share)
        for view in SavedView.objects.for_person(user.pk)[: 2 * MOST_VIEWS]
    ]
    is_known = any(is_open for _view, _url, is_open, _mine in views)
    form = ViewForm(by=user, initial={"query": now}) if now and not is_known else None
    return {"saved_views": views, "view_form": form}


def _address(query: str) -> str:
    url = reverse("admin:articles_article_changelist")
    return f"{url}?{query}" if query else url
