"""The planning page of an article, and taking its review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import rights, states, workflow
from articles.desk.fields import day_input
from articles.desk.forms import DeskForm
from articles.desk.pages import article_url, article_view, page, post_only, refuse
from articles.desk.requests import MOST_INTEGER, StaffRequest, name_of
from articles.models import Article
from articles.models.planning import PLANNING
from articles.text.numbers import whole_number

REVIEW = "articles.review_article"


class ReviewerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: User) -> str:
        return name_of(obj)


class PlanForm(DeskForm, forms.Form):
    """The plans that this person may make. Only what they changed in it is saved, so that two people planning
    different things do not undo each other.
    """

    reviewer = ReviewerField(
        User.objects.none(),
        required=False,
        show_hidden_initial=True,
        label=gettext_lazy("Reviewer"),
        empty_label=gettext_lazy("nobody in particular"),
        error_messages={"invalid_choice": gettext_lazy("Choose somebody who may review.")},
    )
    due_on = forms.DateField(required=False, show_hidden_initial=True, label=gettext_lazy("Due on"), widget=day_input())
    priority = forms.TypedChoiceField(
        coerce=int,
        choices=Article.Priority.choices,
        show_hidden_initial=True,
        label=gettext_lazy("Priority"),
    )
    planned_for = forms.DateField(
        required=False,
        show_hidden_initial=True,
        label=gettext_lazy("Planned for"),
        widget=day_input(),
        help_text=gettext_lazy("A wish, shown in the calendar. Nothing is published by it."),
    )

    def __init__(self, *args: Any, article: Article, by: User, **kwargs: Any) -> None:
        initial = {name: getattr(article, name) for name in PLANNING}
        super().__init__(*args, initial=initial, **kwargs)
        for name, permission in PLANNING.items():
            if not rights.may(by, permission, article):
                del self.fields[name]
        if "reviewer" in self.fields:
            self.fields["reviewer"].queryset = workflow.reviewers()  # type: ignore[attr-defined]
        for name in ("due_on", "planned_for"):
            if name in self.fields:
                self.fields[name].error_messages["invalid"] = _("Write a day, such as 2030-05-01.")

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


@article_view("articles.plan_article")
def planning(request: StaffRequest, article: Article) -> HttpResponse:
    if request.method != "POST":
        return _page(request, article, PlanForm(article=article, by=request.user))
    form = PlanForm(request.POST, article=article, by=request.user)
    if not form.is_valid():
        return _page(request, article, form, status=400)
    try:
        workflow.plan(article, by=request.user, **form.changes)
    except workflow.WorkflowError as error:
        form.add_error(None, str(error))
        return _page(request, article, form, status=409)
    messages.success(request, _("The plan is saved."))
    return HttpResponseRedirect(article_url("change", article))


def _page(request: StaffRequest, article: Article, form: PlanForm, *, status: int = 200) -> HttpResponse:
    return page(request, "planning/plan", title=_("Planning"), article=article, status=status, form=form)


@article_view(REVIEW)
@post_only("change")
def take_review(request: StaffRequest, article: Article) -> HttpResponse:
    """POST, with `instead_of` (an account's number) from whoever takes it over from somebody."""
    instead_of = whole_number(request.POST.get("instead_of", ""), most=MOST_INTEGER)
    try:
        workflow.take_review(article, by=request.user, instead_of=instead_of)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("You have the review of “%(title)s”.") % {"title": article.title})
    return _onward(request, article)


@article_view(REVIEW)
@post_only("change")
def release_review(request: StaffRequest, article: Article) -> HttpResponse:
    try:
        workflow.release_review(article, by=request.user)
    except workflow.WorkflowError as error:
        return refuse(request, article, str(error))
    messages.success(request, _("You gave the review of “%(title)s” back.") % {"title": article.title})
    return _onward(request, article)


def _onward(request: StaffRequest, article: Article) -> HttpResponseRedirect:
    """Back to the first page, for those who came from it."""
    return HttpResponseRedirect(reverse("admin:index") if "queue" in request.POST else article_url("change", article))


def head_of(article: Article, user: User) -> dict[str, Any]:
    """What the head of the article's page says of plans and of the review; inputs of desk/planning/_plan_line.html."""
    is_reviewing = article.effective_status is states.Status.IN_REVIEW and rights.may(user, REVIEW, article)
    return {
        "may_plan": rights.may(user, "articles.plan_article", article) and article.status != states.Status.ARCHIVED,
        "may_take": is_reviewing and article.reviewer_id != user.pk,
        "may_release": is_reviewing and article.reviewer_id == user.pk,
    }
