"""Merging a tag into another: GET counts what that changes, POST does it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.forms import DeskForm
from articles.desk.requests import StaffRequest
from articles.desk.tags.pages import in_words, tag_page, tag_url, tag_view
from articles.document.rules import TAG_LENGTH
from articles.models import Tag
from articles.operations import tags


class MergeForm(DeskForm, forms.Form):
    into = forms.CharField(
        label=gettext_lazy("Merge it into the tag"),
        max_length=TAG_LENGTH,
        help_text=gettext_lazy("Its name, in any spelling that it has. That tag stays; this one becomes a name of it."),
        error_messages={"required": gettext_lazy("Write the name of the tag that stays.")},
    )

    def clean_into(self) -> Tag:
        name = self.cleaned_data["into"]
        found = Tag.objects.by_names([name]).get(name)
        if found is None:
            raise forms.ValidationError(_("No tag is called “%(name)s”.") % {"name": name})
        return found


@tag_view
def merge(request: StaffRequest, tag: Tag) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    form = MergeForm(given) if "into" in given else MergeForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, tag, form, status=400 if form.is_bound else 200)
    into = form.cleaned_data["into"]
    try:
        if request.method != "POST":
            return _page(request, tag, form, plan=tags.plan_merge(tag, into))
        tags.merge(tag, into, by=request.user)
    except tags.TagActError as error:
        return _page(request, tag, form, status=409, refused=str(error))
    said = _("“%(tag)s” is merged: everything that had it has “%(into)s” now.")
    messages.success(request, said % {"tag": tag.name, "into": into.name})
    return HttpResponseRedirect(tag_url("change", into.pk))


def _page(
    request: StaffRequest, tag: Tag, form: MergeForm, *, plan: tags.MergePlan | None = None, **more: Any
) -> HttpResponse:
    title = _("Merge “%(tag)s”") % {"tag": tag.name}
    counts = in_words(asdict(plan.counts)) if plan else []
    return tag_page(request, "merge", title=title, tag=tag, form=form, plan=plan, counts=counts, **more)
