"""Tags added to and taken from many articles and facts at once: changes of drafts, with a report for each article."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights
from articles.desk import word_search
from articles.desk.fields import TagsField
from articles.desk.forms import DeskForm
from articles.desk.pages import CHANGE
from articles.desk.requests import StaffRequest
from articles.desk.tags.choosing import (
    MOST_ARTICLES,
    ON_A_PAGE,
    articles_with,
    chosen_articles,
    chosen_facts,
    facts_with,
)
from articles.desk.tags.pages import tag_page
from articles.models import FactCard, Tag
from articles.operations import tags
from articles.operations.tags import Chosen

FACTS, ARTICLES = "facts", "articles"


class BulkForm(DeskForm, forms.Form):
    add = TagsField(label=gettext_lazy("Tags to add"), help_text=gettext_lazy("With commas between them."))
    remove = TagsField(label=gettext_lazy("Tags to remove"), help_text=gettext_lazy("All other tags stay."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("add") and not given.get("remove") and not self.errors:
            self.add_error("add", _("Write a tag to add or to remove."))
        return given


def bulk(request: StaffRequest) -> HttpResponse:
    """`of` (facts or articles), `q`, `tag` (a name): which are offered. POST `fact` and `article` (repeatable)."""
    rights.require(request.user, CHANGE)
    if request.method != "POST":
        return _page(request, BulkForm())
    form = BulkForm(request.POST)
    chosen = _chosen(request)
    if not form.is_valid():
        return _page(request, form, status=400)
    if not chosen:
        return _page(request, form, status=400, refused=_("Tick at least one article or fact."))
    report = tags.retag(chosen, add=form.cleaned_data["add"], remove=form.cleaned_data["remove"], by=request.user)
    changed = sum(row.changed for row in report)
    return tag_page(request, "bulk_done", title=_("Tag several at once"), report=report, changed=changed)


def _chosen(request: StaffRequest) -> dict[int, Chosen]:
    """What was ticked, by article; the most that one act takes."""
    facts: dict[int, list[str]] = defaultdict(list)
    ids = chosen_facts(request)[: tags.MOST_CHOSEN]
    for article, public_id in FactCard.objects.filter(public_id__in=ids).values_list("article", "public_id"):
        facts[article].append(public_id)
    articles = sorted(chosen_articles(request))[: tags.MOST_CHOSEN]
    return {pk: Chosen(pk in articles, facts.get(pk, ())) for pk in sorted({*articles, *facts})}


def _most_of(of: str, tag: Tag | None) -> float:
    """How many are found by words."""
    if of == ARTICLES:
        return MOST_ARTICLES
    return math.inf if tag else word_search.MOST_FOUND


def _page(request: StaffRequest, form: BulkForm, **more: Any) -> HttpResponse:
    asked, name, of = (request.GET.get(key, "") for key in ("q", "tag", "of"))
    tag = Tag.objects.by_names([name]).get(name)
    of = ARTICLES if of == ARTICLES else FACTS
    no_such = bool(name) and tag is None
    rows: Any = articles_with(request.user, asked, tag) if of == ARTICLES else facts_with(request.user, asked, tag)
    found = Paginator(rows.none() if no_such else rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "form": form,
        "asked": asked,
        "name": name,
        "of": of,
        "no_such": no_such,
        "found": found,
        "is_cut": bool(asked) and found.paginator.count >= _most_of(of, tag),
        "ticked": {*request.POST.getlist("fact"), *request.POST.getlist("article")},
    }
    return tag_page(request, "bulk", title=_("Tag several at once"), **context, **more)
