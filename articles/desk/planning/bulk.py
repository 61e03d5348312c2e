"""Several articles at once, out of their list: each row's rights are asked, and what came of it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights, states, workflow
from articles.desk.fields import day_input
from articles.desk.forms import DeskForm, uncut
from articles.desk.pages import article_url, page
from articles.desk.requests import name_of, signed_in
from articles.desk.review.move_form import note_field
from articles.models import Article
from articles.models.planning import PLANNING

MOST = 200
_AS_IT_IS = ("", gettext_lazy("as it is"))
NOBODY = "nobody"


@dataclass(frozen=True)
class RowReport:
    """What came of one article: `refused` is empty where it was done."""

    title: str
    url: str
    refused: str


class BulkPlanForm(DeskForm, forms.Form):
    """What stays empty stays as it is in every article."""

    reviewer = forms.ChoiceField(required=False, label=gettext_lazy("Reviewer"))
    priority = forms.TypedChoiceField(
        required=False,
        coerce=int,
        empty_value=None,
        choices=[_AS_IT_IS, *Article.Priority.choices],
        label=gettext_lazy("Priority"),
    )
    due_on = forms.DateField(required=False, label=gettext_lazy("Due on"), widget=day_input())
    no_due_on = forms.BooleanField(required=False, label=gettext_lazy("Without a due date"))
    planned_for = forms.DateField(required=False, label=gettext_lazy("Planned for"), widget=day_input())
    no_planned_for = forms.BooleanField(required=False, label=gettext_lazy("Planned for no day"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._reviewers = {str(user.pk): user for user in workflow.reviewers()}
        people = [(key, name_of(user)) for key, user in self._reviewers.items()]
        self.fields["reviewer"].choices = [_AS_IT_IS, (NOBODY, _("nobody")), *people]  # type: ignore[attr-defined]
        for name, permission in PLANNING.items():
            if not rights.may(by, permission):
                for each in {name, f"no_{name}"} & set(self.fields):
                    del self.fields[each]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("due_on", "planned_for"):
            if given.get(name) and given.get(f"no_{name}"):
                self.add_error(name, _("Either a day or none."))
        if not self.errors and not self.plans:
            self.add_error(None, _("Choose something to change."))
        return given

    @property
    def plans(self) -> dict[str, Any]:
        given, plans = self.cleaned_data, {}
        if reviewer := given.get("reviewer"):
            plans["reviewer"] = None if reviewer == NOBODY else self._reviewers[reviewer]
        if given.get("priority") is not None:
            plans["priority"] = given["priority"]
        for name in ("due_on", "planned_for"):
            if given.get(name) or given.get(f"no_{name}"):
                plans[name] = given[name]
        return plans


class BulkArchiveForm(DeskForm, forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"] = note_field(required=False)
        uncut(self.fields["note"])


Act = Callable[[Article], Any]


def plan(request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
    by = signed_in(request)
    form = BulkPlanForm(request.POST if "confirm" in request.POST else None, by=by)

    def act(article: Article) -> None:
        workflow.plan(article, by=by, **form.plans)

    return _bulk(request, articles, form, act, title=_("Plan several articles"))


def archive(request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
    by = signed_in(request)
    form = BulkArchiveForm(request.POST if "confirm" in request.POST else None)

    def act(article: Article) -> None:
        workflow.make(states.ARCHIVE, article, by=by, note=form.cleaned_data["note"])

    return _bulk(request, articles, form, act, title=_("Archive several articles"))


def _bulk(request: HttpRequest, articles: QuerySet[Article], form: Any, act: Act, *, title: str) -> HttpResponse | None:
    """Asks, then acts on one article after the other and tells what came of each. None leads back to the list."""
    chosen = list(articles.order_by("title", "pk")[: MOST + 1])
    if len(chosen) > MOST:
        messages.error(request, _("Choose at most %(most)s articles at once.") % {"most": MOST})
        return None
    context = {"chosen": chosen, "act_name": request.POST.get("action", ""), "form": form}
    if not form.is_valid():
        status = 400 if form.is_bound else 200
        return page(request, "planning/bulk", title=title, status=status, **context)
    reports = [_report(article, act) for article in chosen]
    refused = [report for report in reports if report.refused]
    done = [report for report in reports if not report.refused]
    return page(request, "planning/bulk_report", title=title, done=done, refused=refused)


def _report(article: Article, act: Act) -> RowReport:
    refused = ""
    try:
        act(article)
    except PermissionDenied:
        refused = _("You do not have permission to do this.")
    except workflow.WorkflowError as error:
        refused = str(error)
    return RowReport(article.title, article_url("change", article), refused)


def choices(user: User) -> Sequence[str]:
    """The names of the acts that this person may try at all."""
    acts = (("plan_several", "articles.plan_article"), ("archive_several", states.ARCHIVE.permission))
    return [name for name, permission in acts if rights.may(user, permission)]
