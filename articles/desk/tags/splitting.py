"""Splitting a tag: the ticked articles and facts get another one. POST counts first, and does it with `sure`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.desk.forms import DeskForm
from articles.desk.requests import StaffRequest
from articles.desk.tags.choosing import (
    ON_A_PAGE,
    articles_with,
    chosen_articles,
    chosen_facts,
    facts_with,
    published_only,
)
from articles.desk.tags.pages import in_words, tag_page, tag_url, tag_view
from articles.document.rules import TAG_LENGTH
from articles.models import Tag
from articles.operations import tags
from articles.publishing.relabelling import Scope


class SplitForm(DeskForm, forms.Form):
    name = forms.CharField(
        label=gettext_lazy("The tag that they get instead"),
        max_length=TAG_LENGTH,
        help_text=gettext_lazy("One that there is, or a new one."),
        error_messages={"required": gettext_lazy("Write the name of the other tag.")},
    )


@tag_view
def split(request: StaffRequest, tag: Tag) -> HttpResponse:
    """POST `name`, `article` and `fact` (both repeatable)."""
    if request.method != "POST":
        return _page(request, tag, SplitForm())
    form = SplitForm(request.POST)
    if not form.is_valid():
        return _page(request, tag, form, status=400)
    name = form.cleaned_data["name"]
    scope = Scope(chosen_articles(request), set(chosen_facts(request)))
    try:
        if "sure" not in request.POST:
            plan = tags.plan_split(tag, name, scope)
            return _page(request, tag, form, plan=plan, scope=scope, counts=in_words(asdict(plan.counts)))
        act = tags.split(tag, name, scope, by=request.user)
    except tags.TagActError as error:
        return _page(request, tag, form, status=409, refused=str(error))
    said = _("What you chose has the tag “%(into)s” now, instead of “%(tag)s”.")
    messages.success(request, said % {"into": act.target_name, "tag": tag.name})
    return HttpResponseRedirect(tag_url("split", tag.pk))


def _page(request: StaffRequest, tag: Tag, form: SplitForm, **more: Any) -> HttpResponse:
    asked = request.GET.get("q", "")
    found = Paginator(facts_with(request.user, asked, tag), ON_A_PAGE).get_page(request.GET.get("page"))
    facts, articles = published_only(request.user, tag) if found.number == 1 else ([], [])
    context: dict[str, Any] = {
        "published_facts": facts,
        "published_articles": articles,
        "asked": asked,
        "found": found,
        "articles": articles_with(request.user, asked, tag)[:ON_A_PAGE] if found.number == 1 else (),
        "ticked": {*request.POST.getlist("fact"), *request.POST.getlist("article")},
    }
    title = _("Split “%(tag)s”") % {"tag": tag.name}
    return tag_page(request, "split", title=title, tag=tag, form=form, **context, **more)
